"""Frozen editions: the list of them, and of the one in focus every difference from now with the records behind it."""

from collections.abc import Set

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.scores import editions as frozen
from p2kp_desktop.actions.scores.editions import ChangedRecord, Compared, DifferenceLine, EditionLine
from p2kp_desktop.forms.edition import Edition
from p2kp_desktop.forms.places import SCORES
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import editions
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.lists.asking import Asking, Wish
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_8, SPACE_12
from p2kp_desktop.ui.place import COLLECTING, FORM, Destination, Place, Scope

_EDITIONS, _BELOW = 5, 7  # shares of the height


class EditionsPlace(Place):
    """B freezes what stands now; Enter goes from an edition to its differences, to a record, into it; Esc back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scope = Scope()
        self._compared: Compared | None = None
        self.title, self.told = Label("", PAGE_TITLE), Label("", SECONDARY, wraps=True)
        self.freeze = Button(say("Bekukan hasil sekarang"), Kind.PRIMARY, icon="lock", keys=("B",))
        self.editions: TableList[EditionLine] = TableList(desk, editions.editions())
        self.differences: TableList[DifferenceLine] = TableList(desk, editions.edition_differences())
        self.records: TableList[ChangedRecord] = TableList(desk, editions.edition_records())
        self.asking = Asking()
        self._lay_out()
        self._connect()
        offer(self, [
            Command(say("Bekukan hasil sekarang sebagai edisi resmi"), ("B",), self._ask, say("bekukan"),
                    deed=Deed.RULE),
            Command(say("Kembali"), ("Esc",), self._go_back, say("kembali"), leads=True),
        ], desk.rights)
        desk.rights.guard(Deed.RULE, self.freeze)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.freeze)
        below = QHBoxLayout()
        below.setSpacing(CARD_GAP)
        below.addWidget(self.differences, 12)
        below.addWidget(self.records, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_12)
        column.setSpacing(SPACE_8)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.editions, _EDITIONS)
        column.addLayout(below, _BELOW)
        column.addWidget(self.asking)

    def _connect(self) -> None:
        self.freeze.clicked.connect(self._ask)
        self.asking.given.connect(lambda texts: self._freeze(texts[0]))
        self.asking.left.connect(self._leave_asking)
        self.editions.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._ask_differences())
        self.differences.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_records())
        self.editions.opened.connect(lambda _line: self._focus(self.differences))
        self.differences.opened.connect(lambda _line: self._focus(self.records))
        self.records.opened.connect(self._open_record)

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the editions of an area and of what lies in it."""
        super().enter(destination, scope)
        self._scope = scope
        self.title.say(say("Edisi resmi {area}", area=region_name(scope.area)))
        self.told.say(say(
            "Hasil yang dibekukan tidak berubah lagi. Di bawahnya: apa yang berbeda sekarang, dan catatan mana "
            "sebabnya."
        ))
        self._leave_asking()
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what is shown."""
        scope = self._scope
        self.desk.ask(self, lambda workspace: frozen.editions(workspace, scope.area),
                      lambda found: self._show(found) if scope == self._scope else None)

    @property
    @override
    def concerns(self) -> Set[str]:
        return {SCORES, Edition.key}

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.refresh()

    def _show(self, found: list[EditionLine]) -> None:
        self.editions.show_table(editions.editions(found), self._scope)
        self._ask_differences()

    def _ask_differences(self) -> None:
        line = self.editions.current()
        if line is None:
            self._show_differences(None)
            return
        wanted = line.id
        self.desk.ask(self, lambda workspace: frozen.compare(workspace, wanted), self._show_differences)

    def _show_differences(self, compared: Compared | None) -> None:
        line = self.editions.current()
        if compared is not None and (line is None or line.id != compared.edition.id):
            return
        self._compared = compared
        for shown in (self.differences, self.records):
            shown.setVisible(compared is not None)
        if compared is not None:
            self.differences.show_table(editions.edition_differences(compared.differences), self._scope)
        self._show_records()

    def _show_records(self) -> None:
        line = self.differences.current()
        every = self._compared.records if self._compared else ()
        mine = [each for each in every if line is not None and each.place == line.told.place]
        self.records.show_table(editions.edition_records(mine), self._scope)

    # Acting

    def _ask(self) -> None:
        self.asking.ask(
            say("Bekukan hasil **{area} {period}** seperti sekarang? Sesudahnya tidak dapat diubah.",
                area=region_name(self._scope.area), period=self._scope.period), say("Bekukan"),
            (Wish(say("Dasar"), say("Nomor berita acara atau SK")),),
        )

    def _leave_asking(self) -> None:
        self.asking.hide()
        self._focus(self.editions)

    def _freeze(self, basis: str) -> None:
        scope = self._scope
        self.asking.hide()
        self.desk.change(self, lambda workspace: frozen.freeze(workspace, scope, basis=basis),
                         lambda _made: self._focus(self.editions), self._refused, touches=[Edition.key])

    def _refused(self, error: Exception) -> None:
        self._focus(self.editions)
        if isinstance(error, Trouble):
            self.editions.refused(error)
        else:
            self.desk.failed.emit(error)

    def _open_record(self, line: ChangedRecord) -> None:
        if line.form and line.kind != "gone":
            scope = Scope(line.place[0], line.place[1], line.edition.period)
            self.wants.emit(Destination(FORM, scope, line.form, line.id, line.question))

    def _focus(
        self, shown: TableList[EditionLine] | TableList[DifferenceLine] | TableList[ChangedRecord]
    ) -> None:
        shown.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        if self.asking.isVisible():
            self._leave_asking()
        elif self.records.table.hasFocus():
            self._focus(self.differences)
        elif self.differences.table.hasFocus():
            self._focus(self.editions)
        else:
            self.wants.emit(Destination(COLLECTING, self._scope.at(None)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the strip wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape and self.asking.isVisible():
            self._leave_asking()
        else:
            super().keyPressEvent(event)
