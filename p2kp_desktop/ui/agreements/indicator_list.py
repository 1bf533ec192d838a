"""The indicator of every kelurahan of an area: what its agreements had come to in the period."""

from collections.abc import Callable
from functools import partial

from p2kp_desktop.actions.community.agreement_indicator import FACTS, Indicator
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.tablecells import Content, Verdict
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.table import Column


def indicator_list() -> LineList[Indicator]:
    """Return an empty list; its lines are kelurahan."""
    return LineList(_columns(), _cell, _ORDERS, say("Indikator per kelurahan"))


def _columns() -> tuple[Column, ...]:
    facts = (("exists", say("Ada")), ("agreed", say("Disepakati")), ("legalised", say("Disahkan")),
             ("in_force", say("Berlaku")), ("monitored", say("Dipantau periode ini")))
    return (
        Column("name", say("Kelurahan"), Content.NAME, sample="n" * 22, order="name", stretches=True),
        Column("above", say("Kecamatan"), sample="n" * 16, order="above", drop=1),
        Column("count", say("Aturan"), Content.NUMBER, sample="99", order="count", drop=2),
        *(Column(key, words, Content.VERDICT, sample=f"{words}    ", order=key) for key, words in facts),
    )


def _cell(each: Indicator, key: str) -> Cell:
    if key in FACTS:
        return Cell(say("ya"), Verdict.FIT) if getattr(each, key) else Cell(say("belum"), Verdict.OPEN)
    return Cell({"name": each.name, "above": each.above, "count": str(each.count or "")}[key])


def _first(fact: str, each: Indicator) -> tuple[bool, int]:
    """Return the key that puts the kelurahan of which a fact is so before the others."""
    return not getattr(each, fact), -each.reached


_ORDERS: dict[str, Callable[[Indicator], object]] = {
    "name": lambda each: (each.name.casefold(), each.region), "above": lambda each: each.above.casefold(),
    "count": lambda each: -each.count,
    **{fact: partial(_first, fact) for fact in FACTS},
}
