"""How quick a table of 1,000,000 households is: searched, filtered, sorted, scrolled, sought, painted.

Prints one line of JSON: for each job its median and 95th percentile in milliseconds, and the same of a floor
where there is one: the barest SQL that brings the same rows, through sqlite3 alone. The households are made by
SQL from 300 recorded ones; their index of words is made as a migration makes it.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import bench
from p2kp_desktop.databases import library

MANY = int(os.environ.get("P2KP_BENCH_ROWS", "1000000"))
RECORDED = 300
PER_KELURAHAN = 2500
PAGE = 64
TIMES = 5  # how often what reads the whole table is measured
AREA, PERIOD = "16", "2026"

# The SQL of what differs between two households; q counts them.
_NEW = {
    "id": "printf('01900000-%04x-7%03x-8%03x-%012x', q >> 16, q % 4096, (q * 7) % 4096, q)",
    "region": "villages.code",
    "rt": "printf('%03d/001', (q / 50) % 50 + 1)",
    "head_name": "first.name || ' ' || last.name",
    "nik": "printf('16%014d', (q * 2654435761) % 100000000000000)",
    "building": "CAST(q % 50 + 1 AS TEXT)",
}
_MULTIPLY = """
    INSERT INTO household ({columns})
    WITH RECURSIVE number(q) AS (SELECT 0 UNION ALL SELECT q + 1 FROM number WHERE q < {many} - 1)
    SELECT {values} FROM number
    CROSS JOIN recorded ON recorded.rowid = 1 + (q * 7919) % {recorded}
    CROSS JOIN villages ON villages.place = q / {per_kelurahan}
    CROSS JOIN first ON first.place = q % {first}
    CROSS JOIN last ON last.place = (q * 7) % {last}
"""


def fill(path: Path) -> float:
    """Make the workspace and its households; return the seconds that the index of words took."""
    from p2kp_desktop.actions.common import workspaces
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.forms.household import Household
    from p2kp_desktop.store import open_workspace, search

    with workspaces.init(path, role="province", name="Sumatera Selatan", regions=[AREA]) as workspace:
        given = [{**each, "region": bench.KELURAHAN} for each in bench.households()[:RECORDED]]
        recording.record_all(workspace, Household, list(enumerate(given)), origin="bench")
        with workspace.changing() as connection:
            search.drop(connection)
    with closing(library.connect(path, isolation_level=None)) as raw:
        _multiply(raw)
    started = time.perf_counter()
    open_workspace(path).close()
    return time.perf_counter() - started


def _multiply(raw: Any) -> None:
    from p2kp_desktop import environment
    from p2kp_desktop.schema.places import regions

    sample = json.loads((environment.resources() / "practice" / "demo.json").read_text(encoding="utf-8"))
    villages = [code for code, place in regions().items() if place.is_village]
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("BEGIN")
    for name, values in (
        ("villages", villages), ("first", sample["first_names"]), ("last", sample["last_names"]),
    ):
        column = "code" if name == "villages" else "name"
        raw.execute(f"CREATE TEMP TABLE {name} (place INTEGER PRIMARY KEY, {column} TEXT)")
        raw.executemany(f"INSERT INTO {name} VALUES (?, ?)", enumerate(values))
    raw.execute("CREATE TEMP TABLE recorded AS SELECT * FROM household")
    raw.execute("DELETE FROM household")
    columns = [row[1] for row in raw.execute("PRAGMA table_info(household)")]
    raw.execute(_MULTIPLY.format(
        columns=", ".join(f'"{each}"' for each in columns), many=MANY, recorded=RECORDED, per_kelurahan=PER_KELURAHAN,
        values=", ".join(_NEW.get(each, f'recorded."{each}"') for each in columns),
        first=len(sample["first_names"]), last=len(sample["last_names"]),
    ))
    raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _timed(jobs: Iterable[Callable[[], object]]) -> list[float]:
    """Return the milliseconds that each job took."""
    taken = []
    for job in jobs:
        started = time.perf_counter()
        job()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _figures(name: str, taken: Sequence[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        f"{name}_p50": round(statistics.median(ordered), 1),
        f"{name}_p95": round(ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)], 1),
    }


WORDS = ("s", "si", "sit", "siti", "siti a", "1671", "16710", "ahm", "m", "muh", "rosm", "zzz", "12", "nur z")
CONDITIONS = (
    ("water_source", "is", "a"), ("floor_length", "at_least", "9"), ("head_name", "contains", "nur"),
    ("pit_distance", "empty", None), ("roof", "is_not", "a"),
)
SORTED_BY = tuple((key, turned) for key in ("head_name", "nik", "water_source") for turned in (False, True))


def measure(path: Path) -> dict[str, float]:
    """Return the figures of a workspace of many households."""
    from p2kp_desktop.store import open_workspace

    with open_workspace(path) as workspace, closing(library.connect(path)) as raw:
        return _lists(workspace) | _floors(raw) | _pages(workspace, raw)


def _lists(workspace: Any) -> dict[str, float]:
    """Measure what finds all rows wanted, and the field of the window, which finds a few."""
    from p2kp_desktop.actions.tables import form_table, word_search
    from p2kp_desktop.actions.tables.form_table import Condition, Filter, Order
    from p2kp_desktop.forms.household import Household

    def ids(order: Order | None = None, **wanted: Any) -> Callable[[], object]:
        return partial(form_table.found, workspace, Household, Filter(AREA, PERIOD, **wanted), order or Order())

    word_search.find(workspace, "siti", 14)  # once before: statements are made when they are first asked
    found = _figures("search", _timed([ids(text=word) for word in WORDS]))
    found |= _figures("palette", _timed([partial(word_search.find, workspace, word, 14) for word in WORDS]))
    found |= _figures("filter", _timed([ids(conditions=(Condition(*each),)) for each in CONDITIONS]))
    found |= _figures("sort", _timed([ids(Order(*each)) for each in SORTED_BY]))
    computed = Condition("floor_area", "at_least", "60")  # of the answers, for no column keeps it
    found |= _figures("derived", _timed([ids(Order("area_per_person")), ids(conditions=(computed,))] * 2))
    found |= _figures("standing", _timed([ids(standing="incomplete")] * 2))
    return found | _figures("all", _timed([ids()] * TIMES))


def _floors(raw: Any) -> dict[str, float]:
    """Measure the barest SQL that filters and sorts as many rows."""
    def floor(sql: str) -> Callable[[], object]:
        return lambda: raw.execute(f"SELECT rowid FROM household WHERE {sql}").fetchall()

    filtered = floor("alive = 1 AND floor_length >= 9 ORDER BY +region, +rt")
    ordered = floor("alive = 1 ORDER BY head_name")
    return _figures("filter_floor", _timed([filtered] * TIMES)) | _figures("sort_floor", _timed([ordered] * TIMES))


def _pages(workspace: Any, raw: Any) -> dict[str, float]:
    """Measure pages of rows anywhere in the list."""
    from p2kp_desktop.actions.tables import form_table
    from p2kp_desktop.actions.tables.form_table import Filter, Order
    from p2kp_desktop.forms.household import Household

    every, shown = form_table.found(workspace, Household, Filter(AREA, PERIOD), Order()), form_table.usual(Household)
    dice = random.Random(1)
    starts = [dice.randrange(max(len(every) - PAGE, 1)) for _ in range(100)]
    pages = [every[at : at + PAGE] for at in starts]
    found = _figures("page", _timed([partial(form_table.page, workspace, Household, some, shown) for some in pages]))

    def bare(some: Sequence[Any]) -> object:
        return raw.execute(f"SELECT * FROM household WHERE rowid IN ({','.join(map(str, some))})").fetchall()

    return found | _figures("page_floor", _timed([partial(bare, some) for some in pages])) | {"rows": float(len(every))}


def painted(path: Path) -> dict[str, float]:
    """Return how long the window takes for a step of scrolling, and for a jump anywhere until its rows are painted."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from p2kp_desktop.store import open_workspace
    from p2kp_desktop.ui.desk import Desk
    from p2kp_desktop.ui.look import theme
    from p2kp_desktop.ui.place import Destination, Scope
    from p2kp_desktop.ui.tables.place import TablesPlace

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application)
    with open_workspace(path) as workspace:
        desk = Desk(workspace)
        place = TablesPlace(desk)
        place.resize(1146, 624)
        place.show()
        place.enter(Destination("tables"), Scope(AREA, None, PERIOD))
        _wait(application, desk)
        grid, dice = place.grid, random.Random(2)

        def step() -> None:
            QTest.keyClick(grid, Qt.Key.Key_PageDown)
            grid.viewport().repaint()

        def jump() -> None:
            grid.show_row(dice.randrange(place.model.rowCount()))
            grid.viewport().repaint()
            _wait(application, desk)
            grid.viewport().repaint()

        figures = _figures("scroll", _timed([step] * 150)) | _figures("seek", _timed([jump] * 40))
        _wait(application, desk)
        place.close()
        desk.finish()
    return figures


def _wait(application: Any, desk: Any) -> None:
    while desk.tasks:
        application.processEvents()
    application.processEvents()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="p2kp-bench-tables-") as name:
        os.environ["P2KP_HOME"] = str(Path(name) / "home")
        workspace_file = Path(name) / "provinsi.p2kp"
        index = fill(workspace_file)
        figures = {"index_s": round(index, 1)} | measure(workspace_file) | painted(workspace_file)
        print(json.dumps(figures))
    sys.stdout.flush()
