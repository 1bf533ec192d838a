"""The command that receives bundles, or shows what receiving them would do."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from p2kp_desktop.actions.bundles import arrivals, receiving, senders
from p2kp_desktop.actions.bundles.arrivals import Rehearsed
from p2kp_desktop.actions.bundles.receipt_outcome import Received
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.scripts import script_shapes
from p2kp_desktop.language import say
from p2kp_desktop.store import Workspace

from .opening import open_workspace
from .passwords import password_of
from .printing import put_out, tell

Arguments = argparse.Namespace


def receive(arguments: Arguments) -> int:
    """Read bundles, and those in folders, each in a transaction of its own after one backup."""
    if arguments.accept_edited and not (arguments.reason or "").strip():
        tell(say("--accept-edited membutuhkan --reason."))
        return 2
    accept = arguments.reason if arguments.accept_edited else ""
    files, password = list(_files(arguments.bundle)), password_of(arguments)
    with open_workspace(arguments.file, "receive") as workspace:
        if arguments.rehearse:
            return _rehearse(workspace, files, password, accept, as_json=arguments.json)
        if any(file.is_file() for file in files):
            backups.if_changed(workspace)
        received = [receiving.receive(workspace, file, password=password, accept=accept) for file in files]
        received = senders.in_the_end_of_all(workspace, received)
    _tell(received)
    if arguments.json:
        put_out({"bundles": [script_shapes.outcome(one) for one in received]})
    else:
        print("\n".join(f"{one.file}: {script_shapes.equation(one)}" for one in received))
    return 1 if any(one.trouble for one in received) else 0


def _files(named: Iterable[str]) -> Iterator[Path]:
    """Yield the files as they were named, and in the place of a folder the workbooks in it, if it has any."""
    for name in named:
        path = Path(name)
        inside = arrivals.bundles_in([path]) if path.is_dir() else [path]
        if not inside:
            tell(say("Di folder {folder} tidak ada berkas .xlsx atau .segel.", folder=path))
        yield from inside


def _rehearse(workspace: Workspace, files: list[Path], password: str, accept: str, *, as_json: bool) -> int:
    recognised = [arrivals.recognise(workspace, file, password) for file in files]
    passwords = dict.fromkeys(files, password)
    rehearsed = arrivals.rehearse_files(workspace, recognised, passwords=passwords, accept=dict.fromkeys(files, accept))
    received = [each.received or Received(str(each.file.path), trouble=each.trouble) for each in rehearsed.outcomes]
    _tell(received)
    if as_json:
        totals = [script_shapes.movement(each) for each in rehearsed.movements]
        put_out({"bundles": [script_shapes.rehearsal(one) for one in received], "totals": totals})
    else:
        print("\n".join(_in_words(received, rehearsed)))
    return 1 if any(one.trouble for one in received) else 0


def _in_words(received: Iterable[Received], rehearsed: Rehearsed) -> Iterator[str]:
    """Yield what receiving would change, file by file, then the totals per RT."""
    for one in received:
        yield f"{one.file}: {script_shapes.equation(one)}"
        for change in one.changes:
            yield "  " + script_shapes.change_line(change)
        for change in one.conflicts:
            yield "  " + say("konflik: {change}", change=script_shapes.change_line(change))
        for pair in one.duplicates:
            yield "  " + pair.sentence()
    for movement in rehearsed.movements:
        yield script_shapes.movement_line(movement)
    yield say("Gladi: tidak ada yang ditulis.")


def _tell(received: Iterable[Received]) -> None:
    """Say beside the data what a person should know of each file, and why it was refused."""
    for one in received:
        for line in [*one.notes, *([one.error] if one.error else [])]:
            tell(f"{one.file}: {line}")
