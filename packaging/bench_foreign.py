"""Foreign files: how soon one that is made to harm is refused, and what reading in a process apart costs."""

import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from bench import peak_mb

ROWS, COLUMNS = 50_000, 60

_SPACES = " ".join(
    f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text")
)


def repeating(path: Path) -> None:
    """Write an .ods of some hundred bytes whose one row is said to stand there a million times."""
    cell = '<table:table-cell office:value-type="string"><text:p>RT 001</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell * 3}</table:table-row>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f'<office:document-content {_SPACES}><table:table table:name="S">{row}'
                                        "</table:table></office:document-content>")


def long_text(path: Path) -> None:
    """Write a CSV of 11 MB."""
    path.write_text("RT;Nama KK;Luas\n" + "a;b;c\n" * 1_900_000, encoding="utf-8")


def wide_text(path: Path) -> None:
    """Write a CSV of some kilobytes that one line makes wide."""
    path.write_text("RT;Nama KK;Luas\n" + "a;b;c\n" * 5_000 + ";" * 15_000 + "x\n", encoding="utf-8")


def corners(path: Path) -> None:
    """Write a workbook with a cell far out."""
    _changed(path, "xl/worksheets/sheet1.xml", b"</sheetData>",
             b'<row r="1000001"><c r="X1000001"><v>1</v></c></row></sheetData>')


def promising(path: Path) -> None:
    """Write a workbook whose list of texts promises two thousand millions."""
    _changed(path, "xl/sharedStrings.xml", b'uniqueCount="1"', b'uniqueCount="2147483647"')


def _changed(path: Path, part: str, old: bytes, new: bytes) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Daftar").write("A1", "RT")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content.replace(old, new) if name == part else content)


HARMFUL: tuple[tuple[Callable[[Path], None], str], ...] = (
    (repeating, "ods"), (long_text, "csv"), (wide_text, "csv"), (corners, "xlsx"), (promising, "xlsx"),
)


def table(path: Path) -> None:
    """Write a table as a survey has it."""
    import xlsxwriter

    dice = random.Random(60)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Daftar")
        for row in range(ROWS):
            answers = (dice.choice((dice.choice("abcd"), dice.randint(0, 99), "Leher angsa")) for _ in range(COLUMNS))
            sheet.write_row(row, 0, answers)


def refuse(path: Path) -> None:
    """Read a file that has to be refused."""
    from p2kp_desktop.exchange.tables import read_tables
    from p2kp_desktop.language import Trouble

    try:
        read_tables(path)
    except Trouble:
        return
    raise SystemExit(f"{path.name} was not refused")


def apart(path: Path) -> None:
    """Read the table as the program does."""
    from p2kp_desktop.exchange.tables import read_tables

    if len(read_tables(path)[0].rows) != ROWS:
        raise SystemExit("rows are missing")


def here(path: Path) -> None:
    """Read the table in this process."""
    from p2kp_desktop.exchange.package import TABLES
    from p2kp_desktop.exchange.tables import tables_in

    for each in tables_in(path, TABLES):
        if len(each.rows) != ROWS:
            raise SystemExit("rows are missing")


def start(_path: Path) -> None:
    """Start the process that reads."""
    from p2kp_desktop.exchange import apart as processes
    from p2kp_desktop.exchange.package import TABLES

    with processes.reader(TABLES):
        pass


def village(path: Path) -> None:
    """Make the practice village."""
    from p2kp_desktop.actions.practice import first_start

    first_start.begin_practice("Rina", path.parent).close()


def measured(job: Callable[[Path], None], path: Path) -> tuple[float, float, float]:
    """Run a job in a process of its own; return seconds, seconds of processor time, and MB at the peak."""
    command = [sys.executable, __file__, job.__name__, str(path)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, processor, peak = json.loads(ran.stdout.splitlines()[-1])
    return seconds, processor, peak


def figures() -> dict[str, float]:
    """Return the figures that bench.py sets limits to."""
    with tempfile.TemporaryDirectory(prefix="p2kp-foreign-") as name:
        folder, refused = Path(name), []
        for make, kind in HARMFUL:
            path = folder / f"{make.__name__}.{kind}"
            make(path)
            refused.append(measured(refuse, path))
        big = folder / "besar.xlsx"
        table(big)
        there, mine = measured(apart, big), measured(here, big)
        return {
            "refused_s_most": round(max(seconds for seconds, _, _ in refused), 1),
            "refused_mb_most": round(max(peak for _, _, peak in refused)),
            "apart_percent": round(100 * there[0] / mine[0]), "apart_mb": round(there[2]), "here_mb": round(mine[2]),
            "apart_start_ms": round(1000 * measured(start, big)[0]), "village_s": round(measured(village, big)[1], 1),
        }


if __name__ == "__main__":
    if len(sys.argv) == 3:
        began, used = time.perf_counter(), time.process_time()
        globals()[sys.argv[1]](Path(sys.argv[2]))
        taken = time.perf_counter() - began, time.process_time() - used
        print(json.dumps([*taken, peak_mb()]))
    else:
        print(json.dumps(figures()))
