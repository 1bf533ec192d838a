"""The sections of a form at its left: state, code, name and how much is answered."""

from dataclasses import dataclass
from enum import Enum
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.words import Style, Words, plain
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import ICON_SMALL, RADIUS_BUTTON, SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

_LEAST, _LEAST_TIGHT = 34, 26
_EDGE, _EDGE_TIGHT = 8, 6
_ROOM, _ROOM_TIGHT = 14, 6  # above and below the name together


class Progress(Enum):
    """How a section stands: its icon and the icon's colour."""

    TO_DO = "circle", Token.TEXT3
    HERE = "circle-dot", Token.ACCENT
    DONE = "circle-check", Token.OK
    PROBLEM = "circle-x", Token.ERR
    CONFLICT = "git-compare", Token.CONF


@dataclass(frozen=True)
class Section:
    """A section: its code on paper, its name, its state in words and sign, and its count (5/5 or a key)."""

    code: str
    name: str
    progress: Progress
    count: str = ""
    sentence: str = ""


class SectionRail(QWidget):
    """Sections from top to bottom; ↑ ↓ move, Enter goes there. Without counts they stand closer together."""

    section_opened = Signal(int)

    def __init__(self, sections: tuple[Section, ...], current: int = -1, *, counts: bool = True) -> None:
        super().__init__()
        self._items: list[Pressable] = []
        self._counts = counts
        side = SPACE_8 if counts else SPACE_4
        self._column = down(into=self, margins=(side, SPACE_8 - 2, side, SPACE_4))
        self.show_sections(sections, current)

    def show_sections(self, sections: tuple[Section, ...], current: int = -1) -> None:
        """Show other states."""
        if len(sections) != len(self._items):
            for item in self._items:
                item.deleteLater()
            while self._column.count():
                self._column.takeAt(0)
            self._items = [self._item(place) for place in range(len(sections))]
            self._column.addStretch(1)
        for place, (item, section) in enumerate(zip(self._items, sections, strict=True)):
            if isinstance(item, SectionItem):
                item.show_section(section, current=place == current)
        reach_with_tab(self._items, self._items[current] if 0 <= current < len(self._items) else None)

    def _item(self, place: int) -> Pressable:
        item = SectionItem(counts=self._counts)
        item.clicked.connect(lambda: self.section_opened.emit(place))
        self._column.addWidget(item)
        return item

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        focused = self.focusWidget()
        if isinstance(focused, SectionItem) and event.key() in steps:
            step_to(self._items, self._items.index(focused) + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class SectionItem(Pressable):
    """One section; its name takes as many lines as it needs."""

    def __init__(self, *, counts: bool = True) -> None:
        super().__init__("")
        self._section, self._current, self._counts = Section("", "", Progress.TO_DO), False, counts
        self._edge = _EDGE if counts else _EDGE_TIGHT
        self._least, self._room = (_LEAST, _ROOM) if counts else (_LEAST_TIGHT, _ROOM_TIGHT)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_section(self, section: Section, *, current: bool) -> None:
        """Show this section."""
        if (section, current) == (self._section, self._current):
            return
        self._section, self._current = section, current
        words = (section.code, plain(section.name), section.sentence or section.count)
        self.setAccessibleName(" ".join(word for word in words if word))
        self.updateGeometry()
        self.update()

    def _count(self) -> Words:
        return Words(self._section.count if self._counts else "", Style(Type.CAPTION, tone=Token.TEXT3))

    def _name(self, width: float) -> Words:
        tone = Token.TEXT if self._current else Token.TEXT2
        code = f"**{self._section.code}** " if self._section.code else ""
        count = self._count().width
        room = width - 2 * self._edge - ICON_SMALL - SPACE_8 - (SPACE_8 + count if count else 0)
        return Words(code + self._section.name, Style(Type.CAPTION, tone=tone), room)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self.heightForWidth(max(self.width(), 160)))

    @override
    def minimumSizeHint(self) -> QSize:
        longest = max((Words(word, Style(Type.CAPTION)).width for word in self._section.name.split()), default=0)
        count = self._count().width
        width = 2 * self._edge + ICON_SMALL + SPACE_8 + longest + (SPACE_8 + count if count else 0)
        return QSize(ceil(width), self._least)

    @override
    def heightForWidth(self, width: int) -> int:
        return ceil(max(self._least, self._name(width).height + self._room))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        name, count = self._name(rect.width()), self._count()
        icon, tone = self._section.progress.value
        top = (rect.height() - name.height) / 2
        first = QRectF(self._edge, top, rect.width() - 2 * self._edge, name.height / name.lines)
        with painting(self) as painter:
            if self._current or self.lit:
                fill = Token.ACCENT_SOFT if self._current else Token.SUNKEN
                box(painter, rect, fill=fill, radius=RADIUS_BUTTON)
            draw_icon(painter, icon, self._edge, first.center().y() - ICON_SMALL / 2, ICON_SMALL, tone)
            name.draw(painter, self._edge + ICON_SMALL + SPACE_8, top)
            count.draw_in(painter, first, Qt.AlignmentFlag.AlignRight)
            if self.hasFocus():
                ring(painter, rect, RADIUS_BUTTON)
