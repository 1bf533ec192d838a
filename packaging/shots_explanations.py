"""The pictures of the explanation of a score, asked for with the key that leads there from every list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from p2kp_desktop.actions.practice import demo_journey

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


SCENES: "tuple[tuple[str, Scene, bool], ...]" = (
    ("penjelasan-rt", _explained(RT), True),
    ("penjelasan-kriteria", _explained(RT, *[Key.Key_Down] * 9), True),
    ("penjelasan-aspek", _explained(RT, *[Key.Key_Down] * 8), False),
    ("penjelasan-rumah", _explained(RT, asks="a", keys_before=(Key.Key_Down, Key.Key_Down)), True),
    ("penjelasan-kelurahan", _of_area(), True),
    ("penjelasan-kelurahan-kriteria", _of_area(*[Key.Key_Down] * 4, Key.Key_Return), True),
    ("penjelasan-kota", _of_area(Key.Key_Backspace, Key.Key_Backspace), False),
)
