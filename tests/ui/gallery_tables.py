"""The tables of the gallery: a few households and a ranking, with every kind of cell."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.table import Table
from p2kp_desktop.ui.kit.tablecells import KIND, PROBLEM, REMARK, VALUE, Content, Verdict

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Thing:
    """What one cell of the sample table says under each role."""

    text: str
    kind: Content = Content.TEXT
    value: object = None
    remark: str = ""
    problem: Weight | None = None


class Sample(QAbstractTableModel):
    """A few households as a table shows them."""

    def __init__(self, titles: tuple[str, ...], rows: list[tuple[Thing, ...]]) -> None:
        super().__init__()
        self._titles, self._rows = titles, rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        thing = self._rows[index.row()][index.column()]
        found = {KIND: thing.kind, VALUE: thing.value, REMARK: thing.remark, PROBLEM: thing.problem}
        return thing.text if role == Qt.ItemDataRole.DisplayRole else found.get(role)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if wanted else None


TITLES = ("", "Nomor", "Kepala rumah tangga", "NIK", "KK", "Hunian", "Air minum", "Status", "Diperbarui")
FIT = Thing("Layak", Content.VERDICT, Verdict.FIT)
UNFIT = Thing("Tidak", Content.VERDICT, Verdict.UNFIT)
OPEN = Thing("belum", Content.VERDICT, Verdict.OPEN)


def household(number: int, name: str, hunian: Thing, air: Thing, status: Status, remark: str = "") -> tuple[Thing, ...]:
    return (
        Thing("", Content.CHECK),
        Thing(f"014-{number:03}", Content.IDENTITY),
        Thing(name, Content.NAME),
        Thing(f"1671••••••••{number:04}", Content.IDENTITY),
        Thing(str(number % 3 + 1), Content.NUMBER),
        hunian,
        air,
        Thing("", Content.STATUS, status, remark),
        Thing("3 Okt, 20.11", Content.DATE),
    )


HOUSEHOLDS = [
    household(17, "Zubaidah", FIT, FIT, Status.VERIFIED),
    household(18, "Ahmad Fauzi bin Kgs. Umar", UNFIT, FIT, Status.READY),
    household(19, "Nurhasanah", FIT, FIT, Status.READY),
    household(20, "Rusdi Hartono", UNFIT, UNFIT, Status.RETURNED, "1 catatan"),
    household(21, "Masagus Hasan Basri", UNFIT, FIT, Status.READY),
    household(22, "Siti Aminah", FIT, FIT, Status.SENT),
    household(23, "Sukarman bin Abdul Roni", UNFIT, OPEN, Status.DRAFT, "sampai 14"),
    household(24, "Herlina Susanti", FIT, FIT, Status.CONFLICT, "pertanyaan 12"),
    (*household(25, "Abdul Kadir Jaelani", UNFIT, FIT, Status.MUST_FIX)[:-1], Thing("31/02/22", problem=Weight.HARD)),
    household(26, "Kemas Muhammad Yusuf", Thing("Isi formulir", Content.LINK), Thing(""), Status.MISSING),
]

RANKED = [
    (
        Thing(str(place), Content.NUMBER),
        Thing(name, Content.NAME, remark=kecamatan),
        Thing(f"{hectares} ha", Content.NUMBER),
        Thing(f"{share} %", Content.SHARE, share / 100),
    )
    for place, name, kecamatan, hectares, share in (
        (1, "Kemasrindo", "Kertapati", "48,12", 96),
        (2, "Lima Ulu", "Seberang Ulu Satu", "39,80", 100),
        (3, "Tiga-puluh-enam Ilir", "Gandus", "29,31", 64),
    )
]


def household_table() -> Table:
    table = Table()
    model = Sample(TITLES, HOUSEHOLDS)
    model.setParent(table)
    table.setModel(model)
    table.horizontalHeader().setSortIndicatorShown(True)
    table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    table.resizeColumnsToContents()
    return table


def ranking_table() -> Table:
    table = Table(two_lines=True)
    model = Sample(("No.", "Kelurahan", "Luas kumuh", "Data"), RANKED)
    model.setParent(table)
    table.setModel(model)
    table.resizeColumnsToContents()
    return table
