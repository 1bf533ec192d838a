"""Random questionnaires and area surveys: every answer may be missing, of a newer release, or impossible."""

from typing import Any

from hypothesis import strategies as st

from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.schema import Choice, Form, Measure, Question, Record, Several, Text, Whole, new_id
from p2kp_desktop.schema.values import Answer
from tests.examples import REGION, RT


def answers_to(question: Question[Any]) -> st.SearchStrategy[Answer]:
    """Draw what may be stored for a question."""
    if isinstance(question, Choice):
        return st.none() | st.sampled_from([*question.options.codes, "dari_versi_baru"])
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


@st.composite
def households(draw: st.DrawFn, **fixed: Answer) -> Record:
    """Draw a household that lives in one of four buildings, or in one of its own."""
    letters: dict[str, Answer] = {
        q.key: draw(st.none() | st.sampled_from(q.options.codes))
        for q in Household.questions
        if isinstance(q, Choice) and q.key not in fixed
    }
    numbers: dict[str, Answer] = {
        "kk_count": draw(st.none() | st.integers(1, 4)),
        "members_male": draw(st.integers(0, 5)),
        "members_female": draw(st.integers(0, 5)),
        "floor_length": draw(st.none() | st.sampled_from(["3.6", "6", "7.2"])),
        "floor_width": draw(st.sampled_from(["2", "4", "6.5"])),
        "floors": draw(st.integers(1, 2)),
        "building": draw(st.none() | st.sampled_from(["1", "2", "3", "4"])),
    }
    filled = {key: value for key, value in (letters | numbers | fixed).items() if value is not None}
    return Record(Household, new_id(), {"region": REGION, "rt": RT, "period": "2022", **filled})


surveys = records(RtSurvey)
censuses = st.lists(households(), max_size=12)
