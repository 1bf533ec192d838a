"""Sets a template and its data as PDF with typst, with the fonts that ship and no others."""

import datetime
import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from p2kp_desktop import environment

if TYPE_CHECKING:
    import typst

DATA = "data.json"


def typeset(
    template: str, data: Mapping[str, object], files: Mapping[str, bytes] | None = None, *, kept: bool = False,
    moment: str = "",
) -> bytes:
    """Return the PDF of a template of resources/paper and what it reads; `files` lie beside it by their names.

    `moment` (ISO 8601, UTC) is when it was made, so that the same data give the same bytes; now where it is not said.
    With `kept` it is PDF/A-2a with tags; without, tags are left out, which make forms 4.5 times as large. Raises
    typst.TypstError for a template that cannot be set: a fault of the program.
    """
    made = datetime.datetime.fromisoformat(moment or environment.now()).astimezone(datetime.UTC)
    with environment.bench() as folder:
        _lay_out(folder, {**data, "made": [made.year, made.month, made.day]}, files or {})
        pdf = _compiler(folder, f"{template}.typ").compile(
            format="pdf", pdf_standards=["a-2a"] if kept else [], pdf_tags=kept, timestamp=made,
        )
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template}: typst returned {type(pdf).__name__}")
    return pdf


def marks(template: str, data: Mapping[str, object], label: str, files: Mapping[str, bytes] | None = None) -> object:
    """Read the marks of this label that a template sets: where its boxes stand, say, so that no layout is twice."""
    with environment.bench() as folder:
        _lay_out(folder, {**data, "made": None}, files or {})
        return json.loads(_compiler(folder, f"{template}.typ").query(f"<{label}>", field="value"))


def _lay_out(folder: Path, data: Mapping[str, object], files: Mapping[str, bytes]) -> None:
    """Put the templates, the data and the files where typst may read: it reads nothing outside its folder."""
    for each in (environment.resources() / "paper").glob("*.typ"):
        shutil.copyfile(each, folder / each.name)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / DATA).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _compiler(folder: Path, template: str) -> "typst.Compiler":
    import typst

    root = folder.as_posix()  # typst on Windows wants forward slashes
    return typst.Compiler(f"{root}/{template}", root=root, font_paths=_fonts())


@cache
def _fonts() -> "typst.Fonts":
    """The shipped fonts: looking through those of a system takes up to 50 seconds, and each has others."""
    import typst

    place = (environment.resources() / "fonts").as_posix()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[place])
