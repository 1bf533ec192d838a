"""What each part of the bowl asks, from where that is known and how surely; Enter changes it for the district."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from p2kp_desktop.language import say
from p2kp_desktop.rules.bowl import Rule
from p2kp_desktop.schema.values import show_number
from p2kp_desktop.ui.collecting.cells import Cell
from p2kp_desktop.ui.collecting.line_list import LineList
from p2kp_desktop.ui.collecting.listtable import Column
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.look.measures import SPACE_8

from .part_lines import title


class RulesPage(QWidget):
    """The ten rules; the one in focus is told whole below the list."""

    opened = Signal(str)  # the key of a part

    def __init__(self) -> None:
        super().__init__()
        self.rules: LineList[Rule] = LineList(_columns(), _cell, {}, say("Aturan kesiapan"))
        self.whole = Label("", SECONDARY, wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8)
        column.addWidget(self.rules, 1)
        column.addWidget(self.whole)
        self.rules.opened.connect(lambda rule: self.opened.emit(rule.key))
        self.rules.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    def show_rules(self, found: Sequence[Rule], key: str = "") -> None:
        """Show the rules in force; one may be named."""
        keys = [rule.key for rule in found]
        row = keys.index(key) if key in keys else max(self.rules.table.currentIndex().row(), 0)
        self.rules.show_lines(found, "")
        self.rules.table.show_row(row)
        self._tell()

    def _tell(self) -> None:
        rule = self.rules.current()
        if rule is not None:
            why = say("Sumber: {source} Kepastian: {sure}.", source=say(rule.source), sure=say(rule.sure))
            words = [f"**{title(rule.key)}.** {say(rule.says)}", why]
            words += [say("Dasar di sini: {basis}", basis=rule.basis)] if rule.basis else []
            self.whole.say(" ".join(words))

    def give_focus(self) -> None:
        """Put the focus on the rules."""
        self.rules.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", say("Bagian mangkuk"), Content.NAME, title("kpp"), stretches=True),
        Column("counts", say("Dihitung?"), sample=say("Tidak")),
        Column("least", say("Paling sedikit"), Content.NUMBER, "100 " + say("pertemuan")),
        Column("from", say("Menurut"), sample=say("bawaan program")),
        Column("sure", say("Kepastian"), sample=say("disimpulkan"), drop=1),
    )


def _cell(rule: Rule, key: str) -> Cell:
    least = "" if rule.least is None else f"{show_number(rule.least)} {say(rule.unit)}"
    return Cell({
        "title": title(rule.key), "counts": say("Ya") if rule.counts else say("Tidak"), "least": least,
        "from": say("kabupaten/kota") if rule.changed else say("bawaan program"), "sure": say(rule.sure),
    }[key])
