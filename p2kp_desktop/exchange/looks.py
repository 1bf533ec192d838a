"""How the sheets look: one accent colour, quiet lines, print on A4."""

from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

PLAIN, GONE, DOUBT = "plain", "gone", "doubt"  # tones of a cell: in force, deleted record, conflict

ACCENT, ACCENT_SOFT, SUNKEN, LINE = "#0B5B69", "#DCECEE", "#F5F8F8", "#CFD8D8"
TEXT, TEXT_SECOND, TEXT_THIRD = "#14211F", "#44524F", "#566462"
WARNING_SOFT, DOUBT_SOFT, DOUBT_TEXT = "#FFF1D1", "#ECE5F7", "#5B3796"

_LINE_BELOW = {"bottom": 1, "bottom_color": LINE}

_TONES: dict[str, dict[str, Any]] = {
    PLAIN: {},
    GONE: {"font_color": "#8A9694", "italic": True},
    DOUBT: {"bg_color": DOUBT_SOFT},
}
_NUMBER_FORMATS = {
    "whole": "0", "grouped": "#,##0", "decimal": "General", "money": '"Rp"#,##0', "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm", "derived": "#,##0.##;-#,##0.##;0", "share": "0.0#%",
    "percent": "0.00%",
}
_CENTRED = ("date", "moment", "identity", "verdict")
_HEAD = {
    "bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": ACCENT_SOFT, "font_color": TEXT, "border": 1,
    "border_color": LINE,
}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 22, "font_color": ACCENT},
    "heading": {"bold": True, "font_size": 22, "font_color": ACCENT, "valign": "top", "text_wrap": True},
    "subtitle": {"font_size": 12, "font_color": TEXT_SECOND},
    "section": {"bold": True, "font_size": 13, "font_color": ACCENT, "bottom": 1, "bottom_color": ACCENT},
    "label": {"font_color": TEXT_SECOND, "valign": "top"},
    "fact": {"bold": True, "text_wrap": True, "valign": "top"},
    "below": {"font_color": TEXT_SECOND, "valign": "top", "text_wrap": True},
    "paragraph": {"text_wrap": True, "valign": "top"},
    "notice": {"text_wrap": True, "valign": "vcenter", "bg_color": WARNING_SOFT, "border": 1, "border_color": LINE},
    "stamp": {"bold": True, "font_size": 14, "bg_color": WARNING_SOFT, "align": "center", "valign": "vcenter"},
    "head": _HEAD,
    "head_right": {**_HEAD, "align": "right", "indent": 1},
    "number": {
        "bold": True, "bg_color": ACCENT, "font_color": "#FFFFFF", "align": "center", "valign": "vcenter",
        "border": 1, "border_color": ACCENT,
    },
    "row": {**_LINE_BELOW, "valign": "top", "text_wrap": True},
    "box": {**_LINE_BELOW, "align": "center", "valign": "vcenter", "font_size": 14},
    "count": {**_LINE_BELOW, "num_format": "#,##0;-#,##0;–", "valign": "top"},
    "figure": {
        "bold": True, "text_wrap": True, "align": "right", "valign": "vcenter", "bg_color": ACCENT_SOFT, "border": 1,
        "border_color": LINE,
    },
    "sum": {"bold": True, "top": 1, "top_color": ACCENT, "num_format": "#,##0", "bg_color": SUNKEN},
    "machine": {"num_format": "@"},
}


class Looks:
    """Hands out the formats of one workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Format] = {}

    def style(self, name: str) -> "Format":
        """Return the format of a named part of the page."""
        return self._once(("style", name), _STYLES[name])

    def cell(self, kind: str, tone: str = PLAIN) -> "Format":
        """Return the format of a data cell by kind of question and tone."""
        return self._made.get(("cell", kind, tone)) or self._once(("cell", kind, tone), _cell(kind, tone))

    def sum(self, kind: str) -> "Format":
        """Return the format of a sum, whose numbers are written as those above it."""
        number = _NUMBER_FORMATS.get("grouped" if kind == "whole" else kind, "#,##0")
        return self._once(("sum", kind), {**_STYLES["sum"], "num_format": number})

    def official(self, kind: str, *, framed: bool, wraps: bool, head: bool, bold: bool) -> "Format":
        """Return the format of a cell of an official sheet."""
        properties: dict[str, Any] = dict(_STYLES["head"]) if head else {"valign": "top"}
        if framed and not head:
            properties |= {"border": 1, "border_color": LINE, "text_wrap": wraps}
        if kind in _NUMBER_FORMATS:
            properties |= {"num_format": _NUMBER_FORMATS[kind], "align": "right", "indent": 1}
        name = ("official", kind, str(framed), str(wraps), str(head), str(bold))
        return self._once(name, {**properties, "bold": bold or head})

    def _once(self, name: tuple[str, ...], properties: dict[str, Any]) -> "Format":
        if name not in self._made:
            self._made[name] = self._book.add_format(properties)
        return self._made[name]


def _cell(kind: str, tone: str) -> dict[str, Any]:
    properties = {"num_format": _NUMBER_FORMATS.get(kind, "@"), "valign": "top", **_LINE_BELOW, **_TONES[tone]}
    if kind in _CENTRED:
        return properties | {"align": "center"}
    if kind in _NUMBER_FORMATS:
        return properties | {"align": "right", "indent": 1}
    return properties | {"text_wrap": True}


def lines(text: str, width: float) -> int:
    """Return how many lines the text takes in a cell as many letters wide."""
    return sum(max(1, ceil(len(line) * 1.08 / width)) for line in text.split("\n"))


def height(texts: list[tuple[str, float]], *, line: float = 15, most: int = 12) -> float:
    """Return the height in points of a row whose texts have these widths."""
    return 6 + line * min(most, max((lines(text, width) for text, width in texts), default=1))


def page(sheet: "Worksheet", *, landscape: bool, footer: str) -> None:
    """Set the sheet up for A4 with page numbers; Excel takes footers of up to 255 letters."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer(f"&L&8{footer[:110].replace('&', '&&')}&R&8&P / &N")
