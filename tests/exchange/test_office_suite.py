"""Opening and saving a bundle in LibreOffice is no edit."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from p2kp_desktop.exchange.bundle import Paging
from p2kp_desktop.exchange.reading import read
from p2kp_desktop.forms import FORMS
from p2kp_desktop.schema import Form, Question, new_id
from p2kp_desktop.schema.causality import Version, edit, merge, withhold
from p2kp_desktop.schema.history import Change
from p2kp_desktop.schema.values import Answer
from tests import office
from tests.conftest import DEEP
from tests.office_suite import NASTY, saved_again

from .sample_bundles import VILLAGE, a_chain, a_save, a_version, written

# LibreOffice takes a minute to open 1,600 rows on 90 sheets, and a tenth of it to open a few on a dozen.
RECORDS_PER_FORM, PARTS = (len(NASTY), 1) if DEEP else (2, 2)


BASIC = """Sub Sort_Range(Source As String, Target As String, Title As String, Area As String, Column As Integer)
    On Error GoTo Ended
    Dim Hidden(0) As New com.sun.star.beans.PropertyValue
    Hidden(0).Name = "Hidden"
    Hidden(0).Value = True
    Document = StarDesktop.loadComponentFromURL(Source, "_blank", 0, Hidden())
    Dim Fields(0) As New com.sun.star.table.TableSortField
    Fields(0).Field = Column
    Fields(0).IsAscending = False
    Dim Order(1) As New com.sun.star.beans.PropertyValue
    Order(0).Name = "SortFields"
    Order(0).Value = Fields()
    Order(1).Name = "ContainsHeader"
    Order(1).Value = True
    Document.Sheets.getByName(Title).getCellRangeByName(Area).sort(Order())
    Dim Kind(0) As New com.sun.star.beans.PropertyValue
    Kind(0).Name = "FilterName"
    Kind(0).Value = "Calc MS Excel 2007 XML"
    Document.storeToURL(Target, Kind())
    Document.close(True)
Ended:
    StarDesktop.terminate()
End Sub
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Sorting" script:language="StarBasic">
{}</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Sorting"/></library:library>
"""


def sorted_within(path: Path, title: str, area: str, column: int) -> Path:
    """Open a workbook in LibreOffice, sort an area of a sheet downwards by a column of it, and save it elsewhere."""
    saved_again(path)  # the first start makes the profile, and would write over the macro
    library, target = office.profile() / "user" / "basic" / "Standard", path.with_name("diurutkan.xlsx")
    (library / "Sorting.xba").write_text(MODULE.format(BASIC.replace('"', "&quot;")), encoding="utf-8")
    (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    told = ",".join(f'"{word}"' for word in (path.as_uri(), target.as_uri(), title, area))
    office.started(f"macro:///Standard.Sorting.Sort_Range({told},{column})")
    return target


def test_sorting_with_the_sheets_own_filter_is_no_edit(tmp_path: Path) -> None:
    versions = [a_version(tick=tick, note=f"sumur {tick}") for tick in (1, 2, 3)]
    path = written(tmp_path / "paket.xlsx", versions)
    area = str(load_workbook(path)["Sumur Warga"].auto_filter.ref)
    parcel = read(sorted_within(path, "Sumur Warga", area, 17))
    assert [one.version for one in parcel.arrived()] == versions[::-1]
    assert parcel.findings == ()


def test_sorting_without_the_hidden_ids_is_found_out(tmp_path: Path) -> None:
    versions = [a_version(tick=tick, note=f"sumur {tick}") for tick in (1, 2, 3)]
    path = written(tmp_path / "paket.xlsx", versions)
    parcel = read(sorted_within(path, "Sumur Warga", "B3:R6", 16))
    assert [one.torn for one in parcel.arrived()] == [False, True, True]  # the one in the middle stood still


def nasty_answer(question: Question[object], number: int) -> Answer:
    """Return one of many awkward answers of the question's kind; every third number is of an odd size."""
    options = getattr(question, "options", None)
    if question.kind == "choice" and options:
        return [*options.codes, "kode_baru"][number % (len(options.codes) + 1)]
    if question.kind == "several" and options:
        return ",".join(options.codes[: number % len(options.codes) + 1])
    if question.kind in ("whole", "money"):
        return [0, -7, 10**15 - 1, 10**16 + 1, 12][number % 5]
    if question.kind == "decimal":
        return ["0", "7.2", "-0.000000000000001", "123456789.012345", "0.1", "1e5", "999999999999999"][number % 7]
    if question.kind == "date":
        return ["2022-10-04", "1900-03-01", "1899-12-31", "9999-12-31", "2022-02-30", "tahun lalu"][number % 6]
    return NASTY[number % len(NASTY)]


def nasty_version(form: type[Form], number: int) -> Version:
    answers: dict[str, Answer] = {question.key: nasty_answer(question, number) for question in form.stored()}
    address: dict[str, Answer] = {"region": VILLAGE, "rt": "014/005", "period": "2026"}
    everything = {**answers, **address, "pertanyaan_baru": NASTY[number]}
    version = edit(Version(form.key, new_id()), a_save(number + 1), everything)
    other = {key: f"lain {value}" for key, value in list(answers.items())[:2]}
    sibling = edit(Version(form.key, version.id), a_save(1, "pc-b", "district", "'=Dedi 😀 _x0041_"), other)
    whole = merge(version, sibling) if number % 3 == 0 else version
    return withhold(whole, list(answers)[-2:]) if number % 4 == 0 else whole


@pytest.mark.parametrize("part", range(PARTS))
def test_real_forms_with_awkward_answers_come_back_unedited_and_undamaged(tmp_path: Path, part: int) -> None:
    first, *others = forms = FORMS[part::PARTS]
    versions = [nasty_version(first, number) for number in range(len(NASTY))]  # on two sheets
    versions += [nasty_version(form, (place + number * 10) % len(NASTY))
                 for place, form in enumerate(others) for number in range(RECORDS_PER_FORM)]
    newer: dict[str, Answer] = {f"soal_{number}": text for number, text in enumerate(NASTY)}
    versions.append(edit(Version("formulir_baru", new_id()), a_save(99), newer))
    versions.append(edit(versions[0], a_save(100), {"alive": 0}))
    versions.pop(0)
    changes = [{"note": Change(text, NASTY[-at], "ab")} for at, text in enumerate(NASTY)]
    rows = a_chain(*zip(versions, changes, strict=False))
    paging = Paging(rows_per_sheet=25, rows_per_part=60)
    path = written(tmp_path / "paket.xlsx", versions, rows, forms=forms, paging=paging)
    parcel = read(saved_again(path))
    found = list(parcel.arrived())
    assert [one for one in found if not one.intact] == []
    assert {one.id: one.version for one in found} == {version.id: version for version in versions}
    assert list(parcel.history()) == rows
    assert parcel.findings == ()
    assert parcel.manifest == read(path).manifest


def test_the_workbook_keeps_its_hidden_sheets_lists_and_frozen_rows(tmp_path: Path) -> None:
    path = saved_again(written(tmp_path / "paket.xlsx", [nasty_version(FORMS[0], 1)], forms=FORMS))
    with zipfile.ZipFile(path) as package:
        sheets = "".join(package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name)
        book = package.read("xl/workbook.xml").decode()
    assert book.count('state="hidden"') == 2
    assert "dataValidation " in sheets
    assert 'state="frozen' in sheets
    assert "<f" not in sheets.replace("<formula1>", "").replace("<formula2>", "")


def test_the_whole_bundle_prints(tmp_path: Path) -> None:
    path = written(tmp_path / "paket.xlsx", [nasty_version(FORMS[0], 1)], forms=FORMS)
    office.started("--convert-to", "pdf", "--outdir", str(tmp_path), str(path))
    assert (tmp_path / "paket.pdf").read_bytes().startswith(b"%PDF")
