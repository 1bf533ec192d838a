"""The pages of a PDF as an office's scanner makes it: how many, each as a picture in grey, each as a PDF of its own.

PDFium serves one thread at a time: a preview, a print and photos may be on their way at once.
"""

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p2kp_desktop.language import Trouble, say

if TYPE_CHECKING:
    from PIL.Image import Image

ONE_AT_A_TIME = threading.RLock()
MOST = 1_000  # pages: more is no scan of forms
_TRAILER = 2_048  # bytes at the end of a PDF, in which its identity stands
_MADE = re.compile(rb"(?<=<</CreationDate\(D:)\d{14}(?=\+00'00'\)/Creator\(PDFium\))")
_IDENTITY = re.compile(rb"(?<=<)[0-9A-Fa-f]{32}(?=>)")


def count(file: Path) -> int:
    """Return how many pages a PDF has; raise Trouble for one that cannot be read, or has too many."""
    with _opened(file) as pdf:
        found = len(pdf)
    if found > MOST:
        raise Trouble(say("Pindaian {file} berisi {count} halaman; paling banyak {most}.", file=file.name, count=found,
                          most=MOST), remedy=say("Bagi pindaian itu menjadi beberapa berkas."), code="L09")
    return found


def picture(file: Path, number: int, longest: int) -> "Image":
    """Return a page, from 1, in grey, so many pixels on its longer side. Raises Trouble."""
    with _opened(file) as pdf:
        page = pdf[number - 1]
        drawn = page.render(scale=longest / max(*page.get_size(), 1), grayscale=True)
        made: Image = drawn.to_pil().convert("L")
        drawn.close()
        page.close()
    return made


def alone(file: Path, number: int) -> bytes:
    """Return a page, from 1, as a PDF of its own, the same bytes each time. Raises Trouble."""
    out = io.BytesIO()
    with _opened(file) as pdf:
        import pypdfium2

        made = pypdfium2.PdfDocument.new()
        made.import_pages(pdf, [number - 1])
        made.save(out)
        made.close()
    content = _MADE.sub(b"19700101000000", out.getvalue(), count=1)
    return content[:-_TRAILER] + _IDENTITY.sub(b"0" * 32, content[-_TRAILER:])


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    import pypdfium2

    with ONE_AT_A_TIME:
        try:
            pdf = pypdfium2.PdfDocument(file)
            try:
                yield pdf
            finally:
                pdf.close()
        except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError) as error:
            raise Trouble(say("PDF {file} tidak dapat dibaca.", file=file.name),
                          remedy=say("Pindai lagi tanpa kata sandi."), code="L07") from error
