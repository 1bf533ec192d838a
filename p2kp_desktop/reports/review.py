"""What waits for an office, or came back to a facilitator, and what a review act could not take on."""

from collections.abc import Sequence

from p2kp_desktop.actions.review import review_queue
from p2kp_desktop.actions.review.review_acts import Hindered
from p2kp_desktop.actions.review.review_queue import PendingRecord
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table, standing
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.standing import CHANGED, READY

from .marks import asked
from .registry import Group, reports_of

report = reports_of(Group.OFFICES)


def _waiting(workspace: Workspace, asked_for: Scope) -> list[PendingRecord]:
    found = review_queue.queue(workspace, asked_for.area, asked_for.period, whole=True)
    return [line for line in found.lines if asked_for.rt in (None, line.rt)]


@report(_waiting)
def waiting(lines: Sequence[PendingRecord] = (), left: int = 0) -> Table[PendingRecord]:
    """Return the records of every form that wait for this office, those handed in first; `left` are more."""
    return Table(
        "waiting", say("Menunggu diperiksa"), (
            Column("check", "", Kind.CHECK, lambda _line: None),
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.region, varies=True, gives_way=1,
                   by=lambda line: region_name(line.region), sample="Tiga-puluh-enam Ilir"),
            Column("rt", say("RT"), Kind.IDENTITY, lambda line: line.rt,
                   shown=lambda line: rt_words(line.rt) if line.rt else "–", sample="RT 000 / RW 00"),
            Column("title", say("Formulir"), Kind.TEXT, lambda line: line.title, sample="Survei Lingkungan RT"),
            Column("name", say("Rumah"), Kind.NAME, lambda line: line.name, sample="000 · Muhammad Sukarman",
                   stretches=True, is_private=True),
            Column("standing", say("Status"), Kind.STATUS, _standing,
                   marks=(standing("returned"), standing("changed", say("sesudah diverifikasi")))),
            Column("comments", say("Catatan"), Kind.VERDICT, lambda line: asked(line.comments), sample="00",
                   by=lambda line: line.comments),
        ),
        lines, empty=say("Tidak ada yang menunggu diperiksa di sini."), known_by=lambda line: (line.form, line.id),
        notes=(say("{number} lagi sesudah ini", number=written.number(left)),) if left > 0 else (),
    )


def _standing(line: PendingRecord) -> Mark:
    chip = "waiting" if line.standing == READY else line.standing
    return standing(chip, say("sesudah diverifikasi") if chip == CHANGED else "")


def hindered(lines: Sequence[Hindered] = ()) -> Table[Hindered]:
    """Return the records that an act could not take on, each with its reasons."""
    return Table(
        "hindered", say("Yang belum dapat"), (
            Column("name", say("Belum dapat"), Kind.NAME, lambda line: line.name, sample="000 · Muhammad Sukarman",
                   is_private=True),
            Column("rt", say("RT"), Kind.IDENTITY, lambda line: line.rt,
                   shown=lambda line: rt_words(line.rt) if line.rt else "", sample="RT 000 / RW 00", gives_way=1),
            Column("why", say("Alasan"), Kind.TEXT, lambda line: " ".join(line.reasons),
                   sample="00: konflik belum diselesaikan.", stretches=True, wraps=True, is_fixed=True),
        ),
        lines, known_by=lambda line: (line.form, line.id),
    )
