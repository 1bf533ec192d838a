"""What a .docx is made of (ECMA-376, WordprocessingML): each function returns one of its elements as text.

The schema says in which order properties stand in an element; here they stand in it once, so whoever calls cannot put
them in another. Sizes are millimetres, of letters and lines points.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TWIPS, _EMU = 1440 / 25.4, 36_000  # of a millimetre
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # in XML
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_LANGUAGE = "id-ID"
BLOCK, CENTRE, RIGHT = "", "center", "right"


def element(name: str, /, *inside: str, **attributes: object) -> str:
    """Return an element of WordprocessingML with these attributes and what is inside it."""
    told = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    whole = "".join(inside)
    return f"<w:{name}{told}>{whole}</w:{name}>" if whole else f"<w:{name}{told}/>"


def mark(name: str, *, when: object = True) -> str:
    """Return a property that is on, or nothing."""
    return element(name) if when else ""


# Letters

def _letters(*, bold: bool, underlined: bool, size: float) -> str:
    sizes = [element(name, val=round(size * 2)) for name in ("sz", "szCs")] if size else []
    parts = [mark("b", when=bold), mark("bCs", when=bold), *sizes, element("u", val="single") if underlined else ""]
    return element("rPr", *parts) if any(parts) else ""


def run(text: str, *, bold: bool = False, underlined: bool = False, size: float = 0) -> str:
    """Return letters of one look; tabs and line breaks in them stay."""
    pieces = re.split(r"(\t|\r\n|\r|\n)", _FORBIDDEN.sub("", text))
    told = (element("tab") if piece == "\t" else element("br") if not piece.strip("\r\n") else
            f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces if piece)
    return element("r", _letters(bold=bold, underlined=underlined, size=size), *told)


def field_of(name: str, *, size: float = 0) -> str:
    """Return a number that Word counts itself, PAGE or NUMPAGES; 1 until it has counted."""
    look = _letters(bold=False, underlined=False, size=size)
    parts = (element("fldChar", fldCharType="begin"), f"<w:instrText xml:space=\"preserve\"> {name} </w:instrText>",
             element("fldChar", fldCharType="separate"), element("t", "1"), element("fldChar", fldCharType="end"))
    return "".join(element("r", look, part) for part in parts)


def picture(relation: str, number: int, width: float, height: float, told: str) -> str:
    """Return a picture in a line, by its name among the relations of its part; `told` is said to who cannot see."""
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    name = f'id="{number}" name={quoteattr(f"Gambar {number}")} descr={quoteattr(told)}'
    return element("r", element("drawing", (
        f'<wp:inline xmlns:wp="{_DRAWING}" xmlns:a="{_A}" distT="0" distB="0" distL="114300" distR="114300">'
        f'<wp:extent {size}/><wp:docPr {name}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        '</wp:cNvGraphicFramePr><a:graphic>'
        f'<a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f'<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    )))


# Paragraphs and tables

def paragraph(
    *runs: str, style: str = "", stays: bool = False, begins_page: bool = False, ruled: bool = False,
    before: float | None = None, after: float | None = None, line: float = 0, left: float = 0, first: float = 0,
    side: str = BLOCK, section: str = "",
) -> str:
    """Return a paragraph. It `stays` with the next; `line` is its exact height; `section` is one that ends with it."""
    rule = element("pBdr", element("bottom", val="double", sz=8, space=4, color="000000")) if ruled else ""
    space: dict[str, object] = {key: round(points * 20) for key, points in (("before", before), ("after", after))
                                if points is not None}
    if line:
        space |= {"line": round(line * 20), "lineRule": "exact"}
    indent: dict[str, object] = {"left": round(left * _TWIPS)} if left else {}
    if first:
        indent["firstLine" if first > 0 else "hanging"] = round(abs(first) * _TWIPS)
    parts = [
        element("pStyle", val=style) if style else "", mark("keepNext", when=stays),
        mark("pageBreakBefore", when=begins_page), rule, element("spacing", **space) if space else "",
        element("ind", **indent) if indent else "", element("jc", val=side) if side else "", section,
    ]
    return element("p", element("pPr", *parts) if any(parts) else "", *runs)


def cell(width: float, *paragraphs: str, across: int = 1, shade: str = "") -> str:
    """Return a cell of a table, over so many columns."""
    return element("tc", element(
        "tcPr", element("tcW", w=round(width * _TWIPS), type="dxa"),
        element("gridSpan", val=across) if across > 1 else "",
        element("shd", val="clear", color="auto", fill=shade) if shade else "",
    ), *(paragraphs or (paragraph(),)))


def row(*cells: str, whole: bool = False, height: float = 0, repeats: bool = False) -> str:
    """Return a row: `whole` on one page, at least so high, and `repeats` on each page where the table goes on."""
    parts = [mark("cantSplit", when=whole), element("trHeight", val=round(height * _TWIPS)) if height else "",
             mark("tblHeader", when=repeats)]
    return element("tr", element("trPr", *parts) if any(parts) else "", *cells)


def table(widths: Sequence[float], rows: Iterable[str], *, style: str = "") -> str:
    """Return a table of columns of these widths."""
    twips = [round(width * _TWIPS) for width in widths]
    look = element("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1)
    return element(
        "tbl",
        element("tblPr", element("tblStyle", val=style) if style else "", element("tblW", w=sum(twips), type="dxa"),
                element("tblLayout", type="fixed"), look),
        element("tblGrid", *(element("gridCol", w=width) for width in twips)), *rows,
    )


@dataclass(frozen=True)
class Page:
    """The sheet of a section and its edges, in millimetres; above and below them head and foot begin."""

    width: float
    height: float
    side: float
    top: float
    bottom: float
    head: float
    foot: float

    @property
    def room(self) -> float:
        """Return how wide a line is."""
        return self.width - 2 * self.side


def section(page: Page, references: Mapping[str, str], *, is_last: bool) -> str:
    """Return the end of a section: its sheet, and the head and foot by their names among the relations."""
    shown = [f'<w:{kind}Reference w:type="default" r:id="{relation}"/>' for kind, relation in references.items()]
    size: dict[str, object] = {"w": round(page.width * _TWIPS), "h": round(page.height * _TWIPS)}
    if page.width > page.height:
        size["orient"] = "landscape"
    edges = {"top": page.top, "right": page.side, "bottom": page.bottom, "left": page.side, "header": page.head,
             "footer": page.foot, "gutter": 0}
    made = element("sectPr", *shown, element("type", val="nextPage"), element("pgSz", **size),
                   element("pgMar", **{key: round(each * _TWIPS) for key, each in edges.items()}),
                   element("cols", space=720), element("docGrid", linePitch=360))
    return made if is_last else paragraph(section=made)


# Styles

def _style(kind: str, name: str, title: str, *parts: str, default: bool = False) -> str:
    told: dict[str, object] = {"type": kind, **({"default": 1} if default else {}), "styleId": name}
    return element("style", element("name", val=title), *parts, **told)


def _font(font: str, size: float, *more: str, bold: bool = False) -> str:
    return element("rPr", element("rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), font)),
                   mark("b", when=bold), mark("bCs", when=bold), *more,
                   element("sz", val=round(size * 2)), element("szCs", val=round(size * 2)))


def styles(font: str, size: int) -> str:
    """Return the looks of paragraphs and tables, with the usual one in this font and size."""
    lines = ("top", "left", "bottom", "right", "insideH", "insideV")
    based, following = element("basedOn", val="Normal"), element("next", val="Normal")
    padding = element("tblCellMar", *(element(edge, w=width, type="dxa") for edge, width in (
        ("top", 0), ("left", 108), ("bottom", 0), ("right", 108))))
    flush = element("tblInd", w=0, type="dxa")
    tight = element("pPr", element("spacing", after=0, line=240, lineRule="auto"))
    return element(
        "styles",
        element("docDefaults", element("rPrDefault", element(
            "rPr", element("rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), font)),
            element("sz", val=22), element("szCs", val=22),
            element("lang", val=_LANGUAGE, eastAsia="en-US", bidi="ar-SA"),
        )), element("pPrDefault", element("pPr", element("spacing", after=200, line=276, lineRule="auto")))),
        _style("paragraph", "Normal", "Normal", mark("qFormat"), element("pPr", element("spacing", after=100)),
               _font(font, size), default=True),
        _style("character", "DefaultParagraphFont", "Default Paragraph Font", element("uiPriority", val=1),
               mark("semiHidden"), mark("unhideWhenUsed"), default=True),
        _style("table", "TableNormal", "Normal Table", element("uiPriority", val=99), mark("semiHidden"),
               mark("unhideWhenUsed"), element("tblPr", flush, padding), default=True),
        _style("numbering", "NoList", "No List", element("uiPriority", val=99), mark("semiHidden"),
               mark("unhideWhenUsed"), default=True),
        _style("paragraph", "Title", "Title", based, following, element("uiPriority", val=10), mark("qFormat"),
               element("pPr", element("spacing", after=300, line=240, lineRule="auto"), mark("contextualSpacing")),
               _font(font, round(size * 1.4), element("spacing", val=5), element("kern", val=28), bold=True)),
        _style("paragraph", "Heading2", "heading 2", based, following, element("uiPriority", val=9), mark("qFormat"),
               element("pPr", mark("keepNext"), mark("keepLines"), element("spacing", before=200, after=0),
                       element("outlineLvl", val=1)), _font(font, round(size * 1.1), bold=True)),
        _style("paragraph", "Footer", "footer", based, element("uiPriority", val=99), tight),
        _style("table", "TableGrid", "Table Grid", element("basedOn", val="TableNormal"), element("uiPriority", val=59),
               tight, element("tblPr", flush, element("tblBorders", *(
                   element(edge, val="single", sz=4, space=0, color="auto") for edge in lines)), padding)),
    ).replace("<w:styles>", f"<w:styles {_SPACES}>", 1)


# The package

@dataclass
class Part:
    """One part of the package with what it refers to: pictures by their content, other parts by their names."""

    name: str
    kind: str
    content: str = ""
    relations: list[tuple[str, str]] = field(default_factory=list)  # kind and target

    def refer(self, kind: str, target: str) -> str:
        """Return the name of another part among the relations of this one."""
        if (kind, target) not in self.relations:
            self.relations.append((kind, target))
        return f"rId{self.relations.index((kind, target)) + 1}"


def package(title: str, parts: Sequence[Part], pictures: Mapping[str, bytes], looks: str) -> bytes:
    """Return a .docx of parts, the document first, pictures by their names and styles; the same bytes each time."""
    parts = [*parts, Part("styles", "styles", looks), Part("settings", "settings", _SETTINGS)]
    for part in parts[-2:]:
        parts[0].refer(part.kind, f"{part.name}.xml")
    files: dict[str, bytes] = {
        "[Content_Types].xml": _types(parts, pictures).encode(),
        "_rels/.rels": _relations([(f"{_R}/officeDocument", "word/document.xml"),
                                   (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")]),
        "docProps/core.xml": (_HEAD + _CORE.format(title=escape(_FORBIDDEN.sub("", title)))).encode(),
    }
    for part in parts:
        files[f"word/{part.name}.xml"] = f"{_HEAD}{part.content}".encode()
        if part.relations:
            files[f"word/_rels/{part.name}.xml.rels"] = _relations(
                [(f"{_R}/{kind}", target) for kind, target in part.relations])
    files |= {f"word/media/{name}": content for name, content in pictures.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _BEGINNING), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def rooted(name: str, *inside: str) -> str:
    """Return the root of a part: «document», «ftr» or «hdr»."""
    return f"<w:{name} {_SPACES}>{''.join(inside)}</w:{name}>"


def _types(parts: Sequence[Part], pictures: Mapping[str, bytes]) -> str:
    endings = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    endings |= {name.rpartition(".")[2]: f"image/{name.rpartition('.')[2]}" for name in pictures}
    named = [(f"/word/{part.name}.xml", f"{_KIND}{part.kind}+xml") for part in parts]
    named.append(("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    return "".join((
        _HEAD, f'<Types xmlns="{_PACKAGE}/content-types">',
        *(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in endings.items()),
        *(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named), "</Types>",
    ))


def _relations(found: Iterable[tuple[str, str]]) -> bytes:
    told = (f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(found, 1))
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(told)}</Relationships>'.encode()


_SETTINGS = f"<w:settings {_SPACES}>" + "".join((
    element("defaultTabStop", val=720), element("characterSpacingControl", val="doNotCompress"),
    element("compat", element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word",
                              val=15)),
    element("themeFontLang", val=_LANGUAGE), element("decimalSymbol", val=","), element("listSeparator", val=";"),
)) + "</w:settings>"
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<dc:title>{{title}}</dc:title><dc:creator></dc:creator><dc:language>{_LANGUAGE}</dc:language></cp:coreProperties>"
)
