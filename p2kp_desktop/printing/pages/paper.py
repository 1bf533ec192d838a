"""The sheets that offices print on."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Sheet:
    """A sheet upright: its name for scripts, what people call it, width and height in millimetres."""

    name: str
    title: str
    width: int
    height: int


A4 = Sheet("a4", "A4", 210, 297)
F4 = Sheet("f4", "F4", 215, 330)  # Folio, as Indonesian offices use it
SHEETS = MappingProxyType({sheet.name: sheet for sheet in (A4, F4)})
