"""Records of a kabupaten/kota: they stand in it, and travel to everybody in it and above it, to nobody else."""

import itertools
import random

import pytest

from p2kp_desktop.actions.bundles import bundle_selection, import_undo, receiving, sending
from p2kp_desktop.actions.collaboration import partners, platform
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.community import bowl
from p2kp_desktop.actions.home import overview, window_edge
from p2kp_desktop.actions.importing import import_plan
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.keying.keyed_drafts import Place
from p2kp_desktop.actions.quality import rule_breaks
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.actions.review import comments, person_erasure, rollup
from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.actions.tables.form_table import Filter
from p2kp_desktop.forms import form
from p2kp_desktop.forms.collaboration import Commitment, Need
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.store import history, views
from tests.actions.cities import ILIR, LEAST, OKU, PALEMBANG, PROVINCE, SINDANG, ULU, Country
from tests.conftest import DEEP

NATURAL = "readiness_rule"


@pytest.fixture
def country(make_workspace, tmp_path):
    return Country(make_workspace, tmp_path)


def region(workspace, key, record):
    with editing(workspace) as edits:
        return edits.version(key, record).values().get("region")


@pytest.mark.parametrize("key", LEAST)
def test_it_stands_in_the_one_city_of_the_workspace_without_anybody_saying_so(make_workspace, key):
    for name, areas, expected in (
        ("a", (ILIR,), PALEMBANG), ("b", (PALEMBANG,), PALEMBANG), ("c", (ILIR, ULU), PALEMBANG),
        ("d", (ILIR, OKU), PROVINCE), ("e", (PROVINCE,), PROVINCE),
    ):
        workspace = make_workspace(name, "district", areas)
        assert region(workspace, key, recording.record(workspace, form(key), LEAST[key]).id) == expected


def test_a_city_is_named_by_its_code_or_by_that_of_a_region_in_it(make_workspace):
    workspace = make_workspace("p", "province", (PROVINCE,))
    for named, expected in ((OKU, OKU), (ILIR, PALEMBANG), ("16.71.01", PALEMBANG), (PROVINCE, PROVINCE)):
        record = recording.record(workspace, Commitment, {**LEAST["commitment"], "region": named}).id
        assert region(workspace, "commitment", record) == expected
    with pytest.raises(Unreadable):
        recording.record(workspace, Commitment, {**LEAST["commitment"], "region": "99.99"})
    with pytest.raises(Unreadable, match="bukan kelurahan"):
        recording.record(workspace, Household, {"rt": "1/1", "region": PALEMBANG})


def test_only_what_is_of_another_city_lies_outside_the_workspace(make_workspace):
    workspace = make_workspace("a", "facilitator", (ILIR,))
    for named, outside in ((PALEMBANG, False), (PROVINCE, False), (OKU, True)):
        recorded = recording.record(workspace, Commitment, {**LEAST["commitment"], "region": named})
        assert ("region" in [each.question for each in recorded.problems]) is outside


def test_it_goes_to_everybody_in_its_city_and_above_and_to_nobody_else(country):
    made = {
        (name, key): country[name].put(key) for key in LEAST for name in ("plg", "ilir", "oku", "prov")
        if key != NATURAL or name != "ilir"
    }
    country.rounds(2)
    for (_, key), record in made.items():
        stands = region(country["prov"].workspace, key, record)
        holders = {name for name, office in country.offices.items() if record in office.held()}
        assert holders == {
            PALEMBANG: {"prov", "plg", "ilir", "ulu"}, OKU: {"prov", "oku", "sindang"}, PROVINCE: set(country.offices),
        }[stands]
    assert [office for office in country.offices.values() if soundness.check(office.workspace)] == []


def test_two_cities_with_rules_of_their_own_for_one_part_have_two_records_and_no_conflict(country):
    ours, theirs = country["plg"].put(NATURAL, least=20), country["oku"].put(NATURAL, least=40)
    assert ours != theirs == country["oku"].put(NATURAL, least=50)
    country.rounds(2)
    held = country["prov"].held()
    assert {ours, theirs} <= set(held)
    assert not any(version.conflicts() for office in country.offices.values() for version in office.held().values())


def test_what_stood_nowhere_before_concerns_everybody_and_keeps_the_id_it_had(country):
    answers = {"part": "bkm", "counts": "tidak"}
    old = str(form(NATURAL).natural_id(answers))
    with editing(country["plg"].workspace) as edits:
        edits.save(NATURAL, old, answers, origin="rilis lama")
    country.rounds(1)
    assert all(old in office.held() for office in country.offices.values())
    recording.record(country["oku"].workspace, form(NATURAL), {"id": old, "counts": "ya"})
    country.rounds(2)
    assert {office.held()[old].values()["counts"] for office in country.offices.values()} == {"ya"}


def test_what_is_given_a_city_later_is_known_to_stand_there_wherever_it_had_come(country):
    with editing(country["plg"].workspace) as edits:
        edits.save("commitment", "old", {"who": "A", "what": "B"}, origin="rilis lama")
    country.rounds(1)
    recording.record(country["plg"].workspace, Commitment, {"id": "old", "region": PALEMBANG})
    later = country["plg"].put("commitment", who="C")
    country.rounds(2)
    assert {office.held()["old"].values().get("region") for office in country.offices.values()} == {PALEMBANG}
    assert later not in country["oku"].held()
    assert later not in country["sindang"].held()
    with country["prov"].workspace.asking() as connection:
        known = bundle_selection.known_edits(connection, country["oku"].node())
    assert PALEMBANG not in known


def test_a_facilitator_who_has_not_heard_of_it_is_not_taken_for_one_who_has(country, tmp_path):
    country.rounds(1, country.ways[:2])
    record = country["plg"].put("policy")
    country.bring("plg", "ilir")
    country.bring("ilir", "plg")
    sent = sending.send(country["plg"].workspace, tmp_path, to="facilitator", areas=(ULU,)).path
    assert receiving.receive(country["ulu"].workspace, sent).counts["new"] >= 1
    assert record in country["ulu"].held()
    country.bring("ulu", "plg")
    with country["plg"].workspace.asking() as connection:
        selection = bundle_selection.select(connection, "facilitator", (PALEMBANG,))
    assert [spot for spot in selection.counts if spot[0] == "policy"] == []


def test_a_bundle_before_this_one_is_missed_also_in_what_is_of_the_city(country):
    country.rounds(2)
    country["plg"].put("policy", name="satu")
    lost = country.write("plg", "ilir")
    for name in ("ilir", "ulu"):  # as if both had sent a receipt of the lost file
        with country["plg"].workspace.changing() as connection:
            node = country["plg"].node()
            bundle_selection.receipts.facts.learn(connection, PALEMBANG, {node: 99}, holder=country[name].node())
    country["plg"].put("policy", name="dua")
    gaps = country.bring("plg", "ilir").gaps
    assert any("Kota Palembang" in gap for gap in gaps)
    assert receiving.receive(country["ilir"].workspace, lost).counts["new"] == 1


def test_what_has_no_copy_yet_is_counted_until_the_office_says_it_has_it(country):
    country.rounds(2)
    assert window_edge.standing(country["ilir"].workspace).lacking.records == 0
    country["ilir"].put("commitment")
    assert window_edge.standing(country["ilir"].workspace).lacking.records == 1
    country.bring("ilir", "plg")
    assert window_edge.standing(country["ilir"].workspace).lacking.records_sent == 1
    country.bring("plg", "ilir")
    assert window_edge.standing(country["ilir"].workspace).lacking.records == 0


def test_an_import_with_a_record_of_the_city_stays_once_it_was_sent_on(country):
    country["ilir"].put("commitment")
    arrived = country.bring("ilir", "plg")
    assert import_undo.obstacles(country["plg"].workspace, arrived.transfer) == []
    country.write("plg", "ulu")
    assert "sudah dikirim" in " ".join(import_undo.obstacles(country["plg"].workspace, arrived.transfer))


def test_a_person_erased_at_the_city_is_erased_with_everybody_in_it(country):
    record = country["plg"].put("stakeholder", contact="Budi Santoso")
    country.rounds(1)
    person_erasure.erase(country["plg"].workspace, form("stakeholder"), record, reason="permintaan", keys=["contact"])
    country.rounds(2)
    for name in ("plg", "ilir", "ulu", "prov"):
        with country[name].workspace.asking() as connection:
            rows = history.of_record(connection, record)
        assert country[name].held()[record].values().get("contact") is None
        assert "Budi" not in str(rows)
        assert soundness.check(country[name].workspace) == []


@pytest.mark.parametrize("seed", range(40 if DEEP else 2))
def test_everything_arrives_where_it_should_whatever_is_done_in_whatever_order(country, seed):
    chance = random.Random(seed)
    for _ in range(14):
        at = country[chance.choice([*country.offices])]
        key, held = chance.choice([*LEAST]), sorted(at.held())
        act = chance.choice(("new", "new", "change", "delete", "send", "send", "send"))
        if act == "new":
            at.put(key, **({"part": chance.choice(("bkm", "upl"))} if key == NATURAL else {}))
        elif act == "send":
            country.bring(*chance.choice(country.ways))
        elif held:
            version = at.held()[chance.choice(held)]
            if act == "delete" and version.values().get("alive"):
                recording.delete(at.workspace, form(version.form), version.id, reason="keliru")
            else:
                told = {"basis": f"surat {chance.random()}"} if version.form in (NATURAL, "pokja") else {}
                recording.record(at.workspace, form(version.form), {"id": version.id, **told})
    country.rounds(3)
    everything: dict[str, object] = {}
    for office in country.offices.values():
        everything |= office.held()
    for office in country.offices.values():
        due = {ident: version for ident, version in everything.items() if office.takes_part_in(version)}
        assert office.held() == due
        assert soundness.check(office.workspace) == []
    assert [received.counts["new"] + received.counts["updated"] for received in country.rounds(1)] == [0] * 10
    with country["plg"].workspace.asking() as connection:
        for to, area in (("province", PALEMBANG), ("facilitator", ILIR), ("facilitator", ULU)):
            assert bundle_selection.select(connection, to, (area,)).records == 0


def test_the_order_and_the_number_of_bundles_do_not_matter(country, make_workspace):
    country.rounds(1)
    for name, key in (("ilir", "commitment"), ("plg", "commitment"), ("plg", NATURAL), ("prov", NATURAL)):
        country[name].put(key)
    country.bring("ilir", "plg")
    bundles = [country.write("plg", "prov", full=True), country.write("prov", "plg", full=True)]
    country["plg"].put(NATURAL, counts="tidak")
    bundles.append(country.write("plg", "prov"))
    digests = set()
    for number, order in enumerate(itertools.permutations(bundles)):
        there = make_workspace(f"kota {number}", "district", (PALEMBANG,))
        for bundle in (*order, order[0]):
            last = receiving.receive(there, bundle)
        assert last.counts["new"] + last.counts["updated"] == 0
        digests.add(soundness.digest(there))
    assert len(digests) == 1


def test_the_office_of_a_city_without_a_kelurahan_yet_is_known_by_its_city(country):
    country["oku"].put("policy")
    country.bring("oku", "prov")
    with country["prov"].workspace.asking() as connection:
        (office,) = bundle_selection.offices(connection, "district")
        assert bundle_selection.areas_of(connection, office.node) == office.places == (OKU,)
    country.bring("sindang", "oku")
    country.bring("oku", "prov")
    with country["prov"].workspace.asking() as connection:
        assert bundle_selection.areas_of(connection, office.node) == (SINDANG,)


# What is in sight where

def test_what_is_of_a_city_is_in_sight_in_its_kelurahan_and_in_the_province_and_nowhere_else(country):
    for key in LEAST:
        country["plg"].put(key)
    country.rounds(1)
    for name, area, seen in (
        ("prov", PROVINCE, 1), ("prov", PALEMBANG, 1), ("prov", ULU, 1), ("prov", OKU, 0), ("prov", SINDANG, 0),
        ("ilir", ILIR, 1), ("plg", "16.71.01", 1),
    ):
        at = country[name].workspace
        assert {key: form_table.count(at, form(key), Filter(area=area)) for key in LEAST} == dict.fromkeys(LEAST, seen)
        assert bowl.counts(at, ("pokja",), area) == {"pokja": seen}
        assert len(partners.policies(at, area)) == seen
        assert sum(bool(each.id) for each in partners.partners(at, area)) == seen


def test_a_problem_in_a_record_of_the_city_is_told_in_each_of_its_kelurahan(country):
    with editing(country["plg"].workspace) as edits:
        period = edits.facts.period
    country["plg"].put("pokja", name=None, men=-1)
    for area, told in ((PALEMBANG, True), (ILIR, True), (OKU, False)):
        found = rule_breaks.problems(country["plg"].workspace, area, period)
        assert any(each.form == "pokja" for each in found) is told


def test_an_open_conflict_about_a_record_of_the_city_is_counted_where_the_city_is_in_sight(country):
    record = country["plg"].put("policy")
    country.rounds(1)
    for name, title in (("plg", "SK A"), ("ilir", "SK B")):
        recording.record(country[name].workspace, form("policy"), {"id": record, "name": title})
    country.bring("ilir", "plg")
    for area, number in ((PALEMBANG, 1), (ILIR, 1), (OKU, 0)):
        assert overview.tasks(country["plg"].workspace, area, "2026").conflicts.records == number


def test_offers_of_a_city_answer_the_needs_of_its_own_kelurahan_only(country):
    need = {"criterion": "c2b", "what": "Jalan", "volume": 10, "unit_name": "meter", "rt": "1/1"}
    for name in ("ilir", "sindang"):
        recording.record(country[name].workspace, Need, need)
    country["plg"].put("commitment", criteria=["c2b"], who="Palembang")
    country["prov"].put("stakeholder", name="Provinsi", offers="Perbaikan jalan")
    country.rounds(2)
    fitting = {
        row.need.region: [fit.offer.who for fit in row.fits]
        for row in platform.matrix(country["prov"].workspace, PROVINCE).rows
    }
    assert fitting == {ILIR: ["Palembang", "Provinsi"], SINDANG: ["Provinsi"]}


def test_a_commitment_to_the_need_of_another_kelurahan_is_no_offer(country):
    need = recording.record(country["ilir"].workspace, Need, {
        "criterion": "c2b", "what": "Jalan", "volume": 10, "unit_name": "meter", "rt": "1/1"}).id
    country["ilir"].put("commitment", need=need)
    country.rounds(1)
    assert platform.offers(country["ulu"].workspace) == ()
    (others,) = partners.partners(country["ulu"].workspace, ULU)
    assert [each.need for each in others.promises] == [need]


def test_the_head_of_a_form_asks_for_the_city_only_where_there_are_several(make_workspace):
    for name, areas, area, asked in (
        ("a", (ILIR,), ILIR, False), ("b", (PALEMBANG,), PALEMBANG, False), ("c", (PROVINCE,), ILIR, False),
        ("d", (PROVINCE,), PROVINCE, True), ("e", (PALEMBANG, OKU), PROVINCE, True),
    ):
        opened = keyed_drafts.open_record(
            make_workspace(name, "district", areas), Commitment, Place(area, None, "2026")
        )
        answers, head = opened.keying.record.answers, opened.keying.address
        assert (head.asked, answers.get("region")) == ((("region",), None) if asked else ((), PALEMBANG))
    (question, *_) = opened.keying.address.questions(Commitment, {})
    assert [offer.text for offer in question.known] == [OKU, PALEMBANG, PROVINCE]
    assert question.read("palembang") == question.read("Kota Palembang") == PALEMBANG
    with pytest.raises(Unreadable):
        question.read("Lahat")


def test_a_record_that_stands_nowhere_is_changed_without_being_asked_for_its_city(make_workspace):
    workspace = make_workspace("p", "province", (PROVINCE,))
    with editing(workspace) as edits:
        edits.save("commitment", "old", {"who": "A", "what": "B"}, origin="rilis lama")
    opened = keyed_drafts.open_record(workspace, Commitment, Place(PROVINCE, None, "2026"), "old")
    opened = opened.typed(opened.keying.put("who", "C"))
    assert (opened.keying.address.asked, opened.keying.hindrance()) == ((), None)
    keyed_drafts.save(workspace, Commitment, "old", opened.keying.given(), is_new=False)
    assert region(workspace, "commitment", "old") is None


def test_a_table_of_commitments_comes_in_without_a_column_for_the_city_and_with_one(make_workspace):
    facilitator, office = make_workspace("a"), make_workspace("p", "province", (PROVINCE,))
    head = "Pihak\tUntuk apa\tTahun\tSumber dana\tJumlah dana"
    plan = import_plan.plan_pasted(facilitator, Commitment, f"{head}\nDinas\tJalan\t2026\tapbd_kota\t5")
    import_plan.carry_out(facilitator, [plan])
    rows = "\n".join(f"{place}\tDinas\tJalan\t2026\tapbd_kota\t5" for place in ("Palembang", OKU, ""))
    plan = import_plan.plan_pasted(office, Commitment, f"Kabupaten/Kota\t{head}\n{rows}")
    assert (plan.errors, plan.warnings) == ((), ())
    import_plan.carry_out(office, [plan])
    for workspace, places in ((facilitator, [PALEMBANG]), (office, [PROVINCE, OKU, PALEMBANG])):
        with workspace.asking() as connection:
            assert sorted(each.answers["region"] for each in views.found(connection, Commitment)) == sorted(places)


def test_a_comment_and_a_letter_beside_a_commitment_travel_with_it(country, tmp_path):
    record = country["plg"].put("commitment")
    scan = tmp_path / "surat.pdf"
    scan.write_bytes(b"%PDF")
    letter = recording.record(country["plg"].workspace, form("attachment"), {
        "parent": record, "name": "Surat", "file": "surat.pdf", "content": "0" * 64}).id
    comments.reply(country["plg"].workspace, record, "amount", "Sudah cair?")
    country.rounds(2)
    for name, there in (("ulu", True), ("prov", True), ("sindang", False)):
        with country[name].workspace.asking() as connection:
            kept = [each.id for each in views.found(connection, form("attachment"))]
        assert (kept == [letter]) is there
        assert bool(comments.open_count(country[name].workspace)) is there
    assert [each.region for each in rollup.villages(country["plg"].workspace, PALEMBANG, "2026")] == [ILIR, ULU]
