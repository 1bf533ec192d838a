"""The price list of a kabupaten/kota, or of the province: what a unit of work on a criterion costs, by which source.

None ships with the program, for no source of one is known: until somebody writes prices down, works are «belum
ditaksir».
"""

from p2kp_desktop.schema import SOFT, Both, Check, Choice, Form, Money, Never, Section, Text, Year

from .criteria import criteria
from .elements import CRITERIA, UNITS
from .places import WAYS

# How many of the criterion's own unit one unit of a price is, by both: an area may be priced by the square metre.
PRICED_IN = {("unit", "unit"): 1, ("m", "meter"): 1, ("KK", "kk"): 1, ("Ha", "ha"): 1, ("Ha", "m2"): 10_000}

MOST = 10**12  # rupiah for one unit of anything: beyond that a nought too many was typed


def _fits(criterion: Choice, unit: Choice) -> dict[str, Check]:
    """Return for each unit of criteria the check that a price is in one that can be counted with, by name."""
    made: dict[str, Check] = {}
    for own in dict.fromkeys(each.unit for each in criteria()):
        options = tuple(each.option for each in criteria() if each.unit == own)
        strange = tuple(code for code in UNITS.codes if (own, code) not in PRICED_IN)
        made[f"fits_{own.casefold()}"] = Never(
            unit, Both(criterion.is_(*options), unit.is_(*strange)),
            "Kriteria ini dihitung dalam satuan lain; harga ini tidak dipakai menghitung jalan termurah.", SOFT)
    return made


class Price(
    Form, key="price", title="Harga Satuan", place="city", per_period=False, named=("criterion", "work"),
    told_by=("price", "year"), known_by=("criterion", "work", "unit", "year"), reviewed=False, listed_in=WAYS,
):
    """What one unit of work on a criterion costs, in which year, by which source."""

    general = Section("Harga Satuan")
    criterion = Choice("Kriteria", CRITERIA)
    work = Text("Jenis pekerjaan", required=False, help="Misalnya paving, hidran, APAR. Kosong = pekerjaan biasanya.")
    unit = Choice("Satuan", UNITS)
    price = Money("Harga per satuan", low=1, high=MOST)
    year = Year("Tahun harga", low=2000, high=2100)
    source = Text("Sumber", help="Misalnya standar harga satuan kota 2026, atau penawaran toko.")

    locals().update(_fits(criterion, unit))
