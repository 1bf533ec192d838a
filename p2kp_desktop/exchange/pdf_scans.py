"""The pages of a PDF that comes from elsewhere, most often a scanner: how many, each as a picture, each alone.

They are read in a process of their own (apart.py): a page that crashes what draws it, or asks for all memory, takes no
window with it.
"""

import base64
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p2kp_desktop.language import Trouble, say

from . import apart, faults, pdf_here
from .package import LIMITS

if TYPE_CHECKING:
    from PIL.Image import Image

MOST = 1_000  # pages: more is no scan of forms
PAPER = replace(LIMITS, seconds=30)
_MM_PER_POINT = 25.4 / 72


def count(file: Path, content: bytes = b"") -> int:
    """Return how many pages a PDF has, which lies there or is this content; raise Trouble for none, or too many."""
    found: int = _asked("paper_count", file, content)
    if found > MOST:
        raise Trouble(say("Pindaian {file} berisi {count} halaman; paling banyak {most}.", file=file.name, count=found,
                          most=MOST), remedy=say("Bagi pindaian itu menjadi beberapa berkas."), code="L09")
    return found


def sound(pdf: bytes, name: str) -> bytes:
    """Return a PDF in memory that can be read, or none as it came; raise Trouble for one that cannot."""
    if pdf:
        count(Path(name), pdf)
    return pdf


def picture(file: Path, number: int, longest: int, content: bytes = b"", mode: str = "L") -> "Image":
    """Return a page, from 1, in grey or as `mode` says, so many pixels on its longer side. Raises Trouble."""
    from PIL import Image

    width, height, points = _asked("paper_picture", file, content, number - 1, longest, mode)
    return Image.frombytes(mode, (width, height), base64.b64decode(points))


def alone(file: Path, number: int) -> bytes:
    """Return a page, from 1, as a PDF of its own, the same bytes each time. Raises Trouble."""
    return base64.b64decode(_asked("paper_alone", file, b"", number - 1))


class ForeignPages:
    """The pages of a PDF from elsewhere, which is in memory only; looked at as printing's Pages are. Raises Trouble."""

    def __init__(self, pdf: bytes, name: str) -> None:
        self._pdf, self._file = pdf, Path(name)
        self._sizes: list[list[float]] = _asked("paper_sizes", self._file, pdf)

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page, from 0, in millimetres."""
        width, height = self._sizes[number]
        return width * _MM_PER_POINT, height * _MM_PER_POINT

    def picture(self, number: int, dpi: float) -> bytes:
        """Return a page, from 0, as a PNG of so many dots an inch."""
        longest = max(1, round(max(self._sizes[number]) * dpi / 72))
        out = io.BytesIO()
        picture(self._file, number + 1, longest, self._pdf, "RGB").save(out, "PNG", compress_level=1)
        return out.getvalue()


def _asked(act: str, file: Path, content: bytes, *given: object) -> Any:
    """Return the answer of an act of serving.py; where the process did not live to give one, the PDF is unreadable."""
    sent = base64.b64encode(content).decode("ascii")
    try:
        (answer,) = apart.ask(file, PAPER, act, sent, *given)
    except Trouble as trouble:
        if trouble.code in faults.OF_ITS_READER:
            raise pdf_here.unreadable(file.name) from trouble
        raise
    return answer
