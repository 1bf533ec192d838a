"""What each part of the bowl asks, who says so and how surely; Enter changes it where this office may."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.community.readiness import Governed
from p2kp_desktop.language import say
from p2kp_desktop.reports.bowl import part_title, readiness_rules
from p2kp_desktop.rules.bowl import Rule
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.place import Scope


class RulesPage(QWidget):
    """The ten rules; the one in focus is told whole below the list."""

    opened = Signal(str)  # the key of a part

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.rules: TableList[Rule] = TableList(desk, readiness_rules())
        self.whole, self.hindrance = Label("", SECONDARY, wraps=True), Label("", SECONDARY, wraps=True)
        self._governed: Governed | None = None
        down(self.hindrance, (self.rules, 1), self.whole, into=self, gap=SPACE_8)
        self.rules.opened.connect(self._open)
        self.rules.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    def show_rules(self, found: Governed, scope: Scope) -> None:
        """Show the rules in force of a place."""
        self._governed = found
        self.hindrance.say(found.hindrance)
        self.hindrance.setVisible(bool(found.hindrance))
        self.rules.show_table(readiness_rules(found.rules), scope)
        self._tell()

    def _open(self, rule: Rule) -> None:
        if self._governed is not None and not self._governed.hindrance:
            self.opened.emit(rule.key)

    def _tell(self) -> None:
        rule = self.rules.current()
        if rule is not None:
            why = say("Sumber: {source} Kepastian: {sure}.", source=say(rule.source), sure=say(rule.sure))
            words = [f"**{part_title(rule.key)}.** {say(rule.says)}", why]
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
