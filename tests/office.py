"""Files as LibreOffice makes them, and small .ods files made by hand, for machines on which it is not installed."""

import atexit
import shutil
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c" xmlns:draw="d">
<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"""


def office() -> str:
    """Return the command that starts LibreOffice; skip the test where there is none."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed here")
    return found


@cache
def profile() -> Path:
    """Return the folder in which LibreOffice keeps its settings: its first start makes it, which takes the longest."""
    folder = Path(tempfile.mkdtemp(prefix="p2kp-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def started(*arguments: str) -> None:
    """Run LibreOffice without a window until it has done what these ask of it."""
    subprocess.run(
        [office(), f"-env:UserInstallation={profile().as_uri()}", "--headless", *arguments],
        check=True, capture_output=True, timeout=300,
    )


def converted(folder: Path, kind: str, *paths: Path) -> list[Path]:
    """Open files in LibreOffice and save each as another kind, into a folder."""
    started("--convert-to", kind, "--outdir", str(folder), *map(str, paths))
    return [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]


def ods(path: Path, rows: str, *, title: str = "Rumah", parts: dict[str, bytes] | None = None, body: str = "") -> Path:
    """Write an .ods of one sheet with these rows, as XML; `parts` are added to the package, or stand in for others."""
    content = _CONTENT.format(body or f'<table:table table:name="{title}">{rows}</table:table>').encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in {"mimetype": SPREADSHEET.encode(), "content.xml": content, **(parts or {})}.items():
            package.writestr(name, part)
    return path


def row(*cells: str, attributes: str = "") -> str:
    """Return a row of cells; what is no XML yet is a text."""
    made = (each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row {attributes}>{''.join(made)}</table:table-row>"


def cell(text: str = "", *, kind: str = "string", value: str = "", attributes: str = "") -> str:
    """Return a cell that shows a text and holds a value."""
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    held = f'office:{name}="{value}"' if value else ""
    typed = f'office:value-type="{kind}"' if kind else ""
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {typed} {held} {attributes}>{shown}</table:table-cell>"
