"""A map as SVG for paper: shapes with pattern and border, names and figures where they fit, and a legend below.

It is readable without colour: the grey of every class rises with its figure, each has a pattern of its own, and what
may still change has a broken border and an asterisk. A unit is a point (1/72 inch).
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from p2kp_desktop.language import say

from . import written
from .area_map import AreaMap, Band, Pattern
from .drawing import WIDE, Drawing, Path, drawn, fitting

FONT = "Noto Sans"
_TEXT, _SMALL = 7.0, 6.0  # points of names and figures
_LINE = 11.0  # of the legend
_SWATCH = 8.0
_INK, _BORDER, _DOT = "#14211F", "#3A4745", "#0B5B69"
_BROKEN = 'stroke-dasharray="3 2"'
_MOST_BROKEN = 400  # shapes with a broken border; of more only the figures tell
_FILLS = {
    "berat": "#8F2A1C", "sedang": "#D98B4A", "ringan": "#F2D3A0", "tidak_kumuh": "#EEF2F1", "0": "#FFFFFF",
    "1": "#DCECEE", "50": "#A9D0D6", "80": "#6BACB6", "100": "#0B5B69", "unknown": "#FFFFFF",
}
_DARK = 0.6  # from this shade on words are white
_STROKES = {
    Pattern.DOTS: '<circle cx="1.5" cy="1.5" r=".55" fill="#14211F" stroke="none"/>',
    Pattern.SLANTED: '<path d="M-1 4L4 -1M-1 9L9 -1M4 9L9 4" stroke-width=".5"/>',
    Pattern.CROSSED: '<path d="M0 4H8M4 0V8" stroke-width=".5"/>',
    Pattern.DENSE: '<path d="M-1 2L2 -1M-1 4L4 -1M-1 6L6 -1M0 8L8 0M2 9L9 2" stroke-width=".4"/>',
    Pattern.HATCHED: '<path d="M-1 0L8 9M-1 4L4 9M4 -1L9 4" stroke-width=".35" stroke="#7F8E8D"/>',
}


def svg(shown: AreaMap, width: float, height: float, *, legend: bool = True) -> str:
    """Return a map of so many points as SVG, with its legend at the foot unless that stands elsewhere."""
    entries = _entries(shown, width) if legend else []
    foot = _LINE * (1 + max((row for _x, row, *_rest in entries), default=-1)) + (_LINE if legend else 0)
    picture = drawn(shown, width, max(height - foot, 1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{FONT}" fill="{_INK}" stroke="none">',
        f"<title>{escape(shown.title)}</title>", "<defs>", *_patterns(shown.bands), "</defs>",
        *_shapes(picture, shown.bands), *_labels(picture, shown.bands),
        *(f'<circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="1.4" fill="{_DOT}" stroke="#FFFFFF" stroke-width=".4"/>'
          for dot in picture.dots if not dot.dot.private),
        *_scale(picture),
    ]
    for x, row, band, words in entries:
        parts += _entry(shown.bands, x, height - foot + _LINE * row + _LINE / 2, band, words)
    return "".join([*parts, "</svg>"])


def _entry(bands: Sequence[Band], x: float, y: float, band: int | None, words: str) -> Iterator[str]:
    """Yield a swatch and its words; without a band a broken border, as what may still change has."""
    where = f'x="{x:.1f}" y="{y:.1f}" width="{_SWATCH}" height="{_SWATCH}"'
    fill, dashes = ("#FFFFFF", f" {_BROKEN}") if band is None else (_fill(bands[band]), "")
    yield f'<rect {where} fill="{fill}" stroke="{_BORDER}" stroke-width=".5"{dashes}/>'
    yield "" if band is None else _over(bands, band, where, "rect")
    yield _text(x + _SWATCH + 3, y + _SWATCH - 1.5, words, _TEXT, anchor="start")


def _entries(shown: AreaMap, width: float) -> list[tuple[float, int, int | None, str]]:
    """Return where each class of the legend stands: across, on which row, which it is, its words with the number."""
    told: list[tuple[int | None, str]] = [
        (number, f"{number + 1} · {band.title} ({written.number(many)})")
        for number, (band, many) in enumerate(zip(shown.bands, shown.counted(), strict=True))
    ]
    if any(not each.sure for each in shown.places):
        told.append((None, say("* sementara")))
    found = []
    x, row = 0.0, 0
    for number, words in told:
        wide = _SWATCH + 3 + len(words) * _TEXT * WIDE + 12
        if x and x + wide > width:
            x, row = 0.0, row + 1
        found.append((x, row, number, words))
        x += wide
    return found


def _fill(band: Band) -> str:
    return _FILLS.get(band.look, "#FFFFFF")


def _patterns(bands: Sequence[Band]) -> Iterator[str]:
    for pattern in dict.fromkeys(band.pattern for band in bands):
        if pattern in _STROKES:
            side = 3 if pattern is Pattern.DOTS else 8
            yield (f'<pattern id="p-{pattern.value}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
                   f'<g stroke="{_INK}" fill="none" opacity=".55">{_STROKES[pattern]}</g></pattern>')


def _over(bands: Sequence[Band], band: int, where: str, tag: str) -> str:
    pattern = bands[band].pattern
    return f'<{tag} {where} fill="url(#p-{pattern.value})"/>' if pattern in _STROKES else ""


def _shapes(picture: Drawing, bands: Sequence[Band]) -> Iterator[str]:
    broken = len(picture.shapes) <= _MOST_BROKEN
    for shape in picture.shapes:
        dashes = f" {_BROKEN}" if broken and not shape.place.sure else ""
        path = f'd="{"".join(map(_path, shape.paths))}" fill-rule="evenodd"'
        yield (f'<path {path} fill="{_fill(bands[shape.place.band])}" stroke="{_BORDER}" stroke-width=".5"{dashes}>'
               f"<title>{escape(shape.place.words)}</title></path>")
        yield _over(bands, shape.place.band, path, "path")


def _path(path: Path) -> str:
    points = [f"{x:.1f} {y:.1f}" for x, y in zip(path[0::2], path[1::2], strict=True)]
    return f"M{'L'.join(points)}Z"


def _labels(picture: Drawing, bands: Sequence[Band]) -> Iterator[str]:
    for shape in picture.shapes:
        lines = fitting(shape, _TEXT)
        middle, dark = (shape.room.top + shape.room.bottom) / 2, bands[shape.place.band].shade >= _DARK
        across = (shape.room.left + shape.room.right) / 2
        for number, words in enumerate(lines):
            y = middle + (number - (len(lines) - 1) / 2) * (_TEXT + 1) + _TEXT * 0.35
            yield _text(across, y, words, _TEXT if number == 0 else _SMALL, white=dark, halo=not dark)


def _text(x: float, y: float, words: str, size: float, *, anchor: str = "middle", white: bool = False,
          halo: bool = False) -> str:
    around = ' stroke="#FFFFFF" stroke-width="1.6" paint-order="stroke"' if halo else ""
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor={quoteattr(anchor)}'
            f'{" fill=" + quoteattr("#FFFFFF") if white else ""}{around}>{escape(words)}</text>')


def _scale(picture: Drawing) -> Iterator[str]:
    if picture.scale is None:
        return
    length, words = picture.scale
    x, y = 4.0, picture.height - 5
    yield f'<path d="M{x:g} {y - 3:g}V{y:g}H{x + length:.1f}V{y - 3:g}" fill="none" stroke="{_INK}" stroke-width=".7"/>'
    yield _text(x + length + 4, y, words, _SMALL, anchor="start", halo=True)
    x, y = picture.width - 10, 16.0
    yield f'<path d="M{x:g} {y - 10:g}L{x + 3.5:g} {y:g}L{x:g} {y - 2.5:g}L{x - 3.5:g} {y:g}Z" fill="{_INK}"/>'
    yield _text(x, y + 7, "U" if say("Utara") == "Utara" else "N", _SMALL, halo=True)
