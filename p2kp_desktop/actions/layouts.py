"""Which layout a file has, and so how it comes in: the official RT workbook, or a table of one form."""

from collections.abc import Mapping
from pathlib import Path

from p2kp_desktop.exchange.official import reading
from p2kp_desktop.exchange.tables import read_workbook
from p2kp_desktop.schema import Form
from p2kp_desktop.store import Workspace

from . import importing, official
from .importing import Plan
from .tabular import Address


def plans(
    workspace: Workspace, form: type[Form], path: Path, address: Address, answers: Mapping[str, str]
) -> list[Plan]:
    """Return what importing a file would do, a plan for each form in it; raise Trouble."""
    book = reading.recognise(read_workbook(path))
    if book is not None:
        return official.plans(workspace, book, address, answers)
    return [importing.plan_file(workspace, form, path, address)]
