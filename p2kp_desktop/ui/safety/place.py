"""Cadangan: the list of backups, the second folder, and the way back to an earlier state."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop import disks, settings
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.common.backups import Backup, Holdings
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.language import say
from p2kp_desktop.reports import upkeep
from p2kp_desktop.reports.upkeep import backup_moment, held
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.lists.strip import AROUND, AskStrip
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import (
    CARD_GAP,
    CARD_SIDE,
    CARD_TOP,
    PAGE_SIDE,
    PAGE_TOP,
    SPACE_8,
    SPACE_12,
)
from p2kp_desktop.ui.place import Destination, Place, Scope

from .keeping import Keeping


@dataclass(frozen=True)
class Stock:
    """The backups there are, the second folder as far as it is present, and what there is now."""

    backups: tuple[Backup, ...]
    beside: Path | None
    on_other_disk: bool
    holdings: Holdings


def stock(workspace: Workspace) -> Stock:
    """Return the backups, the second folder and the holdings of the workspace, which the place shows."""
    file, beside = Path(workspace.name), backups.second_folder(workspace)
    chosen = beside.parent if beside else None
    return Stock(backups.listed(file, beside), beside, chosen is not None and disks.apart(file.parent, chosen),
                 window_edge.holdings(workspace))


class BackupsPlace(Place):
    """Choose a backup with the arrow keys, Enter asks once more; the state of now is saved first."""

    restores = Signal(str)  # the backup's path
    chose = Signal(object)  # Settings

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._keeping: Keeping | None = None
        self._stock: Stock | None = None
        self._asked: Backup | None = None
        self._fault: ErrorCard | None = None
        self._faults = QVBoxLayout()
        self._rule = Label("", SECONDARY, wraps=True)
        self._beside = Label("", NOTE, wraps=True)
        self.now = Button(say("Cadangkan sekarang"), icon="hard-drive")
        self.choose = Button(say("Cadangan juga ke…"))
        self.forget = Button(say("Tidak ke folder kedua lagi"))
        self.list: TableList[Backup] = TableList(desk, upkeep.backups())
        self.list.table.enters = say("pulihkan")
        self.restore = Button(say("Pulihkan…"), Kind.PRIMARY, keys=("Enter",))
        self.confirming = Confirming()
        self._lay_out()
        self._connect()
        desk.rights.guard(Deed.BACK_UP, self.now, self.choose, self.forget)
        desk.rights.guard(Deed.RESTORE, self.restore)

    def _connect(self) -> None:
        self.now.clicked.connect(self.keep)
        self.choose.clicked.connect(self.choose_folder)
        self.forget.clicked.connect(lambda: self.take_folder(""))
        self.list.opened.connect(self.ask)
        self.restore.clicked.connect(self._ask_current)
        self.confirming.confirmed.connect(self._confirm)
        self.confirming.left.connect(self._leave)

    def _lay_out(self) -> None:
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(Label(say("Keadaan sekarang selalu disimpan dulu, jadi pemulihan dapat dibatalkan."),
                             SECONDARY, wraps=True), 1)
        foot.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignTop)
        down(
            Label(say("Cadangan dan pemulihan"), PAGE_TITLE), self._faults, self._rules(), (self.list, 1),
            self.confirming, self._foot, into=self, gap=CARD_GAP, margins=(PAGE_SIDE, PAGE_TOP),
        )

    def _rules(self) -> QFrame:
        card = QFrame()
        card.setProperty("frame", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(CARD_SIDE, CARD_TOP, CARD_SIDE, CARD_TOP)
        grid.setVerticalSpacing(SPACE_8)
        grid.addWidget(self._rule, 0, 0)
        grid.addWidget(self._beside, 1, 0)
        buttons = QWidget()
        row = Flow(buttons)
        for button in (self.now, self.choose, self.forget):
            row.addWidget(button)
        grid.addWidget(buttons, 2, 0)
        return card

    def follow(self, keeping: Keeping) -> None:
        """Show anew whenever a backup was made or failed."""
        self._keeping = keeping
        keeping.changed.connect(self._refresh)

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the backups as they are now."""
        del destination, scope
        self.confirming.hide()
        self._foot.show()
        self._refresh()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        self.desk.ask(self, stock, self._show)

    def _show(self, found: Stock) -> None:
        self._stock = found
        folder = str(backups.folder_of(Path(self.desk.workspace.name)))
        self._rule.say(say(
            "Dibuat sendiri saat program dibuka, setiap 30 menit selama ada perubahan, dan sebelum menerima berkas. "
            "Setiap cadangan diperiksa. Tempatnya: {folder}.", folder=folder,
        ))
        self._show_beside(found)
        self.list.show_table(upkeep.backups(found.backups))
        self.restore.setEnabled(bool(found.backups))
        self._show_fault()

    def _show_beside(self, found: Stock) -> None:
        chosen = settings.load().second_backups
        self.forget.setVisible(bool(chosen))
        if not chosen:
            said = say("Pilih folder di flashdisk atau disk lain, supaya data tetap ada bila laptop ini hilang.")
        elif found.beside is None:
            said = say("Juga ke {folder}: sekarang tidak terpasang. Cadangan menyusul begitu terpasang.", folder=chosen)
        elif found.on_other_disk:
            said = say("Juga ke {folder}, di disk lain: dihitung sebagai salinan.", folder=chosen)
        else:
            said = say("Juga ke {folder}, di disk yang sama: ikut hilang bila laptop ini hilang.", folder=chosen)
        self._beside.say(said)

    def _show_fault(self) -> None:
        if self._fault is not None:
            self._faults.removeWidget(self._fault)
            self._fault.hide()
            self._fault.deleteLater()
            self._fault = None
        trouble = self._keeping.trouble if self._keeping else None
        if trouble is not None:
            self._fault = ErrorCard(fault_of(trouble))
            self._faults.addWidget(self._fault)

    # What can be done

    def keep(self) -> None:
        """Back up now."""
        if self._keeping is not None:
            self._keeping.keep()

    def choose_folder(self) -> None:
        """Let the user choose a folder, perhaps on another disk, that backups go to as well."""
        start = settings.load().second_backups or str(Path.home())
        picked = QFileDialog.getExistingDirectory(self, say("Cadangan juga ke…"), start)
        if picked:
            self.take_folder(picked)

    def take_folder(self, folder: str) -> None:
        """Keep the choice, and copy the newest backup there."""
        kept = replace(settings.load(), second_backups=folder)
        settings.save(kept)
        self.chose.emit(kept)
        self.keep()
        self._refresh()

    def _ask_current(self) -> None:
        current = self.list.current()
        if current is not None:
            self.ask(current)

    def ask(self, backup: Backup) -> None:
        """Ask once more before going back to a backup, whoever may."""
        if self.desk.rights.refuses(Deed.RESTORE):
            return
        self._asked = backup
        self._foot.hide()
        now = held(self._stock.holdings if self._stock else None)
        self.confirming.ask(say(
            "Kembali ke keadaan **{moment}** ({then})? Keadaan sekarang ({now}) disimpan dulu sebagai cadangan.",
            moment=backup_moment(backup), then=held(backup.holdings), now=now,
        ))

    def _confirm(self) -> None:
        if self._asked is not None:
            self.restores.emit(str(self._asked.path))

    def _leave(self) -> None:
        self.confirming.hide()
        self._foot.show()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)


class Confirming(AskStrip):
    """Says what will happen; the focus is on the way back, so that a second Enter does nothing."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__("unusual")
        self._what = Label("", wraps=True)
        self.yes = Button(say("Ya, pulihkan"), Kind.PRIMARY)
        across((self._what, 1), self.no, self.yes, into=self, gap=SPACE_12, margins=AROUND)
        self.yes.clicked.connect(self.give)

    def ask(self, what: str) -> None:
        """Ask about a backup."""
        self._what.say(what)
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def give(self) -> None:
        self.confirmed.emit()
