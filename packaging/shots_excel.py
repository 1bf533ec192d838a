"""The pictures of importing from Excel: each a way to bring one of its states before the camera."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from PySide6.QtCore import Qt

from p2kp_desktop.actions.importing import official_workbook
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.forms import Household
from p2kp_desktop.store import views
from p2kp_desktop.ui.importing.place import ImportPlace

if TYPE_CHECKING:
    from shots import Scene, Stage


def _table(stage: "Stage") -> Path:
    """Make a workbook as people bring it: a ruined NIK, letters that are no option, a household that is here."""
    path = stage.folder / "rumah RT 14.xlsx"
    if not path.exists():
        rows: list[list[object]] = [
            ["DAFTAR RUMAH TANGGA RT 14"], [],
            ["No", "Nama Kepala Rumah Tangga", "NIK", "RT/RW", "Banyaknya keluarga", "9", "10", "11", "12", "Catatan"],
        ]
        here = _names(stage)
        names = (
            *here[:2], f"{here[2]}h", "Siti Aminah", "Herlina", "Budi Santoso", "Hj. Rahmawati", "Yusuf", "Kgs. Ismail",
        )
        for number in range(40):
            nik = 1671064507800000.0 if number == 3 else f"16710645078{number:05d}"
            letters = ("z" if number in (2, 11) else "a", "b", "a", "q" if number == 11 else "c")
            name = f"{names[number % len(names)]} {number // len(names) or ''}".strip()
            note = "rumah pojok" if number == 5 else None
            rows.append([number + 1, name, nik, demo_journey.RTS[0], 1 + number % 3, *letters, note])
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    return path


def _names(stage: "Stage") -> list[str]:
    """Return heads of households of the first RT."""
    stage.go("collecting", rt=demo_journey.RTS[0])
    with stage.window.desk.workspace.asking() as connection:
        found = views.found(connection, Household, views.Where(rt=demo_journey.RTS[0]))
        return [str(record.answers["head_name"]) for record in islice(found, 3)]


def _importing(tab: int = 0, *keys: Qt.Key | str) -> "Scene":
    def scene(stage: "Stage") -> None:
        path = _table(stage)
        stage.go("collecting", rt=demo_journey.RTS[0])
        stage.go("importing", rt=demo_journey.RTS[0])
        place = stage.window.place
        assert isinstance(place, ImportPlace)
        place.session.clear()
        place.open_file(path)
        stage.settle()
        place.looking.tabs.setCurrentIndex(tab)
        place.begin()
        stage.press(*keys)

    return scene


def _imported(stage: "Stage") -> None:
    if isinstance(stage.window.place, ImportPlace) and stage.window.place.session.written is not None:
        return
    _importing()(stage)
    place = stage.window.place
    assert isinstance(place, ImportPlace)
    place.go_on()
    stage.settle()


def _not_imported(stage: "Stage") -> None:
    """Take the import of the picture before back, and show what that says."""
    _imported(stage)
    place = stage.window.place
    assert isinstance(place, ImportPlace)
    place.session.take_back()


def _import_official(stage: "Stage") -> None:
    """Show an RT of the sample as the official workbook brings it back, with the question about its drain."""
    folder = stage.folder / "resmi"
    stage.go("importing", rt=demo_journey.RTS[0])
    place, scope = stage.window.place, stage.window.scope
    assert isinstance(place, ImportPlace)
    if not folder.exists():
        folder.mkdir()
        place_of = PlaceOfRows(scope.area, demo_journey.RTS[0], scope.period)
        official_workbook.write_back(stage.window.desk.workspace, place_of, folder)
    place.session.clear()
    place.open_file(next(folder.iterdir()))


def _import_refused(stage: "Stage") -> None:
    stage.go("importing", rt=demo_journey.RTS[0])
    place = stage.window.place
    assert isinstance(place, ImportPlace)
    place.session.clear()
    photo = stage.folder / "foto.xlsx"
    photo.write_bytes(b"JPEG")
    place.open_file(photo)


def _import_begins(stage: "Stage") -> None:
    stage.go("importing", rt=demo_journey.RTS[0])
    place = stage.window.place
    assert isinstance(place, ImportPlace)
    place.session.clear()
    place.begin()


SCENES: tuple[tuple[str, "Scene", bool], ...] = (  # name, scene, whether in both languages
    ("excel", _import_begins, True),
    ("excel-galat", _import_refused, False),
    ("excel-gladi", _importing(0, Qt.Key.Key_F8), True),
    ("excel-kolom", _importing(1), True),
    ("excel-kolom-pilih", _importing(1, Qt.Key.Key_Return, "air"), False),
    ("excel-peringatan", _importing(2), False),
    ("excel-mungkin-sama", _importing(3), False),
    ("excel-resmi", _import_official, False),
    ("excel-masuk", _imported, True),
    ("excel-dibatalkan", _not_imported, False),
)
