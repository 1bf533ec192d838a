"""The search field: a glass, what can be searched, and the keys that lead there."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy
from typing_extensions import override

from p2kp_desktop.ui.kit.keycap import draw_hint, hint_size
from p2kp_desktop.ui.kit.painting import icon_in, painting
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import FIELD, ICON_SMALL, SEARCH, SPACE_4, SPACE_8, SPACE_12, tall
from p2kp_desktop.ui.look.tokens import Token

_EDGE = 9  # border and padding of a field in the sheet


class SearchField(QLineEdit):
    """A field to search as one types; Esc empties it. The keys disappear when something stands in it."""

    def __init__(self, asks: str, keys: tuple[str, ...] = (), *, width: int = SEARCH) -> None:
        super().__init__()
        self._keys, self._wanted = keys, width
        self.setPlaceholderText(asks)
        self.setAccessibleName(asks)
        self.setTextMargins(ICON_SMALL + SPACE_8 - 2, 0, self._keys_width(), 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _keys_width(self) -> int:
        return sum(hint_size(key).width() + SPACE_4 for key in self._keys)

    @override
    def sizeHint(self) -> QSize:
        asked = metrics().horizontalAdvance(self.placeholderText())
        needed = _EDGE * 2 + ICON_SMALL + SPACE_8 + asked + self._keys_width() + SPACE_12
        return QSize(max(self._wanted, round(needed)), tall(FIELD, metrics(), room=SPACE_8 + 2))

    @override
    def minimumSizeHint(self) -> QSize:
        asked = metrics().horizontalAdvance(self.placeholderText())
        needed = _EDGE * 2 + ICON_SMALL + SPACE_8 + asked + self._keys_width() + SPACE_12
        return QSize(round(needed), self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rect = self.rect().toRectF()
        with painting(self) as painter:
            icon_in(painter, "search", rect.adjusted(_EDGE + 1, 0, 0, 0), ICON_SMALL, Token.TEXT2)
            x = self.width() - _EDGE + SPACE_4 - self._keys_width() - 2
            for key in () if self.text() else self._keys:
                size = hint_size(key)
                top = (self.height() - size.height()) / 2
                draw_hint(painter, QRectF(x, top, size.width(), size.height()), key)
                x += size.width() + SPACE_4


def begin_search(field: QLineEdit, typed: str = "") -> None:
    """Put the cursor into a field, in place of what stands there what was typed elsewhere already."""
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    field.selectAll()
    if typed:
        field.insert(typed)
