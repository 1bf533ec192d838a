"""The sheet of a form, blank or filled, as data of form.typ: head, questions, rows for what belongs to it, stamps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from p2kp_desktop.forms import Approval, under
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages import letters
from p2kp_desktop.printing.pages.paper import A4, Sheet
from p2kp_desktop.schema import Date, Form, Person, Question, Section, Text
from p2kp_desktop.schema.places import parents, rt_words
from p2kp_desktop.schema.quantities import Number

from .questions import Given, asked, described, legend, line, section

_MOST_COLUMNS = 7  # questions that fit side by side
_LONG = 1000  # letters from which an answer wants more than a line of a table
_ROW, _TALL_ROW, _BETWEEN_ROWS = 7.0, 13.0, 1.8  # millimetres
_HEAD, _WORDS = 6.8, 7.0  # points, of the words of rows
_NUMBER, _BESIDE, _IN_CELL = 5, 22, 2.2  # the column of numbers; millimetres beside the rows, and beside words
_ABOVE_ROWS, _A_LEGEND, _LETTERS_OF_LEGEND = 54, 3.4, 125
_ROWS_BELOW, _TALL_BELOW, _CARDS_BELOW = 6, 4, 2  # room for what belongs to a record
_LEVELS = {"provinsi": "province", "kabupaten_kota": "city", "kecamatan": "district"}


@dataclass(frozen=True)
class Head:
    """What stands at the top of every side: place, RT, period, the number of the sheet."""

    region: str = ""
    rt: str = ""
    period: str = ""
    number: str = ""
    parent: str = ""

    def words(self) -> dict[str, str]:
        """Return the words by the key of their cell."""
        above = {_LEVELS.get(each.level, "village"): each.name for each in parents(self.region)} if self.region else {}
        return {**above, "rt": rt_words(self.rt) if self.rt else "", "period": self.period, "number": self.number,
                "parent": self.parent}


@dataclass(frozen=True)
class Filled:
    """What a record says: by question, and of each record that belongs to it; its head, code and stamps."""

    head: Head
    given: Mapping[str, Given]
    below: Sequence[tuple[type[Form], Sequence[Mapping[str, Given]]]] = ()
    stamps: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def is_listed(form: type[Form]) -> bool:
    """Say whether a sheet has a row for each record of a form: it asks little.

    Of what belongs to another record there are many, so one may be asked more, and what takes many lines.
    """
    stored = list(form.stored())
    if form.parent is not None:
        return len(stored) <= _MOST_COLUMNS + 1
    return len(stored) <= _MOST_COLUMNS and not any(_is_long(each) for each in stored)


def blank(form: type[Form], sheet: Sheet) -> dict[str, object]:
    """Return the data of a blank form."""
    parts = [_rows(form, title="", count=_fitting(form, sheet))] if is_listed(form) else [
        *described(form), *_below(form)]
    return {**headed(form, Head()), "footed": False, "stamped": True, "parts": parts,
            "how": "" if is_listed(form) else _how_to_fill(parts),
            "stamps": _stamps({}) if form.reviewed and form.parent is None else []}


def filled(form: type[Form], record: Filled) -> dict[str, object]:
    """Return the data of the sheet of a record."""
    parts: list[Mapping[str, object]] = []
    if record.remarks:
        parts.append({"kind": "remarks", "remarks": list(record.remarks)})
    parts += described(form, record.given)
    for child, each in record.below:
        parts += _answered_below(child, each)
    return {**headed(form, record.head), "footed": True, "parts": parts, "how": "",
            "stamps": _stamps(record.stamps) if record.stamps else []}


def headed(form: type[Form], head: Head) -> dict[str, object]:
    """Return the data that every sheet of a form has: its head, and the words of its template."""
    return {
        "cells": _cells(form, head), "codes": [], "short": "", "notes": "",
        "words": {"side": say("Sisi"), "of": say("dari"), "empty": say("BELUM DIISI"),
                  "unasked": say("tidak ditanyakan")},
    }


def _how_to_fill(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return how to answer; what an arrow means, where one is printed."""
    told = say("Lingkari satu huruf pada lingkaran; pada kotak boleh lebih dari satu. Satu angka tiap kotak.")
    options = (option for part in parts for each in part.get("parts", ()) for option in each.get("options", ()))
    numbers = [option["onward"] for option in options if option["onward"]]
    return f"{told} {say('{arrow} berarti lanjut ke nomor itu.', arrow=numbers[0])}" if numbers else told


def _cells(form: type[Form], head: Head) -> list[dict[str, object]]:
    """Return the two rows of the head: each cell's key, words and width."""
    told = head.words()
    above = [("province", say("Provinsi"), 3), ("city", say("Kabupaten/Kota"), 4)]
    below: list[tuple[str, str, int]] = []
    if form.place != "city":
        above += [("district", say("Kecamatan"), 4), ("village", say("Kelurahan/desa"), 4)]
    if form.place == "rt":
        below.append(("rt", say("RT / RW"), 4))
    if form.per_period or form.key in _OF_A_PERIOD:
        below.append(("period", say("Periode"), 3))
    if form.parent is not None:
        below.append(("parent", say("Bagian dari: {form}", form=say(form.parent.label)), 8))
    below.append(("number", say("Nomor formulir"), 3))
    return [{"row": [{"key": key, "label": label, "text": told.get(key, "")} for key, label, _width in row],
             "widths": [width for _key, _label, width in row]} for row in (above, below)]


_OF_A_PERIOD = frozenset({Approval.key})


def _stamps(told: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the three stamps: the headings of an approval with its day and name, and room to sign."""
    found: dict[Section, list[Question[Any]]] = {}
    for question in Approval.questions:
        found.setdefault(question.section, []).append(question)
    words = {Date: say("Tanggal"), Person: say("Nama")}
    return [{"title": say(section.title), "lines": [
        {"label": words.get(type(each), say(each.label)), "text": told.get(each.key, "")}
        for each in sorted(asked, key=lambda one: isinstance(one, Date))]} for section, asked in found.items()]


def _below(form: type[Form]) -> Iterator[Mapping[str, object]]:
    """Yield room for the records that belong to one of a form and that people write."""
    for child in under(form):
        if not child.by_hand:
            continue
        if is_listed(child):
            yield _rows(child, title=say(child.title), count=_TALL_BELOW if _height(child) > _ROW else _ROWS_BELOW)
            continue
        for number in range(1, _CARDS_BELOW + 1):
            yield section(f"{say(child.title)} {number}", asked(child, child.questions))


def _answered_below(form: type[Form], records: Sequence[Mapping[str, Given]]) -> Iterator[Mapping[str, object]]:
    """Yield the records of a form that belong to another: a line for each, or all that each says."""
    if is_listed(form):
        rooms = _rooms([_NUMBER, *map(_width, form.stored())])[1:]
        lines = [[letters.hyphenated(given[question.key].words, room, _WORDS)
                  for question, room in zip(form.stored(), rooms, strict=True)] for given in records]
        numbered = [[str(number), *words] for number, words in enumerate(lines, 1)]
        yield {**_rows(form, title=say(form.title), count=0), "lines": numbered, "legend": [], "height": 0}
        return
    for number, given in enumerate(records, 1):
        yield section(f"{say(form.title)} {number}", asked(form, form.questions, given))


def _rows(form: type[Form], *, title: str, count: int) -> dict[str, object]:
    """Return rows to write records of a form in: heads, widths, empty lines, what the letters mean."""
    stored = list(form.stored())
    lines = [line(form, each) for each in stored]
    widths = [_NUMBER, *map(_width, stored)]
    heads = [{"number": each.number, "label": letters.hyphenated(each.label, room, _HEAD, bold=True), "unit": each.unit,
              "when": each.when} for each, room in zip(lines, _rooms(widths)[1:], strict=True)]
    legends = [{"label": each.number or each.label, "words": words}
               for each, question in zip(lines, stored, strict=True) if (words := legend(question))]
    helps = [{"label": each.label, "words": each.help} for each, question in zip(lines, stored, strict=True)
             if each.help and each.help != legend(question)]
    return {
        "kind": "rows", "title": title, "note": "", "heads": [{"number": "", "label": say("No."), "unit": "",
                                                               "when": ""}, *heads],
        "widths": widths, "legend": [*legends, *helps],
        "height": _height(form),
        "lines": [[str(number), *("" for _each in stored)] for number in range(1, count + 1)],
    }


def _rooms(widths: Sequence[int]) -> list[float]:
    """Return how wide the words of each column may be, in millimetres, on the narrowest sheet."""
    return [(A4.width - _BESIDE) * each / sum(widths) - _IN_CELL for each in widths]


def _width(question: Question[Any]) -> int:
    longest = max(len(word) for word in say(question.label).split())
    if isinstance(question, Text):
        return 40 if _is_long(question) else 26
    return max(longest, 16 if isinstance(question, Date | Number) else 11)


def _is_long(question: Question[Any]) -> bool:
    return isinstance(question, Text) and question.longest > _LONG


def _height(form: type[Form]) -> float:
    """Return how tall a row of a form is, in millimetres."""
    return _TALL_ROW if any(_is_long(each) for each in form.stored()) else _ROW


def _fitting(form: type[Form], sheet: Sheet) -> int:
    """Return how many rows fit on a side of a sheet with their head and what the letters mean."""
    legends = sum(1 + len(words) // _LETTERS_OF_LEGEND for each in form.stored()
                  for words in {legend(each), say(each.help)} if words)
    stamps = 32 if form.reviewed and form.parent is None else 0
    return int((sheet.height - _ABOVE_ROWS - stamps - legends * _A_LEGEND) / (_height(form) + _BETWEEN_ROWS))
