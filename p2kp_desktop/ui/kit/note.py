"""A note under a question: impossible, unusual with a field for the reason, or explained already."""

from enum import Enum
from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import FIELD_IN_ROW, ICON_SMALL, NOTE, RADIUS_ROW, SPACE_4, SPACE_8, SPACE_12, tall
from p2kp_desktop.ui.look.tokens import Token

_FIELD = 170  # least width of the field for a reason


class Weight(Enum):
    """How heavy a problem is: its icon, its colour, its ground."""

    HARD = "octagon-x", Token.ERR, Token.ERR_BG
    SOFT = "triangle-alert", Token.WARN, Token.WARN_BG
    EXPLAINED = "message-square-text", Token.OK, Token.OK_BG


def _first_words(weight: Weight) -> str:
    if weight is Weight.HARD:
        return say("Tidak mungkin.")
    return say("Tidak biasa.") if weight is Weight.SOFT else say("Sudah dicatat.")


class Note(QWidget):
    """A note with the problem in words; an unusual answer has a field where the reason is written."""

    explained = Signal(str)

    def __init__(self, weight: Weight, text: str, *, asks: str = "", lead: str = "") -> None:
        super().__init__()
        self._weight = weight
        style = Style(Type.CAPTION, tone=weight.value[1])
        row = across(
            (Label(f"**{lead or _first_words(weight)}** {text}", style, wraps=True), 1), into=self, gap=SPACE_12,
            margins=(SPACE_12 + ICON_SMALL + SPACE_8, 3, SPACE_8, 3),
        )
        if weight is Weight.SOFT:
            self.reason = _reason_field(asks or say("Benar, karena…"))
            self.reason.returnPressed.connect(self._tell)
            row.addWidget(self.reason, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(tall(NOTE, metrics(Type.CAPTION), room=SPACE_8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _tell(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.explained.emit(reason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        icon, tone, ground = self._weight.value
        label = self.findChild(QLabel)
        middle = label.geometry().center().y() + 0.5 if label else self.height() / 2
        with painting(self) as painter:
            box(painter, self.rect().toRectF(), fill=ground, radius=RADIUS_ROW)
            draw_icon(painter, icon, SPACE_12, middle - ICON_SMALL / 2, ICON_SMALL, tone)


def _reason_field(asks: str) -> QLineEdit:
    field = QLineEdit()
    field.setProperty("fit", "row")
    field.setPlaceholderText(asks)
    field.setAccessibleName(asks)
    width = ceil(metrics().horizontalAdvance(asks)) + 4 * SPACE_8
    field.setFixedSize(QSize(max(_FIELD, width), tall(FIELD_IN_ROW, metrics(), room=SPACE_4)))
    return field
