"""The keys of the form along its bottom; as many as fit, the most needed first."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.keycap import draw_hints, hints_width
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import KEY_LEGEND, SPACE_8, SPACE_12, SPACE_20
from p2kp_desktop.ui.look.tokens import Token

_SMALL = 30
_UNDO = ("Ctrl", "Z")
_UNDONE = 22  # letters of the answer that is taken back; a small window shows its number only


def _keys() -> tuple[tuple[tuple[str, ...], str, bool], ...]:
    """Return keys, word, and whether a small window shows them too."""
    return (
        (("a", "…", "k"), say("pilih"), True),
        (("Enter",), say("maju"), True),
        (("Shift", "Enter"), say("mundur"), True),
        (("F8",), say("masalah"), True),
        (("F7",), say("informasi umum"), True),
        (("F1",), say("petunjuk"), True),
        (("F2",), say("catatan"), True),
        (("F4",), say("riwayat"), False),
        (_UNDO, say("urungkan"), True),
        (("Esc",), say("ke daftar"), False),
    )


class Legend(QWidget):
    """A line of keys and what they do."""

    def __init__(self) -> None:
        super().__init__()
        self._small, self._undo = False, ""
        self.setAccessibleName("; ".join(f"{' '.join(keys)} {word}" for keys, word, _ in _keys()))

    def show_small(self, small: bool) -> None:
        """Show it for a small window or a large one."""
        if small != self._small:
            self._small = small
            self.update()

    def show_undo(self, answer: str) -> None:
        """Show which answer is taken back, "" for none."""
        if answer != self._undo:
            self._undo = answer
            self.setAccessibleDescription(say("urungkan {answer}", answer=answer) if answer else "")
            self.update()

    def _undo_word(self) -> str:
        """Return «urungkan 12 Sumber utama…»: as much of the wording as the window has room for."""
        answer = self._undo if len(self._undo) <= _UNDONE else f"{self._undo[:_UNDONE].rstrip()}…"
        if self._small:
            number = self._undo.partition(" ")[0]
            answer = number if number[:1].isdigit() else ""
        return say("urungkan {answer}", answer=answer) if answer else say("urungkan")

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, _SMALL if self._small else KEY_LEGEND)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            box(painter, rect, fill=Token.SUNKEN)
            box(painter, QRectF(0, 0, rect.width(), 1), fill=Token.LINE)
            x = float(SPACE_12 + 2 if self._small else SPACE_20)
            for keys, word, everywhere in _keys():
                if self._small and not everywhere:
                    continue
                said = Words(self._undo_word() if keys == _UNDO else word, Style(Type.CAPTION, tone=Token.TEXT2))
                width = hints_width(keys) + SPACE_8 + said.width
                if x + width > rect.width() - SPACE_8:
                    break
                draw_hints(painter, rect.adjusted(x, 0, 0, 0), keys)
                said.draw_in(painter, rect.adjusted(x + hints_width(keys) + SPACE_8, 0, 0, 0))
                x += width + (SPACE_12 if self._small else SPACE_20)
