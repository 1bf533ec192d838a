"""Return bundles and what comes of them: the receipt on the cover, and what the sender then knows."""

import zipfile

import openpyxl
import pytest

from p2kp_desktop.actions.bundles import acknowledgements, receiving, sending
from p2kp_desktop.actions.home import overview
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import handing_in, verification
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import receipts, reviews
from tests.conftest import KELURAHAN
from tests.records import YEAR, save

OTHER = "16.71.01.1002"
SAID = "Kloset difoto bulan lalu"


@pytest.fixture
def pair(make_workspace):
    """Give a facilitator's workspace and a city's."""
    return make_workspace("Tim 3"), make_workspace("Kota", "district", ("16.71",))


def carry(sender, receiver, folder, **how):
    received = receiving.receive(receiver, sending.send(sender, folder, **how).path)
    assert received.error is None
    return received


def reviewed(pair, folder):
    """Record three households, verify one in the city, return one, correct one; return their ids."""
    team, city = pair
    ids = [save(team, rt="1/5", building=str(n), head_name=f"Herlina {n}") for n in (1, 2, 3)]
    carry(team, city, folder)
    assert verification.verify(city, ids=ids[:1]).verified == (ids[0],)
    verification.give_back(city, ids[1], comment=SAID, about="kk_count")
    recording.record(city, Household, {"id": ids[2], "kk_count": 2})
    return ids


def heard(workspace):
    return acknowledgements.acknowledgements(workspace, KELURAHAN, YEAR)


def test_before_a_return_bundle_nothing_was_acknowledged(pair, tmp_path):
    team, city = pair
    reviewed(pair, tmp_path)
    assert heard(team) == ()
    assert heard(city) == ()


def test_a_return_bundle_tells_what_the_office_has_and_what_it_says(pair, tmp_path):
    team, city = pair
    reviewed(pair, tmp_path)
    carry(city, team, tmp_path, to="facilitator")
    (office,) = heard(team)
    assert (office.role, office.name, office.mine, office.has) == ("district", "Kota", 3, 3)
    assert (office.returned, office.verified, office.changed, office.conflict) == (1, 1, 0, 0)
    assert office.date
    assert office.arrived
    save(team, rt="2/5")
    (office,) = heard(team)
    assert (office.mine, office.has) == (4, 3)


def test_an_edit_after_the_verification_is_told_apart(pair, tmp_path):
    team, city = pair
    ids = reviewed(pair, tmp_path)
    recording.record(team, Household, {"id": ids[0], "kk_count": 4})
    carry(city, team, tmp_path, to="facilitator")
    (office,) = heard(team)
    assert (office.verified, office.changed, office.has) == (0, 1, 2)


def test_an_office_under_a_new_node_is_one_office_and_the_newest_counts(pair, tmp_path):
    team, city = pair
    reviewed(pair, tmp_path)
    carry(city, team, tmp_path, to="facilitator")
    with team.changing() as connection:
        (old,) = receipts.acquainted(connection, "district")
        newer = receipts.Acquaintance("f" * 16, old.name, old.role, old.person, 1, "2999-01-01T08:00:00+07:00",
                                          old.key)
        receipts.met(connection, newer, {})
    (office,) = heard(team)
    assert office.date.startswith("2999")
    assert office.has == 0


def test_the_returned_card_counts_and_leads_straight_to_the_question(pair, tmp_path):
    team, city = pair
    ids = reviewed(pair, tmp_path)
    carry(city, team, tmp_path, to="facilitator")
    tasks = overview.tasks(team, KELURAHAN, YEAR)
    assert (tasks.returned.records, tasks.returned.rts, tasks.comments, tasks.reviews) == (1, 1, 1, False)
    only = tasks.returned.only
    assert (only.form, only.id, only.rt, only.question) == ("household", ids[1], "001/005", "kk_count")
    assert overview.tasks(team, KELURAHAN, YEAR, "002/005").returned.records == 0


def test_an_office_sees_what_waits_for_it_and_the_last_bundle(pair, tmp_path):
    team, city = pair
    ids = [save(team, rt=f"{n}/5") for n in (1, 2)]
    handing_in.submit(team, ids=ids)
    carry(team, city, tmp_path)
    tasks = overview.tasks(city, "16.71", YEAR)
    assert (tasks.reviews, tasks.review.records, tasks.review.rts) == (True, 2, 2)
    assert tasks.inbox.sender == "Tim 3"
    assert tasks.inbox.time
    assert overview.tasks(team, KELURAHAN, YEAR).review.records == 2


def cover(path):
    """Return the texts and numbers of the cover, row by row."""
    rows = openpyxl.load_workbook(path)["Sampul"].iter_rows(values_only=True)
    return [[cell for cell in row if cell is not None] for row in rows]


def test_the_cover_says_what_arrived_and_what_is_given_back_in_words(pair, tmp_path):
    _, city = pair
    reviewed(pair, tmp_path)
    rows = cover(sending.send(city, tmp_path, to="facilitator").path)
    assert ["Paket Balik P2KP"] in rows
    heads = rows.index([
        "Kelurahan/Desa", "RT/RW", "Diterima", "Terverifikasi", "Dikembalikan", "Konflik", "Diperbaiki",
    ])
    assert rows[heads + 1][1:] == ["001/005", 3, 1, 1, 0, 1]
    assert rows[heads + 2] == ["Jumlah", 3, 1, 1, 0, 1]
    question = Household.question("kk_count")
    assert ["Rumah 2 · Herlina 2", "001/005", f"{question.number}. {question.label}"
            if question.number else question.label, SAID] in rows


def test_a_bundle_upward_has_no_receipt_on_its_cover(pair, tmp_path):
    team, _ = pair
    save(team)
    rows = cover(sending.send(team, tmp_path).path)
    assert ["Paket Data P2KP"] in rows
    assert not any("Tanda terima" in str(cell) for row in rows for cell in row)


def test_without_names_the_return_bundle_says_neither_names_nor_comments_anywhere(pair, tmp_path):
    _, city = pair
    reviewed(pair, tmp_path)
    path = sending.send(city, tmp_path, to="facilitator", withhold=True, full=True).path
    with zipfile.ZipFile(path) as book:
        content = b"".join(book.read(name) for name in book.namelist()).decode("utf-8", "replace")
    assert "Herlina" not in content
    assert SAID not in content
    assert [
        cell for cell in next(row for row in cover(path) if row[:1] == ["Rumah 2"]) if "KK" not in str(cell)
    ] == ["Rumah 2", "001/005", "(tidak disertakan)"]


def test_a_verification_survives_a_bundle_without_names(pair, make_workspace, tmp_path):
    _, city = pair
    province = make_workspace("Sumsel", "province", ("16",))
    reviewed(pair, tmp_path)
    carry(city, province, tmp_path, withhold=True)
    with province.asking() as connection:
        standings = sorted(each.standing for each in reviews.counts(connection, "16", YEAR))
    assert standings == ["", "dikembalikan", "terverifikasi"]


def test_each_team_gets_back_only_what_it_lacks_of_its_own_kelurahan(make_workspace, tmp_path):
    one, two = make_workspace("Tim 1"), make_workspace("Tim 2", regions=(OTHER,))
    city = make_workspace("Kota", "district", ("16.71",))
    first, second = save(one), recording.record(two, Household, {"region": OTHER, "rt": "1/1"}).id
    for team in (one, two):
        carry(team, city, tmp_path)
    assert sending.send(city, tmp_path, to="facilitator").records == 0
    verification.give_back(city, first, comment="Periksa lagi")
    assert sending.send(city, tmp_path, to="facilitator", areas=[OTHER]).records == 0
    sent = sending.send(city, tmp_path, to="facilitator", areas=[KELURAHAN])
    assert sent.records == 2  # the household and the comment
    receiving.receive(one, sent.path)
    verification.give_back(city, second, comment="Periksa lagi")
    with city.asking() as connection:
        node = next(each.node for each in receipts.acquainted(connection) if each.name == "Tim 2")
    assert sending.send(city, tmp_path, office=node, to="facilitator").records == 2
    with pytest.raises(Trouble, match="Belum ada paket"):
        sending.send(city, tmp_path, office="none", to="facilitator")


def test_a_second_team_in_a_kelurahan_that_knows_less_gets_everything_of_it(make_workspace, tmp_path):
    one, two = make_workspace("Tim 1"), make_workspace("Tim 2")
    city = make_workspace("Kota", "district", ("16.71",))
    save(one)
    save(two, rt="9/9")
    for team in (one, two):
        carry(team, city, tmp_path)
    assert sending.send(city, tmp_path, to="facilitator").records == 2
