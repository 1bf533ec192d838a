"""One meeting as a page: every line opens its form, letters add what hangs on it, S marks a decision done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from p2kp_desktop.actions.community import decided, meetings
from p2kp_desktop.actions.community.meetings import Linked, WholeMeeting
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.collaboration import Commitment, Need
from p2kp_desktop.forms.meeting import Attendance, Attendee, Decision, Meeting, Talk, Task
from p2kp_desktop.forms.target import Target
from p2kp_desktop.language import say
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.place import Destination

from .page import MeetingsPage
from .rows import SheetRow
from .sheet import KEYS, LINKS, Sheet

_OWN = {form.key for form in (Meeting, Talk, Decision, Task, Attendance, Attendee)}


class MeetingPage(MeetingsPage):
    """Esc goes back to the list."""

    left = Signal(str)  # the meeting that was shown, "" when it is gone

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.meeting = ""
        self.whole: WholeMeeting | None = None
        self._focus = ("", "")  # record and form that get the focus when they are shown
        self._asked = ("", "")  # record and form of the line about which it was asked
        self.sheet = Sheet()
        self.linking = Linking()
        self.column.addLayout(self._head())
        self.column.addWidget(self.linking)
        self.column.addWidget(self.sheet, 1)
        self.column.addWidget(self.told)
        self.column.addWidget(self.removal)
        self.sheet.opened.connect(self._open)
        self.sheet.adds.connect(self.add)
        self.linking.chosen.connect(self._link)
        self.linking.left.connect(self.begin)
        added = ((Talk, say("Paparan baru")), (Decision, say("Keputusan baru")),
                 (Attendance, say("Kehadiran baru")), (Attendee, say("Nama baru di daftar hadir")))
        for form, words in added:
            self.offer(words, KEYS[form.key], partial(self.add, form.key), deed=Deed.CHANGE)
        desk.rights.guard(Deed.CHANGE, *self.sheet.adding)
        self.offer(say("Jadikan tugas tiap lembaga yang hadir"), "U", self.give_tasks, say("jadi tugas"),
                   deed=Deed.CHANGE)
        self.offer(say("Tautkan"), KEYS[LINKS], self.choose_link, deed=Deed.CHANGE)
        self.offer(say("Tandai keputusan selesai, atau buka lagi"), "S", self.mark, say("tandai selesai"),
                   deed=Deed.CHANGE)
        self.offer(say("Ubah pertemuan"), "E", self.edit, deed=Deed.CHANGE)
        becomes: tuple[tuple[type[Form], str, str], ...] = (
            (Commitment, "M", say("Jadikan komitmen")), (Target, "A", say("Jadikan sasaran")),
            (Need, "B", say("Jadikan kebutuhan")),
        )
        for what, key, words in becomes:
            self.offer(words, key, partial(self.become, what), rare=True, deed=Deed.CHANGE)
        self.offer(say("Tugas baru"), "G", partial(self.add, Task.key), rare=True, deed=Deed.CHANGE)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_8)
        acts: tuple[tuple[str, str, str, Callable[[], None], Deed | None], ...] = (
            (say("Semua pertemuan"), "Esc", "", self.leave, None),
            (say("Ubah"), "E", "pencil-line", self.edit, Deed.CHANGE),
            (say("Tandai selesai"), "S", "check", self.mark, Deed.CHANGE),
            (say("Ke tempat sampah"), "Del", "trash", self.ask_removal, Deed.DELETE),
        )
        for words, keys, icon, act, deed in acts:
            button = Button(words, icon=icon, keys=(keys,))
            button.clicked.connect(partial(_press, act))
            self.desk.rights.guard(deed, button)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_meeting(self, meeting: str, record: str = "", form: str = "") -> None:
        """Show a meeting with the focus on a record, else on the first of a form, else on its name."""
        if meeting != self.meeting:
            self.told.hide()
            self.linking.hide()
        self.meeting, self._focus = meeting, (record or meeting, form)
        self.refresh()

    @override
    def refresh(self) -> None:
        meeting = self.meeting
        self.desk.ask(self, lambda workspace: meetings.whole(workspace, meeting),
                      lambda found: self._show(meeting, found))

    def _show(self, meeting: str, found: WholeMeeting | None) -> None:
        if meeting != self.meeting:
            return
        self.whole = found
        if found is None:
            self.left.emit("")
            return
        self.sheet.show_whole(found)
        if self._focus != ("", "") and self.isVisible():
            self.sheet.give_focus(*self._focus)
            self._focus = ("", "")

    @override
    def begin(self) -> None:
        self.linking.hide()
        self.sheet.give_focus(*self._asked)

    @override
    def has_lines(self) -> bool:
        """Say yes: the meeting itself can always go into the trash."""
        return True

    def leave(self) -> None:
        """Go back to the list."""
        self.left.emit(self.meeting)

    def edit(self) -> None:
        """Open the form of the meeting."""
        self._open(Meeting.key, self.meeting)

    def _open(self, form: str, record: str) -> None:
        self.wants.emit(Destination("form", self.scope.at(None), form, record))

    def add(self, key: str) -> None:
        """Begin one more record of a kind under the meeting."""
        if key == LINKS:
            self.choose_link()
        else:
            self.wants.emit(Destination("form", self.scope.at(None), key, parent=self.meeting))

    def mark(self) -> None:
        """Mark the decision in focus as done today, or open it again; without one in focus the first open one."""
        if self.whole is None:
            return
        row = self.sheet.current
        found = [each for each in (*self.whole.decisions, *self.whole.tasks)
                 if row is not None and each.id == row.said.record]
        found = found or list(self.whole.open[:1])
        if not found:
            self.tell(say("Semua keputusan sudah dijalankan."))
            return
        decision = found[0]
        done, form, self._focus = meetings.is_open(decision), decision.form, (decision.id, decision.form.key)
        what = say("Tugas") if form is Task else say("Keputusan")
        words = say("{what} ditandai selesai hari ini.", what=what) if done else say("{what} dibuka lagi.", what=what)
        self.do(lambda workspace: meetings.mark(workspace, decision.id, done=done, form=form),
                lambda _nothing: self.tell(words))

    def _decision(self) -> str:
        """Return the decision in focus, that of the task in focus, or the only one; "" after saying what to do."""
        row, whole = self.sheet.current, self.whole
        if whole is None:
            return ""
        focused = row.said.record if row is not None else ""
        task = next((each for each in whole.tasks if each.id == focused), None)
        wanted = str(task.answers.get("decision") or "") if task is not None else focused
        found = [each.id for each in whole.decisions if each.id == wanted]
        found = found or [each.id for each in whole.decisions if len(whole.decisions) == 1]
        if not found:
            self.tell(say("Pilih keputusannya dahulu (↑ ↓)."))
        return found[0] if found else ""

    def give_tasks(self) -> None:
        """Record a task for each institution that is to carry out the decision in focus."""
        decision = self._decision()
        if decision:
            self._focus = (decision, Decision.key)
            self.do(lambda workspace: decided.give_tasks(workspace, decision), self._given)

    def _given(self, count: int) -> None:
        self.tell(say("{count} tugas dicatat, satu tiap lembaga. Enter membukanya.", count=count) if count else
                  say("Setiap lembaga yang hadir sudah mempunyai tugas ini."))

    def become(self, form: type[Form]) -> None:
        """Begin a commitment, a target or a need that the decision in focus becomes."""
        decision, scope = self._decision(), self.scope.at(None)
        if decision:
            self.desk.change(
                self, lambda workspace: decided.begin(workspace, form, decision, scope.area),
                lambda record: self.wants.emit(Destination("form", scope, form.key, record, draft=True)),
                self.refused, touches=["drafts"])

    def choose_link(self) -> None:
        """Offer what the meeting can be linked to."""
        meeting = self.meeting
        self.desk.ask(self, lambda workspace: meetings.linkable(workspace, meeting), self._offer_links)

    def _offer_links(self, found: list[Linked]) -> None:
        if found:
            self.linking.offer(found)
        else:
            self.tell(say("Tidak ada lagi aturan, rencana, atau lembaga yang dapat ditautkan."))

    def _link(self, other: Linked) -> None:
        meeting = self.meeting
        self.linking.hide()
        self._focus = (other.id, "")
        self.do(lambda workspace: meetings.link(workspace, meeting, other),
                lambda _recorded: self.tell(say("Ditautkan: {name}", name=other.words)))

    @override
    def subject(self) -> Subject | None:
        row = self.sheet.current
        said = row.said if row is not None and row.said.form in _OWN else None
        return Subject(said.form, said.record, said.title) if said else None

    @override
    def ask_removal(self) -> None:
        """Ask why the line in focus goes into the trash; a link is only taken back."""
        row = self.sheet.current
        self.linking.hide()
        self._asked = (row.said.record, row.said.form) if row is not None else ("", "")
        if row is not None and row.said.form not in _OWN:
            self.unlink(row)
        else:
            super().ask_removal()

    def unlink(self, row: SheetRow) -> None:
        """Take the link of a line back; what the meeting hangs on stays."""
        meeting = self.meeting
        if self.whole is None:
            return
        above = self.whole.record.answers.get("parent")
        found = next((each for each in self.whole.links if each.id == row.said.record and each.id != above), None)
        if found is not None:
            self._focus = (meeting, "")
            self.do(lambda workspace: meetings.unlink(workspace, meeting, found),
                    lambda _nothing: self.tell(say("Tautan dilepas: {name}", name=found.words)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _press(act: Callable[[], None], _checked: bool = False) -> None:
    act()


class Linking(QWidget):
    """A list of records to link to: ↑ ↓ choose one, Enter takes it, Esc leaves."""

    chosen = Signal(object)  # Linked
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Linked] = []
        self.choice = Choice()
        self.choice.setAccessibleName(say("Tautkan dengan"))
        take = Button(say("Tautkan"), keys=("Enter",))
        label: QLabel = Label(say("Tautkan dengan"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.choice, 1)
        row.addWidget(take)
        take.clicked.connect(self.take)
        self.hide()

    def offer(self, found: list[Linked]) -> None:
        """Show what there is, with the focus on it."""
        self._found = found
        self.choice.clear()
        self.choice.addItems([each.words for each in found])
        self.show()
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Take the one that is shown."""
        self.chosen.emit(self._found[self.choice.currentIndex()])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)
