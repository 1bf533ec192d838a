"""Parts set one below the other or side by side: what a page looks like, said in the order it is read."""

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

BARE = (0, 0, 0, 0)
L = TypeVar("L", bound=QBoxLayout)


@dataclass(frozen=True)
class Stretch:
    """Room that takes what is left, in shares."""

    share: int = 1


@dataclass(frozen=True)
class Space:
    """Room of so many pixels."""

    pixels: int


Placed = QWidget | QLayout
Part = Placed | Stretch | Space | tuple[Placed, int] | tuple[QWidget, int, Qt.AlignmentFlag]
Margins = tuple[int, int] | tuple[int, int, int, int] | None  # beside and above, the same again or others


def down(
    *parts: Part, into: QWidget | None = None, gap: int | None = 0, margins: Margins = BARE
) -> QVBoxLayout:
    """Return parts one below the other, each with its share of what room is left; `into` the widget that holds them.

    None for `gap` or `margins` leaves those of the style.
    """
    return _filled(QVBoxLayout(), parts, into, gap, margins)


def across(
    *parts: Part, into: QWidget | None = None, gap: int | None = 0, margins: Margins = BARE
) -> QHBoxLayout:
    """Return parts side by side, as down() sets them one below the other."""
    return _filled(QHBoxLayout(), parts, into, gap, margins)


def _filled(layout: L, parts: tuple[Part, ...], into: QWidget | None, gap: int | None, margins: Margins) -> L:
    if into is not None:
        into.setLayout(layout)
    if margins is not None:
        layout.setContentsMargins(*(margins if len(margins) == 4 else margins * 2))
    if gap is not None:
        layout.setSpacing(gap)
    for part in parts:
        if isinstance(part, Stretch):
            layout.addStretch(part.share)
        elif isinstance(part, Space):
            layout.addSpacing(part.pixels)
        else:
            _add(layout, *(part if isinstance(part, tuple) else (part,)))
    return layout


def _add(layout: QBoxLayout, part: Placed, share: int = 0, where: Qt.AlignmentFlag | None = None) -> None:
    if isinstance(part, QLayout):
        layout.addLayout(part, share)
    elif where is None:
        layout.addWidget(part, share)
    else:
        layout.addWidget(part, share, where)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        widget: QWidget | None = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
