"""The kinds of question a form may ask: words, names, days, places; others in choices, quantities and references.py.

A question knows its wording, its limits and when it is asked, and how its answer is read, judged and
shown. Screen, command line, workbook and paper all use these, so that an answer is judged the same
way wherever it came in.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Generic, Literal, TypeVar, cast

from p2kp_desktop.language import say

from . import values, written
from .comparisons import Compare, Day, Digits, Either, InYears, Length, Not, Noted
from .conditions import ALWAYS, Answers, Condition
from .expressions import Fixed
from .names import named
from .places import CITY, VILLAGE_LEVELS, dotted, normal_rt, region_name, regions
from .values import Plain, Unreadable

T = TypeVar("T")

Severity = Literal["hard", "soft"]
HARD: Severity = "hard"  # impossible: must be corrected before verification
SOFT: Severity = "soft"  # unlikely: may be explained with a note


@dataclass(frozen=True)
class Objection:
    """What is wrong with an answer that could be read, in words."""

    message: str
    severity: Severity


Words = str | Callable[[Answers], str]


@dataclass(frozen=True)
class Limit:
    """What an answer must not be, stated once for Python and for the database; a check is made of these too.

    `beyond` is the condition that the answer is so; `says` is told then, of one record; `rule` says the same of all
    records, in a list or in the dictionary of a bundle. Words that name a number or a day are made when they are told,
    in the language spoken then.
    """

    beyond: Condition
    says: Words
    severity: Severity
    rule: Words = ""

    @property
    def in_general(self) -> str:
        """Return the words that tell the limit for all records."""
        return _told(self.rule or self.says, {})

    def objection(self, answers: Answers) -> Objection | None:
        """Return the objection to these answers, None while they are within the limit."""
        if not self.beyond.holds(answers):
            return None
        return Objection(_told(self.says, answers), self.severity)


def _told(words: Words, answers: Answers) -> str:
    return words if isinstance(words, str) else words(answers)


class Section:
    """A heading; the questions below it in the class body belong to it."""

    def __init__(self, title: str, *, note: str = "") -> None:
        self.title = title
        self.note = note


class Question(Generic[T]):
    """One question; `T` is the type of its answer.

    A new kind of question is a class that says how an answer is read (`read`), shown (`show`) and limited (`limits`);
    the rest it has from the class that it grows from, also `kind`: how its answers stand in lists and bundles.
    """

    kind: ClassVar[str]
    kept: ClassVar[Literal["text", "whole", "decimal"]] = "text"  # the column that its answers stand in
    many = False  # whether an answer picks several codes, with commas between
    shape: ClassVar[str] = ""  # of every answer that is one: ? stands for one letter (schema/comparisons.py)
    key = ""
    section = Section("")
    unit: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    def __init__(
        self,
        label: str,
        *,
        number: str | None = None,
        help: str = "",  # noqa: A002  the word a form's author expects
        required: bool = True,
        when: Condition = ALWAYS,
        private: bool = False,
    ) -> None:
        self.label = label
        self.number = number
        self.help = help
        self.required = required
        self.when = when
        self.private = private  # names and identity numbers: may be withheld from a bundle

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    def __repr__(self) -> str:
        return f"<{self.kind} {self.key}>"

    def read(self, raw: object) -> Plain:
        """Read an answer from what was typed, or from a JSON value; raise Unreadable."""
        return self._read_text(values.tidy(str(raw)))

    def _read_text(self, text: str) -> Plain:
        return text

    def remark(self, raw: object) -> Objection | None:  # noqa: ARG002
        """Return a remark on how an answer was read; None for nothing: most can be read in one way only."""
        return None

    def understands(self, plain: Plain) -> bool:
        """Say whether the value is of this question's kind; a damaged or much newer bundle may bring another."""
        return isinstance(plain, str)

    def answer(self, plain: Plain) -> T:
        """Return the typed answer of a plain value."""
        return cast(T, plain)

    def show(self, plain: Plain) -> str:
        """Return the answer as people read it."""
        return str(plain)

    def to_json(self, plain: Plain) -> object:
        """Return the answer as `records get` prints it."""
        return plain

    def limits(self) -> Iterable[Limit]:
        """Yield what an answer by itself must not be: hard what cannot be, soft what is unlikely."""
        return ()

    @cached_property
    def _hard(self) -> tuple[Limit, ...]:
        return tuple(each for each in self.limits() if each.severity == HARD)

    @cached_property
    def _soft(self) -> tuple[Limit, ...]:
        return tuple(each for each in self.limits() if each.severity == SOFT)

    def objections(self, plain: Plain) -> Iterator[Objection]:
        """Yield what is wrong with the answer by itself; one that cannot be is not called unlikely as well."""
        given = {self.key: plain}
        hard = [each for each in self._hard if each.beyond.holds(given)]
        for each in hard or self._soft:
            if found := each.objection(given):
                yield found

    def excludes(self, plain: Plain) -> bool:
        """Say whether the answer by itself cannot be; a million households ask, so no words are made."""
        return bool(self._hard) and any(each.beyond.holds({self.key: plain}) for each in self._hard)

    def value(self, answers: Answers) -> Fraction | str | None:
        """Return the answer as it is compared; None while there is none."""
        plain = answers.get(self.key)
        return plain if isinstance(plain, str) else None

    def sentence(self) -> str:
        """Return the printed number, or the wording of a header question."""
        return self.number or self.label

    def parts(self) -> tuple[Any, ...]:
        """Return itself."""
        return (self,)


class Text(Question[str]):
    """Words."""

    kind = "text"
    longest = 500

    def __init__(
        self,
        label: str,
        *,
        number: str | None = None,
        help: str = "",  # noqa: A002
        required: bool = True,
        when: Condition = ALWAYS,
        private: bool = False,
        longest: int | None = None,
    ) -> None:
        super().__init__(label, number=number, help=help, required=required, when=when, private=private)
        self.longest = longest or self.longest

    def limits(self) -> Iterable[Limit]:
        """Yield that a form has room for so many letters."""
        yield Limit(
            Compare(Length(self), ">", Fixed(self.longest)),
            lambda _: say("Paling banyak {count} huruf.", count=self.longest),
            SOFT,
        )


class Person(Text):
    """The name of a person; withheld from bundles without names."""

    kind = "person"
    longest = 120

    def __init__(self, label: str, *, required: bool = True, number: str | None = None, help: str = "") -> None:  # noqa: A002
        super().__init__(label, required=required, number=number, help=help, private=True)


class Identity(Text):
    """An identity number of 16 digits (NIK, KK), kept as text; a wrong structure is only ever a warning."""

    kind = "identity"
    digits = 16

    def __init__(self, label: str, *, required: bool = False, number: str | None = None, help: str = "") -> None:  # noqa: A002
        super().__init__(label, required=required, number=number, help=help, private=True)

    def read(self, raw: object) -> Plain:
        """Read the digits, whatever parts them; a number that passed through a spreadsheet keeps what is left of it."""
        text = values.tidy(f"{raw:.0f}" if isinstance(raw, float) else str(raw))
        digits = re.sub(r"[\s.'’‘`-]", "", text.removesuffix(".0"))
        return digits if digits.isdecimal() else text

    def limits(self) -> Iterable[Limit]:
        """Yield that anything but 16 digits is unlikely."""
        other = Either((Compare(Length(self), "≠", Fixed(self.digits)), Not(Digits(self))))
        yield Limit(other, lambda _: say("Biasanya {count} angka.", count=self.digits), SOFT)


class Date(Question[datetime.date]):
    """A calendar day; one before 1945, or further ahead than so many years from today, is unlikely."""

    kind = "date"
    shape = "????-??-??"
    earliest = "1945-01-01"

    def __init__(
        self,
        label: str,
        *,
        number: str | None = None,
        help: str = "",  # noqa: A002
        required: bool = True,
        when: Condition = ALWAYS,
        ahead: int = 10,
    ) -> None:
        super().__init__(label, number=number, help=help, required=required, when=when)
        self.ahead = ahead

    def read(self, raw: object) -> Plain:
        """Read a day; raise Unreadable."""
        return super().read(raw.isoformat()[:10] if isinstance(raw, datetime.date) else raw)

    def _read_text(self, text: str) -> Plain:
        return values.read_date(text).isoformat()

    def understands(self, plain: Plain) -> bool:
        """Say whether the value is an ISO date."""
        try:
            return datetime.date.fromisoformat(str(plain)).isoformat() == plain
        except ValueError:
            return False

    def answer(self, plain: Plain) -> datetime.date:
        """Return the day."""
        return datetime.date.fromisoformat(str(plain))

    def limits(self) -> Iterable[Limit]:
        """Yield that a year was most likely mistyped."""
        yield Limit(
            Compare(self, "<", Day(self.earliest)),
            lambda _: say("Tanggal ini sebelum {year}. Periksa tahunnya.", year=self.earliest[:4]),
            SOFT,
            lambda _: say("Biasanya paling awal tahun {year}.", year=self.earliest[:4]),
        )
        yield Limit(
            Compare(self, ">", InYears(self.ahead)),
            lambda _: say("Tanggal ini masih lebih dari {count} tahun lagi. Periksa tahunnya.", count=self.ahead), SOFT,
            lambda _: say("Biasanya paling lambat {count} tahun lagi.", count=self.ahead),
        )

    def show(self, plain: Plain) -> str:
        """Return for instance 4 Oktober 2022."""
        return written.day(str(plain))


class Clock(Text):
    """A time of the day, kept as 08:30."""

    longest = 5

    def read(self, raw: object) -> Plain:
        """Read 8, 8.30, 08:30 or 0830, also with the zone after it; raise Unreadable."""
        text = values.tidy(raw.isoformat()[:5] if isinstance(raw, datetime.time) else str(raw))
        found = _CLOCK.match(text)
        if found is None:
            raise Unreadable(say("«{value}» bukan jam. Tulis misalnya 08.30.", value=text))
        return f"{int(found[1]):02d}:{found[2] or '00'}"

    def show(self, plain: Plain) -> str:
        """Return for instance 08.30."""
        return written.clock(f"T{plain}")


_CLOCK = re.compile(r"^(?:pukul\s*)?([01]?\d|2[0-3])(?:[.:]?([0-5]\d))?(?:\s*WI(?:B|TA|T))?$", re.IGNORECASE)


class RegionOf(Question[str]):
    """A region of any level by its Kemendagri code; a name is read where only one region goes by it."""

    kind = "region"

    def read(self, raw: object) -> Plain:
        """Read a code or a name, the widest region of that name first; raise Unreadable."""
        text = values.tidy(str(raw))
        if dotted(text) in regions():
            return dotted(text)
        for level in (("provinsi",), (CITY,), ("kecamatan",), VILLAGE_LEVELS):
            found = named(text, [each for each in regions().values() if each.level in level])
            if len(found) == 1:
                return found[0].code
            if found:
                raise Unreadable(say("Beberapa wilayah bernama «{value}». Tulis kodenya, misalnya {code}.",
                                     value=text, code=found[0].code))
        raise Unreadable(say("«{value}» bukan nama atau kode wilayah Sumatera Selatan.", value=text))

    def show(self, plain: Plain) -> str:
        """Return its name."""
        return region_name(str(plain))


_BETWEEN = re.compile(r"[,;\n]|\bdan\b", re.IGNORECASE)
_FROM_TO = re.compile(
    r"^(?:RT\s*)?(\d{1,3})\s*(?:sampai(?: dengan)?|s\.?\s?[/.]?\s?d\.?)\s*(?:RT\s*)?(\d{1,3})"
    r"(?:\s*(?:/|RW)\s*(\d{1,3}))?$", re.IGNORECASE,
)


class RtList(Question[str]):
    """One or several RT of the record's kelurahan, or, written KODE:RT/RW, of another."""

    kind = "rt"

    def read(self, raw: object) -> Plain:
        """Read labels in any spelling, with commas between or as a list, «012 sampai 016» too; raise Unreadable."""
        parts = raw if isinstance(raw, list) else _BETWEEN.split(str(raw))
        labels = [label for part in parts if str(part).strip() for label in self._labels(str(part).strip())]
        return ",".join(dict.fromkeys(labels))

    def _labels(self, text: str) -> list[str]:
        series = _FROM_TO.match(text)
        if series is None:
            region, mark, label = text.rpartition(":")
            return [f"{region.strip()}{mark}{normal_rt(label)}"]
        first, last = int(series[1]), int(series[2])
        if first > last:
            raise Unreadable(say("«{value}» bukan daftar RT. Tulis misalnya 012 sampai 016.", value=text))
        rw = f"/{series[3]}" if series[3] else ""
        return [normal_rt(f"{number}{rw}") for number in range(first, last + 1)]

    def places(self, answers: Answers, home: str) -> tuple[tuple[str, str], ...]:
        """Return the RTs named, each by its kelurahan (`home` unless said) and label; words that name none are not."""
        found = []
        for label in str(answers.get(self.key) or "").split(","):
            region, _mark, rt = label.rpartition(":")
            try:
                found.append((region.strip() or home, normal_rt(rt)))
            except Unreadable:
                continue
        return tuple(dict.fromkeys(found))

    def limits(self) -> Iterable[Limit]:
        """Yield that words which an older release kept name no RT."""
        unread = Noted(self.key, self._names_none, "daftar RT terbaca")
        yield Limit(unread, "Tidak terbaca sebagai daftar RT. Tulis misalnya 012, 013.", SOFT)

    def _names_none(self, answers: Answers) -> bool:
        plain = answers.get(self.key)
        return isinstance(plain, str) and self._read_again(plain) is None

    def to_json(self, plain: Plain) -> object:
        """Return the labels as a list; words that an older release kept as they stand."""
        return str(plain).split(",") if self._read_again(plain) == plain else plain

    def show(self, plain: Plain) -> str:
        """Return the labels with a comma between, also where an older release kept «12 sampai 14»."""
        told = self._read_again(plain) or ""
        numbered = all(any(map(str.isdigit, label)) for label in told.split(","))
        return (told if numbered else str(plain)).replace(",", ", ")

    def _read_again(self, plain: Plain) -> str | None:
        try:
            return str(self.read(plain))
        except Unreadable:
            return None
