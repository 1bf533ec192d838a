"""How ready a kelurahan is: every part of the bowl until it is borne out, the district's rules, ranking, history."""

import datetime

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.community import bowl, readiness
from p2kp_desktop.actions.home import overview
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.forms import Period, RtRecap, form
from p2kp_desktop.rules.agreements import Day
from p2kp_desktop.rules.bowl import suggested
from p2kp_desktop.schema.places import region_name
from tests.conftest import KELURAHAN
from tests.records import YEAR, save

TODAY = datetime.date(2026, 11, 24)
OTHER = "16.71.01.1002"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(environment, "now", lambda: f"{TODAY}T08:00:00+07:00")


def put(workspace, key, **given):
    address = {} if form(key).place == "" else {"region": given.pop("region", KELURAHAN)}
    return recording.record(workspace, form(key), address | given).id


def part(workspace, key, period=YEAR):
    return next(each for each in readiness.standing(workspace, KELURAHAN, period).parts if each.key == key)


def bkm(workspace, **given):
    usual = {"name": "BKM Ulu", "formed": "2024-03-01", "term_ends": "2027-03-01", "active": "aktif"}
    return put(workspace, "bkm", **usual | given)


def test_an_empty_kelurahan_has_an_empty_bowl_that_says_what_to_begin_with(workspace):
    standing = readiness.standing(workspace, KELURAHAN, YEAR)
    assert [each.key for each in standing.parts] == [rule.key for rule in suggested()] == list(overview.PARTS)
    assert (standing.ready, len(standing.counted)) == (0, 10)
    assert not any(each.noted for each in standing.parts)
    assert standing.missing[0].says == "Belum ada BKM/LKM yang dicatat."


def test_the_term_of_the_bkm_decides_and_its_record_is_the_evidence(workspace):
    record = bkm(workspace, term_ends="2026-11-23")
    assert (part(workspace, "bkm").ready, part(workspace, "bkm").note) == (False, "berakhir 23 November 2026")
    recording.record(workspace, form("bkm"), {"id": record, "term_ends": "2026-11-24"})
    found = part(workspace, "bkm")
    assert (found.ready, found.note, [each.record for each in found.evidence]) == (
        True, "sampai 24 November 2026", [record])
    recording.record(workspace, form("bkm"), {"id": record, "active": "tidak"})
    assert part(workspace, "bkm").says == "BKM Ulu dicatat tidak aktif."
    recording.record(workspace, form("bkm"), {"id": record, "active": "aktif", "term_ends": None})
    assert part(workspace, "bkm").note == "masa bakti kosong"


def test_notary_and_bank_are_both_asked_for(workspace):
    record = bkm(workspace)
    assert part(workspace, "notary").note == "tanggal notaris · nama bank"
    recording.record(workspace, form("bkm"), {"id": record, "bank": "Bank Sumsel Babel"})
    assert part(workspace, "notary").says == "Belum diisi di BKM Ulu: tanggal notaris."
    recording.record(workspace, form("bkm"), {"id": record, "notary_date": "2024-05-01"})
    assert part(workspace, "notary").ready


def test_only_a_unit_for_environment_that_works_counts(workspace):
    put(workspace, "bkm_unit", kind="upk", active="aktif")
    assert not part(workspace, "upl").noted
    record = put(workspace, "bkm_unit", kind="upl", active="tidak")
    assert part(workspace, "upl").note == "tidak aktif"
    recording.record(workspace, form("bkm_unit"), {"id": record, "active": "aktif"})
    assert part(workspace, "upl").ready


def test_a_tipp_without_its_decree_waits_for_it(workspace):
    record = put(workspace, "tipp", men=6, women=3, active="aktif")
    assert (part(workspace, "tipp").ready, part(workspace, "tipp").note) == (False, "menunggu SK")
    recording.record(workspace, form("tipp"), {"id": record, "sk_number": "7", "sk_date": "2026-01-02"})
    assert (part(workspace, "tipp").ready, part(workspace, "tipp").note) == (True, "9 anggota, 3 perempuan")


def test_the_last_count_of_volunteers_is_held_against_the_figure(workspace):
    put(workspace, "volunteers", date="2025-05-01", men=40, women=40, period="2025")
    assert part(workspace, "volunteers").ready
    put(workspace, "volunteers", date="2026-05-01", men=12, women=9)
    assert (part(workspace, "volunteers").ready, part(workspace, "volunteers").note) == (False, "21 dari 30")
    assert "kurang 9" in part(workspace, "volunteers").says


def test_a_plan_counts_when_it_is_passed_and_still_valid(workspace):
    record = put(workspace, "plan_document", kind="rplp", progress="final", date="2026-02-01")
    assert (part(workspace, "rplp").ready, part(workspace, "rplp").note) == (False, "Final")
    recording.record(workspace, form("plan_document"), {"id": record, "progress": "disahkan", "last_year": 2025})
    assert (part(workspace, "rplp").ready, part(workspace, "rplp").note) == (False, "sampai 2025")
    recording.record(workspace, form("plan_document"), {"id": record, "last_year": 2026})
    assert part(workspace, "rplp").ready


def test_an_agreement_counts_from_the_day_it_is_legalised_until_it_is_revoked(workspace):
    usual = {"number": "1", "name": "Aturan Musi", "rts": "001", "version": 1}
    record = put(workspace, "agreement", stage="disepakati", agreed="2026-09-04", **usual)
    assert (part(workspace, "rules").ready, part(workspace, "rules").note) == (False, "menunggu SK Lurah")
    recording.record(workspace, form("agreement"), {"id": record, "stage": "disahkan"})
    assert not part(workspace, "rules").ready
    recording.record(workspace, form("agreement"), {"id": record, "legalised": "2026-10-01"})
    assert (part(workspace, "rules").ready, part(workspace, "rules").note) == (True, "1 Oktober 2026")
    recording.record(workspace, form("agreement"), {"id": record, "in_force": "2026-12-01"})
    assert not part(workspace, "rules").ready
    recording.record(workspace, form("agreement"), {"id": record, "in_force": None, "revoked": "2026-11-01"})
    assert not part(workspace, "rules").ready


def test_every_asset_built_needs_a_kpp(workspace):
    assert not part(workspace, "kpp").noted
    put(workspace, "kpp", name="KPP Lorok", asset="Saluran Gang Lorok", active="aktif")
    assert part(workspace, "kpp").ready
    usual = {"component": "lingkungan", "rt_label": "012", "volume": 1, "unit_name": "unit", "source": "dak",
             "amount": 1}
    put(workspace, "activity", name="Saluran gang lorok", handover="2026-08-01", **usual)
    road = put(workspace, "activity", name="Jalan Gang Musi", **usual)
    assert (part(workspace, "kpp").ready, part(workspace, "kpp").note) == (True, "1 dari 1")
    put(workspace, "progress", parent=road, date="2026-10-01", physical=100, financial=90)
    found = part(workspace, "kpp")
    assert (found.ready, found.note) == (False, "1 dari 2")
    assert found.says == "Belum ada KPP untuk Jalan Gang Musi (RT 012)."
    recording.record(workspace, form("activity"), {"id": road, "kpp": "kpp lorok"})
    assert part(workspace, "kpp").ready


def built(workspace, rt, name="Memperbaiki drainase yang rusak"):
    """Record an asset that was handed over; activities begun from needs have one name in all RTs."""
    return put(workspace, "activity", name=name, component="lingkungan", rt_label=rt, handover="2026-08-01")


def test_a_kpp_keeps_the_asset_with_its_whole_name_never_a_part_of_it(workspace):
    for rt in ("012", "013"):
        built(workspace, rt, f"Saluran RT {rt}")
    put(workspace, "kpp", name="KPP A", asset="Saluran", active="aktif")
    found = part(workspace, "kpp")
    assert found.note == "0 dari 2"
    assert found.says == "Belum ada KPP untuk Saluran RT 012 (RT 012); Saluran RT 013 (RT 013)."
    put(workspace, "kpp", name="KPP B", asset="saluran  RT-013", active="aktif")
    assert part(workspace, "kpp").note == "1 dari 2"


@pytest.mark.parametrize(("more", "note"), [
    ({}, "0 dari 2"),  # which of the two is not said
    ({"rt_label": "RT 13"}, "1 dari 2"),
    ({"asset": "Memperbaiki drainase yang rusak RT 012"}, "1 dari 2"),
    ({"rt_label": "014"}, "0 dari 2"),
])
def test_of_assets_with_one_name_a_kpp_keeps_that_of_its_rt(workspace, more, note):
    for rt in ("012", "013"):
        built(workspace, rt)
    put(workspace, "kpp", name="KPP", active="aktif", **{"asset": "Memperbaiki drainase yang rusak", **more})
    assert part(workspace, "kpp").note == note


def test_a_kpp_that_is_linked_keeps_that_asset_and_no_other(workspace):
    first, second = built(workspace, "012"), built(workspace, "013")
    put(workspace, "kpp", name="KPP", asset="Drainase", activity=first, active="aktif")
    found = part(workspace, "kpp")
    assert found.note == "1 dari 2"
    assert [each.record for each in found.evidence][1:] == [second]


def test_of_many_assets_without_a_kpp_the_first_are_named_and_the_rest_counted(workspace):
    for number in range(1, 8):
        built(workspace, f"{number:03}", f"Jalan {number}")
    assert part(workspace, "kpp").says.endswith("Jalan 5 (RT 005), dan 2 lagi.")


def test_the_forum_has_to_meet_in_the_quarter_of_its_own_kelurahan(workspace):
    put(workspace, "forum", name="Forum", formed="2026-01-01", active="aktif")
    assert part(workspace, "forum").note == "belum bertemu"
    usual = {"kind": "forum", "name": "Rapat", "level": "kelurahan", "period": YEAR}
    put(workspace, "meeting", date="2026-09-30", area=region_name(KELURAHAN), **usual)
    assert (part(workspace, "forum").ready, part(workspace, "forum").note) == (False, "terakhir 30 September 2026")
    put(workspace, "meeting", date="2026-11-01", area="Kelurahan lain", **usual)
    put(workspace, "meeting", date="2026-11-01", **usual | {"level": "kota", "area": region_name(KELURAHAN)})
    put(workspace, "meeting", date="2026-12-24", region=OTHER, **usual)
    assert not part(workspace, "forum").ready
    recording.record(workspace, form("meeting"), usual | {"date": "2026-10-01", "region": KELURAHAN})
    assert (part(workspace, "forum").ready, part(workspace, "forum").note) == (True, "1 Oktober 2026")


def test_the_survey_has_to_be_whole_and_verified(workspace, make_workspace, tmp_path):
    save(workspace, RtRecap, rt="1/5")
    found = part(workspace, "baseline")
    assert (found.ready, found.noted, found.percent, found.note) == (False, True, 100, "0 dari 1 RT terverifikasi")
    city = make_workspace("Kota", "district", ("16.71",))
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    with city.asking() as connection:
        ids = [each.id for each in overview.views.found(connection, RtRecap)]
    verification.verify(city, ids=ids)
    receiving.receive(workspace, sending.send(city, tmp_path, to="facilitator").path)
    assert (part(workspace, "baseline").ready, part(workspace, "baseline").note) == (True, "1 RT")


def test_a_rule_of_the_district_travels_and_is_judged_by(workspace, make_workspace, tmp_path):
    put(workspace, "volunteers", date="2026-05-01", men=12, women=9)
    city = make_workspace("Kota", "district", ("16.71",))
    put(city, "readiness_rule", part="volunteers", counts="ya", least=20, basis="Surat Perkim 12")
    put(city, "readiness_rule", part="notary", counts="tidak")
    receiving.receive(workspace, sending.send(city, tmp_path, to="facilitator").path)
    standing = readiness.standing(workspace, KELURAHAN, YEAR)
    assert [each.key for each in standing.parts if not each.counts] == ["notary"]
    assert (standing.ready, len(standing.counted)) == (1, 9)
    rule = next(each for each in readiness.governed(workspace, KELURAHAN).rules if each.key == "volunteers")
    assert (rule.least, rule.basis, rule.changed) == (20, "Surat Perkim 12", True)


def test_periods_that_are_over_are_judged_as_of_their_last_day(workspace):
    for year in (2024, 2025, 2026):
        put(workspace, "period", year=year, rules="2018", method="workbook")
    bkm(workspace, formed="2021-01-01", term_ends="2025-06-30", active="tidak")
    bkm(workspace, name="BKM Baru", formed="2026-02-01", term_ends="2029-02-01")
    past = readiness.history(workspace, KELURAHAN)
    assert [each.period for each in past] == ["2024", "2025", "2026"]
    assert [each.parts[0].ready for each in past] == [True, False, True]
    assert [each.ready for each in past] == [1, 0, 1]
    assert Day.of("2030", TODAY) == Day(TODAY)
    assert Day.of("2025-awal", TODAY) == Day(datetime.date(2025, 12, 31), past=True)
    assert Period is form("period")


def test_kelurahan_are_ranked_and_each_says_what_it_lacks_next(make_workspace):
    city = make_workspace("Kota", "district", ("16.71",))
    bkm(city)
    bkm(city, region=OTHER)
    put(city, "bkm_unit", kind="upl", active="aktif", region=OTHER)
    found = readiness.standings(city, "16.71", YEAR)
    assert [(each.region, each.ready, each.missing[0].key) for each in found] == [
        (OTHER, 2, "notary"), (KELURAHAN, 1, "notary")]
    together = {each.key: each for each in readiness.parts(city, "16.71", YEAR)}
    assert (together["bkm"].ready, together["upl"].ready, together["upl"].note) == (True, False, "1 dari 2")
    assert overview.picture(city, "16.71", YEAR).parts[0].ready


@pytest.mark.parametrize(("regions", "area", "number"), [
    (("16.71",), "16.71", 105), (("16.71",), "16.71.01", 5), (("16.71.01",), "16.71", 5),
    ((KELURAHAN, OTHER, "16.71.06.1005"), "16.71", 1),
])
def test_kelurahan_without_any_record_are_counted_as_far_as_the_workspace_covers_the_area(
    make_workspace, regions, area, number
):
    office = make_workspace("Kota", "district", regions)
    bkm(office)
    bkm(office, region=OTHER)
    assert readiness.unranked(office, area, readiness.standings(office, area, YEAR)) == number


def test_the_records_behind_a_part_are_listed_with_what_tells_them_apart(workspace):
    old = bkm(workspace, name="BKM Lama", formed="2018-01-01", term_ends="2021-01-01", active="tidak")
    new = bkm(workspace)
    lines = bowl.kept(workspace, "bkm", KELURAHAN)
    assert [each.sheet.record for each in lines] == [new, old]
    assert lines[0].told == "Masa bakti berakhir: 1 Maret 2027 · Aktif"
    assert bowl.counts(workspace, bowl.forms_of("bkm"), KELURAHAN) == {"bkm": 2, "bkm_year": 0, "election": 0}
    assert bowl.kept(workspace, "bkm", OTHER) == []


def test_a_record_that_was_only_begun_is_listed_too(workspace):
    answers = {"region": KELURAHAN, "name": "BKM Baru"}
    keyed_drafts.keep(workspace, form("bkm"), "new", answers, "formed")
    keyed_drafts.keep(workspace, form("bkm"), "far", {**answers, "region": OTHER}, "formed")
    lines = bowl.kept(workspace, "bkm", KELURAHAN)
    assert [(each.sheet.record, each.sheet.name, each.begun) for each in lines] == [("new", "BKM Baru", True)]
    assert not readiness.standing(workspace, KELURAHAN, YEAR).parts[0].noted


def test_every_form_of_the_institutions_is_listed_somewhere():
    assert {bowl.part_of(key) for key in bowl.OF_INSTITUTIONS} == {
        "all", "bkm", "upl", "tipp", "volunteers", "rplp", "kpp", "forum"}
    assert all(form(key) for rule in suggested() for key in rule.forms)


def test_a_meeting_begun_from_the_bowl_belongs_to_its_kelurahan(workspace):
    record = bowl.begin(workspace, "meeting", KELURAHAN, YEAR)
    keying = keyed_drafts.open_draft(workspace, record).keying
    keying = keying.put("name", "Rapat forum")
    keying = keying.put("date", "1/11/2026")
    keyed_drafts.save(workspace, form("meeting"), record, keying.given(), is_new=True)
    assert part(workspace, "forum").ready
    names = [each.sheet.name for each in bowl.kept(workspace, "meeting", KELURAHAN)]
    assert names == ["Rapat forum · 1 November 2026"]
    assert bowl.begin(workspace, "bkm", KELURAHAN, YEAR) == ""
