"""How quick reports are set on paper: 1,500 rows, and the profile of a kelurahan of about 40 pages.

Prints one line of JSON: seconds of processor time, pages, and ratios to bare typst, which sets the same cells as one
plain table, and the same words as plain paragraphs, in the same fonts.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import bench

ROWS = 1500
RTS = 24  # of the kelurahan: 20 have pages of their own
_TABLE = """#set page(width: 297mm, height: 210mm, margin: 15mm)
#set text(font: "Noto Sans", size: 8pt)
#let d = json("data.json")
#table(columns: (1fr,) * d.columns, ..d.rows.flatten())"""
_WORDS = """#set page(paper: "a4", margin: 15mm)
#set text(font: "Noto Sans", size: 8pt)
#for page in json("data.json").pages { page.map(par).join(); pagebreak(weak: true) }"""


def _timed(job: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of processor time that a job takes, and what it gives; once, for typst remembers a page."""
    started = time.process_time()
    found = job()
    return time.process_time() - started, found


def _bare(folder: Path, source: str, data: object) -> float:
    """Return the seconds that typst alone takes for a source and what it reads, in the shipped fonts."""
    import typst

    from p2kp_desktop import environment

    (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
    (folder / "bare.typ").write_text(source, encoding="utf-8")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False,
                        font_paths=[(environment.resources() / "fonts").as_posix()])
    path = (folder / "bare.typ").as_posix()
    return _timed(lambda: typst.Compiler(path, root=folder.as_posix(), font_paths=fonts).compile(format="pdf"))[0]


def _fill(path: Path) -> None:
    from p2kp_desktop.actions.common import workspaces
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.forms.household import Household

    with workspaces.init(path, role="facilitator", name="Tim Ilir", regions=[bench.KELURAHAN]) as workspace:
        given = [{**each, "region": bench.KELURAHAN, "rt": f"{number % RTS + 1:03}/001", "period": "2026"}
                 for number, each in enumerate(bench.households()[:ROWS])]
        recording.record_all(workspace, Household, list(enumerate(given)), origin="bench")


def measure(folder: Path) -> dict[str, float]:
    """Return the figures."""
    from p2kp_desktop.exchange.pdf_pages import opened
    from p2kp_desktop.printing import catalogue as printables
    from p2kp_desktop.printing import making
    from p2kp_desktop.printing.figures import tables
    from p2kp_desktop.printing.pages.document import Asked
    from p2kp_desktop.reports import catalogue
    from p2kp_desktop.schema.table import Scope
    from p2kp_desktop.store import open_workspace

    path = folder / "laporan.p2kp"
    _fill(path)
    with open_workspace(path) as workspace:
        scope = Scope(period="2026")
        found = catalogue.make(workspace, "houses", scope)
        table = replace(found, lines=list(found.lines))
        asked = Asked(scope)
        report, _made = _timed(lambda: making.set_out(workspace, "houses", asked, tables.of_table(table)))
        found_out, document = _timed(lambda: printables.named("profile")[0].make(workspace, asked))
        profile, made = _timed(lambda: making.set_out(workspace, "profile", asked, document))
        _columns, rows, _same = tables.shown(table)
    words = [page.extract_text().splitlines() for page in opened(made.pdf).pages]
    bare_table = _bare(folder, _TABLE, {"columns": len(rows[0]), "rows": rows})
    bare_words = _bare(folder, _WORDS, {"pages": words})
    return {
        "report_s": round(report, 2), "report_times_bare": round(report / bare_table, 1),
        "profile_found_s": round(found_out, 2), "profile_set_s": round(profile, 2), "profile_pages": len(words),
        "profile_times_bare": round(profile / bare_words, 1),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="p2kp-bench-paper-") as name:
        os.environ["P2KP_HOME"] = str(Path(name) / "home")
        sys.path.insert(0, str(Path(__file__).parents[1]))
        print(json.dumps(measure(Path(name))))
