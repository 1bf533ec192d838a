"""F1: what the place is for and which keys work there, as a card beside the work."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.commands import hints
from p2kp_desktop.ui.kit.focus import give_back
from p2kp_desktop.ui.kit.keycap import KeyHints
from p2kp_desktop.ui.kit.labels import CARD_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16

_WIDTH = 420


class HelpCard(QFrame):
    """Words and keys; Esc or its button closes it and gives the focus back."""

    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("frame", "card")
        self._column = down(into=self, gap=SPACE_12, margins=(SPACE_16, SPACE_12))
        self._title = Label("", CARD_TITLE, wraps=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close = Button(say("Tutup"), keys=("Esc",))
        self._close.clicked.connect(self.close_it)
        self._column.addWidget(self._title)
        self._column.addWidget(self._area, 1)
        self._column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        self._before: QWidget | None = None
        self.hide()

    def explain(self, title: str, words: str, actions: list[QAction]) -> None:
        """Open with the words of a place and the keys of these actions."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._title.say(title)
        self._area.setWidget(_content(words, actions))
        self.fit()
        self.show()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self) -> None:
        """Stand at the right edge of the window, as high as there is room."""
        around = self._over
        wide = min(_WIDTH, around.width() - 2 * SPACE_12)
        self.setGeometry(around.width() - wide - SPACE_12, 52, wide, around.height() - 52 - 44)

    def close_it(self) -> None:
        """Disappear."""
        self.hide()
        give_back(self._before)
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._area.verticalScrollBar()
        steps = {Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep(),
                 Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep()}
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _content(words: str, actions: list[QAction]) -> QWidget:
    page = QWidget()
    page.setProperty("surface", "none")
    column = down(Label(words, SECONDARY, wraps=True), into=page, gap=SPACE_12, margins=(0, 0, SPACE_8, 0))
    keys = QGridLayout()
    keys.setHorizontalSpacing(SPACE_12)
    keys.setVerticalSpacing(SPACE_8)
    keys.setColumnStretch(1, 1)
    keyed = [action for action in actions if not action.shortcut().isEmpty()]
    for row, action in enumerate(keyed):
        keys.addWidget(KeyHints(*hints(action.shortcut())), row, 0, Qt.AlignmentFlag.AlignTop)
        keys.addWidget(Label(action.text().replace("&&", "&"), wraps=True), row, 1)
    column.addLayout(keys)
    column.addStretch(1)
    return page
