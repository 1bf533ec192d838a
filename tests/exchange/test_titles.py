"""A reference is read by people as a title and by the program as an id."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from p2kp_desktop.exchange.cells import ASTRAY
from p2kp_desktop.exchange.reading import read
from p2kp_desktop.schema import Form, Section, Text
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.history import Change

from .sample_bundles import FORMS, Well, a_chain, a_version, arrived, cell_of, changed, column_of, written


class Pump(Form, key="pump", title="Pompa", place="region", per_period=False, parent=Well):
    """One pump of a well."""

    general = Section("Pompa")
    make = Text("Merek")


TITLES = {"0190aaaa": "Sumur Pak RT", "0190bbbb": "Sumur 7"}


def a_bundle(path: Path, *versions: Version, titles: Mapping[str, str] = TITLES) -> Path:
    return written(path / "paket.xlsx", versions, forms=(*FORMS, Pump), titles=titles)


def test_a_reference_and_what_a_record_belongs_to_are_shown_by_title(tmp_path: Path) -> None:
    well, pump = a_version(), a_version("pump", parent="0190bbbb", make="Sanyo")
    path = a_bundle(tmp_path, well, pump, a_version("pump", parent="0190cccc"))
    book = load_workbook(path)
    assert cell_of(book, "neighbour").value == "Sumur Pak RT"
    assert [cell_of(book, "parent", row, "Pompa").value for row in (4, 5)] == ["Sumur 7", ASTRAY]
    assert (column_of(book, "Pompa", "parent"), cell_of(book, "parent", 3, "Pompa").value) == ("B", "Z. Sumur Warga")
    found = arrived(read(path))
    assert [found[each.id].version for each in (well, pump)] == [well, pump]
    assert all(each.intact for each in found.values())


def test_whatever_a_title_says_the_id_arrives(tmp_path: Path) -> None:
    for title in ("=1+1", "2026", "", "a\nb", "x" * 40_000, "_x0041_", "b. Sumur bor", "0190aaaa"):
        well = a_version()
        (found,) = read(a_bundle(tmp_path, well, titles={"0190aaaa": title})).arrived()
        assert (found.version, found.intact) == (well, True)


def test_a_title_that_was_edited_keeps_its_answer_back_and_no_other(tmp_path: Path) -> None:
    well, pump = a_version(), a_version("pump", parent="0190bbbb", make="Sanyo")

    def edit(book: object) -> None:
        cell_of(book, "neighbour").value = "Sumur orang lain"  # type: ignore[arg-type]
        cell_of(book, "parent", 4, "Pompa").value = "Sumur orang lain"  # type: ignore[arg-type]

    found = arrived(changed(a_bundle(tmp_path, well, pump), edit))
    assert [cell.key for each in found.values() for cell in each.edited] == ["neighbour", "parent"]
    version = found[well.id].version
    assert version is not None
    assert ("neighbour" in version.answers, version.values()["owner"]) == (False, "Siti Aminah")
    assert found[pump.id].version == pump


def test_history_tells_titles_too(tmp_path: Path) -> None:
    well = a_version()
    rows = a_chain((well, {"neighbour": Change("0190bbbb", "0190aaaa", "s"), "parent": Change(None, "0190cccc", "t")}))
    book = load_workbook(written(tmp_path / "paket.xlsx", [well], rows, titles=TITLES))
    (told,) = (row[6].value for row in book["Riwayat"].iter_rows(min_row=2))
    assert "Sumur 7 → Sumur Pak RT" in told
