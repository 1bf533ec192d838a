"""How quick the dashboard and the reports of a province are over 1,000,000 households in 20,000 RTs.

Prints one line of JSON: seconds to add up every RT once (after a migration or a large import), milliseconds of the
dashboard when the workspace was just opened and of the same after one edit, and both as ratios to plain SQL that adds
up three figures of all RTs, or of all households, in the same file. So are the ratios of the reports: progress, every
indicator, the explanation of the score of the province; of a cross table (poor households by the sex of their head,
and their water) to the same counted by SQL; and of scoring all RTs anew under another rule set to adding up the
households by RT.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from bench_tables import AREA, PERIOD, fill
from p2kp_desktop.databases import library

EDITS = 9
_OF_RTS = "SELECT count(*), sum(households), sum(unsafe_water), sum(no_latrine) FROM rt_summary WHERE period = ?"
_OF_HOUSEHOLDS = (
    "SELECT count(*), sum(water_source IN ('a', 'b', 'f')), sum(defecation = 'a') FROM household "
    "WHERE alive = 1 AND period = ?"
)
_CROSSED = (
    "SELECT mbr, head_sex, count(*), sum(water_source IN ('a', 'b', 'f')) FROM household "
    "WHERE alive = 1 AND period = ? GROUP BY mbr, head_sex"
)
_BY_RT = (
    "SELECT region, rt, count(*), sum(kk_count), sum(roof = 'a'), sum(water_source IN ('a', 'b', 'f')), "
    "sum(defecation = 'a') FROM household WHERE alive = 1 AND period = ? GROUP BY region, rt"
)
_REPORTS = {"progress": "progress", "indicators": "indicator_table", "explained": "explanation", "crossed": "mbr_water"}


def _timed(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return (time.perf_counter() - started) * 1000


def _floor(raw: Any, sql: str) -> float:
    return statistics.median(_timed(lambda: raw.execute(sql, (PERIOD,)).fetchall()) for _ in range(5))


def measure(path: Path) -> dict[str, float]:
    """Return the figures of a workspace of many households."""
    from p2kp_desktop.actions.scores import area_sums
    from p2kp_desktop.reports import dashboard  # noqa: F401  the window loads it in a quiet moment, so it is not timed
    from p2kp_desktop.store import open_workspace

    with open_workspace(path) as workspace:
        first = _timed(lambda: area_sums.refresh(workspace)) / 1000
    with open_workspace(path) as workspace, closing(library.connect(path)) as raw:
        cold = _timed(lambda: _board(workspace))
        edited = [_after_an_edit(workspace, number) for number in range(EDITS)]
        rts, households = _floor(raw, _OF_RTS), _floor(raw, _OF_HOUSEHOLDS)
        told = {name: statistics.median(_timed(partial(_report, workspace, report)) for _ in range(3))
                for name, report in _REPORTS.items()}
        crossed, by_rt = _floor(raw, _CROSSED), _floor(raw, _BY_RT)
        scored_anew = _timed(lambda: _under_other_rules(workspace))
    edit = statistics.median(edited)
    return {
        "board_first_s": round(first, 1), "board_cold_ms": round(cold, 1), "board_edited_ms": round(edit, 1),
        "board_edited_times_sql_of_rts": round(edit / rts, 1),
        "board_cold_times_sql_of_households": round(cold / households, 2),
        **{f"{name}_times_sql": round(taken / (crossed if name == "crossed" else households), 1)
           for name, taken in told.items()},
        "scored_anew_times_sql": round(scored_anew / by_rt, 1), "scored_anew_s": round(scored_anew / 1000, 1),
        **{f"{name}_ms": round(taken) for name, taken in told.items()},
    }


def _report(workspace: Any, report: str) -> object:
    from p2kp_desktop.reports import catalogue
    from p2kp_desktop.schema.table import Scope

    return catalogue.make(workspace, report, Scope(AREA, None, PERIOD))


def _under_other_rules(workspace: Any) -> object:
    """Change the rule set of the period, and score every RT by it."""
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.actions.scores import area_sums
    from p2kp_desktop.forms.period import Period

    recording.record(workspace, Period, {"year": int(PERIOD), "rules": "2016"})
    area_sums.refresh(workspace)
    return _board(workspace)


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
