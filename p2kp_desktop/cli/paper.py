"""The command that prints to a PDF, or a letter to a .docx, or names all that can be printed."""

import argparse
from dataclasses import replace
from pathlib import Path

from p2kp_desktop.exchange import aside
from p2kp_desktop.exchange.pdf_pages import count_of
from p2kp_desktop.language import say
from p2kp_desktop.printing import catalogue, making, writing
from p2kp_desktop.printing.pages import characters, offices
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import A4, SHEETS
from p2kp_desktop.schema.table import Scope

from .opening import open_workspace
from .printing import put_out, tell

Arguments = argparse.Namespace


def print_out(arguments: Arguments) -> int:
    """Print forms, records, agreements, lists and reports to a PDF, or name all that can be printed."""
    if arguments.list:
        return _list(as_json=arguments.json)
    if arguments.out is None:
        tell(say("Sebutkan apa yang dicetak dan berkas PDF-nya; `p2kp print --list` menyebut semuanya."))
        return 2
    asked = Asked(
        Scope(arguments.region or "", arguments.rt, arguments.period or ""), records=tuple(arguments.record or ()),
        count=arguments.count, first=arguments.first, residents=arguments.residents, two_up=arguments.two_up,
        sheet=SHEETS.get(arguments.paper or "", A4), names=arguments.names, reason=arguments.reason or "",
        history=arguments.history,
    )
    if arguments.workspace is None:
        made = making.make(None, arguments.what, asked)
        _save(Path(arguments.out), made)
    else:
        with open_workspace(arguments.workspace, "print") as workspace:
            if arguments.paper is None:
                asked = replace(asked, sheet=offices.office(workspace).sheet)
            made = making.make(workspace, arguments.what, asked)
            with making.noted(workspace, made, count_of(made.pdf)):
                _save(Path(arguments.out), made)
    if arguments.json:
        put_out({"path": arguments.out, "pages": count_of(made.pdf), "digest": made.digest})
    else:
        print(arguments.out)
    return 0


def _save(path: Path, made: making.Made) -> None:
    """Write the PDF, or the .docx that the file's ending asks for; a person's file there is kept. Raises Trouble."""
    with aside.kept(path) as former:
        writing.save(made, path)
    if made.unprinted:
        tell(characters.told(made.unprinted))
    if former is not None:
        tell(say("«{name}» sudah ada dan bukan tulisan program ini, atau sudah diubah orang; isinya disimpan sebagai "
                 "«{former}».", name=path.name, former=former.name))


def _list(*, as_json: bool) -> int:
    found = catalogue.described()
    if as_json:
        put_out({"printables": found})
    else:
        width = max((len(str(each["name"])) for each in found), default=0)
        print("\n".join(f"{each['name']:<{width}}  {each['title']}" for each in found))
    return 0
