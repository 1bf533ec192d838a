"""The kinds of question that are answered by picking from a list printed with letters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from p2kp_desktop.language import say

from . import values
from .comparisons import Unlisted
from .conditions import ALWAYS, Among, Both, Condition, Except
from .questions import HARD, SOFT, Limit, Question
from .values import Plain, Unreadable

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PRINTED = re.compile(r"(\d+[a-z]|[A-Z])\s", re.ASCII)  # «2b Kualitas permukaan jalan», «L Lingkungan»
_WORD = re.compile(r"[\w<>≤≥]+")
_LETTERED = re.compile(r"\(?([a-z])\s*[.):-]+\s*(?=\S)", re.IGNORECASE | re.ASCII)  # «a. Ledeng», «(a) Ledeng»
_LEAST = 2  # words of the beginning of a wording that mean it


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


def _plain(text: str) -> str:
    """Return a wording as it is compared: its words in small letters, whatever stands between them."""
    return " ".join(_WORD.findall(text.casefold().replace("<=", "≤").replace(">=", "≥")))


class Options:
    """The answers of a list in printed order; codes are stored for ever, wordings may be improved."""

    def __init__(self, **labels: str) -> None:
        self.all = tuple(
            Option(letter, code, label) for letter, (code, label) in zip(LETTERS, labels.items(), strict=False)
        )
        self._by_code = {option.code: option for option in self.all}
        self._by_name = {name: option for option in self.all if (name := _printed_code(option.label))}
        self._by_name |= {name: o for o in self.all for name in (o.label.casefold(), o.code.casefold(), o.letter)}
        self._by_name = {_plain(name): option for name, option in self._by_name.items()} | self._by_name

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes in printed order."""
        return tuple(self._by_code)

    def find(self, text: str) -> Option | None:
        """Return the option with this letter, code or wording, or with this code at the start of its wording.

        Capitals, spaces and marks do not count: «A.», «(a)», «a) Ledeng meteran/SR», «NON-MBR».
        """
        bare = values.tidy(text).casefold()
        found = self._by_name.get(bare) or self._by_name.get(_plain(bare))
        lettered = None if found else _LETTERED.match(bare)
        return self._by_name.get(_plain(bare[lettered.end() :])) if lettered else found

    def begun(self, text: str) -> Option | None:
        """Return the only option whose wording begins with these words, of which there must be two or more."""
        begin = _plain(text)
        found = [option for option in self.all if _plain(option.label).startswith(f"{begin} ")]
        return found[0] if len(found) == 1 and len(begin.split()) >= _LEAST else None

    def parts(self, text: str) -> list[str]:
        """Return the single answers in a text, parted by commas, semicolons or line ends; a wording may hold commas."""
        found: list[str] = []
        for line in re.split(r"[;\n]", text):
            pieces = line.split(",")
            while pieces:
                longest = (at for at in range(len(pieces), 1, -1) if self.find(",".join(pieces[:at])))
                at = next(longest, 1)
                found.append(",".join(pieces[:at]).strip())
                pieces = pieces[at:]
        return [part for part in found if part]

    def letter(self, code: str) -> str:
        """Return the printed letter of a code."""
        return self._by_code[code].letter

    def show(self, code: str) -> str:
        """Return the wording of a code; a code of a newer release is shown as it is."""
        known = self._by_code.get(code)
        return known.label if known else f"‹{code}›"

    def code(self, text: str) -> str:
        """Return the code for a letter, a code or a wording; raise Unreadable."""
        found = self.find(text)
        if found is None:
            raise Unreadable(say("«{value}» bukan pilihan. Pilih {letters}.", value=text, letters=self.letters()))
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

    def limits(self) -> Iterable[Limit]:
        """Yield that this release does not know a code."""
        yield Limit(
            Unlisted(self, self.options.codes), "Jawaban ini dari versi program yang lebih baru.", SOFT,
            "Pilihan yang tidak dikenal.",
        )


class Several(Question[frozenset[str]]):
    """Any number of options out of a list; the ones named exclusive stand alone."""

    kind = "several"
    many = True

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
        parts = raw if isinstance(raw, list) else self.options.parts(str(raw))
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

    def limits(self) -> Iterable[Limit]:
        """Yield that «none of these» does not stand beside another answer, and that a code is not known here."""
        if self.alone:
            one = self.alone
            yield Limit(
                Both(Among(self, (one,)), Unlisted(self, (one,))),
                lambda _: say("«{option}» tidak dapat bersama jawaban lain.", option=say(self.options.show(one))),
                HARD,
            )
        yield Limit(
            Unlisted(self, self.options.codes), "Ada jawaban dari versi program yang lebih baru.", SOFT,
            "Pilihan yang tidak dikenal.",
        )
