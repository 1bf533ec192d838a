"""The pictures of the explanation of a score, asked for with the key that leads there from every list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import views

if TYPE_CHECKING:
    from shots import Scene, Stage

RT = demo_journey.RTS[0]
Key = Qt.Key


def _explained(rt: str | None, *keys: Key | str, asks: str = "j", keys_before: tuple[Key, ...] = ()) -> "Scene":
    """Return a scene that asks why in the list of an RT, or of the kelurahan, and presses keys there."""
    def scene(stage: "Stage") -> None:
        stage.go("collecting", rt=rt)
        stage.press(*keys_before, asks, *keys)

    return scene


def _of_area(*keys: Key | str) -> "Scene":
    def scene(stage: "Stage") -> None:
        stage.go("explaining")
        stage.press(*keys)

    return scene


def _edition(stage: "Stage") -> None:
    """Freeze what there is, change two houses, and stand before the differences."""
    stage.go("editions")
    if not stage.window.place.editions.model.lines:  # type: ignore[union-attr]  # it is the place of the editions
        stage.press("b", "BA 12/DPRKP/2026", Key.Key_Return)
        workspace = stage.window.desk.workspace
        with workspace.asking() as connection:
            houses = [each.id for each in views.found(connection, Household, views.Where(rt=RT))]
        for each in houses[:2]:
            recording.record(workspace, Household, {"id": each, "water_source": "g", "roof": "b"})
        stage.go("home")
        stage.go("editions")
    stage.press(Key.Key_Return, Key.Key_Down)


SCENES: "tuple[tuple[str, Scene, bool], ...]" = (
    ("penjelasan-rt", _explained(RT), True),
    ("penjelasan-kriteria", _explained(RT, *[Key.Key_Down] * 9), True),
    ("penjelasan-aspek", _explained(RT, *[Key.Key_Down] * 8), False),
    ("penjelasan-rumah", _explained(RT, asks="a", keys_before=(Key.Key_Down, Key.Key_Down)), True),
    ("penjelasan-kelurahan", _of_area(), True),
    ("penjelasan-kelurahan-kriteria", _of_area(*[Key.Key_Down] * 4, Key.Key_Return), True),
    ("edisi-resmi", _edition, True),
    ("penjelasan-kota", _of_area(Key.Key_Backspace, Key.Key_Backspace), False),
)
