"""What is unusual though no rule forbids it: numbers far from the others, RTs unlike their kelurahan, sameness.

The limits are judgements of this program, not of a regulation: quartiles ± 3 times their distance (Tukey,
Exploratory Data Analysis, 1977: «far out»), which a few wrong numbers cannot move.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.quantities import Derived, Number, Year
from p2kp_desktop.store import Connection, Workspace, spread, views
from p2kp_desktop.store.spread import Spreading

from .rule_breaks import Breaker

FAR = 3.0  # distances of the quartiles beyond which a number is far out
LEAST, LEAST_OF_RT = 20, 8  # numbers, without which nothing is said
SHARE_APART = 1.5  # distances of the quartiles beyond which the middle of an RT lies apart
CHANCE = 1e-4  # the probability below which sameness is no chance
MOST = 500

Asked = Number[Any] | Derived
Value = tuple[str, str, str, float]  # record, kelurahan, RT, number


@dataclass(frozen=True)
class Unusual:
    """One thing that is unusual, in words; `record` and `question` lead there, `record` «» where it is an RT.

    Of sameness `person` and `answer` say whose and which; `weight` says how far from usual, for the order.
    """

    kind: str
    says: str
    region: str = ""
    rt: str = ""
    record: str = ""
    question: str = ""
    weight: float = 0.0
    person: str = ""
    answer: str = ""


FAR_OUT, RT_APART, SAME = "far out", "rt apart", "same"


@dataclass(frozen=True)
class Spread:
    """The quartiles of some numbers, the range in which nine of ten lie, and the step that counts as far."""

    low: float
    middle: float
    high: float
    usual: tuple[float, float]
    step: float

    def distance(self, number: float) -> float:
        """Return how many steps a number lies outside the quartiles; 0 between them."""
        return max(self.low - number, number - self.high, 0.0) / self.step


def spread_of(numbers: Sequence[float], *, whole: bool) -> Spread:
    """Return how some numbers are spread; equal ones still leave room for one step up or down."""
    ordered = sorted(numbers)
    low, middle, high, five, most = (_quantile(ordered, share) for share in (0.25, 0.5, 0.75, 0.05, 0.95))
    least = 1.0 if whole else max(abs(middle) * 0.25, 1e-9)
    return Spread(low, middle, high, (five, most), max(high - low, least))


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def unusual(workspace: Workspace, area: str, period: str, rt: str | None = None) -> list[Unusual]:
    """Return the unusual things among the households of an area and period, the most unusual of each kind first.

    Of an RT numbers are compared with those of its kelurahan, and interviewers with one another within it.
    """
    questions: list[Asked] = [
        each for each in Household.questions if isinstance(each, Number | Derived) and not isinstance(each, Year)
    ]
    with workspace.asking() as connection:
        everything = views.Where(area=area, period=period)
        rows = Spreading(Household, views.rule_sets(connection)).numbers(connection, everything, questions)
        same = sorted(_samenesses(connection, replace(everything, rt=rt)), key=lambda each: -each.weight)
    single, apart = [], []
    for place, question in enumerate(questions):
        values = [(row[0], row[1], row[2] or "", float(row[3 + place])) for row in rows if row[3 + place] is not None]
        single += list(_far_out(question, values))
        apart += list(_apart(question, values))
    return [*same, *_worst(_of(apart, rt)), *_worst(_of(single, rt))]


def _of(found: list[Unusual], rt: str | None) -> list[Unusual]:
    return [each for each in found if rt in (None, each.rt)]


def _worst(found: list[Unusual]) -> list[Unusual]:
    return sorted(found, key=lambda each: -each.weight)[:MOST]


def _far_out(question: Asked, values: Sequence[Value]) -> Iterator[Unusual]:
    """Yield the numbers that lie far from those of their kelurahan."""
    for some in _by_village(values):
        if len(some) < LEAST:
            continue
        known = spread_of([value[3] for value in some], whole=_is_whole(question))
        for record, region, rt, number in some:
            distance = known.distance(number)
            if distance > FAR:
                yield Unusual(FAR_OUT, say(
                    "{question} {number}; biasanya {usual}", question=_name(question),
                    number=_shown(number, question), usual=_range(known.usual, question),
                ), region, rt, record, _leads_to(question), distance)


def _apart(question: Asked, values: Sequence[Value]) -> Iterator[Unusual]:
    """Yield the RTs whose middle lies apart from their kelurahan."""
    for some in _by_village(values):
        by_rt: dict[tuple[str, str], list[float]] = defaultdict(list)
        for _, region, rt, number in some:
            by_rt[region, rt].append(number)
        if len(some) < LEAST or len(by_rt) == 1:
            continue
        known = spread_of([value[3] for value in some], whole=_is_whole(question))
        for (region, rt), numbers in by_rt.items():
            here = _quantile(sorted(numbers), 0.5)
            distance = known.distance(here)
            if distance > SHARE_APART and len(numbers) >= LEAST_OF_RT and rt:
                yield Unusual(RT_APART, say(
                    "{question}: di RT ini biasanya {here}; di kelurahan {there} ({usual})", question=_name(question),
                    here=_shown(here, question), there=_shown(known.middle, question),
                    usual=_range(known.usual, question),
                ), region, rt, "", _leads_to(question), distance)


def _by_village(values: Sequence[Value]) -> list[list[Value]]:
    found: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        found[value[1]].append(value)
    return list(found.values())


def _samenesses(connection: Connection, where: views.Where) -> Iterator[Unusual]:
    """Yield the questions to which all questionnaires of one interviewer have the same answer, by no chance."""
    for question in Household.questions:
        if not isinstance(question, Choice):
            continue
        by_name: dict[str, Counter[str]] = defaultdict(Counter)
        for name, code, count in spread.said(connection, Household, where, Household.interviewer, question):
            by_name[name][code] += count
        everybody = sum(by_name.values(), Counter[str]())
        for name, answers in by_name.items():
            if len(answers) == 1:
                yield from _sameness(question, name, answers, everybody)


def _sameness(question: Choice, name: str, answers: Counter[str], everybody: Counter[str]) -> Iterator[Unusual]:
    (code, count), = answers.items()
    others = everybody.total() - count
    if others < LEAST or count < LEAST_OF_RT:
        return
    share = (everybody[code] - count) / others
    if share**count >= CHANCE:
        return
    yield Unusual(SAME, say(
        "Pola yang tidak biasa: semua {count} kuesioner {person} menjawab {letter} pada {question}; "
        "yang lain {share} %",
        count=count, person=name, letter=question.options.letter(code), question=question.number or question.label,
        share=round(share * 100),
    ), question=question.key, weight=count * (1 - share), person=name, answer=code)


def alike(workspace: Workspace, area: str, period: str, same: Unusual, rt: str | None = None) -> list[Breaker]:
    """Return the households in which sameness was found."""
    keys = ["region", "rt", "period", Household.head_name.key, Household.interviewer.key, same.question]
    where = views.Where(area=area, period=period, rt=rt)
    with workspace.asking() as connection:
        rows = [row for row in views.picked(connection, Household, keys, where)
                if str(row[Household.interviewer.key] or "").strip() == same.person
                and row[same.question] == same.answer]
    named = ((record_names.subject(Household.key, row["id"], row), row) for row in rows)
    return [
        Breaker(Household.key, each.id, same.question, each.title, each.region, each.rt,
                record_names.shown(Household.key, same.question, row[same.question]))
        for each, row in named
    ]


def _is_whole(question: Asked) -> bool:
    return question.kind in ("whole", "money")


def _name(question: Asked) -> str:
    return " ".join(filter(None, (question.number, say(question.label))))


def _leads_to(question: Asked) -> str:
    """Return the question at which a number is put right."""
    return question.parts()[0].key if isinstance(question, Derived) else question.key  # type: ignore[attr-defined]


def _shown(number: float, question: Asked) -> str:
    unit = f" {question.unit}" if question.unit else ""
    return f"{written.decimal(number)}{unit}"


def _range(both: tuple[float, float], question: Asked) -> str:
    low, high = (written.decimal(each) for each in both)
    unit = f" {question.unit}" if question.unit else ""
    return f"{low}{unit}" if low == high else f"{low}–{high}{unit}"


def region_of(found: Unusual) -> str:
    """Return where it is, in words."""
    rt = say("RT {rt}", rt=found.rt) if found.rt else ""
    return " · ".join(filter(None, (rt, region_name(found.region) if found.region else "")))
