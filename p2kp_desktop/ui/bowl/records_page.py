"""The records behind a part of the bowl: its forms at the left, the records of the one in use at the right."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.community import bowl
from p2kp_desktop.actions.community.bowl import BowlRecord
from p2kp_desktop.language import say
from p2kp_desktop.reports.bowl import FormLine, bowl_forms, bowl_records
from p2kp_desktop.rules.bowl import Part
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.words import BODY
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_12
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Scope

FORMS_WIDTH = 290


class RecordsPage(QWidget):
    """↑ ↓ among the forms shows their records; Enter goes into them, and there opens one."""

    opened = Signal(object)  # Kept
    begins = Signal()  # a record of the form in use

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._scope, self.part = desk, Scope("", None, ""), ""
        self._forms: tuple[str, ...] = ()
        self._wish, self._asked, self._arrives = "", 0, False
        self.state = IconLine("circle", "", BODY)
        self.says, self.whole = Label("", SECONDARY, wraps=True), Label("", NOTE, wraps=True)
        self._told = Card()
        said = across(self.state, (self.says, 1), gap=SPACE_12)
        self._told.body.addLayout(said)
        self.forms: TableList[FormLine] = TableList(desk, bowl_forms())
        self.records: TableList[BowlRecord] = TableList(desk, bowl_records())
        self.forms.setFixedWidth(FORMS_WIDTH)
        lists = across(self.forms, (self.records, 1), gap=CARD_GAP)
        down(self._told, (lists, 1), self.whole, into=self, gap=CARD_GAP)
        self.records.table.selectionModel().currentChanged.connect(lambda _now, _before: self._say_whole())
        self.forms.table.selectionModel().currentChanged.connect(lambda _now, _before: self._list())
        self.forms.opened.connect(lambda _line: self._into())
        self.records.opened.connect(self.opened)

    def show_part(self, part: str, scope: Scope, form: str = "", record: str = "") -> None:
        """Show the records of a part; a form, and a record of it, may be named."""
        self.part, self._scope, self._wish = part, scope, record
        self._arrives = part != bowl.EVERYTHING  # a part has few forms: work goes on in its records
        self.records.show_table(replace(bowl_records(), empty=""), scope)
        self._forms = bowl.forms_of(part)
        self._told.setVisible(part not in (bowl.EVERYTHING, bowl.RULES))
        self.forms.show_table(bowl_forms([(key, 0) for key in self._forms]), scope)
        self.forms.table.show_row(self._forms.index(form) if form in self._forms else 0)
        self.refresh()

    def tell(self, part: Part) -> None:
        """Say how the part stands and what bears it out."""
        icon, tone = ("circle-check", Token.OK) if part.ready else ("circle", Token.WARN)
        self.state.show_icon(icon, tone)
        self.state.say(f"**{say('siap') if part.ready else say('belum')}**")
        self.says.say(part.says)

    def _say_whole(self) -> None:
        """Tell the record in focus with the words of its questions."""
        line = self.records.current()
        self.whole.say(f"**{line.sheet.name}** {line.told}" if line is not None and line.told else "")

    def refresh(self) -> None:
        """Ask again for what is shown."""
        forms, area = self._forms, self._scope.area
        self._desk.ask(self, lambda workspace: bowl.counts(workspace, forms, area), self._show_counts)
        self._list()

    def _show_counts(self, counts: dict[str, int]) -> None:
        if set(counts) == set(self._forms):
            self.forms.show_table(bowl_forms([(key, counts[key]) for key in self._forms]), self._scope)

    @property
    def form(self) -> str:
        """Return the form in use."""
        line = self.forms.current()
        return line[0] if line is not None else self._forms[0]

    def step(self, step: int) -> None:
        """Go to the next form or the one before, while the page is in sight."""
        if self.isVisible():
            self.forms.table.show_row((self._forms.index(self.form) + step) % len(self._forms))

    def _list(self) -> None:
        if not self._forms:
            return
        self._asked += 1
        asked, form, area = self._asked, self.form, self._scope.area
        self._desk.ask(self, lambda workspace: bowl.kept(workspace, form, area),
                       lambda found: self._show_records(found) if asked == self._asked else None)

    def _show_records(self, found: Sequence[BowlRecord]) -> None:
        had_focus = holds_focus(self.records.table)
        self.records.show_table(bowl_records(found), self._scope)
        self._say_whole()
        rows = [each.sheet.record for each in self.records.model.lines]
        if self._wish in rows:
            self.records.table.show_row(rows.index(self._wish))
            self.give_focus()
        elif (self._arrives and self.forms.table.hasFocus()) or (had_focus and not found):
            self.give_focus()
        self._wish, self._arrives = "", False

    def _into(self) -> None:
        """Go into the records; where there are none, begin one."""
        if self.records.model.lines:
            self.records.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begins.emit()

    def give_focus(self) -> None:
        """Put the focus on the records, or on the forms while there are none."""
        shown = self.records if self.records.model.lines else self.forms
        shown.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> BowlRecord | None:
        """Return the record in focus."""
        return self.records.current()
