"""The columns and cells of the activities and of their reports."""

from p2kp_desktop.actions.community.works import Step, Work
from p2kp_desktop.forms.activity import TERMS, Progress
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.table import Column

from .words import short_source, village

_TERMS = tuple(option.label for option in TERMS)


def columns() -> tuple[Column, ...]:
    """Return the columns of the activities."""
    return (
        Column("name", say("Kegiatan"), Content.NAME, "n" * 20, order="name", stretches=True, wraps=True),
        Column("region", say("Kelurahan"), sample="Tiga-Empat Ulu, Ilir", order="region", wraps=True),
        Column("where", say("Lokasi"), sample="RT 014/005", order="where", drop=4, wraps=True),
        Column("year", say("Tahun"), sample="2026", order="year", drop=3),
        Column("source", say("Sumber"), sample="APBN PUPR", drop=2),
        Column("amount", say("Jumlah dana"), Content.NUMBER, "Rp10.000.000.000", order="amount"),
        Column("physical", say("Fisik"), Content.SHARE, "100 %", order="physical"),
        Column("financial", say("Keuangan"), Content.SHARE, "100 %", drop=5),
        Column("instalments", say("Termin"), Content.DATE, "60, 30, 10 %", drop=1),
    )


def cell(line: Work, key: str) -> Cell:
    """Return a cell of an activity; an amount that the payments exceed is marked."""
    if key in ("physical", "financial"):
        percent = line.physical if key == "physical" else line.financial
        return Cell(f"{written.number(percent)} %", float(percent) / 100)
    terms = ", ".join(each.removeprefix("p") for each in line.instalments)
    return Cell({
        "name": line.name, "region": village(line.region), "where": line.where, "year": line.period,
        "source": short_source(line.source) if line.source else "", "amount": written.money(line.amount),
        "instalments": f"{terms} %" if terms else say("belum"),
    }[key], problem=Weight.HARD if key == "amount" and line.overpaid else None)


ORDERS = {
    "name": lambda line: line.name, "region": lambda line: (line.region, line.name), "where": lambda line: line.where,
    "year": lambda line: line.period, "amount": lambda line: line.amount, "physical": lambda line: line.physical,
}


def step_columns() -> tuple[Column, ...]:
    """Return the columns of the reports."""
    return (
        Column("date", say("Laporan"), Content.DATE, "30 September 2026", stretches=True),
        Column("physical", say("Fisik"), Content.NUMBER, "100 %"),
        Column("financial", say("Keuangan"), Content.NUMBER, "100 %"),
        Column("instalment", say("Termin"), Content.DATE, max(map(say, _TERMS), key=len), drop=2),
        Column("paid", say("Dibayarkan"), Content.NUMBER, "Rp1.000.000.000"),
        Column("photo", say("Foto"), Content.DATE, say("ada"), drop=1),
    )


def step_cell(step: Step, key: str) -> Cell:
    """Return a cell of a report; what is unlikely beside the other reports is marked."""
    instalment = say(Progress.instalment.show(step.instalment)) if step.instalment else ""
    odd = key in [question for question, _message in step.odd]
    return Cell({
        "date": written.day(step.date), "physical": f"{written.number(step.physical)} %",
        "financial": f"{written.number(step.financial)} %", "instalment": instalment,
        "paid": written.money(step.paid) if step.paid else "", "photo": say("ada") if step.photo else "",
    }[key], problem=Weight.SOFT if odd else None)
