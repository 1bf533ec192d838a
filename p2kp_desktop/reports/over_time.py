"""100-0-100 over time, as reports: areas and periods side by side, their indicators, RTs that came and went.

What is counted stands in rules/indicators.py, how periods are compared in actions/scores/over_time.py.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from p2kp_desktop.actions.scores import over_time
from p2kp_desktop.actions.scores.over_time import CrossLine, IndicatorLine, SlumLine, Stage
from p2kp_desktop.language import say
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.comparison import ENTERED, GONE, LEFT, NEW
from p2kp_desktop.rules.indicators import BY_KEY, Figure
from p2kp_desktop.rules.profile import GROUPS
from p2kp_desktop.rules.targets import Hundreds, Served
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Subject, Table
from p2kp_desktop.store import Workspace

from .registry import Group, reports_of

report = reports_of(Group.FIGURES)


def area_name(stage: Stage) -> str:
    """Return the name of an area, or of an RT."""
    return rt_words(stage.rt) if stage.rt else region_name(stage.region)


def doubts(stage: Stage) -> str:
    """Return why the figures of an area may still change and what else is to be known of them, "" for nothing."""
    base = stage.hundreds.base
    parts = [say("sementara: {why}", why="; ".join(base.reasons))] if base.reasons else []
    return "; ".join([*parts, *base.beside])


def _doubts_of(stage: Stage) -> str:
    """Return the doubts about the figures of an area and period, with the names of both."""
    return f"{area_name(stage)} {stage.period}: {doubts(stage)}" if doubts(stage) else ""


def _place(of: Callable[[Any], Stage]) -> tuple[Column[Any], ...]:
    return (
        Column("name", say("Wilayah"), Kind.NAME, lambda line: area_name(of(line)), sample="Tiga-puluh-enam Ilir",
               stretches=True),
        Column("region", say("Kode wilayah"), Kind.IDENTITY, lambda line: of(line).region, is_aside=True),
        Column("rt", say("RT"), Kind.IDENTITY, lambda line: of(line).rt or None, is_aside=True),
        Column("period", say("Periode"), Kind.IDENTITY, lambda line: of(line).period, sample="2026-awal"),
        Column("whole", say("Seluruhnya"), Kind.WHOLE, lambda line: int(of(line).whole), is_aside=True),
    )


def _served(key: str, indicator: str, served: Callable[[Hundreds], Served], gives_way: int) -> Column[Stage]:
    """Return the column of a share of households: a file holds how many, the window says the per cent too."""
    def shown(line: Stage) -> str:
        share = served(line.hundreds)
        if share.percent is None:
            return "–"
        told = f"{written.percent(share.percent)} ({written.number(share.good)})"
        return say("{share}, {number} belum", share=told, number=written.number(share.open)) if share.open else told

    return Column(key, BY_KEY[indicator].named, Kind.WHOLE, lambda line: served(line.hundreds).good, shown=shown,
                  sample="100 % (00.000)", by=lambda line: served(line.hundreds).percent, gives_way=gives_way)


def _open(key: str, title: str, served: Callable[[Hundreds], Served]) -> Column[Stage]:
    return Column(key, title, Kind.WHOLE, lambda line: served(line.hundreds).open, is_aside=True)


def _changes() -> tuple[Column[Stage], ...]:
    def ha(line: Stage) -> str:
        land = line.change
        if not line.before or not land.compared:
            return "–"
        sign = "+" if land.slum_ha > 0 else ""
        return f"{sign}{written.hectares(land.slum_ha)}"

    return (
        Column("since", say("Dibanding"), Kind.IDENTITY, lambda line: line.before or None, sample="2026-awal",
               gives_way=8),
        Column("change.slum_ha", say("Perubahan luas kumuh di RT yang dinilai dua kali"), Kind.DECIMAL,
               lambda line: line.change.slum_ha, shown=ha, unit="ha", sample="+000,00 ha", gives_way=3),
        Column("change.compared", say("RT dinilai dua kali"), Kind.WHOLE,
               lambda line: len(line.change.compared), sample="000", gives_way=4),
        Column("change.new", say("RT baru dinilai"), Kind.WHOLE, lambda line: len(line.change.new), sample="000",
               gives_way=4),
        Column("change.gone", say("RT tidak dinilai lagi"), Kind.WHOLE, lambda line: len(line.change.gone),
               sample="000", gives_way=4),
        Column("change.new_ha", say("Luas kumuh RT baru"), Kind.DECIMAL, lambda line: line.change.new_ha,
               unit="ha", is_aside=True),
        Column("change.gone_ha", say("Luas kumuh RT yang tidak dinilai lagi"), Kind.DECIMAL,
               lambda line: line.change.gone_ha, unit="ha", is_aside=True),
    )


@report(lambda workspace, asked: over_time.stages(workspace, asked.area, period=asked.period, rt=asked.rt))
def progress(lines: Sequence[Stage] = ()) -> Table[Stage]:
    """Return how far an area and those just below it are on the way to 100-0-100, period by period."""
    return Table(
        "progress", say("Kemajuan 100-0-100"), (
            *_place(lambda line: line),
            Column("households", say("Rumah tangga"), Kind.WHOLE, lambda line: line.hundreds.households,
                   sample="00.000"),
            _served("water_safe", "water_safe", lambda found: found.water, 0),
            _served("water_enough", "water_enough", lambda found: found.enough_water, 6),
            _served("water_bps", "water_bps", lambda found: found.bps_water, 2),
            _served("toilet", "toilet", lambda found: found.latrine, 0),
            _served("sanitation_technical", "sanitation_technical", lambda found: found.fit_latrine, 5),
            _served("sanitation_bps", "sanitation_bps", lambda found: found.bps_sanitation, 2),
            _open("water_open", say("Air (3a) belum terjawab"), lambda found: found.water),
            _open("toilet_open", say("Jamban (5a) belum terjawab"), lambda found: found.latrine),
            Column("water_refill", BY_KEY["water_refill"].named, Kind.WHOLE, lambda line: line.hundreds.refill,
                   is_aside=True),
            Column("slum_ha", BY_KEY["slum_ha"].named, Kind.DECIMAL, lambda line: line.hundreds.slum_ha, unit="ha",
                   shown=lambda line: written.hectares(line.hundreds.slum_ha), sample="000,00 ha"),
            Column("slum_rts", BY_KEY["slum_rts"].named, Kind.WHOLE, lambda line: line.hundreds.slum_rts, sample="000",
                   gives_way=7),
            Column("rts", say("RT"), Kind.WHOLE, lambda line: line.hundreds.base.rts, sample="000", gives_way=7),
            *_changes(),
            Column("kk", say("KK"), Kind.WHOLE, lambda line: line.hundreds.base.kk, is_aside=True),
            Column("lacking", say("Bangunan belum didata"), Kind.WHOLE, lambda line: line.hundreds.base.lacking,
                   is_aside=True),
            Column("unverified", say("Catatan belum diverifikasi"), Kind.WHOLE,
                   lambda line: line.hundreds.base.unverified, is_aside=True),
            Column("conflicts", say("Jawaban dalam konflik"), Kind.WHOLE, lambda line: line.hundreds.base.disputed,
                   is_aside=True),
            Column("doubts", say("Seberapa pasti"), Kind.TEXT, doubts, sample="n" * 20, gives_way=9),
        ),
        lines, every_period=True, known_by=lambda line: (line.region, line.rt, line.period), notes=_notes(),
        empty=say("Belum ada data yang dapat dinilai di sini."),
        explains=_doubts_of,
        scored=_subject,
    )


def _subject(line: Stage) -> Subject:
    return Subject(Scope(line.region, line.rt or None, line.period))


def _notes() -> tuple[str, ...]:
    return (
        say("Angka air dan sanitasi ialah rumah tangga; yang belum terjawab dihitung belum terlayani."),
        say("Baris pertama ialah seluruh wilayah, di bawahnya bagian-bagiannya. Perubahan hanya di RT yang dinilai di "
            "kedua periode."),
    )


def _unit(unit: str) -> str:
    return {"rumah tangga": say("rumah tangga"), "jiwa": say("jiwa"), "ha": say("ha")}.get(unit, unit)


def _family(code: str) -> Mark:
    return Mark(code, {"programme": say("Program"), "ladder": say("BPS/SDG"), "statistic": say("Statistik")}[code])


@report(lambda workspace, asked: over_time.indicator_lines(workspace, asked.area, period=asked.period, rt=asked.rt))
def indicator_table(lines: Sequence[IndicatorLine] = ()) -> Table[IndicatorLine]:
    """Return every indicator of an area and those just below it by period and group of households."""
    return Table(
        "indicator_table", say("Tabel indikator"), (
            *_place(lambda line: line.stage),
            Column("group", say("Kelompok"), Kind.TEXT, lambda line: Mark(line.group.key, say(line.group.name)),
                   sample=say("Semua rumah tangga"), gives_way=3),
            Column("family", say("Aturan"), Kind.TEXT, lambda line: _family(line.indicator.family.value), gives_way=4,
                   sample=say("Statistik")),
            Column("indicator", say("Kunci"), Kind.IDENTITY, lambda line: line.indicator.key, is_aside=True),
            Column("title", say("Indikator"), Kind.TEXT, lambda line: line.indicator.named, sample="n" * 24,
                   stretches=True),
            Column("good", say("Jumlah"), Kind.DECIMAL, lambda line: line.figure.good, sample="00.000"),
            Column("of", say("Dari"), Kind.DECIMAL, lambda line: line.figure.of, sample="00.000"),
            Column("open", say("Belum terjawab"), Kind.DECIMAL, lambda line: line.figure.open, sample="0.000",
                   gives_way=2),
            Column("unit", say("Satuan"), Kind.SMALL, lambda line: _unit(line.indicator.unit), sample="rumah tangga",
                   gives_way=5),
            Column("percent", say("Persen"), Kind.DECIMAL, lambda line: line.figure.percent, unit="%",
                   sample="100,00"),
            Column("kk_good", say("KK"), Kind.WHOLE, lambda line: line.figure.kk_good, is_aside=True),
            Column("kk_of", say("Dari KK"), Kind.WHOLE, lambda line: line.figure.kk_of, is_aside=True),
            Column("kk_percent", say("Persen KK"), Kind.DECIMAL, lambda line: line.figure.kk_percent, unit="%",
                   sample="100,00", gives_way=1),
            Column("questions", say("Pertanyaan"), Kind.SMALL, lambda line: ", ".join(line.indicator.numbers) or None,
                   is_aside=True),
            Column("rule", say("Menurut"), Kind.TEXT, lambda line: say(line.indicator.rule), is_aside=True),
            Column("doubts", say("Seberapa pasti"), Kind.TEXT, lambda line: doubts(line.stage) or None, is_aside=True),
        ),
        lines, every_period=True, empty=say("Belum ada data yang dapat dinilai di sini."),
        known_by=lambda line: (line.stage.region, line.stage.rt, line.stage.period, line.group.key, line.indicator.key),
        explains=lambda line: f"{line.indicator.named}: {say(line.indicator.rule)}",
        scored=lambda line: _subject(line.stage),
        notes=(say("Persen dari yang ditanyai; yang belum terjawab ikut di pembagi dan disebut tersendiri."),),
    )


POOR = tuple(each for each in GROUPS if each.key in ("mbr", "mbr_head_female", "mbr_head_male", "mbr_head_unsaid"))


def _poor(workspace: Workspace, asked: Scope) -> list[CrossLine]:
    return over_time.crossed(workspace, asked.area, "water_safe", POOR, period=asked.period, rt=asked.rt)


def _without(group: str, title: str, gives_way: int) -> Iterator[Column[CrossLine]]:
    """Yield the columns of the households of a group without something: for sure, of how many, and open."""
    def of(line: CrossLine) -> Figure:
        return line.figures.get(group, Figure(0, 0))

    def without(line: CrossLine) -> int:
        figure = of(line)
        return int(figure.of - figure.good - figure.open)

    def shown(line: CrossLine) -> str:
        figure = of(line)
        if not figure.of:
            return "–"
        return say("{number} dari {all}", number=written.number(without(line)), all=written.number(int(figure.of)))

    def open_(line: CrossLine) -> str:
        number = int(of(line).open)
        return say("{number} belum terjawab", number=written.number(number)) if number else ""

    yield Column(group, title, Kind.WHOLE, without, shown=shown, remark=open_,
                 gives_way=gives_way, sample="0.000 dari 0.000")
    yield Column(f"{group}_of", say("{title}: semua", title=title), Kind.WHOLE, lambda line: int(of(line).of),
                 is_aside=True)
    yield Column(f"{group}_open", say("{title}: belum terjawab", title=title), Kind.WHOLE,
                 lambda line: int(of(line).open), is_aside=True)


@report(_poor)
def mbr_water(lines: Sequence[CrossLine] = ()) -> Table[CrossLine]:
    """Return the poor households without safe water of an area and those just below it, by the sex of their head."""
    return Table(
        "mbr_water", say("Rumah tangga MBR tanpa air minum aman"), (
            *_place(lambda line: line.stage),
            *_without("mbr", say("Semua MBR"), 0),
            *_without("mbr_head_female", say("Kepala perempuan"), 0),
            *_without("mbr_head_male", say("Kepala laki-laki"), 0),
            *_without("mbr_head_unsaid", say("Kepala tidak disebut"), 1),
            Column("doubts", say("Seberapa pasti"), Kind.TEXT, lambda line: doubts(line.stage), sample="n" * 20,
                   gives_way=2),
        ),
        lines, every_period=True, empty=say("Belum ada data yang dapat dinilai di sini."),
        known_by=lambda line: (line.stage.region, line.stage.rt, line.stage.period),
        explains=lambda line: _doubts_of(line.stage),
        notes=(say("Tanpa akses air minum aman menurut program (3a): {rule}", rule=say(BY_KEY["water_safe"].rule)),),
    )


def _kind(code: str) -> Mark:
    return Mark(code, {ENTERED: say("Menjadi kumuh"), LEFT: say("Tidak kumuh lagi"), NEW: say("Baru dinilai, kumuh"),
                       GONE: say("Tidak dinilai lagi")}[code])


def why(line: SlumLine) -> str:
    """Return the causes that made an RT slum or not: the criteria that changed, or that it was assessed once only."""
    move = line.move
    if move.kind == NEW:
        return say("pada {period} belum dinilai, atau belum pasti kumuh atau tidak", period=line.before)
    if move.kind == GONE:
        return say("pada {period} tidak dinilai, atau belum pasti kumuh atau tidak", period=line.period)
    changed = [say("aturan atau cara hitung berganti")] if move.rules_changed else []
    return "; ".join([*changed, *(each.words for each in move.criteria)])


def _total(rt: RtAssessment | None) -> int | None:
    return None if rt is None else rt.score.total


def _level(rt: RtAssessment | None) -> str:
    if rt is None:
        return "–"
    name = say(rt.regulation.level(rt.score.total).name)
    return say("{level}, sementara", level=name) if rt.score.provisional else name


def _hectares(line: SlumLine) -> Fraction:
    here = line.move.now or line.move.before
    return here.area_ha if here else Fraction()


def _moves(workspace: Workspace, asked: Scope) -> list[SlumLine]:
    return over_time.slum_lines(workspace, asked.area, period=asked.period, rt=asked.rt)


@report(_moves)
def slum_changes(lines: Sequence[SlumLine] = ()) -> Table[SlumLine]:
    """Return the RTs that entered or left the list of slum RTs between two periods, and why."""
    return Table(
        "slum_changes", say("RT yang masuk dan keluar daftar kumuh"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.move.place[0], varies=True,
                   sample="n" * 16, gives_way=5),
            Column("rt", say("RT"), Kind.RT, lambda line: line.move.place[1], sample="RT 000 / RW 00"),
            Column("period", say("Periode"), Kind.IDENTITY, lambda line: line.period, sample="2026-awal"),
            Column("since", say("Dibanding"), Kind.IDENTITY, lambda line: line.before, sample="2026-awal", gives_way=1),
            Column("change", say("Perubahan"), Kind.TEXT, lambda line: _kind(line.move.kind),
                   sample=max((_kind(each).word for each in (ENTERED, LEFT, NEW, GONE)), key=len)),
            Column("before", say("Nilai sebelumnya"), Kind.WHOLE, lambda line: _total(line.move.before), sample="00"),
            Column("total", say("Nilai"), Kind.WHOLE, lambda line: _total(line.move.now), sample="00"),
            Column("level_before", say("Tingkat sebelumnya"), Kind.SMALL, lambda line: _level(line.move.before),
                   sample=say("Kumuh sedang"), gives_way=3),
            Column("level", say("Tingkat"), Kind.SMALL, lambda line: _level(line.move.now),
                   sample=say("Kumuh sedang"), gives_way=4),
            Column("slum_ha", say("Luas"), Kind.DECIMAL, _hectares, unit="ha", sample="000,00",
                   shown=lambda line: written.hectares(_hectares(line)), gives_way=2),
            Column("why", say("Sebab"), Kind.TEXT, why, sample="n" * 24, stretches=True, wraps=True),
        ),
        lines, every_period=True, known_by=lambda line: (line.period, line.move.place),
        scored=lambda line: Subject(Scope(*line.move.place, line.period)),
        empty=say("Tidak ada RT yang masuk atau keluar daftar kumuh di antara periode yang ada."),
    )
