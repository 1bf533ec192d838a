"""The status line: saved when and by whom, what a lost laptop would cost, when the last backup was made."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.layouts import Space, Stretch, across
from p2kp_desktop.ui.kit.link import IconLine, Link
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_16, SPACE_28, STATUS_LINE, tall
from p2kp_desktop.ui.look.tokens import Token

PASSES = 8_000  # milliseconds that something said in passing stays: twice what one line takes to read


@dataclass(frozen=True)
class StatusFacts:
    """What the line says, with ** around what is bold; without `send` every copy is safe.

    `waiting` says of the copies that lack what is under way. `fault` says why there is no new backup, with what
    to do, and takes the place of `backup`; `fault_short` is said where there is no room for it. `alarm` marks
    `copies` as something to look after.
    """

    saved: str
    saved_by: str
    copies: str
    send: str
    backup: str
    waiting: str = ""
    fault: str = ""
    fault_short: str = ""
    alarm: bool = False


@dataclass(frozen=True)
class _Cut:
    """How much is shown: the name, what is under way, the backup or the long fault."""

    name: bool
    waiting: bool
    backup: bool


# From all to least; a fault stays in sight longer than a name.
_CUTS = (_Cut(True, True, True), _Cut(True, True, False), _Cut(False, True, False), _Cut(False, False, False))
_CUTS_AT_FAULT = (
    _Cut(True, True, True), _Cut(False, True, True), _Cut(False, False, True), _Cut(False, True, False),
    _Cut(False, False, False),
)


class StatusLine(QWidget):
    """Always at the foot of the window; when room is short it drops the backup, then the name.

    The loss line never goes, and neither does a fault of the backup, which is a way to the backups. Only what is said
    in passing, for some seconds, may stand before all but the loss line.
    """

    send_pressed = Signal()
    backup_pressed = Signal()

    def __init__(self, facts: StatusFacts) -> None:
        super().__init__()
        style = Style(Type.CAPTION, tone=Token.TEXT2)
        self._passing = IconLine("ban", "", Style(Type.CAPTION, bold=True), icon_tone=Token.WARN)
        self._passes = QTimer(self, singleShot=True, interval=PASSES)
        self._passes.timeout.connect(self._fit)
        self._saved = IconLine("circle-check", "", style, icon_tone=Token.OK)
        self._saved_by = IconLine("", "", style)
        self._copies = IconLine("hard-drive", "", style, icon_tone=Token.OK)
        self._waiting = IconLine("", "", style)
        self._send = Link("")
        self._backup = IconLine("", "", style)
        self._fault, self._fault_short = (
            IconLine("triangle-alert", "", Style(Type.CAPTION, tone=Token.WARN)) for _ in range(2)
        )
        self._see = Link(say("Lihat"))
        self._see.setAccessibleName(say("Lihat cadangan"))
        self._send.clicked.connect(self.send_pressed)
        self._see.clicked.connect(self.backup_pressed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.show_facts(facts)

    def _lay_out(self) -> None:
        across(
            self._passing, self._saved, Space(SPACE_4), self._saved_by, Space(SPACE_28), self._copies, Space(SPACE_4),
            self._waiting, self._send, Stretch(), self._backup, self._fault, self._fault_short, self._see, into=self,
            margins=(SPACE_16, 1, SPACE_16, 0),
        )

    def tell(self, words: str) -> None:
        """Say in passing why nothing came of a key; it goes by itself, or with no words."""
        self._passing.say(words)
        if words:
            self._passes.start()
        else:
            self._passes.stop()
        self._fit()

    @property
    def said(self) -> str:
        """What is said in passing now."""
        return self._passing.accessibleName() if self._passes.isActive() else ""

    def show_facts(self, facts: StatusFacts) -> None:
        """Show how things stand now."""
        self._facts = facts
        self._saved.say(facts.saved)
        self._saved_by.say(facts.saved_by)
        self._copies.show_icon("hard-drive", Token.WARN if facts.send or facts.alarm else Token.OK)
        self._copies.say(facts.copies)
        self._send.say(facts.send)
        self._waiting.say(facts.waiting)
        self._backup.say(facts.backup)
        self._fault.say(facts.fault)
        self._fault_short.say(facts.fault_short)
        self._fit()

    def _fit(self) -> None:
        """Show as much as there is room for."""
        facts, passing = self._facts, self._passes.isActive()
        room = self.width() - 2 * SPACE_16
        cuts = self._cuts()
        cut = next((cut for cut in cuts[-1 if passing else 0 :] if self._needed(cut) <= room), cuts[-1])
        self._passing.setVisible(passing)
        self._saved.setVisible(not passing)
        self._send.setVisible(bool(facts.send) and not passing)
        self._saved_by.setVisible(cut.name)
        self._waiting.setVisible(cut.waiting and bool(facts.waiting))
        self._backup.setVisible(cut.backup and not facts.fault)
        self._fault.setVisible(cut.backup and bool(facts.fault))
        self._fault_short.setVisible(not (cut.backup or passing) and bool(facts.fault))
        self._see.setVisible(bool(facts.fault) and not passing)
        self.update()

    def _cuts(self) -> tuple[_Cut, ...]:
        return _CUTS_AT_FAULT if self._facts.fault else _CUTS

    def _needed(self, cut: _Cut) -> int:
        facts = self._facts
        width = self._saved.sizeHint().width() + 2 * SPACE_4 + SPACE_28 + self._copies.sizeHint().width()
        width += self._send.sizeHint().width() if facts.send else 0
        width += self._saved_by.sizeHint().width() if cut.name else 0
        width += self._waiting.sizeHint().width() if cut.waiting and facts.waiting else 0
        if facts.fault:
            said = self._fault if cut.backup else self._fault_short
            return width + SPACE_28 + said.sizeHint().width() + self._see.sizeHint().width()
        return width + (SPACE_28 + self._backup.sizeHint().width() if cut.backup else 0)

    @override
    def sizeHint(self) -> QSize:
        width = self._needed(self._cuts()[0]) + 2 * SPACE_16
        return QSize(width, tall(STATUS_LINE, metrics(Type.CAPTION), room=SPACE_4 * 2))

    @override
    def minimumSizeHint(self) -> QSize:
        width = self._needed(self._cuts()[-1]) + 2 * SPACE_16
        return QSize(width, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            box(painter, rect, fill=Token.WARN_BG if self.said else Token.PANEL)
            box(painter, rect.adjusted(0, 0, 0, 1 - rect.height()), fill=Token.LINE)
