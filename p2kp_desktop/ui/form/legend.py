"""The keys of the form along its bottom: those that do something now, as many as fit."""

from dataclasses import dataclass

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
_UNDO, _LIST = ("Ctrl", "Z"), ("Esc",)
_UNDONE = 22  # letters of the answer that is taken back
_FEW = 2  # letters that are both named

Key = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Works:
    """Which keys do something now: the letters of the options, F8, F4, and what Ctrl+Z takes back, "" for nothing."""

    letters: tuple[str, ...] = ()
    troubles: bool = False
    history: bool = False
    undoes: str = ""


class Legend(QWidget):
    """A line of keys and what they do; only those that do something here."""

    def __init__(self) -> None:
        super().__init__()
        self._small, self._works = False, Works()
        self.show_works(self._works)

    def show_small(self, small: bool) -> None:
        """Show it for a small window or a large one."""
        if small != self._small:
            self._small = small
            self.update()

    def show_works(self, works: Works) -> None:
        """Show the keys that work now."""
        self._works = works
        self.setAccessibleName("; ".join(f"{' '.join(keys)} {word}" for keys, word in self.keys("")))
        undone = say("urungkan {answer}", answer=works.undoes) if works.undoes else ""
        self.setAccessibleDescription(undone)
        self.update()

    def keys(self, undone: str) -> list[Key]:
        """Return keys and words in order, naming so much of the answer that is taken back."""
        works, letters = self._works, self._works.letters
        shown = letters if len(letters) <= _FEW else (letters[0], "…", letters[-1])
        found = [
            (shown, say("pilih"), bool(letters)), (("Enter",), say("maju"), True),
            (("Shift", "Enter"), say("mundur"), True), (("F8",), say("masalah"), works.troubles),
            (("F7",), say("informasi umum"), True), (("F1",), say("petunjuk"), True), (("F2",), say("catatan"), True),
            (("F4",), say("riwayat"), works.history),
            (_UNDO, say("urungkan {answer}", answer=undone) if undone else say("urungkan"), bool(works.undoes)),
            (_LIST, say("kembali"), True),
        ]
        return [(keys, word) for keys, word, there in found if there]

    def in_sight(self) -> list[Key]:
        """Return what the window has room for: the name of the undone answer gives way before a key does."""
        whole, number = self._works.undoes, self._works.undoes.partition(" ")[0]
        brief = whole if len(whole) <= _UNDONE else f"{whole[:_UNDONE].rstrip()}…"
        short = number if number[:1].isdigit() else ""
        shown = next(
            (keys for undone in (brief, short) if self._fits(keys := self.keys(undone))), self.keys("")
        )
        while not self._fits(shown):
            shown = shown[:-1]
        return shown

    def _fits(self, shown: list[Key]) -> bool:
        gap = self._gap()
        return self._margin() + sum(_width(key) + gap for key in shown) - gap <= self.width() - SPACE_8

    def _gap(self) -> int:
        return SPACE_12 if self._small else SPACE_20

    def _margin(self) -> int:
        return SPACE_12 + 2 if self._small else SPACE_20

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, _SMALL if self._small else KEY_LEGEND)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            box(painter, rect, fill=Token.SUNKEN)
            box(painter, QRectF(0, 0, rect.width(), 1), fill=Token.LINE)
            x = float(self._margin())
            for keys, word in self.in_sight():
                draw_hints(painter, rect.adjusted(x, 0, 0, 0), keys)
                _said(word).draw_in(painter, rect.adjusted(x + hints_width(keys) + SPACE_8, 0, 0, 0))
                x += _width((keys, word)) + self._gap()


def _said(word: str) -> Words:
    return Words(word, Style(Type.CAPTION, tone=Token.TEXT2))


def _width(key: Key) -> float:
    return hints_width(key[0]) + SPACE_8 + _said(key[1]).width
