"""Noto Sans in two weights and seven sizes, shipped with the program."""

import atexit
from collections.abc import Callable
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from p2kp_desktop import environment

FAMILY = "Noto Sans"
FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


class Type(Enum):
    """A size of type in points; at 96 dpi 10 pt are 13.3 px."""

    CAPTION = 10.0
    BODY = 10.5
    TITLE = 12.0
    PAGE = 15.0
    FIGURE = 17.0
    WELCOME = 21.0
    SCORE = 28.0


T = TypeVar("T", bound=Callable[..., Any])
_measured: list[Callable[[], None]] = []


def measured(of_letters: T) -> T:
    """Keep what a function of the letters returns for each argument; once other fonts are there it is asked anew."""
    kept = cache(of_letters)
    _measured.append(kept.cache_clear)
    return cast(T, kept)


def lately_measured(most: int) -> Callable[[T], T]:
    """Keep the same of so many arguments, those asked for last, and only while the program runs: Qt's own end first."""
    def keeping(of_letters: T) -> T:
        kept = lru_cache(most)(of_letters)
        _measured.append(kept.cache_clear)
        atexit.register(kept.cache_clear)
        return cast(T, kept)

    return keeping


def load() -> None:
    """Give the shipped fonts to Qt; raises FileNotFoundError when one is missing or damaged."""
    if FAMILY in QFontDatabase.families() and QFontDatabase.isPrivateFamily(FAMILY):
        return
    for name in FILES:
        path = environment.resources() / "fonts" / name
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(f"{path} is missing or is not a font")
    for forget in _measured:
        forget()


@cache
def font(size: Type = Type.BODY, *, bold: bool = False) -> QFont:
    """Return the font of this size, the same object each time; its figures all have the same width."""
    letters = QFont([FAMILY])
    letters.setPointSizeF(size.value)
    letters.setBold(bold)
    letters.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return letters


@measured
def metrics(size: Type = Type.BODY, *, bold: bool = False) -> QFontMetricsF:
    """Return the measures, in logical pixels, of this size."""
    return QFontMetricsF(font(size, bold=bold))
