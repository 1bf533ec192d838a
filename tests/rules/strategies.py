"""Random questionnaires and area surveys: every answer may be missing, of a newer release, or impossible.

What is drawn for a question is described once: Hypothesis takes longer to get to know a description than to draw.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.schema import Choice, Form, Measure, Question, Record, Several, Text, Whole, new_id
from p2kp_desktop.schema.values import Answer
from tests.examples import REGION, RT


def _perhaps(values: Sequence[Answer]) -> st.SearchStrategy[Answer]:
    """Draw one of the values, or nothing half of the time: in one draw, where «nothing or a value» takes three."""
    return st.sampled_from([*[None] * len(values), *values])


@cache
def answers_to(question: Question[Any]) -> st.SearchStrategy[Answer]:
    """Draw what may be stored for a question."""
    if isinstance(question, Choice):
        return _perhaps([*question.options.codes, "dari_versi_baru"])
    if isinstance(question, Several):
        codes = st.frozensets(st.sampled_from(question.options.codes), min_size=1)
        return st.none() | codes.map(question.join)
    if isinstance(question, Whole):
        return st.none() | st.integers(-3, 200)
    if isinstance(question, Measure):
        return st.none() | st.integers(-5, 5000).map(lambda hundredths: f"{hundredths / 100:g}")
    return st.none() | st.just("x" if isinstance(question, Text) else "2022-10-04")


@st.composite
def records(draw: st.DrawFn, form: type[Form], rules: str = "2018", **fixed: Answer) -> Record:
    """Draw one record of a form, some of its answers fixed."""
    answers = {q.key: draw(answers_to(q)) for q in form.stored() if q.key not in fixed}
    filled = {key: value for key, value in (answers | fixed).items() if value is not None}
    return Record(form, new_id(), {"region": REGION, "rt": RT, "period": "2022", **filled}, rules)


_LETTERS = {q.key: _perhaps(q.options.codes) for q in Household.questions if isinstance(q, Choice)}
_NUMBERS: dict[str, st.SearchStrategy[Answer]] = {
    "kk_count": _perhaps(range(1, 5)),
    "members_male": st.integers(0, 5),
    "members_female": st.integers(0, 5),
    "floor_length": _perhaps(["3.6", "6", "7.2"]),
    "floor_width": st.sampled_from(["2", "4", "6.5"]),
    "floors": st.integers(1, 2),
    "building": _perhaps(["1", "2", "3", "4"]),
}


@st.composite
def households(draw: st.DrawFn, **fixed: Answer) -> Record:
    """Draw a household that lives in one of four buildings, or in one of its own."""
    letters = {key: draw(strategy) for key, strategy in _LETTERS.items() if key not in fixed}
    numbers = {key: draw(strategy) for key, strategy in _NUMBERS.items()}
    filled = {key: value for key, value in (letters | numbers | fixed).items() if value is not None}
    return Record(Household, new_id(), {"region": REGION, "rt": RT, "period": "2022", **filled})


surveys = records(RtSurvey)
censuses = st.lists(households(), max_size=12)
