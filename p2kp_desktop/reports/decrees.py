"""The SK ledger and the class of each kawasan, with what lacks; the yearly update between surveys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.actions.collaboration import decrees, yearly_updates
from p2kp_desktop.actions.collaboration.decrees import KawasanLine, LackingAnswer
from p2kp_desktop.actions.collaboration.yearly_updates import YearlyUpdate
from p2kp_desktop.forms.kawasan import CHANGES, ENTRIES, EXITS, Kawasan
from p2kp_desktop.language import say
from p2kp_desktop.rules import slum_class
from p2kp_desktop.rules.decree_ledger import Change, Rts, Version
from p2kp_desktop.rules.slum_class import Considered
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Column, Kind, Mark, Table

from .funding import source_name, village
from .marks import ASKED, FIT, LATE, OPEN, joined
from .registry import Group, reports_of

report = reports_of(Group.FIGURES)

START, DECREE, REDUCED, LEFT, UNEXPLAINED = "start", "decree", "reduced", "left", "unexplained"


@dataclass(frozen=True)
class LedgerRow:
    """One line of the ledger of a kawasan; `form` and `record` are what Enter opens, "" for what was computed."""

    kawasan: KawasanLine
    kind: str
    what: str
    day: str
    hectares: Fraction | None
    payer: str = ""
    reason: str = ""
    form: str = ""
    record: str = ""


def rows_of(line: KawasanLine) -> list[LedgerRow]:
    """Return the ledger of a kawasan: start, later decrees, reductions, what is left, what nobody explained."""
    kept = line.ledger
    return [
        *(_decree(line, each, change) for each, change in zip(kept.versions, (None, *kept.changes), strict=True)),
        *(LedgerRow(line, REDUCED, each.name, str(each.year or ""), -each.hectares,
                    ", ".join(source_name(source) for source in each.payers), "", "activity", each.activity)
          for each in kept.reductions),
        LedgerRow(line, LEFT, say("Tersisa menurut SK terakhir") if len(kept.versions) > 1 else
                  say("Tersisa, dihitung dari kegiatan yang selesai"), "", kept.left),
        LedgerRow(line, UNEXPLAINED, _unexplained(kept.unexplained), "", kept.unexplained),
    ]


def _unexplained(number: Fraction) -> str:
    if not number:
        return say("Selisih yang tidak dijelaskan: tidak ada")
    if number > 0:
        return say("Berkurang tanpa kegiatan selesai yang menjelaskannya")
    return say("Lebih dari yang tersisa sesudah kegiatan selesai")


def _decree(line: KawasanLine, version: Version, change: Change | None) -> LedgerRow:
    kind = START if change is None else DECREE
    words = version.number or say("tanpa nomor")
    what = joined((say(CHANGES.show(version.kind)) if version.kind else "", words))
    return LedgerRow(line, kind, what, version.day, version.hectares, "", _moved(line, change) if change else "",
                     version.form, version.id)


def _moved(line: KawasanLine, change: Change) -> str:
    """Return which RTs came in and went out, and why."""
    version = change.version
    entry = say(ENTRIES.show(version.entry)) if version.entry else say("sebab belum disebut")
    exit_ = say(EXITS.show(version.exit)) if version.exit else say("sebab belum disebut")
    return joined((
        say("masuk {rts} ({why})", rts=rt_words(line, change.entered), why=entry) if change.entered else "",
        say("keluar {rts} ({why})", rts=rt_words(line, change.left), why=exit_) if change.left else "", version.note))


def rt_words(line: KawasanLine, rts: Rts) -> str:
    """Return RTs in words, one of another kelurahan with its name."""
    return ", ".join(rt if region == line.region else f"{rt} {region_name(region)}" for region, rt in sorted(rts))


def _rows(lines: Sequence[KawasanLine]) -> Iterator[LedgerRow]:
    for line in lines:
        yield from rows_of(line)


def hectares(number: Fraction | None) -> str:
    """Return hectares with four decimals at most, "" for none."""
    return "" if number is None else written.decimal(number, 4)


@report(lambda workspace, asked: [*_rows(decrees.lines(workspace, asked.area, asked.period))])
def sk_ledger(lines: Sequence[LedgerRow] = ()) -> Table[LedgerRow]:
    """Return the ledgers of the kawasan of an area: hectares at start less those reduced are those left."""
    words = {START: say("Awal"), DECREE: say("SK berikutnya"), REDUCED: say("Berkurang"), LEFT: say("Tersisa"),
             UNEXPLAINED: say("Selisih")}
    return Table(
        "sk_ledger", say("Buku SK kawasan"), (
            Column("region", say("Kelurahan"), Kind.REGION, lambda row: row.kawasan.region, is_aside=True,
                   shown=lambda row: village(row.kawasan.region)),
            Column("kawasan", say("Kawasan"), Kind.NAME, lambda row: row.kawasan.name, varies=True, sample="n" * 14,
                   is_fixed=True, wraps=True),
            Column("kind", say("Baris"), Kind.VERDICT, lambda row: Mark(row.kind, words[row.kind]), is_fixed=True,
                   icon=_sign, sample=say("SK berikutnya")),
            Column("what", say("Uraian"), Kind.TEXT, lambda row: row.what, sample="n" * 24, stretches=True, wraps=True,
                   is_fixed=True, shown=lambda row: joined((row.what, row.payer, row.reason))),
            Column("day", say("Tanggal/tahun"), Kind.TEXT, lambda row: row.day, is_fixed=True, gives_way=2,
                   shown=lambda row: written.short_day(row.day), sample="30 Mei 20260"),
            Column("hectares", say("Luas (Ha)"), Kind.DECIMAL, lambda row: row.hectares, is_fixed=True,
                   shown=lambda row: hectares(row.hectares), sample="-1.000,0000"),
            Column("payer", say("Dibayar oleh"), Kind.TEXT, lambda row: row.payer, is_aside=True),
            Column("reason", say("RT masuk dan keluar"), Kind.TEXT, lambda row: row.reason, is_aside=True),
        ),
        lines, known_by=lambda row: (row.kawasan.id, row.kind, row.record, row.what),
        record=lambda row: (row.form, row.record) if row.record else (Kawasan.key, row.kawasan.id),
        empty=say("Belum ada kawasan kumuh yang dicatat. Di Kolaborasi, Buku SK, N mencatatnya."),
    )


def _sign(row: LedgerRow) -> str:
    if row.kind == UNEXPLAINED:
        return LATE if row.hectares else FIT
    return OPEN


_CONSIDERED = {"tinggi": "Tinggi", "sedang": "Sedang", "rendah": "Rendah", "sangat_padat": "Sangat padat"}


def band_words(code: str | None) -> str:
    """Return a band of considerations, or a class of density, in words."""
    return say(_CONSIDERED.get(code, code)) if code else ""


def authority_words(code: str | None) -> str:
    """Return who has authority, in words."""
    return {
        slum_class.CITY: say("Kabupaten/kota"), slum_class.PROVINCE: say("Provinsi"),
        slum_class.NATION: say("Pemerintah pusat"),
    }.get(code or "", "")


def legal_words(legal: bool | None) -> str:
    """Return whether a settlement is legal, in words."""
    return "" if legal is None else say("Legal") if legal else say("Tidak legal")


def lacking_words(each: LackingAnswer) -> str:
    """Return the lacking answers in words, and where each is to be given."""
    if each.code == "rt_data":
        return say("data {count} RT", count=each.number)
    if each.code == slum_class.DENSITY:
        return say("kepadatan penduduk (B.1 luas RT dan jumlah jiwa)")
    question = Kawasan.question(each.question)
    return say(question.label).rstrip("?") if question else each.code


def lacks(line: KawasanLine) -> str:
    """Return everything that lacks in one sentence, "" where nothing does."""
    told = [lacking_words(each) for each in line.lacking]
    if line.unsaid:
        told.append(say("luas yang berkurang di {count} kegiatan selesai", count=line.unsaid))
    return say("belum lengkap: {what}", what="; ".join(told)) if told else ""


@report(lambda workspace, asked: decrees.lines(workspace, asked.area, asked.period))
def kawasan_class(lines: Sequence[KawasanLine] = ()) -> Table[KawasanLine]:
    """Return the kawasan of an area with level, considerations, legality, class, priority, handling and authority."""
    return Table(
        "kawasan_class", say("Kelas dan prioritas kawasan"), (
            Column("region", say("Kelurahan"), Kind.REGION, lambda line: line.region, varies=True, gives_way=1,
                   shown=lambda line: village(line.region), sample="n" * 12, wraps=True),
            Column("name", say("Kawasan"), Kind.NAME, lambda line: line.name, sample="n" * 12, stretches=True,
                   wraps=True),
            Column("start", say("Luas awal (Ha)"), Kind.DECIMAL, lambda line: line.ledger.start, is_aside=True,
                   shown=lambda line: hectares(line.ledger.start)),
            Column("reduced", say("Berkurang (Ha)"), Kind.DECIMAL, lambda line: line.ledger.reduced, is_aside=True,
                   shown=lambda line: hectares(line.ledger.reduced)),
            Column("left", say("Tersisa (Ha)"), Kind.DECIMAL, lambda line: line.ledger.left, sample="1.000,0000",
                   shown=lambda line: hectares(line.ledger.left)),
            Column("unexplained", say("Selisih (Ha)"), Kind.DECIMAL, lambda line: line.ledger.unexplained,
                   is_aside=True, shown=lambda line: hectares(line.ledger.unexplained)),
            Column("slum_ha", say("Kumuh menurut nilai (Ha)"), Kind.DECIMAL, lambda line: line.slum_ha, is_aside=True,
                   shown=lambda line: hectares(line.slum_ha)),
            Column("total", say("Nilai"), Kind.WHOLE, lambda line: line.total, sample="00", gives_way=6),
            Column("level", say("Tingkat"), Kind.SMALL, _level, sample=say("Kumuh sedang"), gives_way=7, wraps=True),
            Column("points", say("Pertimbangan"), Kind.WHOLE, is_aside=True,
                   of=lambda line: considered(line).total),
            Column("consideration", say("Pertimbangan lain"), Kind.SMALL, sample=say("Sedang"), gives_way=3,
                   of=lambda line: _mark(considered(line).code, band_words(considered(line).code))),
            Column("legal", say("Legalitas"), Kind.SMALL, sample=say("Tidak legal"), gives_way=4, of=_legal),
            Column("class", say("Kelas"), Kind.IDENTITY, _class, sample="A1", is_fixed=False),
            Column("priority", say("Prioritas"), Kind.WHOLE, sample="0",
                   of=lambda line: line.slum_class.priority if line.slum_class else None),
            Column("handling", say("Pola penanganan"), Kind.TEXT, _handling, sample=say("Permukiman kembali"),
                   gives_way=5),
            Column("authority", say("Kewenangan"), Kind.TEXT, sample=say("Pemerintah pusat"), gives_way=2,
                   of=lambda line: _mark(line.authority, authority_words(line.authority))),
            Column("lacking", say("Belum lengkap"), Kind.TEXT, lacks, is_aside=True),
        ),
        lines, known_by=lambda line: line.id, record=lambda line: (Kawasan.key, line.id),
        empty=say("Belum ada kawasan kumuh yang dicatat. N mencatatnya."),
        sums={"left": sum((line.ledger.left or Fraction() for line in lines), Fraction()),
              "reduced": sum((line.ledger.reduced for line in lines), Fraction())},
    )


def considered(line: KawasanLine) -> Considered:
    """Return the other considerations of a kawasan, nothing known where nobody assessed it."""
    return line.annex.considered if line.annex and line.annex.considered else Considered({}, None, None)


def _legal(line: KawasanLine) -> Mark | None:
    legal = line.annex.legal if line.annex else None
    return None if legal is None else Mark("legal" if legal else "not_legal", legal_words(legal))


def _mark(code: str | None, words: str) -> Mark | None:
    return Mark(code, words) if code else None


def _level(line: KawasanLine) -> Mark | None:
    if line.total is None or line.annex is None or line.annex.assessed is None:
        return None
    level = line.annex.assessed.regulation.level(line.total)
    name = say(level.name)
    return Mark(level.code, say("{level}, sementara", level=name) if line.provisional else name)


def _class(line: KawasanLine) -> str:
    return line.slum_class.code if line.slum_class else ""


def _handling(line: KawasanLine) -> str:
    return say(line.handling.name) if line.handling else ""


def _standing(line: YearlyUpdate) -> Mark:
    words = {
        yearly_updates.SURVEYED: say("disurvei {period}", period=line.period),
        yearly_updates.COMPUTED: say("dihitung dari pekerjaan selesai, belum disurvei"),
        yearly_updates.UNCHANGED: say("belum disurvei, masih seperti {period}", period=line.base),
    }
    return Mark(line.standing, words[line.standing])


_STANDING_SIGNS = {yearly_updates.SURVEYED: FIT, yearly_updates.COMPUTED: ASKED}


def _level_of(line: YearlyUpdate) -> Mark:
    level = line.now.regulation.level(line.now.score.total)
    return Mark(level.code, say(level.name))


@report(lambda workspace, asked: [each for each in yearly_updates.updates(workspace, asked.area, asked.period)
                                  if asked.rt in (None, each.rt)])
def yearly_update(lines: Sequence[YearlyUpdate] = ()) -> Table[YearlyUpdate]:
    """Return how each RT stands in a period: surveyed, or computed from the work finished since its last data."""
    return Table(
        "yearly_update", say("Pembaruan tahunan RT"), (
            Column("region", say("Kelurahan"), Kind.REGION, lambda line: line.region, varies=True, gives_way=4,
                   shown=lambda line: village(line.region), sample="n" * 14),
            Column("rt", say("RT"), Kind.RT, lambda line: line.rt, sample="RT 000 / RW 00"),
            Column("base", say("Data dari"), Kind.TEXT, lambda line: line.base, sample="2026-awal", gives_way=2),
            Column("before", say("Nilai datanya"), Kind.WHOLE, lambda line: line.before.score.total, sample="00"),
            Column("total", say("Nilai"), Kind.WHOLE, lambda line: line.now.score.total, sample="00"),
            Column("level", say("Tingkat"), Kind.SMALL, _level_of, sample=say("Kumuh sedang"), gives_way=3),
            Column("slum_ha", say("Luas kumuh"), Kind.DECIMAL, unit="ha", sample="000,00 ha", gives_way=1,
                   of=lambda line: line.now.area_ha if line.now.is_slum else Fraction(),
                   shown=lambda line: written.hectares(line.now.area_ha if line.now.is_slum else Fraction())),
            Column("works", say("Pekerjaan selesai"), Kind.TEXT, lambda line: "; ".join(line.works), is_aside=True),
            Column("standing", say("Asal nilainya"), Kind.VERDICT, _standing, stretches=True, wraps=True,
                   icon=lambda line: _STANDING_SIGNS.get(line.standing, OPEN),
                   sample=say("dihitung dari pekerjaan selesai, belum disurvei")),
        ),
        lines, known_by=lambda line: (line.region, line.rt),
        explains=lambda line: joined((line.rt, "; ".join(line.works))) if line.works else "",
        empty=say("Belum ada RT yang pernah dinilai di sini."),
        sums={"slum_ha": sum((line.now.area_ha for line in lines if line.now.is_slum), Fraction())},
    )
