"""The list of the parts of a bowl: each line a button, ready or not, with what bears it out or is missing."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.reports.bowl import part_title
from p2kp_desktop.rules.bowl import Part
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.words import UNBOUNDED, Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import ICON_SMALL, RADIUS_CHECK, RADIUS_ROW, SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

_LEFT = SPACE_4 + ICON_SMALL + SPACE_8


def sentence(part: Part) -> str:
    """Return the sentence that a person hears of a part of the bowl: its title, whether it is ready, its note."""
    state = say("siap") if part.ready else say("belum")
    return f"{part_title(part.key)}: {state}, {part.note}" if part.note else f"{part_title(part.key)}: {state}"


class PartLine(Pressable):
    """One part. `told` shows the whole sentence below the name, else two or three words stand at the right."""

    reached = Signal()

    def __init__(self, part: Part, *, told: bool) -> None:
        super().__init__("")
        self.part = part
        self.tell(told=told)
        self.show_part(part)

    def tell(self, *, told: bool) -> None:
        """Show the whole sentence, or a few words."""
        self._told = told
        upright = QSizePolicy.Policy.Minimum if told else QSizePolicy.Policy.Fixed  # fixed is never above its hint
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, upright)
        policy.setHeightForWidth(told)
        self.setSizePolicy(policy)
        self.show_part(self.part)

    def show_part(self, part: Part) -> None:
        """Show how the part stands."""
        self.part = part
        self.setAccessibleName(f"{sentence(part)}. {part.says}" if self._told and part.says else sentence(part))
        self.setToolTip(part.says)
        self.updateGeometry()
        self.update()

    def _words(self, room: float) -> tuple[Words, Words]:
        part = self.part
        missing = not part.ready and part.noted
        note = Style(Type.CAPTION, tone=Token.WARN if missing else Token.TEXT2 if part.ready else Token.TEXT3)
        name = Words(part_title(part.key), Style(bold=not part.ready))
        if self._told:
            return name, Words(part.says, note, room - _LEFT - SPACE_4)
        whole = Words(part.note, note, UNBOUNDED)
        if _LEFT + name.width + SPACE_8 + whole.width + SPACE_4 <= room:
            return name, whole
        return name, Words(self._in_short(), note, UNBOUNDED)

    def _in_short(self) -> str:
        """Return the word at the right where there is no room for the whole note: the icon says the rest."""
        return "" if self.part.ready else say("belum")

    @override
    def sizeHint(self) -> QSize:
        name, note = self._words(UNBOUNDED)
        if self._told:
            return QSize(ceil(_LEFT + name.width + SPACE_4), ceil(name.height + note.height + SPACE_8))
        return QSize(ceil(_LEFT + name.width + SPACE_8 + note.width + SPACE_4), ceil(name.height + SPACE_4))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    @override
    def hasHeightForWidth(self) -> bool:
        return self._told

    @override
    def heightForWidth(self, width: int) -> int:
        return self.height_told(width)

    def height_told(self, width: float) -> int:
        """Return how high the line is with its whole sentence, at this width."""
        says = Words(self.part.says, Style(Type.CAPTION), width - _LEFT - SPACE_4)
        name = self._words(width)[0]
        return ceil(name.height + says.height + SPACE_8)

    @override
    def minimumSizeHint(self) -> QSize:
        name, note = self._words(0)
        beside = 0.0 if self._told else SPACE_8 + note.width
        return QSize(ceil(_LEFT + name.width + beside + SPACE_4), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            if self.lit:
                box(painter, rect, fill=Token.SUNKEN, radius=RADIUS_ROW)
            icon, tone = ("circle-check", Token.OK) if self.part.ready else ("circle", Token.TEXT3)
            first = QRectF(_LEFT, 0, rect.width() - _LEFT - SPACE_4, rect.height())
            name, note = self._words(rect.width())
            if self._told:
                top = (rect.height() - name.height - note.height) / 2
                draw_icon(painter, icon, SPACE_4, top + (name.height - ICON_SMALL) / 2, ICON_SMALL, tone)
                name.draw(painter, _LEFT, top)
                note.draw(painter, _LEFT, top + name.height)
            else:
                draw_icon(painter, icon, SPACE_4, (rect.height() - ICON_SMALL) / 2, ICON_SMALL, tone)
                name.draw_in(painter, first)
                note.draw_in(painter, first, Qt.AlignmentFlag.AlignRight)
            if self.hasFocus():
                ring(painter, rect, RADIUS_CHECK)


class PartLines(QWidget):
    """The parts below one another; Tab reaches the group once, ↑ and ↓ move inside it."""

    opened = Signal(str)  # the key of a part
    reached = Signal(str)

    def __init__(self, parts: Sequence[Part] = (), *, told: bool, spacing: int = SPACE_4) -> None:
        super().__init__()
        self._told = told
        self.lines: list[PartLine] = []
        self._column = down(into=self, gap=spacing)
        self.show_parts(parts)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts; the focus stays on the part it was on."""
        while len(self.lines) < len(parts):
            self.lines.append(self._line(parts[len(self.lines)]))
        for line in self.lines[len(parts) :]:
            line.deleteLater()
        del self.lines[len(parts) :]
        for line, part in zip(self.lines, parts, strict=True):
            line.show_part(part)
        if self.lines:
            reach_with_tab([*self.lines], next((line for line in self.lines if holds_focus(line)), None))

    def _line(self, part: Part) -> PartLine:
        line = PartLine(part, told=self._told)
        line.clicked.connect(lambda: self.opened.emit(line.part.key))
        line.reached.connect(lambda: self.reached.emit(line.part.key))
        self._column.addWidget(line)
        return line

    def tell(self, *, told: bool) -> None:
        """Show whole sentences below the names, or a few words beside them."""
        if told != self._told:
            self._told = told
            for line in self.lines:
                line.tell(told=told)

    def height_told(self, width: float) -> int:
        """Return how high the list is with whole sentences, at this width."""
        return sum(line.height_told(width) for line in self.lines)

    def current(self) -> Part | None:
        """Return the part in focus."""
        return next((line.part for line in self.lines if line.hasFocus()), None)

    def give_focus(self, key: str = "") -> None:
        """Put the focus on a part, or on the first that is missing."""
        places = [line.part.key for line in self.lines]
        lacking = next((place for place, line in enumerate(self.lines) if not line.part.ready), 0)
        step_to([*self.lines], places.index(key) if key in places else lacking)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        focused = self.focusWidget()
        if isinstance(focused, PartLine) and focused in self.lines and event.key() in steps:
            step_to([*self.lines], self.lines.index(focused) + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
