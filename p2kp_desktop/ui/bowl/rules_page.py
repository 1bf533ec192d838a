"""What each part of the bowl asks, who says so and how surely; Enter changes it where this office may."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from p2kp_desktop.actions.community.rule_governance import Governed, whose
from p2kp_desktop.language import say
from p2kp_desktop.rules.bowl import Rule
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.part_lines import title
from p2kp_desktop.ui.lists.table import Column
from p2kp_desktop.ui.look.measures import SPACE_8


class RulesPage(QWidget):
    """The ten rules; the one in focus is told whole below the list."""

    opened = Signal(str)  # the key of a part

    def __init__(self) -> None:
        super().__init__()
        self.rules: LineList[Rule] = LineList(_columns(), _cell, {}, say("Aturan kesiapan"))
        self.whole, self.hindrance = Label("", SECONDARY, wraps=True), Label("", SECONDARY, wraps=True)
        self._governed: Governed | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8)
        column.addWidget(self.hindrance)
        column.addWidget(self.rules, 1)
        column.addWidget(self.whole)
        self.rules.opened.connect(self._open)
        self.rules.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    def show_rules(self, found: Governed) -> None:
        """Show the rules in force of a place."""
        self._governed = found
        self.hindrance.say(found.hindrance)
        self.hindrance.setVisible(bool(found.hindrance))
        row = max(self.rules.table.currentIndex().row(), 0)
        self.rules.show_lines(found.rules, "")
        self.rules.table.show_row(row)
        self._tell()

    def _open(self, rule: Rule) -> None:
        if self._governed is not None and not self._governed.hindrance:
            self.opened.emit(rule.key)

    def _tell(self) -> None:
        rule = self.rules.current()
        if rule is not None:
            why = say("Sumber: {source} Kepastian: {sure}.", source=say(rule.source), sure=say(rule.sure))
            words = [f"**{title(rule.key)}.** {say(rule.says)}", why]
            words += [say("Dasar di sini: {basis}", basis=rule.basis)] if rule.basis else []
            words += [_unheeded(rule)] if rule.proposed else []
            words += [_left_over()] if rule.changed and not rule.by else []
            self.whole.say(" ".join(words))

    def give_focus(self) -> None:
        """Put the focus on the rules."""
        self.rules.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _unheeded(rule: Rule) -> str:
    return say("Perubahan dari {workspace} tidak dihitung: bukan dari kantor yang menetapkan aturan ini.",
               workspace=rule.proposed)


def _left_over() -> str:
    return say("Dibuat dengan versi lama tanpa wilayah: berlaku di mana kabupaten/kota dan provinsi tidak mengaturnya.")


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", say("Bagian mangkuk"), Content.NAME, title("kpp"), stretches=True),
        Column("counts", say("Dihitung?"), sample=say("Tidak")),
        Column("least", say("Paling sedikit"), Content.NUMBER, "100 " + say("pertemuan")),
        Column("from", say("Menurut"), sample="Kota Palembang"),
        Column("sure", say("Kepastian"), sample=say("disimpulkan"), drop=1),
    )


def _cell(rule: Rule, key: str) -> Cell:
    least = "" if rule.least is None else f"{written.number(rule.least)} {say(rule.unit)}"
    return Cell({
        "title": title(rule.key), "counts": say("Ya") if rule.counts else say("Tidak"), "least": least,
        "from": whose(rule), "sure": say(rule.sure),
    }[key])
