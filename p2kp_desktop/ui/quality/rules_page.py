"""Problems by rule: how many records break each; Enter lists them, Enter again opens one at the question."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.quality import rule_breaks
from p2kp_desktop.actions.quality.rule_breaks import Breaker, Broken
from p2kp_desktop.actions.recording.record_names import form_of
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.table import Column
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.place import Destination

from .leading import RECORD_ORDERS, record_cell, record_columns

_STATUS = {"hard": Status.MUST_FIX, "soft": Status.PROBLEM, "missing": Status.INCOMPLETE}


class RulesPage(Page):
    """Two lists, one at a time: the rules, and the records that break the one chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.intro = Label("", SECONDARY, wraps=True)
        self.rules: LineList[Broken] = LineList(_rule_columns(), _rule_cell, _RULE_ORDERS, say("Masalah per aturan"))
        self.records: LineList[Breaker] = LineList(
            record_columns(say("Jawaban sekarang")), record_cell, RECORD_ORDERS, say("Catatan dengan masalah ini")
        )
        self.whole = Label("", NOTE, wraps=True)  # what the list has no room for
        self.chosen: Broken | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rules)
        self._stack.addWidget(self.records)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8)
        column.addWidget(self.intro)
        column.addWidget(self._stack, 1)
        column.addWidget(self.whole)
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
        self.rules.show_lines(found, say("Tidak ada aturan yang dilanggar di sini."))
        if self.chosen is None:
            self._say_rules(found)
            self._say_whole()

    def _say_whole(self) -> None:
        broken = self.rules.current()
        self.whole.say(f"**{_question(broken)}** {broken.says}" if broken else "")
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
        self.records.show_lines(found, say("Semua sudah dibetulkan. Esc kembali ke daftar aturan."))
        more = say(" Ditampilkan {count} yang pertama.", count=written.number(rule_breaks.MOST)) if (
            len(found) == rule_breaks.MOST) else ""
        self.intro.say(say("**{question}**: {rule}{more} Enter membuka, Esc kembali.", question=_question(broken),
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


def _question(broken: Broken) -> str:
    return " ".join(filter(None, (broken.number, broken.question)))


def _rule_columns() -> tuple[Column, ...]:
    statuses = tuple((status, "") for status in _STATUS.values())
    return (
        Column("severity", say("Jenis"), Content.STATUS, statuses=statuses, order="severity"),
        Column("question", say("Pertanyaan"), Content.NAME, sample="n" * 26, order="question", stretches=True,
               wraps=True),
        Column("says", say("Aturan"), sample="n" * 34, wraps=True),
        Column("form", say("Formulir"), sample="Survei Kawasan RT   ", drop=1, order="form"),
        Column("count", say("Catatan"), Content.NUMBER, sample="1.000.000", order="count"),
    )


def _rule_cell(broken: Broken, key: str) -> Cell:
    if key == "severity":
        return Cell(value=_STATUS[broken.severity])
    if key == "question":
        return Cell(_question(broken))
    if key == "says":
        return Cell(broken.says)
    return Cell(say(form_of(broken.form).title)) if key == "form" else Cell(written.number(broken.count))


_RULE_ORDERS: dict[str, Callable[[Broken], object]] = {
    "severity": lambda each: list(_STATUS).index(each.severity), "question": _question,
    "form": lambda each: each.form, "count": lambda each: -each.count,
}
