"""What holds for every form and every question by itself."""

import json
from typing import Any

import pytest

from p2kp_desktop.forms import FORMS, form
from p2kp_desktop.schema import ALWAYS, Choice, Form, Question, Record, Several, Unreadable
from tests.examples import a_record, an_answer

QUESTIONS = [question for each in FORMS for question in each.stored()]
LISTS = [question for question in QUESTIONS if isinstance(question, Choice | Several)]


def named(value: Any) -> str:
    return value.key


@pytest.mark.parametrize("each", FORMS, ids=named)
def test_numbers_keys_and_wordings_are_unique_in_a_form(each: type[Form]) -> None:
    for facts in (
        [q.number for q in each.questions if q.number],
        [q.key for q in each.questions],
        [q.label for q in each.questions],
    ):
        assert len(set(facts)) == len(facts)


def test_every_form_is_found_by_its_key_and_no_other_is() -> None:
    assert [form(each.key) for each in FORMS] == list(FORMS)
    with pytest.raises(Unreadable, match="household"):
        form("rumah")


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_an_example_answer_survives_reading_showing_and_json(question: Question[Any]) -> None:
    plain = an_answer(question)
    assert question.read(plain) == plain
    assert question.read(json.loads(json.dumps(question.to_json(plain)))) == plain
    assert question.show(plain)
    assert not list(question.objections(plain))


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_a_condition_can_be_read_aloud(question: Question[Any]) -> None:
    assert (question.when.sentence() == "") == (question.when is ALWAYS)


@pytest.mark.parametrize("each", FORMS, ids=named)
def test_a_check_can_be_read_aloud_and_marks_a_question_of_its_form(each: type[Form]) -> None:
    for check in each.checks:
        assert check.sentence().endswith((".", "?"))
        assert each.question(check.at()) is not None


@pytest.mark.parametrize("question", LISTS, ids=named)
def test_an_option_is_read_by_letter_code_and_wording(question: Choice | Several) -> None:
    for option in question.options:
        for text in (option.letter, option.letter.upper(), option.code, option.label, f" {option.label.upper()} "):
            assert question.options.code(text) == option.code
        if "," not in option.label:
            assert question.read(option.label) == option.code


@pytest.mark.parametrize("question", LISTS, ids=named)
def test_no_code_can_be_taken_for_a_letter_or_for_another_wording(question: Choice | Several) -> None:
    labels = {option.label.casefold(): option.code for option in question.options}
    for option in question.options:
        assert len(option.code) > 1
        assert "," not in option.code
        assert labels.get(option.code.casefold(), option.code) == option.code
    assert len(labels) == len(question.options.codes)


@pytest.mark.parametrize("rules", ["2018", "2016"])
@pytest.mark.parametrize("each", FORMS, ids=named)
def test_an_example_record_has_no_problem(each: type[Form], rules: str) -> None:
    record = a_record(each, rules=rules)
    assert list(record.problems()) == []


@pytest.mark.parametrize("each", FORMS, ids=named)
def test_an_empty_record_has_no_hard_problem(each: type[Form]) -> None:
    assert {problem.severity for problem in Record(each, "x").problems()} <= {"soft"}


def test_one_more_line_in_a_form_is_one_more_question_everywhere() -> None:
    class Longer(Form, key="longer", title="Percobaan"):
        """A form for this test."""

        livestock = Choice("Ternak di pekarangan", form("household").roof.options, number="29")

    record = Record(Longer, "x")
    assert [q.key for q in Longer.stored()] == ["livestock"]
    assert [(p.question, p.message) for p in record.problems()] == [("livestock", "Belum diisi.")]
    assert a_record(Longer).answers["livestock"] == "tidak_bocor"
    assert Longer.livestock.to_json(Longer.livestock.read("b")) == "bocor"
