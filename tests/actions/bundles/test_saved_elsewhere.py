"""What was saved here of another kelurahan goes up with the rest, until somebody acknowledged it; nothing else does."""

import pytest

from p2kp_desktop.actions.bundles import acknowledgements, bundle_selection, import_undo, outbox, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.upkeep import handing_over
from p2kp_desktop.exchange import reading
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import facts, history, receipts, views
from tests.conftest import KELURAHAN
from tests.records import YEAR

NEIGHBOUR, THIRD = "16.71.01.1002", "16.71.01.1003"
ELSEWHERE = "16.74.01.1001"


@pytest.fixture
def tim(make_workspace):
    """Give a team that saved one house of its own kelurahan and one of its neighbour's."""
    workspace = make_workspace("Tim 1")
    save(workspace, "mine", KELURAHAN)
    save(workspace, "theirs", NEIGHBOUR)
    return workspace


@pytest.fixture
def kota(make_workspace):
    return make_workspace("Kota", "district", ("16.71",))


def save(workspace, ident, region, **more):
    recording.record(workspace, Household, {"id": ident, "rt": "1/1", "region": region, "period": YEAR, **more})


def ids(workspace):
    with workspace.asking() as connection:
        return sorted(record.id for record in views.found(connection, Household))


def carry(sender, receiver, folder, **how):
    received = receiving.receive(receiver, sending.send(sender, folder, **how).path)
    assert received.error is None
    assert received.gaps == ()
    return received


def office(workspace, name):
    with workspace.asking() as connection:
        return next(each.node for each in receipts.acquainted(connection) if each.name == name)


def lacking(workspace):
    return window_edge.standing(workspace).lacking


def kirim(workspace, **how):
    return outbox.contents(workspace, outbox.Order("district", **how))


def test_it_goes_along_and_everybody_says_the_same(tim, kota, tmp_path):
    assert (kirim(tim).total, kirim(tim).outside) == (2, 1)
    assert [each.region for each in kirim(tim).rts] == [KELURAHAN, NEIGHBOUR]
    sent = sending.send(tim, tmp_path)
    assert (sent.records, sent.outside) == (2, 1)
    assert "1 catatan di luar wilayah" in sent.remark()
    assert (lacking(tim).households, lacking(tim).households_sent) == (2, 2)
    receiving.receive(kota, sent.path)
    assert ids(kota) == ["mine", "theirs"]
    assert soundness.digest(kota) == soundness.digest(tim)
    carry(kota, tim, tmp_path, to="facilitator")
    assert lacking(tim).households == 0
    assert kirim(tim).total == sending.send(tim, tmp_path).records == 0
    assert sending.send(tim, tmp_path, full=True).records == 2
    assert handing_over.pending(tim).records == 0
    save(tim, "theirs", NEIGHBOUR, head_name="Siti")
    assert (lacking(tim).households, kirim(tim).total, sending.send(tim, tmp_path).records) == (1, 1, 1)


def test_an_area_that_was_asked_for_holds_nothing_else_and_what_stays_is_said(tim, kota, tmp_path):
    receiving.receive(kota, sending.send(tim, tmp_path, areas=[THIRD]).path)
    assert ids(kota) == []
    asked = sending.send(tim, tmp_path, areas=[THIRD])
    assert (asked.records, asked.behind) == (0, 2)
    assert "masih ada 2 catatan" in asked.remark()
    assert "semuanya" not in asked.remark()
    assert kirim(tim, area=THIRD).behind == 2
    assert sending.send(tim, tmp_path, areas=[KELURAHAN]).records == 2  # all of the workspace, by its name


def test_a_receipt_for_one_team_tells_of_what_came_from_elsewhere_too(tim, kota, tmp_path):
    carry(tim, kota, tmp_path)
    carry(kota, tim, tmp_path, to="facilitator", office=office(kota, "Tim 1"))
    assert lacking(tim).households == 0
    assert kirim(tim).total == 0


def test_whoever_saved_one_house_of_a_kelurahan_does_not_work_there(tim, kota, make_workspace, tmp_path):
    other = make_workspace("Tim 2", regions=(NEIGHBOUR,))
    save(other, "private", NEIGHBOUR)
    for team in (tim, other):
        carry(team, kota, tmp_path)
    with kota.asking() as connection:
        assert bundle_selection.areas_of(connection, office_of(connection, "Tim 1")) == (KELURAHAN,)
    sent = sending.send(kota, tmp_path, to="facilitator", office=office(kota, "Tim 1"))
    assert "private" not in {one.id for one in reading.read(sent.path).arrived()}
    receiving.receive(other, sending.send(kota, tmp_path, to="facilitator").path)
    assert ids(other) == ["private", "theirs"]
    carry(other, kota, tmp_path)
    assert sending.send(kota, tmp_path, to="facilitator", areas=[NEIGHBOUR]).records == 0


def office_of(connection, name):
    return next(each.node for each in receipts.acquainted(connection) if each.name == name)


def test_the_sender_claims_of_the_place_only_what_was_saved_here(tim, make_workspace, kota, tmp_path):
    """Else the city would take for received what another team saved there and only this team has."""
    other = make_workspace("Tim 2", regions=(NEIGHBOUR,))
    save(other, "private", NEIGHBOUR)
    receiving.receive(tim, sending.send(other, tmp_path, to="facilitator").path)
    save(tim, "theirs", NEIGHBOUR, head_name="Siti")
    carry(tim, kota, tmp_path)
    assert ids(kota) == ["mine", "theirs"]
    with kota.asking() as connection:
        assert set(facts.known_edits(connection)[NEIGHBOUR]) == {facts_node(tim)}
    receiving.receive(other, sending.send(kota, tmp_path, to="facilitator").path)
    carry(other, kota, tmp_path)
    assert ids(kota) == ["mine", "private", "theirs"]


def facts_node(workspace):
    with workspace.asking() as connection:
        return facts.facts(connection).node


def test_a_bundle_claims_nothing_of_a_kelurahan_that_it_holds_in_part(kota, make_workspace, tmp_path):
    tim = make_workspace("Tim 1", regions=(KELURAHAN, THIRD))
    save(tim, "moved", KELURAHAN)
    save(tim, "left", NEIGHBOUR)
    save(tim, "moved", NEIGHBOUR)
    sent = sending.send(tim, tmp_path, areas=[KELURAHAN])
    assert (sent.records, sent.behind) == (1, 1)
    receiving.receive(kota, sent.path)
    with kota.asking() as connection:
        assert len(history.of_record(connection, "moved")) == 2
        assert NEIGHBOUR not in facts.known_edits(connection)
    receiving.receive(tim, sending.send(kota, tmp_path, to="facilitator").path)
    assert lacking(tim).records == 2  # the city may have the one that moved, but cannot say so yet
    carry(tim, kota, tmp_path)
    assert ids(kota) == ["left", "moved"]
    carry(kota, tim, tmp_path, to="facilitator")
    assert lacking(tim).records == kirim(tim).total == 0


def test_what_is_of_another_city_goes_up_and_never_back_to_a_team(make_workspace, tim, kota, tmp_path):
    province = make_workspace("Sumsel", "province", ("16",))
    save(kota, "far", ELSEWHERE)
    carry(tim, kota, tmp_path)
    assert "far" not in {one.id for one in reading.read(
        sending.send(kota, tmp_path, to="facilitator").path).arrived()}
    carry(kota, province, tmp_path, to="province")
    assert "far" in ids(province)
    carry(province, kota, tmp_path, to="district")
    assert sending.send(kota, tmp_path, to="province").records == 0
    assert lacking(kota).records == 0


def test_what_nobody_saved_here_does_not_go_along(make_workspace, tim, tmp_path):
    other = make_workspace("Tim 2", regions=(NEIGHBOUR,))
    save(other, "private", NEIGHBOUR)
    receiving.receive(tim, sending.send(other, tmp_path, to="facilitator").path)
    sent = sending.send(tim, tmp_path)
    assert {one.id for one in reading.read(sent.path).arrived()} == {"mine", "theirs"}
    rows = [row.record for row in reading.read(sent.path).history()]
    assert sorted(rows) == ["mine", "theirs"]


def test_an_import_that_went_along_is_not_taken_back(make_workspace, tim, tmp_path):
    other = make_workspace("Tim 2", regions=(NEIGHBOUR,))
    receiving.receive(other, sending.send(tim, tmp_path).path)
    save(other, "theirs", NEIGHBOUR, kk_count=2)
    came = receiving.receive(tim, sending.send(other, tmp_path, to="facilitator").path)
    sending.send(tim, tmp_path)
    with pytest.raises(Trouble, match="sudah dikirim"):
        import_undo.undo(tim, came.transfer)


def test_the_home_page_says_it_too(tim, kota, tmp_path):
    carry(tim, kota, tmp_path)
    carry(kota, tim, tmp_path, to="facilitator")
    (heard,) = acknowledgements.acknowledgements(tim, NEIGHBOUR, YEAR)
    assert heard.mine == heard.has == 1


def test_what_two_teams_saved_at_different_places_is_acknowledged_where_each_saved_it(make_workspace, kota, tmp_path):
    """The city never gets the first team's word for this kelurahan, in which it saved nothing.

    To be sure the record goes again with the next bundle: who lacks an earlier one would take it for received.
    """
    first, then = make_workspace("Tim 2", regions=(THIRD,)), make_workspace("Tim 1")
    save(first, "moved", ELSEWHERE)
    receiving.receive(then, sending.send(first, tmp_path, to="facilitator").path)
    save(then, "moved", KELURAHAN)
    for team in (first, then):
        carry(team, kota, tmp_path)
        carry(kota, team, tmp_path, to="facilitator")
    (heard,) = acknowledgements.acknowledgements(then, KELURAHAN, YEAR)
    assert heard.mine == heard.has == 1
    save(then, "moved", KELURAHAN, kk_count=2)
    assert acknowledgements.acknowledgements(then, KELURAHAN, YEAR)[0].has == 0
