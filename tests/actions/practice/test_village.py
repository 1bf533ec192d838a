"""The practice village: complete, made by the real actions, and never mixed with real data."""

import errno
import os
import tempfile
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.community import agreement_todos, readiness
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.importing import import_plan, layouts, official_workbook
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.actions.recording import conflicts, doubles, recording, saves
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.actions.review import comments
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.actions.upkeep import handing_over, salvage
from p2kp_desktop.environment import this_year
from p2kp_desktop.forms import FORMS, Household, Kawasan, RtRecap, RtSurvey
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.review import RETURNED, VERIFIED
from p2kp_desktop.store import open_workspace, records, views
from p2kp_desktop.store.facts import facts

KELURAHAN = first_start.KELURAHAN
ANSWERS = first_start.Answers("Rina Marlina", "facilitator", (KELURAHAN,))
YEAR = str(this_year())

# What the village shows by itself, what only offices keep, and what people attach or ask.
ELSEWHERE = {
    "household", "rt_survey", "rt_recap", "rt", "resident", "kawasan", "period", "pokja", "readiness_rule",
    "agreement_version", "attendee", "policy", "attachment", "comment", "approval", "decree", "edition", "edition_rt",
    "price", "target", "milestone", "participation",
    "task", "realisation", "activity_site",  # the village does not show these yet
}
COMMUNITY = [form for form in FORMS if form.key not in ELSEWHERE]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "P2KP"


@pytest.fixture
def village(folder):
    with first_start.begin_practice("Rina", folder) as made:
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


def test_one_rt_is_verified_but_for_what_was_returned_with_comments(village):
    there = found(village, Household, rt="001/005", period=YEAR)
    by_status = {status: [each for each in there if each.answers.get("status") == status] for status in
                 (VERIFIED, RETURNED)}
    assert len(by_status[RETURNED]) == 3
    assert len(by_status[VERIFIED]) > 15
    asked = [thread for each in by_status[RETURNED] for thread in comments.threads(village, each.id)]
    assert len(asked) == 3
    assert all(thread.is_open for thread in asked)
    assert found(village, RtSurvey, rt="001/005", period=YEAR)


def test_another_rt_is_being_keyed_with_every_kind_of_problem(village):
    there = found(village, Household, rt="002/005", period=YEAR)
    problems = [[*Record(Household, each.id, each.answers).problems()] for each in there]
    kinds = {(each.severity, bool(each.note)) for some in problems for each in some}
    assert kinds >= {("hard", False), ("soft", False), ("soft", True)}
    assert any(not some for some in problems)
    assert [draft.form for draft in keyed_drafts.waiting(village)] == ["household"]
    assert len(doubles.among(village, KELURAHAN, YEAR)) >= 2
    (listed,) = residents.by_rt(village, KELURAHAN, YEAR)
    assert listed.surveyed > 10
    assert (listed.missing >= 3, listed.empty, listed.refused, listed.moved) == (True, 1, 1, 1)


def test_there_are_conflicts_between_two_laptops(village):
    there = conflicts.open_conflicts(village)
    assert {each.question for each in there} == {"water_source", "kk_count"}
    assert {side.workspace for each in there for side in each.sides} == {"Rina", "Tim B"}


def test_a_recap_a_kawasan_and_last_year_stand_beside(village):
    assert found(village, RtRecap, rt="003/005", period=YEAR)
    assert found(village, Kawasan)
    totals = {
        period: {row["rt"]: row["total"] for row in slum_scores.score_workspace(village, area=KELURAHAN, period=period)[
            "rows"]} for period in (str(this_year() - 1), YEAR)
    }
    before, now = (totals[period]["001/005"] for period in totals)
    assert before != now
    earlier = {each.id for each in found(village, Household, period=str(this_year() - 1))}
    assert earlier <= {each.answers["identity"] for each in found(village, Household, period=YEAR)}


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


def test_the_community_has_a_bowl_with_three_parts_still_to_fill(village):
    standing = readiness.standing(village, KELURAHAN, YEAR)
    assert {part.key for part in standing.counted if not part.ready} == {"volunteers", "baseline", "forum"}
    assert all(part.noted for part in standing.counted)


def test_an_agreement_is_kept_another_discussed_and_both_have_something_to_do(village):
    stages = {each[Agreement.number]: each.answers["stage"] for each in found(village, Agreement)}
    assert stages == {"AB-01": "berlaku", "AB-02": "uji_publik"}
    todos = {(todo.number, todo.kind) for todo in agreement_todos.of_area(village, KELURAHAN)}
    assert {("AB-01", "violation"), ("AB-01", "review"), ("AB-02", "sign")} <= todos


def test_every_kind_of_record_of_the_community_is_there_and_without_a_problem(village):
    with village.asking() as connection:
        edits = saves.Edits(connection, facts(connection))
        for form in COMMUNITY:
            there = records.read_where(connection, form.key)
            assert there, form.key
            assert [recording.problems(edits, form, version) for version in there] == [[] for _ in there], form.key
