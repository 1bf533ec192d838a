"""RTs, kelurahan, kawasan and periods: how far they are recorded, how they score, what is left to do."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from p2kp_desktop.actions.recording import binder
from p2kp_desktop.actions.recording.binder import Sheet
from p2kp_desktop.actions.review.rollup import Counts, VillageReview
from p2kp_desktop.actions.scores import progress
from p2kp_desktop.actions.scores.progress import RtLine, VillageLine
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import parents, rt_words
from p2kp_desktop.schema.review import CHANGED, READY, RETURNED, VERIFIED
from p2kp_desktop.schema.table import Column, Kind, Mark, Point, Scope, Subject, Table, standing
from p2kp_desktop.store import Workspace

from .marks import conflicts, joined, some, there, widest
from .registry import Group, reports_of

report = reports_of(Group.FIGURES)


def recorded(line: RtLine) -> str:
    """Return how much of an RT is recorded, in words: of the list of residents where there is one."""
    if line.listed is not None and line.listed.listed:
        return say("{done} dari {all} didata", done=written.number(line.listed.surveyed),
                   all=written.number(line.listed.listed))
    if line.of is not None:
        return say("{done} dari {all} bangunan", done=written.number(line.buildings), all=written.number(line.of))
    if line.recap and not line.households:
        return say("rekap terisi {share}", share=written.percent(line.percent or Fraction()))
    if not line.households:
        return say("belum didata")
    return say("{done} bangunan didata", done=written.number(line.buildings))


_PROGRESS = ("", RETURNED, CHANGED, READY, VERIFIED)
_REVIEW = {READY: "waiting", RETURNED: "returned", VERIFIED: "verified", CHANGED: "changed"}


def reviewed(counts: Counts) -> Mark | None:
    """Return how far the review of an RT is, with the number of records that make it so."""
    numbers = {READY: counts.ready, RETURNED: counts.returned, CHANGED: counts.changed}
    if counts.status:
        number = numbers.get(counts.status, 0)
        return standing(_REVIEW[counts.status], written.number(number) if number else "")
    return standing("waiting", written.number(counts.ready)) if counts.ready else None


def level(total: int | None, name: str, *, provisional: bool) -> str:
    """Return the slum level in words, and whether it is provisional."""
    if total is None:
        return say("belum dinilai")
    return say("{level}, sementara", level=say(name)) if provisional else say(name)


def _level() -> Column[Any]:
    """Return the column of the level, of an RT as of a kelurahan."""
    def shown(line: RtLine | VillageLine) -> str:
        return level(line.total, line.level, provisional=line.provisional)

    return Column("level", say("Tingkat"), Kind.SMALL, shown=shown, by=lambda line: line.total,
                  of=lambda line: None if line.total is None else Mark(line.level_code, shown(line)),
                  sample=level(1, "Kumuh sedang", provisional=True))


def score_words(line: RtLine) -> str:
    """Return the score of an RT with what it was made of: nilai 23 (sensus 8 rumah): Kumuh ringan, sementara."""
    if line.total is None:
        return ""
    base = say("rekap") if line.source == "recap" else say("sensus {number} rumah",
                                                          number=written.number(line.households))
    return say("nilai {score} ({base}): {level}", score=line.total, base=base,
               level=level(line.total, line.level, provisional=line.provisional))


def doubts(line: RtLine | VillageLine) -> str:
    """Return why a score may still change, what it could become and what gives another one, "" for nothing."""
    sentences = [say("**Sementara:** {why}", why=" ".join(line.open))] if line.open else []
    if line.could_become:
        sentences.append(say("Dapat menjadi {levels}.", levels=line.could_become))
    return " ".join([*sentences, *line.asides])


def _total(gives_way: int) -> Column[Any]:
    """Return the column of the score, of an RT as of a kelurahan: a provisional one with what it could become."""
    def shown(line: RtLine | VillageLine) -> str:
        if line.total is None:
            return ""
        lowest, highest = line.span or (line.total, line.total)
        return f"{line.total}" if lowest == highest else f"{line.total} ({lowest}–{highest})"

    return Column("total", say("Nilai"), Kind.WHOLE, lambda line: line.total, shown=shown, sample="00 (00–00)",
                  gives_way=gives_way)


def _range() -> tuple[Column[Any], ...]:
    """Return the columns of what a provisional score could become and why, of an RT as of a kelurahan, for files."""
    return (
        Column("lowest", say("Nilai terendah yang mungkin"), Kind.WHOLE, lambda line: line.span and line.span[0],
               is_aside=True),
        Column("highest", say("Nilai tertinggi yang mungkin"), Kind.WHOLE, lambda line: line.span and line.span[1],
               is_aside=True),
        Column("range", say("Dapat menjadi"), Kind.SMALL, lambda line: line.could_become or None, is_aside=True),
        Column("doubts", say("Mengapa sementara"), Kind.TEXT, lambda line: " ".join(line.open), is_aside=True),
    )


def _rts_of(workspace: Workspace, asked: Scope) -> list[RtLine]:
    return [line for line in progress.rts(workspace, asked.area, asked.period) if asked.rt in (None, line.rt)]


@report(_rts_of)
def rts(lines: Sequence[RtLine] = ()) -> Table[RtLine]:
    """Return the RTs of an area."""
    wide = max(say("ada"), say("belum"), key=len)
    return Table(
        "rt", say("Daftar RT"), (
            Column("region", say("Kelurahan/desa"), Kind.TEXT, lambda line: line.region, shown=_village, varies=True,
                   sample="Tiga-puluh-enam Ilir", gives_way=6),
            Column("rt", say("RT"), Kind.RT, lambda line: line.rt, sample="RT 000 / RW 00", stretches=True),
            Column("head", say("Ketua RT"), Kind.TEXT, lambda line: line.head, sample="M. Ali Hanafiah", gives_way=1,
                   is_private=True),
            Column("percent", say("Terdata"), Kind.SHARE, lambda line: _share(line.percent), shown=recorded,
                   sample=say("{done} dari {all} bangunan", done="000", all="000")),
            Column("buildings", say("Bangunan didata"), Kind.WHOLE, lambda line: line.buildings, is_aside=True),
            Column("of", say("Bangunan menurut B.3"), Kind.WHOLE, lambda line: line.of, is_aside=True),
            Column("listed", say("Di daftar warga"), Kind.WHOLE,
                   lambda line: line.listed.listed if line.listed else None, is_aside=True),
            Column("households", say("Rumah"), Kind.WHOLE, lambda line: line.households, sample="0.000", gives_way=3),
            Column("survey", say("Lingkungan"), Kind.VERDICT, lambda line: there(line.survey), sample=wide,
                   by=lambda line: line.survey),
            Column("recap", say("Rekap"), Kind.VERDICT, lambda line: there(line.recap), sample=wide,
                   gives_way=4, by=lambda line: line.recap),
            _total(5), _level(), *_range(),
            Column("waiting", say("Perlu dilihat"), Kind.WHOLE, lambda line: some(line.unfinished), sample="000",
                   gives_way=2),
            Column("review", say("Pemeriksaan"), Kind.STATUS,
                   lambda line: reviewed(line.review.records) if line.review else None, gives_way=7,
                   marks=widest("returned", "waiting", remark="000"),
                   by=lambda line: _PROGRESS.index(line.review.status) if line.review else None),
            Column("todo", say("Perlu diperiksa"), Kind.WHOLE,
                   lambda line: some(line.review.todo("district")) if line.review else None, sample="000",
                   gives_way=1),
            Column("conflicts", say("Konflik"), Kind.STATUS, lambda line: conflicts(line.conflicts), quiet=True,
                   marks=widest("conflict", remark="00"), is_fixed=True),
        ),
        lines, empty=say("Belum ada RT."), known_by=lambda line: (line.region, line.rt),
        at=lambda line: Point.of(line.latitude, line.longitude), spot=lambda line: (line.region, line.rt),
        explains=lambda line: joined((rt_words(line.rt), doubts(line))) if doubts(line) else "",
        scored=lambda line: Subject(Scope(line.region, line.rt)) if line.total is not None else None,
        sums={"households": sum(line.households for line in lines)},
    )


def _village(line: RtLine) -> str:
    return next((place.name for place in parents(line.region) if place.is_village), line.region)


def _share(percent: Fraction | None) -> Fraction | None:
    return None if percent is None else percent / 100


def verified_rts(review: VillageReview) -> str:
    """Return how many RTs of a kelurahan are verified: 5 dari 12 RT."""
    return say("{done} dari {all} RT", done=written.number(review.verified_rts), all=written.number(len(review.rts)))


@report(lambda workspace, asked: progress.villages(workspace, asked.area, asked.period))
def villages(lines: Sequence[VillageLine] = ()) -> Table[VillageLine]:
    """Return the kelurahan and desa of an area."""
    return Table(
        "kelurahan", say("Daftar kelurahan"), (
            Column("region", say("Kode wilayah"), Kind.IDENTITY, lambda line: line.region, is_aside=True),
            Column("name", say("Kelurahan/desa"), Kind.NAME, lambda line: line.name, sample="Tiga-puluh-enam Ilir",
                   stretches=True),
            Column("district", say("Kecamatan"), Kind.TEXT, lambda line: _district(line.region),
                   sample="Seberang Ulu Satu", gives_way=1, by=lambda line: f"{_district(line.region)} {line.name}"),
            Column("percent", say("Kelengkapan"), Kind.SHARE, lambda line: _share(line.percent), sample="100 %"),
            Column("rts", say("RT"), Kind.WHOLE, lambda line: line.rts, sample="000"),
            Column("households", say("Rumah"), Kind.WHOLE, lambda line: line.households, sample="00.000", gives_way=4),
            Column("slum", say("Luas kumuh"), Kind.DECIMAL, lambda line: line.slum_ha, unit="ha",
                   shown=lambda line: written.hectares(line.slum_ha), sample="000,00 ha", gives_way=3),
            _total(2), _level(), *_range(),
            Column("verified", say("Terverifikasi"), Kind.TEXT,
                   lambda line: verified_rts(line.review) if line.review and line.review.rts else None,
                   sample=say("{done} dari {all} RT", done="000", all="000"),
                   by=lambda line: line.review.verified_rts if line.review else 0),
            Column("todo", say("Perlu diperiksa"), Kind.WHOLE,
                   lambda line: some(line.review.todo("district")) if line.review else None, sample="00.000",
                   gives_way=5),
            Column("conflicts", say("Konflik"), Kind.STATUS, lambda line: conflicts(line.conflicts), quiet=True,
                   marks=widest("conflict", remark="00"), is_fixed=True),
        ),
        lines, empty=say("Belum ada data dari kelurahan mana pun di wilayah ini."), known_by=lambda line: line.region,
        spot=lambda line: (line.region, ""),
        explains=lambda line: joined((line.name, doubts(line))) if doubts(line) else "",
        scored=lambda line: Subject(Scope(line.region)) if line.total is not None else None,
        sums={
            "rts": sum(line.rts for line in lines), "households": sum(line.households for line in lines),
            "slum": sum((line.slum_ha for line in lines), Fraction()),
        },
    )


def _district(code: str) -> str:
    return next((place.name for place in parents(code) if place.level == "kecamatan"), "")


def sheet_remark(sheet: Sheet) -> str:
    """Return how many answers of a form are wrong or missing."""
    if sheet.problems:
        return say("{number} masalah", number=sheet.problems)
    return say("{number} kosong", number=sheet.empty) if sheet.empty else ""


def _standing() -> Column[Sheet]:
    marks = (standing("problem", say("{number} masalah", number="00")),
             standing("incomplete", say("{number} kosong", number="00")))
    return Column("standing", say("Status"), Kind.STATUS, lambda line: standing(line.standing, sheet_remark(line)),
                  marks=marks, by=lambda line: line.standing)


def _hectares(sheet: Sheet) -> Decimal | None:
    return Decimal(sheet.facts[1]) if sheet.facts[1] else None


@report(lambda workspace, asked: binder.kawasan(workspace, asked.area))
def kawasan(lines: Sequence[Sheet] = ()) -> Table[Sheet]:
    """Return the slum areas of an area with their decrees."""
    return Table(
        "kawasan", say("Daftar kawasan"), (
            Column("name", say("Kawasan"), Kind.NAME, lambda line: line.name, sample="Kawasan Seberang Ulu",
                   stretches=True),
            Column("decree", say("Nomor SK"), Kind.TEXT, lambda line: line.facts[0], sample="000/KPTS/DPRKP/0000",
                   gives_way=1, is_fixed=True),
            Column("hectares", say("Luas menurut SK (ha)"), Kind.DECIMAL, _hectares, sample="000,00", is_fixed=True),
            Column("rts", say("RT"), Kind.WHOLE, lambda line: int(line.facts[2]), sample="00", is_fixed=True),
            _standing(),
        ),
        lines, empty=say("Belum ada kawasan kumuh yang dicatat. Tekan B untuk mencatatnya."),
        known_by=lambda line: line.record, scored=lambda line: Subject(Scope(), kawasan=line.record),
    )


@report(lambda workspace, _asked: binder.periods(workspace))
def periods(lines: Sequence[Sheet] = ()) -> Table[Sheet]:
    """Return the periods with their rules."""
    return Table(
        "period", say("Daftar periode"), (
            Column("name", say("Periode"), Kind.NAME, lambda line: line.name, sample="2026-awal"),
            Column("kind", say("Jenis"), Kind.TEXT, lambda line: line.facts[0], sample=say("Pendataan tahunan"),
                   gives_way=2, is_fixed=True),
            Column("rules", say("Aturan penilaian"), Kind.TEXT, lambda line: line.facts[1],
                   sample=say("Permen PUPR 14/PRT/M/2018"), stretches=True, is_fixed=True),
            _standing(),
        ),
        lines, empty=say("Belum ada periode yang dicatat; yang berlaku aturan 2018. Tekan B untuk mencatatnya."),
        known_by=lambda line: line.record,
    )
