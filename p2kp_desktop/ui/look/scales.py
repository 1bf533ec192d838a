"""Colours that mean a level: how complete an RT is, and how slummy, each with its figure and its pattern."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt

from p2kp_desktop.ui.look.tokens import Token


@dataclass(frozen=True)
class Level:
    """The fill of a level, the colour of a figure on it, its border, and its pattern for black and white."""

    fill: Token
    figure: Token = Token.TEXT
    line: Token | None = None
    pattern: Qt.BrushStyle = Qt.BrushStyle.NoBrush


class Slum(Enum):
    """The four levels of kumuh; the patterns keep them apart on paper without colour."""

    NONE = Level(Token.SLUM_NONE, line=Token.LINE2)
    LIGHT = Level(Token.SLUM_LIGHT, pattern=Qt.BrushStyle.Dense6Pattern)
    MEDIUM = Level(Token.SLUM_MEDIUM, Token.ON_SLUM_MEDIUM, pattern=Qt.BrushStyle.BDiagPattern)
    HEAVY = Level(Token.SLUM_HEAVY, Token.ON_SLUM_HEAVY)


_COMPLETENESS = (
    (100, Level(Token.SHARE_100, Token.ON_SHARE_100)),
    (80, Level(Token.SHARE_80, Token.ON_SHARE_80)),
    (50, Level(Token.SHARE_50)),
    (0, Level(Token.SHARE_1, line=Token.ACCENT_LINE)),
)
_NOTHING = Level(Token.SHARE_0, line=Token.LINE2)


def completeness(percent: float) -> Level:
    """Return the look of an RT of which so many per cent are surveyed: 0, above 0, from 50, from 80, 100."""
    if percent <= 0:
        return _NOTHING
    return next(level for least, level in _COMPLETENESS if percent >= least)
