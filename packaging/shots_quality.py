"""The pictures of Mutu Data and of F12: a workspace with what is to be found there, and the way before the camera."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.quality import second_keying
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import Workspace, keyed, views
from p2kp_desktop.store.keyed import Stint
from p2kp_desktop.ui.quality.place import QualityPlace

if TYPE_CHECKING:
    from shots import Scene, Stage

NAME = "mutu"
WRONG: tuple[dict[str, object], ...] = (
    {"kk_count": 9}, {"kk_count": 7}, {"nik": "16710645078"}, {"roof": None, "wall": None}, {"survey_date": None},
    {"members_male": 0, "members_female": 0, "occupants": 0}, {"floors": 4}, {"occupants": 1, "members_male": 3},
    {"pit_distance": "a", "water_source": "a"},
)
KEYERS = ("Rina Marlina", "Dedi Kurniawan", "Yuliana Sari")


def sample(folder: Path) -> None:
    """Make a workspace with likely duplicates, unusual answers, three operators and drawn households."""
    workspace = workspaces.init(
        folder / f"{NAME}.p2kp", role="facilitator", name="Rina Marlina", regions=[demo_journey.KELURAHAN]
    )
    with workspace:
        demo_journey.fill(workspace)
        with workspace.asking() as connection:
            houses = list(views.found(connection, Household))
        for place, house in enumerate(houses):
            said = {"interviewer": KEYERS[place % 3]} | ({"water_sufficiency": "a"} if place % 3 == 1 else {})
            recording.record(workspace, Household, {"id": house.id, **said})
        for house, name in ((houses[2], "Hj. "), (houses[7], "")):
            kept = {key: value for key, value in house.answers.items() if Household.question(key) or key == "rt"}
            again = {**kept, "head_name": f"{name}{house.answers['head_name']}", "nik": None, "roof": "b"}
            recording.record(workspace, Household, {key: value for key, value in again.items() if value is not None})
        recording.record(workspace, Household, {"id": houses[9].id, "floor_length": "30", "floor_width": "20"})
        for place, wrong in enumerate(WRONG, start=20):
            recording.record(workspace, Household, {"id": houses[place].id, **wrong})
        _key(workspace, [house.id for house in houses])
        persons.add(workspace, "Dedi Kurniawan", "1234")
        persons.add(workspace, "Yuliana Sari", "1234")
        _key_again(workspace)


def _key(workspace: Workspace, ids: list[str]) -> None:
    began = datetime.datetime.fromisoformat("2026-11-23T19:00:00+07:00")
    with workspace.changing() as connection:
        for place, record in enumerate(ids):
            started = began + datetime.timedelta(days=place % 2, seconds=place * 200)
            ended = started + datetime.timedelta(seconds=150 + place % 3 * 60)
            keyed.note(connection, Stint(record, Household.key, KEYERS[place % 3], started.isoformat(),
                                         ended.isoformat(), 110 + place % 40, 2 + place % 7))


def _key_again(workspace: Workspace) -> None:
    first, *_ = second_keying.draw(workspace, "Rina Marlina", 4, seed=5)
    with workspace.asking() as connection:
        was = next(views.found(connection, Household, views.Where(id=first))).answers
    again = {key: value for key, value in was.items() if Household.question(key)}
    second_keying.finish(workspace, first, {**again, "kk_count": 3, "roof": "bocor", "floor_length": "9"})


def tab(name: str, *keys: Qt.Key | str) -> "Scene":
    """Return the way to a tab, where some keys are pressed then."""
    def scene(stage: "Stage") -> None:
        stage.go("quality", workspace=NAME, tab=name)
        place = stage.window.place
        assert isinstance(place, QualityPlace)
        if place.blind is not None and place.blind.isVisible():
            place.blind.leave()
        if place.rules.chosen is not None:
            place.rules.back()
        for page in (place.unusual, place.operators):
            if page.leads:
                page.back()
        stage.settle()
        stage.press(*keys)

    return scene


def shift(*keys: Qt.Key | str) -> "Scene":
    """Return the way to the card of F12."""
    def scene(stage: "Stage") -> None:
        stage.go("home", workspace=NAME)
        stage.press(Qt.Key.Key_F12, *keys)

    return scene

