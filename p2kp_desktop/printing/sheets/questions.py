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
_HELD = "\u00a0=\u00a0"  # the letters of a condition are never alone on a line
_MOST_BESIDE = 5  # options side by side
_ROW, _LETTERS_A_PART = 12, 10  # parts of the width of a sheet, and letters that fit in one


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
    many: bool = False
    before: str = ""
    between: str = ""
    groups: tuple[int, ...] = ()
    lines: int = 0
    derived: str = ""
    answer: Mapping[str, object] | None = None
    remarks: tuple[str, ...] = field(default=())


def described(form: type[Form], given: Mapping[str, Given] | None = None) -> list[Mapping[str, object]]:
    """Return the sections of a form in its order, each with its questions, as data of form.typ; with answers if given.

    The number of the sheet stands in its head.
    """
    in_order = (question for question in form.questions if question not in form.runs_on)
    return [section(say(heading.title), asked(form, questions, given), note=say(heading.note))
            for heading, questions in groupby(in_order, key=lambda question: question.section)]


def section(title: str, parts: Iterable[Mapping[str, object]], *, note: str = "") -> Mapping[str, object]:
    """Return a heading and what stands below it: it comes again at the top of a page that goes on with it."""
    return {"kind": "section", "title": title, "note": note, "parts": list(parts)}


def asked(
    form: type[Form], questions: Iterable[Question[Any]], given: Mapping[str, Given] | None = None
) -> Iterator[Mapping[str, object]]:
    """Yield questions as data of form.typ: one below the other where they have numbers, else side by side."""
    lines = [line(form, each, (given or {}).get(each.key)) for each in questions]
    if any(each.number for each in lines):
        yield from ({"kind": "question", **arranged(each)} for each in lines)
    else:
        yield from ({"kind": "cells", "widths": [width for width, _each in row], "left": _ROW - sum(w for w, _e in row),
                     "cells": [arranged(each, width * _LETTERS_A_PART) for width, each in row]}
                    for row in _side_by_side(lines))


def _side_by_side(lines: Iterable[Line]) -> Iterator[list[tuple[int, Line]]]:
    """Yield rows of questions that fit beside each other, each with its part of the width.

    What is left of a row goes to one in words: boxes stand below those of the row above.
    """
    row: list[tuple[int, Line]] = []
    for each in lines:
        width = _width(each)
        if sum(wide for wide, _each in row) + width > _ROW:
            yield _filled(row)
            row = []
        row.append((width, each))
    if row:
        yield _filled(row)


def _filled(row: list[tuple[int, Line]]) -> list[tuple[int, Line]]:
    left = _ROW - sum(width for width, _each in row)
    widest = max(range(len(row)), key=lambda place: (bool(row[place][1].lines), bool(row[place][1].options)))
    grows = row[widest][1].lines or row[widest][1].options
    return [(width + left if grows and place == widest else width, each) for place, (width, each) in enumerate(row)]


def _width(line: Line) -> int:
    """Return how many parts of the width a question takes that stands beside others."""
    letters = sum(len(str(each["label"])) + _OF_MARK for each in line.options)
    told = len(str(line.answer["words"])) if line.answer and line.lines else 0
    if line.remarks or line.lines > 1 or max(letters, told) > 5 * _LETTERS_A_PART:
        return _ROW
    if line.options:
        return 4 if letters <= 3 * _LETTERS_A_PART else 6
    if line.groups:
        boxes = sum(line.groups)
        return 6 if boxes > 12 else 5 if boxes > 8 else 4 if boxes > 7 else 3
    return 3 if line.derived else 5


def line(form: type[Form], question: Question[Any], given: Given | None = None) -> Line:
    """Return one question as it is printed."""
    condition = condition_words(question.when)
    help_text = say(question.help) or (legend(question) if isinstance(question, Reference) else "")
    options = _options(form, question, given) if isinstance(question, Lettered) else ()
    before, between, groups = _boxes(question)
    return Line(
        question.key, question.number or "", say(question.label),
        help=help_text if len(help_text) <= _SHORT_HELP else "",
        when=say("Hanya bila {condition}", condition=condition.replace(" = ", _HELD)) if condition else "",
        unit=say(question.unit or ""), options=options,
        many=isinstance(question, Several), before=before, between=between, groups=groups,
        lines=0 if options or groups or isinstance(question, Derived) else _lines(question),
        derived=say("dihitung program") if isinstance(question, Derived) else "",
        answer={"words": given.words, "state": given.state} if given else None,
        remarks=given.remarks if given else (),
    )


def arranged(line: Line, room: int = _LETTERS) -> dict[str, object]:
    """Return a question as data of its template: its options in columns, where so many letters fit on a line."""
    columns, spans = _arranged(tuple(len(f"{each['label']} {each['onward']}".strip()) for each in line.options), room)
    options = [{**each, "span": span, "at": at}
               for each, span, at in zip(line.options, spans, _cells(columns, spans), strict=True)]
    return {**vars(line), "options": options, "columns": columns}


def _options(form: type[Form], question: Lettered, given: Given | None) -> tuple[Mapping[str, object], ...]:
    """Return the options of a question: letter, words, where each goes on, whether it was picked."""
    onward = [f"→ {number}" if (number := _onward(form, question, each.code)) else ""  # type: ignore[arg-type]
              for each in question.options]
    return tuple(
        {"letter": option.letter, "label": say(option.label), "onward": on,
         "chosen": given is not None and option.code in given.codes}
        for option, on in zip(question.options, onward, strict=True)
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


@cache
def _arranged(letters: tuple[int, ...], room: int) -> tuple[int, list[int]]:
    """Return how many columns options of these lengths stand in, and how many of them each takes: in fewest lines.

    A long one takes several columns, or all take one and wrap, whichever needs less of the sheet; options that stand
    below each other are found sooner: that may cost a line.
    """
    best = (len(letters) + 1, 1, [1] * len(letters))
    for columns in range(1, _MOST_BESIDE + 1):
        a_column = room // columns - _OF_MARK
        spans = [min(columns, -(-(each + _OF_MARK) // (room // columns))) for each in letters]
        for taken in (spans, [1] * len(letters)):
            tall = [-(-each // (a_column + (span - 1) * (room // columns)))
                    for each, span in zip(letters, taken, strict=True)]
            uneven = max(taken, default=1) > 1 and len(letters) > _MOST_BESIDE
            best = min(best, (_lines_of(columns, taken, tall) + uneven, columns, taken))
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
