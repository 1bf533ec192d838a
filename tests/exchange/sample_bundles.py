"""A small form with every kind of question, versions of it, and bundles written from them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from p2kp_desktop.exchange.bundle import Arrived, Manifest
from p2kp_desktop.exchange.reading import Parcel, read
from p2kp_desktop.exchange.writing import write
from p2kp_desktop.schema import (
    AtMost,
    Choice,
    Date,
    Derived,
    Form,
    Identity,
    Measure,
    Money,
    Options,
    Person,
    Reference,
    RegionOf,
    RtList,
    Section,
    Several,
    Text,
    Whole,
    new_id,
)
from p2kp_desktop.schema.causality import Dot, Save, Version, edit, merge
from p2kp_desktop.schema.history import START, Change, HistoryRow
from p2kp_desktop.schema.values import Answer

VILLAGE = "16.71.01.1001"
SOURCES = Options(ledeng="Ledeng meteran (SR)", bor="Sumur bor/pompa", hujan="Air hujan; ditampung")
USES = Options(minum="Minum", mandi="Mandi", cuci="Cuci")


class Well(Form, key="well", title="Z. Sumur Warga"):
    general = Section("Umum")
    owner = Person("Nama pemilik", number="1")
    nik = Identity("NIK", number="2")
    source = Choice("Sumber air", SOURCES, number="3")
    uses = Several("Dipakai untuk", USES, number="4", required=False)
    depth = Measure("Kedalaman", unit="m", number="5", high=300)
    users = Whole("Jumlah pemakai", unit="jiwa", number="6", high=500)
    cost = Money("Biaya", number="7", when=source.is_("b"))
    dug = Date("Tanggal dibuat", number="8")
    per_user = Derived("Kedalaman per pemakai", depth / users, unit="m/jiwa", number="9")
    served = RtList("RT terlayani", number="10")
    region_of_water = RegionOf("Wilayah sumber air", number="11")
    neighbour = Reference("Sumur tetangga", to="well", number="12")
    note = Text("Catatan petugas", number="13", required=False)
    few_users = AtMost(users, depth, "Pemakai paling banyak sebanyak meternya.")


LONG_TITLE = "Bak: Penampung/Air [desa] yang sangat panjang namanya"


class Tank(Form, key="tank", title=LONG_TITLE, place="region", per_period=False):
    litres = Whole("Isi", unit="liter")


FORMS = (Well, Tank)
ANSWERS: dict[str, Answer] = {
    "region": VILLAGE, "rt": "014/005", "period": "2026", "owner": "Siti Aminah", "nik": "0671010101010001",
    "source": "bor", "uses": "minum,cuci", "depth": "7.2", "users": 3, "cost": 1500000, "dug": "2022-10-04",
    "served": "014/005,015/005", "region_of_water": VILLAGE, "neighbour": "0190aaaa", "note": "=1+1",
}


def a_save(tick: int = 1, node: str = "laptop-a", role: str = "facilitator", person: str = "Rina") -> Save:
    return Save(Dot(node, tick), person, role, f"Laptop {person}", "2026-10-04T09:30:00+07:00")


def a_version(form: str = "well", record: str | None = None, tick: int = 1, **changes: Answer) -> Version:
    return edit(Version(form, record or new_id()), a_save(tick), {**(ANSWERS if form == "well" else {}), **changes})


def a_conflict(key: str, mine: Answer, theirs: Answer, **changes: Answer) -> Version:
    version = a_version(**{**changes, key: mine})
    other = edit(Version("well", version.id), a_save(1, "pc-b", "district", "Dedi"), {key: theirs})
    return merge(version, other)


def a_manifest(**fields: Any) -> Manifest:
    plain = Manifest(
        bundle=new_id(), node="laptop-a", workspace="Laptop Rina", role="facilitator", person="Rina Marlina",
        time="2026-10-06T16:45:00+07:00", program="P2KP Desktop 0.1.0", to="district", regions=(VILLAGE,),
        since={VILLAGE: {"laptop-a": 3}}, includes={VILLAGE: {"laptop-a": 9}},
    )
    return replace(plain, **fields)


def a_chain(*entries: tuple[Version, dict[str, Change]], place: str = VILLAGE) -> list[HistoryRow]:
    rows: list[HistoryRow] = []
    for number, (version, changes) in enumerate(entries, start=1):
        previous = rows[-1].hash if rows else START
        row = HistoryRow(
            a_save(number), place, number, version.form, version.id, changes, "diketik", previous
        )
        rows.append(row.sealed())
    return rows


def written(
    path: Path, versions: Iterable[Version], history: Iterable[HistoryRow] = (), manifest: Manifest | None = None,
    **options: Any,
) -> Path:
    write(path, manifest or a_manifest(), versions, history, **{"forms": FORMS, **options})
    return path


def arrived(parcel: Parcel) -> dict[str, Arrived]:
    return {one.id: one for one in parcel.arrived()}


def changed(path: Path, change: Callable[[Workbook], object]) -> Parcel:
    """Change a bundle as an office suite would, and read it."""
    book = load_workbook(path)
    change(book)
    book.save(path)
    return read(path)


def column_of(book: Workbook, sheet: str, key: str) -> str:
    return next(cell.column_letter for cell in book[sheet][1] if cell.value == key)


def cell_of(book: Workbook, key: str, row: int = 4, sheet: str = "Sumur Warga") -> Any:
    return book[sheet][f"{column_of(book, sheet, key)}{row}"]


