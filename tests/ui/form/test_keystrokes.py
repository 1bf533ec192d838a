"""What a record costs in keys: ten questionnaires by key events alone, within the allowance, and saved as on paper."""

import pytest

import keystrokes
from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.schema import Choice, Record, Several
from p2kp_desktop.store import views
from tests.ui.form_driver import Driver, scope

pytestmark = pytest.mark.usefixtures("qapp")


def test_ten_questionnaires_cost_no_more_keys_than_allowed_and_say_what_the_paper_says(workspace):
    driver = Driver(workspace)
    found = list(keystrokes.costs(driver.place, driver.settle, scope(rt="014/005", period="2026")))
    driver.settle()
    for cost in found:
        print(cost, round(cost.allowed), f"{cost.percent:.0f} %")
    assert len(found) == 10
    assert max(cost.percent for cost in found) <= 100
    with workspace.asking() as connection:
        saved = [[*views.found(connection, form)] for form in (Household, RtSurvey)]
    assert [len(some) for some in saved] == [8, 2]
    _compare(saved)
    driver.close()


def _compare(saved):
    """Hold what was saved against the paper: each answer as it reads, each passed over one empty."""
    there = {each.answers.get("head_name") or each.answers["rt"]: each for some in saved for each in some}
    for paper in keystrokes.papers():
        record = there[paper["answers"].get("head_name") or paper["rt"]]
        for key, typed in paper["answers"].items():
            assert record.answers.get(key) == _read(record.form.question(key), typed), (record.answers, key)
        unasked = {question.key for question in record.form.questions} - {*paper["answers"]}
        carried = {"survey_date", "interviewer"}
        assert not [key for key in unasked - carried if record.answers.get(key) is not None]
        unexplained = [each for each in Record(record.form, record.id, record.answers).problems() if not each.note]
        assert [each for each in unexplained if each.severity == "hard"] == []
        for key, reason in paper.get("because", {}).items():
            assert record.answers[f"why.{key}"] == reason


def _read(question, typed):
    if isinstance(question, Several):
        return question.read(list(typed))
    return question.read(typed) if not isinstance(question, Choice) else question.options.find(typed).code
