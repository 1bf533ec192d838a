"""Photos and scans: what kind of file some bytes are, told by the bytes alone and never by a name.

Only these kinds are kept, sent and opened. A program or a script is none of them, whatever it is called.
"""

from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop import held_files

HEAD = 64  # bytes: every signature stands within them
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif", b"mif1", b"msf1"})


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name, the ending its files bear, and whether it is a picture."""

    title: str
    suffix: str
    is_picture: bool = True


JPEG, PNG, WEBP = Kind("JPEG", ".jpg"), Kind("PNG", ".png"), Kind("WebP", ".webp")
HEIC, TIFF, PDF = Kind("HEIC", ".heic"), Kind("TIFF", ".tif"), Kind("PDF", ".pdf", is_picture=False)
KINDS = (JPEG, PNG, WEBP, HEIC, TIFF, PDF)


def kind_of(file: Path) -> Kind | None:
    """The kind of a file by its first bytes, None where it is none of these. Raises OSError."""
    with held_files.opened(file) as opened:
        return kind_in(opened.read(HEAD))


def kind_in(head: bytes) -> Kind | None:
    """The kind of a file that begins with these bytes (at least 64, or all of it), None where it is none of these."""
    for signature, kind in (
        (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"II*\0", TIFF), (b"MM\0*", TIFF), (b"%PDF-", PDF),
    ):
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return HEIC if head[4:8] == b"ftyp" and _HEIF & {head[8:12], *_brands(head)} else None


def _brands(head: bytes) -> set[bytes]:
    """The compatible brands that the first box of an ISO file names."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[at : at + 4] for at in range(16, length - 3, 4)}
