"""The RTs before and after receiving: households, safe water, slum score."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from p2kp_desktop.actions.bundles.arrivals import Movement, Standing
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.table import Table, TableCard
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.look.measures import SPACE_8

from .rows import LEAST_TABLE, Column, Rows

_NONE = "–"


class Totals(QWidget):
    """A row for every RT that stands elsewhere now, and the sum below."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Table(two_lines=False)
        self.table.setMinimumHeight(LEAST_TABLE)
        self.rows = Rows[Movement](_columns(), self)
        self.table.setModel(self.rows)
        self.table.setAccessibleName(say("Jumlah per RT, sebelum dan sesudah"))
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._sum, self.doubts = Label("", NOTE, wraps=True), Label("", NOTE, wraps=True)
        self.doubts.hide()
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._explain(now.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8)
        column.addWidget(TableCard(self.table), 1)
        column.addWidget(self.doubts)
        column.addWidget(self._sum)

    def _explain(self, row: int) -> None:
        """Say of the current RT why its score may still change, and what gives another one."""
        found = self.rows.rows[row] if 0 <= row < len(self.rows.rows) else None
        standing = (found.after or found.before) if found else None
        words = " ".join(standing.reasons) if standing else ""
        self.doubts.say(" · ".join((say("RT {number}", number=found.rt), words)) if found and words else "")
        self.doubts.setVisible(bool(words))

    def show_movements(self, movements: Sequence[Movement], period: str) -> None:
        """Show the RTs that changed."""
        self.rows.show_rows(movements)
        self.table.setCurrentIndex(self.rows.index(0, 0))
        self._explain(0)
        regions = {movement.region for movement in movements}
        self.table.setColumnHidden(1, len(regions) < 2)
        before = sum(each.before.households for each in movements if each.before)
        after = sum(each.after.households for each in movements if each.after)
        if not movements:
            self._sum.say(say("Tidak ada RT yang berubah pada periode {period}.", period=period))
            return
        self._sum.say(say(
            "{count} RT berubah pada periode {period}: {before} menjadi {after} rumah.",
            count=len(movements), period=period, before=written.number(before), after=written.number(after),
        ))


def _columns() -> tuple[Column[Movement], ...]:
    return (
        Column(say("RT"), Content.NAME, lambda each: each.rt),
        Column(say("Kelurahan/desa"), Content.IDENTITY, lambda each: region_name(each.region)),
        Column(say("Rumah"), Content.NUMBER, lambda each: _moved(each, _households)),
        Column(say("Air aman"), Content.NUMBER, lambda each: _moved(each, _water)),
        Column(say("Nilai kumuh"), Content.NUMBER, lambda each: _moved(each, _score)),
    )


def _moved(movement: Movement, show: Callable[[Standing], str]) -> str:
    before = show(movement.before) if movement.before else _NONE
    after = show(movement.after) if movement.after else _NONE
    return after if before == after else f"{before} → {after}"


def _households(standing: Standing) -> str:
    return written.number(standing.households)


def _water(standing: Standing) -> str:
    if standing.water is None:
        return _NONE
    return written.percent(standing.water)


def _score(standing: Standing) -> str:
    told = f"{standing.score} {say(standing.level)}"
    return say("{score}, sementara", score=told) if standing.provisional else told


