"""A letter as .docx, for an office that must change a sentence: the same blocks that the PDF is set from.

The code in its foot is that of the version it was written from; what somebody changes in it is theirs, and the
program does not know it.
"""

import io
from typing import Any

from p2kp_desktop.language import Trouble, say

from .documents import wording
from .documents.passages import EVEN, Block, Cell
from .making import Made
from .pages.qr import qr_png

ENDING = ".docx"
_FONT = "Arial"  # what every office has
_TITLE = 255  # letters that the properties of a .docx have room for
_LOW = 2  # points
_UNBROKEN = 400  # letters: a row with less stays on one page
_SHADE, _LIGHT = "EBEBEB", "F5F5F5"


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
        import docx
        from docx.shared import Mm, Pt

        self.made, self.data = made, made.data
        self.mm, self.pt = Mm, Pt
        self.word: Any = docx.Document()
        self.size = int(self.data["size"])
        self._begins = False  # the next title begins a page
        self._prepare()

    def written(self) -> bytes:
        self._letterhead()
        self._foot("")
        self._all(self.data["blocks"])
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    def _prepare(self) -> None:
        from docx.oxml.ns import qn

        section, sheet = self.word.sections[0], self.made.asked.sheet
        section.page_width, section.page_height = self.mm(sheet.width), self.mm(sheet.height)
        section.left_margin = section.right_margin = self.mm(18)
        section.top_margin, section.bottom_margin = self.mm(14), self.mm(24)  # below: the code
        section.footer_distance = self.mm(6)
        if self.made.document.landscape:
            self._turn(section)
        normal = self.word.styles["Normal"]
        normal.font.name, normal.font.size = _FONT, self.pt(self.size)
        normal.paragraph_format.space_after = self.pt(5)
        for name, size in (("Title", 1.4), ("Heading 2", 1.1)):
            style = self.word.styles[name]
            style.font.name, style.font.size, style.font.bold = _FONT, self.pt(round(self.size * size)), True
            style.font.color.rgb = None
            borders = style.element.find(qn("w:pPr")).find(qn("w:pBdr"))
            if borders is not None:
                style.element.find(qn("w:pPr")).remove(borders)
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        properties = self.word.core_properties
        properties.title, properties.author = self.made.document.title[:_TITLE], ""

    def _turn(self, section: Any) -> None:
        from docx.enum.section import WD_ORIENT

        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width

    # The parts of a page

    def _letterhead(self) -> None:
        head = self.data["head"]
        if self.data["stamp"]:
            self._line(self.word.sections[0].header, self.data["stamp"], bold=True, centre=True)
        if not head or not (head["lines"] or head["logo"]):
            return
        made = self._line(self.word, "", centre=True)
        if head["logo"]:
            made.add_run().add_picture(io.BytesIO(self.made.files["logo"]), height=self.mm(18))
        for place, line in enumerate(head["lines"]):
            made = self._line(self.word, line, bold=place < 2, centre=True)
            made.paragraph_format.space_after = self.pt(0)
        self._rule(made)

    def _rule(self, paragraph: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for key, value in (("val", "double"), ("sz", "8"), ("space", "4"), ("color", "000000")):
            bottom.set(qn(f"w:{key}"), value)
        borders.append(bottom)
        paragraph._p.get_or_add_pPr().append(borders)
        paragraph.paragraph_format.space_after = self.pt(10)

    def _foot(self, of: str) -> None:
        """Write the foot of the part that begins here, with its code."""
        foot = self.word.sections[-1].footer
        foot.is_linked_to_previous = False
        line = foot.paragraphs[0]
        line.add_run().add_picture(io.BytesIO(qr_png(self.data["code"][of])), height=self.mm(13))
        told = "  ".join([*self.data["foot"], self.data["digest"]])
        line.add_run(f"  {told}  ·  {self.data['page_words'][0]} ")
        self._field(line, "PAGE")
        line.add_run(f" {self.data['page_words'][1]} ")
        self._field(line, "NUMPAGES")
        for each in line.runs:
            each.font.size = self.pt(7)

    def _field(self, paragraph: Any, name: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for kind, text in (("begin", ""), ("", name), ("separate", ""), ("", ""), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText" if text else "w:t")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            part.text = text or ("" if kind else "1")  # what stands there until the pages are counted
            paragraph.add_run()._r.append(part)

    # Blocks

    def _all(self, blocks: list[Block]) -> None:
        for block in blocks:
            getattr(self, f"_{block['kind']}")(block)

    def _line(self, holder: Any, text: str, *, bold: bool = False, centre: bool = False, small: bool = False) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = holder.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = bold or None
        if small:
            run.font.size = self.pt(self.size * 0.88)
        if centre:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def _title(self, block: Block) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        first, *others = block["lines"]
        made = self.word.add_paragraph(first, style="Title")
        made.paragraph_format.page_break_before, self._begins = self._begins or None, False
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for line in others:
            made = self._line(self.word, line, centre=True)
            made.paragraph_format.space_after = self.pt(0)
        made.paragraph_format.space_after = self.pt(10)

    def _heading(self, block: Block) -> None:
        self.word.add_heading(block["text"], level=2)

    def _paragraph(self, block: Block) -> None:
        made = self._line(self.word, block["text"], bold=block["strong"], small=block["small"])
        made.paragraph_format.keep_with_next = block["strong"] or None

    def _aside(self, block: Block) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        self._line(self.word, block["text"]).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _numbered(self, block: Block) -> None:
        for place, item in enumerate(block["items"], 1):
            made = self._line(self.word, f"{place}.\t{item}")
            made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = self.mm(8), self.mm(-8)

    def _bar(self, block: Block) -> None:
        self._stay(self._line(self.word, block["label"], bold=True))
        self._line(self.word, block["told"])

    def _break(self, block: Block) -> None:
        from docx.enum.section import WD_SECTION

        if not block["of"]:
            self._begins = True  # a break of its own would need a line, for which a full page has no room
            return
        self.word.add_section(WD_SECTION.NEW_PAGE)
        self._foot(block["of"])

    def _turned(self, block: Block) -> None:
        from docx.enum.section import WD_SECTION

        self._turn(self.word.add_section(WD_SECTION.NEW_PAGE))
        if block["of"]:
            self._foot(block["of"])
        self._all(block["blocks"])

    def _facts(self, block: Block) -> None:
        table = self.word.add_table(0, 2)
        table.autofit = False
        widths = [self.mm(40), int(self._room() - self.mm(40))]
        self._columns(table, widths)
        for label, told in block["pairs"]:
            cells = table.add_row().cells
            for place, text in enumerate((label, f": {told}")):
                cells[place].width = widths[place]
                cells[place].paragraphs[0].add_run(text)
                cells[place].paragraphs[0].paragraph_format.space_after = self.pt(2)
        self.word.add_paragraph()

    def _room(self) -> Any:
        section = self.word.sections[-1]
        return section.page_width - section.left_margin - section.right_margin

    # Tables

    def _table(self, block: Block) -> None:
        table = self.word.add_table(1, len(block["heads"]), style="Table Grid")
        table.autofit = False
        widths = self._widths(block["widths"])
        self._columns(table, widths)
        self._heads(table, block["heads"])
        for group in block["groups"]:
            if group["name"]:
                self._across(table, group["name"], _LIGHT, stays=True)
            for place, row in enumerate(group["rows"], 1):
                self._row(table, row, block, stays=bool(block["feet"]) and place == len(group["rows"]))
        for foot in block["feet"]:
            self._across(table, foot, _SHADE)
        for row in table.rows:
            for place, each in enumerate(row.cells):
                each.width = widths[place]
        self._apart()

    def _apart(self) -> None:
        """Write the line that must stand below a table, so low that a full page has room for it."""
        from docx.enum.text import WD_LINE_SPACING

        shape = self.word.add_paragraph().paragraph_format
        shape.space_before = shape.space_after = self.pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, self.pt(_LOW)

    def _columns(self, table: Any, widths: list[int]) -> None:
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width

    def _widths(self, widths: list[float]) -> list[int]:
        fixed = {place: self.mm(-width) for place, width in enumerate(widths) if width < 0}
        shares = sum(width for width in widths if width > 0)
        left = self._room() - sum(fixed.values())
        return [int(fixed.get(place, left * max(width, 0) / shares)) for place, width in enumerate(widths)]

    def _heads(self, table: Any, heads: list[str]) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        row = table.rows[0]
        self._mark(row._tr.get_or_add_trPr(), "tblHeader")
        self._mark(row._tr.get_or_add_trPr(), "cantSplit")
        for each, text in zip(row.cells, heads, strict=True):
            run = each.paragraphs[0].add_run(text)
            run.bold = True
            each.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._shade(each, _SHADE)

    def _across(self, table: Any, text: str, shade: str, *, stays: bool = False) -> None:
        cells = table.add_row().cells
        made = cells[0].merge(cells[-1])
        made.paragraphs[0].add_run(text).bold = True
        self._mark(table.rows[-1]._tr.get_or_add_trPr(), "cantSplit")
        made.paragraphs[0].paragraph_format.keep_with_next = stays or None
        self._shade(made, shade)

    def _row(self, table: Any, row: list[Cell], block: Block, *, stays: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        made = table.add_row()
        if max(len(each["text"]) for each in row) < _UNBROKEN:
            self._mark(made._tr.get_or_add_trPr(), "cantSplit")
        if block["row_height"]:
            made.height = self.mm(block["row_height"])
        for place, (each, said) in enumerate(zip(made.cells, row, strict=True)):
            paragraph = each.paragraphs[0]
            paragraph.add_run(said["text"]).bold = said["strong"] or None
            paragraph.paragraph_format.space_after = self.pt(1)
            paragraph.paragraph_format.keep_with_next = stays or None
            if said["side"] == EVEN:
                paragraph.paragraph_format.left_indent = self.mm(18)
            if place in block["right"]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for note in said["notes"]:
                self._line(each, note, small=True).paragraph_format.space_after = self.pt(1)

    def _shade(self, cell: Any, colour: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)

    def _mark(self, properties: Any, name: str) -> None:
        from docx.oxml import OxmlElement

        properties.append(OxmlElement(f"w:{name}"))

    # Signatures

    def _signatures(self, block: Block) -> None:
        """Write places for signatures: all stay on the page of the closing words, as far as one page holds them."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        if block["closing"]:
            self._stay(self._line(self.word, block["closing"]))
        if block["dated"]:
            dated = self._stay(self._line(self.word, block["dated"]))
            dated.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for place, group in enumerate(block["groups"], 1):
            if group["name"]:
                self._stay(self._line(self.word, group["name"], bold=True, centre=True))
            self._places(group["places"], block, is_last=place == len(block["groups"]))

    def _stay(self, paragraph: Any) -> Any:
        paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def _places(self, places: list[dict[str, str]], block: Block, *, is_last: bool) -> None:
        columns = min(block["columns"], len(places))
        aside = int(block["right"])  # an empty column before a single signature at the right
        table = self.word.add_table(0, columns + aside)
        for first in range(0, len(places), columns):
            row = table.add_row()
            self._mark(row._tr.get_or_add_trPr(), "cantSplit")
            stays = not is_last or first + columns < len(places)
            for each, place in zip(row.cells[aside:], places[first : first + columns], strict=False):
                self._place(each, place, stays=stays)
        after = self.word.add_paragraph()
        after.paragraph_format.keep_with_next = not is_last or None

    def _place(self, holder: Any, place: dict[str, str], *, stays: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraphs = [holder.paragraphs[0], *(holder.add_paragraph() for _line in range(4))]
        paragraphs[0].add_run(place["role"])
        name = paragraphs[-1].add_run(place["name"] or "_" * 24)
        name.bold = name.underline = bool(place["name"]) or None
        if place["below"]:
            paragraphs.append(self._line(holder, place["below"], small=True))
        for each in paragraphs:
            each.alignment = WD_ALIGN_PARAGRAPH.CENTER
            each.paragraph_format.space_after = self.pt(1)
            each.paragraph_format.keep_with_next = stays or None
