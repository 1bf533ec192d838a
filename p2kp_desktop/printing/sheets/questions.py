"""What a sheet prints of the questions of a form: number, wording, letters, boxes, and when it is asked, in words.

All of it follows from the form's definition, as on the screen and in the workbook. Where an option leads on is found
by asking the conditions themselves what they would skip.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from p2kp_desktop.forms import Period
from p2kp_desktop.forms import form as form_of
from p2kp_desktop.language import say
from p2kp_desktop.schema import (
    Choice,
    Clock,
    Date,
    Derived,
    Form,
    Identity,
    Measure,
    Money,
    Question,
    Reference,
    Several,
    Text,
    Whole,
    Year,
)
from p2kp_desktop.schema.conditions import RULES, condition_words
from p2kp_desktop.schema.quantities import Number

Lettered = Choice | Several

_SHORT_HELP = 150  # letters of a remark that is printed
_WHOLE, _BEFORE_COMMA = 6, 5  # figures there is room for where the form sets no limit
_DECIMALS = {"Ha": 4}  # figures after the comma, by the unit
_USUAL_DECIMALS = 2
_LETTERS_A_LINE, _MOST_LINES = 500, 4
_LETTERS, _OF_MARK = 70, 5  # that fit beside a question on one line; those that the circle of an option takes
_MOST_BESIDE = 5  # options side by side
_ROW = 12  # parts of the width of a sheet


@dataclass(frozen=True)
class Given:
    """What a record answers to a question: the words, the codes that were picked, how it stands, what is remarked.

    `state` is "empty" for one that waits for an answer, "unasked" for one that does not apply; `remarks` are lines
    below it: conflicts, comments, who changed what.
    """

    words: str = ""
    codes: frozenset[str] = frozenset()
    state: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A question as a template reads it; `answer` is None on a blank form, `groups` are boxes for figures."""

    key: str
    number: str
    label: str
    help: str = ""
    when: str = ""
    unit: str = ""
    options: tuple[Mapping[str, object], ...] = ()
    columns: int = 1
    many: bool = False
    before: str = ""
    between: str = ""
    groups: tuple[int, ...] = ()
    lines: int = 0
    derived: str = ""
    answer: Mapping[str, object] | None = None
    remarks: tuple[str, ...] = field(default=())


def described(form: type[Form], given: Mapping[str, Given] | None = None) -> list[Mapping[str, object]]:
    """Return headings and questions of a form in its order, as data of form.typ; with answers when they are given.

    The number of the sheet stands in its head.
    """
    told: list[Mapping[str, object]] = []
    in_order = (question for question in form.questions if question not in form.runs_on)
    for heading, questions in groupby(in_order, key=lambda question: question.section):
        told.append({"kind": "section", "title": say(heading.title), "note": say(heading.note)})
        told += asked(form, questions, given)
    return told


def asked(
    form: type[Form], questions: Iterable[Question[Any]], given: Mapping[str, Given] | None = None
) -> Iterator[Mapping[str, object]]:
    """Yield questions as data of form.typ: one below the other where they have numbers, else side by side."""
    lines = [line(form, each, (given or {}).get(each.key)) for each in questions]
    if any(each.number for each in lines):
        yield from ({"kind": "question", **vars(each)} for each in lines)
    else:
        yield from ({"kind": "cells", "widths": [width for width, _each in row],
                     "cells": [vars(each) for _width, each in row]} for row in _side_by_side(lines))


def _side_by_side(lines: Iterable[Line]) -> Iterator[list[tuple[int, Line]]]:
    """Yield rows of questions that fit beside each other, each with its part of the width."""
    row: list[tuple[int, Line]] = []
    for each in lines:
        width = _width(each)
        if row and sum(wide for wide, _each in row) + width > _ROW:
            yield row
            row = []
        row.append((width, each))
    if row:
        yield row


def _width(line: Line) -> int:
    """Return how many parts of the width a question takes that stands beside others."""
    letters = sum(len(str(each["label"])) + 5 for each in line.options)
    if line.remarks or line.lines > 1 or letters > 55:
        return _ROW
    if line.options:
        return 4 if letters <= 30 else 6
    if line.groups:
        boxes = sum(line.groups)
        return 6 if boxes > 12 else 5 if boxes > 8 else 4 if boxes > 7 else 3
    return 3 if line.derived else 5


def line(form: type[Form], question: Question[Any], given: Given | None = None, *, room: int = _LETTERS) -> Line:
    """Return one question as it is printed; `room` is how many letters of an option fit on a line beside it."""
    condition = condition_words(question.when)
    help_text = say(question.help) or (legend(question) if isinstance(question, Reference) else "")
    columns, options = _options(form, question, given, room) if isinstance(question, Lettered) else (1, ())
    before, between, groups = _boxes(question)
    return Line(
        question.key, question.number or "", say(question.label),
        help=help_text if len(help_text) <= _SHORT_HELP else "",
        when=say("Hanya bila {condition}", condition=condition) if condition else "",
        unit=say(question.unit or ""), options=options, columns=columns,
        many=isinstance(question, Several), before=before, between=between, groups=groups,
        lines=0 if options or groups or isinstance(question, Derived) else _lines(question),
        derived=say("dihitung program") if isinstance(question, Derived) else "",
        answer={"words": given.words, "state": given.state} if given else None,
        remarks=given.remarks if given else (),
    )


def _options(
    form: type[Form], question: Lettered, given: Given | None, room: int
) -> tuple[int, tuple[dict[str, object], ...]]:
    """Return the options of a question, and in how many columns they stand."""
    onward = [f"→ {number}" if (number := _onward(form, question, each.code)) else ""  # type: ignore[arg-type]
              for each in question.options]
    labels = [say(option.label) for option in question.options]
    columns, spans = _arranged([len(f"{label} {on}".strip()) for label, on in zip(labels, onward, strict=True)],
                               room)
    return columns, tuple(
        {"letter": option.letter, "label": label, "onward": on, "span": span, "at": at,
         "chosen": given is not None and option.code in given.codes}
        for option, label, on, span, at in zip(
            question.options, labels, onward, spans, _cells(columns, spans), strict=True)
    )


@cache
def _onward(form: type[Form], question: Lettered, code: str) -> str:
    """Return the number at which an option goes on, "" where that is the next question anyway."""
    stored = list(form.stored())
    after = stored[stored.index(question) + 1:]
    asked = [each for each in after if question not in each.when.leans_on() or any(
        each.when.holds({question.key: code, RULES: rules}) for rules in Period.rules.options.codes)]
    return "" if not asked or asked[0] is after[0] else asked[0].number or ""


def _boxes(question: Question[Any]) -> tuple[str, str, tuple[int, ...]]:
    """Return the words before the boxes of a question, what parts them, and how many there are in each group."""
    if isinstance(question, Identity):
        return "", " ", (4, 4, 4, 4)
    if isinstance(question, Date):
        return "", "/", (2, 2, 4)
    if isinstance(question, Clock):
        return "", ".", (2, 2)
    if isinstance(question, Year):
        return "", "", (4,)
    if isinstance(question, Money):
        return "Rp", ".", (3, 3, 3, 3)
    if isinstance(question, Measure):
        if question.low is None or question.low < 0 or question.low > 1:
            return "", "", ()  # where something is, not how much
        return "", ",", (_figures(question, _BEFORE_COMMA), _DECIMALS.get(question.unit or "", _USUAL_DECIMALS))
    return "", "", (_figures(question, _WHOLE),) if isinstance(question, Whole) else ()


def _figures(question: Number[Any], most: int) -> int:
    return most if question.high is None else len(str(int(question.high)))


def _lines(question: Question[Any]) -> int:
    longest = question.longest if isinstance(question, Text) else 0
    return max(1, min(_MOST_LINES, longest // _LETTERS_A_LINE))


def _arranged(letters: Sequence[int], room: int) -> tuple[int, list[int]]:
    """Return how many columns options of these lengths stand in, and how many of them each takes: in fewest lines.

    A long one takes several columns, or all take one and wrap, whichever needs less of the sheet.
    """
    best = (len(letters) + 1, 1, [1] * len(letters))
    for columns in range(1, _MOST_BESIDE + 1):
        a_column = room // columns - _OF_MARK
        spans = [min(columns, -(-(each + _OF_MARK) // (room // columns))) for each in letters]
        for taken in (spans, [1] * len(letters)):
            tall = [-(-each // (a_column + (span - 1) * (room // columns)))
                    for each, span in zip(letters, taken, strict=True)]
            best = min(best, (_lines_of(columns, taken, tall), columns, taken))
    return best[1], best[2]


def _lines_of(columns: int, spans: Sequence[int], tall: Sequence[int]) -> int:
    """Return how many lines options take, each in the columns it spans and as tall as it is."""
    rows = [row for _column, row in _cells(columns, spans)]
    return sum(max(tall[each] for each in found) for _row, found in groupby(range(len(rows)), rows.__getitem__))


def _cells(columns: int, spans: Sequence[int]) -> list[tuple[int, int]]:
    """Return column and row of options, from the left and the top; one that does not fit begins the next row."""
    found: list[tuple[int, int]] = []
    column, row = 0, 0
    for span in spans:
        if column + span > columns:
            column, row = 0, row + 1
        found.append((column, row))
        column += span
    return found


def legend(question: Question[Any]) -> str:
    """Explain the letters of a question in one line, or which record answers it; "" for others."""
    if isinstance(question, Lettered):
        return "; ".join(f"{option.letter} {say(option.label)}" for option in question.options)
    if isinstance(question, Reference) and question.to:
        return say("nomor atau nama {form}", form=say(form_of(question.to).title))
    return ""
