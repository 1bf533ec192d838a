"""The code that a page carries, as a picture: what is in it says schema/printed_code.py."""

import io

_ERRORS = "m"  # a photocopy with a fold still reads


def qr_svg(text: str) -> str:
    """Return a QR code of a text as SVG, black on nothing, without the quiet border (the page leaves that)."""
    import segno

    out = io.BytesIO()
    segno.make_qr(text, error=_ERRORS).save(out, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True)
    return out.getvalue().decode("utf-8")


def qr_png(text: str) -> bytes:
    """Return a QR code of a text as a PNG picture, without the quiet border."""
    import segno

    out = io.BytesIO()
    segno.make_qr(text, error=_ERRORS).save(out, kind="png", scale=8, border=0)
    return out.getvalue()
