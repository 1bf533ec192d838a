"""p2kp print of letters: as PDF or .docx, noted, with what could not be printed told."""

from pathlib import Path

from p2kp_desktop.store import open_workspace, prints

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
