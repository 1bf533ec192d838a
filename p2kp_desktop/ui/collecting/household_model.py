"""Households for a table: what its columns say of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from typing_extensions import override

from p2kp_desktop import environment
from p2kp_desktop.actions.tables import household_pages
from p2kp_desktop.actions.tables.household_pages import CHANGED, COMPLETE, CONFLICT, DRAFT, HouseholdLine
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import NOTHING, STATUS, Cell, Index, asked, role_of, sanitation, title_of, verdict
from p2kp_desktop.ui.lists.paging import Paged
from p2kp_desktop.ui.lists.table import Column


def columns(*, with_rt: bool) -> tuple[Column, ...]:
    """Return the columns in order; those of a wider list say the RT too."""
    rt = (Column("rt", say("RT"), Content.IDENTITY, "000/000", order="rt"),) if with_rt else ()
    return (
        Column("check", "", Content.CHECK),
        *rt,
        Column("building", say("Nomor"), Content.IDENTITY, "0000", order="building"),
        Column("name", say("Kepala rumah tangga"), Content.NAME, "Muhammad Sukarman", order="name", stretches=True),
        Column("nik", say("NIK"), Content.IDENTITY, "1671••••••••0012", drop=2, order="nik"),
        Column("kk", say("KK"), Content.NUMBER, "00", drop=3, order="kk"),
        Column("members", say("Jiwa"), Content.NUMBER, "00", drop=4, order="members"),
        Column("house", say("Hunian"), Content.VERDICT, say("Layak")),
        Column("water", say("Air minum"), Content.VERDICT, say("Layak")),
        Column("latrine", say("Jamban"), Content.VERDICT, say("Akses saja"), drop=6),
        Column("standing", say("Status"), Content.STATUS, order="standing", statuses=_statuses()),
        Column("comments", "", Content.VERDICT, "00", drop=5),
        Column("saved", say("Diperbarui"), Content.DATE, "30 Sep, 00.00", drop=1, order="saved"),
    )


def _statuses() -> tuple[tuple[Status, str], ...]:
    return (
        (Status.COMPLETE, say("belum terkirim")),
        (Status.RETURNED, ""),
        (Status.CHANGED, say("sesudah diverifikasi")),
        (Status.INCOMPLETE, ""),
        (Status.PROBLEM, ""),
        (Status.CONFLICT, say("pertanyaan {number}", number="12")),
        (Status.DRAFT, say("sampai {number}", number="12")),
    )


class HouseholdModel(Paged[str, HouseholdLine]):
    """The households of these ids."""

    def __init__(self, desk: Desk, shown: Sequence[Column]) -> None:
        super().__init__(desk, ())
        self.columns = tuple(shown)

    @override
    def width(self) -> int:
        return len(self.columns)

    @override
    def fetching(self, keys: Sequence[str]) -> Callable[[Workspace], Mapping[str, HouseholdLine]]:
        return lambda workspace: household_pages.page(workspace, keys)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, line = self.columns[index.column()], self.line(index.row())
        return role_of(CELLS[column.key](line) if line else NOTHING, column, role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return title_of(self.columns, section, orientation, role)


def _status(line: HouseholdLine) -> Cell:
    return Cell("", STATUS[line.chip], _remark(line))


def _remark(line: HouseholdLine) -> str:
    if line.standing == DRAFT:
        return say("sampai {number}", number=line.until) if line.until else ""
    if line.standing == CONFLICT:
        return say("pertanyaan {number}", number=line.until) if line.until and len(line.until) < 10 else ""
    if line.standing == CHANGED:
        return say("sesudah diverifikasi")
    if line.standing == COMPLETE and line.sent is not None:
        return say("terkirim") if line.sent else say("belum terkirim")
    return ""


CELLS: dict[str, Callable[[HouseholdLine], Cell]] = {
    "check": lambda _line: NOTHING,
    "comments": lambda line: asked(line.comments),
    "rt": lambda line: Cell(line.rt),
    "building": lambda line: Cell(line.building or "–"),
    "name": lambda line: Cell(line.name or say("(tanpa nama)")),
    "nik": lambda line: Cell(line.nik or say("tanpa NIK")),
    "kk": lambda line: Cell("" if line.kk is None else str(line.kk)),
    "members": lambda line: Cell("" if line.members is None else str(line.members)),
    "house": lambda line: verdict(line.house),
    "water": lambda line: verdict(line.water),
    "latrine": lambda line: sanitation(line.latrine, line.fit_latrine),
    "standing": _status,
    "saved": lambda line: Cell(written.short_moment(line.saved, year=environment.this_year())),
}
