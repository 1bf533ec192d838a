"""Activities with their reports, partners with their commitments, policies of the collaboration."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.actions.collaboration import commitments as community_commitments
from p2kp_desktop.actions.collaboration import partners as community_partners
from p2kp_desktop.actions.collaboration import works
from p2kp_desktop.actions.collaboration.commitments import Given, Promise
from p2kp_desktop.actions.collaboration.partners import Partner, PolicyLine
from p2kp_desktop.actions.collaboration.works import ProgressStep, Work
from p2kp_desktop.forms.activity import COMPONENTS, TERMS, Progress
from p2kp_desktop.forms.collaboration import Commitment
from p2kp_desktop.language import say, say_many
from p2kp_desktop.rules.commitments import DROPPED, KEPT, state_word
from p2kp_desktop.rules.commitments import LATE as LATE_STATE
from p2kp_desktop.schema import Unreadable, written
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.schema.table import Column, Kind, Mark, Point, Scope, Table
from p2kp_desktop.store import Workspace

from .funding import short_source, source_name, village, year_of
from .marks import FIT, LATE, OPEN, UNFIT, some
from .registry import Group, reports_of

report = reports_of(Group.MONEY)

_TERMS = tuple(option.label for option in TERMS)


def works_of(workspace: Workspace, asked: Scope) -> list[Work]:
    """Return the activities asked for."""
    return [
        line for line in works.works(workspace, asked.area)
        if asked.rt in (None, _plain_rt(line.where)) and asked.period in ("", line.period)
    ]


def _plain_rt(label: str) -> str:
    try:
        return normal_rt(label)
    except Unreadable:
        return label


@report(works_of)
def activities(lines: Sequence[Work] = ()) -> Table[Work]:
    """Return the activities of an area: their money, and how far they are."""
    return Table(
        "activities", say_many("Kegiatan"), (
            Column("name", say("Kegiatan"), Kind.NAME, lambda line: line.name, sample="n" * 20, stretches=True,
                   wraps=True),
            Column("region", say("Kelurahan"), Kind.REGION, lambda line: line.region, varies=True, wraps=True,
                   shown=lambda line: village(line.region), sample="Tiga-Empat Ulu, Ilir",
                   by=lambda line: (line.region, line.name)),
            Column("where", say("Lokasi"), Kind.TEXT, lambda line: line.where, sample="RT 014/005", gives_way=4,
                   wraps=True),
            Column("year", say("Tahun"), Kind.TEXT, lambda line: line.period, sample="2026", gives_way=3),
            Column("component", say("Komponen"), Kind.TEXT, _component, is_aside=True),
            Column("source", say("Sumber"), Kind.TEXT, sample="APBN PUPR", gives_way=2, is_fixed=True,
                   of=lambda line: Mark(line.source, short_source(line.source)) if line.source else None),
            Column("amount", say("Jumlah dana"), Kind.MONEY, lambda line: line.amount, sample="Rp10.000.000.000",
                   gravity=lambda line: "hard" if line.overpaid else ""),
            Column("paid", say("Dibayarkan"), Kind.MONEY, lambda line: line.paid, is_aside=True),
            Column("physical", say("Fisik"), Kind.SHARE, lambda line: Fraction(line.physical) / 100,
                   shown=lambda line: _percent(line.physical), sample="100 %"),
            Column("financial", say("Keuangan"), Kind.SHARE, lambda line: Fraction(line.financial) / 100,
                   shown=lambda line: _percent(line.financial), sample="100 %", gives_way=5, is_fixed=True),
            Column("instalments", say("Termin"), Kind.SMALL, lambda line: _paid_terms(line) or None,
                   shown=lambda line: _paid_terms(line) or say("belum"), sample="60, 30, 10 %", gives_way=1,
                   is_fixed=True),
            Column("kpp", say("KPP"), Kind.TEXT, lambda line: line.kpp, is_aside=True),
            Column("handover", say("Serah terima"), Kind.DATE, lambda line: line.handover or None, is_aside=True),
        ),
        lines, known_by=lambda line: line.id, record=lambda line: ("activity", line.id), every_period=True,
        at=lambda line: Point.of(line.latitude, line.longitude),
        sums={"amount": sum(line.amount for line in lines), "paid": sum(line.paid for line in lines)},
    )


def _component(line: Work) -> Mark | None:
    return Mark(line.component, say(COMPONENTS.show(line.component))) if line.component else None


def _percent(number: Decimal) -> str:
    return f"{written.number(number)} %"


def _paid_terms(line: Work) -> str:
    terms = ", ".join(each.removeprefix("p") for each in line.instalments)
    return f"{terms} %" if terms else ""


@report(lambda workspace, asked: [step for line in works_of(workspace, asked) for step in line.steps])
def activity_reports(lines: Sequence[ProgressStep] = ()) -> Table[ProgressStep]:
    """Return the reports of progress of the activities of an area."""
    return Table(
        "activity_reports", say("Laporan kemajuan"), (
            Column("region", say("Kelurahan"), Kind.REGION, lambda step: step.region, is_aside=True,
                   shown=lambda step: village(step.region)),
            Column("work", say("Kegiatan"), Kind.NAME, lambda step: step.work, is_aside=True),
            Column("date", say("Laporan"), Kind.DATE, lambda step: step.date or None, is_fixed=True,
                   shown=lambda step: written.day(step.date), sample="30 September 2026", stretches=True),
            Column("physical", say("Fisik"), Kind.DECIMAL, lambda step: step.physical, unit="%", is_fixed=True,
                   shown=lambda step: _percent(step.physical), gravity=_oddness("physical"), sample="100 %"),
            Column("financial", say("Keuangan"), Kind.DECIMAL, lambda step: step.financial, unit="%", is_fixed=True,
                   shown=lambda step: _percent(step.financial), gravity=_oddness("financial"), sample="100 %"),
            Column("instalment", say("Termin"), Kind.SMALL, _term, gravity=_oddness("instalment"), is_fixed=True,
                   sample=max(map(say, _TERMS), key=len), gives_way=2),
            Column("paid", say("Dibayarkan"), Kind.MONEY, lambda step: some(step.paid), is_fixed=True,
                   gravity=_oddness("paid"), sample="Rp1.000.000.000"),
            Column("photo", say("Foto"), Kind.SMALL, lambda step: Mark("photo", say("ada")) if step.photo else None,
                   gravity=_oddness("photo"), sample=say("ada"), gives_way=1, is_fixed=True),
            Column("note", say("Catatan"), Kind.TEXT, lambda step: step.note, is_aside=True),
        ),
        lines, sums={"paid": sum(step.paid for step in lines)}, every_period=True, known_by=lambda step: step.id,
        record=lambda step: ("progress", step.id),
        empty=say("Belum ada laporan. P mencatat kemajuan."),
    )


def _term(step: ProgressStep) -> Mark | None:
    return Mark(step.instalment, say(Progress.instalment.show(step.instalment))) if step.instalment else None


def _oddness(key: str) -> Callable[[ProgressStep], str]:
    """Return a function that says whether an answer of a report is unlikely beside the other reports."""
    return lambda step: "soft" if key in [question for question, _message in step.odd] else ""


@report(lambda workspace, asked: community_partners.partners(workspace, asked.area))
def partners(lines: Sequence[Partner] = ()) -> Table[Partner]:
    """Return who takes part in the collaboration of an area, and with how much."""
    return Table(
        "partners", say_many("Pihak"), (
            Column("name", say("Pihak"), Kind.NAME, lambda line: line.name, sample="Dinas PUPR Kota Palembang",
                   stretches=True, wraps=True),
            Column("element", say("Unsur"), Kind.TEXT, lambda line: say(line.element) if line.element else "",
                   sample="Kecamatan/kelurahan", gives_way=1, by=lambda line: line.element),
            Column("roles", say("Peran"), Kind.TEXT, lambda line: "; ".join(say(role) for role in line.roles),
                   is_aside=True),
            Column("offers", say("Dapat memberi"), Kind.TEXT, lambda line: line.offers, is_aside=True),
            Column("firm", say("Disepakati"), Kind.MONEY, lambda line: line.firm, sample="Rp1.000.000.000"),
            Column("offered", say("Ditawarkan"), Kind.MONEY, lambda line: line.offered, is_aside=True),
        ),
        lines, known_by=lambda line: line.id,
        sums={"firm": sum(line.firm for line in lines), "offered": sum(line.offered for line in lines)},
    )


def _promises_of(workspace: Workspace, asked: Scope) -> list[Promise]:
    found = community_commitments.promises(workspace, asked.area)
    return [each for each in found if year_of(asked) in (None, each.year)]


@report(_promises_of)
def commitments(lines: Sequence[Promise] = ()) -> Table[Promise]:
    """Return the table of commitments and how each stands today; one that was cancelled is in no sum."""
    standing = [each for each in lines if each.pledge.state != DROPPED]
    cancelled = len(lines) - len(standing)
    return Table(
        "commitments", say_many("Komitmen"), (
            Column("state", say("Keadaan"), Kind.VERDICT, _state, icon=_state_sign, sample=say("Terlambat")),
            Column("who", say("Pihak"), Kind.NAME, lambda line: line.who, sample="n" * 14, wraps=True, varies=True),
            Column("what", say("Untuk apa"), Kind.TEXT, lambda line: line.what, sample="n" * 18, stretches=True,
                   wraps=True),
            Column("year", say("Tahun"), Kind.WHOLE, lambda line: some(line.year), sample="2026", gives_way=2,
                   shown=lambda line: str(line.year or "")),
            Column("due", say("Tenggat"), Kind.DATE, _due, sample="30 Mei 20260", gives_way=3,
                   shown=lambda line: written.short_day(line.pledge.due) if line.pledge.due else ""),
            Column("source", say("Sumber dana"), Kind.TEXT, is_aside=True,
                   of=lambda line: Mark(line.source, source_name(line.source)) if line.source else None),
            Column("amount", say("Jumlah dana"), Kind.MONEY, lambda line: some(line.amount), shown=_promised,
                   sample="Rp1.000.000.000"),
            Column("given", say("Diberikan"), Kind.MONEY, lambda line: some(line.pledge.given),
                   sample="Rp1.000.000.000", gives_way=5),
            Column("left", say("Sisa"), Kind.MONEY, lambda line: some(line.pledge.left), is_aside=True),
            Column("goods", say("Barang atau jasa"), Kind.TEXT, lambda line: line.goods, is_aside=True),
            Column("goods_volume", say("Banyaknya"), Kind.DECIMAL, lambda line: line.pledge.goods or None,
                   is_aside=True),
            Column("goods_unit", say("Satuan"), Kind.TEXT, lambda line: line.unit, is_aside=True),
            Column("goods_given", say("Barang diberikan"), Kind.DECIMAL, lambda line: line.pledge.given_goods or None,
                   is_aside=True),
            Column("reached", say("Kesepakatan"), Kind.SMALL, _reached, is_aside=True),
            Column("letter", say("Surat"), Kind.TEXT, lambda line: line.letter, is_aside=True),
            Column("need", say("Kebutuhan"), Kind.SMALL, sample=say("menunggu"), gives_way=1,
                   of=lambda line: Mark("there", say("ada")) if line.need else Mark("waiting", say("menunggu"))),
        ),
        lines, every_period=True, known_by=lambda line: line.id, record=lambda line: ("commitment", line.id),
        sums={"amount": sum(each.amount for each in standing), "given": sum(each.pledge.given for each in standing),
              "left": sum(each.pledge.left for each in standing)},
        notes=(say("{count} komitmen yang batal tidak ikut dijumlahkan.", count=cancelled),) if cancelled else (),
        empty=say("Belum ada komitmen. K mencatatnya."),
    )


def _due(line: Promise) -> str | None:
    return line.pledge.due.isoformat() if line.pledge.due else None


def _promised(line: Promise) -> str:
    """Return the promise in words: money, or the goods that are given instead."""
    return written.money(line.amount) if line.amount else line.goods


def _state(line: Promise) -> Mark:
    return Mark(line.pledge.state, state_word(line.pledge.state))


_STATE_SIGNS = {KEPT: FIT, LATE_STATE: LATE, DROPPED: UNFIT}


def _state_sign(line: Promise) -> str:
    return _STATE_SIGNS.get(line.pledge.state, OPEN)


def _reached(line: Promise) -> Mark | None:
    return Mark(line.reached, say(Commitment.reached.show(line.reached))) if line.reached else None


@report(lambda workspace, asked: [step for line in _promises_of(workspace, asked) for step in line.steps])
def realisations(lines: Sequence[Given] = ()) -> Table[Given]:
    """Return the realisations of the commitments of an area, with their evidence."""
    return Table(
        "realisations", say("Realisasi komitmen"), (
            Column("who", say("Pihak"), Kind.NAME, lambda step: step.who, varies=True, sample="n" * 14),
            Column("date", say("Tanggal"), Kind.DATE, lambda step: step.date or None, is_fixed=True,
                   shown=lambda step: written.day(step.date), sample="30 September 2026"),
            Column("amount", say("Dana"), Kind.MONEY, lambda step: some(step.amount), is_fixed=True,
                   sample="Rp1.000.000.000"),
            Column("goods", say("Banyaknya"), Kind.DECIMAL, lambda step: step.goods, is_fixed=True, varies=True,
                   shown=lambda step: _of_goods(step), sample="1.000 Sak"),
            Column("unit", say("Satuan"), Kind.TEXT, lambda step: step.unit if step.goods else "", is_aside=True),
            Column("evidence", say("Bukti"), Kind.TEXT, lambda step: step.evidence, sample="n" * 16, stretches=True,
                   wraps=True, is_fixed=True),
            Column("file", say("Berkas"), Kind.SMALL, gives_way=1, is_fixed=True, sample=say("ada"),
                   of=lambda step: Mark("file", say("ada")) if step.is_attached else None),
            Column("note", say("Catatan"), Kind.TEXT, lambda step: step.note, is_aside=True),
        ),
        lines, sums={"amount": sum(step.amount for step in lines)}, every_period=True, known_by=lambda step: step.id,
        record=lambda step: ("realisation", step.id),
        empty=say("Belum ada yang diberikan. R mencatat realisasi."),
    )


def _of_goods(step: Given) -> str:
    return f"{written.number(step.goods)} {step.unit}".strip() if step.goods else ""


@report(lambda workspace, asked: community_partners.policies(workspace, asked.area))
def policies(lines: Sequence[PolicyLine] = ()) -> Table[PolicyLine]:
    """Return the register of decrees, plans, regulations and targets that hold in an area."""
    return Table(
        "policies", say_many("Kebijakan"), (
            Column("kind", say("Jenis"), Kind.TEXT, lambda line: say(line.kind), sample=say("Sasaran dan target"),
                   by=lambda line: line.kind),
            Column("name", say("Judul"), Kind.NAME, lambda line: line.name, sample="n" * 16, stretches=True,
                   wraps=True),
            Column("number", say("Nomor"), Kind.IDENTITY, lambda line: line.number, sample="000/KPTS/2014",
                   gives_way=2, is_fixed=True),
            Column("date", say("Tanggal"), Kind.DATE, lambda line: line.date or None,
                   shown=lambda line: written.short_day(line.date), sample="30 Sep 2026"),
            Column("area", say("Wilayah"), Kind.TEXT, lambda line: line.area, sample="Kota Palembang", gives_way=1),
            Column("hectares", say("Luas (Ha)"), Kind.DECIMAL, lambda line: line.hectares, sample="1.042,5",
                   is_fixed=True),
            Column("target", say("Sasaran"), Kind.TEXT, lambda line: line.target, is_aside=True),
        ),
        lines, known_by=lambda line: line.id, record=lambda line: ("policy", line.id),
    )
