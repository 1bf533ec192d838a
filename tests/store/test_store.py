import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from hypothesis import given, settings

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording.saves import editing, refresh_summaries
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.causality import Dot, Save, Version, edit, merge
from p2kp_desktop.schema.forms import FIRST
from p2kp_desktop.store import drafts, history, records, summaries, views
from p2kp_desktop.store.tables import RECORDS
from tests.examples import a_record
from tests.schema.worlds import World, steps

PLACE = {"region": "16.71.01.1001", "rt": "014/005", "period": "2026"}


def save_household(workspace, ident, **answers):
    with editing(workspace) as edits:
        return edits.save(Household.key, ident, {**PLACE, **answers}, origin="test")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_form_comes_back_as_it_was_saved(workspace, form):
    answers = dict(a_record(form).answers)
    with editing(workspace) as edits:
        saved = edits.save(form.key, "one", answers, origin="test")
    with workspace.asking() as connection:
        assert records.read(connection, form.key, ["one"]) == {"one": saved}
        (shown,) = views.found(connection, form)
    kept = {key: value for key, value in answers.items() if value is not None}
    assert {key: value for key, value in shown.answers.items() if key != "alive"} == kept


def test_whatever_can_be_merged_can_be_kept(workspace):
    @settings(max_examples=25)
    @given(steps)
    def every_history(steps):
        with workspace.changing() as connection:
            for here in World().run(steps).here:
                versions = [
                    Version(form, v.id, v.vector, v.answers, v.overrides, v.places)
                    for v in here.values() for form in ("household", "unknown form")
                ]
                records.write(connection, versions)
                for version in versions:
                    assert records.read(connection, version.form, [version.id]) == {version.id: version}

    every_history()


def test_an_answer_of_a_newer_release_is_kept_beside_the_known_ones(workspace):
    save_household(workspace, "h", kk_count=2, question_of_2031="ya")
    with workspace.asking() as connection:
        (shown,) = views.found(connection, Household)
        assert shown.answers["question_of_2031"] == "ya"
        table = RECORDS["household"]
        assert connection.scalar(sa.select(table.c.extra)) == '{"question_of_2031": "ya"}'


def test_a_value_of_the_wrong_kind_breaks_nothing(workspace):
    save_household(workspace, "h", kk_count="dua", floor_length="panjang")
    with workspace.asking() as connection:
        values = records.read(connection, "household", ["h"])["h"].values()
    assert (values["kk_count"], values["floor_length"]) == ("dua", "panjang")
    refresh_summaries(workspace)
    assert soundness.check(workspace) == []


def test_a_failed_change_leaves_nothing(workspace):
    with pytest.raises(ZeroDivisionError), editing(workspace) as edits:
        edits.save(Household.key, "h", {**PLACE, "kk_count": 1}, origin="test")
        edits.finish()
        1 / 0  # noqa: B018
    with workspace.asking() as connection:
        assert views.count(connection, Household) == 0
        assert history.last_tick(connection, edits.facts.node) == 0


def test_each_save_is_one_dot_and_one_chained_row_of_history(workspace):
    save_household(workspace, "h", kk_count=1)
    save_household(workspace, "h", kk_count=2)
    with workspace.asking() as connection:
        first, second = history.of_record(connection, "h")
    assert (first.save.dot.tick, second.save.dot.tick) == (1, 2)
    assert first.answers == {}
    assert {*first.changes} == {FIRST}
    assert (second.changes["kk_count"].before, second.changes["kk_count"].after) == (1, 2)
    assert second.previous == first.hash == first.computed_hash()


def test_saving_a_child_makes_deleting_its_parent_a_conflict(workspace):
    save_household(workspace, "parent", kk_count=1)
    with workspace.asking() as connection:
        before = records.read(connection, "household", ["parent"])["parent"]
    elsewhere = edit(before, Save(Dot("other", 1), "Budi", "facilitator", "B", ""), {"alive": 0})
    save_household(workspace, "child", parent="parent")
    with workspace.changing() as connection:
        here = records.read(connection, "household", ["parent"])["parent"]
        records.write(connection, [merge(here, elsewhere)])
        assert records.open_conflicts(connection) == [("household", "parent", "alive")]


def test_summaries_follow_their_households(workspace):
    save_household(workspace, "a", kk_count=2)
    refresh_summaries(workspace)
    save_household(workspace, "b", kk_count=3)
    with workspace.asking() as connection:
        assert summaries.known(connection) == {}
    refresh_summaries(workspace)
    with workspace.asking() as connection:
        ((place, tally),) = summaries.known(connection).items()
    assert (place, tally.households, tally.kk) == (tuple(PLACE.values()), 2, 5)
    assert soundness.check(workspace) == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE history SET origin = 'lain' WHERE tick = 2", "Riwayat berubah"),
        ("DELETE FROM history WHERE tick = 2", "Riwayat hilang"),
        ("DELETE FROM history WHERE tick = 3", "Riwayat hilang"),
        ("UPDATE household SET head_name = 'Ali' WHERE id = 'h'", "household h berubah"),
        ("UPDATE household SET state = '{}' WHERE id = 'h'", "household h berubah"),
        ("UPDATE rt_summary SET kk = 99", "Rekap RT 014/005"),
    ],
)
def test_altering_the_file_behind_the_programs_back_is_found(workspace, statement, named):
    for number in (1, 2, 3):
        save_household(workspace, "h", kk_count=number, head_name="Siti")
    refresh_summaries(workspace)
    assert soundness.check(workspace) == []
    with workspace.changing() as connection:
        connection.exec_driver_sql(statement)
    (problem,) = soundness.check(workspace)
    assert named in problem


def test_the_digest_follows_content_and_nothing_else(workspace):
    save_household(workspace, "h", kk_count=1)
    before = soundness.digest(workspace)
    refresh_summaries(workspace)
    with workspace.changing() as connection:
        drafts.keep(connection, drafts.Draft("d", "household", {"kk_count": "1"}, "kk_count", "Siti", "2026"))
    assert soundness.digest(workspace) == before
    save_household(workspace, "h", kk_count=2)
    assert soundness.digest(workspace) != before


def test_a_draft_is_kept_with_its_question_until_it_is_dropped(workspace):
    draft = drafts.Draft("d", "household", {"head_name": "Sit", "kk_count": "1,"}, "kk_count", "Siti", "2026")
    with workspace.changing() as connection:
        drafts.keep(connection, draft)
    with workspace.changing() as connection:
        assert drafts.waiting(connection) == [draft]
        drafts.drop(connection, "d", "Siti")
        assert drafts.waiting(connection) == []


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4).filter(lambda d: len(d.as_tuple().digits) <= 15))
def test_a_decimal_of_fifteen_digits_survives_its_column(number):
    from p2kp_desktop.schema.values import plain_decimal
    from p2kp_desktop.store.columns import Exact

    plain = plain_decimal(number)
    stored = Exact().process_bind_param(plain, None)
    assert Exact().process_result_value(stored, None) == plain
