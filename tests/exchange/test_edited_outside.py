"""What people change in the workbook is found, named, and never taken for the sender's word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from p2kp_desktop.exchange.bundle import Paging
from p2kp_desktop.exchange.digests import cell_digest
from p2kp_desktop.exchange.reading import read
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.causality import Version, edit, merge

from .sample_bundles import (
    ANSWERS,
    VILLAGE,
    a_chain,
    a_conflict,
    a_save,
    a_version,
    arrived,
    cell_of,
    changed,
    written,
)

SHEET = "Sumur Warga"


@pytest.fixture
def three(tmp_path: Path) -> tuple[Path, list[Version]]:
    versions = [a_version(tick=tick, note=f"sumur {tick}") for tick in (1, 2, 3)]
    return written(tmp_path / "paket.xlsx", versions), versions


def test_saving_without_a_change_is_no_edit(three: tuple[Path, list[Version]]) -> None:
    path, versions = three
    parcel = changed(path, lambda _: None)
    assert [one.version for one in parcel.arrived()] == versions
    assert parcel.findings == ()


def test_an_edited_cell_is_named_and_withheld(three: tuple[Path, list[Version]]) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        cell_of(book, "source", 5).value = "a. Ledeng meteran (SR)"

    found = arrived(changed(path, change))[versions[1].id]
    (cell,) = found.edited
    assert (cell.sheet, cell.row, cell.key) == (SHEET, 5, "source")
    assert (cell.shown, cell.value) == ("a. Ledeng meteran (SR)", "ledeng")
    assert cell.digest == cell_digest(versions[1].id, "source", "bor")
    assert found.version is not None
    assert "source" not in found.version.answers
    assert found.version.overrides == {"source": {}}
    assert not found.intact


@given(st.lists(st.sampled_from(sorted(ANSWERS)), min_size=1, max_size=6, unique=True), st.data())
def test_the_genuine_bundle_brings_what_an_edited_one_could_not(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str], data: st.DataObject
) -> None:
    original = a_conflict("note", "satu", "dua") if data.draw(st.booleans()) else a_version()
    older = a_version(record=original.id)
    here = edit(older, a_save(1, "pc-c"), {"users": 9}) if data.draw(st.booleans()) else Version("well", original.id)
    path = written(tmp_path_factory.mktemp("x") / "paket.xlsx", [original])

    def change(book: Workbook) -> None:
        for key in keys:
            if key != "neighbour":
                cell_of(book, key).value = data.draw(st.sampled_from(["diubah", None, 7]))

    touched = arrived(changed(path, change))[original.id].version
    assert touched is not None
    assert merge(merge(here, touched), original) == merge(here, original)
    assert merge(merge(here, original), touched) == merge(here, original)


def test_an_emptied_cell_and_a_filled_one_are_edits_too(tmp_path: Path) -> None:
    version = a_version(depth=None)

    def change(book: Workbook) -> None:
        cell_of(book, "owner").value = None
        cell_of(book, "depth").value = 12.5

    found = arrived(changed(written(tmp_path / "paket.xlsx", [version]), change))[version.id]
    told = {(cell.key, cell.shown, cell.value) for cell in found.edited}
    assert told == {("owner", "", None), ("depth", "12,5", "12.5")}


def test_an_edited_address_is_named_but_the_true_one_counts(three: tuple[Path, list[Version]]) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        cell_of(book, "region").value = "Desa Lain"
        cell_of(book, "rt").value = "099/099"

    found = arrived(changed(path, change))[versions[0].id]
    assert {cell.key for cell in found.edited} == {"region", "rt"}
    assert found.version == versions[0]
    assert found.version.values()["region"] == VILLAGE


def test_notes_and_derived_values_may_be_written_over(three: tuple[Path, list[Version]]) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        cell_of(book, "~note").value = "sudah dicek"
        cell_of(book, "~per_user").value = 99

    assert [one.version for one in changed(path, change).arrived()] == versions


def test_sorting_and_moving_columns_is_no_edit(three: tuple[Path, list[Version]]) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1)]
        rows[3:] = reversed(rows[3:])
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate([row[0], "", *reversed(row[1:])], start=1):
                sheet.cell(number, column).value = value

    parcel = changed(path, change)
    assert [one.version for one in parcel.arrived()] == versions[::-1]
    assert parcel.findings == ()


def test_a_row_added_by_hand_is_named_and_not_taken(three: tuple[Path, list[Version]]) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet["B7"] = "Jumlah"
        for column in range(1, 16):
            sheet.cell(9, column).value = sheet.cell(4, column).value

    parcel = changed(path, change)
    assert [(finding.kind, finding.row) for finding in parcel.findings] == [("row_added", 7), ("row_added", 9)]
    assert [one.version for one in parcel.arrived()] == versions


def test_a_row_removed_by_hand_is_named_and_its_answers_are_withheld(three: tuple[Path, list[Version]]) -> None:
    path, versions = three
    parcel = changed(path, lambda book: book[SHEET].delete_rows(5))
    (finding,) = parcel.findings
    found = arrived(parcel)[versions[1].id]
    assert (finding.kind, finding.record) == ("row_removed", versions[1].id)
    assert found.row is None
    assert found.version is not None
    assert set(found.version.answers) == {"alive", "region", "rt", "period", "neighbour"}
    assert merge(found.version, versions[1]) == versions[1]
    assert arrived(parcel)[versions[2].id].version == versions[2]


def test_a_column_removed_by_hand_is_named_and_withheld(three: tuple[Path, list[Version]]) -> None:
    path, versions = three
    parcel = changed(path, lambda book: book[SHEET].delete_cols(cell_of(book, "owner").column))
    assert [finding.kind for finding in parcel.findings] == ["column_removed"]
    for version in versions:
        found = arrived(parcel)[version.id]
        assert found.missing == ("owner",)
        assert found.version is not None
        assert merge(version, found.version) == version


def test_a_sheet_removed_by_hand_is_named_once(three: tuple[Path, list[Version]]) -> None:
    path, versions = three
    parcel = changed(path, lambda book: book.remove(book[SHEET]))
    assert [finding.kind for finding in parcel.findings] == ["sheet_removed"]
    assert set(arrived(parcel)) == {version.id for version in versions}


def test_a_renamed_sheet_beside_a_new_one_is_still_found(three: tuple[Path, list[Version]]) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        book.create_sheet("Catatan saya", 0)["A1"] = "isi"
        book[SHEET].title = "Sumur RT 14"
        book["Sumur RT 14"].insert_rows(1, 2)

    parcel = changed(path, change)
    assert [one.version for one in parcel.arrived()] == versions
    assert parcel.findings == ()


@pytest.mark.parametrize("column", ["C", "D", "E", "F", "G"])
def test_an_altered_hidden_row_is_damage_and_not_merged(three: tuple[Path, list[Version]], column: str) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        cell = book["p2kp 2"][f"{column}2"]
        cell.value = cell.value.replace("a", "b") if "a" in cell.value else cell.value.replace("0", "1")

    parcel = changed(path, change)
    damaged = [one for one in parcel.arrived() if one.damage]
    assert [one.version for one in damaged] == [None]
    assert all(one.damage for one in parcel.arrived() if one.id == versions[1].id)
    assert arrived(parcel)[versions[0].id].version == versions[0]


def test_a_removed_hidden_row_is_named(three: tuple[Path, list[Version]]) -> None:
    path, versions = three
    parcel = changed(path, lambda book: book["p2kp 2"].delete_rows(2))
    assert {finding.kind for finding in parcel.findings} == {"machine_altered", "row_added"}
    assert "hilang 1 baris" in parcel.findings[0].message
    assert set(arrived(parcel)) == {versions[0].id, versions[2].id}


def test_an_altered_history_row_is_set_aside(tmp_path: Path) -> None:
    version = a_version()
    rows = a_chain((version, {}), (version, {}), (version, {}))
    path = written(tmp_path / "paket.xlsx", [version], rows)

    def change(book: Workbook) -> None:
        book["p2kp 3"]["B2"].value = book["p2kp 3"]["B2"].value.replace("Rina", "Ruma")
        book["p2kp 3"]["B3"].value = "["

    parcel = changed(path, change)
    first, second, third = parcel.history()
    assert first == rows[0]
    assert (getattr(second, "number", 0), getattr(third, "number", 0)) == (2, 3)
    assert "diubah" in getattr(second, "reason", "")
    assert [finding.kind for finding in parcel.findings] == ["machine_altered"]


@pytest.mark.parametrize("tag", ["manifest", "form", "part", "seal"])
def test_an_altered_manifest_is_refused(three: tuple[Path, list[Version]], tag: str) -> None:
    path, _ = three

    def change(book: Workbook) -> None:
        row = next(row for row in book["p2kp"].iter_rows() if row[0].value == tag)
        row[2].value = row[2].value[:-1] + ("0" if row[2].value[-1] != "0" else "1")

    with pytest.raises(Trouble) as trouble:
        changed(path, change)
    assert trouble.value.code == "B13"


def test_an_unknown_row_in_the_hidden_sheets_is_passed_over(tmp_path: Path) -> None:
    """Later releases may add to the format what older ones need not know."""
    version = a_version()
    path = written(tmp_path / "paket.xlsx", [version], paging=Paging(rows_per_part=1))

    def change(book: Workbook) -> None:
        book["p2kp 2"].append(["attachment", "x", "y"])

    parcel = changed(path, change)
    assert arrived(parcel)[version.id].version == version
    assert parcel.findings == ()


def test_very_many_findings_are_not_all_listed(three: tuple[Path, list[Version]]) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        for row in range(20, 1500):
            book[SHEET].cell(row, 2).value = "x"

    parcel = changed(path, change)
    assert len(parcel.findings) == 1001
    assert parcel.findings[-1].kind == "more"
    assert [one.version for one in read(path).arrived()] == versions


def sort_rows(book: Workbook, first_column: int, *, reverse: bool = True) -> None:
    """Sort the rows from a column on, as an office suite sorts the range that it was given."""
    sheet = book[SHEET]
    rows = [[cell.value for cell in row[first_column - 1 :]] for row in sheet.iter_rows(min_row=4)]
    for at, row in enumerate(sorted(rows, key=str, reverse=reverse), start=4):
        for column, value in enumerate(row, start=first_column):
            sheet.cell(at, column).value = value


def test_the_filter_of_a_sheet_takes_the_hidden_ids_along(three: tuple[Path, list[Version]]) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        first, last = str(book[SHEET].auto_filter.ref).split(":")
        assert (first, last.rstrip("0123456789")) == ("A3", "R")
        sort_rows(book, 1)

    parcel = changed(path, change)
    assert {one.id: one.version for one in parcel.arrived()} == {version.id: version for version in versions}
    assert all(one.intact for one in parcel.arrived())


def test_rows_sorted_without_their_ids_are_torn_and_withheld(three: tuple[Path, list[Version]]) -> None:
    path, versions = three
    found = arrived(changed(path, lambda book: sort_rows(book, 2)))
    moved = [one for one in found.values() if not one.intact]
    assert len(moved) == 2  # the one in the middle stands where it stood
    for one in moved:
        assert one.torn
        assert one.edited == ()
        assert "note" in one.missing
        assert one.version is not None
        assert "note" not in one.version.answers
    for version in versions:
        assert merge(found[version.id].version or version, version) == version


def test_in_a_sheet_with_torn_rows_no_other_edit_is_trusted(tmp_path: Path) -> None:
    versions = [a_version(tick=tick, note=f"sumur {tick}") for tick in (1, 2, 3, 4)]

    def change(book: Workbook) -> None:
        sort_rows(book, 2)
        cell_of(book, "users", 4).value = 77

    found = arrived(changed(written(tmp_path / "paket.xlsx", versions), change))
    assert all(one.torn for one in found.values())


def test_a_row_copied_over_another_one_is_an_edit(three: tuple[Path, list[Version]]) -> None:
    path, versions = three

    def change(book: Workbook) -> None:
        for column in range(2, 19):
            book[SHEET].cell(5, column).value = book[SHEET].cell(4, column).value

    (edited,) = [one for one in changed(path, change).arrived() if not one.intact]
    assert edited.id == versions[1].id
    assert not edited.torn
    assert {cell.key for cell in edited.edited} == {"note"}
