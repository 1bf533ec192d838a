"""The pictures of Laporan: a city with kelurahan of every level over three years, and the way before the camera."""

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from borders import borders
from p2kp_desktop import environment
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.upkeep import boundary_files
from p2kp_desktop.actions.upkeep.boundary_files import BoundaryRehearsal
from p2kp_desktop.exchange.boundaries.features import Feature, FeatureFile
from p2kp_desktop.forms.collaboration import Commitment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.meeting import Decision, Meeting
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.forms.target import Target
from p2kp_desktop.rules.boundary_matching import matched
from p2kp_desktop.schema.outline import outline
from p2kp_desktop.schema.places import regions
from p2kp_desktop.store import Workspace, transfers
from p2kp_desktop.store.transfers import Transfer

if TYPE_CHECKING:
    from shots import Scene, Stage

NAME = "laporan"
VILLAGES = ("16.71.06.1005", "16.71.02.1005", "16.71.02.1004", "16.71.06.1008", "16.71.08.1002", "16.71.02.1006")
YEARS = ("2024", "2025", "2026")
_GOOD = {
    "road_access": "a", "faces_road": "a", "faces_water": "a", "on_setback": "a", "in_hazard_zone": "b", "roof": "a",
    "wall": "a", "floor": "a", "water_source": "a", "water_sufficiency": "a", "defecation": "a", "closet": "a",
    "faeces": "a", "waste_disposal": "a", "waste_collection": "a",
}
_POOR = _GOOD | {
    "road_access": "b", "faces_road": "b", "roof": "b", "wall": "b", "water_source": "d", "pit_distance": "b",
    "water_sufficiency": "c", "defecation": "c", "closet": "b", "faeces": "b", "waste_disposal": "c",
    "waste_collection": "b",
}
_MENDED = {"new_road_m": 0, "new_drain_m": 0, "waste_site": "a", "waste_vehicle": "a", "flood_ha": 0,
           "wide_paved_good_m": 190, "sound_drain_m": 240, "fire_protection": ["a", "b"], "fire_road": "a"}
BAD = 10  # of ten households in the worst kelurahan, at the beginning


def sample(folder: Path) -> None:
    """Make a city's workspace with five kelurahan, three years, late promises, and files of two facilitators."""
    workspace = workspaces.init(
        folder / f"{NAME}.p2kp", role="district", name="Budi Santoso", regions=[demo_journey.CITY]
    )
    with workspace:
        for place, region in enumerate(VILLAGES):
            for number, year in enumerate(YEARS):
                _record(workspace, region, year, bad=max(BAD - 2 * place - number, 0))
        _promises(workspace)
        _files(workspace)
        _boundaries(workspace)


def _record(workspace: Workspace, region: str, year: str, *, bad: int) -> None:
    given = json.loads((environment.resources() / "practice" / "demo.json").read_text(encoding="utf-8"))
    survey = given["surveys"][0] | ({} if bad > BAD // 2 else _MENDED)
    for number, rt in enumerate(("001/001", "002/001", "003/001")):
        recording.record(workspace, RtSurvey, {**survey, "buildings": 10, "region": region, "rt": rt, "period": year})
        lines = [
            {**(_POOR if place < bad - 2 * number else _GOOD), "region": region, "rt": rt, "period": year,
             "head_name": f"{given['first_names'][place]} {given['last_names'][number]}", "building": str(place + 1),
             "kk_count": 1, "mbr": "mbr", **_house_at(region, 10 * number + place)}
            for place in range(10)
        ]
        recording.record_all(workspace, Household, list(enumerate(lines)), origin="shots")


def _house_at(region: str, place: int) -> dict[str, str]:
    """Return where a house is, in the kelurahan whose facilitator noted it."""
    if region != VILLAGES[1]:
        return {}
    return {"latitude": f"{-2.9885 + place % 6 * 0.001:.5f}", "longitude": f"{104.7613 + place // 6 * 0.0016:.5f}"}


def _small(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a corner of the province as one of a kelurahan."""
    return 104.76 + (longitude - 102.1) / 400, -2.99 + (latitude + 4.9) / 400


def _boundaries(workspace: Workspace) -> None:
    """Keep the boundaries of the city, and those of the RTs of one kelurahan."""
    villages = [code for code, place in regions().items() if place.is_village and code.startswith(demo_journey.CITY)]
    features = [Feature({"KODE": code}, outline([[ring]])) for code, ring in borders(villages, step=0.01)]
    features += [Feature({"KODE": VILLAGES[1], "RT": rt}, outline([[[_small(*corner) for corner in ring]]]))
                 for rt, ring in borders(("001/001", "002/001", "003/001"), step=0.05)]
    found = FeatureFile("batas.geojson", "GeoJSON", "derajat (WGS 84)", tuple(features), 0)
    matches = tuple(matched([each.values for each in features]))
    boundary_files.keep(workspace, BoundaryRehearsal(found, matches, (demo_journey.CITY,), frozenset()))


def _promises(workspace: Workspace) -> None:
    recording.record(workspace, Commitment, {
        "who": "PT Semen Baturaja", "what": "Semen untuk jalan RT 001", "year": 2025, "source": "non_pemerintah",
        "amount": 75_000_000, "reached": "disepakati",
    })
    for indicator, baseline, end in (("water_safe", 41, 100), ("slum_share", 60, 0)):
        recording.record(workspace, Target, {
            "indicator": indicator, "baseline": baseline, "baseline_year": 2020, "end_year": 2030, "end_value": end,
            "decree": "RPJMD 2025-2029",
        })
    meeting = recording.record(workspace, Meeting, {"name": "Rapat Pokja PKP", "date": "2026-03-02",
                                                    "region": VILLAGES[0]})
    recording.record(workspace, Decision, {
        "parent": meeting.id, "text": "Dinas PU menyelesaikan drainase RT 002", "responsible": "Dinas PU",
        "due": "2026-06-30",
    })


def _files(workspace: Workspace) -> None:
    today = datetime.datetime.now(datetime.UTC)
    with workspace.changing() as connection:
        for place, (region, days) in enumerate(((VILLAGES[0], 3), (VILLAGES[1], 41), (VILLAGES[3], 19))):
            time = (today - datetime.timedelta(days=days)).isoformat(timespec="seconds")
            sender = {"node": f"n{place}", "workspace": f"Tim {place + 1}", "role": "facilitator",
                      "person": ("Rina Marlina", "Dedi Kurniawan", "Yuliana Sari")[place]}
            transfers.note(connection, Transfer(
                f"t{place}", "in", f"b{place}", f"paket{place}.xlsx", "", "Budi Santoso", time,
                {"sender": sender, "areas": [region], "read": 30, "new": 30},
            ))


def _scene(tab: str, *keys: Qt.Key | str, region: str = demo_journey.CITY, name: str = NAME) -> "Scene":
    def scene(stage: "Stage") -> QWidget | None:
        from p2kp_desktop.ui.place import Destination, Scope

        stage.open(name)
        stage.window.go(Destination("reporting", Scope(region, None, stage.window.scope.period), tab=tab))
        stage.settle()
        stage.press(*keys)
        return None

    return scene


SCENES: tuple[tuple[str, "Scene", bool], ...] = (
    ("laporan-dasbor-kota", _scene("board"), True),
    ("laporan-dasbor-kelurahan", _scene("board", region=VILLAGES[0]), False),
    ("laporan-dasbor-fasilitator", _scene("board", region=demo_journey.KELURAHAN, name="fasilitator"), False),
    ("laporan-dasbor-kosong", _scene("board", region=demo_journey.KELURAHAN, name="kosong"), False),
    ("laporan-semua", _scene("shelf"), True),
    ("laporan-kumuh", _scene("report:slum"), True),
    ("laporan-diam", _scene("report:silent"), False),
    ("laporan-rt", _scene("report:rt"), False),
    ("laporan-peta-kota", _scene("map", Qt.Key.Key_U, "."), True),
    ("laporan-peta-kecamatan", _scene("map", Qt.Key.Key_Right, region="16.71.02"), False),
    ("laporan-peta-rt", _scene("map", region=VILLAGES[1]), False),
    ("laporan-peta-kotak", _scene("map", region=VILLAGES[0]), False),
    ("laporan-peta-indikator", _scene("map", Qt.Key.Key_I), False),
    ("laporan-peta-batas", _scene("map", Qt.Key.Key_B), False),
)
