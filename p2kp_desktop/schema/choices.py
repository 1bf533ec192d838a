"""The kinds of question that are answered by picking from a list printed with letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import values
from .conditions import ALWAYS, Among, Condition, Except
from .questions import HARD, SOFT, Objection, Question
from .values import Plain, Unreadable

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PRINTED = re.compile(r"(\d+[a-z]|[A-Z])\s", re.ASCII)  # «2b Kualitas permukaan jalan», «L Lingkungan»


@dataclass(frozen=True)
class Option:
    """One printed answer: its letter on paper, its code in the data, its wording."""

    letter: str
    code: str
    label: str


def _printed_code(label: str) -> str:
    """Return the code with which a wording begins, small letters; "" for none."""
    found = _PRINTED.match(label)
    return found[1].casefold() if found else ""


class Options:
    """The answers of a list in printed order; codes are stored for ever, wordings may be improved."""

    def __init__(self, **labels: str) -> None:
        self.all = tuple(
            Option(letter, code, label) for letter, (code, label) in zip(LETTERS, labels.items(), strict=False)
        )
        self._by_code = {option.code: option for option in self.all}
        self._by_name = {name: option for option in self.all if (name := _printed_code(option.label))}
        self._by_name |= {name: o for o in self.all for name in (o.label.casefold(), o.code.casefold(), o.letter)}

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes in printed order."""
        return tuple(self._by_code)

    def find(self, text: str) -> Option | None:
        """Return the option with this letter, code or wording, or with this code at the start of its wording."""
        return self._by_name.get(text.casefold())

    def letter(self, code: str) -> str:
        """Return the printed letter of a code."""
        return self._by_code[code].letter

    def show(self, code: str) -> str:
        """Return the wording of a code; a code of a newer release is shown as it is."""
        known = self._by_code.get(code)
        return known.label if known else f"‹{code}›"

    def code(self, text: str) -> str:
        """Return the code for a letter, a code or a wording; raise Unreadable."""
        found = self.find(values.tidy(text))
        if found is None:
            raise Unreadable(f"«{text}» bukan pilihan. Pilih {self.letters()}.")
        return found.code

    def letters(self) -> str:
        """Return for instance «a–k»."""
        return f"{self.all[0].letter}–{self.all[-1].letter}"

    def __iter__(self) -> Iterator[Option]:
        return iter(self.all)


class Choice(Question[str]):
    """One option out of a list."""

    kind = "choice"

    def __init__(
        self,
        label: str,
        options: Options,
        *,
        number: str | None = None,
        help: str = "",  # noqa: A002
        required: bool = True,
        when: Condition = ALWAYS,
    ) -> None:
        super().__init__(label, number=number, help=help, required=required, when=when)
        self.options = options

    def is_(self, *letters: str) -> Among:
        """Return the condition that one of these printed letters was chosen."""
        return Among(self, tuple(self.options.code(letter) for letter in letters))

    def is_not(self, *letters: str) -> Except:
        """Return the condition that none of these printed letters was chosen, or nothing yet."""
        return Except(self, tuple(self.options.code(letter) for letter in letters))

    def _read_text(self, text: str) -> Plain:
        return self.options.code(text)

    def show(self, plain: Plain) -> str:
        """Return the wording."""
        return self.options.show(str(plain))

    def objections(self, plain: Plain) -> Iterator[Objection]:
        """Object softly to a code that this release does not know."""
        if plain not in self.options.codes:
            yield Objection("Jawaban ini dari versi program yang lebih baru.", SOFT)


class Several(Question[frozenset[str]]):
    """Any number of options out of a list; the ones named exclusive stand alone."""

    kind = "several"

    def __init__(
        self,
        label: str,
        options: Options,
        *,
        alone: str | None = None,
        number: str | None = None,
        help: str = "",  # noqa: A002
        required: bool = True,
        when: Condition = ALWAYS,
    ) -> None:
        super().__init__(label, number=number, help=help, required=required, when=when)
        self.options = options
        self.alone = alone

    def is_(self, *letters: str) -> Among:
        """Return the condition that at least one of these printed letters was chosen."""
        return Among(self, tuple(self.options.code(letter) for letter in letters))

    def read(self, raw: object) -> Plain:
        """Read a list, or letters, codes or wordings with commas between; raise Unreadable."""
        parts = raw if isinstance(raw, list) else [part for part in str(raw).split(",") if part.strip()]
        return self.join({self.options.code(str(part)) for part in parts})

    def join(self, codes: set[str] | frozenset[str]) -> str:
        """Return the plain value of a set of codes: printed order, unknown codes last."""
        known = [code for code in self.options.codes if code in codes]
        return ",".join(known + sorted(codes - set(known)))

    def answer(self, plain: Plain) -> frozenset[str]:
        """Return the set of codes."""
        return frozenset(str(plain).split(","))

    def show(self, plain: Plain) -> str:
        """Return the wordings with a semicolon between."""
        return "; ".join(self.options.show(code) for code in str(plain).split(","))

    def to_json(self, plain: Plain) -> object:
        """Return the list of codes."""
        return str(plain).split(",")

    def objections(self, plain: Plain) -> Iterator[Objection]:
        """Object to «none of these» beside another answer, and softly to unknown codes."""
        codes = set(str(plain).split(","))
        if self.alone in codes and len(codes) > 1:
            yield Objection(f"«{self.options.show(str(self.alone))}» tidak dapat bersama jawaban lain.", HARD)
        if codes - set(self.options.codes):
            yield Objection("Ada jawaban dari versi program yang lebih baru.", SOFT)
