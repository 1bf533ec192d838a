"""The rail: the places of the program, each with the count of what waits there; folded it shows icons only."""

from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.labels import rule, surface
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.painting import box, icon_in, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.icons import is_shipped
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import (
    ICON,
    RADIUS_BUTTON,
    RAIL,
    RAIL_FOLDED,
    RAIL_FOLDED_SMALL,
    RAIL_ITEM,
    SPACE_4,
    SPACE_8,
    tall,
)
from p2kp_desktop.ui.look.tokens import Token

_GAP = 10
_LEAST_GAP = 8  # between a long name and its count
_USUAL = "00"  # a count that has its room before it is known, so that nothing moves when it comes
_BAR = QSize(3, 20)
_HEAD = 44
_LOGO = 22
_FACE = 30


@dataclass(frozen=True)
class Place:
    """A place of the program; those at the foot stand apart, below the others.

    An icon that is not shipped is refused at once: painting would fail again and again, and the window stand still.
    """

    key: str
    icon: str
    name: str
    waiting: int = 0
    at_foot: bool = False

    def __post_init__(self) -> None:
        if not is_shipped(self.icon):
            raise ValueError(f"{self.key}: there is no icon «{self.icon}» in resources/icons")


@dataclass(frozen=True)
class Person:
    """Who is working: initials, name, and what they do."""

    initials: str
    name: str
    task: str


class Rail(QWidget):
    """Places from top to bottom; Tab enters at the current one, ↑ ↓ move, Enter opens."""

    place_opened = Signal(str)

    def __init__(self, title: str, places: tuple[Place, ...], person: Person) -> None:
        super().__init__()
        self._folded, self._small = False, False
        self._items = {place.key: _RailItem(place) for place in places}
        self._head, self._face = _Head(title), _Face(person)
        surface(self, Token.PANEL)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._lay_out()
        for key, item in self._items.items():
            item.clicked.connect(lambda _checked=False, key=key: self.place_opened.emit(key))
        reach_with_tab(self._in_order(), None)
        self.fold(folded=False)

    def _lay_out(self) -> None:
        column = down(self._head, into=self, gap=2, margins=(SPACE_8, 0, SPACE_8, SPACE_8))
        for item in self._items.values():
            if item.place.at_foot:
                continue
            column.addWidget(item)
        column.addStretch(1)
        for item in self._items.values():
            if item.place.at_foot:
                column.addWidget(item)
        column.addWidget(rule())
        column.addWidget(self._face)

    def _in_order(self) -> list[Pressable]:
        items = self._items.values()
        return [*(item for item in items if not item.place.at_foot), *(item for item in items if item.place.at_foot)]

    def show_current(self, key: str) -> None:
        """Mark the place in use."""
        for name, item in self._items.items():
            item.setChecked(name == key)
        reach_with_tab(self._in_order(), self._items.get(key))

    def show_waiting(self, key: str, waiting: int) -> None:
        """Show how many things wait in a place."""
        self._items[key].show_waiting(waiting)
        self.setFixedWidth(self.sizeHint().width())

    def show_person(self, person: Person) -> None:
        """Show who is working."""
        self._face.show_person(person)

    def fold(self, *, folded: bool, small: bool = False) -> None:
        """Show icons only, or icons and names; `small` is for a narrow window."""
        self._folded, self._small = folded, small
        for item in self._items.values():
            item.fold(folded=folded)
        self._head.fold(folded=folded)
        self._face.fold(folded=folded)
        self.setFixedWidth(self.sizeHint().width())

    @override
    def sizeHint(self) -> QSize:
        if self._folded:
            return QSize(RAIL_FOLDED_SMALL if self._small else RAIL_FOLDED, super().sizeHint().height())
        widest = max(part.sizeHint().width() for part in (*self._items.values(), self._face))
        return QSize(max(RAIL, widest + 2 * SPACE_8), super().sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        items, focused = self._in_order(), self.focusWidget()
        if isinstance(focused, _RailItem) and event.key() in steps:
            step_to(items, items.index(focused) + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            rect = self.rect().toRectF()
            box(painter, rect, fill=Token.PANEL)
            box(painter, rect.adjusted(rect.width() - 1, 0, 0, 0), fill=Token.LINE)


class _RailItem(Pressable):
    """One place: checked means it is the place in use."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.name)
        self.place = place
        self._folded = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_waiting(place.waiting)

    @override
    def nextCheckState(self) -> None:
        """Leave it to the window which place is in use."""

    def show_waiting(self, waiting: int) -> None:
        self.place = replace(self.place, waiting=waiting)
        sentence = f"{self.place.name} · {written.number(waiting)}" if waiting else self.place.name
        self.setAccessibleName(sentence)
        self.setToolTip(sentence if self._folded else "")
        self.updateGeometry()
        self.update()

    def fold(self, *, folded: bool) -> None:
        self._folded = folded
        self.show_waiting(self.place.waiting)

    def _count(self) -> Words:
        count = written.number(self.place.waiting) if self.place.waiting else ""
        return Words(count, Style(Type.CAPTION, tone=Token.ACCENT_TEXT if self.isChecked() else Token.TEXT3))

    @override
    def sizeHint(self) -> QSize:
        height = tall(RAIL_ITEM, metrics(bold=True), room=SPACE_8)
        if self._folded:
            return QSize(ICON + 2 * SPACE_4, height)
        name = metrics(bold=True).horizontalAdvance(self.place.name)
        count = max(self._count().width, metrics(Type.CAPTION).horizontalAdvance(_USUAL))
        return QSize(ceil(_GAP + ICON + _GAP + name + _LEAST_GAP + count + 2), height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            if self.isChecked():
                box(painter, rect, fill=Token.ACCENT_SOFT, radius=RADIUS_BUTTON)
                top = (rect.height() - _BAR.height()) / 2
                box(painter, QRectF(0, top, _BAR.width(), _BAR.height()), fill=Token.ACCENT, radius=1)
            elif self.lit:
                box(painter, rect, fill=Token.SUNKEN, radius=RADIUS_BUTTON)
            self._paint_content(painter, rect)
            if self.hasFocus():
                ring(painter, rect, RADIUS_BUTTON)

    def _paint_content(self, painter: QPainter, rect: QRectF) -> None:
        tone = Token.ACCENT_TEXT if self.isChecked() else Token.TEXT2
        if self._folded:
            icon_in(painter, self.place.icon, rect.adjusted((rect.width() - ICON) / 2, 0, 0, 0), ICON, tone)
            return
        icon_in(painter, self.place.icon, rect.adjusted(_GAP, 0, 0, 0), ICON, tone)
        name = Words(self.place.name, Style(bold=self.isChecked(), tone=tone))
        name.draw_in(painter, rect.adjusted(_GAP + ICON + _GAP, 0, 0, 0))
        count = self._count()
        room = rect.width() - (_GAP + ICON + _GAP + name.width + _LEAST_GAP + count.width)
        after = min(_GAP, max(room, 2))
        count.draw_in(painter, rect.adjusted(0, 0, -after, 0), Qt.AlignmentFlag.AlignRight)


class _Head(QWidget):
    """The bowl and the program's name."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._folded = title, False
        self.setAccessibleName(title)
        self.setFixedHeight(tall(_HEAD, metrics(Type.TITLE, bold=True)))

    def fold(self, *, folded: bool) -> None:
        self._folded = folded
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            before = (rect.width() - _LOGO) / 2 if self._folded else _GAP
            icon_in(painter, "bowl", rect.adjusted(before, 0, 0, 0), _LOGO, Token.ACCENT)
            if not self._folded:
                title = Words(self._title, Style(Type.TITLE, bold=True, tone=Token.ACCENT_TEXT))
                title.draw_in(painter, rect.adjusted(_GAP + _LOGO + _GAP, 0, 0, 0))


class _Face(QWidget):
    """Who is working, at the foot of the rail."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._folded = False
        self.show_person(person)

    def show_person(self, person: Person) -> None:
        self._person = person
        self.setAccessibleName(f"{person.name}, {person.task}")
        self.setToolTip(f"{person.name} · {person.task}" if self._folded else "")
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def fold(self, *, folded: bool) -> None:
        self._folded = folded
        self.show_person(self._person)

    def _lines(self) -> tuple[Words, Words]:
        name = Words(self._person.name, Style(Type.CAPTION, bold=True))
        return name, Words(self._person.task, Style(Type.CAPTION, tone=Token.TEXT2))

    @override
    def sizeHint(self) -> QSize:
        name, task = self._lines()
        side = self._side()
        height = ceil(max(side, name.height + task.height)) + 2 * SPACE_8 - 4
        width = side if self._folded else ceil(SPACE_8 + side + _GAP + max(name.width, task.width))
        return QSize(width, height)

    def _side(self) -> int:
        return max(_FACE, ceil(metrics(Type.CAPTION, bold=True).horizontalAdvance(self._person.initials)) + SPACE_8)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        name, task = self._lines()
        side = self._side()
        rect = self.rect().toRectF()
        left = (rect.width() - side) / 2 if self._folded else SPACE_8
        face = QRectF(left, (rect.height() - side) / 2, side, side)
        with painting(self) as painter:
            box(painter, face, fill=Token.NEUTRAL_BG, radius=side / 2)
            initials = Words(self._person.initials, Style(Type.CAPTION, bold=True, tone=Token.TEXT2))
            initials.draw_in(painter, face, Qt.AlignmentFlag.AlignHCenter)
            if not self._folded:
                top = (rect.height() - name.height - task.height) / 2
                name.draw(painter, face.right() + _GAP, top)
                task.draw(painter, face.right() + _GAP, top + name.height)
