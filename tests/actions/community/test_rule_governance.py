"""Whose rules of readiness hold where: the city's, else the province's, else old ones, else the program's."""

import pytest

from p2kp_desktop.actions.community import readiness
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.actions.review import comments
from p2kp_desktop.actions.review.reviewable import ReviewSubject
from p2kp_desktop.forms.readiness_rule import ReadinessRule
from tests.actions.cities import ILIR, OKU, PALEMBANG, PROVINCE, SINDANG, ULU, Country

YEAR = "2026"
RULE = "readiness_rule"


@pytest.fixture
def country(make_workspace, tmp_path):
    return Country(make_workspace, tmp_path)


def rule(office, area, key="volunteers"):
    return next(each for each in readiness.governed(office.workspace, area).rules if each.key == key)


def told(office, area, key="volunteers"):
    found = rule(office, area, key)
    return found.least, readiness.whose(found)


def test_each_city_is_judged_by_its_own_rule_everywhere(country):
    country["plg"].put(RULE, least=20)
    country["oku"].put(RULE, least=40, counts="tidak")
    country.rounds(2)
    for name in ("prov", "plg", "ilir", "ulu"):
        assert told(country[name], ULU) == (20, "Kota Palembang")
    for name in ("prov", "oku", "sindang"):
        assert told(country[name], SINDANG) == (40, "Kabupaten Ogan Komering Ulu")
    counts = {each.region: len(each.counted) for each in readiness.standings(country["prov"].workspace, PROVINCE, YEAR)}
    assert {counts[ILIR], counts[ULU]} == {10}
    assert counts[SINDANG] == 9


def test_the_rule_of_the_province_holds_where_a_city_has_none(country):
    country["prov"].put(RULE, least=50)
    country["plg"].put(RULE, least=20)
    country.rounds(2)
    assert told(country["ilir"], ILIR) == (20, "Kota Palembang")
    assert told(country["sindang"], SINDANG) == told(country["prov"], PROVINCE) == (50, "Provinsi")
    assert told(country["ilir"], ILIR, "bkm")[1] == "bawaan program"


def test_a_rule_of_an_older_release_holds_where_nobody_above_it_says_anything(country):
    answers = {"part": "volunteers", "counts": "ya", "least": "15"}
    with editing(country["oku"].workspace) as edits:
        edits.save(RULE, str(ReadinessRule.natural_id(answers)), answers, origin="rilis lama")
    country["plg"].put(RULE, least=20)
    country.rounds(2)
    assert told(country["sindang"], SINDANG) == (15, "aturan lama")
    assert told(country["ilir"], ILIR)[0] == 20
    country["prov"].put(RULE, least=50)
    country.rounds(1)
    assert told(country["sindang"], SINDANG)[0] == 50


def test_in_a_province_a_part_is_counted_where_its_city_counts_it(country):
    country["oku"].put(RULE, counts="tidak")
    country.rounds(1)
    found = readiness.standings(country["prov"].workspace, PROVINCE, YEAR)
    parts = readiness.together(found, readiness.governed(country["prov"].workspace, PROVINCE).rules)
    part = next(each for each in parts if each.key == "volunteers")
    assert (part.counts, part.says) == (True, "Siap di 0 dari 2 kelurahan.")
    country["plg"].put(RULE, counts="tidak")
    country.rounds(1)
    parts = readiness.parts(country["prov"].workspace, PROVINCE, YEAR)
    assert not next(each for each in parts if each.key == "volunteers").counts


def test_what_a_facilitator_puts_is_saved_and_changes_no_bowl_until_the_district_takes_it_over(country):
    record = country["ilir"].put(RULE, least=5)
    country.rounds(2)
    for name in ("ilir", "plg", "prov"):
        assert record in country[name].held()
        assert told(country[name], ILIR) == (30, "bawaan program")
        assert rule(country[name], ILIR).proposed == "ilir"
    recording.record(country["plg"].workspace, ReadinessRule, {"id": record, "basis": "Surat 12"})
    country.rounds(1)
    assert told(country["ulu"], ULU) == (5, "Kota Palembang")
    assert rule(country["ulu"], ULU).proposed == ""


def test_a_facilitator_does_not_change_the_rule_of_the_district_either(country):
    record = country["plg"].put(RULE, least=20)
    country.rounds(1)
    recording.record(country["ilir"].workspace, ReadinessRule, {"id": record, "least": 1})
    country.rounds(1)
    assert told(country["plg"], ILIR) == (30, "bawaan program")
    recording.record(country["plg"].workspace, ReadinessRule, {"id": record, "least": 25})
    assert told(country["plg"], ILIR) == (25, "Kota Palembang")


def test_a_comment_on_a_rule_leaves_it_in_force(country):
    record = country["plg"].put(RULE, least=20)
    country.rounds(1)
    with editing(country["ilir"].workspace) as edits:
        subject = ReviewSubject(ReadinessRule, edits.version(RULE, record))
        comments.write(edits, subject, "", "Mengapa 20?", asks=True, person="Siti")
    assert told(country["ilir"], ILIR) == (20, "Kota Palembang")
    country.rounds(1)
    assert told(country["plg"], ILIR) == (20, "Kota Palembang")


def test_only_the_province_sets_rules_of_the_province(country):
    country["oku"].put(RULE, region=PROVINCE, least=1)
    assert told(country["oku"], OKU) == (30, "bawaan program")
    assert rule(country["oku"], PROVINCE).proposed == "oku"


@pytest.mark.parametrize(("name", "area", "said"), [
    ("plg", PALEMBANG, ""), ("plg", ILIR, ""), ("prov", PROVINCE, ""), ("prov", ILIR, ""),
    ("plg", PROVINCE, "Pilih satu kabupaten/kota"), ("ilir", ILIR, "Di sini hanya dibaca"),
])
def test_who_may_change_a_rule_and_why_others_may_not(country, name, area, said):
    governed = readiness.governed(country[name].workspace, area)
    assert said in governed.hindrance
    assert bool(governed.hindrance) is bool(said)
    assert governed.place == (PROVINCE if area == PROVINCE else PALEMBANG)


def test_changing_a_rule_begins_with_what_is_in_force_and_writes_that_of_the_city(country):
    office, usual = country["plg"], {"region": PALEMBANG, "part": "volunteers"}
    record = readiness.begin_rule(office.workspace, "volunteers", ILIR)
    opened = keyed_drafts.open_draft(office.workspace, record)
    assert opened.keying.record.answers == {**usual, "counts": "ya", "least": "30"}
    readiness.begin_rule(office.workspace, "volunteers", ULU)
    assert len(keyed_drafts.waiting(office.workspace)) == 1
    given = {**opened.keying.record.answers, "least": "25"}
    keyed_drafts.save(office.workspace, ReadinessRule, record, given, is_new=True)
    assert readiness.begin_rule(office.workspace, "volunteers", PALEMBANG) == record
    assert keyed_drafts.waiting(office.workspace) == []
    assert told(office, ILIR) == (25, "Kota Palembang")
    country["prov"].put(RULE, part="bkm", counts="tidak")
    country.bring("prov", "plg")
    draft = readiness.begin_rule(office.workspace, "bkm", ILIR)
    assert keyed_drafts.open_draft(office.workspace, draft).keying.record.answers["counts"] == "tidak"
