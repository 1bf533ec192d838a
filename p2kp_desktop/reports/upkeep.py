"""What keeps the data safe and right: backups, trash, comments, copies of erased data, who had the laptop when."""

from collections.abc import Sequence
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common import backups as backups_kept
from p2kp_desktop.actions.common.backups import Backup, Holdings
from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.actions.recording import trash as trash_kept
from p2kp_desktop.actions.recording.trash import Deletion
from p2kp_desktop.actions.review import comments as comments_kept
from p2kp_desktop.actions.review.comments import Commented
from p2kp_desktop.actions.upkeep import copies_left, handing_over, moves_followed
from p2kp_desktop.actions.upkeep.copies_left import Remain
from p2kp_desktop.actions.upkeep.handing_over import Event
from p2kp_desktop.actions.upkeep.moves_followed import Late
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.schema.table import Column, Kind, Mark, Table
from p2kp_desktop.store import Workspace
from p2kp_desktop.store import prints as printed
from p2kp_desktop.store.prints import Print
from p2kp_desktop.store.tabling import Filter

from . import subjects
from .marks import some
from .registry import Group, reports_of

report = reports_of(Group.UPKEEP)

# Backups


def backup_moment(backup: Backup) -> str:
    """Return when a backup was made: 24 November 2026, 14.00.07; several may be of one minute."""
    shown = written.moment(backup.made, seconds=True)
    if backup.made.date() > environment.today():
        return say("{moment} (jam laptop waktu itu salah)", moment=shown)
    return shown


def held(holdings: Holdings | None) -> str:
    """Return how many households and other records there are, or that they cannot be read."""
    if holdings is None:
        return say("tidak terbaca")
    houses = say("{number} rumah", number=written.number(holdings.households))
    if not holdings.others:
        return houses
    return say("{houses} · {others} catatan lain", houses=houses, others=written.number(holdings.others))


def _backups(workspace: Workspace) -> tuple[Backup, ...]:
    return backups_kept.listed(Path(workspace.name), backups_kept.second_folder(workspace))


@report(lambda workspace, _asked: _backups(workspace))
def backups(lines: Sequence[Backup] = ()) -> Table[Backup]:
    """Return the backups of a workspace."""
    return Table(
        "backups", say("Daftar cadangan"), (
            Column("moment", say("Waktu"), Kind.NAME, backup_moment, sample="24 September 2026, 14.00.07 ",
                   stretches=True, is_fixed=True),
            Column("holdings", say("Isi"), Kind.TEXT, lambda each: held(each.holdings),
                   sample=held(Holdings(100_000, 10_000)) + "   ", is_fixed=True),
            Column("size", say("Ukuran"), Kind.WHOLE, lambda each: each.size, unit="byte",
                   shown=lambda each: written.size(each.size), sample="1.000,0 MB", gives_way=1, is_fixed=True),
            Column("where", say("Tempat"), Kind.TEXT, place_of, sample=say("Folder kedua") + "   ", is_fixed=True),
            Column("made", say("Dibuat"), Kind.MOMENT, lambda each: each.made.isoformat(), is_aside=True),
            Column("households", say("Rumah"), Kind.WHOLE,
                   lambda each: each.holdings.households if each.holdings else None, is_aside=True),
            Column("others", say("Catatan lain"), Kind.WHOLE,
                   lambda each: each.holdings.others if each.holdings else None, is_aside=True),
            Column("file", say("Berkas"), Kind.TEXT, lambda each: str(each.path), is_aside=True),
        ),
        lines, empty=say("Belum ada cadangan. Yang pertama dibuat setelah ada yang disimpan."),
        known_by=lambda each: each.path, every_period=True,
    )


def place_of(backup: Backup) -> Mark:
    """Return where a backup lies."""
    return Mark("second", say("Folder kedua")) if backup.second else Mark("here", say("Laptop ini"))


# The trash


@report(lambda workspace, asked: trash_kept.everything(workspace, Filter(asked.area, asked.period, asked.rt)))
def trash(lines: Sequence[Deletion] = ()) -> Table[Deletion]:
    """Return the records in the trash, with who put each there, when and why."""
    return Table(
        "trash", say("Tempat sampah"), (
            *subjects.record(),
            subjects.period(),
            Column("person", say("Dihapus oleh"), Kind.TEXT, lambda each: each.person),
            Column("time", say("Waktu"), Kind.MOMENT, lambda each: each.time or None),
            Column("reason", say("Alasan"), Kind.TEXT, lambda each: each.reason),
            Column("origin", say("Cara"), Kind.TEXT, lambda each: each.origin),
            subjects.code(),
        ),
        lines, empty=say("Tempat sampah kosong."), known_by=lambda each: each.subject.id,
    )


# Comments


@report(lambda workspace, asked: comments_kept.everything(workspace, asked.area, asked.period, asked.rt))
def comments(lines: Sequence[Commented] = ()) -> Table[Commented]:
    """Return the comments of reviewers and what was answered, with the record and question each is on."""
    return Table(
        "comments", say("Catatan pemeriksa"), (
            *subjects.record(),
            Column("question", say("Pertanyaan"), Kind.TEXT, lambda each: Mark(
                each.thread.question, f"{each.thread.number} {each.thread.wording}".strip())),
            Column("text", say("Isi catatan"), Kind.TEXT, lambda each: each.said.text, is_private=True),
            Column("person", say("Orang"), Kind.TEXT, lambda each: each.said.person),
            Column("role", say("Kantor"), Kind.TEXT, lambda each: Mark(each.said.role, role_words(each.said.role))),
            Column("time", say("Waktu"), Kind.MOMENT, lambda each: each.said.time),
            Column("state", say("Keadaan"), Kind.TEXT, _comment_state),
            subjects.code(),
        ),
        lines, empty=say("Tidak ada catatan pemeriksa."), known_by=lambda each: each.said.id,
    )


def _comment_state(comment: Commented) -> Mark | None:
    if comment.said.done:
        return Mark("done", say("sudah ditindaklanjuti"))
    return Mark("asked", say("menunggu")) if comment.said.asks else None


# What is left of erased data, RTs that moved, turns of the laptop


@report(lambda workspace, _asked: copies_left.remains(workspace))
def erased_copies(lines: Sequence[Remain] = ()) -> Table[Remain]:
    """Return the copies that may still hold what was erased."""
    return Table(
        "erased_copies", say("Salinan yang masih memuat data yang dihapus"), (
            Column("file", say("Berkas"), Kind.NAME, lambda each: each.path.name),
            Column("kind", say("Jenis"), Kind.TEXT, lambda each: Mark(each.kind, _copies()[each.kind])),
            Column("there", say("Terlihat dari sini"), Kind.TEXT, lambda each: Mark(
                "there", say("ya")) if each.there else Mark("away", say("tidak"))),
            Column("folder", say("Folder"), Kind.TEXT, lambda each: str(each.path.parent)),
        ),
        lines, empty=say("Tidak ada salinan yang memuat data yang dihapus."),
        known_by=lambda each: (each.path, each.kind), every_period=True,
    )


def _copies() -> dict[str, str]:
    return {
        copies_left.BACKUP: say("Cadangan"), copies_left.ORIGINAL: say("Berkas yang dulu diterima"),
        copies_left.SENT: say("Berkas yang dulu dikirim"), copies_left.PHOTO: say("Foto atau pindaian"),
        copies_left.HALF: say("Salinan yang terputus di tengah"),
        copies_left.UNUSED: say("Bagian berkas ruang kerja yang tidak terpakai"),
    }


@report(lambda workspace, asked: [
    each for each in moves_followed.late(workspace)
    if concerns(each.region, asked.area) and asked.rt in (None, each.old, each.new)])
def late_moves(lines: Sequence[Late] = ()) -> Table[Late]:
    """Return the RTs under whose old name records came after they were renamed."""
    return Table(
        "late_moves", say("Data yang datang atas nama RT lama"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda each: each.region),
            Column("old", say("RT lama"), Kind.TEXT, lambda each: each.old),
            Column("new", say("RT baru"), Kind.TEXT, lambda each: each.new),
            Column("period", say("Periode"), Kind.TEXT, lambda each: each.period or say("semua")),
            Column("households", say("Rumah"), Kind.WHOLE, lambda each: each.households),
            Column("others", say("Data RT"), Kind.WHOLE, lambda each: some(each.others)),
        ),
        lines, empty=say("Tidak ada data yang datang atas nama RT lama."),
        known_by=lambda each: (each.region, each.old, each.period), every_period=True,
    )


@report(lambda workspace, _asked: handing_over.events(workspace))
def handovers(lines: Sequence[Event] = ()) -> Table[Event]:
    """Return who handed this laptop's workspace over to whom, and when it rested."""
    words = {
        handing_over.HANDED: Mark("handed", say("Serah terima")), handing_over.RETIRED: Mark(
            "retired", say("Diistirahatkan")), handing_over.REVIVED: Mark("revived", say("Diaktifkan lagi")),
    }
    return Table(
        "handovers", say("Serah terima"), (
            Column("time", say("Waktu"), Kind.MOMENT, lambda each: each.time),
            Column("what", say("Peristiwa"), Kind.TEXT, lambda each: words[each.what]),
            Column("before", say("Dari"), Kind.TEXT, lambda each: each.before),
            Column("after", say("Kepada"), Kind.TEXT, lambda each: each.after),
            Column("reason", say("Alasan"), Kind.TEXT, lambda each: each.reason),
        ),
        lines, empty=say("Belum pernah ada serah terima."), known_by=lambda each: each.time, every_period=True,
    )


# What was printed

_MOST_PRINTS = 5000


def _prints(workspace: Workspace) -> list[Print]:
    with workspace.asking() as connection:
        return printed.latest(connection, _MOST_PRINTS)


@report(lambda workspace, _asked: _prints(workspace))
def prints(lines: Sequence[Print] = ()) -> Table[Print]:
    """Return the documents that left this workspace on paper or as PDF, the latest first."""
    return Table(
        "prints", say("Yang dicetak"), (
            Column("time", say("Waktu"), Kind.MOMENT, lambda each: each.time, sample="24 September 2026, 14.00"),
            Column("title", say("Cetakan"), Kind.NAME, lambda each: each.title, sample="n" * 32, wraps=True,
                   stretches=True),
            Column("person", say("Oleh"), Kind.TEXT, lambda each: each.person, sample="Muhammad Sukarman"),
            Column("pages", say("Lembar"), Kind.WHOLE, lambda each: each.pages, sample="1.000"),
            Column("names", say("Nama dan NIK"), Kind.TEXT,
                   lambda each: say("lengkap") if each.names else say("disamarkan"), sample=say("disamarkan")),
            Column("reason", say("Alasan"), Kind.SMALL, lambda each: each.reason, sample="n" * 20, wraps=True,
                   gives_way=1),
            Column("digest", say("Sidik"), Kind.SMALL, lambda each: each.digest, sample="a1b2c3d4", gives_way=2),
        ),
        lines, empty=say("Belum ada yang dicetak dari ruang kerja ini."), every_period=True,
        known_by=lambda each: (each.time, each.digest),
    )
