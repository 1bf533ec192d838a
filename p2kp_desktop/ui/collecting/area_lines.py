"""What the lists of RTs, kelurahan, kawasan and periods show in each column, and how they sort."""


from p2kp_desktop.actions.recording.binder import Sheet
from p2kp_desktop.actions.review.rollup import Counts, VillageReview
from p2kp_desktop.actions.scores.progress import RtLine, VillageLine, recorded
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import parents, rt_name
from p2kp_desktop.schema.review import CHANGED, READY, RETURNED, VERIFIED
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.tablecells import Content, Verdict
from p2kp_desktop.ui.lists.cells import NOTHING, STATUS, Cell
from p2kp_desktop.ui.lists.line_list import Key
from p2kp_desktop.ui.lists.table import Column


def _there(known: bool) -> Cell:
    return Cell(say("Ada"), Verdict.FIT) if known else Cell(say("belum"), Verdict.OPEN)


def _conflicts(number: int) -> Cell:
    return Cell("", Status.CONFLICT, str(number)) if number else NOTHING


_PROGRESS = ("", RETURNED, CHANGED, READY, VERIFIED)
_REVIEW = {
    READY: Status.WAITING, RETURNED: Status.RETURNED, VERIFIED: Status.VERIFIED, CHANGED: Status.CHANGED,
}


def reviewed(counts: Counts) -> Cell:
    """Return how far the review of an RT is, with the number of records that make it so."""
    numbers = {READY: counts.ready, RETURNED: counts.returned, CHANGED: counts.changed}
    if counts.status:
        number = numbers.get(counts.status, 0)
        return Cell("", _REVIEW[counts.status], written.number(number) if number else "")
    return Cell("", Status.WAITING, written.number(counts.ready)) if counts.ready else NOTHING


def waits(counts: Counts | None) -> str:
    """Return how many records wait for a reviewer, "" for none."""
    number = counts.todo("district") if counts else 0
    return written.number(number) if number else ""


def level(total: int | None, name: str, *, provisional: bool) -> str:
    """Return the slum level in words, and whether it is provisional."""
    if total is None:
        return say("belum dinilai")
    return say("{level}, sementara", level=say(name)) if provisional else say(name)


def score_words(line: RtLine) -> str:
    """Return the score of an RT with what it was made of: nilai 23 (sensus 8 rumah): Kumuh ringan, sementara."""
    if line.total is None:
        return ""
    base = say("sensus {number} rumah", number=written.number(line.households))
    base = say("rekap") if line.source == "recap" else base
    return say("nilai {score} ({base}): {level}", score=line.total, base=base,
               level=level(line.total, line.level, provisional=line.provisional))


def doubts(line: RtLine | VillageLine) -> str:
    """Return why a score may still change and what gives another one, "" for nothing."""
    sentences = [say("**Sementara:** {why}", why=" ".join(line.open))] if line.open else []
    return " ".join([*sentences, *(line.asides if isinstance(line, RtLine) else ())])


def doubts_of_rt(line: RtLine) -> str:
    """Return the same with the RT in front, for a list."""
    return _named(rt_name(line.rt), doubts(line))


def doubts_of_village(line: VillageLine) -> str:
    """Return the same with the kelurahan in front."""
    return _named(line.name, doubts(line))


def _named(name: str, words: str) -> str:
    return f"{name} · {words}" if words else ""


def rt_columns() -> tuple[Column, ...]:
    """Return the columns of the RT list."""
    return (
        Column("rt", say("RT"), Content.NAME, "RT 000 / RW 00", order="rt", stretches=True),
        Column("head", say("Ketua RT"), Content.TEXT, "M. Ali Hanafiah", drop=1, order="head"),
        Column("percent", say("Terdata"), Content.SHARE, say("{done} dari {all} bangunan", done="000", all="000"),
               order="percent"),
        Column("households", say("Rumah"), Content.NUMBER, "0.000", drop=3, order="households"),
        Column("survey", say("Lingkungan"), Content.VERDICT, say("belum"), order="survey"),
        Column("recap", say("Rekap"), Content.VERDICT, say("belum"), drop=4, order="recap"),
        Column("total", say("Nilai"), Content.NUMBER, "00", drop=5, order="total"),
        Column("level", say("Tingkat"), Content.DATE, level(1, "Kumuh sedang", provisional=True), order="total"),
        Column("waiting", say("Perlu dilihat"), Content.NUMBER, "000", drop=2, order="waiting"),
        Column("review", say("Pemeriksaan"), Content.STATUS, order="review", drop=7, statuses=(
            (Status.RETURNED, "000"), (Status.WAITING, "000")
        )),
        Column("todo", say("Menunggu"), Content.NUMBER, "000", drop=1, order="todo"),
        Column("conflicts", "", Content.STATUS, statuses=((Status.CONFLICT, "00"),)),
    )


def rt_cell(line: RtLine, key: str) -> Cell:
    """Return what an RT says in a column."""
    if key == "percent":
        share = None if line.percent is None else float(line.percent) / 100
        return Cell(recorded(line), share)
    if key in ("survey", "recap"):
        return _there(getattr(line, key))
    if key == "conflicts":
        return _conflicts(line.conflicts)
    if key == "review":
        return reviewed(line.review.records) if line.review else NOTHING
    return Cell({
        "rt": rt_name(line.rt),
        "head": line.head,
        "households": written.number(line.households),
        "total": "" if line.total is None else str(line.total),
        "level": level(line.total, line.level, provisional=line.provisional),
        "waiting": written.number(line.unfinished) if line.unfinished else "",
        "todo": waits(line.review.records if line.review else None),
    }[key])


RT_ORDERS: dict[str, Key] = {
    "rt": lambda line: line.rt,
    "head": lambda line: line.head.lower(),
    "percent": lambda line: -1 if line.percent is None else line.percent,
    "households": lambda line: line.households,
    "survey": lambda line: line.survey,
    "recap": lambda line: line.recap,
    "total": lambda line: -1 if line.total is None else line.total,
    "waiting": lambda line: line.unfinished,
    "todo": lambda line: line.review.todo("district") if line.review else 0,
    "review": lambda line: _PROGRESS.index(line.review.status) if line.review else -1,
}


def village_columns() -> tuple[Column, ...]:
    """Return the columns of the list of kelurahan."""
    return (
        Column("name", say("Kelurahan/desa"), Content.NAME, "Tiga-puluh-enam Ilir", order="name", stretches=True),
        Column("district", say("Kecamatan"), Content.TEXT, "Seberang Ulu Satu", drop=1, order="district"),
        Column("percent", say("Kelengkapan"), Content.SHARE, "100 %", order="percent"),
        Column("rts", say("RT"), Content.NUMBER, "000", order="rts"),
        Column("households", say("Rumah"), Content.NUMBER, "00.000", drop=4, order="households"),
        Column("slum", say("Luas kumuh"), Content.NUMBER, "000,00 ha", drop=3, order="slum"),
        Column("total", say("Nilai"), Content.NUMBER, "00", drop=2, order="total"),
        Column("level", say("Tingkat"), Content.DATE, level(1, "Kumuh sedang", provisional=True), order="total"),
        Column("verified", say("Terverifikasi"), Content.TEXT, say("{done} dari {all} RT", done="000", all="000"),
               order="verified"),
        Column("todo", say("Menunggu"), Content.NUMBER, "00.000", drop=5, order="todo"),
        Column("conflicts", "", Content.STATUS, statuses=((Status.CONFLICT, "00"),)),
    )


def verified_rts(review: VillageReview) -> str:
    """Return how many RTs of a kelurahan are verified: 5 dari 12 RT."""
    return say("{done} dari {all} RT", done=written.number(review.verified_rts), all=written.number(len(review.rts)))


def village_cell(line: VillageLine, key: str) -> Cell:
    """Return what a kelurahan says in a column."""
    if key == "percent":
        return Cell(written.percent(line.percent), float(line.percent) / 100)
    if key == "conflicts":
        return _conflicts(line.conflicts)
    if key == "verified":
        return Cell(verified_rts(line.review)) if line.review and line.review.rts else NOTHING
    return Cell({
        "name": line.name,
        "district": _district(line.region),
        "rts": written.number(line.rts),
        "households": written.number(line.households),
        "slum": written.hectares(line.slum_ha),
        "todo": waits(line.review.records if line.review else None),
        "total": "" if line.total is None else str(line.total),
        "level": level(line.total, line.level, provisional=line.provisional),
    }[key])


def _district(code: str) -> str:
    return next((place.name for place in parents(code) if place.level == "kecamatan"), "")


VILLAGE_ORDERS: dict[str, Key] = {
    "todo": lambda line: line.review.todo("district") if line.review else 0,
    "verified": lambda line: line.review.verified_rts if line.review else 0,
    "name": lambda line: line.name,
    "district": lambda line: (_district(line.region), line.name),
    "percent": lambda line: line.percent,
    "rts": lambda line: line.rts,
    "households": lambda line: line.households,
    "slum": lambda line: line.slum_ha,
    "total": lambda line: -1 if line.total is None else line.total,
}


def _statuses() -> tuple[tuple[Status, str], ...]:
    return (
        (Status.PROBLEM, say("{number} masalah", number="00")), (Status.INCOMPLETE, say("{number} kosong", number="00"))
    )


def kawasan_columns() -> tuple[Column, ...]:
    """Return the columns of the list of slum areas."""
    return (
        Column("name", say("Kawasan"), Content.NAME, "Kawasan Seberang Ulu", order="name", stretches=True),
        Column("0", say("Nomor SK"), Content.TEXT, "000/KPTS/DPRKP/0000", drop=1),
        Column("1", say("Luas menurut SK (ha)"), Content.NUMBER, "000,00"),
        Column("2", say("RT"), Content.NUMBER, "00"),
        Column("standing", say("Status"), Content.STATUS, order="standing", statuses=_statuses()),
    )


def period_columns() -> tuple[Column, ...]:
    """Return the columns of the list of periods."""
    return (
        Column("name", say("Periode"), Content.NAME, "2026-awal", order="name"),
        Column("0", say("Jenis"), Content.TEXT, say("Pendataan tahunan"), drop=2),
        Column("1", say("Aturan penilaian"), Content.TEXT, say("Permen PUPR 14/PRT/M/2018"), stretches=True),
        Column("standing", say("Status"), Content.STATUS, order="standing", statuses=_statuses()),
    )


def sheet_cell(sheet: Sheet, key: str) -> Cell:
    """Return what a kawasan or a period says in a column."""
    if key == "standing":
        return Cell("", STATUS[sheet.standing], sheet.remark)
    return Cell(sheet.name if key == "name" else sheet.facts[int(key)])


SHEET_ORDERS: dict[str, Key] = {"name": lambda sheet: sheet.name, "standing": lambda sheet: sheet.standing}
