"""Sets a template and its data as PDF with typst, with the fonts that ship and no others.

The data name people: they are handed to typst in memory and lie on no disk. What lies there for a moment names nobody:
templates, a logo, the empty form on which is stamped.
"""

import datetime
import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p2kp_desktop import environment

if TYPE_CHECKING:
    import typst

_DATA = "data"  # what the templates call it: `sys.inputs.data`


def typeset(
    template: str, data: Mapping[str, object], files: Mapping[str, bytes] | None = None, *, kept: bool = False,
    moment: str = "",
) -> bytes:
    """Return the PDF of a template of resources/paper and what it reads; `files` lie beside it by their names.

    `moment` (ISO 8601, UTC) is when it was made, so that the same data give the same bytes; now where it is not said.
    Every PDF has tags; with `kept` it is PDF/A-2a as well. Raises typst.TypstError for a template that cannot be set: a
    fault of the program.
    """
    return with_marks(template, data, "", files, kept=kept, moment=moment)[0]


def with_marks(
    template: str, data: Mapping[str, object], label: str, files: Mapping[str, bytes] | None = None, *,
    kept: bool = False, moment: str = "",
) -> tuple[bytes, object]:
    """Return the same with the marks of this label that the template sets: where its boxes stand, say.

    So no layout is said twice; and it is laid out once for both. No label, no marks: None.
    """
    made = datetime.datetime.fromisoformat(moment or environment.now()).astimezone(datetime.UTC)
    with environment.bench() as folder:
        _lay_out(folder, files or {})
        compiler = _compiler(folder, f"{template}.typ", {**data, "made": [made.year, made.month, made.day]})
        standards: list[Any] = ["a-2a"] if kept else []  # typst knows more of them than its types say
        pdf = compiler.compile(format="pdf", pdf_standards=standards)
        found = json.loads(compiler.query(f"<{label}>", field="value")) if label else None
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template}: typst returned {type(pdf).__name__}")
    return pdf, found


def _lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the templates and the files where typst may read: it reads nothing outside its folder."""
    for each in (environment.resources() / "paper").glob("*.typ"):
        shutil.copyfile(each, folder / each.name)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _compiler(folder: Path, template: str, data: Mapping[str, object]) -> "typst.Compiler":
    import typst

    root = folder.as_posix()  # typst on Windows wants forward slashes
    told = {_DATA: json.dumps(data, ensure_ascii=False)}
    return typst.Compiler(f"{root}/{template}", root=root, font_paths=_fonts(), sys_inputs=told)


@cache
def _fonts() -> "typst.Fonts":
    """The shipped fonts: looking through those of a system takes up to 50 seconds, and each has others."""
    import typst

    place = (environment.resources() / "fonts").as_posix()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[place])
