"""The code that a page carries, as a picture: what is in it says schema/printed_code.py."""

import io
import re
from typing import Any

_ERRORS = "M"  # a photocopy with a fold still reads
_DOTS = 8  # pixels a square of a picture
_DRAWN = re.compile(r'<svg width="(\d+)".*<path d="([^"]+)"', re.DOTALL)


def qr_svg(text: str) -> str:
    """Return a QR code of a text as SVG, black on nothing, without the quiet border (the page leaves that).

    What reads codes also writes them: in 0.2 ms, where segno takes 2.4 ms, of which a thousand forms have two each.
    """
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=_ERRORS)
    drawn = _DRAWN.search(zxingcpp.write_barcode_to_svg(code, add_quiet_zones=False))
    if drawn is None:
        raise ValueError(f"no code of {text!r}")
    side, path = drawn.groups()
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'


def qr_png(text: str) -> bytes:
    """Return a QR code of a text as a PNG picture, without the quiet border."""
    import zxingcpp
    from PIL import Image

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=_ERRORS)
    drawn: Any = zxingcpp.write_barcode_to_image(code, scale=_DOTS, add_quiet_zones=False)
    pixels = memoryview(drawn)
    height, width = pixels.shape or (0, 0)
    out = io.BytesIO()
    Image.frombytes("L", (width, height), pixels.tobytes()).save(out, "png")
    return out.getvalue()
