"""The kinds of question that are answered with a number, and values derived from them."""

from abc import abstractmethod
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from p2kp_desktop.language import say

from . import values, written
from .comparisons import Compare, Either
from .conditions import ALWAYS, Answers, Condition
from .expressions import Arithmetic, Expression, Fixed
from .numerals import spelt
from .questions import HARD, SOFT, Limit, Objection, Question
from .values import Plain, Unreadable

T = TypeVar("T")

# How people write units, by the unit in small letters.
_SPELT_OUT = {
    "m": ("meter", "mtr"), "m²": ("m2", "meter persegi"), "ha": ("hektare", "hektar"), "%": ("persen",),
    "orang": ("org", "jiwa"), "jiwa": ("orang", "org"), "kk": ("keluarga",), "unit": ("buah", "bh"),
}


class Number(Question[T], Arithmetic):
    """A quantity with limits (hard) and usual limits (soft), in a unit."""

    def __init__(
        self,
        label: str,
        *,
        unit: str | None = None,
        low: int | str | None = 0,
        high: int | str | None = None,
        usual: tuple[int | str, int | str] | None = None,
        number: str | None = None,
        help: str = "",  # noqa: A002
        required: bool = True,
        when: Condition = ALWAYS,
        private: bool = False,
    ) -> None:
        super().__init__(label, number=number, help=help, required=required, when=when, private=private)
        self.unit = unit
        self.low = None if low is None else Decimal(low)
        self.high = None if high is None else Decimal(high)
        self.usual = None if usual is None else (Decimal(usual[0]), Decimal(usual[1]))

    def read(self, raw: object) -> Plain:
        """Read a number of JSON or a workbook, which is as it is shown, or what was typed; raise Unreadable."""
        if isinstance(raw, bool):
            raise Unreadable(say("«{value}» bukan angka.", value=raw))
        if isinstance(raw, float):
            return self._plain(values.of_double(raw), str(raw))
        if isinstance(raw, int):
            return self._plain(Decimal(raw), str(raw))
        return self._read_text(self.without_unit(str(raw)))

    def without_unit(self, text: str) -> str:
        """Return the typed text without the unit of the question after it: 8 for «8 m» and «8 meter»."""
        bare = values.tidy(text)
        typed, unit = bare.casefold().removesuffix("."), (self.unit or "").casefold()
        numbers = [typed.removesuffix(each) for each in (*_SPELT_OUT.get(unit, ()), unit)]
        number = next((each for each in numbers if each != typed), typed)
        return bare[: len(number)].rstrip() if number[-1:].isspace() or number[-1:].isdecimal() else bare

    @abstractmethod
    def _plain(self, number: Decimal, text: str) -> Plain:
        """Return a number as it is kept; raise Unreadable, which names the text."""

    def value(self, answers: Answers) -> Fraction | None:
        """Return the answer as an exact number, None while it is empty or was not understood."""
        plain = answers.get(self.key)
        return None if plain is None else _exact(plain)

    def show(self, plain: Plain) -> str:
        """Return the number with its thousands grouped."""
        return written.number(plain if isinstance(plain, int) else Decimal(plain))

    def limits(self) -> Iterable[Limit]:
        """Yield the least and the most that can be, and what is usual."""
        low, high = self.low, self.high
        if low is not None:
            yield Limit(
                Compare(self, "<", Fixed(low)), lambda _: say("Paling sedikit {least}.", least=self._limit(low)), HARD
            )
        if high is not None:
            yield Limit(
                Compare(self, ">", Fixed(high)), lambda _: say("Paling banyak {most}.", most=self._limit(high)), HARD
            )
        if self.usual is not None:
            least, most = self.usual
            unusual = Either((Compare(self, "<", Fixed(least)), Compare(self, ">", Fixed(most))))
            yield Limit(
                unusual,
                lambda _: say("Biasanya antara {least} dan {most}.", least=self._limit(least), most=self._limit(most)),
                SOFT,
                lambda _: say("Biasanya {least}–{most}.", least=written.number(least), most=self._limit(most)),
            )

    def _limit(self, limit: Decimal) -> str:
        return f"{written.number(limit)} {self.unit or ''}".strip()


@lru_cache(maxsize=4096)
def _exact(plain: Plain) -> Fraction:
    """Return a kept number exactly; most of a million households give the same few."""
    return Fraction(plain)


class Whole(Number[int]):
    """A count."""

    kind = "whole"
    kept = "whole"

    def _read_text(self, text: str) -> Plain:
        return values.read_whole(text)

    def _plain(self, number: Decimal, text: str) -> Plain:
        return values.whole(number, text)

    def understands(self, plain: Plain) -> bool:
        """Say whether the value is a whole number."""
        return isinstance(plain, int)

    def answer(self, plain: Plain) -> int:
        """Return the count."""
        return int(plain)


class Year(Whole):
    """A calendar year, written without a thousands sign."""

    def show(self, plain: Plain) -> str:
        """Return for instance 2022."""
        return str(plain)


class Money(Whole):
    """An amount in whole rupiah."""

    kind = "money"

    def _read_text(self, text: str) -> Plain:
        return super()._read_text(text.removeprefix("Rp").strip())

    def show(self, plain: Plain) -> str:
        """Return for instance Rp1.500.000."""
        return written.money(int(plain))


class Measure(Number[Decimal]):
    """A measured quantity, kept exact to 15 significant digits."""

    kind = "decimal"
    kept = "decimal"

    def _read_text(self, text: str) -> Plain:
        """Read what was typed; of two readings the Indonesian one, unless it is out of the limits and the other is not.

        So 1.218 m of road is 1218 m, but 2.125 Ha of an RT, of which 2,125 would be odd, 2.125 Ha. Neither is
        silent: remark().
        """
        read = self._plain(values.read_decimal(text), text)
        other = values.other_reading(text)
        if other is None or not any(self.objections(read)):
            return read
        otherwise = self._plain(other, text)
        return read if any(self.objections(otherwise)) else otherwise

    def _plain(self, number: Decimal, text: str) -> Plain:  # noqa: ARG002
        return values.plain_decimal(number)

    def remark(self, raw: object) -> Objection | None:
        """Return how 1.218 or 1,218 was understood, and how the other number is written."""
        text = self.without_unit(raw) if isinstance(raw, str) else ""
        other = values.other_reading(text)
        if other is None:
            return None
        read = Decimal(self._read_text(text))
        if read == other:
            other = values.read_decimal(text)
        with written.in_indonesian():  # as it is typed, in every language
            shown = f"{written.number(read)} {self.unit or ''}".strip()
        instead = values.plain_decimal(other).replace(".", ",")
        return Objection(
            say(
                "«{value}» dibaca {shown} ({spelt}). Bila maksudnya {meant}, tulis {instead}.",
                value=text,
                shown=shown,
                spelt=spelt(read),
                meant=spelt(other),
                instead=instead,
            ),
            SOFT,
        )

    def understands(self, plain: Plain) -> bool:
        """Say whether the value is a decimal in its shortest text."""
        try:
            return isinstance(plain, str) and values.plain_decimal(Decimal(plain)) == plain
        except (InvalidOperation, Unreadable):
            return False

    def answer(self, plain: Plain) -> Decimal:
        """Return the exact number."""
        return Decimal(plain)

    def to_json(self, plain: Plain) -> object:
        """Return a JSON number; 15 significant digits survive it."""
        number = Decimal(plain)
        return int(number) if number == number.to_integral_value() else float(number)


class Derived(Question[Fraction], Arithmetic):
    """A value that follows from other answers; computed wherever it is shown, never stored."""

    kind = "derived"

    def __init__(
        self,
        label: str,
        formula: Expression,
        *,
        unit: str | None = None,
        number: str | None = None,
        help: str = "",  # noqa: A002
        places: int = 2,
    ) -> None:
        super().__init__(label, number=number, help=help, required=False)
        self.formula = formula
        self.unit = unit
        self.places = places

    def value(self, answers: Answers) -> Fraction | None:
        """Return the exact value, None while an answer it needs is missing."""
        return self.formula.value(answers)

    def parts(self) -> tuple[Expression, ...]:
        """Return the questions the value follows from."""
        return self.formula.parts()

    def read(self, raw: object) -> Plain:
        """Read a number that the value is compared with, as a measure of its unit is read; raise Unreadable."""
        return Measure(self.label, unit=self.unit, low=None).read(raw)

    def show(self, plain: Plain) -> str:
        """Return a number that the value is compared with, its thousands grouped."""
        return written.number(Decimal(plain))

    def rounded(self, answers: Answers) -> Decimal | None:
        """Return the value rounded half up to its places, None while it is unknown."""
        exact = self.value(answers)
        if exact is None:
            return None
        scaled = exact * 10**self.places
        rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(rounded).scaleb(-self.places).normalize() + 0

    def shown(self, answers: Answers) -> str:
        """Return the rounded value with a decimal comma; empty while unknown."""
        number = self.rounded(answers)
        return "" if number is None else written.number(number)
