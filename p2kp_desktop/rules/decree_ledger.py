"""The book-keeping of a decree that names slum hectares: what it began with, what works took off, what should be left.

Later decrees say how much is left; while there is none, that is what works left over. Where a later decree and the
works do not agree, the difference is «unexplained»: above 0, hectares left the decree without a finished activity;
below 0, works took off more than the decree did. All is exact.
Hectares and RTs of a kawasan are those of `Decrees` wherever somebody names them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.forms.kawasan import Decree, Kawasan
from p2kp_desktop.schema import Record

FIRST, REVOKED = "pertama", "dicabut"
Rts = frozenset[tuple[str, str]]  # kelurahan and RT


@dataclass(frozen=True)
class Version:
    """One decree about a kawasan; `rts` None where it leaves them as they were. `day` is ISO."""

    id: str
    form: str
    kind: str
    number: str
    day: str
    hectares: Fraction | None
    rts: Rts | None
    entry: str = ""
    exit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Reduction:
    """Hectares that a finished activity takes out of the slum: in which year, paid by whom."""

    activity: str
    name: str
    year: int
    hectares: Fraction
    payers: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """Which RTs a decree brought in and left out against the one before."""

    version: Version
    entered: Rts
    left: Rts


@dataclass(frozen=True)
class Decrees:
    """The decrees about a kawasan, the first one first; what a later one leaves open holds on."""

    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """Return the latest decree."""
        return self.versions[-1]

    def until(self, day: str) -> "Decrees":
        """Return those that were made by a day (ISO); one without a day was, if it is the first."""
        first, *later = self.versions
        held = [each for each in later if each.day and each.day <= day]
        return Decrees(() if first.day > day else (first, *held))

    @property
    def is_revoked(self) -> bool:
        """Say whether no decree holds any more."""
        return self.newest.kind == REVOKED

    @property
    def start(self) -> Fraction | None:
        """Return the hectares of the first decree."""
        return self.versions[0].hectares

    @property
    def decreed(self) -> Fraction | None:
        """Return the hectares of the latest decree that says any."""
        return next((each.hectares for each in reversed(self.versions) if each.hectares is not None), None)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return of each later decree which RTs came in and which went out."""
        found, before = [], next((each.rts for each in self.versions if each.rts is not None), frozenset())
        for version in self.versions[1:]:
            now = before if version.rts is None else version.rts
            found.append(Change(version, now - before, before - now))
            before = now
        return tuple(found)

    @property
    def rts(self) -> Rts:
        """Return the RTs that are in the kawasan by the latest decree that says any."""
        said = [each.rts for each in self.versions if each.rts is not None]
        return said[-1] if said else frozenset()


@dataclass(frozen=True)
class Ledger(Decrees):
    """The hectares of a kawasan from its first decree on."""

    reductions: tuple[Reduction, ...] = ()

    @property
    def reduced(self) -> Fraction:
        """Return the hectares that finished work took out of the slum."""
        return sum((each.hectares for each in self.reductions), Fraction())

    @property
    def left(self) -> Fraction | None:
        """Return the hectares that are left: by a later decree, else what the reductions leave."""
        if self.start is None:
            return self.decreed
        later = [each.hectares for each in self.versions[1:] if each.hectares is not None]
        return later[-1] if later else max(Fraction(), self.start - self.reduced)

    @property
    def unexplained(self) -> Fraction:
        """Return start − reduced − left in hectares."""
        return Fraction() if self.start is None or self.left is None else self.start - self.reduced - self.left


def decrees(kawasan: Record, later: Iterable[Record] = ()) -> Decrees:
    """Return the decrees about a kawasan: the one that it tells itself, and the later ones in order of their day."""
    home = str(kawasan.answers.get("region") or "")
    first = Version(
        kawasan.id, Kawasan.key, FIRST, kawasan.show(Kawasan.sk_number), str(kawasan.understood(Kawasan.sk_date) or ""),
        _exact(kawasan[Kawasan.sk_ha]), frozenset(Kawasan.rts.places(kawasan.answers, home)))
    return Decrees(_ordered([first, *(_later(each, home) for each in later)]))


def _later(decree: Record, home: str) -> Version:
    """Return a later decree; one that revokes leaves no hectares and no RTs."""
    kind = str(decree.understood(Decree.kind) or "")
    hectares, rts = _exact(decree[Decree.hectares]), frozenset(Decree.rts.places(decree.answers, home)) or None
    if kind == REVOKED:
        hectares, rts = Fraction(), frozenset()
    return Version(
        decree.id, Decree.key, kind, decree.show(Decree.number), str(decree.understood(Decree.date) or ""), hectares,
        rts, str(decree.understood(Decree.entry) or ""), str(decree.understood(Decree.exit) or ""),
        decree.show(Decree.change_note))


def _exact(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _ordered(versions: Iterable[Version]) -> tuple[Version, ...]:
    first, *later = versions
    return first, *sorted(later, key=lambda each: (each.day or "9999", each.id))


def ledger(versions: Iterable[Version], reductions: Iterable[Reduction]) -> Ledger:
    """Return the ledger of a kawasan: its decrees in order of their day, the first one first; reductions by year."""
    return Ledger(
        _ordered(versions), tuple(sorted(reductions, key=lambda each: (each.year, each.name, each.activity))))
