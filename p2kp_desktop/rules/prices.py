"""What a unit of work on a criterion costs: of the prices that are written down the one that counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.forms.criteria import criteria
from p2kp_desktop.forms.price import PRICED_IN, Price
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.places import concerns


@dataclass(frozen=True)
class UnitPrice:
    """What one unit of a criterion costs in rupiah, the unit being the criterion's own: metre, KK, building, hectare.

    `region` is where it holds, "" anywhere; `work` says by which kind of work, "" by the usual one.
    """

    option: str
    amount: Fraction
    year: int
    source: str
    region: str = ""
    work: str = ""
    id: str = ""


@dataclass(frozen=True)
class PriceList:
    """The prices that are known."""

    prices: tuple[UnitPrice, ...] = ()

    def of(self, option: str, region: str) -> UnitPrice | None:
        """Return the price of a criterion in a kelurahan, None where nobody wrote one down.

        Of one kind of work the price of the kabupaten/kota counts before that of the province, and the latest before
        the earlier; of two of one year the dearer. Of several kinds of work the cheapest is taken.
        """
        found: dict[str, UnitPrice] = {}
        for each in self.prices:
            if each.option == option and (not each.region or concerns(each.region, region)):
                kind = each.work.casefold().strip()
                found[kind] = max(found.get(kind, each), each, key=lambda one: (len(one.region), one.year, one.amount))
        return min(found.values(), key=lambda one: (one.amount, one.work), default=None)


def price_list(records: Iterable[Record]) -> PriceList:
    """Return the price list that records make; one in a unit that does not fit its criterion is left out."""
    made = (_price(each) for each in records)
    return PriceList(tuple(each for each in made if each is not None))


def _price(record: Record) -> UnitPrice | None:
    option, unit = str(record.understood(Price.criterion) or ""), str(record.understood(Price.unit) or "")
    amount = record[Price.price]
    own = next((each.unit for each in criteria() if each.option == option), "")
    if amount is None or (own, unit) not in PRICED_IN:
        return None
    return UnitPrice(
        option, Fraction(amount) * PRICED_IN[own, unit], record[Price.year] or 0, record.show(Price.source),
        str(record.answers.get("region") or ""), record.show(Price.work), record.id,
    )
