"""Unit prices from a CSV file: criterion, unit, price, year, source."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from p2kp_desktop.forms.criteria import UNITS, criteria
from p2kp_desktop.forms.price import PRICED_IN, Price
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.prices import PriceList, UnitPrice
from p2kp_desktop.schema import HARD, Question, Unreadable
from p2kp_desktop.schema.values import tidy

from .score_csv import Fault, decoded, header_faults, lines_of, separator_of

COLUMNS = ("criterion", "unit", "price", "year", "source")
_MOST_TOLD = 10


def read(path: Path) -> PriceList:
    """Return the prices of a file; raise Trouble, which names each line that cannot be read.

    Not one line is passed over: without its price a work would be taken for one that nobody estimated.
    """
    if not path.is_file():
        raise Trouble(say("Berkas {path} tidak ditemukan.", path=path), remedy=say("Periksa nama dan foldernya."),
                      code="S01")
    text = decoded(path.read_bytes()).lstrip("\ufeff")
    lines = lines_of(text, separator_of(text))
    number, header = next(lines, (1, []))
    names = [tidy(name).casefold() for name in header or ()]
    faults = list(header_faults(number, names, COLUMNS))
    prices = []
    for line, cells in lines if not faults else ():
        price = _price(line, dict(zip(names, [*(cells or ()), *[""] * len(names)], strict=False)), faults)
        if price is not None:
            prices.append(price)
    if faults:
        told = [str(each) for each in faults[:_MOST_TOLD]]
        raise Trouble(say("Daftar harga tidak terbaca. {faults}", faults=" ".join(told)),
                      remedy=say("Perbaiki baris itu; judul kolomnya {columns}.", columns=", ".join(COLUMNS)),
                      code="Q07")
    return PriceList(tuple(prices))


def _price(line: int, cells: Mapping[str, str], faults: list[Fault]) -> UnitPrice | None:
    """Return the price of a line, None where something is wrong with it, which is added to the faults."""
    typed = {**cells, "criterion": _option(cells["criterion"]), "unit": UNITS.get(tidy(cells["unit"]), cells["unit"])}
    asked: Sequence[Question[Any]] = (Price.criterion, Price.unit, Price.price, Price.year)
    read: dict[str, object] = {}
    before = len(faults)
    for question in asked:
        try:
            read[question.key] = answer = question.read(tidy(typed[question.key]))
            faults.extend(Fault(line, question.key, each.message) for each in question.objections(answer)
                          if each.severity == HARD)
        except Unreadable as error:
            faults.append(Fault(line, question.key, str(error)))
    if len(faults) > before:
        return None
    option = str(read["criterion"])
    own = next(each.unit for each in criteria() if each.option == option)
    worth = PRICED_IN.get((own, str(read["unit"])))
    if worth is None:
        faults.append(Fault(line, "unit", say("satuan kriteria ini {unit}.", unit=own)))
        return None
    return UnitPrice(option, Fraction(int(str(read["price"]))) * worth, int(str(read["year"])), tidy(cells["source"]))


def _option(cell: str) -> str:
    """Return a criterion by its number in any edition, the usual one first; else as it was typed."""
    number = tidy(cell).casefold()
    usual = next((each.option for each in criteria() if each.number.casefold() == number), None)
    return usual or cell
