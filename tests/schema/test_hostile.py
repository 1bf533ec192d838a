"""Whatever is typed, imported or arrives: every kind of question reads it, or says in a sentence why not."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms import FORMS
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.records import Record

KINDS = sorted({question.kind for form in FORMS for question in form.questions})
ODD = (
    "Infinity", "-inf", "sNaN", "NaN", "1e400", "1E+999999999", "1e-999999999", "-1E999999", "9223372036854775808",
    "9" * 400, "0x10", "½", "²", "١٢٣", "1_000", "--5", "1.2.3,4", "31/02/2022", "0000-00-00", "99999-01-01",
    "00/00/00", "01-01-0001", "\x00", "\ud800", "=1+1", "012 sampai 016", "a" * 40_000, float("inf"), float("-inf"),
    float("nan"),
    2.0**63, 1e300, -1e300, 5e-324, 2**63, -(2**63) - 1, 2**200, True, [], ["x", None], {}, datetime.date.min,
    datetime.datetime(9999, 12, 31, 23, 59), datetime.time(1, 2), datetime.timedelta(days=10**6), Decimal("sNaN"),
    Decimal("Infinity"), b"x",
)
ANYTHING = st.one_of(
    st.sampled_from(ODD), st.text(), st.floats(), st.integers(), st.dates(), st.decimals(),
    st.builds("{}e{}".format, st.integers(), st.integers()), st.from_regex(r"[0-9.,/ -]{1,12}", fullmatch=True),
)


@pytest.mark.parametrize("kind", KINDS)
@given(raw=ANYTHING)
def test_an_answer_is_read_or_refused_in_words_and_what_is_read_can_be_kept(kind, raw):
    asked = [(form, question) for form in FORMS for question in form.questions if question.kind == kind][:12]
    for form, question in asked:
        plain, told = _read(question, raw)
        if told:
            assert told.endswith((".", "?", ")"))
            continue
        assert type(plain) in (str, int)
        assert isinstance(plain, str) or abs(plain) < 2**63
        _must_be_shown(Record(form, "x", {question.key: plain}), question)


def _read(question, raw):
    """Return what is read, or why not."""
    try:
        question.remark(raw)
        return question.read(raw), ""
    except Unreadable as objection:
        return None, str(objection)


@pytest.mark.parametrize("kind", KINDS)
@given(plain=st.one_of(st.sampled_from([each for each in ODD if type(each) in (str, int)]), st.text(), st.integers()))
def test_an_answer_of_any_other_kind_that_arrives_is_shown_and_named(kind, plain):
    for form in FORMS:
        for question in [each for each in form.questions if each.kind == kind][:3]:
            _must_be_shown(Record(form, "x", {question.key: plain}), question)


def _must_be_shown(record, question):
    assert isinstance(record.show(question), str)
    assert all(problem.message for problem in record.problems())
    plain = record.answers[question.key]
    if question.kind != "derived" and question.understands(plain):
        question.to_json(plain)
        question.answer(plain)
