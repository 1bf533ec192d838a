"""Problems by rule: how many records break each; Enter lists them, Enter again opens one at the question."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from p2kp_desktop.actions.quality import rule_breaks
from p2kp_desktop.actions.quality.rule_breaks import Breaker, Broken
from p2kp_desktop.language import say
from p2kp_desktop.reports import quality
from p2kp_desktop.reports.quality import question_words
from p2kp_desktop.schema import written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.place import Destination


class RulesPage(Page):
    """Two lists, one at a time: the rules, and the records that break the one chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.intro = Label("", SECONDARY, wraps=True)
        self.rules: TableList[Broken] = TableList(desk, quality.broken_rules())
        self.records: TableList[Breaker] = TableList(desk, quality.rule_breakers())
        self.whole = Label("", NOTE, wraps=True)  # what the list has no room for
        self.chosen: Broken | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rules)
        self._stack.addWidget(self.records)
        inside = QWidget()
        down(self.intro, (self._stack, 1), self.whole, into=inside, gap=SPACE_8)
        self.column.addWidget(inside, 1)
        self.rules.opened.connect(self.list_records)
        self.records.opened.connect(self._open)
        self.rules.table.selectionModel().currentChanged.connect(lambda _now, _before: self._say_whole())

    @override
    def refresh(self) -> None:
        scope = self.scope
        self.desk.ask(
            self, lambda workspace: rule_breaks.problems(workspace, scope.area, scope.period, scope.rt), self._show
        )
        if self.chosen is not None:
            self.list_records(self.chosen)

    @override
    def begin(self) -> None:
        shown = self.records if self.chosen is not None else self.rules
        shown.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: list[Broken]) -> None:
        self.rules.show_table(quality.broken_rules(found), self.scope)
        if self.chosen is None:
            self._say_rules(found)
            self._say_whole()

    def _say_whole(self) -> None:
        broken = self.rules.current()
        self.whole.say(f"**{question_words(broken)}** {broken.says}" if broken else "")
        self.whole.setVisible(broken is not None and self.chosen is None)

    def _say_rules(self, found: list[Broken]) -> None:
        self.intro.setVisible(bool(found))
        missing = sum(each.count for each in found if each.severity == "missing")
        self.intro.say(say(
            "{count} masalah dan {missing} isian kosong. Enter menunjukkan rumahnya, Enter sekali lagi membukanya di "
            "pertanyaan itu.", count=written.number(rule_breaks.total(found)), missing=written.number(missing),
        ))

    def list_records(self, broken: Broken) -> None:
        """List the records that break a rule."""
        self.chosen, scope = broken, self.scope
        self.desk.ask(
            self, lambda workspace: rule_breaks.breaking(workspace, broken.rule, scope.area, scope.period, scope.rt),
            lambda found: self._show_records(broken, found),
        )

    def _show_records(self, broken: Broken, found: list[Breaker]) -> None:
        if self.chosen != broken:
            return
        self.records.show_table(quality.rule_breakers([replace(each, rule=broken) for each in found]), self.scope)
        more = say(" Ditampilkan {count} yang pertama.", count=written.number(rule_breaks.MOST)) if (
            len(found) == rule_breaks.MOST) else ""
        self.intro.say(say("**{question}**: {rule}{more} Enter membuka, Esc kembali.", question=question_words(broken),
                           rule=broken.says, more=more))
        self.intro.show()
        self.whole.hide()
        self._stack.setCurrentWidget(self.records)
        self.records.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Go back to the rules."""
        self.chosen = None
        self._stack.setCurrentWidget(self.rules)
        self.refresh()
        self.begin()

    def _open(self, record: Breaker) -> None:
        scope = self.scope.at(record.rt or None)
        self.wants.emit(Destination("form", scope, record.form, record.id, record.question))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.chosen is not None:
            self.back()
        else:
            super().keyPressEvent(event)
