"""Agreements (aturan bersama), what those of each kelurahan have come to, and the clauses to start from."""

from collections.abc import Sequence

from p2kp_desktop.actions.community import agreement_steps
from p2kp_desktop.actions.community import agreements as community_agreements
from p2kp_desktop.actions.community.agreement_steps import Example
from p2kp_desktop.actions.community.agreements import INDICATOR_FACTS, AgreementLine, Indicator
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.forms.elements import ASPECTS
from p2kp_desktop.language import say
from p2kp_desktop.rules.agreements import STAGES
from p2kp_desktop.schema.table import Column, Kind, Mark, Table

from .marks import FIT, OPEN, some
from .registry import Group, reports_of

report = reports_of(Group.COMMUNITY)


@report(lambda workspace, asked: community_agreements.lines(workspace, asked.area))
def agreements(lines: Sequence[AgreementLine] = ()) -> Table[AgreementLine]:
    """Return the agreements of an area."""
    return Table(
        "agreements", say("Aturan Bersama"), (
            Column("number", say("Nomor"), Kind.IDENTITY, lambda line: line.number, sample="AB-003 "),
            Column("name", say("Judul"), Kind.NAME, lambda line: line.name, sample="n" * 22, stretches=True),
            Column("region", say("Kelurahan"), Kind.REGION, lambda line: line.region, sample="n" * 16, gives_way=4,
                   varies=True, by=lambda line: line.region),
            Column("stage", say("Status"), Kind.TEXT,
                   lambda line: Mark(line.stage, agreement_steps.stage_words(line.stage)),
                   sample=say("Uji publik") + "    ", by=lambda line: STAGES.index(line.stage)),
            Column("version", say("Versi"), Kind.WHOLE, lambda line: some(line.version), sample="99", gives_way=2,
                   by=lambda line: line.version),
            Column("clauses", say("Pasal"), Kind.WHOLE, lambda line: line.clauses, sample="99", gives_way=1,
                   is_fixed=True),
            Column("signed", say("Tanda tangan"), Kind.TEXT, lambda line: line.signed if line.signatories else None,
                   shown=_signed, sample=say("{signed} dari {count}", signed=99, count=99), gives_way=5,
                   is_fixed=True),
            Column("signatories", say("Penanda tangan"), Kind.WHOLE, lambda line: line.signatories, is_aside=True),
            Column("violations", say("Pelanggaran terbuka"), Kind.WHOLE, lambda line: some(line.violations),
                   sample="99", gives_way=3, by=lambda line: -line.violations),
            Column("due", say("Ditinjau sebelum"), Kind.DATE, lambda line: line.review_due or None,
                   sample="30 Nov 2026 ", by=lambda line: line.review_due or "9999"),
        ),
        lines, empty=say("Belum ada aturan bersama di sini. N memulai yang pertama."), known_by=lambda line: line.id,
        record=lambda line: (Agreement.key, line.id),
        sums={"clauses": sum(line.clauses for line in lines), "violations": sum(line.violations for line in lines)},
    )


def _signed(line: AgreementLine) -> str:
    return say("{signed} dari {count}", signed=line.signed, count=line.signatories) if line.signatories else "–"


@report(lambda workspace, asked: community_agreements.indicator(workspace, asked.area, asked.period))
def indicators(lines: Sequence[Indicator] = ()) -> Table[Indicator]:
    """Return the table of how far the agreements of every kelurahan of an area had come in a period."""
    words = (say("Ada"), say("Disepakati"), say("Disahkan"), say("Berlaku"), say("Dipantau periode ini"))
    return Table(
        "indicators", say("Indikator per kelurahan"), (
            Column("region", say("Kelurahan"), Kind.NAME, lambda each: each.region, shown=lambda each: each.name,
                   sample="n" * 22, stretches=True, by=lambda each: (each.name.casefold(), each.region)),
            Column("above", say("Kecamatan"), Kind.TEXT, lambda each: each.above, sample="n" * 16, gives_way=1),
            Column("count", say("Aturan"), Kind.WHOLE, lambda each: each.count, sample="99", gives_way=2,
                   shown=lambda each: str(each.count or ""), by=lambda each: -each.count),
            *(_fact_column(fact, title) for fact, title in zip(INDICATOR_FACTS, words, strict=True)),
        ),
        lines, empty=say("Belum ada kelurahan yang didata di sini."), known_by=lambda each: each.region,
        sums={"count": sum(each.count for each in lines), **community_agreements.indicator_totals(lines)},
    )


def _fact_column(fact: str, title: str) -> Column[Indicator]:
    """Return the column of a fact; sorted by it, the kelurahan of which it is so come before the others."""
    def is_so(each: Indicator) -> bool:
        return bool(getattr(each, fact))

    return Column(fact, title, Kind.VERDICT, lambda each: Mark("yes", say("ya")) if is_so(each) else
                  Mark("no", say("belum")), icon=lambda each: FIT if is_so(each) else OPEN, sample=f"{title}    ",
                  by=lambda each: (not is_so(each), -each.reached))


@report(lambda _workspace, _asked: agreement_steps.library())
def agreement_library(lines: Sequence[Example] = ()) -> Table[Example]:
    """Return the example clauses, by aspect."""
    return Table(
        "agreement_library", say("Contoh pasal"), (
            Column("check", "", Kind.CHECK, lambda _example: None),
            Column("aspect", say("Aspek"), Kind.TEXT,
                   lambda each: Mark(each.aspect, say(ASPECTS.show(each.aspect))), sample="n" * 20,
                   by=lambda each: ASPECTS.codes.index(each.aspect)),
            Column("subject", say("Kegiatan yang diatur"), Kind.NAME, lambda each: each.subject, sample="n" * 26),
            Column("factual", say("Faktual"), Kind.TEXT, lambda each: each.factual, is_aside=True),
            Column("ideal", say("Ideal"), Kind.TEXT, lambda each: each.ideal, is_aside=True),
            Column("rule", say("Aturan"), Kind.TEXT, lambda each: each.rule, sample="n" * 30, stretches=True,
                   is_fixed=True),
        ),
        lines,
    )
