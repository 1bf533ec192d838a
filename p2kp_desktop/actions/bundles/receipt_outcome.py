"""How a bundle ended, or would end: counts, changed answers, cells edited outside, gaps, who sent it, its news.

A bundle that comes back says of the records here which were returned with comments, and which were verified.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from p2kp_desktop.actions.common.office_words import role_words, when
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.record_names import Subject, Titles
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, STATUS, Answer
from p2kp_desktop.schema.causality import Save, Vector
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.review import RETURNED, VERIFIED

OUTCOMES = ("new", "updated", "identical", "older", "conflict", "rejected")
HELD = "quarantined"  # how many of the rejected wait for a person
FATES = (*OUTCOMES[:-1], HELD, "rejected")  # the same with those that wait told apart


def told_apart(counts: Mapping[str, int], held: int) -> dict[str, int]:
    """Return how many records ended how, as people read it: those that wait for a person were not refused."""
    return {name: counts.get(name, 0) for name in FATES} | {HELD: held, "rejected": counts.get("rejected", 0) - held}


def fate_words() -> dict[str, str]:
    """Return how a record ended, in a word or two."""
    return {
        "new": say("baru"), "updated": say("diperbarui"), "identical": say("sudah ada"), "older": say("lebih lama"),
        "conflict": say("konflik"), HELD: say("menunggu keputusan"), "rejected": say("ditolak"),
    }


NEW, KNOWN, CHANGED, UNSIGNED, OWN = "new", "known", "changed", "unsigned", "own"
ENROLLED, REVOKED = "enrolled", "revoked"
SOUND = (ENROLLED, NEW, KNOWN)  # signed by a key against which nothing speaks


class Worded(NamedTuple):
    """A changed answer in words: whose record, where, which question, old and new, and who gave the new one."""

    record: str
    place: str
    number: str
    wording: str
    before: str
    after: str
    by: str


@dataclass(frozen=True, slots=True)
class ReceivedChange:
    """An answer that a bundle changes, in plain values; `before` is None where it was empty.

    Of an open conflict, `before` is the value in force here, `after` the other one, and `in_force` the one that is
    shown from now on until somebody settles.
    """

    form: str
    id: str
    question: str
    before: Answer
    after: Answer
    subject: Subject
    save: Save | None = None  # the one that gave `after`
    titles: Titles = field(default_factory=dict, compare=False, repr=False)  # of what the answers point to
    in_force: Answer = None

    def in_words(self) -> Worded:
        """Return the change as people read it."""
        number, wording = record_names.asked(self.form, self.question)
        if self.question == ALIVE and self.in_force is None:
            wording = say("Catatan ini")  # it comes or goes; only in a conflict do two laptops differ about it
        save = self.save
        by = f"{save.person}, {role_words(save.role)} · {when(save.time)}" if save else ""
        old, new = (
            record_names.shown(self.form, self.question, value, self.titles) for value in (self.before, self.after)
        )
        return Worded(self.subject.title, self.subject.place, number, wording, old, new, by)


@dataclass(frozen=True, slots=True)
class EditedOutside:
    """A cell that was edited outside the program: where, whose, what stands there now, what stood there if known."""

    sheet: str
    cell: str  # as office suites name it, C7
    subject: Subject
    question: str
    now: str
    before: str | None = None
    rounded: bool = False  # typed as a number of which only the first 15 digits are left

    @property
    def asked(self) -> tuple[str, str]:
        """Return number and wording of the question."""
        return record_names.asked(self.subject.form, self.question)

    def sentence(self) -> str:
        """Name the cell, what stands there now, and where digits were lost."""
        said = f"Diubah di luar program: lembar «{self.sheet}», sel {self.cell}, kini «{self.now}»"
        said = f"{said}, dahulu «{self.before}»." if self.before is not None else f"{said}."
        return f"{said} {rounded_in_words()}" if self.rounded else said


def rounded_in_words() -> str:
    """Say what office suites do to a long number."""
    return say("Diketik sebagai angka, jadi hanya 15 angka pertama yang tersimpan; sisanya menjadi 0. Periksa di "
               "kartunya.")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A new household that may be one which is here already under another id."""

    arriving: Subject
    here: Subject
    why: str

    def sentence(self) -> str:
        """Say which two households may be one."""
        return say("Mungkin rumah yang sama: {one} dan {other} di sini ({why}).",
                   one=self.arriving.words, other=self.here.title, why=self.why)


@dataclass(frozen=True)
class Sender:
    """Who sent a bundle, and whether its signature is the one remembered of that workspace.

    `standing` is enrolled (a certificate says whose it is), new (nobody knows it), known (met before), changed,
    revoked, unsigned, or own (written here).
    """

    node: str
    workspace: str
    role: str
    person: str
    time: str
    fingerprint: str = ""  # six words; "" where nobody signed
    standing: str = NEW
    before: str = ""  # the six words remembered, where they changed
    key: str = ""  # the public key that signed

    @property
    def words(self) -> str:
        """Return in a word or two how well the sender is known."""
        known = {
            ENROLLED: say("terdaftar"), NEW: say("belum dikenal"), KNOWN: say("dikenal"),
            CHANGED: say("kunci berubah"), REVOKED: say("dicabut"), UNSIGNED: say("tanpa tanda tangan"),
            OWN: say("dibuat di laptop ini"),
        }
        return known[self.standing]

    def warning(self) -> str:
        """Return the sentence that announces a changed key; "" where it is as it was."""
        if self.standing == REVOKED:
            return say("Kunci {workspace} dicabut: isi paket ini menunggu keputusan Anda. Yang sudah diterima sebelum "
                       "itu tetap ada.", workspace=self.workspace)
        if self.standing != CHANGED:
            return ""
        if not self.before:
            return say("Kunci pengirim {workspace} lain dari yang didaftarkan: isi paket ini menunggu. Tanyakan "
                       "kepada pengirim, lalu daftarkan laptop barunya.", workspace=self.workspace)
        now = self.fingerprint or "tanpa tanda tangan"
        return (f"Tanda pengirim {self.workspace} berubah: dulu «{self.before}», kini «{now}». "
                "Tanyakan kepada pengirim.")


class HeldBack(NamedTuple):
    """A record of a bundle that waits for a person: which, why in words, and what it would change."""

    subject: Subject
    why: str
    changes: tuple[ReceivedChange, ...]


class Gap(NamedTuple):
    """That bundles before one did not come: where, the saves that it goes on from, how many of them are not here.

    `last` is when the newest bundle of its sender was written that came before; "" for none.
    """

    place: str
    since: Vector
    lacking: int
    sender: str
    last: str

    def sentence(self) -> str:
        """Say whose bundle is missing and what to do."""
        last = say("yang terakhir diterima dibuat {time}", time=when(self.last)) if self.last else ""
        where = region_name(self.place) if self.place else say("semua wilayah")
        return say(
            "Paket sebelumnya dari {sender} untuk {place} belum diterima ({last}); {count} simpanan belum ada di sini. "
            "Minta paket itu, atau paket lengkap.",
            sender=self.sender, place=where, last=last or say("belum pernah ada"), count=self.lacking,
        )


@dataclass(frozen=True)
class Received:
    """How a bundle ended: read = new + updated + identical + older + conflict + rejected, in records.

    `trouble` is why it was refused; then nothing has changed. `transfer` is the line of the log.
    """

    file: str
    counts: Counter[str] = field(default_factory=Counter)
    edited: tuple[EditedOutside, ...] = ()
    edited_outside: int = 0  # records with such cells
    findings: tuple[str, ...] = ()  # damage, rows added or removed by hand, contradictions
    missing: tuple[Gap, ...] = ()  # earlier bundles that did not arrive
    changes: tuple[ReceivedChange, ...] = ()
    conflicts: tuple[ReceivedChange, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    sender: Sender | None = None
    transfer: str = ""
    trouble: Trouble | None = None
    doubts: tuple[str, ...] = ()  # that this workspace is a copy, or was put back: others have edits of its own
    attached: int = 0  # files taken in from the folder beside it
    unattached: tuple[str, ...] = ()  # attached files that are still not on this computer
    held: tuple[HeldBack, ...] = ()  # records that wait for a person; they count as rejected too

    @property
    def quarantined(self) -> int:
        """Return how many records wait for a person."""
        return len(self.held)

    @property
    def fates(self) -> dict[str, int]:
        """Return how many records ended how, with those that wait for a person told apart."""
        return told_apart(self.counts, self.quarantined)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Say which earlier bundles did not arrive."""
        return tuple(gap.sentence() for gap in self.missing)

    @property
    def read(self) -> int:
        """Return how many records the bundle held."""
        return sum(self.counts[outcome] for outcome in OUTCOMES)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return everything that a person should know, in sentences."""
        warning = self.sender.warning() if self.sender else ""
        cells = tuple(cell.sentence() for cell in self.edited)
        apart = (*cells, *held_words(self.held))
        return (*self.doubts, *apart, *self.findings, *self.gaps, *([warning] if warning else []))

    @property
    def error(self) -> str | None:
        """Return why the file was refused, in one line."""
        return str(self.trouble) if self.trouble else None


def held_words(held: Iterable[HeldBack]) -> tuple[str, ...]:
    """Say how many records wait for a person, and why."""
    return tuple(
        say("{count} catatan menunggu keputusan: {why}. Tidak ada yang berubah di sini; lihat tab «Menunggu "
            "keputusan».", count=count, why=why)
        for why, count in Counter(each.why for each in held).items()
    )


@dataclass(frozen=True)
class News:
    """How many households and how many other records were returned, and how many of all were verified."""

    houses: int = 0
    others: int = 0
    verified: int = 0


def news(changes: Iterable[ReceivedChange]) -> News:
    """Return how many records these changes return or verify; a record that changed twice counts as it stands last."""
    status = {(each.form, each.id): each.after for each in changes if each.question == STATUS}
    returned = [form for (form, _), after in status.items() if after == RETURNED]
    houses = returned.count(Household.key)
    return News(houses, len(returned) - houses, sum(after == VERIFIED for after in status.values()))
