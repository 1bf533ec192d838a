"""The command that writes a list or a report, or names them all."""

import argparse
from pathlib import Path
from typing import Any

from p2kp_desktop.actions.common import events
from p2kp_desktop.exchange import aside, table_files
from p2kp_desktop.language import say
from p2kp_desktop.printing.writing import PAPER, save_table
from p2kp_desktop.reports import catalogue, saving
from p2kp_desktop.schema.table import Scope, Table
from p2kp_desktop.store import Workspace

from .beyond import beyond
from .opening import open_workspace
from .printing import put_out, tell

Arguments = argparse.Namespace

SCREEN = "-"


def report(arguments: Arguments) -> int:
    """Write a list or a report to a file, to the screen as JSON for "-", or name them all."""
    if arguments.list:
        return _list(as_json=arguments.json)
    if arguments.out is None:
        tell(say("Sebutkan laporan, ruang kerja dan berkas hasilnya; `p2kp report --list` menyebut laporan yang ada."))
        return 2
    asked = Scope(arguments.region or "", arguments.rt, arguments.period or "")
    with open_workspace(arguments.file, "report") as workspace:
        table = catalogue.make(workspace, arguments.name, asked, participants=arguments.participants)
        table = saving.holding(table, arguments.where or ())
        of_any_year = catalogue.reports()[arguments.name].put(()).every_period  # an activity may have a year of its own
        for unknown in beyond(workspace, asked, of_any_year=of_any_year):
            tell(unknown)
        path = Path(arguments.out)
        document = _on_screen(workspace, table) if arguments.out == SCREEN else {
            "path": arguments.out, "rows": len(table.lines), "kept": _write(workspace, path, table)}
    if arguments.json or arguments.out == SCREEN:
        put_out(document)
    else:
        print(arguments.out)
    return 0


def _on_screen(workspace: Workspace, table: Table[Any]) -> dict[str, object]:
    with saving.leaving(workspace, events.EXPORTED, table, SCREEN):
        return table_files.as_document(table)


def _write(workspace: Workspace, path: Path, table: Table[Any]) -> str | None:
    """Write a table to a file, and say what became of the file that stood there; return where that is kept now."""
    on_paper = path.suffix.lower() == PAPER
    if not on_paper:
        table_files.must_be_known(path)
    replaced = path.exists()
    with aside.kept(path) as former:
        if on_paper:
            save_table(workspace, table, path)
        else:
            saving.write(workspace, table, path)
    if former is not None:
        tell(say("«{name}» sudah ada dan bukan tulisan program ini, atau sudah diubah orang; isinya disimpan sebagai "
                 "«{former}».", name=path.name, former=former.name))
    elif replaced:
        tell(say("Laporan yang lama di «{name}» diganti.", name=path.name))
    return None if former is None else str(former)


def _list(*, as_json: bool) -> int:
    found = catalogue.described()
    if as_json:
        put_out({"reports": found})
    else:
        width = max(len(str(each["name"])) for each in found)
        print("\n".join(f"{each['name']:<{width}}  {each['title']}" for each in found))
    return 0
