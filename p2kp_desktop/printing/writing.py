"""Writes what is set to a file: the PDF appears only when it is whole."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from p2kp_desktop.exchange.pdf_pages import count_of
from p2kp_desktop.exchange.writing import appearing
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import saving
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Table
from p2kp_desktop.store import Workspace

from . import making, word
from .figures.tables import of_table
from .making import Made
from .pages import offices
from .pages.document import Asked
from .pages.paper import Sheet

PAPER = ".pdf"


def save(made: Made, path: Path) -> None:
    """Write a document that is set: as .docx where the name ends so, else as PDF. Raises Trouble."""
    content = word.as_docx(made) if path.suffix.casefold() == word.ENDING else made.pdf
    with appearing(path) as draft:
        draft.write_bytes(content)


def save_table(workspace: Workspace, table: Table[Any], path: Path, sheet: Sheet | None = None) -> None:
    """Set a table that knows its source, and write it; on the sheet of the office, or another. Raises Trouble.

    It is noted that it left the workspace; one that takes no notes gives it all the same, for nobody is named in it.
    """
    workspace.must(Deed.EXPORT)
    on = sheet or offices.office(workspace).sheet
    made = making.set_out(workspace, table.name, Asked(table.scope, sheet=on), of_table(table, on))
    try:
        noted = making.note(workspace, made, count_of(made.pdf))
    except Trouble:
        noted = ""
    try:
        save(made, path)
    except BaseException:
        if noted:
            making.amend(workspace, noted, 0)
        raise


def save_list(workspace: Workspace, table: Table[Any], path: Path) -> int:
    """Write a list as shown to a file, with its source as of now; return how many lines it has. Raises Trouble."""
    if path.suffix.lower() != PAPER:
        return saving.save(workspace, table, path)
    whole = replace(table, scope=saving.understood(workspace, table.scope))
    save_table(workspace, saving.sourced(workspace, whole), path)
    return len(table.lines)
