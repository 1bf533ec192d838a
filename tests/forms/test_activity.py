"""The form of an activity: its money by source, and the criteria that its kind proposes."""

import pytest
import sqlalchemy as sa

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.activity import SUBCOMPONENTS, Activity, fund_of, proposed_criteria
from p2kp_desktop.forms.elements import CRITERIA, SOURCES
from p2kp_desktop.rules.funds import by_source
from p2kp_desktop.schema import SOFT, Record
from p2kp_desktop.store import views
from p2kp_desktop.store.standing import PROBLEM, Standing
from p2kp_desktop.store.tables import RECORDS
from tests.examples import a_record

FUNDS = {fund_of(source).key: None for source in SOURCES.codes}
SHORT = "Dana menurut sumber biasanya tidak kurang dari nilainya."
OVER = "Dana menurut sumber biasanya tidak melebihi nilainya."


def work(**answers):
    return a_record(Activity, **FUNDS | {"amount": 100, "source": "dak", "self_help": None} | answers)


@pytest.mark.parametrize(("funds", "said"), [
    ({}, []),
    ({"fund_dak": 70, "fund_masyarakat": 30}, []),
    ({"fund_dak": 70}, [SHORT]),
    ({"fund_dak": 70, "fund_hibah": 31}, [OVER]),
])
def test_money_by_source_adds_up_to_the_whole_or_is_to_be_explained(workspace, funds, said):
    record = work(**funds)
    assert [(p.question, p.message, p.severity) for p in record.problems()] == [("amount", s, SOFT) for s in said]
    recording.record(workspace, Activity, {k: v for k, v in record.answers.items() if v is not None})
    with workspace.asking() as connection:
        standing = connection.scalar(sa.select(Standing(Activity, {}).case()).select_from(RECORDS[Activity.key]))
    assert (standing == PROBLEM) == bool(said)


@pytest.mark.parametrize(("answers", "expected"), [
    ({"fund_dak": 70, "fund_masyarakat": 30, "self_help": 10}, {"dak": 70, "masyarakat": 30}),
    ({"fund_hibah": 60}, {"hibah": 60, "dak": 40}),  # the rest is from the main source
    ({"self_help": 30}, {"masyarakat": 30, "dak": 70}),
])
def test_sources_are_those_of_the_columns_and_the_rest_is_from_the_main_one(answers, expected):
    assert by_source(work(**answers)) == expected


def test_every_kind_of_work_proposes_criteria_of_the_forms():
    assert [*proposed_criteria(), "lainnya"] == list(SUBCOMPONENTS.codes)
    assert len(proposed_criteria()) == 13
    assert {code for codes in proposed_criteria().values() for code in codes} <= set(CRITERIA.codes)


def test_criteria_are_proposed_by_the_kind_of_work_and_nothing_else_is():
    assert Activity.suggested("criteria", {"subcomponent": "drainase"}) == "c4a,c4b,c4c"
    assert Activity.suggested("criteria", {"subcomponent": "lainnya"}) is None
    assert Activity.suggested("criteria", {}) is None
    assert Activity.suggested("name", {"subcomponent": "drainase"}) is None


def test_an_activity_of_an_older_release_says_nothing_by_source(workspace):
    recording.record(workspace, Activity, {"region": "16.71.01.1001", "source": "dak", "amount": 5, "self_help": 2})
    with workspace.asking() as connection:
        (record,) = views.found(connection, Activity)
    assert isinstance(record, Record)
    assert by_source(record) == {"masyarakat": 2, "dak": 3}
