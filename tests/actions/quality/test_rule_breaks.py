"""Mutu Data: rules and who breaks them agree with the form's own judgement; what is unusual is said in words."""

from collections import Counter
from dataclasses import replace

import pytest

from p2kp_desktop.actions.quality import outliers, rule_breaks
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.store import breaches, views
from p2kp_desktop.store.breaches import CHECKED, IMPOSSIBLE, MISSING, NOT_ASKED, UNLIKELY
from tests.conftest import KELURAHAN

YEAR = "2026"


def put(workspace, **answers):
    return recording.record(workspace, Household, {"rt": "1/5", "period": YEAR, **answers}).id


def found(workspace):
    return {
        (each.rule.question, each.rule.kind): each.count for each in rule_breaks.problems(workspace, KELURAHAN, YEAR)
    }


def test_every_rule_is_counted_with_the_records_that_break_it(workspace):
    put(workspace, head_name="A", kk_count=9, members_male=2, members_female=1, occupants=1, nik="123")
    put(workspace, head_name="B", kk_count=60, water_source="a", pit_distance="a")
    put(workspace, head_name="C", kk_count=9, **{"why.kk_count": "rumah susun"})
    counted = found(workspace)
    assert counted["kk_count", UNLIKELY] == 1  # 60 is impossible, and one is explained
    assert counted["kk_count", IMPOSSIBLE] == 1
    assert counted["pit_distance", NOT_ASKED] == 1
    assert counted["occupants", CHECKED] == 1
    assert counted["nik", UNLIKELY] == 1
    assert ("kk_count", MISSING) not in counted
    assert counted["mbr", MISSING] == 3


def test_the_rules_agree_with_the_judgement_of_the_form(workspace):
    put(workspace, head_name="A", kk_count=9, members_male=0, members_female=0, floor_length="600", floor_width="1")
    put(workspace, head_name="B", members_male=2, members_female=1, occupants=9, members_disabled=8, defecation="c")
    put(workspace, head_name="C", defecation="c", closet="a", survey_date="2026-09-01", nik="1671064507800003")
    with workspace.asking() as connection:
        records = list(views.found(connection, Household))
    at = Counter(
        (problem.question, problem.message == "Belum diisi.") for record in records for problem in record.problems()
        if not problem.note
    )
    ours = Counter()
    for each in rule_breaks.problems(workspace, KELURAHAN, YEAR):
        ours[each.rule.question, each.rule.kind == MISSING] += each.count
    assert ours == at


def test_a_rule_leads_to_its_records_and_their_answers(workspace):
    record = put(workspace, head_name="Aminah", kk_count=9)
    put(workspace, head_name="Budi", kk_count=1)
    (rule,) = [each for each in rule_breaks.problems(workspace, KELURAHAN, YEAR) if each.rule.question == "kk_count"]
    assert (rule.says, rule.severity, rule.count) == ("Biasanya 1–5 KK.", "soft", 1)
    (one,) = rule_breaks.breaking(workspace, rule.rule, KELURAHAN, YEAR)
    assert (one.id, one.question, one.name, one.rt, one.answer) == (record, "kk_count", "Aminah", "001/005", "9 KK")


def test_the_records_of_every_rule_are_those_of_each_read_in_one_scan_of_a_form(workspace, monkeypatch):
    put(workspace, head_name="Aminah", kk_count=9, nik="12345678901234")
    put(workspace, head_name="Budi", rt="2/5", kk_count=60, water_source="a", pit_distance="a")
    put(workspace, head_name="Cici", rt="2/5")
    recording.record(workspace, RtSurvey, {"rt": "2/5", "period": YEAR})
    told = rule_breaks.problems(workspace, KELURAHAN, YEAR)
    expected = [
        replace(each, rule=rule) for rule in told
        for each in rule_breaks.breaking(workspace, rule.rule, KELURAHAN, YEAR)
    ]
    monkeypatch.setattr(breaches, "broken", None)
    assert rule_breaks.every_breaker(workspace, KELURAHAN, YEAR) == expected
    assert {each.rt for each in rule_breaks.every_breaker(workspace, KELURAHAN, YEAR, "002/005")} == {"002/005"}
    assert {each.form for each in expected} == {"household", "rt_survey"}
    monkeypatch.setattr(breaches, "AT_MOST", 3)
    assert rule_breaks.every_breaker(workspace, KELURAHAN, YEAR) == expected


def test_an_identity_number_is_shown_masked(workspace):
    put(workspace, head_name="Aminah", nik="12345678901234")
    (rule,) = [each for each in rule_breaks.problems(workspace, KELURAHAN, YEAR) if each.rule.question == "nik"]
    (one,) = rule_breaks.breaking(workspace, rule.rule, KELURAHAN, YEAR)
    assert one.answer == "1234••••••1234"


def test_another_period_another_area_and_the_trash_are_left_out(workspace):
    put(workspace, head_name="A", kk_count=9, period="2025")
    gone = put(workspace, head_name="B", kk_count=9)
    recording.delete(workspace, Household, gone, reason="dobel")
    assert rule_breaks.problems(workspace, KELURAHAN, YEAR) == []
    assert rule_breaks.problems(workspace, "16.72", "2025") == []


@pytest.fixture
def village(workspace):
    """Forty ordinary households in two RTs by two interviewers."""
    lines = [
        {"rt": f"{1 + number % 2}/5", "period": YEAR, "head_name": f"Warga {number}", "kk_count": 1,
         "floor_length": str(6 + number % 5), "floor_width": str(4 + number % 3), "floors": 1,
         "interviewer": "Budi" if number % 2 else "Cici", "water_sufficiency": "abc"[number % 3],
         "water_source": "a"}
        for number in range(40)
    ]
    recording.record_all(workspace, Household, list(enumerate(lines)), origin="perintah")
    return workspace


def said(workspace, kind):
    return [each for each in outliers.unusual(workspace, KELURAHAN, YEAR) if each.kind == kind]


def test_in_an_ordinary_village_nothing_is_unusual(village):
    assert outliers.unusual(village, KELURAHAN, YEAR) == []


def test_a_number_far_from_the_others_is_named_with_what_is_usual(village):
    record = put(village, head_name="Besar", floor_length="30", floor_width="20", floors=1)
    (area,) = [each for each in said(village, outliers.FAR_OUT) if "Luas bangunan hunian (" in each.says]
    assert (area.record, area.question) == (record, "floor_length")
    assert "600 m²; biasanya 24–60 m²" in area.says


def test_an_rt_unlike_its_kelurahan_is_named(village):
    for number in range(10):
        put(village, rt="9/5", head_name=f"Lain {number}", floors=8)
    (apart,) = said(village, outliers.RT_APART)
    assert (apart.rt, apart.record) == ("009/005", "")
    assert "di RT ini biasanya 8 lantai; di kelurahan 1 lantai" in apart.says


def test_one_interviewer_whose_answers_never_vary_is_named_where_others_vary(village):
    for number in range(40):
        put(village, head_name=f"Sama {number}", interviewer="Dedi", water_sufficiency="a", water_source="a")
    (same,) = said(village, outliers.SAME)
    assert "semua 40 kuesioner Dedi menjawab a pada 14" in same.says
    alike = outliers.alike(village, KELURAHAN, YEAR, same)
    assert (len(alike), {each.question for each in alike}) == (40, {"water_sufficiency"})
    assert all(each.name.startswith("Sama") for each in alike)
