"""The command that writes a list or a report, or names them all."""

import argparse
from pathlib import Path

from p2kp_desktop.exchange import table_files
from p2kp_desktop.language import say
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import open_workspace

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
    with open_workspace(arguments.file) as workspace:
        table = catalogue.make(workspace, arguments.name, asked)
        document = table_files.as_document(table) if arguments.out == SCREEN else None
        if document is None:
            table_files.write(Path(arguments.out), table)
    if document is not None:
        put_out(document)
    elif arguments.json:
        put_out({"path": arguments.out, "rows": len(table.lines)})
    else:
        print(arguments.out)
    return 0


def _list(*, as_json: bool) -> int:
    found = catalogue.described()
    if as_json:
        put_out({"reports": found})
    else:
        width = max(len(str(each["name"])) for each in found)
        print("\n".join(f"{each['name']:<{width}}  {each['title']}" for each in found))
    return 0
