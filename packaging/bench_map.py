"""How quick the map of the province is: 3,259 villages with borders of about 200 points each.

Prints one line of JSON: milliseconds from asking for the map until it is painted, of which the painting alone, of a
move of the mouse to another village until that is painted, and of a step with an arrow key; as a floor the same points
painted as bare polygons. It is processor time, which on a machine with nothing else to do is the time that passes.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

AREA, PERIOD, UNIT = "16", "2026", "kelurahan"
SIZE = 800, 520
TIMES = 7


def fill(path: Path) -> float:
    """Make a province with some records and every boundary; return the seconds that keeping the boundaries took."""
    from borders import borders
    from p2kp_desktop.actions.common import workspaces
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.actions.upkeep import boundary_files
    from p2kp_desktop.actions.upkeep.boundary_files import BoundaryRehearsal
    from p2kp_desktop.exchange.boundaries.features import Feature, FeatureFile
    from p2kp_desktop.forms.rt_recap import RtRecap
    from p2kp_desktop.rules.boundary_matching import matched
    from p2kp_desktop.schema.outline import outline
    from p2kp_desktop.schema.places import regions

    villages = [code for code, place in regions().items() if place.is_village]
    with workspaces.init(path, role="province", name="Sumatera Selatan", regions=[AREA]) as workspace:
        lines = [(number, _recap(code, number)) for number, code in enumerate(villages)]
        recording.record_all(workspace, RtRecap, lines, origin="bench")
        features = tuple(Feature({"KODE": code}, outline([[ring]])) for code, ring in borders(villages))
        found = FeatureFile("batas.geojson", "GeoJSON", "derajat", features, 0)
        started = time.process_time()
        matches = tuple(matched([each.values for each in features]))
        boundary_files.keep(workspace, BoundaryRehearsal(found, matches, (AREA,), frozenset()))
        return time.process_time() - started


def _recap(code: str, number: int) -> dict[str, Any]:
    """Return the recap of an RT in which each criterion is bad to another degree."""
    from p2kp_desktop.rules import regulation

    wholes = {"luas_ha": 2, "bangunan": 50, "penduduk": 200, "kk": 60, "jalan_ideal_m": 400, "drainase_ideal_m": 500}
    bad = {each.volume: str(wholes[each.denominator] * ((number * 7 + place * 3) % 10) // 10)
           for place, each in enumerate(regulation("2018").criteria)}
    return {"region": code, "rt": "001/001", "period": PERIOD, "official": "a",
            **{key: str(whole) for key, whole in wholes.items()}, **bad}


def _timed(job: Callable[[], object]) -> float:
    started = time.process_time()
    job()
    return (time.process_time() - started) * 1000


def measure(path: Path) -> dict[str, float]:
    """Return the figures of the map of a workspace."""
    from PySide6.QtWidgets import QApplication

    from p2kp_desktop.reports import area_map
    from p2kp_desktop.schema.table import Scope
    from p2kp_desktop.store import open_workspace
    from p2kp_desktop.ui.kit.map_view import MapView
    from p2kp_desktop.ui.look import theme

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application)
    with open_workspace(path) as workspace:
        def ask() -> Any:
            return area_map.area_map(workspace, Scope(AREA, None, PERIOD), "level", unit=UNIT, size=SIZE)

        ask()  # once before: sums are added up and statements made when they are first asked
        view = MapView()
        view.resize(*SIZE)
        view.show()
        firsts, paints = _paints(view, ask)
        hovers, steps = _moves(application, view)
        points = sum(len(path) // 2 for shape in view.drawing.shapes for path in shape.paths)
        floors = [_timed(lambda: _bare(view)) for _ in range(TIMES)]
        shapes = float(len(view.drawing.shapes))
        view.close()
    first = statistics.median(firsts)
    return {
        "map_shapes": shapes, "map_points": float(points), "map_first_ms": round(first, 1),
        "map_painted_ms": round(statistics.median(paints), 1), "map_hover_ms": round(statistics.median(hovers), 2),
        "map_hover_p95_ms": round(sorted(hovers)[len(hovers) * 95 // 100], 2),
        "map_step_ms": round(statistics.median(steps), 2), "map_floor_ms": round(statistics.median(floors), 1),
        "map_first_times_floor": round(first / statistics.median(floors), 1),
    }


def _paints(view: Any, ask: Callable[[], Any]) -> tuple[list[float], list[float]]:
    """Return how long it takes to ask for a map and paint it, and to paint it alone."""
    firsts, paints = [], []
    for _ in range(TIMES):
        started = time.process_time()
        shown = ask()
        asked = time.process_time()
        view.show_map(shown)
        view.repaint()
        firsts.append((time.process_time() - started) * 1000)
        paints.append((time.process_time() - asked) * 1000)
    return firsts, paints


def _moves(application: Any, view: Any) -> tuple[list[float], list[float]]:
    """Return how long moves of the mouse and steps of the keys take until they are painted."""
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtTest import QTest

    dice = random.Random(3)

    def move() -> None:
        view.point_at(QPointF(dice.uniform(0, SIZE[0]), dice.uniform(0, SIZE[1])))
        application.processEvents()

    def step() -> None:
        QTest.keyClick(view, dice.choice((Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)))
        application.processEvents()

    return [_timed(move) for _ in range(200)], [_timed(step) for _ in range(60)]


def _bare(view: Any) -> None:
    """Paint the same paths as polygons and nothing else."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QImage, QPainter, QPolygonF

    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for shape in view.drawing.shapes:
        for path in shape.paths:
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in zip(path[0::2], path[1::2], strict=True)]))
    painter.end()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="p2kp-bench-map-") as name:
        os.environ["P2KP_HOME"] = str(Path(name) / "home")
        workspace_file = Path(name) / "provinsi.p2kp"
        kept = fill(workspace_file)
        size = workspace_file.stat().st_size
        print(json.dumps({"map_kept_s": round(kept, 1), "map_file_mb": round(size / (1 << 20), 1)}
                         | measure(workspace_file)))
    sys.stdout.flush()
