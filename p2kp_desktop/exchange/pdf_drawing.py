"""Draws a page of a PDF as typst draws it: it is handed over in memory, as text, and lies on no disk."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.pdf), format: "pdf")"""
_KEPT = 10
_LARGE = 4_000_000  # pixels


def png_of(page: str, dpi: float, pixels: float) -> bytes:
    """Return a PDF of one page, in letters (pdf_pages.py), as a PNG of so many dots an inch, about so many pixels.

    Raises typst.TypstError for one that cannot be drawn.
    """
    import typst

    drawn = typst.Compiler(_PAGE, font_paths=_no_fonts(), sys_inputs={"pdf": page}).compile(format="png", ppi=dpi)
    if pixels > _LARGE:
        forget()
    if not isinstance(drawn, bytes):
        raise TypeError(f"typst returned {type(drawn).__name__}")
    return drawn


def forget() -> None:
    """Let typst forget what it laid out and drew: it keeps that for ten compilations more."""
    import typst

    for _again in range(_KEPT):
        typst.compile(b"", format="pdf", font_paths=_no_fonts())


@cache
def _no_fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[])
