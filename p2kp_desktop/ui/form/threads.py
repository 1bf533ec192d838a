"""The comments on the open question under it: who said what when, what is done, and the field for what is said next."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.actions.review.comments import Said, Thread
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.form.field import AnswerField
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.chip import Chip, ChipLook
from p2kp_desktop.ui.kit.labels import Label, mark
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.words import BODY, Style
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import BUTTON, RADIUS_CARD, SPACE_4, SPACE_8, SPACE_12, tall
from p2kp_desktop.ui.look.tokens import Token

KEYS_DONE, KEYS_RETURN = ("Ctrl", "T"), ("Ctrl", "Enter")
_WHO = Style(Type.CAPTION, tone=Token.TEXT2)
_OBJECTED = Style(Type.CAPTION, tone=Token.ERR)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class RemarkField(AnswerField):
    """One line: Enter says it, Tab and Shift+Enter go back to the question; what is written stays."""

    said = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & ~_KEYPAD:
            self.said.emit()
        else:
            super().keyPressEvent(event)


class ThreadPanel(QWidget):
    """Shows a thread; it says nothing and settles nothing itself."""

    edited = Signal(str)
    said = Signal(str)
    left = Signal()  # the keyboard goes back to the question
    done_wanted = Signal()
    return_wanted = Signal()  # and then on to the next record
    entered = Signal()  # the keyboard came into the field

    def __init__(self) -> None:
        super().__init__()
        self._thread: Thread | None = None
        self._question = ""
        self.returning = False  # whether what is written gives the record back
        self.noting = False  # whether it is the first comment on the question
        self._lines: list[QWidget] = []
        self._objection = Label("", _OBJECTED, wraps=True)
        self._objection.hide()
        self._column = down(self._objection, self._last_row(), into=self, gap=SPACE_4, margins=(SPACE_12, SPACE_8))

    def _last_row(self) -> QBoxLayout:
        self.field = RemarkField()
        self.field.setFixedHeight(tall(BUTTON, metrics(bold=True), room=SPACE_12))
        self.field.textEdited.connect(self._tell)
        self.field.said.connect(lambda: self.said.emit(self.field.text().strip()))
        self.field.stepped.connect(lambda _by: self.left.emit())
        self.field.undo_wanted.connect(self.field.undo)
        self.field.redo_wanted.connect(self.field.redo)
        self.field.installEventFilter(self)
        self._answers = self._button(say("Jawab"), ("Enter",), lambda: self.said.emit(self.field.text().strip()))
        self._done = self._button(say("Tandai selesai"), KEYS_DONE, self.done_wanted.emit)
        self._further = self._button(say("lalu berikutnya"), KEYS_RETURN, self.return_wanted.emit)
        self.returns = self._further
        self.answering = self.field, self._answers, self._done
        buttons = across(Stretch(), self._answers, self._further, self._done, gap=SPACE_8)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(SPACE_8)
        self._row.addWidget(self.field, 1)
        self._row.addLayout(buttons)
        return self._row

    @staticmethod
    def _button(words: str, keys: tuple[str, ...], act: object) -> Button:
        button = Button(words, keys=keys)
        button.setFocusPolicy(button.focusPolicy().NoFocus)  # its keys work from everywhere in the question
        button.clicked.connect(act)
        return button

    @property
    def thread_question(self) -> str:
        """Return the question that the thread is about, "" for the whole record."""
        return self._question

    def show_thread(self, question: str, thread: Thread | None, remark: str, note: str, *, small: bool) -> None:
        """Show the thread of a question and what is written there but not said; another one ends a return."""
        about = thread.question if thread else question
        if about != self._question:
            self._question = about
            self.noting = bool(note) and thread is None
            self.returning = bool(remark) and thread is None and not self.noting
            self.object_to("")
        written = note if self.noting else remark
        if self.field.text() != written and not self.field.hasFocus():
            self.field.setText(written)
        if thread != self._thread:
            self._thread = thread
            self._show_lines(thread.comments if thread else ())
        self._name(small=small)

    def is_wanted(self) -> bool:
        """Say whether there is anything to show."""
        return self._thread is not None or self.returning or self.noting

    def begin_return(self, question: str) -> None:
        """Let what is written next about a question give the record back."""
        self.returning, self.noting, self._question = True, False, question

    def begin_note(self, question: str) -> None:
        """Let what is written next be the first comment on a question."""
        self.noting, self._question = True, question

    def _name(self, *, small: bool) -> None:
        asks = say("Jawaban Anda") if small else say("Jawab, atau tulis yang sudah diperbaiki")
        if self.returning:
            asks = say("Apa yang harus diperbaiki? Wajib diisi.")
        if self.noting:
            asks = say("Catatan untuk jawaban ini")
        self.field.setPlaceholderText(asks)
        self.field.setAccessibleName(asks)
        words = {self.returning: say("Kembalikan"), self.noting: say("Catat")}
        self._answers.say(words.get(True, say("Jawab")))
        self._answers.setVisible(not small or self.returning or self.noting)
        self._further.setVisible(self.returning)
        below = small and self.returning  # the field needs the whole width
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if below else ways.LeftToRight)
        is_open = self._thread is not None and self._thread.is_open
        self._done.say(say("Tandai selesai") if is_open else say("Belum selesai"))
        self._done.setVisible(self._thread is not None and not self.returning)
        told = [f"{said.person}: {said.text}" for said in self._thread.comments] if self._thread else []
        self.setAccessibleName(". ".join([say("Catatan pemeriksa"), *told]))

    def _show_lines(self, comments: tuple[Said, ...]) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [_line(said) for said in comments]
        for place, line in enumerate(self._lines):
            self._column.insertWidget(place, line)
            line.show()
        self.update()

    def _tell(self, text: str) -> None:
        self.object_to("")
        self.edited.emit(text)

    def object_to(self, words: str) -> None:
        """Say what is missing; "" takes it back."""
        if self._objection.text() != words:
            self._objection.say(words)
        self._objection.setVisible(bool(words))
        mark(self.field, "status", "err" if words else "")

    def clear(self) -> None:
        """Take what was written as said."""
        self.field.setText("")
        self.returning = self.noting = False

    def arrange(self, width: int) -> int:
        """Return the height in logical pixels that it takes in this width."""
        self._column.activate()
        column = self._column
        return column.totalHeightForWidth(width) if column.hasHeightForWidth() else column.sizeHint().height()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        is_open = self.returning or (self._thread is not None and self._thread.is_open)
        with painting(self) as painter:
            box(painter, self.rect().toRectF(), fill=Token.WARN_BG if is_open else Token.OK_BG, radius=RADIUS_CARD)


def _line(said: Said) -> QWidget:
    """Return one comment: its writer with office and time, whether it is done, and its words."""
    line = QWidget()
    column = down(into=line, margins=(0, 0, 0, SPACE_4))
    who = " · ".join([f"**{said.person}**", role_words(said.role), written.moment(said.time)])
    head = across((Label(who, _WHO, wraps=True), 1), gap=None)
    if said.asks or said.done:
        head.addWidget(Chip(_state(said), filled=False))
    column.addLayout(head)
    column.addWidget(Label(said.text, BODY, wraps=True))
    return line


def _state(said: Said) -> ChipLook:
    if said.done:
        return ChipLook("circle-check", say("Selesai"), Token.OK, Token.OK_BG)
    return ChipLook("circle-dashed", say("Belum selesai"), Token.WARN, Token.WARN_BG)
