"""What holds for every form and every question by itself."""

import json
from typing import Any

import pytest

from p2kp_desktop.forms import FORMS, form
from p2kp_desktop.schema import ALWAYS, Choice, Form, Question, Record, Several, Unreadable, Whole
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


def test_an_option_is_read_by_the_code_that_is_printed_before_its_wording() -> None:
    criterion, component = form("need").question("criterion"), form("activity").question("component")
    assert (criterion.read("2b"), criterion.read(" 2B "), criterion.read("c2b"), criterion.read("b")) == (
        "c2b", "c2b", "c2b", "c1b",
    )
    assert (component.read("L"), component.read("e"), component.read("b")) == ("lingkungan", "ekonomi", "sosial")
    assert form("activity").question("criteria").read("2a, 4c") == "c2a,c4c"


@pytest.mark.parametrize("each", FORMS, ids=named)
def test_every_reference_names_a_form_and_every_name_a_question(each: type[Form]) -> None:
    keys = {one.key for one in FORMS}
    assert all(question.to in {*keys, ""} for question in each.references())
    assert all(each.question(key) is not None for key in each.named)


def test_what_a_form_belongs_to_is_asked_like_a_question_but_is_none_of_the_form() -> None:
    clause = form("clause")
    assert (clause.parent.label, clause.parent.to, clause.question("parent")) == (
        "Aturan Bersama", "agreement", clause.parent,
    )
    assert clause.parent not in clause.questions
    assert [form(key).parent.to for key in ("talk", "progress", "comment", "attachment")] == [
        "meeting", "activity", "", "",
    ]
    assert form("household").parent is None


def test_a_record_is_known_by_what_names_it_and_publicly_without_what_is_private() -> None:
    agreement, signature = form("agreement"), form("signature")
    assert agreement.name_of({"number": "AB-03", "name": "Jaga  sungai"}) == "AB-03 · Jaga sungai"
    assert agreement.name_of({}) == ""
    signed = {"capacity": "bkm", "name": "Siti"}
    assert signature.name_of(signed) == "Koordinator BKM · Siti"
    assert signature.name_of(signed, str.upper, public=True) == "KOORDINATOR BKM"
    assert form("decision").name_of({"text": "kata " * 40}).endswith("kata …")


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


def test_a_year_is_written_without_a_thousands_sign() -> None:
    asked = [question for form in FORMS for question in form.questions
             if isinstance(question, Whole) and question.low is not None and question.low >= 1900]
    assert asked
    assert [question.label for question in asked if question.show(2026) != "2026"] == []
