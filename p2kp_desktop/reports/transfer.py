"""What is sent and received: files and their senders, open conflicts, what a bundle would hold or would change."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple, TypeVar

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import outbox, quarantine
from p2kp_desktop.actions.bundles.outbox import LogLine, RtContents
from p2kp_desktop.actions.bundles.quarantine import HeldAnswer
from p2kp_desktop.actions.bundles.receipt_outcome import HELD, EditedOutside, ReceivedChange, Worded
from p2kp_desktop.actions.bundles.senders import KnownSender, known_senders
from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.actions.recording import conflicts, record_names
from p2kp_desktop.actions.recording.conflicts import Alternative, Disputed
from p2kp_desktop.actions.recording.record_names import masked
from p2kp_desktop.actions.scores.rt_standings import RtMovement, RtStanding
from p2kp_desktop.actions.trust import checkpoints, members
from p2kp_desktop.actions.trust.members import Member
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import concerns, region_name
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Subject, Table, Value
from p2kp_desktop.store.transfers import FAILED, UNDER_WAY

from . import subjects
from .marks import joined
from .registry import Group, reports_of

report = reports_of(Group.OFFICES)

Line = TypeVar("Line")
_NONE = "–"
FIGURES = 12  # of the SHA-256, enough to compare


# Files


@report(lambda workspace, _asked: outbox.log(workspace))
def transfers(lines: Sequence[LogLine] = ()) -> Table[LogLine]:
    """Return the log of files sent and received."""
    return Table(
        "transfers", say("Catatan kirim dan terima"), (
            Column("time", say("Waktu"), Kind.MOMENT, lambda line: line.time, sample="24 September 2026, 14.00"),
            Column("person", say("Orang"), Kind.TEXT, lambda line: line.person, below="time"),
            Column("direction", say("Arah"), Kind.TEXT, _direction, sample="dibatalkan "),
            Column("undone", say("Dibatalkan"), Kind.TEXT, _undone, below="direction", quiet=True),
            Column("file", say("Berkas"), Kind.NAME, lambda line: line.file, sample="n" * 30, stretches=True),
            Column("sender", say("Pengirim"), Kind.TEXT, lambda line: line.sender, below="file"),
            Column("result", say("Hasil"), Kind.TEXT, lambda line: line.result, below="file"),
            Column("notes", say("Hal"), Kind.WHOLE, lambda line: len(line.notes) or None, below="file",
                   quiet=True,
                   shown=lambda line: say("{count} hal", count=len(line.notes)) if line.notes else ""),
        ),
        lines, known_by=lambda line: line.id, every_period=True,
    )


def _direction(line: LogLine) -> Mark:
    return Mark("sent", say("Kirim")) if line.sent else Mark("received", say("Terima"))


def _undone(line: LogLine) -> Mark | None:
    return Mark("undone", say("dibatalkan")) if line.undone else None


@report(lambda workspace, _asked: [line for line in outbox.log(workspace) if line.sent])
def sent(lines: Sequence[LogLine] = ()) -> Table[LogLine]:
    """Return the files sent."""
    return Table(
        "sent", say("Berkas yang dikirim"), (
            Column("time", say("Waktu"), Kind.MOMENT, lambda line: line.time),
            Column("person", say("Orang"), Kind.TEXT, lambda line: line.person),
            Column("file", say("Berkas"), Kind.NAME, lambda line: line.file),
            Column("to", say("Penerima"), Kind.TEXT, _office("to")),
            Column("records", say("Catatan"), Kind.WHOLE, lambda line: line.figure("records")),
            Column("state", say("Keadaan"), Kind.TEXT, _sent_state),
            Column("result", say("Hasil"), Kind.TEXT, lambda line: line.result),
            _fingerprint(),
        ),
        lines, empty=say("Belum ada yang dikirim."), known_by=lambda line: line.id, every_period=True,
    )


def _fingerprint() -> Column[LogLine]:
    """Return the column of the SHA-256, of which people compare the first figures, as below the log."""
    return Column("sha256", say("Kode pembanding"), Kind.IDENTITY, lambda line: line.sha256,
                  shown=lambda line: f"{line.sha256[:FIGURES]}…")


def _office(key: str) -> Callable[[LogLine], Mark | None]:
    def of(line: LogLine) -> Mark | None:
        role = str(line.figures.get(key) or "")
        return Mark(role, role_words(role)) if role else None

    return of


def _sent_state(line: LogLine) -> Mark:
    if FAILED in line.figures:
        return Mark("failed", say("gagal dikirim"))
    return Mark("uncertain", say("belum pasti sampai di tempatnya")) if UNDER_WAY in line.figures else Mark(
        "sent", say("Terkirim"))


@report(lambda workspace, _asked: [line for line in outbox.log(workspace) if not line.sent])
def received(lines: Sequence[LogLine] = ()) -> Table[LogLine]:
    """Return the files received, with what became of their records."""
    return Table(
        "received", say("Berkas yang diterima"), (
            Column("time", say("Waktu"), Kind.MOMENT, lambda line: line.time),
            Column("person", say("Orang"), Kind.TEXT, lambda line: line.person),
            Column("file", say("Berkas"), Kind.NAME, lambda line: line.file),
            Column("sender", say("Pengirim"), Kind.TEXT, lambda line: line.sender),
            *(Column(key, title, Kind.WHOLE, _figure(key)) for key, title in _outcomes()),
            Column("edited_outside", say("Disunting di Excel"), Kind.WHOLE, _figure("edited_outside")),
            Column("notes", say("Hal"), Kind.WHOLE, lambda line: len(line.notes)),
            Column("undone", say("Dibatalkan"), Kind.TEXT, _undone),
            _fingerprint(),
        ),
        lines, empty=say("Belum ada yang diterima."), known_by=lambda line: line.id, every_period=True,
    )


def _figure(key: str) -> Callable[[LogLine], int | None]:
    return lambda line: line.figure(key)


def _outcomes() -> tuple[tuple[str, str], ...]:
    return (("read", say("Dibaca")), ("new", say("Baru")), ("updated", say("Diperbarui")),
            ("identical", say("Sudah ada")), ("older", say("Lebih lama")), ("conflict", say("Konflik")),
            ("rejected", say("Tidak masuk")), (HELD, say("Menunggu keputusan")))  # of those that did not come in


# Which figures give way first where room is short.
_YIELDS = {"older": 6, "identical": 7, "read": 10, "updated": 11, "rejected": 13}


@report(lambda workspace, asked: known_senders(workspace, asked.area))
def senders(lines: Sequence[KnownSender] = ()) -> Table[KnownSender]:
    """Return who sent files here: how much came, when, and what did not."""
    return Table(
        "senders", say("Pengirim"), (
            Column("name", say("Ruang kerja"), Kind.NAME, lambda each: each.name, sample="n" * 17, stretches=True),
            Column("person", say("Orang"), Kind.TEXT, lambda each: each.person, sample="n" * 13, stretches=True),
            Column("role", say("Kantor"), Kind.TEXT, lambda each: Mark(each.role, role_words(each.role)),
                   sample=say("Fasilitator kelurahan")),
            Column("arrived", say("Terakhir diterima"), Kind.MOMENT, lambda each: each.arrived,
                   sample="24 September 2026, 14.00"),
            Column("silent_days", say("Hari tanpa kiriman"), Kind.WHOLE, lambda each: _silent_days(each.arrived),
                   sample="999", gives_way=9),
            Column("written", say("Dibuat"), Kind.MOMENT, lambda each: each.written or None,
                   sample="24 September 2026, 14.00", gives_way=5),
            Column("serial", say("Nomor paket"), Kind.WHOLE, lambda each: each.serial or None, gives_way=4),
            Column("files", say("Berkas"), Kind.WHOLE, lambda each: each.files, gives_way=8),
            *(Column("records" if key == "read" else f"{key}s" if key == "conflict" else key, title, Kind.WHOLE,
                     _counted(key), gives_way=_YIELDS.get(key, 0)) for key, title in _outcomes()),
            Column("missing", say("Simpanan yang belum datang"), Kind.WHOLE, lambda each: each.missing,
                   gives_way=12),
            Column("lacking", say("Untuk"), Kind.TEXT, _lacking, gives_way=3),
            Column("enrolment", say("Pendaftaran"), Kind.TEXT,
                   lambda each: Mark(each.enrolment, members.state_words(each.enrolment)),
                   sample=say("belum terdaftar"), gives_way=14),
            Column("events", say("Catatan kejadian"), Kind.TEXT, _events, gives_way=2),
            Column("node", say("Kode ruang kerja"), Kind.IDENTITY, lambda each: each.node, gives_way=1),
        ),
        lines, empty=say("Belum ada paket yang diterima."), known_by=lambda each: each.node, every_period=True,
        sums={"files": sum(each.files for each in lines), "records": sum(each.counts["read"] for each in lines)},
    )


@report(lambda workspace, _asked: members.members(workspace))
def enrolment(lines: Sequence[Member] = ()) -> Table[Member]:
    """Return who is enrolled, was, or asks to be, with the six words of each key."""
    return Table(
        "enrolment", say("Pendaftaran"), (
            Column("name", say("Nama"), Kind.NAME, lambda each: each.name),
            Column("role", say("Tugas"), Kind.TEXT, lambda each: Mark(each.role, role_words(each.role))),
            Column("regions", say("Wilayah"), Kind.TEXT, lambda each: ", ".join(map(region_name, each.regions))),
            Column("state", say("Keadaan"), Kind.TEXT, lambda each: Mark(each.state, members.state_words(each.state))),
            Column("since", say("Sejak"), Kind.DATE, lambda each: each.since or None),
            Column("until", say("Sampai"), Kind.DATE, lambda each: each.until or None),
            Column("by", say("Didaftarkan oleh"), Kind.TEXT, lambda each: each.by),
            Column("revoked", say("Dicabut"), Kind.MOMENT, lambda each: each.revoked or None),
            Column("reason", say("Alasan"), Kind.TEXT, lambda each: each.reason),
            Column("words", say("Enam kata"), Kind.TEXT, lambda each: each.words),
            Column("node", say("Kode ruang kerja"), Kind.IDENTITY, lambda each: each.node),
        ),
        lines, empty=say("Belum ada yang terdaftar."), known_by=lambda each: (each.key, each.state), every_period=True,
    )


def _events(sender: KnownSender) -> Mark | None:
    """Return how the events noted at a sender go on from those seen before."""
    words = checkpoints.standing_words(sender.events)
    return Mark(sender.events, words) if words else None


def _silent_days(arrived: str) -> int | None:
    """Return for how many days nothing came since; None where no day is told."""
    try:
        return max(0, (environment.today() - datetime.date.fromisoformat(arrived[:10])).days)
    except ValueError:
        return None


def _lacking(sender: KnownSender) -> str:
    """Return the kelurahan of which saves are missing; those of no kelurahan are told where there is none."""
    named = [region_name(place) for place in sender.lacking if place]
    return ", ".join(named or [say("semua wilayah") for _ in sender.lacking])


def _counted(key: str) -> Callable[[KnownSender], int]:
    return lambda each: each.counts[key]


# Conflicts


@report(lambda workspace, asked: [
    each for each in conflicts.disputed(workspace, asked.area, asked.rt)
    if not asked.period or each.subject.period in ("", asked.period)])
def open_conflicts(lines: Sequence[Disputed] = ()) -> Table[Disputed]:
    """Return the open conflicts, of any period, with both values and who gave each; the one in force first."""
    return Table(
        "conflicts", say("Konflik terbuka"), (
            *subjects.record(), subjects.period(),
            Column("question", say("Pertanyaan"), Kind.TEXT, lambda each: Mark(each.heading.question, _asked(each))),
            *_side(0, "first", say("Dipakai sekarang")), *_side(1, "second", say("Jawaban lain")),
            Column("others", say("Lainnya"), Kind.TEXT, lambda each: "; ".join(
                joined((_answer(each, one), _givers(one))) for one in each.alternatives[2:]), private_in=_is_private),
            subjects.code(),
        ),
        lines, empty=say("Tidak ada konflik"), known_by=lambda each: (each.heading.id, each.heading.question),
        every_period=True,
    )


def _asked(conflict: Disputed) -> str:
    if conflict.heading.question == "alive":
        return say("dihapus atau tetap?")
    return f"{conflict.heading.number} {conflict.heading.wording}".strip()


def _answer(conflict: Disputed, given: Alternative) -> str:
    """Return a value in words; of an identity number only the ends."""
    heading = conflict.heading
    private = given.value is not None and record_names.is_identity(heading.form, heading.question)
    return masked(given.value) if private else given.shown


def _is_private(conflict: Disputed) -> bool:
    question = record_names.form_of(conflict.heading.form).question(conflict.heading.question)
    return question is not None and question.private


def _givers(given: Alternative) -> str:
    return ", ".join(dict.fromkeys(side.person for side in given.sides if side.person))


def _side(place: int, key: str, title: str) -> Iterator[Column[Disputed]]:
    def of(show: Callable[[Disputed, Alternative], str]) -> Callable[[Disputed], str | None]:
        return lambda each: show(each, each.alternatives[place]) or None if place < len(each.alternatives) else None

    yield Column(key, title, Kind.TEXT, of(_answer), private_in=_is_private)
    yield Column(f"{key}_person", say("Orang"), Kind.TEXT, of(lambda _each, given: _givers(given)))
    yield Column(f"{key}_workspace", say("Ruang kerja"), Kind.TEXT, of(lambda _each, given: given.sides[0].workspace))
    yield Column(f"{key}_time", say("Waktu"), Kind.MOMENT, of(lambda _each, given: given.sides[0].time))


# What waits for a person


@report(lambda workspace, asked: [
    each for each in quarantine.answers(quarantine.waiting(workspace))
    if not asked.area or concerns(each.subject.region, asked.area)])
def held_records(lines: Sequence[HeldAnswer] = ()) -> Table[HeldAnswer]:
    """Return the records of bundles that wait for a person: who sent them, why they wait, what they would change."""
    return Table(
        "quarantine", say("Menunggu keputusan"), (
            Column("record", say("Catatan"), Kind.NAME, lambda each: each.subject.title, is_private=True,
                   sample="n" * 14, stretches=True),
            Column("place", say("Tempat"), Kind.TEXT, lambda each: each.subject.place, below="record"),
            Column("answer", say("Jawaban lama → baru"), Kind.TEXT, _held_answers, private_in=_held_private,
                   sample="n" * 20, stretches=True),
            Column("asked", say("Pertanyaan"), Kind.TEXT, _held_question, below="answer"),
            Column("workspace", say("Pengirim"), Kind.TEXT, lambda each: each.held.sender.workspace,
                   sample="n" * 12, stretches=True),
            Column("why", say("Mengapa menunggu"), Kind.TEXT, lambda each: each.held.why, below="workspace"),
            *(replace(column, is_aside=True) for column in _held_aside()),
        ),
        lines, empty=say("Tidak ada yang menunggu keputusan."), every_period=True,
        known_by=lambda each: (each.held.sender.node, each.held.sender.key, each.subject.id,
                               each.change.question if each.change else ""),
    )


def _held_aside() -> Iterator[Column[HeldAnswer]]:
    """Yield what files tell beside that: where it lies, both answers by themselves, who sent it and when."""
    yield from (column for column in subjects.record() if column.key != "record")
    yield subjects.period()
    yield Column("before", say("Lama"), Kind.TEXT, lambda each: _held_answer(each, 0), private_in=_held_private)
    yield Column("after", say("Baru"), Kind.TEXT, lambda each: _held_answer(each, 1), private_in=_held_private)
    yield Column("person", say("Orang"), Kind.TEXT, lambda each: each.held.sender.person)
    yield Column("role", say("Kantor"), Kind.TEXT,
                 lambda each: Mark(each.held.sender.role, role_words(each.held.sender.role)))
    yield Column("arrived", say("Diterima"), Kind.MOMENT, lambda each: each.held.arrived)
    yield Column("fingerprint", say("Tanda"), Kind.TEXT, lambda each: each.held.sender.fingerprint)
    yield Column("node", say("Kode ruang kerja"), Kind.IDENTITY, lambda each: each.held.sender.node)
    yield subjects.code()


def _held_answers(each: HeldAnswer) -> str | None:
    return " → ".join(filter(None, (_held_answer(each, side) for side in range(2)))) or None


def held_change(each: HeldAnswer) -> str:
    """Say in one line which answer would become what; nothing where no answer that people read would change."""
    return f"{asked(told(each.change))}: {_held_answers(each)}" if each.change else ""


def _held_question(each: HeldAnswer) -> Mark | None:
    return Mark(each.change.question, asked(told(each.change))) if each.change else None


def _held_answer(each: HeldAnswer, side: int) -> str | None:
    if each.change is None:
        return None
    words = told(each.change)
    return (words.before, words.after)[side]


def _held_private(each: HeldAnswer) -> bool:
    question = record_names.form_of(each.subject.form).question(each.change.question) if each.change else None
    return question is not None and question.private


# What a bundle would hold, and would change


def bundle_contents(lines: Sequence[RtContents] = (), *, partly: bool = True) -> Table[RtContents]:
    """Return the table of records that a bundle would hold of each RT; `partly` says that some of them are left out."""
    columns: tuple[Column[RtContents], ...] = (
        Column("rt", say("RT"), Kind.NAME, lambda each: each.rt or say("tanpa RT"), sample="001/005 ",
               stretches=True, is_fixed=True),
        Column("region", say("Kelurahan/desa"), Kind.TEXT, lambda each: region_name(each.region), varies=True,
               sample="Tiga-puluh-enam Ilir", stretches=True, is_fixed=True, gives_way=1),
        Column("households", say("Rumah"), Kind.WHOLE, lambda each: each.households, sample="0.000", is_fixed=True),
        Column("going", say("Dikirim"), Kind.WHOLE, lambda each: each.going, sample="0.000", is_fixed=True),
        Column("incomplete", say("Belum lengkap"), Kind.WHOLE, lambda each: each.incomplete, sample="0.000",
               shown=lambda each: _NONE if each.incomplete is None else written.number(each.incomplete),
               is_fixed=True),
        Column("survey", say("Lingkungan"), Kind.TEXT, lambda each: _is_there(there=each.surveyed),
               sample="belum ", is_fixed=True),
        Column("recap", say("Rekap"), Kind.TEXT, lambda each: _is_there(there=each.recapped),
               sample="belum ", is_fixed=True),
    )
    return Table("bundle_contents", say("Isi paket per RT"),
                 tuple(each for each in columns if partly or each.key != "going"), lines,
                 known_by=lambda each: (each.region, each.rt))


def _is_there(*, there: bool) -> Mark:
    return Mark("there", say("ada")) if there else Mark("missing", say("belum"))


def movements(lines: Sequence[RtMovement] = ()) -> Table[RtMovement]:
    """Return the RTs before and after receiving."""
    return Table(
        "movements", say("Jumlah per RT, sebelum dan sesudah"), (
            Column("rt", say("RT"), Kind.NAME, lambda each: each.rt, sample="001/005 ", stretches=True, is_fixed=True),
            Column("region", say("Kelurahan/desa"), Kind.TEXT, lambda each: region_name(each.region), varies=True,
                   sample="Tiga-puluh-enam Ilir", is_fixed=True, gives_way=1),
            *_moved("households", say("Rumah"), lines, _households, lambda each: each.households),
            *_moved("water", say("Air aman (3a)"), lines, _water, _water_share),
            *_moved("score", say("Nilai kumuh"), lines, _score, lambda each: each.score),
        ),
        lines, known_by=lambda each: (each.region, each.rt), explains=_doubts,
        scored=lambda each: Subject(Scope(each.region, each.rt)) if each.after is not None else None,
    )


def _doubts(movement: RtMovement) -> str:
    """Say of an RT why its score may still change, and what gives another one."""
    standing = movement.after or movement.before
    words = " ".join(standing.reasons) if standing else ""
    return joined((say("RT {number}", number=movement.rt), words)) if words else ""


def _moved(
    key: str, title: str, lines: Sequence[RtMovement], show: Callable[[RtStanding], str],
    value: Callable[[RtStanding], Value],
) -> Iterator[Column[RtMovement]]:
    """Yield a figure of both times as the window has it, and aside the two as numbers."""
    def of(movement: RtMovement) -> str:
        before, after = (show(each) if each else _NONE for each in (movement.before, movement.after))
        return after if before == after else f"{before} → {after}"

    kind = Kind.SHARE if key == "water" else Kind.WHOLE
    sample = max(map(of, lines), key=len, default="")  # what there is, for the table shares a small page
    yield Column(key, title, Kind.WHOLE, of, sample=sample, is_fixed=True)
    yield Column(f"{key}_before", say("{title} sebelum", title=title), kind,
                 lambda each: value(each.before) if each.before else None, is_aside=True)
    yield Column(f"{key}_after", say("{title} sesudah", title=title), kind,
                 lambda each: value(each.after) if each.after else None, is_aside=True)


def _households(standing: RtStanding) -> str:
    return written.number(standing.households)


def _water(standing: RtStanding) -> str:
    return _NONE if standing.water is None else written.percent(standing.water)


def _water_share(standing: RtStanding) -> Fraction | None:
    return None if standing.water is None else Fraction(standing.water) / 100


def _score(standing: RtStanding) -> str:
    told = f"{standing.score} {say(standing.level)}"
    return say("{score}, sementara", score=told) if standing.provisional else told


def changed_answers(lines: Sequence[ReceivedChange] = ()) -> Table[ReceivedChange]:
    """Return the answers that were here already and become others."""
    return _answers("changed_answers", say("Jawaban yang berubah"), say("Jawaban lama → baru"), lines, changed)


def edited_cells(lines: Sequence[EditedOutside] = ()) -> Table[EditedOutside]:
    """Return the cells that were edited outside the program."""
    return _answers("edited_cells", say("{count} sel disunting di Excel", count=len(lines)), say("Isi lama → baru"),
                    lines, edited)


def told(change: ReceivedChange) -> Worded:
    """Return a change in words; of an identity number only the ends."""
    words = change.in_words()
    if not record_names.is_identity(change.subject.form, change.question):
        return words
    before, after = (masked(each) if each is not None else say("(kosong)") for each in (change.before, change.after))
    return words._replace(before=before, after=after)


def asked(words: Worded) -> str:
    """Return number and wording of the question on one line."""
    return f"{words.number} {words.wording}".strip()


class Answered(NamedTuple):
    """An answer in words: whose record and where, old and new, and what was asked."""

    record: str
    place: str
    before: str | None
    after: str
    asked: str

    @property
    def both(self) -> str:
        """Return old and new, or the new one where nobody knows the old."""
        return self.after if self.before is None else f"{self.before} → {self.after}"


def changed(change: ReceivedChange) -> Answered:
    """Return an answer that a bundle changes in words."""
    words = told(change)
    return Answered(words.record, words.place, words.before, words.after, asked(words))


def edited(cell: EditedOutside) -> Answered:
    """Return a cell that was edited outside in words, identity numbers masked."""
    private = record_names.is_identity(cell.subject.form, cell.question)
    before, now = (masked(each) if private and each else each for each in (cell.before, cell.now))
    question = " ".join(cell.asked).strip()
    return Answered(cell.subject.title, cell.subject.place, before, now or say("(kosong)"),
                   f"{cell.sheet} {cell.cell} · {question}")


def _answers(
    name: str, title: str, answer: str, lines: Sequence[Line], read: Callable[[Line], Answered]
) -> Table[Line]:
    return Table(
        name, title, (
            Column("record", say("Catatan"), Kind.NAME, lambda each: read(each).record, sample="n" * 14,
                   stretches=True, is_fixed=True),
            Column("place", say("Tempat"), Kind.TEXT, lambda each: read(each).place, below="record"),
            Column("answer", answer, Kind.TEXT, lambda each: read(each).both, sample="n" * 28, stretches=True,
                   is_fixed=True),
            Column("asked", say("Pertanyaan"), Kind.TEXT, lambda each: read(each).asked, below="answer"),
            Column("before", say("Lama"), Kind.TEXT, lambda each: read(each).before, is_aside=True),
            Column("after", say("Baru"), Kind.TEXT, lambda each: read(each).after, is_aside=True),
        ),
        lines,
    )
