"""Writes what is set to a file: the PDF appears only when it is whole."""

from pathlib import Path
from typing import Any

from p2kp_desktop.exchange.writing import appearing
from p2kp_desktop.schema.table import Table
from p2kp_desktop.store import Workspace

from . import making
from .document import Asked
from .making import Made
from .paper import A4, Sheet
from .tables import of_table

PAPER = ".pdf"


def save(made: Made, path: Path) -> None:
    """Write a document that is set. Raises Trouble."""
    with appearing(path) as draft:
        draft.write_bytes(made.pdf)


def save_table(workspace: Workspace, table: Table[Any], path: Path, sheet: Sheet = A4) -> None:
    """Set a table that knows its source, and write it. Raises Trouble."""
    save(making.set_out(workspace, table.name, Asked(table.scope, sheet=sheet), of_table(table)), path)
