"""The practice village: complete, made by the real actions, and never mixed with real data."""

import errno
import os
import tempfile
from fractions import Fraction
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.collaboration import commitments, decrees, programme, targets, yearly_updates
from p2kp_desktop.actions.common import backups, practice_mark
from p2kp_desktop.actions.community import agreement_todos, meetings, readiness
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.importing import import_plan, layouts, official_workbook
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.keying import keyed_drafts, period_before
from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.actions.recording import conflicts, doubles, recording, saves
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.actions.review import comments
from p2kp_desktop.actions.scores import cheapest_works, editions, slum_list, slum_scores
from p2kp_desktop.actions.upkeep import handing_over, salvage
from p2kp_desktop.environment import this_year
from p2kp_desktop.forms import FORMS, Household, Kawasan, RtRecap, RtSurvey
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.review import RETURNED, VERIFIED
from p2kp_desktop.store import open_workspace, records, views
from p2kp_desktop.store.facts import facts
from tests import villages

KELURAHAN = first_start.KELURAHAN
ANSWERS = first_start.Answers("Rina Marlina", "facilitator", (KELURAHAN,))
YEAR, BEFORE = str(this_year()), str(this_year() - 1)

# What the village does not show, each with its reason.
ELSEWHERE = {
    "attachment": "a scan or photo is a file of whoever attaches it; the village ships none",
}
IN_WORK = {"household": "one RT is being keyed, with every kind of problem"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "P2KP"


@pytest.fixture
def village(village_file, folder):
    folder.mkdir(exist_ok=True)
    with open_workspace(villages.copied(village_file, folder)) as made:
        yield made


@pytest.fixture(scope="module")
def settled(village_file):
    """Give a village that is only looked at, made once."""
    with open_workspace(village_file) as made:
        yield made


@pytest.fixture
def real(folder):
    with first_start.begin(ANSWERS, folder) as made:
        yield made


def files(village):
    return {path.name: path for path in first_start.files_of(Path(village.name)).iterdir()}


def found(village, form, **where):
    with village.asking() as connection:
        return list(views.found(connection, form, views.Where(area=KELURAHAN, **where)))



def test_a_village_is_made_on_another_disk_than_that_of_temporary_files(folder, tmp_path, monkeypatch):
    temporary = tmp_path / "temp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def on_one_disk(act):
        def acted(source, target, *others, **more):
            if len({Path(each).is_relative_to(temporary) for each in (source, target)}) > 1:
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            return act(source, target, *others, **more)
        return acted

    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, on_one_disk(getattr(os, name)))
    with first_start.begin_practice("Rina", folder) as made:
        assert list(first_start.files_of(Path(made.name)).glob("LATIHAN dari*.xlsx"))


def test_one_rt_is_verified_but_for_what_was_returned_with_comments(settled):
    there = found(settled, Household, rt="001/005", period=YEAR)
    by_status = {status: [each for each in there if each.answers.get("status") == status] for status in
                 (VERIFIED, RETURNED)}
    assert len(by_status[RETURNED]) == 3
    assert len(by_status[VERIFIED]) > 15
    asked = [thread for each in by_status[RETURNED] for thread in comments.threads(settled, each.id)]
    assert len(asked) == 3
    assert all(thread.is_open for thread in asked)
    assert found(settled, RtSurvey, rt="001/005", period=YEAR)


def test_another_rt_is_being_keyed_with_every_kind_of_problem(settled):
    there = found(settled, Household, rt="002/005", period=YEAR)
    problems = [[*Record(Household, each.id, each.answers).problems()] for each in there]
    kinds = {(each.severity, bool(each.note)) for some in problems for each in some}
    assert kinds >= {("hard", False), ("soft", False), ("soft", True)}
    assert any(not some for some in problems)
    assert [draft.form for draft in keyed_drafts.waiting(settled)] == ["household"]
    assert len(doubles.among(settled, KELURAHAN, YEAR)) >= 2
    (listed,) = residents.by_rt(settled, KELURAHAN, YEAR)
    assert listed.surveyed > 10
    assert (listed.missing >= 3, listed.empty, listed.refused, listed.moved) == (True, 1, 1, 1)


def test_there_are_conflicts_between_two_laptops(settled):
    there = conflicts.open_conflicts(settled)
    assert {each.question for each in there} == {"water_source", "kk_count"}
    assert {side.workspace for each in there for side in each.sides} == {"Rina", "Tim B"}


def test_a_recap_a_kawasan_and_last_year_stand_beside(settled):
    assert found(settled, RtRecap, rt="003/005", period=YEAR)
    assert len(found(settled, Kawasan)) == 2
    totals = {
        period: {row["rt"]: row["total"] for row in slum_scores.score_workspace(settled, area=KELURAHAN, period=period)[
            "rows"]} for period in (BEFORE, YEAR)
    }
    before, now = totals.values()
    assert set(before) - set(now) == {"004/005"}  # its data come with the file of the other team
    assert all(before[rt] > now[rt] for rt in now)
    earlier = {each.id for each in found(settled, Household, rt="001/005", period=BEFORE)}
    assert earlier <= {each.answers["identity"] for each in found(settled, Household, period=YEAR)}


def test_a_house_of_the_year_before_is_begun_anew_or_was_already(village):
    begun = {each[Household.building]: period_before.begin(village, each.id)
             for each in found(village, Household, rt="002/005", period=BEFORE)}
    assert [number for number, again in begun.items() if again.is_draft] == ["16", "17", "18"]
    with village.asking() as connection:
        again = next(views.found(connection, Household, views.Where(id=begun["1"].id)))
        then = period_before.earlier(connection, again)
    assert then.period == BEFORE
    assert {"water_source", "waste_collection"} & {each.key for each in then.changed(again)}
    assert again[Household.roof] == then.answers["roof"]  # what nobody rebuilds within a year stayed


def test_the_year_has_an_rt_that_is_slum_no_more_and_one_that_nobody_assessed(settled):
    by_state = {each.state: each.rt for each in slum_list.slum_rts(settled, KELURAHAN, YEAR) if each.state != "stays"}
    assert by_state == {slum_list.LEFT: "001/005", slum_list.GONE: "004/005"}
    (computed,) = [each for each in yearly_updates.updates(settled, KELURAHAN, YEAR)
                   if each.standing == yearly_updates.COMPUTED]
    assert (computed.rt, computed.works) == ("004/005", ("APAR gang RT 004/005",))


def test_of_two_official_results_one_differs_from_now_by_houses_that_can_be_named(settled):
    now, before = editions.editions(settled, KELURAHAN)
    assert (before.period, before.differing, before.whole) == (BEFORE, 0, True)
    assert (now.period, now.differing, now.whole) == (YEAR, 1, True)
    compared = editions.compare(settled, now.id)
    assert {each.told.place[1] for each in compared.differences} == {"002/005"}
    kinds = [(each.kind, each.question) for each in compared.records]
    assert ("changed", "faeces") in kinds
    assert sum(kind == "new" for kind, _question in kinds) == 5


def test_the_ledger_of_decrees_tells_of_rts_in_and_out_and_what_nobody_explains(settled):
    lacking, whole = decrees.lines(settled, KELURAHAN, YEAR)
    moves = [({rt for _, rt in each.entered}, {rt for _, rt in each.left}) for each in whole.ledger.changes]
    assert moves == [({"002/005"}, {"004/005"}), (set(), {"001/005"})]
    assert (whole.ledger.left, whole.ledger.unexplained) == (Fraction(11, 10), Fraction(1, 5))
    assert whole.slum_class is not None
    assert {each.code for each in lacking.lacking} >= {"rt_data", "land", "spatial_plan"}
    assert lacking.unsaid == 1


def test_targets_start_from_what_was_surveyed_and_stand_on_both_sides_of_their_path(settled):
    there = targets.lines(settled, KELURAHAN, YEAR)
    assert {each.standing for each in there} == {"behind", "ahead"}
    then = {each.indicator: each.actual for each in targets.lines(settled, KELURAHAN, BEFORE)}
    own = [each for each in there if each.baseline is not None]
    assert [each.baseline for each in own] == [then[each.indicator] for each in own] != []
    assert all(each.steps and each.activities for each in own)
    assert [each.source.partition(",")[0] for each in there if each.baseline is None] == ["RPJMN 2020–2024"] * 2


def test_the_cheapest_way_out_is_told_in_rupiah(settled):
    way = cheapest_works.solve(settled, cheapest_works.WorksWanted(), area=KELURAHAN, period=YEAR)
    assert (way.proved, way.unpriced, way.slums, way.unreached) == (True, 0, 2, ())
    assert way.cost > 0
    assert all("latihan" in each.source for each in way.prices.prices)


def test_commitments_stand_in_every_way_and_tasks_come_of_decisions(settled):
    there = commitments.promises(settled, KELURAHAN)
    assert [each.pledge.state for each in there] == ["terlambat", "menunggu", "berjalan", "ditepati"]
    open_ones = meetings.open_decisions(settled, KELURAHAN)
    assert [each.late for each in open_ones if each.form == "task"] == [True, False]
    assert {each.sure for each in programme.participants(settled, KELURAHAN)} == {True, False}


def test_the_bundle_of_the_other_team_can_be_received_and_brings_a_conflict(village):
    received = receiving.receive(village, files(village)["LATIHAN dari Tim B.xlsx"])
    assert received.error is None
    assert received.counts["new"] == 13
    assert received.counts["conflict"] == 1


def test_the_workbooks_come_in_without_an_error(village):
    books = [path for name, path in files(village).items() if "dari" not in name]
    assert len(books) == 2
    for path in books:
        source = layouts.of_file(path)
        plans = layouts.plans_of(village, source, layouts.WantedLayout(layouts.guess(village, source)))
        ended = import_plan.carry_out(village, plans)
        assert (ended.rejected, ended.new) == (0, ended.rows)
        assert ended.rows >= 6


def test_every_file_of_the_village_says_latihan_and_a_real_workspace_refuses_it(village, real, tmp_path):
    official_workbook.write_back(village, PlaceOfRows(KELURAHAN, "002/005", YEAR), tmp_path)
    sending.send(village, first_start.files_of(Path(village.name)))
    written = [*files(village).values(), *tmp_path.glob("*.xlsx")]
    assert len(written) == 5
    for path in written:
        with pytest.raises(Trouble, match="latihan"):
            _take(real, path)
    assert found(real, Household) == []


def _take(workspace, path):
    received = receiving.receive(workspace, path)
    if received.trouble is not None and received.trouble.code == "T40":
        raise received.trouble
    layouts.plans(workspace, Household, path, import_plan.ANYWHERE, {})


def test_a_stamped_template_saved_again_elsewhere_is_refused_too(village, real):
    from openpyxl import load_workbook

    path = files(village)["LATIHAN templat rumah tangga terisi.xlsx"]
    again = load_workbook(path)
    again.save(path)
    with pytest.raises(Trouble, match="latihan"):
        import_plan.plan_file(real, Household, path)
    assert import_plan.plan_file(village, Household, path).count("new") == 6


def test_a_blank_template_carries_no_stamp(real, tmp_path):
    import_plan.template(Household, tmp_path / "t.xlsx")
    assert import_plan.plan_file(real, Household, tmp_path / "t.xlsx").rows == ()


def test_no_backup_of_one_kind_takes_the_place_of_the_other(folder):
    with first_start.begin_practice("Rina", folder) as village, first_start.begin(ANSWERS, folder) as real:
        recording.record(real, Household, {"rt": "014/005", "head_name": "Siti"})
        kept, practised = backups.back_up(real), backups.back_up(village)
    for backup, place in ((practised, real.name), (kept, village.name)):
        with pytest.raises(Trouble, match="T42"):
            backups.restore(backup, place)
    with open_workspace(real.name) as again:
        assert [each.answers["head_name"] for each in found(again, Household)] == ["Siti"]
    backups.restore(practised, village.name)
    with open_workspace(village.name) as again:
        assert window_edge.about(again).practice


def test_what_is_salvaged_of_a_village_is_a_village(folder):
    village = first_start.begin_practice("Rina", folder)
    village.close()
    salvage.salvage(Path(village.name))
    with open_workspace(village.name) as again:
        assert window_edge.about(again).practice


def test_a_village_handed_over_stays_one(village, real, tmp_path):
    handing_over.hand_over(village, person="Budi", reason="cuti")
    assert window_edge.about(village).practice
    assert receiving.receive(real, sending.send(village, tmp_path).path).error


def test_practising_again_makes_the_village_anew_under_its_name(folder):
    with first_start.begin_practice("Rina", folder) as village:
        recording.record(village, Household, {"rt": "009/005", "head_name": "Coba"})
        path = Path(village.name)
    (first_start.files_of(path) / "catatan.txt").write_text("x", encoding="utf-8")
    assert first_start.village_in(folder) == path
    with first_start.practise_again("Rina", path) as again:
        assert Path(again.name) == path
        assert window_edge.about(again).practice
        assert found(again, Household, rt="009/005") == []
        assert len(found(again, Household, rt="001/005", period=YEAR)) == 24
        recording.record(again, Household, {"rt": "009/005", "head_name": "Lagi"})
    assert len(files(village)) == 3


def test_real_data_are_never_made_anew(folder):
    with first_start.begin(ANSWERS, folder) as real:
        recording.record(real, Household, {"rt": "014/005", "head_name": "Siti"})
    with pytest.raises(Trouble, match="R19"):
        first_start.practise_again("Rina", Path(real.name))
    with open_workspace(real.name) as again:
        assert len(found(again, Household)) == 1


def test_a_village_that_another_window_has_open_is_not_made_anew_under_it(folder):
    with first_start.begin(ANSWERS, folder) as village:
        practice_mark.mark(village)
        recording.record(village, Household, {"rt": "014/005", "head_name": "Siti"})
        with pytest.raises(Trouble) as told:
            first_start.practise_again("Rina", Path(village.name))
        assert told.value.code == "R11"
        recording.record(village, Household, {"rt": "014/005", "head_name": "Ani"})
    with open_workspace(village.name) as again:
        assert len(found(again, Household)) == 2


def test_the_community_has_a_bowl_with_three_parts_still_to_fill(settled):
    standing = readiness.standing(settled, KELURAHAN, YEAR)
    assert {part.key for part in standing.counted if not part.ready} == {"volunteers", "baseline", "forum"}
    assert all(part.noted for part in standing.counted)


def test_an_agreement_is_kept_another_discussed_and_both_have_something_to_do(settled):
    stages = {each[Agreement.number]: each.answers["stage"] for each in found(settled, Agreement)}
    assert stages == {"AB-01": "berlaku", "AB-02": "uji_publik", "AB-03": "draf"}
    todos = {(todo.number, todo.kind) for todo in agreement_todos.of_area(settled, KELURAHAN)}
    assert {("AB-01", "violation"), ("AB-01", "review"), ("AB-02", "sign")} <= todos


def test_every_form_is_shown_and_without_a_problem_but_where_people_work(settled):
    with settled.asking() as connection:
        edits = saves.Edits(connection, facts(connection))
        for form in FORMS:
            there = records.read_where(connection, form.key)
            assert bool(there) == (form.key not in ELSEWHERE), form.key
            if form.key not in IN_WORK:
                assert [recording.problems(edits, form, version) for version in there] == [[]] * len(there), form.key


def test_the_village_is_the_same_whenever_it_is_made_on_a_day(settled, tmp_path):
    with first_start.begin_practice("Rina", tmp_path) as again:
        assert told(again) == told(settled)


BY_CHANCE = ("moment", "digest", "edition", "content", "identity", "seen.", "beheld.")  # times, ids and nodes


def told(village):
    """Return what is recorded, by form, with every id of a record left out."""
    with village.asking() as connection:
        there = {form.key: list(views.found(connection, form)) for form in FORMS}
    ids = {each.id for some in there.values() for each in some}
    return {key: sorted(str(sorted((name, str(value)) for name, value in each.answers.items()
                                   if not name.startswith(BY_CHANCE) and value not in ids)) for each in some)
            for key, some in there.items()}
