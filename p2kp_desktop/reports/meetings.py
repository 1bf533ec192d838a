"""Meetings with who came and what they decided, and the decisions nobody has carried out yet."""

from collections.abc import Sequence

from p2kp_desktop.actions.community import meetings as community_meetings
from p2kp_desktop.actions.community.meetings import MeetingLine, OpenDecision
from p2kp_desktop.forms.meeting import KINDS, Task
from p2kp_desktop.language import say, say_many
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table
from p2kp_desktop.store import Workspace

from .marks import FIT, LATE, OPEN, joined, some
from .registry import Group, reports_of

report = reports_of(Group.COMMUNITY)


def _where(line: MeetingLine) -> str:
    return line.area or (region_name(line.region) if line.region else "")


def _kind(line: MeetingLine) -> str:
    return say(KINDS.show(line.kind)) if line.kind else ""


def _carried_out(line: MeetingLine) -> Mark:
    """Return how far what a meeting decided is carried out."""
    if not line.decisions:
        return Mark("none", "–")
    if not line.open:
        return Mark("done", say("selesai"))
    if line.late:
        return Mark(LATE, say("{open}, {late} lewat", open=line.open, late=line.late))
    return Mark(OPEN, written.number(line.open))


_SIGNS = {"done": FIT, LATE: LATE}


def _meetings_of(workspace: Workspace, asked: Scope) -> list[MeetingLine]:
    return [line for line in community_meetings.lines(workspace, asked.area) if asked.period in ("", line.period)]


@report(_meetings_of)
def meetings(lines: Sequence[MeetingLine] = ()) -> Table[MeetingLine]:
    """Return the meetings in sight of an area."""
    return Table(
        "meetings", say_many("Pertemuan"), (
            Column("date", say("Tanggal"), Kind.DATE, lambda line: line.date or None,
                   shown=lambda line: written.day(line.date), sample="24 September 2026",
                   by=lambda line: (line.date, line.id)),
            Column("name", say("Pertemuan"), Kind.NAME, lambda line: line.name or _kind(line), sample="n" * 22,
                   stretches=True, wraps=True, by=lambda line: line.name.casefold()),
            Column("kind", say("Jenis"), Kind.TEXT, lambda line: Mark(line.kind, _kind(line)) if line.kind else None,
                   sample="Rembug kesiapan masyarakat", gives_way=2, by=lambda line: (line.kind, line.date)),
            Column("where", say("Wilayah"), Kind.TEXT, _where, sample="n" * 16, gives_way=1,
                   by=lambda line: (_where(line).casefold(), line.date)),
            Column("men", say("L"), Kind.WHOLE, lambda line: some(line.came.men), sample="1.000",
                   by=lambda line: -line.came.men),
            Column("women", say("P"), Kind.WHOLE, lambda line: some(line.came.women), sample="1.000",
                   by=lambda line: -line.came.women),
            Column("mbr", say("MBR"), Kind.WHOLE, lambda line: some(line.came.mbr), sample="1.000",
                   by=lambda line: -line.came.mbr),
            Column("decisions", say("Keputusan"), Kind.WHOLE, lambda line: line.decisions, is_aside=True),
            Column("waiting", say("Keputusan terbuka"), Kind.WHOLE, lambda line: line.open, is_aside=True),
            Column("late", say("Lewat tenggat"), Kind.WHOLE, lambda line: line.late, is_aside=True),
            Column("open", say("Terbuka"), Kind.VERDICT, _carried_out,
                   icon=lambda line: _SIGNS.get(_carried_out(line).code, OPEN),
                   sample=say("{open}, {late} lewat", open=10, late=10), by=lambda line: (-line.late, -line.open)),
        ),
        lines, empty=say("Belum ada pertemuan. N mencatat yang pertama."), known_by=lambda line: line.id,
        record=lambda line: ("meeting", line.id),
        every_period=True, sums=_sums(lines),
    )


def _sums(lines: Sequence[MeetingLine]) -> dict[str, int]:
    sums = community_meetings.totals(lines)
    return {"men": sums.came.men, "women": sums.came.women, "mbr": sums.came.mbr, "decisions": sums.decisions,
            "waiting": sums.open, "late": sums.late}


@report(lambda workspace, asked: community_meetings.open_decisions(workspace, asked.area))
def open_decisions(lines: Sequence[OpenDecision] = ()) -> Table[OpenDecision]:
    """Return the table of decisions of the meetings in sight of an area that nobody has carried out."""
    return Table(
        "open_decisions", say("Keputusan terbuka"), (
            Column("due", say("Tenggat"), Kind.DATE, lambda each: each.due or None, icon=_lateness,
                   shown=lambda each: written.day(each.due) or say("tanpa tenggat"), sample="24 September 2026",
                   by=lambda each: each.due or "9"),
            Column("standing", say("Keadaan"), Kind.TEXT, is_aside=True,
                   of=lambda each: Mark(LATE, say("lewat tenggat")) if each.late else Mark(OPEN, say("terbuka"))),
            Column("kind", say("Jenis"), Kind.SMALL, is_aside=True,
                   of=lambda each: Mark(each.form, say("tugas") if each.form == Task.key else say("keputusan"))),
            Column("text", say("Keputusan"), Kind.NAME, lambda each: each.text, sample="n" * 30, stretches=True,
                   wraps=True),
            Column("responsible", say("Penanggung jawab"), Kind.TEXT, lambda each: each.responsible, sample="n" * 18,
                   wraps=True),
            Column("meeting", say("Pertemuan"), Kind.TEXT, meeting_of, sample="n" * 20, gives_way=1, wraps=True),
        ),
        lines, empty=say("Semua keputusan sudah dijalankan."), known_by=lambda each: each.decision,
        record=lambda each: ("decision", each.decision),
    )


def _lateness(each: OpenDecision) -> str:
    return LATE if each.late else OPEN


def meeting_of(each: OpenDecision) -> str:
    """Return the meeting that decided it, with its day."""
    return joined((each.name, written.day(each.date)))
