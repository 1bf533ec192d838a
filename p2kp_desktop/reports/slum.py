"""Which RTs are slum, by which criteria, since which period, and whether that is new.

One report, the answer to question 2 of Laporan; what is found for it is said in actions/scores/slum_list.py.
"""

from collections.abc import Sequence
from fractions import Fraction

from p2kp_desktop.actions.scores import slum_list
from p2kp_desktop.actions.scores.slum_list import ENTERED, GONE, LEFT, NEW, STAYS, WORST, SlumRt
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Subject, Table

from .areas import level
from .registry import Group, reports_of

report = reports_of(Group.FIGURES)


def state_word(state: str) -> str:
    """Return the change of an RT in words."""
    return {
        NEW: say("baru dinilai"), STAYS: say("tetap kumuh"), ENTERED: say("menjadi kumuh"),
        LEFT: say("keluar dari kumuh"), GONE: say("belum dinilai lagi"),
    }[state]


def why(line: SlumRt) -> str:
    """Return the criteria that weigh most, with their scores: 3a = 5, 6a = 5, 1c = 3."""
    named = [f"{code} = {score}" for code, score in line.worst[:WORST]]
    more = len(line.worst) - len(named)
    return ", ".join(named) + (say(" dan {number} lainnya", number=more) if more > 0 else "")


def _change(line: SlumRt) -> int | None:
    return None if line.total is None or line.before is None else line.total - line.before


def _changed(line: SlumRt) -> str:
    grown = _change(line)
    if grown is None:
        return ""
    since = say("dari {before} ({period})", before=line.before, period=line.before_period)
    return f"{grown:+d} {since}" if grown else say("tetap {since}", since=since)


@report(lambda workspace, asked: slum_list.slum_rts(workspace, asked.area, asked.period, asked.rt))
def slum(lines: Sequence[SlumRt] = ()) -> Table[SlumRt]:
    """Return the RTs that are slum, or were in the period before."""
    slums = [line for line in lines if line.state in (NEW, STAYS, ENTERED)]
    counts = [f"{state_word(state)} {written.number(slum_list.counted(lines, state))}"
              for state in (STAYS, NEW, ENTERED, LEFT, GONE) if slum_list.counted(lines, state)]
    return Table(
        "slum", say("RT kumuh: mengapa, sejak kapan, apa yang berubah"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.region, varies=True,
                   sample="Tiga-puluh-enam Ilir"),
            Column("rt", say("RT"), Kind.RT, lambda line: line.rt, sample="RT 000 / RW 00"),
            Column("total", say("Nilai"), Kind.WHOLE, lambda line: line.total, sample="00"),
            Column("level", say("Tingkat"), Kind.SMALL, lambda line: Mark(line.level, _level(line)),
                   by=lambda line: line.total or 0, sample=level(1, "Kumuh sedang", provisional=True)),
            Column("why", say("Mengapa"), Kind.TEXT, why, sample="3a = 5, 6a = 5, 1c = 3, 7a = 5 dan 10 lainnya",
                   stretches=True, is_fixed=True),
            Column("since", say("Sejak"), Kind.TEXT, lambda line: line.since, sample="2026-awal"),
            Column("state", say("Yang berubah"), Kind.TEXT, lambda line: Mark(line.state, state_word(line.state)),
                   sample=say("keluar dari kumuh")),
            Column("change", say("Perubahan nilai"), Kind.WHOLE, _change, shown=_changed, gives_way=2,
                   sample="+10 dari 25 (2025)"),
            Column("hectares", say("Luas"), Kind.DECIMAL, lambda line: line.hectares, unit="ha", gives_way=1,
                   shown=lambda line: written.hectares(line.hectares), sample="00,00 ha"),
        ),
        lines, empty=say("Tidak ada RT kumuh di sini pada periode ini, dan tidak ada pada periode sebelumnya."),
        sums={"hectares": sum((line.hectares for line in slums), Fraction())} if lines else {},
        notes=(say("Jumlah hektare hanya dari RT yang kumuh pada periode ini. {counts}.",
                   counts=" · ".join(counts)),) if lines else (),
        known_by=lambda line: (line.region, line.rt),
        scored=lambda line: Subject(Scope(line.region, line.rt)) if line.total is not None else None,
    )


def _level(line: SlumRt) -> str:
    return level(line.total, line.level_name, provisional=line.provisional)
