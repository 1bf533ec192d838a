"""Which version of an agreement a sheet of paper holds, and whether the agreement still says the same.

What counts is what residents sign, as recording/printed_codes.py has it: a code that is read and the list of what was
printed are compared with the same.
"""

from dataclasses import dataclass
from enum import StrEnum

from p2kp_desktop.actions.recording import printed_codes
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.store import Connection, prints, views
from p2kp_desktop.store.views import Where

DOCUMENT = "agreement"  # what its sheets for signing are called in the list of prints
_BETWEEN = "."


class Present(StrEnum):
    """Whether a printed sheet says what the agreement says now."""

    SAME = "same"
    OLDER = "older"  # an earlier version, by its number
    CHANGED = "changed"  # the same number, another text
    NEWER = "newer"  # a version that is not here yet
    GONE = "gone"  # there is no such agreement here


@dataclass(frozen=True)
class PrintedVersion:
    """A version of an agreement as a sheet holds it: its number, and a digest of its text."""

    number: int
    digest: str

    @property
    def text(self) -> str:
        """Return it as the list of prints keeps it."""
        return f"{self.number}{_BETWEEN}{self.digest}"


def _read(text: str) -> PrintedVersion:
    number, _point, digest = text.partition(_BETWEEN)
    return PrintedVersion(int(number) if number.isdigit() else 0, digest)


def version_of(connection: Connection, agreement: str) -> PrintedVersion | None:
    """Return the version that a sheet printed now holds; None where there is no such agreement."""
    record = next(views.found(connection, Agreement, Where(id=agreement)), None)
    if record is None:
        return None
    digest = printed_codes.digest_now(connection, Agreement, agreement, printed_codes.RULES)
    return PrintedVersion(printed_codes.version_of(record), digest)


@dataclass(frozen=True)
class Answered:
    """Whether a printed version is the present one; `now` is that, None where there is no agreement."""

    present: Present
    printed: PrintedVersion
    now: PrintedVersion | None = None

    @property
    def words(self) -> str:
        """Return it in a sentence."""
        now = self.now.number if self.now else 0
        return {
            Present.SAME: say("Lembar ini memuat versi {number}, yang sekarang.", number=self.printed.number),
            Present.OLDER: say("Lembar ini memuat versi {number}; sekarang versi {now}.", number=self.printed.number,
                               now=now),
            Present.CHANGED: say("Lembar ini memuat versi {number} sebelum teksnya diubah.",
                                 number=self.printed.number),
            Present.NEWER: say("Lembar ini memuat versi {number}; di laptop ini baru versi {now}.",
                               number=self.printed.number, now=now),
            Present.GONE: say("Aturan bersama dari lembar ini tidak ada di ruang kerja ini."),
        }[self.present]


def answered(connection: Connection, agreement: str, printed: PrintedVersion) -> Answered:
    """Say whether a printed version is the present one; a code says its number and digest."""
    now = version_of(connection, agreement)
    return Answered(Present.GONE, printed) if now is None else Answered(_compared(printed, now), printed, now)


def _compared(printed: PrintedVersion, now: PrintedVersion) -> Present:
    if printed.number != now.number:
        return Present.OLDER if printed.number < now.number else Present.NEWER
    return Present.SAME if printed.digest == now.digest else Present.CHANGED


@dataclass(frozen=True)
class PrintedOnce:
    """When the sheets for signing were printed last, and how they stand to what the agreement says now."""

    time: str
    answered: Answered

    @property
    def is_true(self) -> bool:
        """Say whether what was printed is what stands now."""
        return self.answered.present is Present.SAME

    @property
    def words(self) -> str:
        """Return it for the line below the title: dicetak 3 Des 2026, versi 3."""
        values = {"date": written.short_day(self.time), "number": self.answered.printed.number}
        if self.is_true:
            return say("dicetak {date}, versi {number}", **values)
        if self.answered.present is Present.CHANGED:
            return say("dicetak {date}, versi {number}, sebelum teksnya diubah: cetak lagi", **values)
        return say("dicetak {date}, versi {number}, lebih lama dari yang sekarang: cetak lagi", **values)


def printed_last(connection: Connection, agreement: str) -> PrintedOnce | None:
    """Return when an agreement was printed for signing last; None where it never was here."""
    for one, version in prints.of_record(connection, agreement):
        if one.what == DOCUMENT:
            return PrintedOnce(one.time, answered(connection, agreement, _read(version)))
    return None
