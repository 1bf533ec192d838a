"""Harga satuan: what a unit of work on each criterion costs, and which criteria have no price yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.collaboration import platform
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.price import Price
from p2kp_desktop.language import say
from p2kp_desktop.reports import works
from p2kp_desktop.reports.works import PriceLine
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.lists.discarding import DiscardingPage
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.place import FORM, Destination


class PricesPage(DiscardingPage):
    """Enter opens a price, or begins the one that a criterion lacks; N begins one, Del throws one away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.wish = ""  # the record to go to as soon as it is listed
        self.list: TableList[PriceLine] = TableList(desk, works.prices())
        new = Button(say("Harga satuan"), Kind.PRIMARY, icon="plus", keys=("N",))
        head = QHBoxLayout()
        head.setSpacing(SPACE_8)
        head.addWidget(Label(say(
            "Harga kabupaten/kota didahulukan dari harga provinsi, yang terbaru dari yang lama; dari beberapa jenis "
            "pekerjaan diambil yang termurah. Daftar dari Excel dapat dimasukkan lewat «Dari Excel»."
        ), SECONDARY, wraps=True), 1)
        head.addWidget(new)
        self.column.addLayout(head)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.told)
        self.column.addWidget(self.removal)
        new.clicked.connect(lambda _checked=False: self._new())
        self.offer(say("Harga satuan baru"), "N", self._new, say("harga baru"), deed=Deed.RULE)
        desk.rights.guard(Deed.RULE, new)
        self.list.opened.connect(self._open)

    @override
    def subject(self) -> Subject | None:
        line = self.list.current()
        return Subject(Price.key, line.price.id, works.criterion_words(line.criterion)) if line and line.price else None

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: works.prices_of(workspace, area), self._show)

    def _show(self, found: list[PriceLine]) -> None:
        self.list.show_table(works.prices(found), self.scope)
        rows = {line.price.id: row for row, line in enumerate(self.list.model.lines) if line.price}
        if self.wish in rows:
            self.list.table.show_row(rows[self.wish])
            self.wish = ""

    @override
    def begin(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new(self) -> None:
        self.wants.emit(Destination(FORM, self.scope.at(None), Price.key))

    def _open(self, line: PriceLine) -> None:
        if line.price is not None:
            self._go_to(line.price.id)
        else:
            area, option = self.scope.area, line.criterion.option
            self.do(lambda workspace: platform.begin_price(workspace, area, option),
                    lambda record: self._go_to(record, draft=True))

    def _go_to(self, record: str, *, draft: bool = False) -> None:
        self.wants.emit(Destination(FORM, self.scope.at(None), Price.key, record, draft=draft))
