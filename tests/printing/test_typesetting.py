"""Setting pages: the sheet, the fonts, what every page carries."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtGui import QRawFont

from p2kp_desktop import environment
from p2kp_desktop.exchange.pdf_pages import joined
from p2kp_desktop.printing import catalogue, making
from p2kp_desktop.printing.figures import blocks
from p2kp_desktop.printing.figures.tables import of_table
from p2kp_desktop.printing.pages import typesetting
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.printing.writing import save_table
from p2kp_desktop.reports import catalogue as reports
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import prints
from tests.pdfs import Pages
from texts import every_text


def the_pages(pdf):
    pages = Pages(pdf)
    found = [pages.text(number) for number in range(len(pages))]
    sizes = [pages.size(number) for number in range(len(pages))]
    return found, sizes


@pytest.mark.parametrize("sheet", [A4, F4], ids=lambda sheet: sheet.name)
def test_a_page_is_as_large_as_the_sheet(workspace, sheet):
    made = making.set_out(workspace, "x", Asked(sheet=sheet), Document("Judul", "pages", EMPTY))
    assert the_pages(made.pdf)[1] == [pytest.approx((sheet.width, sheet.height), abs=0.1)]


def test_every_page_says_whose_it_is_how_sure_and_of_how_many(workspace, tmp_path):
    table = reports.make(workspace, "rt", Scope())
    made = making.set_out(workspace, "rt", Asked(), of_table(table))
    for text in the_pages(made.pdf)[0]:
        assert "0 konflik terbuka" in text
        assert "0 belum diverifikasi" in text
        assert "Halaman 1 dari 1" in text
        assert made.digest in text
    save_table(workspace, table, tmp_path / "rt.pdf")
    assert [(line.what, line.names) for line in reports.make(workspace, "prints", Scope()).lines] == [("rt", False)]
    assert (tmp_path / "rt.pdf").read_bytes().startswith(b"%PDF")


def test_what_a_paper_says_lies_on_no_disk_while_it_is_set(monkeypatch):
    seen, real = [], typesetting._compiler

    def looked(folder, template, data):
        seen.extend(path.read_bytes() for path in folder.iterdir())
        return real(folder, template, data)

    monkeypatch.setattr(typesetting, "_compiler", looked)
    making.set_out(None, "x", Asked(), Document("Judul", "pages", said("Ratnawulan Kusumo")))
    assert len(seen) > 5
    assert [content for content in seen if b"Ratnawulan" in content] == []


def test_the_same_data_give_the_same_page_and_digest():
    first, second = (
        making.set_out(None, "x", Asked(), Document("Judul", "pages", said("1"))) for _ in range(2)
    )
    other = making.set_out(None, "x", Asked(), Document("Judul", "pages", said("2")))
    assert first.digest == second.digest != other.digest
    at = "2026-01-01T00:00:00+00:00"
    data = {**EMPTY, "title": "x", "paper": PAPER, "foot": [], "digest": "", "page_words": ["", ""], "stamp": "",
            "head": None}
    assert typesetting.typeset("pages", data, moment=at) == typesetting.typeset("pages", data, moment=at)


def test_no_text_of_the_program_lacks_a_letter_in_the_fonts_of_paper(qapp):  # noqa: ARG001  fonts need one
    fonts = [QRawFont(str(path), 10) for path in (environment.resources() / "fonts").glob("*-Regular.ttf")]
    letters = {letter: found.text for found in every_text() for letter in found.text if letter.isprintable()}
    lacking = {
        letter: text for letter, text in letters.items()
        if not any(font.supportsCharacter(ord(letter)) for font in fonts)
    }
    assert lacking == {}


def test_what_was_printed_is_noted_with_its_person(workspace):
    document = Document("Judul", "pages", EMPTY, versions={("household", "id-1"): "abc"})
    made = making.set_out(workspace, "record", Asked(names=True, reason="rapat"), document)
    making.note(workspace, made, 1)
    with workspace.asking() as connection:
        [(one, version)] = prints.of_record(connection, "id-1")
        assert prints.latest(connection, 5) == [one]
    [line] = reports.make(workspace, "prints", Scope()).lines
    assert line == one
    assert (one.what, one.names, one.reason, one.digest, version) == ("record", True, "rapat", made.digest, "abc")


def test_what_can_be_printed_is_called_by_one_name_each():
    names = [each["name"] for each in catalogue.described()]
    assert len(names) == len(set(names))


PAPER = {"width": 210, "height": 297, "landscape": False}
EMPTY = {"blocks": []}


def said(text):
    return {"blocks": [blocks.paragraph(text)]}


def test_a_print_is_noted_before_it_leaves_and_only_what_left_stays_noted(workspace):
    made = making.set_out(workspace, "x", Asked(names=True, reason="rapat"),
                          Document("Judul", "pages", said("1")))

    def noted():
        with workspace.asking() as connection:
            return [(one.names, one.pages) for one in prints.latest(connection, 9)]

    with making.noted(workspace, made, 1):
        assert noted() == [(True, 1)]  # a crash here forgets nothing
    with pytest.raises(OSError, match="penuh"), making.noted(workspace, made, 1):
        raise OSError("penuh")
    assert noted() == [(True, 1)]
    key = making.note(workspace, made, 9)
    making.amend(workspace, key, 3)  # stopped after three pages
    assert sorted(noted()) == [(True, 1), (True, 3)]


def test_many_threads_may_look_at_pages_at_once():
    pdf = making.set_out(None, "x", Asked(), Document("Judul", "pages", said("kata " * 4000))).pdf

    def look(_number):
        pages = Pages(joined([pdf, pdf]))
        return [(pages.text(page), len(pages.picture(page, 40))) for page in range(len(pages))]

    with ThreadPoolExecutor(6) as pool:
        first, *others = pool.map(look, range(18))
    assert all(each == first for each in others)
