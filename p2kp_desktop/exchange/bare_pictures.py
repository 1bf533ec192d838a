"""Pictures written anew, so that nothing is kept of them but what is seen: no place, no camera, no name, no thumbnail.

Cameras, messengers and editors write far more into a file than a picture: Exif with place and serial number, XMP, the
maker's notes, a second picture, a film behind the end. Dropping what is known would leave what is not, so the points
alone are taken over, turned as the camera was held. A JPEG keeps its own tables: it loses as good as nothing, and a
letter on a scan stays as sharp. HEIC and PDF, which are not written anew, lose it where it stands (blotting.py).
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from p2kp_desktop.language import Trouble, say

from . import blotting, scans
from .scans import Kind

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

LARGEST = 120_000_000  # pixels; a picture that claims more would fill the memory of a small laptop
READ = (scans.JPEG, scans.PNG, scans.WEBP, scans.TIFF)  # what Pillow reads
_DPI, _ON_SCREEN = 150, 3_000  # of a page that shows a picture: dots an inch, pixels of the longer side
_QUALITY = 92  # of what has no tables of its own to keep
_PLAIN = {"JPEG": ("L", "RGB"), "WebP": ("RGB", "RGBA")}  # the kinds of points that a kind is written with
_KEPT = ("dpi", "transparency")  # what a picture says of itself that is needed to show it


def bare(file: IO[bytes], name: str) -> bytes | None:
    """Return a picture without anything but its points; None for what is kept as it came. Raises Trouble."""
    kind = scans.kind_in(file.read(scans.HEAD))
    file.seek(0)
    if kind not in READ:
        return _blotted(file.read(), kind, name)
    out = io.BytesIO()
    with opened(file, name) as picture:
        how = _told(picture, kind)
        frames = [_points(each, kind) for each in _frames(picture, kind)]
        frames[0].save(out, kind.title, **how, **_pages(frames, kind))
    return out.getvalue()


def _blotted(content: bytes, kind: Kind | None, name: str) -> bytes | None:
    if kind is scans.HEIC:
        with _reading(name):
            made = blotting.blotted_heic(content)
    else:
        made = blotting.blotted_pdf(content)
    return None if made == content else made


def as_pages(content: bytes, name: str) -> bytes:
    """Return a picture or scan as a PDF, to be looked at page by page; b"" for a kind that is not read here.

    Raises Trouble.
    """
    kind = scans.kind_in(content[: scans.HEAD])
    if kind is scans.PDF:
        return content
    if kind not in READ:
        return b""
    out = io.BytesIO()
    with opened(io.BytesIO(content), name) as picture:
        frames = [_seen(each) for each in _frames(picture, kind)]
        frames[0].save(out, "PDF", save_all=True, append_images=frames[1:], resolution=_DPI, quality=_QUALITY)
    return out.getvalue()


def _seen(picture: "Image") -> "Image":
    """Return a picture as it is looked at on a screen: upright, on white, no larger than it is of use there."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((_ON_SCREEN, _ON_SCREEN))
    seen = turned.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen)
    return white


@contextmanager
def opened(file: Path | IO[bytes], name: str) -> Iterator["ImageFile"]:
    """Give a picture of a kind that is read here; raise Trouble for one that is too large, damaged, or none."""
    from PIL import Image

    with _reading(name), Image.open(file, formats=[kind.title for kind in READ]) as picture:
        if picture.width * picture.height > LARGEST:
            raise too_large(name)
        yield picture


@contextmanager
def _reading(name: str) -> Iterator[None]:
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is damaged in what it tells, or large: it is judged here
            yield
    except Image.DecompressionBombError as error:
        raise too_large(name) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:  # what Pillow says of a damaged picture
        raise Trouble(say("Gambar {file} tidak dapat dibaca.", file=name),
                      remedy=say("Foto lagi, atau simpan sebagai JPEG."), code="L07") from error


def too_large(name: str) -> Trouble:
    """Return the trouble with a picture of too many points."""
    return Trouble(say("Gambar {file} terlalu besar untuk dibaca.", file=name),
                   remedy=say("Kecilkan gambarnya, lalu coba lagi."), code="L06")


def _frames(picture: "Image", kind: Kind) -> Iterator["Image"]:
    """Yield the pages of a TIFF as a scanner writes it; of all others the one picture that is shown."""
    from PIL import ImageSequence

    if kind is scans.TIFF:
        yield from ImageSequence.Iterator(picture)
    else:
        yield picture


def _points(picture: "Image", kind: Kind) -> "Image":
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(picture)
    modes = _PLAIN.get(kind.title)
    if modes and turned.mode not in modes:
        turned = turned.convert("RGBA" if "RGBA" in modes and turned.has_transparency_data else "RGB")
    alone = turned.copy()
    alone.info = {key: turned.info[key] for key in _KEPT if key in turned.info}
    return alone


def _told(picture: "ImageFile", kind: Kind) -> dict[str, Any]:
    """Return how a kind is written: as finely as it was."""
    if kind is scans.JPEG:
        from PIL.JpegImagePlugin import get_sampling

        resolution = {"dpi": picture.info["dpi"]} if "dpi" in picture.info else {}
        if picture.mode not in _PLAIN[kind.title]:
            return {"quality": _QUALITY, **resolution}
        tables = picture.quantization  # type: ignore[attr-defined]
        return {"qtables": tables, "subsampling": get_sampling(picture), **resolution}
    return {"quality": _QUALITY} if kind is scans.WEBP else {}


def _pages(frames: list["Image"], kind: Kind) -> dict[str, Any]:
    if kind is not scans.TIFF:
        return {}
    packed = "group4" if all(each.mode == "1" for each in frames) else "tiff_deflate"
    return {"save_all": True, "append_images": frames[1:], "compression": packed}
