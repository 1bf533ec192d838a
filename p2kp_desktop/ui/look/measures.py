"""Spaces, radii, heights and widths in logical pixels; a height is the least, text may need more."""

from math import ceil
from typing import Final

from PySide6.QtGui import QFontMetricsF

SPACE_4: Final = 4
SPACE_8: Final = 8
SPACE_12: Final = 12
SPACE_16: Final = 16
SPACE_20: Final = 20
SPACE_28: Final = 28

PAGE_TOP: Final = SPACE_16
PAGE_SIDE: Final = SPACE_20
CARD_GAP: Final = SPACE_12
CARD_TOP: Final = SPACE_12
CARD_SIDE: Final = SPACE_16

RADIUS_CHECK: Final = 4
RADIUS_ROW: Final = 5  # keycap, input in a row, note, tile
RADIUS_BUTTON: Final = 6  # button, rail item, field
RADIUS_CARD: Final = 8
RADIUS_CHIP: Final = 11

LINE: Final = 1
LINE_STRONG: Final = 2  # focus, choice or an error

TITLE_ROW: Final = 44
TITLE_ROW_SMALL: Final = 40
STATUS_LINE: Final = 30
RAIL_ITEM: Final = 36
BUTTON: Final = 32
BUTTON_FIRST_RUN: Final = 44
FIELD: Final = 30
FIELD_TALL: Final = 36
FIELD_IN_ROW: Final = 24
TABLE_HEAD: Final = 30
TABLE_ROW: Final = 33
TABLE_ROW_TWO_LINES: Final = 52
QUESTION_ROW: Final = 31
OPTION: Final = 32
OPTION_SMALL: Final = 29
NOTE: Final = 30
SECTION_HEAD: Final = 30
KEY_LEGEND: Final = 32
FORM_HEAD: Final = 60
FORM_HEAD_SMALL: Final = 54
CHIP: Final = 22
KEYCAP: Final = 24
KEYCAP_IN_ROW: Final = 22
KEY_HINT: Final = 20
TODO_CARD: Final = 76
FILTER: Final = 30

RAIL: Final = 232  # the design's 220 leave no room for a count beside «Mangkuk Masyarakat» in bold
RAIL_FOLDED: Final = 56
RAIL_FOLDED_SMALL: Final = 48
SEARCH: Final = 292
ANSWER_COLUMN: Final = 296
ANSWER_COLUMN_SMALL: Final = 196
NUMBER_COLUMN: Final = 36
WAY_IN: Final = 290

ICON: Final = 18
ICON_SMALL: Final = 16
ICON_TEXT: Final = 14

NARROW_WINDOW: Final = 1200  # below this the rail folds


def tall(least: float, metrics: QFontMetricsF, *, room: float = SPACE_4, lines: int = 1) -> int:
    """Return the height, in logical pixels, that holds so many lines of text and is never below `least`."""
    return ceil(max(least, metrics.height() * lines + room))
