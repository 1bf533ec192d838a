"""The same letter as .docx: an office may change a sentence in it."""

import io
import zipfile

import docx
import pytest
from lxml import etree
from PIL import Image

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import making, word
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.offices import Office
from p2kp_desktop.printing.pages.paper import F4

from .papers import KELURAHAN, LONG_NAME, a_meeting, an_agreement, printed, words


def opened(made):
    return docx.Document(io.BytesIO(word.as_docx(made)))


def all_words(document):
    """Return all words of a document in their order, those of tables where the tables stand."""
    body = document.element.body
    return " ".join(" ".join(part.itertext()) for part in body).split()


def test_the_docx_says_what_the_pdf_says(workspace):
    an_agreement(workspace, clauses=40, signers=[("tipp", LONG_NAME), ("lurah", "Drs. Suparman")])
    a_meeting(workspace, people=40, elements=("warga", "tokoh"))
    made = printed(workspace, "agreement", "ab", sheet=F4, names=True)
    inside, on_paper = " ".join(all_words(opened(made))), " ".join(words(made))
    for said in texts_of(made.data["blocks"]):
        assert " ".join(said.split()) in inside
    for number in range(1, 41):
        assert f"Aturan nomor {number}." in inside
        assert f"Aturan nomor {number}." in on_paper


def texts_of(value):
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("kind", "told", "side", "blocks", "of") or key == "blocks":
                yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)
    elif isinstance(value, str) and value:
        yield value


def test_it_has_headings_a_table_whose_head_repeats_and_places_to_sign(workspace):
    an_agreement(workspace, signers=[("tipp", "Zainal")])
    document = opened(printed(workspace, "agreement", "ab", sheet=F4))
    assert document.paragraphs[0].style.name == "Title"
    assert [cell.text for cell in document.tables[0].rows[0].cells][-1] == "ATURAN BERSAMA"
    assert document.tables[0].rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert any("Zainal" in cell.text for cell in document.tables[1].rows[0].cells)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (F4.width, F4.height)
    assert section.footer.paragraphs[0]._p.xpath(".//pic:pic")  # the code


def test_every_part_has_its_own_code_and_no_page_is_left_empty(workspace):
    an_agreement(workspace)
    a_meeting(workspace, people=60, elements=("warga", "tokoh"))
    made = printed(workspace, "agreement", "ab", names=True)
    document = opened(made)
    assert len(document.sections) == 3
    codes = {each.target_part.blob for section in document.sections for each in section.footer.part.rels.values()}
    assert len(codes) == 3
    assert [section.footer.is_linked_to_previous for section in document.sections] == [False] * 3
    body = document.element.body
    assert body.xpath(".//w:br[@w:type='page']") == []  # such a line needs a page where a table fills the one before
    begun = [each for each in document.paragraphs if each.paragraph_format.page_break_before]
    assert [each.text for each in begun] == ["DAFTAR HADIR"]
    after = [each.getnext() for each in body.xpath("./w:tbl")]
    assert all(each.xpath("./w:pPr/w:spacing[@w:line='40']") or each.xpath("./w:pPr/w:keepNext") or not each.xpath(
        "preceding-sibling::w:tbl[1]/w:tr[1]/w:trPr/w:tblHeader") for each in after)


# In which order the schema wants the properties that we write (ECMA-376, part 1, annex A).
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore pBdr spacing ind contextualSpacing jc outlineLvl sectPr",
    "rPr": "rFonts b bCs spacing kern sz szCs u lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan shd", "trPr": "cantSplit trHeight tblHeader", "tblCellMar": "top left bottom right",
    "sectPr": "headerReference footerReference type pgSz pgMar cols docGrid",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "settings": "defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "tbl": "tblPr tblGrid tr", "tc": "tcPr p",
}


@pytest.mark.usefixtures("office")
def test_every_part_is_as_the_schema_wants_it_and_nothing_is_missing(workspace):
    an_agreement(workspace, signers=[("tipp", "Ali & <\x07Budi>\nII")])
    a_meeting(workspace, people=9, elements=("warga", "tokoh"))
    for what, record in (("minutes", "m"), ("agreement", "ab")):
        made = printed(workspace, what, record, names=True)
        content = word.as_docx(made)
        assert content == word.as_docx(made)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        assert next(iter(parts)) == "[Content_Types].xml"
        types = etree.fromstring(parts["[Content_Types].xml"])
        endings, named = ({each.get(key) for each in types} for key in ("Extension", "PartName"))
        for name, part in parts.items():
            assert name == "[Content_Types].xml" or f"/{name}" in named or name.rpartition(".")[2] in endings
            if name.endswith(".rels"):
                folder = name.partition("_rels/")[0]
                assert all(f"{folder}{each.get('Target')}" in parts for each in etree.fromstring(part))
            elif name.endswith(".xml"):
                for each in etree.fromstring(part).iter():
                    inside = [etree.QName(child).localname for child in each]
                    if order := ORDER.get(etree.QName(each).localname, "").split():
                        assert inside == sorted(inside, key=order.index), (name, inside)


@pytest.mark.usefixtures("office")
def test_the_letterhead_stands_above_a_rule_with_its_logo(workspace):
    a_meeting(workspace)
    document = opened(printed(workspace, "minutes", "m"))
    logo, first, second = document.paragraphs[:3]
    assert logo._p.xpath(".//pic:pic")
    assert [first.text, second.text] == ["PEMERINTAH KOTA", "DINAS"]
    assert second._p.xpath("./w:pPr/w:pBdr")
    assert not first._p.xpath("./w:pPr/w:pBdr")
    assert document.inline_shapes[0].height.mm == 18
    assert document.core_properties.language == "id-ID"


@pytest.fixture
def office(workspace):
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "blue").save(picture, "PNG")
    offices.keep(workspace, Office(lines=("PEMERINTAH KOTA", "DINAS"), logo=offices.logo_of(picture.getvalue())))


def test_several_at_once_are_a_pdf_and_it_is_said(workspace):
    an_agreement(workspace)
    second = recording.record(workspace, Agreement, {"region": KELURAHAN, "number": "AB-9", "name": "Lain"}).id
    made = making.make(workspace, "agreement", Asked(records=("ab", second)))
    whole = " ".join(words(made))
    assert "AB-03" in whole
    assert "AB-9" in whole
    assert {record for _form, record in made.document.versions} == {"ab", second}
    with pytest.raises(Trouble, match="Beberapa catatan sekaligus"):
        word.as_docx(made)


def test_what_is_no_letter_has_no_docx(workspace):
    made = making.set_out(workspace, "x", Asked(), Document("Judul", "pages", {
        "blocks": []}))
    with pytest.raises(Trouble, match="hanya ada sebagai PDF"):
        word.as_docx(made)
