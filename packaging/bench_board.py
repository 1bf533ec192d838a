"""How quick the dashboard of a province is over 1,000,000 households in 20,000 RTs.

Prints one line of JSON: seconds to add up every RT once (after a migration or a large import), milliseconds of the
dashboard when the workspace was just opened and of the same after one edit, and both as ratios to plain SQL that adds
up three figures of all RTs, or of all households, in the same file.
"""

import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from bench_tables import AREA, PERIOD, fill

EDITS = 9
_OF_RTS = "SELECT count(*), sum(households), sum(unsafe_water), sum(no_latrine) FROM rt_summary WHERE period = ?"
_OF_HOUSEHOLDS = (
    "SELECT count(*), sum(water_source IN ('a', 'b', 'f')), sum(defecation = 'a') FROM household "
    "WHERE alive = 1 AND period = ?"
)


def _timed(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return (time.perf_counter() - started) * 1000


def _floor(raw: sqlite3.Connection, sql: str) -> float:
    return statistics.median(_timed(lambda: raw.execute(sql, (PERIOD,)).fetchall()) for _ in range(5))


def measure(path: Path) -> dict[str, float]:
    """Return the figures of a workspace of many households."""
    from p2kp_desktop.actions.scores import area_sums
    from p2kp_desktop.reports import dashboard  # noqa: F401  the window loads it in a quiet moment, so it is not timed
    from p2kp_desktop.store import open_workspace

    with open_workspace(path) as workspace:
        first = _timed(lambda: area_sums.refresh(workspace)) / 1000
    with open_workspace(path) as workspace, closing(sqlite3.connect(path)) as raw:
        cold = _timed(lambda: _board(workspace))
        edited = [_after_an_edit(workspace, number) for number in range(EDITS)]
        rts, households = _floor(raw, _OF_RTS), _floor(raw, _OF_HOUSEHOLDS)
    edit = statistics.median(edited)
    return {
        "board_first_s": round(first, 1), "board_cold_ms": round(cold, 1), "board_edited_ms": round(edit, 1),
        "board_edited_times_sql_of_rts": round(edit / rts, 1),
        "board_cold_times_sql_of_households": round(cold / households, 2),
    }


def _board(workspace: Any) -> object:
    from p2kp_desktop.actions.home import board
    from p2kp_desktop.reports import dashboard

    return dashboard.cards(board.board(workspace, AREA, PERIOD))


def _after_an_edit(workspace: Any, number: int) -> float:
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.forms.household import Household

    with workspace.asking() as connection:
        chosen = "SELECT id FROM household WHERE alive = 1 LIMIT 1 OFFSET ?"
        record = connection.exec_driver_sql(chosen, (number * 1000,)).scalar()
    recording.record(workspace, Household, {"id": record, "water_source": "ab"[number % 2]})
    return _timed(lambda: _board(workspace))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="p2kp-bench-board-") as name:
        os.environ["P2KP_HOME"] = str(Path(name) / "home")
        workspace_file = Path(name) / "provinsi.p2kp"
        fill(workspace_file)
        print(json.dumps(measure(workspace_file)))
    sys.stdout.flush()
