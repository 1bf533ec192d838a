"""p2kp print of letters: as PDF or .docx, noted, with what could not be printed told."""

from pathlib import Path

from p2kp_desktop.store import open_workspace, prints
from tests.pdfs import Pages

from .conftest import init


def an_agreement(p2kp, name, **more):
    [made] = p2kp("records", name, "put", "agreement", lines=[
        {"number": "AB-01", "name": "Sampah", "rts": "014/005", "stage": "draf", "version": 1, **more}]).lines()
    return made["id"]


def test_the_ending_decides_whether_a_letter_is_a_pdf_or_a_docx(p2kp):
    name = init(p2kp, "a")
    record = an_agreement(p2kp, name)
    for out, begins in (("ab.pdf", b"%PDF"), ("ab.docx", b"PK")):
        assert p2kp("print", "agreement", out, "--workspace", name, "--record", record).code == 0
        assert Path(out).read_bytes().startswith(begins)
    with open_workspace(name) as workspace, workspace.asking() as connection:
        found = prints.of_record(connection, record)
    assert [one.what for one, _version in found] == ["agreement", "agreement"]
    assert {version.split(".")[0] for _one, version in found} == {"1"}


def test_a_letter_that_no_font_has_is_told_beside_the_file(p2kp):
    name = init(p2kp, "a")
    record = an_agreement(p2kp, name, background="Bersih 😀")
    ran = p2kp("print", "agreement", "ab.pdf", "--workspace", name, "--record", record)
    assert (ran.code, ran.out.strip()) == (0, "ab.pdf")
    assert "U+1F600" in ran.err


def test_the_office_is_set_by_words_and_by_json(p2kp):
    name = init(p2kp, "a")
    assert "belum diisi" in p2kp("office", name).out
    told = p2kp("office", name, "--line", "KELURAHAN LIMA ILIR", "--signatory", "Lurah|Drs. Suparman|1970",
                "--numbering", "{no}/KEL", "--paper", "f4", "--json").json()
    assert told == {"lines": ["KELURAHAN LIMA ILIR"], "town": "", "numbering": "{no}/KEL", "first": 1, "paper": "f4",
                    "logo": False,
                    "signatories": [{"role": "Lurah", "name": "Drs. Suparman", "nip": "1970"}]}
    other = init(p2kp, "b")
    assert p2kp("office", other, "--set", "-", "--json", lines=[told]).json() == told
    assert "Lurah, Drs. Suparman, 1970" in p2kp("office", other).out


def test_a_bad_office_is_refused_and_the_old_one_stays(p2kp):
    name = init(p2kp, "a")
    p2kp("office", name, "--line", "KELURAHAN")
    for words in (("--numbering", "KEL"), ("--logo", "tidak-ada.png"), ("--set", "tidak-ada.json")):
        assert p2kp("office", name, "--town", "X", *words).code == 1
    assert p2kp("office", name, "--json").json()["town"] == ""


def test_paper_is_that_of_the_office_unless_said_otherwise(p2kp):
    name = init(p2kp, "a")
    record = an_agreement(p2kp, name)
    p2kp("office", name, "--paper", "f4")
    for more, height in (((), 330), (("--paper", "a4"), 297)):
        p2kp("print", "board", "b.pdf", "--workspace", name, "--record", record, *more)
        pages = Pages(Path("b.pdf").read_bytes())
        assert round(pages.size(0)[1]) == height
