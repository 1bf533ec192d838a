"""What is unusual though no rule forbids it; Enter opens the record, the list of the RT, or those that are alike."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.quality import outliers
from p2kp_desktop.actions.quality.outliers import Unusual
from p2kp_desktop.language import say
from p2kp_desktop.reports import quality
from p2kp_desktop.schema import written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.place import COLLECTING, Destination, Scope

from .leading import Leading


class UnusualPage(Leading):
    """One list: sameness first, then RTs, then single numbers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, say("Jawaban sekarang"))
        self.intro = Label("", SECONDARY, wraps=True)
        self.list: TableList[Unusual] = TableList(desk, quality.unusual())
        first = QWidget()
        down(self.intro, (self.list, 1), into=first, gap=SPACE_8)
        self.put(first)
        self.list.opened.connect(self._follow)

    @override
    def refresh(self) -> None:
        scope = self.scope
        self.desk.ask(
            self, lambda workspace: outliers.unusual(workspace, scope.area, scope.period, scope.rt), self._show
        )

    @override
    def begin(self) -> None:
        (self.records if self.leads else self.list).table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: list[Unusual]) -> None:
        self.intro.say(say(
            "{count} hal yang jauh dari yang biasa di kelurahannya. Tidak lazim belum tentu salah: periksa kertasnya.",
            count=written.number(len(found)),
        ))
        self.list.show_table(quality.unusual(found), self.scope)

    def _follow(self, found: Unusual) -> None:
        if found.record:
            self.wants.emit(Destination(
                "form", self.scope.at(found.rt or None), "household", found.record, found.question
            ))
        elif found.rt:
            self.wants.emit(Destination(COLLECTING, Scope(found.region, found.rt, self.scope.period)))
        else:
            scope = self.scope
            self.desk.ask(self, lambda workspace: outliers.alike(workspace, scope.area, scope.period, found, scope.rt),
                          lambda records: self.show_records(f"{found.says}.", records))
