"""How fast and how large: each job beside a floor measured in the same run, never by the clock alone.

Every job and every floor runs in a process of its own, so that its peak memory is its own. A job that
takes more than its limit times its floor makes the bench fail; absolute figures drift with the machine.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

HOUSEHOLDS = 5000
PER_RT = 50
KELURAHAN = "16.71.06.1005"


@cache
def households() -> list[dict[str, Any]]:
    """Return the same plausible households every time; they are made once and changed by nobody."""
    from p2kp_desktop import environment
    from p2kp_desktop.actions.practice import demo_journey

    sample = json.loads((environment.resources() / "practice" / "demo.json").read_text(encoding="utf-8"))
    dice = random.Random(5000)
    return [
        demo_journey.household(dice, sample, sample["weights"][number % 2], f"{number // PER_RT + 1:03d}/001", number)
        for number in range(HOUSEHOLDS)
    ]


def _open(folder: Path, name: str) -> Any:
    from p2kp_desktop.actions.common import workspaces
    from p2kp_desktop.store import open_workspace

    path = folder / f"{name}.p2kp"
    if path.exists():
        return open_workspace(path)
    return workspaces.init(path, role="facilitator", name=name, regions=[KELURAHAN])


def put_each(folder: Path) -> None:
    """Save a fifth of the households one by one, each on disk before the next."""
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.forms.household import Household

    with _open(folder, "each") as workspace:
        for given in households()[: HOUSEHOLDS // 5]:
            recording.record(workspace, Household, given)


def put_all(folder: Path) -> None:
    """Save the households in one transaction, and add up their RTs."""
    from p2kp_desktop.actions.recording import recording, saves
    from p2kp_desktop.forms.household import Household

    with _open(folder, "all") as workspace:
        recording.record_all(workspace, Household, list(enumerate(households())), origin="bench")
        saves.refresh_summaries(workspace)


def send(folder: Path) -> None:
    """Write them into a bundle."""
    from p2kp_desktop.actions.bundles import sending

    with _open(folder, "all") as workspace:
        sending.send(workspace, folder)


def rehearse(folder: Path) -> None:
    """Show what the bundle would change in an empty workspace, and change nothing."""
    from p2kp_desktop.actions.bundles import receiving

    with _open(folder, "district") as workspace:
        received = receiving.receive(workspace, _bundle(folder), rehearse=True)
    if received.counts["new"] != HOUSEHOLDS:
        raise SystemExit(f"rehearsed {received}")


def receive(folder: Path) -> None:
    """Merge the bundle into an empty workspace."""
    from p2kp_desktop.actions.bundles import receiving

    with _open(folder, "district") as workspace:
        received = receiving.receive(workspace, _bundle(folder))
    if received.counts["new"] != HOUSEHOLDS:
        raise SystemExit(f"received {received}")


def receive_again(folder: Path) -> None:
    """Receive it again, which changes nothing."""
    receive_before = _open(folder, "district")
    from p2kp_desktop.actions.bundles import receiving

    with receive_before as workspace:
        received = receiving.receive(workspace, _bundle(folder))
    if received.counts["identical"] != HOUSEHOLDS:
        raise SystemExit(f"received {received}")


def _bundle(folder: Path) -> Path:
    (path,) = folder.glob("P2KP_*.xlsx")
    return path


def _rows() -> list[tuple[Any, ...]]:
    given = households()
    keys = sorted({key for each in given for key in each})
    return [tuple(each.get(key) for key in keys) for each in given]


def _raw_table(path: Path) -> tuple[Any, str]:
    from p2kp_desktop.databases import library

    width = len(_rows()[0])
    connection = library.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"CREATE TABLE h ({', '.join(f'c{n}' for n in range(width))})")
    return connection, f"INSERT INTO h VALUES ({', '.join('?' * width)})"


def raw_each(folder: Path) -> None:
    """Insert a fifth of the rows with sqlite3 alone, each in a transaction of its own."""
    connection, insert = _raw_table(folder / "raw-each.sqlite")
    for row in _rows()[: HOUSEHOLDS // 5]:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(insert, row)
        connection.execute("COMMIT")
    connection.close()


def raw_all(folder: Path) -> None:
    """Insert the rows with sqlite3 alone, in one transaction."""
    connection, insert = _raw_table(folder / "raw-all.sqlite")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(insert, _rows())
    connection.execute("COMMIT")
    connection.close()


def xml_zlib(folder: Path) -> None:
    """Write the same cells as bare XML and compress it: what no workbook writer can do without."""
    lines = (
        "<row>" + "".join(f'<c t="s"><v>{escape(str(value))}</v></c>' for value in row if value is not None) + "</row>"
        for row in _rows()
    )
    (folder / "floor.xml.z").write_bytes(zlib.compress("".join(lines).encode(), 6))


def calamine_read(folder: Path) -> None:
    """Read every cell of the bundle with calamine, and do nothing with it."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(str(_bundle(folder)))
    for name in workbook.sheet_names:
        for _ in workbook.get_sheet_by_name(name).iter_rows():
            pass


def peak_mb() -> float:
    """Return the most memory that this process and the largest one that it started took, in MB."""
    from p2kp_desktop.exchange import apart

    apart.end()  # its memory is known when it has ended
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def ready() -> None:
    """Import what the jobs import and make the households: done before a job or a floor is timed."""
    from p2kp_desktop.actions.bundles import receiving, sending
    from p2kp_desktop.actions.recording import recording

    _ = receiving, recording, sending, households()


Job = Callable[[Path], None]

# What is measured, its floor, and how many times the floor it may take. Both are timed alone, in a process that is
# ready. A floor judges no answer, keeps no history and signs nothing, so it says what the machine can do at best.
TABLE: tuple[tuple[str, Job, str, Job, float], ...] = (
    ("save 1,000 households, each on disk", put_each, "raw sqlite3, a commit each", raw_each, 20),
    ("save 5,000 households at once", put_all, "raw sqlite3, one commit", raw_all, 150),
    ("send 5,000 households", send, "the same cells as XML + zlib 6", xml_zlib, 80),
    ("rehearse 5,000 households", rehearse, "calamine reads the bundle", calamine_read, 30),
    ("receive 5,000 households", receive, "calamine reads the bundle", calamine_read, 30),
    ("receive them again", receive_again, "calamine reads the bundle", calamine_read, 30),
)


def measure(job: Job, folder: Path, *, script: str = __file__) -> tuple[float, float]:
    """Run a job of a script in a process of its own; return its own seconds and the process's peak memory in MB."""
    ran = subprocess.run(
        [sys.executable, script, job.__name__, str(folder)], check=True, capture_output=True, text=True
    )
    seconds, peak = json.loads(ran.stdout.splitlines()[-1])
    return seconds, peak


# Figures of the window on 5,000 households, of ten questionnaires in percent of the keys they may cost, and of the
# search over 50,000 households; and the most each may be (excellent.md).
WINDOW_LIMITS = {
    "field_p50": 50, "field_p95": 50, "save_p50": 200, "save_p95": 200, "start_ms": 2000, "idle_mb": 250,
    "work_mb": 250, "keys_percent": 100, "keys_dearest_percent": 100, "search_p50": 150, "search_p95": 150,
    "search_blocks_most": 100, "put_down_p95": 100,
}


START = """
import sys, time
from PySide6.QtWidgets import QApplication
from p2kp_desktop import app
program = app.Program(QApplication([]))
program.start(sys.argv[1])
painted = []
program.frame.painted.connect(lambda: painted.append(time.time()))
while not painted or program.window is None or program.window.about is None:
    program.app.processEvents()
print(int((painted[0] - float(sys.argv[2])) * 1000))
program.frame.close()
"""


def start_ms() -> int:
    """Return the milliseconds from the start of the process to the painted window, warm."""
    with tempfile.TemporaryDirectory(prefix="p2kp-start-") as name:
        _open(Path(name), "start").close()
        settings = os.environ | {"P2KP_HOME": name, "QT_QPA_PLATFORM": "offscreen"}
        taken = []
        for _ in range(3):
            command = [sys.executable, "-c", START, str(Path(name) / "start.p2kp"), str(time.time())]
            ran = subprocess.run(command, check=True, capture_output=True, text=True, env=settings)
            taken.append(int(ran.stdout.split()[-1]))
    return sorted(taken)[1]


def window_lines() -> Iterator[tuple[str, bool]]:
    """Yield the figures of the window beside their limits, and whether each is kept."""
    script = Path(__file__).with_name("bench_window.py")
    ran = subprocess.run([sys.executable, script], check=True, capture_output=True, text=True)
    figures = json.loads(ran.stdout.splitlines()[-1]) | {"start_ms": start_ms()}
    yield f"{'the window: ms, MB, %':<40}{'':>8}{'':>7}   limit", True
    for name, limit in WINDOW_LIMITS.items():
        if name in figures:
            yield f"  {name:<38}{figures[name]:>8}{'':>7}   {limit}", figures[name] <= limit


# Ten bundles of 5,000 households received one after the other: seconds and MB of the worst, and the last in percent
# of the first; and the most each may be (sync.md).
BUNDLE_LIMITS = {"ten_s_most": 60, "ten_mb_most": 350, "ten_last_percent": 300}


# Figures of a table of 1,000,000 households in milliseconds, and the most each may be: a number, or how many times
# the floor of the same run. A filter or a sort reads every row, so the machine decides how long; a page does not.
TABLE_LIMITS: dict[str, tuple[float, str]] = {
    "search_p50": (150, ""), "search_p95": (3, "filter_floor_p50"), "palette_p95": (100, ""),
    "filter_p50": (3, "filter_floor_p50"), "filter_p95": (4, "filter_floor_p50"), "sort_p50": (3, "sort_floor_p50"),
    "sort_p95": (4, "sort_floor_p50"), "all_p50": (3, "filter_floor_p50"), "standing_p50": (15, "filter_floor_p50"),
    "derived_p50": (3, "sort_floor_p50"), "derived_p95": (4, "sort_floor_p50"),
    "page_p50": (10, ""), "page_p95": (20, ""), "scroll_p50": (17, ""), "scroll_p95": (50, ""), "seek_p50": (100, ""),
    "seek_p95": (150, ""),
}


def table_lines() -> Iterator[tuple[str, bool]]:
    """Yield the figures of a large table beside their limits, and whether each is kept."""
    script = Path(__file__).with_name("bench_tables.py")
    ran = subprocess.run([sys.executable, script], check=True, capture_output=True, text=True)
    figures = json.loads(ran.stdout.splitlines()[-1])
    title = f"{figures['rows']:,.0f} households as a table, ms"
    yield f"{title:<40}{'':>8}{'':>7}   limit (index made in {figures['index_s']} s)", True
    for name, (most, floor) in TABLE_LIMITS.items():
        limit = most * figures[floor] if floor else most
        said = f"{most:.0f} × {figures[floor]:.0f}" if floor else f"{most:.0f}"
        yield f"  {name:<38}{figures[name]:>8}{'':>7}   {said}", figures[name] <= limit


# Foreign files (bench_foreign.py): seconds until the slowest of those that are made to harm is refused, and MB; what
# 50,000 × 60 cells cost in a process apart, in percent of reading them here, and both processes together in MB; the
# milliseconds in which that process starts; the seconds of processor time in which the practice village stands.
FOREIGN_LIMITS = {
    "refused_s_most": 10, "refused_mb_most": 400, "apart_percent": 150, "apart_mb": 700, "apart_start_ms": 1000,
    "village_s": 5,
}


# A block of 2,000 × 60 cells pasted into the preview: milliseconds of the longest stop, and seconds until it can be
# looked at (interface.md: nothing blocks the window longer).
PASTE_LIMITS = {"paste_blocks_most": 100, "paste_s": 10}


# The cheapest works for 500 RTs × 16 criteria, exact and proved, and a budget shared out among them, both as ratios of
# processor time to the bare solver, which is given all at once and whose answer nobody checks (bench_solving.py).
SOLVING_LIMITS = {"solve_times_bare": 4, "budget_times_bare": 1}


# The dashboard of a province over 1,000,000 households in 20,000 RTs: ms when just opened, after one edit, and as
# ratios to plain SQL over the summaries of all RTs and over all households; its reports, a cross table, and scoring all
# RTs under another rule set as ratios to plain SQL over all households (bench_board.py).
BOARD_LIMITS = {
    "board_first_s": 600, "board_cold_ms": 1000, "board_edited_ms": 50, "board_edited_times_sql_of_rts": 15,
    "board_cold_times_sql_of_households": 1, "progress_times_sql": 12, "indicators_times_sql": 20,
    "explained_times_sql": 8, "crossed_times_sql": 10, "scored_anew_times_sql": 90,
}


# The map of a province over 3,259 villages with borders of 200 points each: ms from asking for it until it is painted,
# of a move of the mouse, and as a ratio to painting bare polygons of as many points (bench_map.py).
MAP_LIMITS = {
    "map_kept_s": 60, "map_first_ms": 300, "map_hover_ms": 16, "map_hover_p95_ms": 16, "map_step_ms": 50,
    "map_first_times_floor": 12,
}

# Blank household forms, two sides each (bench_paper.py): seconds of processor time, MB, and ratios to typst alone
# setting as many pages.
PAPER_LIMITS = {
    "paper_first_page_s": 1, "paper_one_form_s": 1, "paper_300_forms_s": 5, "paper_1000_forms_s": 10,
    "paper_1000_forms_mb": 150, "paper_1000_forms_file_mb": 10, "paper_300_forms_times_bare": 15,
    "paper_1000_forms_times_bare": 12,
}

# Reports on paper (bench_paper_reports.py): seconds of processor time of 1,500 rows, of finding and setting the profile
# of a kelurahan of about 40 pages, and as ratios to typst alone setting the same cells and the same words.
REPORT_LIMITS = {
    "report_s": 1.5, "report_times_bare": 2, "profile_found_s": 4, "profile_set_s": 1.5, "profile_times_bare": 12,
}

# A workspace of 50,000 households behind a password against one in clear (bench_safety.py): seconds and milliseconds of
# processor time, and ratios.
SAFETY_LIMITS = {
    "encipher_s": 60, "unlock_s": 1.5, "open_times_plain": 1.2, "draft_p95_ms": 25, "draft_times_plain": 2,
    "save_p95_ms": 25, "save_times_plain": 1.5, "scan_times_plain": 5,
}


def lines_of(script: str, title: str, limits: Mapping[str, float]) -> Iterator[tuple[str, bool]]:
    """Yield the figures that a script beside this one prints beside their limits, and whether each is kept."""
    path = Path(__file__).with_name(script)
    ran = subprocess.run([sys.executable, path], check=True, capture_output=True, text=True)
    figures = json.loads(ran.stdout.splitlines()[-1])
    yield f"{title:<40}{'':>8}{'':>7}   limit", True
    for name, limit in limits.items():
        yield f"  {name:<38}{figures[name]:>8}{'':>7}   {limit}", figures[name] <= limit


def bench() -> Iterator[str]:
    """Yield the table line by line; the last line says whether every limit was kept."""
    kept = True
    with tempfile.TemporaryDirectory(prefix="p2kp-bench-") as name:
        folder = Path(name)
        yield f"{'':<40}{'s':>8}{'MB':>7}   {'floor':<34}{'s':>7}{'MB':>6}{'ratio':>8}{'limit':>7}"
        for title, job, floor_title, floor, limit in TABLE:
            seconds, peak = measure(job, folder)
            least, floor_peak = measure(floor, folder)
            ratio = seconds / least
            kept = kept and ratio <= limit
            yield (
                f"{title:<40}{seconds:>8.2f}{peak:>7.0f}   {floor_title:<34}{least:>7.2f}{floor_peak:>6.0f}"
                f"{ratio:>8.1f}{limit:>7.0f}"
            )
    pasted = lines_of("bench_paste.py", "a block of 2,000 × 60 cells: ms, s", PASTE_LIMITS)
    bundles = lines_of("bench_bundles.py", "ten bundles of 5,000: s, MB, %", BUNDLE_LIMITS)
    foreign = lines_of("bench_foreign.py", "foreign files: s, MB, %, ms", FOREIGN_LIMITS)
    solved = lines_of("bench_solving.py", "cheapest works for 500 RTs: ratios", SOLVING_LIMITS)
    board = lines_of("bench_board.py", "a province: s, ms, ratios", BOARD_LIMITS)
    maps = lines_of("bench_map.py", "map of a province: s, ms, ratios", MAP_LIMITS)
    paper = lines_of("bench_paper.py", "blank forms on paper: s, MB, ratios", PAPER_LIMITS)
    reports = lines_of("bench_paper_reports.py", "reports on paper: s, ratios", REPORT_LIMITS)
    safety = lines_of("bench_safety.py", "behind a password: s, ms, ratios", SAFETY_LIMITS)
    for line, within in (
        *window_lines(), *pasted, *bundles, *foreign, *table_lines(), *solved, *board, *maps, *paper, *reports,
        *safety,
    ):
        kept = kept and within
        yield line
    yield "every limit kept" if kept else "A LIMIT WAS BROKEN"
    if not kept:
        raise SystemExit(1)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        ready()
        started = time.perf_counter()
        globals()[sys.argv[1]](Path(sys.argv[2]))
        print(json.dumps([time.perf_counter() - started, peak_mb()]))
    else:
        for line in bench():
            print(line, flush=True)
