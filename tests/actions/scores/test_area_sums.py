"""The sums of areas: equal to the assessments added up, whatever was edited, and one RT is added up after one edit."""

from contextlib import closing
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2kp_desktop.actions.bundles import import_undo, receiving, sending
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import rollup
from p2kp_desktop.actions.scores import area_sums, explanations, over_time, slum_scores
from p2kp_desktop.cli import main
from p2kp_desktop.databases import library
from p2kp_desktop.forms import Household
from p2kp_desktop.forms.period import Period
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.rules import hundreds, regulation
from p2kp_desktop.rules.assessment import assess_area
from p2kp_desktop.rules.comparison import compare, slum_moves
from p2kp_desktop.rules.explanation import explain_area
from p2kp_desktop.rules.indicators import Area, figures
from p2kp_desktop.rules.profile import ALL, profile
from p2kp_desktop.rules.sums import DISPUTED, HOUSEHOLDS, LATRINE, RTS, SLUM_HECTARES, Sums, added, amounts, counts
from p2kp_desktop.schema.places import lies_in
from p2kp_desktop.schema.table import Scope, Subject
from p2kp_desktop.store import open_workspace, oversight, sums, transfers, views
from p2kp_desktop.store.tables import area_sums as kept_sums
from tests.conftest import DEEP, KELURAHAN
from tests.examples import a_record

OTHER = "16.71.02.1005"
PERIODS = ("2025", "2026")


def recorded(workspace, form, region=KELURAHAN, rt="014/005", period="2026", **answers):
    """Record a plausible record of an RT."""
    example = {key: value for key, value in a_record(form).answers.items() if key not in ("nik", "kk_number")}
    return recording.record(workspace, form, {
        **example, "region": region, "rt": rt, "period": period, **answers,
    }).id


def expected(workspace, area, period):
    """Return the sums of an area, from its assessments alone."""
    found = []
    for each in slum_scores.assessments(workspace, area=area, period=period):
        with workspace.asking() as connection:
            standings = sums.standings(connection, each.region, [each.rt])
        found.append(amounts(each, standings.get((each.rt, period), {})))
    return added(found)


def kept(workspace, area, period):
    with workspace.asking() as connection:
        return dict(sums.of(connection, area, None, period))


def hold(workspace):
    """Hold that the sums kept of every area and period are those of its assessments."""
    area_sums.refresh(workspace)
    for area in (KELURAHAN, OTHER, "16.71.01", "16.71", "16"):
        for period in PERIODS:
            assert kept(workspace, area, period) == expected(workspace, area, period), (area, period)


def hold_reports(workspace):
    """Hold that progress, indicators, moves and explanations are what assessing every RT anew gives."""
    scored = {each: slum_scores.assessments(workspace, area="16", period=each) for each in PERIODS}
    with workspace.asking() as connection:
        named = set(oversight.named_rts(connection))
        homes = {each: [*views.found(connection, Household, views.Where(period=each))] for each in PERIODS}
    for area in (KELURAHAN, "16.71"):
        for stage in over_time.stages(workspace, area):
            here = [rt for rt in scored[stage.period] if stage.holds((rt.region, rt.rt))]
            then = [rt for rt in scored.get(stage.before, ()) if stage.holds((rt.region, rt.rt))]
            there = {(rt.region, rt.rt) for rt in here}
            known = {each for each in {*named, *((rt.region, rt.rt) for rt in then)} if stage.holds(each)}
            reviewed = [each for each in rollup.rts(workspace, area, stage.period)
                        if stage.whole or stage.holds((each.region, each.rt))]
            assert stage.hundreds == hundreds(here, unassessed=len(known - there), unverified=sum(
                each.records.total - each.records.verified for each in reviewed))
            assert stage.change == compare(then, here).land
        for line in over_time.indicator_lines(workspace, area, groups=(ALL,)):
            stage = line.stage
            counted = profile(each for each in homes[stage.period]
                              if stage.holds((each.answers["region"], each.answers["rt"])))
            anew = Sums(added(counts(rt) for rt in scored[stage.period] if stage.holds((rt.region, rt.rt))))
            assert line.figure == figures(Area(counted, anew))[line.indicator.key, ALL.key]
        first, last = ([rt for rt in scored[each] if lies_in(rt.region, area)] for each in PERIODS)
        moves = {line.move.place: line.move.kind for line in over_time.slum_lines(workspace, area)}
        assert moves == ({each.place: each.kind for each in slum_moves(first, last)} if first and last else {})
        for period, rts in zip(PERIODS, (first, last), strict=True):
            if rts:
                told = explanations.explain(workspace, Subject(Scope(area, None, period))).explanation
                with workspace.asking() as connection:
                    known = explanations.known_places(connection, area, period)
                lacking = len(known - {(rt.region, rt.rt) for rt in rts})
                anew = explain_area(told.name, rts, told.regulation, told.method, unassessed=lacking)
                plain = {place: {name: amount for name, amount in rt.items() if not name.startswith("standing ")}
                         for place, rt in told.parts.items()}
                assert plain == {place: {**rt} for place, rt in anew.parts.items()}
                assert replace(told, parts={}, whole=None) == replace(anew, parts={}, whole=None)


@pytest.fixture
def city(make_workspace):
    return make_workspace("kota", "district", (KELURAHAN, OTHER))


STEPS = st.lists(st.tuples(
    st.sampled_from(["house", "poor", "survey", "recap", "resident", "move", "delete", "rules", "year", "look"]),
    st.sampled_from([KELURAHAN, OTHER]), st.sampled_from(["001/001", "002/001"]), st.sampled_from(PERIODS),
), min_size=1, max_size=8)


def step(workspace, made, kind, region, rt, period):
    """Do one thing that may change a score."""
    there = {"region": region, "rt": rt, "period": period}
    if kind in ("house", "poor"):
        worse = {"water_source": "d", "pit_distance": "b", "defecation": "c"} if kind == "poor" else {}
        made.append(recorded(workspace, Household, **there, head_name=f"Warga {len(made)}", **worse))
    elif kind == "survey":
        recorded(workspace, RtSurvey, **there)
    elif kind == "recap":
        recorded(workspace, RtRecap, **there)
    elif kind == "resident":
        recording.record(workspace, Resident, {**there, "line": 1, "head_name": "Siti"})
    elif kind == "rules":
        recording.record(workspace, Period, {"year": int(period), "rules": "2016"})
    elif kind == "look":
        hold(workspace)
    elif made and kind == "delete":
        recording.delete(workspace, Household, made.pop(), reason="salah ketik")
    elif made:
        changed = {"rt": rt} if kind == "move" else {"period": period}
        recording.record(workspace, Household, {"id": made[-1], **changed})


@settings(max_examples=400 if DEEP else 12)
@given(steps=STEPS)
def test_the_sums_are_those_of_the_assessments_whatever_was_edited(tmp_path_factory, steps):
    path = tmp_path_factory.mktemp("sums") / "kota.p2kp"
    with workspaces.init(path, role="district", name="kota", regions=[KELURAHAN, OTHER]) as workspace:
        made = []
        for each in steps:
            step(workspace, made, *each)
        hold(workspace)
        hold_reports(workspace)


def test_an_import_and_taking_it_back_change_the_sums(city, make_workspace, tmp_path):
    team = make_workspace("tim")
    recorded(team, Household, head_name="Siti")
    recorded(team, RtSurvey)
    receiving.receive(city, sending.send(team, tmp_path).path)
    hold(city)
    assert kept(city, "16", "2026")[HOUSEHOLDS] == 1
    with city.asking() as connection:
        (line,) = transfers.log(connection)
    import_undo.undo(city, line.id)
    hold(city)
    assert kept(city, "16", "2026") == {}


def test_answers_in_conflict_and_their_settling_change_the_sums(city, make_workspace, tmp_path):
    team = make_workspace("tim")
    home = recorded(city, Household, head_name="Siti")
    recorded(city, RtSurvey)
    receiving.receive(team, sending.send(city, tmp_path).path)
    hold(city)
    for workspace, source in ((city, "j"), (team, "k")):
        recording.record(workspace, Household, {"id": home, "water_source": source})
    receiving.receive(city, sending.send(team, tmp_path).path)
    hold(city)
    assert kept(city, "16", "2026")[DISPUTED] == 1
    hold_reports(city)
    (heading,) = conflicts.headings(city)
    conflicts.settle(city, "household", home, heading.question, "air_permukaan", reason="dilihat lagi")
    hold(city)
    assert DISPUTED not in kept(city, "16", "2026")
    hold_reports(city)


def test_one_edit_adds_up_one_rt(city):
    for rt in ("001/001", "002/001", "003/001"):
        recorded(city, Household, rt=rt, head_name=f"Siti {rt}")
    assert area_sums.refresh(city) == 3
    assert area_sums.refresh(city) == 0
    recorded(city, Household, rt="002/001", head_name="Budi")
    assert area_sums.refresh(city) == 1
    assert kept(city, "16.71", "2026")[HOUSEHOLDS] == 4


def test_an_area_scores_as_its_rts_together(city):
    for rt, closet in (("001/001", "a"), ("002/001", "b")):
        recorded(city, Household, rt=rt, head_name=f"Siti {rt}", closet=closet)
        recorded(city, RtSurvey, rt=rt)
    area_sums.refresh(city)
    rules = regulation("2018")
    together = assess_area(slum_scores.assessments(city, area="16", period="2026"), rules)
    here = Sums(kept(city, "16", "2026"))
    assert here.total(rules) == together.score.total
    assert here.get(SLUM_HECTARES) == together.slum_ha
    assert {code: share for code, share in together.shares.items() if share} == here.shares(rules)
    assert here.share(LATRINE) == Fraction(together.tally.households - together.tally.no_latrine, 2)


def test_an_rt_without_data_is_counted_beside_the_others(city):
    recording.record(city, Rt, {"region": KELURAHAN, "rt_number": 1, "rw_number": 1})
    recorded(city, Household, rt="002/001")
    area_sums.refresh(city)
    with city.asking() as connection:
        assert area_sums.unassessed(connection, "16.71", "2026") == 1
    assert kept(city, "16.71", "2026")[RTS] == 1


def test_the_sums_are_made_anew_where_a_trigger_is_gone_or_the_release_is_another(city):
    recorded(city, Household)
    area_sums.refresh(city)
    with city.changing() as connection:
        connection.exec_driver_sql('DROP TRIGGER "unsummed_household_UPDATE"')
        connection.execute(kept_sums.update().values(amounts="{}"))
    city.close()
    with open_workspace(city.name) as again:
        hold(again)
        assert kept(again, "16", "2026")[HOUSEHOLDS] == 1


def falsify(workspace, statement):
    """Change the file behind the program's back, so that nothing notes it."""
    with closing(library.connect(workspace.name)) as file:
        assert file.execute(statement).rowcount
        file.commit()


@pytest.mark.parametrize("statement", [
    "UPDATE area_sum SET amounts = '{\"households\":9}' WHERE area = '16' AND rt = ''",
    "UPDATE area_sum SET amounts = '{}' WHERE rt = '002/001'",
    "DELETE FROM area_sum WHERE area = '16.71'",
    "INSERT INTO area_sum (area, rt, period, amounts) VALUES ('16.71.01.1002', '001/001', '2026', '{\"rts\":1}')",
])
def test_a_check_finds_a_sum_that_is_not_that_of_the_records_and_makes_it_anew(city, capsys, statement):
    recorded(city, Household, rt="001/001")
    recorded(city, Household, OTHER, rt="002/001")
    area_sums.refresh(city)
    assert area_sums.check(city) == []
    falsify(city, statement)
    city.close()
    assert main(["check", city.name]) == 1
    told = capsys.readouterr().out
    assert told.startswith("Jumlah per wilayah tidak sesuai dengan catatannya di ")
    assert "sekarang sudah dihitung ulang" in told
    assert main(["check", city.name]) == 0
    with open_workspace(city.name) as again:
        hold(again)


def test_a_check_finds_what_nobody_noted(city):
    recorded(city, Household)
    area_sums.refresh(city)
    recorded(city, Household, rt="002/001")
    falsify(city, "DELETE FROM unsummed")
    (told,) = area_sums.check(city)
    assert "di 5 tempat" in told
    hold(city)


def test_a_check_holds_nothing_against_edits_and_deletions(city):
    one = recorded(city, Household)
    area_sums.refresh(city)
    recording.delete(city, Household, one, reason="salah ketik")
    assert area_sums.check(city) == []
    assert area_sums.check(city) == []
