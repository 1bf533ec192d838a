"""Every kind of file that is no bundle, or no longer one, gets its own sentence and changes nothing."""

import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from p2kp_desktop.exchange import digests, guard
from p2kp_desktop.exchange.bundle import FIRST_ROW, PAGING
from p2kp_desktop.exchange.layout import Layout
from p2kp_desktop.exchange.machine import logical_rows
from p2kp_desktop.exchange.package import LIMITS, Limits
from p2kp_desktop.exchange.reading import read
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble

from .sample_bundles import a_version, written

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def code(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(Trouble) as trouble:
        read(path, limits=limits)
    said = trouble.value
    assert said.what.endswith(".")
    assert said.remedy.endswith(".")
    assert said.safe
    return said.code


def unpacked(path: Path) -> list[str]:
    """Return the parts that the guard opens before it refuses a file."""
    opened: list[str] = []
    with pytest.MonkeyPatch.context() as patches:
        whole = zipfile.ZipFile.open

        def noted(self: zipfile.ZipFile, part: str, *given: str) -> object:
            opened.append(part)
            return whole(self, part, *given)

        patches.setattr(zipfile.ZipFile, "open", noted)
        with pytest.raises(Trouble):
            guard.inspect(path)
    return opened


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return written(tmp_path / "paket.xlsx", [a_version(tick=tick) for tick in (1, 2, 3)])


def repacked(path: Path, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> Path:
    """Write the package again with its parts changed, some left out, others added."""
    with zipfile.ZipFile(path) as package:
        parts = {name: change(name, package.read(name)) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**parts, **(more or {})}.items():
            if content is not None:
                package.writestr(name, content)
    return path


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "B02"),
        (b"PK", "B03"),
        (b"PK\x03\x04" + b"\0" * 200, "B03"),
        (b"%PDF-1.7 ...", "B04"),
        (b"Nama;NIK\n", "B04"),
        (OLE + b"\0" * 600, "B06"),
        (OLE + b"\0" * (1 << 18) + "EncryptedPackage".encode("utf-16-le"), "B08"),
    ],
)
def test_files_that_are_no_package_are_told_apart(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "berkas.xlsx"
    path.write_bytes(content)
    assert code(path) == expected


def test_what_is_not_there_or_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    assert code(tmp_path / "tidak-ada.xlsx") == "B01"
    assert code(tmp_path) == "B01"


@pytest.mark.parametrize(
    ("names", "expected", "word"),
    [
        (("[Content_Types].xml", "word/document.xml"), "B05", "Word"),
        (("[Content_Types].xml", "ppt/presentation.xml"), "B05", "PowerPoint"),
        (("mimetype", "content.xml"), "B05", "LibreOffice"),
        (("foto.jpg",), "B05", "ZIP"),
        (("[Content_Types].xml", "xl/workbook.bin"), "B06", ".xlsb"),
    ],
)
def test_packages_of_other_kinds_are_named(tmp_path: Path, names: tuple[str, ...], expected: str, word: str) -> None:
    path = zipped(tmp_path / "berkas.xlsx", *names)
    assert code(path) == expected
    with pytest.raises(Trouble, match=word):
        read(path)


def test_a_bundle_cut_off_anywhere_is_truncated_or_damaged(bundle: Path) -> None:
    content = bundle.read_bytes()
    for length in (5, 100, len(content) // 2, len(content) - 30, len(content) - 1):
        bundle.write_bytes(content[:length])
        assert code(bundle) == "B03"


def test_a_workbook_with_macros_is_refused_whatever_its_name(bundle: Path) -> None:
    assert code(repacked(bundle, lambda _, part: part, {"xl/vbaProject.bin": b"x"})) == "B07"


def test_a_workbook_that_calls_itself_macro_enabled_is_refused(bundle: Path) -> None:
    def change(name: str, part: bytes) -> bytes:
        enabled = part.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
        return enabled if name == "[Content_Types].xml" else part

    assert code(repacked(bundle, change)) == "B07"


def test_any_other_workbook_is_foreign(tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Daftar").write("A1", "Nama")
    assert code(path) == "B09"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("p2kp").write("A1", "bukan")
    assert code(path) == "B09"


def test_a_bundle_of_a_newer_format_is_named_with_its_program(bundle: Path) -> None:
    book = load_workbook(bundle)
    book["p2kp"]["B1"].value = "2"
    book.save(bundle)
    assert code(bundle) == "B10"
    with pytest.raises(Trouble, match=r"P2KP Desktop 0\.1\.0"):
        read(bundle)


@pytest.mark.parametrize("limits", [
    replace(LIMITS, packed=1000), replace(LIMITS, unpacked=10_000), replace(LIMITS, parts=3), replace(LIMITS, depth=3),
    replace(LIMITS, box=10), replace(LIMITS, cells=10), replace(LIMITS, small_part=500),
], ids=lambda limits: str([name for name in vars(limits) if getattr(limits, name) != getattr(LIMITS, name)]))
def test_each_limit_refuses_what_lies_beyond_it(bundle: Path, limits: Limits) -> None:
    assert code(bundle, limits) in ("B11", "B14") if limits.small_part == 500 else "B11"
    assert read(bundle).manifest.records == 3


def test_no_sheet_that_is_written_goes_beyond_what_is_read() -> None:
    widest = max(len(Layout(form, form.title).headings) for form in FORMS)
    rows = PAGING.rows_per_sheet + FIRST_ROW
    assert LIMITS.fits(rows, widest, 2 * rows)  # with nothing but ids and places in it


def test_a_zip_bomb_is_refused_before_it_is_unpacked(bundle: Path) -> None:
    repacked(bundle, lambda _, part: part, {"xl/media/image1.xml": b"\0" * (40 << 20)})
    assert code(bundle) == "B11"
    assert "xl/media/image1.xml" not in unpacked(bundle)


@pytest.mark.parametrize("declaration", [b'<!DOCTYPE x [<!ENTITY a "b">]>', b'<!DOCTYPE x SYSTEM "http://x/y">'])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_document_types_and_entities_are_refused_in_any_part(bundle: Path, part: str, declaration: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"?>", b"?>" + declaration, 1) if name == part else content

    assert code(repacked(bundle, change)) == "B12"


def test_a_document_type_does_not_hide_behind_another_encoding(bundle: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
        return text.encode("utf-16") if name == "xl/styles.xml" else content

    assert code(repacked(bundle, change)) == "B12"


@pytest.mark.parametrize("encoding", [b"UTF-9", b"gb2312", b"utf-7"])
def test_an_encoding_that_no_office_suite_writes_is_damage(bundle: Path, encoding: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"UTF-8", encoding, 1) if name == "xl/worksheets/sheet3.xml" else content

    assert code(repacked(bundle, change)) == "B14"


def test_deep_nesting_is_refused(bundle: Path) -> None:
    assert code(repacked(bundle, lambda _, part: part, {"xl/deep.xml": b"<a>" * 5000 + b"</a>" * 5000})) == "B11"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet3.xml", "docProps/app.xml"])
def test_a_part_that_is_no_xml_is_damage(bundle: Path, part: str) -> None:
    expected = "B09" if part == "xl/workbook.xml" else "B14"
    assert code(repacked(bundle, lambda name, content: b"" if name == part else content)) in (expected, "B14")


def test_links_to_other_files_are_not_followed(bundle: Path) -> None:
    link = b'<?xml version="1.0"?><externalLink><externalBook r="file:///etc/passwd"/></externalLink>'
    repacked(bundle, lambda _, part: part, {"xl/externalLinks/externalLink1.xml": link})
    assert read(bundle).manifest.records == 3


def test_a_manifest_without_a_field_is_damage_even_with_a_true_seal(bundle: Path) -> None:
    book = load_workbook(bundle)
    sheet = book["p2kp"]
    sheet.delete_rows(next(row[1].row for row in sheet.iter_rows() if row[1].value == "person"))
    rows = [row[:3] for row in logical_rows([[cell.value for cell in row] for row in sheet.iter_rows()])]
    seal = next(row for row in sheet.iter_rows() if row[0].value == "seal")
    seal[2].value = digests.seal(row for row in rows if row[0] != "seal")
    book.save(bundle)
    assert code(bundle) == "B13"


def phantom(path: Path, part: str, rows: int, last: str = "") -> Path:
    """Blow a sheet up with formatted but empty rows, as office suites do, and perhaps one more cell."""
    cells = '<c r="A{0}" s="1"/><c r="XFD{0}" s="1"/>'
    empty = "".join(f'<row r="{row}" s="1">{cells.format(row)}</row>' for row in range(900, rows))
    return repacked(
        path, lambda name, content: content.replace(b"</sheetData>", f"{empty}{last}</sheetData>".encode())
        if name == part else content,
    )


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"])
def test_a_bundle_blown_up_with_empty_rows_is_still_read(bundle: Path, part: str) -> None:
    phantom(bundle, part, 200_000)
    tracemalloc.start()
    try:
        parcel = read(bundle)
        assert all(one.intact for one in parcel.arrived())
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()
    assert parcel.findings == ()


def test_one_filled_cell_in_the_farthest_corner_is_named_and_costs_nothing(bundle: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    phantom(bundle, "xl/worksheets/sheet3.xml", 0, far)
    assert code(bundle, replace(LIMITS, memory=128 << 20)) == "B11"
    with pytest.raises(Trouble, match=r"Sumur Warga.*XFD1048576"):
        read(bundle)


def test_a_foreign_workbook_with_a_million_empty_rows_is_foreign_at_once(tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Daftar").write("XFD1048576", "x")
    phantom(path, "xl/worksheets/sheet1.xml", 100_000)
    assert code(path) == "B09"
    assert "xl/worksheets/sheet1.xml" not in unpacked(path)


@pytest.mark.parametrize("row", ["0", "1048577", "99999999999"])  # the last one is row 1215752191 to the library
@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"])
def test_a_row_number_that_no_sheet_has_is_refused_before_anything_holds_it(bundle: Path, part: str, row: str) -> None:
    last = f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>'
    phantom(bundle, part, 0, last)
    assert code(bundle) == "B11"
