"""The cards of a dashboard: their figures add up to those of the area, and each leads to a report that there is."""

import datetime
from fractions import Fraction

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.home import board, lateness, silence
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import slum_list
from p2kp_desktop.forms import Household
from p2kp_desktop.forms.collaboration import Commitment
from p2kp_desktop.forms.meeting import Decision, Meeting
from p2kp_desktop.forms.programme import Participation
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.target import Target
from p2kp_desktop.reports import catalogue, dashboard, shelf
from p2kp_desktop.rules import regulation
from p2kp_desktop.schema.chart import Shape, tabled
from p2kp_desktop.schema.table import Scope, Subject
from p2kp_desktop.store import transfers
from p2kp_desktop.store.transfers import Transfer
from tests.conftest import KELURAHAN
from tests.rules.rts import GOOD

OTHER = "16.71.02.1005"
TODAY = "2026-12-01T08:00:00+07:00"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(environment, "now", lambda: TODAY)


@pytest.fixture
def city(make_workspace):
    return make_workspace("kota", "district", ("16.71",))


def recap(workspace, rt, period="2026", region=KELURAHAN, **bad):
    recording.record(workspace, RtRecap, {
        **GOOD, "region": region, "rt": rt, "period": period, "official": "a",
        **{key: str(volume) for key, volume in bad.items()},
    })


def volumes(*codes):
    """Return volumes by which these criteria are bad altogether."""
    rules = {each.code: each for each in regulation("2018").criteria}
    return {rules[code].volume: GOOD[rules[code].denominator] for code in codes}


def shown(workspace, area="16.71"):
    found = board.board(workspace, area, "2026")
    return {chart.name: chart for column in dashboard.cards(found) for chart in column}, found


def test_the_levels_add_up_to_all_rts_and_hectares(city):
    recap(city, "001/001", **volumes("1a", "1c", "3a", "3b"))
    recap(city, "002/001")
    recap(city, "001/002", region=OTHER, **volumes("1a", "1b", "1c", "2a", "2b", "3a", "3b", "4a"))
    charts, found = shown(city)
    points = {point.look: point for point in charts["levels"].points}
    assert sum(int(point.value) for point in points.values()) == 3
    assert (points["sedang"].value, points["ringan"].value, points["tidak_kumuh"].value) == (1, 1, 1)
    assert charts["levels"].told == "3 RT · 6,00 ha"
    assert sum(found.sums.level(level.code)[1] for level in found.rules.levels) == Fraction(6)


def test_the_worst_criteria_are_over_the_sums_of_the_area(city):
    recap(city, "001/001", **volumes("3a"))
    recap(city, "002/001")
    charts, _found = shown(city)
    (worst,) = charts["worst"].points
    assert (worst.label, worst.shown, worst.told) == ("3a Akses aman air minum", "50 %", "60 dari 120 KK · nilai 1")
    assert worst.way.explains == Subject(Scope("16.71", None, "2026"), criterion="3a")


def test_areas_are_ranked_by_their_slum_hectares_and_rts_by_their_scores(city):
    recap(city, "001/001", region=OTHER)
    recap(city, "001/001", **volumes("1a", "1c", "3a", "3b"))
    recap(city, "002/001", **volumes("3a"))
    charts, _found = shown(city)
    assert [point.way.area for point in charts["ranking"].points] == [KELURAHAN, OTHER]
    charts, _found = shown(city, KELURAHAN)
    found = [(point.way.explains.scope.rt, point.shown) for point in charts["ranking"].points]
    assert found == [("001/001", "20"), ("002/001", "5")]


def test_the_path_has_a_point_for_each_period_and_hollow_ones_where_it_may_change(city):
    recap(city, "001/001", "2025", **volumes("1a", "1c", "3a", "3b"))
    recap(city, "001/001", "2026")
    recording.record(city, Household, {"region": KELURAHAN, "rt": "009/001", "period": "2026", "head_name": "Siti"})
    charts, _found = shown(city)
    water, improved, slum, latrine, sanitation = charts["path"].series
    assert [point.label for point in slum.points] == ["2025", "2026"]
    assert (slum.points[0].value, slum.points[1].value) == (1, 0)
    assert (slum.points[0].sure, slum.points[1].sure) == (True, False)
    assert water.points[0].value is None
    assert (water.aim, improved.aim, slum.aim, latrine.aim, sanitation.aim) == (1, 1, 0, 1, 1)
    assert [each.name for each in charts["path"].series] == [
        "Air aman (3a)", "Air layak (BPS)", "Luas kumuh", "Jamban (5a)", "Sanitasi layak (BPS)"
    ]


def test_the_path_says_how_far_a_figure_is_from_its_target(city):
    recap(city, "001/001", "2026", **volumes("1a", "1c", "3a", "3b"))
    recording.record(city, Target, {
        "indicator": "slum_share", "baseline": 100, "baseline_year": 2020, "end_year": 2030, "end_value": 0,
        "decree": "RPJMD",
    })
    charts, _found = shown(city)
    slum = next(each for each in charts["path"].series if each.name == "Luas kumuh")
    assert (slum.wanted, slum.aim) == ((Fraction(40, 100),), 0)
    assert charts["path"].notes[0] == "**Luas kumuh** tertinggal 60 titik dari jalur 2030."


def test_every_card_leads_to_reports_that_there_are(city):
    recap(city, "001/001", **volumes("1a", "3a"))
    charts, _found = shown(city)
    named = {way.report for chart in charts.values() for way in (chart.way, *(point.way for point in chart.points))
             if way is not None and way.report}
    assert named <= set(catalogue.reports())


def test_a_chart_is_told_as_a_table(city):
    recap(city, "001/001")
    charts, _found = shown(city)
    for chart in charts.values():
        assert len(tabled(chart).lines) == len(chart.points)


def test_an_empty_office_has_cards_that_say_so(city):
    charts, _found = shown(city)
    for chart in charts.values():
        assert chart.empty
        assert chart.is_empty or chart.shape is Shape.ROWS


def came(workspace, region, days, **sender):
    time = datetime.datetime.fromisoformat(TODAY) - datetime.timedelta(days=days)
    told = {"node": f"n{region}{days}", "workspace": "Tim 1", "role": "facilitator", "person": "Rina", **sender}
    with workspace.changing() as connection:
        transfers.note(connection, Transfer(f"t{region}{days}", "in", "b", "paket.xlsx", "", "Budi", time.isoformat(),
                                            {"sender": told, "areas": [region]}))


def test_who_is_silent_longest_stands_first_and_who_never_sent_last(city):
    came(city, KELURAHAN, 20)
    came(city, OTHER, 40)
    came(city, OTHER, 3)
    found = silence.silent(city, "16.71", "2026", {})
    assert [(each.region, each.days, each.quiet) for each in found[:2]] == [(KELURAHAN, 20, True), (OTHER, 3, False)]
    assert {each.days for each in found[2:]} == {None}
    assert "terakhir kami terima 11 November 2026, 20 hari yang lalu" in found[0].message
    assert "belum pernah menerima" in found[2].message


def test_a_province_expects_kabupaten_and_no_files_of_its_own(make_workspace):
    province = make_workspace("provinsi", "province", ("16",))
    came(province, "16.71", 2, role="district")
    came(province, "16.01", 2, role="province")
    found = silence.silent(province, "16", "2026", {})
    assert len(found) == 17
    assert [each.region for each in found if each.days is not None] == ["16.71"]


def test_who_takes_part_in_the_programme_is_expected_and_nobody_else(make_workspace):
    province = make_workspace("provinsi", "province", ("16",))
    for region in ("16.71", "16.02"):
        recording.record(province, Participation, {"region": region, "programme": "p2kp", "since": 2015})
    assert {each.region for each in silence.silent(province, "16", "2026", {})} == {"16.71", "16.02"}


def test_promises_past_their_day_are_late_and_paid_ones_are_not(city):
    given = {"what": "Semen", "source": "non_pemerintah", "amount": 5, "reached": "disepakati"}
    for who, year, more in (("A", 2025, {}), ("B", 2026, {}), ("C", 2025, {"reached": "cair"})):
        recording.record(city, Commitment, {**given, "who": who, "year": year, **more})
    meeting = recording.record(city, Meeting, {"name": "Rapat", "date": "2026-03-02"}).id
    recording.record(city, Decision, {"parent": meeting, "text": "Gorong", "responsible": "PU", "due": "2026-11-01"})
    assert [(each.who, each.days) for each in lateness.late(city, "16.71")] == [("A", 335), ("PU", 30)]
    charts, _found = shown(city)
    assert [point.shown for point in charts["late"].points] == ["335 hari", "30 hari"]


def test_slum_rts_say_since_when_and_what_became_of_them(city):
    bad = volumes("1a", "1c", "3a", "3b")
    for period in ("2024", "2025", "2026"):
        recap(city, "001/001", period, **bad)
    recap(city, "002/001", "2025", **bad)
    recap(city, "002/001", "2026")
    recap(city, "003/001", "2025")
    recap(city, "003/001", "2026", **bad)
    recap(city, "004/001", "2026", **bad)
    recap(city, "005/001", "2025", **bad)
    recap(city, "006/001", "2026")
    found = {line.rt: line for line in slum_list.slum_rts(city, "16.71", "2026")}
    assert {rt: (line.state, line.since) for rt, line in found.items()} == {
        "001/001": ("stays", "2024"), "002/001": ("left", "2025"), "003/001": ("entered", "2026"),
        "004/001": ("new", "2026"), "005/001": ("gone", "2025"),
    }
    assert found["001/001"].worst == (("1a", 5), ("1c", 5), ("3a", 5), ("3b", 5))
    assert (found["002/001"].before, found["002/001"].total) == (20, 0)


def test_every_question_has_a_key_of_its_own_and_every_report_is_listed():
    questions = shelf.questions()
    assert len({each.key for each in questions}) == len(questions) == 10
    listed = [line.name for line in shelf.shelved() if not line.key]
    assert sorted(listed) == sorted(catalogue.reports())
