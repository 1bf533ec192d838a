"""The known places under the field of an address: ↓ ↑ move the ring, Enter takes the one that has it."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying.offers import Offer, Offered, OfferingQuestion
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.painting import box, painting, ring
from p2kp_desktop.ui.kit.words import CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import OPTION_SMALL, RADIUS_BUTTON, SPACE_8, SPACE_12, tall
from p2kp_desktop.ui.look.tokens import Token

_ROWS = 4
_NAME, _DETAIL = Style(bold=True), Style(Type.CAPTION, tone=Token.TEXT2)
_NAME_SHARE = 0.6  # of the width, at most, where names are long


class OfferList(QWidget):
    """Shows a few rows around the ring; the typing stays with the field."""

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._question: OfferingQuestion | None = None
        self._offered = Offered("", ())
        self.ringed: int | None = None

    def show_known(self, question: OfferingQuestion, text: str, *, typed: bool) -> None:
        """Show what is known like a text; only what somebody typed puts the ring on what it means."""
        self._question, self._offered = question, question.offered(text)
        self.ringed = self._offered.meant if typed else None
        self.update()

    def move_ring(self, step: int) -> None:
        """Move the ring down or up; above the first row it disappears."""
        last = len(self._offered.offers) - 1
        place = (-1 if self.ringed is None else self.ringed) + step
        self.ringed = None if place < 0 or last < 0 else min(place, last)
        self.update()

    def taken(self) -> Offer | None:
        """Return the offer that has the ring, None for none."""
        return None if self.ringed is None else self._offered.offers[self.ringed]

    def words(self) -> str:
        """Return how the answer is understood: «= 014/005 · 37 rumah»."""
        taken = self.taken()
        if taken is None:
            return self._offered.words
        return " · ".join(part for part in (f"= {taken.name}", taken.detail) if part)

    def _row(self) -> int:
        return tall(OPTION_SMALL, metrics(), room=SPACE_8)

    def wanted_height(self) -> int:
        """Return the height in logical pixels: as many rows as may be known, so that typing moves nothing."""
        known = len(self._question.known) if self._question else 0
        return min(known + 1, _ROWS) * self._row() if known else 0

    def _first(self) -> int:
        """Return the first row in sight."""
        return max(0, (self.ringed or 0) - _ROWS + 1)

    def _in_sight(self) -> list[tuple[int, Offer, QRectF]]:
        first, height = self._first(), self._row()
        shown = self._offered.offers[first : first + _ROWS]
        return [(first + place, offer, QRectF(0, place * height, self.width(), height))
                for place, offer in enumerate(shown)]

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at: QPointF = event.position()
        for place, _offer, spot in self._in_sight():
            if spot.contains(at) and event.button() == Qt.MouseButton.LeftButton:
                self.ringed = place
                self.update()
                self.picked.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            if not self._offered.offers:
                Words(say("Tidak ada yang cocok."), CAPTION).draw(painter, SPACE_12, SPACE_8 / 2)
            for place, offer, spot in self._in_sight():
                self._paint_offer(painter, offer, spot, ringed=place == self.ringed)

    def _paint_offer(self, painter: QPainter, offer: Offer, spot: QRectF, *, ringed: bool) -> None:
        if ringed:
            box(painter, spot, fill=Token.ACCENT_SOFT, radius=RADIUS_BUTTON)
        widest = max(Words(each.name, _NAME).width for _place, each, _spot in self._in_sight())
        left = min(max(widest + 2 * SPACE_12, 120), self.width() * _NAME_SHARE)
        _one_line(painter, offer.name, _NAME, spot.adjusted(SPACE_12, 0, left - self.width() - SPACE_12, 0))
        more = len(self._offered.offers) - _ROWS
        _one_line(painter, offer.detail, _DETAIL, spot.adjusted(left, 0, -SPACE_12, 0))
        if more > 0 and offer is self._in_sight()[-1][1] and self._first() < more:
            rest = Words(say("dan {count} lagi, ↓", count=more - self._first()), CAPTION)
            rest.draw_in(painter, spot.adjusted(0, 0, -SPACE_12, 0), Qt.AlignmentFlag.AlignRight)
        if ringed:
            ring(painter, spot, RADIUS_BUTTON)


def _one_line(painter: QPainter, text: str, style: Style, spot: QRectF) -> None:
    """Write a text on one line, cut with «…» where it is longer than its spot."""
    measures = metrics(style.size, bold=style.bold)
    Words(measures.elidedText(text, Qt.TextElideMode.ElideRight, spot.width()), style).draw_in(painter, spot)
