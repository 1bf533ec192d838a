"""A letter as .docx, for an office that must change a sentence: the same blocks that the PDF is set from.

The code in its foot is that of the version it was written from; what somebody changes in it is theirs, and the
program does not know it.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from p2kp_desktop.language import Trouble, say

from .documents import wording
from .documents.passages import EVEN, Block, Cell
from .making import Made
from .pages import word_parts
from .pages.qr import qr_png
from .pages.word_parts import CENTRE, RIGHT, Page, Part, cell, paragraph, row, run

ENDING = ".docx"
_FONT = "Arial"  # what every office has
_TITLE = 255  # letters that the properties of a .docx have room for
_LOW = 2  # points
_UNBROKEN = 400  # letters: a row with less stays on one page
_SHADE, _LIGHT = "EBEBEB", "F5F5F5"
_SIDE, _TOP, _BOTTOM, _HEAD, _FOOT = 18, 14, 24, 12.7, 6  # millimetres; below: the code
_LOGO, _CODE = 18, 13
# How a line of a heading stands: close to the next, apart from what follows, or above a rule.
_CLOSE: Mapping[str, Any] = {"after": 0}
_APART: Mapping[str, Any] = {"after": 10}
_RULE: Mapping[str, Any] = {"after": 10, "ruled": True}


def is_letter(made: Made) -> bool:
    """Say whether a document is made of blocks, so that it can be written as .docx."""
    return made.document.template == wording.TEMPLATE


def as_docx(made: Made) -> bytes:
    """Return a document of blocks as .docx; raise Trouble for one that is not made of them."""
    if made.document.parts:
        raise Trouble(say("Beberapa catatan sekaligus hanya ada sebagai PDF."),
                      remedy=say("Simpan dengan akhiran .pdf, atau satu per satu."), code="N08")
    if not is_letter(made):
        raise Trouble(say("Cetakan ini hanya ada sebagai PDF."), remedy=say("Simpan dengan akhiran .pdf."), code="N08")
    return _Writer(made).written()


class _Writer:
    """Writes the blocks of one document, one after another."""

    def __init__(self, made: Made) -> None:
        self.made, self.data = made, made.data
        self.size = int(self.data["size"])
        sheet = made.asked.sheet
        upright = Page(sheet.width, sheet.height, _SIDE, _TOP, _BOTTOM, _HEAD, _FOOT)
        self.page = _turned(upright) if made.document.landscape else upright
        self.document = Part("document", "document.main")
        self.parts = [self.document]
        self.pictures: dict[str, bytes] = {}
        self.body: list[str] = []
        self.around: dict[str, str] = {}  # head and foot of the section that is written
        self._begins = False  # the next title begins a page

    def written(self) -> bytes:
        self._stamp()
        self._letterhead()
        self._foot("")
        self._all(self.data["blocks"])
        self.body.append(word_parts.section(self.page, self.around, is_last=True))
        self.document.content = word_parts.rooted("document", word_parts.element("body", *self.body))
        looks = word_parts.styles(_FONT, self.size)
        return word_parts.package(self.made.document.title[:_TITLE], self.parts, self.pictures, looks)

    # The parts of a page

    def _stamp(self) -> None:
        if self.data["stamp"]:
            self._around("header", "hdr", Part("header1", "header"), self._line(
                self.data["stamp"], bold=True, side=CENTRE))

    def _around(self, kind: str, root: str, part: Part, *lines: str) -> None:
        part.content = word_parts.rooted(root, *lines)
        self.parts.append(part)
        self.around[kind] = self.document.refer(kind, f"{part.name}.xml")

    def _letterhead(self) -> None:
        head = self.data["head"]
        if not head or not (head["lines"] or head["logo"]):
            return
        logo = self._logo() if head["logo"] else ""
        last = len(head["lines"]) - 1
        self.body.append(paragraph(logo, side=CENTRE, **({} if head["lines"] else _RULE)))
        self.body += [
            paragraph(run(line, bold=place < 2), side=CENTRE, **(_RULE if place == last else _CLOSE))
            for place, line in enumerate(head["lines"])
        ]

    def _logo(self) -> str:
        from PIL import Image

        content = self.made.files["logo"]
        with Image.open(io.BytesIO(content)) as picture:
            kind, share = str(picture.format).lower(), picture.width / picture.height
        return self._picture(self.document, f"logo.{kind}", content, _LOGO * share, _LOGO, say("Logo"))

    def _picture(self, part: Part, name: str, content: bytes, width: float, height: float, told: str) -> str:
        self.pictures[name] = content
        return word_parts.picture(part.refer("image", f"media/{name}"), len(self.pictures), width, height, told)

    def _foot(self, of: str) -> None:
        """Write the foot of the part that begins here, with its code."""
        number = sum(part.kind == "footer" for part in self.parts) + 1
        part, small = Part(f"footer{number}", "footer"), 7
        code = self._picture(part, f"code{number}.png", qr_png(self.data["code"][of]), _CODE, _CODE, self.data["short"])
        told, words = "  ".join([*self.data["foot"], self.data["digest"]]), self.data["page_words"]
        self._around("footer", "ftr", part, paragraph(
            code, run(f"  {told}  ·  {words[0]} ", size=small), word_parts.field_of("PAGE", size=small),
            run(f" {words[1]} ", size=small), word_parts.field_of("NUMPAGES", size=small), style="Footer"))

    # Blocks

    def _all(self, blocks: list[Block]) -> None:
        for block in blocks:
            getattr(self, f"_{block['kind']}")(block)

    def _line(self, text: str, *, bold: bool = False, small: bool = False, **shape: Any) -> str:
        return paragraph(run(text, bold=bold, size=self.size * 0.88 if small else 0), **shape)

    def _add(self, text: str, **how: Any) -> None:
        self.body.append(self._line(text, **how))

    def _title(self, block: Block) -> None:
        first, *others = block["lines"]
        begins, self._begins = self._begins, False
        self._add(first, style="Title", begins_page=begins, side=CENTRE, **({} if others else _APART))
        for place, line in enumerate(others, 1):
            self._add(line, side=CENTRE, **(_APART if place == len(others) else _CLOSE))

    def _heading(self, block: Block) -> None:
        self._add(block["text"], style="Heading2")

    def _paragraph(self, block: Block) -> None:
        self._add(block["text"], bold=block["strong"], small=block["small"], stays=block["strong"])

    def _aside(self, block: Block) -> None:
        self._add(block["text"], side=RIGHT)

    def _numbered(self, block: Block) -> None:
        for place, item in enumerate(block["items"], 1):
            self._add(f"{place}.\t{item}", left=8, first=-8)

    def _bar(self, block: Block) -> None:
        self._add(block["label"], bold=True, stays=True)
        self._add(block["told"])

    def _break(self, block: Block) -> None:
        if not block["of"]:
            self._begins = True  # a break of its own would need a line, for which a full page has no room
            return
        self._end_section()
        self._foot(block["of"])

    def _turned(self, block: Block) -> None:
        self._end_section()
        self.page = _turned(self.page)
        if block["of"]:
            self._foot(block["of"])
        self._all(block["blocks"])

    def _end_section(self) -> None:
        """End a section; the next has the same head and foot, unless it says others."""
        self.body.append(word_parts.section(self.page, self.around, is_last=False))
        self.around = {}

    def _facts(self, block: Block) -> None:
        widths = [40, self.page.room - 40]
        self.body.append(word_parts.table(widths, [
            row(*(cell(width, paragraph(run(text), after=2)) for width, text in zip(widths, (label, f": {told}"),
                                                                                 strict=True)))
            for label, told in block["pairs"]
        ]))
        self.body.append(paragraph())

    # Tables

    def _table(self, block: Block) -> None:
        widths = self._widths(block["widths"])
        rows = [row(*(cell(width, paragraph(run(text, bold=True), side=CENTRE), shade=_SHADE)
                      for width, text in zip(widths, block["heads"], strict=True)), whole=True, repeats=True)]
        for group in block["groups"]:
            if group["name"]:
                rows.append(_across(widths, group["name"], _LIGHT, stays=True))
            rows += [self._row(each, widths, block, stays=bool(block["feet"]) and place == len(group["rows"]))
                     for place, each in enumerate(group["rows"], 1)]
        rows += [_across(widths, foot, _SHADE) for foot in block["feet"]]
        # The line that must stand below a table, so low that a full page has room for it.
        self.body += [word_parts.table(widths, rows, style="TableGrid"), paragraph(before=0, after=0, line=_LOW)]

    def _widths(self, widths: list[float]) -> list[float]:
        shares = sum(width for width in widths if width > 0)
        left = self.page.room + sum(width for width in widths if width < 0)
        return [-width if width < 0 else left * width / shares for width in widths]

    def _row(self, said: list[Cell], widths: list[float], block: Block, *, stays: bool) -> str:
        made = []
        for place, (each, width) in enumerate(zip(said, widths, strict=True)):
            first = paragraph(run(each["text"], bold=each["strong"]), after=1, stays=stays,
                              left=18 if each["side"] == EVEN else 0, side=RIGHT if place in block["right"] else "")
            made.append(cell(width, first, *(self._line(note, small=True, after=1) for note in each["notes"])))
        whole = max(len(each["text"]) for each in said) < _UNBROKEN
        return row(*made, whole=whole, height=block["row_height"])

    # Signatures

    def _signatures(self, block: Block) -> None:
        """Write places for signatures: all stay on the page of the closing words, as far as one page holds them."""
        if block["closing"]:
            self._add(block["closing"], stays=True)
        if block["dated"]:
            self._add(block["dated"], side=RIGHT, stays=True)
        for place, group in enumerate(block["groups"], 1):
            if group["name"]:
                self._add(group["name"], bold=True, side=CENTRE, stays=True)
            self._places(group["places"], block, is_last=place == len(block["groups"]))

    def _places(self, places: list[dict[str, str]], block: Block, *, is_last: bool) -> None:
        columns = min(block["columns"], len(places))
        aside = int(block["right"])  # an empty column before a single signature at the right
        width = self.page.room / (columns + aside)
        rows = []
        for first in range(0, len(places), columns):
            stays = not is_last or first + columns < len(places)
            signing = [cell(width, *self._place(each, stays=stays)) for each in places[first : first + columns]]
            empty = [cell(width)] * (columns - len(signing))
            rows.append(row(*[cell(width)] * aside, *signing, *empty, whole=True))
        self.body += [word_parts.table([width] * (columns + aside), rows), paragraph(stays=not is_last)]

    def _place(self, place: dict[str, str], *, stays: bool) -> list[str]:
        known = bool(place["name"])
        lines = [run(place["role"]), "", "", "", run(place["name"] or "_" * 24, bold=known, underlined=known)]
        if place["below"]:
            lines.append(run(place["below"], size=self.size * 0.88))
        return [paragraph(line, side=CENTRE, after=1, stays=stays) for line in lines]


def _turned(page: Page) -> Page:
    return replace(page, width=page.height, height=page.width)


def _across(widths: Sequence[float], text: str, shade: str, *, stays: bool = False) -> str:
    line = paragraph(run(text, bold=True), stays=stays)
    return row(cell(sum(widths), line, across=len(widths), shade=shade), whole=True)
