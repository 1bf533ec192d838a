"""Frozen editions beside what stands now: the editions, every difference with its cause, the records behind it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.actions.scores import editions as frozen
from p2kp_desktop.actions.scores.editions import ChangedRecord, Compared, DifferenceLine, EditionLine
from p2kp_desktop.language import say
from p2kp_desktop.rules.editions import RtResult
from p2kp_desktop.rules.explanation import amount
from p2kp_desktop.rules.regulation import Regulation, regulation
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Subject, Table
from p2kp_desktop.store import Workspace

from .marks import FIT, UNFIT
from .registry import Group, reports_of

report = reports_of(Group.FIGURES)


def _level(rules: str, code: str) -> str:
    """Return a level by its name."""
    names = {each.code: each.name for each in regulation(rules).levels}
    return say(names[code]) if code in names else code


def _standing(rules: str, total: int | None, code: str) -> str:
    return "–" if total is None else f"{total} ({_level(rules, code)})"


def _hectares(ha: Decimal | Fraction | None) -> str:
    return "–" if ha is None else written.hectares(ha)


@report(lambda workspace, asked: frozen.editions(workspace, asked.area, asked.period))
def editions(lines: Sequence[EditionLine] = ()) -> Table[EditionLine]:
    """Return the frozen editions of an area and what lies in it, each beside what stands now."""
    return Table(
        "editions", say("Edisi resmi"), (
            Column("moment", say("Dibekukan"), Kind.MOMENT, lambda line: line.moment,
                   sample="30 September 2026, 14.32"),
            Column("area", say("Wilayah"), Kind.REGION, lambda line: line.area, varies=True, sample="n" * 14),
            Column("number", say("Edisi"), Kind.WHOLE, lambda line: line.number, sample="00"),
            Column("period", say("Periode"), Kind.TEXT, lambda line: line.period, sample="2026", gives_way=5),
            Column("basis", say("Dasar"), Kind.TEXT, lambda line: line.basis, sample="n" * 12, stretches=True),
            Column("person", say("Oleh"), Kind.TEXT, lambda line: line.person, sample="n" * 12, gives_way=2),
            Column("rules", say("Aturan"), Kind.SMALL, lambda line: line.rules, sample="2018", gives_way=3),
            Column("method", say("Cara"), Kind.SMALL, lambda line: line.method, is_aside=True),
            Column("rts", say("RT"), Kind.WHOLE, lambda line: line.rts, sample="000", gives_way=4),
            Column("households", say("Rumah"), Kind.WHOLE, lambda line: line.households, is_aside=True),
            Column("lacking", say("Bangunan yang belum didata"), Kind.WHOLE, lambda line: line.lacking, is_aside=True),
            Column("total", say("Resmi"), Kind.WHOLE, lambda line: line.total, sample=say("00 (Kumuh sedang)"),
                   shown=lambda line: _standing(line.rules, line.total, line.level)),
            Column("live", say("Sekarang"), Kind.WHOLE, lambda line: line.live_total, sample=say("00 (Kumuh sedang)"),
                   shown=lambda line: _standing(line.rules, line.live_total, line.live_level)),
            Column("slum_ha", say("Luas kumuh resmi"), Kind.DECIMAL, lambda line: line.slum_ha, unit="Ha",
                   shown=lambda line: _hectares(line.slum_ha), is_aside=True),
            Column("live_slum_ha", say("Luas kumuh sekarang"), Kind.DECIMAL, lambda line: line.live_slum_ha, unit="Ha",
                   shown=lambda line: _hectares(line.live_slum_ha), is_aside=True),
            Column("differing", say("RT berbeda"), Kind.WHOLE, lambda line: line.differing, sample="000"),
            Column("whole", say("Keutuhan"), Kind.VERDICT, _intact, sample=say("berubah")),
            Column("digest", say("Sidik isi"), Kind.IDENTITY, lambda line: line.digest, is_aside=True),
        ),
        lines, known_by=lambda line: line.id,
        empty=say("Belum ada edisi resmi. Tekan B untuk membekukan hasil yang ada sekarang."),
        explains=edition_words, scored=lambda line: Subject(Scope(line.area, None, line.period)),
    )


def _intact(line: EditionLine) -> Mark:
    return Mark(FIT, say("utuh")) if line.whole else Mark(UNFIT, say("berubah"))


def edition_words(line: EditionLine) -> str:
    """Return an edition in sentences: by whom, by which rules, from how much, its fingerprint, and whether it holds."""
    words = say(
        "Edisi {number} {area}: {person}, {basis}. {rules}; {rts} RT, {households} rumah, {lacking} bangunan belum "
        "didata. Luas kumuh {official}, sekarang {live}. Sidik {digest}.",
        number=line.number, area=region_name(line.area), person=line.person, basis=line.basis,
        rules=regulation(line.rules).title, rts=line.rts, households=written.number(line.households),
        lacking=written.number(line.lacking), official=_hectares(line.slum_ha), live=_hectares(line.live_slum_ha),
        digest=line.digest[:12],
    )
    broken = say("Isinya bukan lagi yang dibekukan: jangan dipakai, bekukan edisi baru.")
    return words if line.whole else f"{words} {broken}"


def _compared(workspace: Workspace, asked: Scope) -> Compared | None:
    return frozen.newest(workspace, asked.area, asked.period)


def _differences(workspace: Workspace, asked: Scope) -> Sequence[DifferenceLine]:
    found = _compared(workspace, asked)
    return [line for line in found.differences if asked.rt in (None, line.told.place[1])] if found else []


def _records(workspace: Workspace, asked: Scope) -> Sequence[ChangedRecord]:
    found = _compared(workspace, asked)
    return [line for line in found.records if asked.rt in (None, line.place[1])] if found else []


def _rules(line: DifferenceLine) -> Regulation:
    return regulation(line.edition.rules)


def _score(line: DifferenceLine, which: RtResult | None) -> int | None:
    """Return the score of a criterion, or of an RT its total."""
    if which is None:
        return None
    if line.told.criterion is None:
        return which.total
    share = line.told.share(which)
    return None if share is None else _rules(line).score(share.percent())


def _figure(line: DifferenceLine, which: RtResult | None) -> str:
    """Return the figure of one side: of a criterion its volume and percent, of an RT its total and level."""
    if which is None:
        return "–"
    if line.told.criterion is None:
        return _standing(line.edition.rules, which.total, which.level)
    share = line.told.share(which)
    if share is None:
        return say("belum diketahui")
    return f"{amount(share.volume)}/{amount(share.of)} = {written.number(share.percent())} %"


_Side = Callable[[DifferenceLine], RtResult | None]


def _side(key: str, title: str, side: _Side) -> tuple[Column[DifferenceLine], ...]:
    return (
        Column(f"{key}_figure", title, Kind.TEXT, lambda line: _figure(line, side(line)),
               sample="000/000 = 00,00 %", is_fixed=True),
        Column(f"{key}_score", say("Skor"), Kind.WHOLE, lambda line: _score(line, side(line)), sample="00",
               is_fixed=True),
    )


@report(_differences)
def edition_differences(lines: Sequence[DifferenceLine] = ()) -> Table[DifferenceLine]:
    """Return the differences from the newest edition: RT, criterion, official and live figure, and the cause."""
    return Table(
        "edition_differences", say("Beda dengan edisi resmi"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.told.place[0], varies=True,
                   sample="n" * 12, gives_way=2),
            Column("rt", say("RT"), Kind.RT, lambda line: line.told.place[1], sample="RT 000 / RW 00", is_fixed=True),
            Column("code", say("No"), Kind.IDENTITY,
                   lambda line: line.told.criterion.code if line.told.criterion else "", sample="0a", is_fixed=True),
            *_side("official", say("Resmi"), lambda line: line.told.official),
            *_side("live", say("Sekarang"), lambda line: line.told.live),
            Column("cause", say("Sebab"), Kind.TEXT, lambda line: line.cause, sample="n" * 14, stretches=True,
                   gives_way=1, is_fixed=True),
        ),
        lines, known_by=lambda line: (line.edition.id, line.told.place, line.told.criterion),
        empty=say("Tidak ada yang berbeda dari edisi ini."),
        explains=lambda line: line.cause,
        scored=lambda line: Subject(Scope(*line.told.place, line.edition.period),
                                    criterion=line.told.criterion.code if line.told.criterion else ""),
    )


def _kind(line: ChangedRecord) -> str:
    return {"new": say("baru"), "gone": say("hilang"), "changed": say("berubah")}[line.kind]


@report(_records)
def edition_records(lines: Sequence[ChangedRecord] = ()) -> Table[ChangedRecord]:
    """Return the records that are new, gone or other ones since the newest edition, with the answer changed last."""
    return Table(
        "edition_records", say("Catatan yang lain sejak edisi resmi"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.place[0], varies=True,
                   sample="n" * 12, gives_way=3),
            Column("rt", say("RT"), Kind.RT, lambda line: line.place[1], varies=True, sample="RT 000 / RW 00"),
            Column("named", say("Catatan"), Kind.NAME, lambda line: line.named, sample="n" * 14, is_private=True),
            Column("kind", say("Keadaan"), Kind.SMALL, _kind, sample="berubah"),
            Column("asked", say("Terakhir diubah"), Kind.TEXT, lambda line: line.asked, sample="n" * 14,
                   stretches=True, gives_way=3),
            Column("person", say("Oleh"), Kind.TEXT, lambda line: line.person, sample="n" * 12, gives_way=1),
            Column("time", say("Pada"), Kind.MOMENT, lambda line: line.time or None,
                   sample="30 September 2026, 14.32", gives_way=2),
        ),
        lines, known_by=lambda line: (line.place, line.id),
        empty=say("Tidak ada catatan yang lain sejak edisi ini."),
    )
