"""The node of a workspace: whose count may never be used twice.

A copied, restored or moved file must not go on counting as its original does. A registry per user holds
the last token that each node's file was given, where that file lies and how far it has counted; the file
holds the token too. A file that the registry does not confirm, since its token is another, it counted less
far, or the registered file still lies elsewhere, gets a new node before its first edit. So does one that was
last edited on another machine: an image of a disk carries file and registry alike. That is always safe, and
costs one more name.

An imaged disk carries the file, the registry and the installed system's identity, so a machine is known by its cards
and board (hardware.py). A new node costs a name in the vectors; a count used twice costs data.
"""

import datetime
import json
import logging
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from p2kp_desktop import environment, held_files, portable
from p2kp_desktop.language import Trouble

from . import facts, own_keys, turns
from .tables import history
from .workspace import Workspace, is_server

log = logging.getLogger(__name__)

NODE, TOKEN, OWN = "node", "token", "own_nodes"
FORMER = "former_nodes"  # nodes of a damaged file whose records were salvaged: theirs, but not all are here
MACHINE = "machine"  # where the file was last edited
DOUBTED = "doubted_node"  # a node whose counts others were seen to use: the next edit takes a new one
COPY = "copy_elsewhere"  # which backup lies on another disk, and what is in it

EVENTS = "events"  # in the registry: number and hash of the last event noted in a file (audit.py)
PUT_BACK = "put_back"  # in the registry: the count to which somebody put a file back on purpose

RESTORED, COPIED, MOVED = "restored", "copied", "moved"
KEYLESS = "keyless"


def fresh_sign() -> str:
    """Return a node that nobody has."""
    return secrets.token_hex(8)


def fresh() -> dict[str, str]:
    """Return the notes of a new node."""
    node = fresh_sign()
    return {NODE: node, TOKEN: secrets.token_hex(8), OWN: node, MACHINE: environment.machine()}


def enlist(noted: dict[str, str], location: str) -> None:
    """Tell the registry of a workspace that was just made."""
    _enter(noted[NODE], {"now": noted[TOKEN], "file": _whole_path(location)})


@contextmanager
def editing(workspace: Workspace) -> Iterator[sa.Connection]:
    """Give a connection for edits by people here; the first one of a process makes sure of the node."""
    with workspace.changing() as connection:
        if not workspace.claimed:
            own_keys.settle(connection)
        sure = (workspace.claimed or is_server(workspace.name)) and DOUBTED not in facts.everything(connection)
        claimed = None if sure else _claim(connection, workspace.name)
        if claimed and not is_server(workspace.name):
            own_keys.settle(connection)  # under a new node they may be others
        yield connection
        node = claimed[0] if claimed else facts.everything(connection)[NODE]
        last = _last_tick(connection, node)
    workspace.claimed = True
    if not is_server(workspace.name):
        _count(node, last, token=claimed[1] if claimed else "")


def make_sure(workspace: Workspace) -> None:
    """Make sure of the node before others are told what it has: two under one node would be taken for one."""
    if not workspace.claimed:
        with editing(workspace):
            pass


def part(workspace: Workspace) -> None:
    """Give a copy its own node now and not with its first edit; any other file is left as it is."""
    with workspace.asking() as connection:
        found = origin(connection, workspace.name)
    if found is not None and found.kind != KEYLESS:
        make_sure(workspace)


def doubt(connection: sa.Connection) -> None:
    """Note that others use counts of the present node, so that the next edit takes a new one."""
    facts.note(connection, DOUBTED, facts.everything(connection)[NODE])


def adopt(connection: sa.Connection, node: str) -> None:
    """Note that saves under a node were made here."""
    facts.note(connection, OWN, f"{facts.everything(connection)[OWN]} {node}")


def own_nodes(connection: sa.Connection) -> tuple[str, ...]:
    """Return every node under which this workspace ever edited."""
    return tuple(facts.everything(connection)[OWN].split())


def made_here(connection: sa.Connection) -> tuple[str, ...]:
    """Return every node whose saves were made in this workspace, or in the damaged one it was salvaged from."""
    noted = facts.everything(connection)
    return tuple(f"{noted[OWN]} {noted.get(FORMER, '')}".split())


@dataclass(frozen=True)
class Origin:
    """Why a file gets a new node before its next edit; `file` is the other one, where it is known."""

    kind: str  # RESTORED, COPIED, MOVED, or KEYLESS: it lies where it lay, and its own keys are gone
    file: str = ""


def origin(connection: sa.Connection, location: str) -> Origin | None:
    """Say whether the file is a restored backup, a copy, or comes from another machine; None when it is none."""
    if is_server(location):
        return None
    noted = facts.everything(connection)
    entry, path = _entry(noted[NODE]), _whole_path(location)
    if not environment.is_machine(noted.get(MACHINE, "")):
        return Origin(MOVED)
    if own_keys.are_lost(connection):
        return Origin(KEYLESS)
    if not entry or _is_confirmed(noted[TOKEN], entry, path, _last_tick(connection, noted[NODE])):
        return None
    return Origin(RESTORED) if entry.get("file") == path else Origin(COPIED, entry.get("file", ""))


def _goes_on(connection: sa.Connection, noted: Mapping[str, str], entry: dict[str, str], path: str) -> bool:
    """Say whether a file may go on counting under its node."""
    if noted.get(DOUBTED) == noted[NODE] or not environment.is_machine(noted.get(MACHINE, "")):
        return False
    if own_keys.are_anothers(connection):
        return False
    return _is_confirmed(noted[TOKEN], entry, path, _last_tick(connection, noted[NODE]))


def _is_confirmed(token: str, entry: dict[str, str], path: str, last: int) -> bool:
    if last < int(entry.get("last", 0)):
        return False
    if token == entry.get("now"):
        return not _lies_elsewhere(entry.get("file", path), path)
    return token == entry.get("before") and path == entry.get("file")


def _last_tick(connection: sa.Connection, node: str) -> int:
    return connection.scalar(sa.select(sa.func.max(history.c.tick)).where(history.c.node == node)) or 0


def _lies_elsewhere(registered: str, path: str) -> bool:
    """Say whether the registered file is another one than this, which then is its copy."""
    try:
        return path != registered and not Path(path).samefile(registered)
    except OSError:
        return False  # it is gone: this one was moved here


def _claim(connection: sa.Connection, location: str) -> tuple[str, str]:
    """Give the file its next token, and a new node if its present one is not confirmed; return node and token."""
    with turns.turn(_turn()):
        return _claim_in_turn(connection, location)


def _claim_in_turn(connection: sa.Connection, location: str) -> tuple[str, str]:
    noted = facts.everything(connection)
    node, token, path = noted[NODE], noted[TOKEN], _whole_path(location)
    entry = _entry(node)
    if not _goes_on(connection, noted, entry, path):
        entry = {}
        node = fresh_sign()
        facts.note(connection, NODE, node)
        adopt(connection, node)
        facts.forget(connection, DOUBTED)
    following = secrets.token_hex(8)
    kept = {key: entry[key] for key in ("last", EVENTS) if key in entry}
    _enter(node, {"now": following, "before": token, "file": path, **kept})
    facts.note(connection, TOKEN, following)
    if noted.get(MACHINE) != environment.machine():
        facts.note(connection, MACHINE, environment.machine())
    return node, following


@dataclass(frozen=True)
class Counted:
    """How far a node counted as the registry knows it: in which file, when (ISO 8601); where it was put back to."""

    last: int
    file: str
    time: str
    put_back: int | None


def counted(node: str) -> Counted | None:
    """Return how far a node counted on this machine; None where the registry does not know it."""
    entry = _entry(node)
    try:
        when = datetime.datetime.fromtimestamp(_registry(node).stat().st_mtime).astimezone()
    except OSError:
        return None
    put_back = int(entry[PUT_BACK]) if PUT_BACK in entry else None
    return Counted(int(entry.get("last", 0)), entry.get("file", ""), when.isoformat(timespec="seconds"), put_back)


def note_put_back(node: str, last: int) -> None:
    """Note that the file of a node was put back to an earlier count on purpose."""
    entry = _entry(node)
    if entry:
        _enter(node, entry | {PUT_BACK: str(last)})


@dataclass(frozen=True)
class Reached:
    """How far the events of a file reach: the number of the last, and its hash."""

    number: int
    hash: str


def reached(connection: sa.Connection, location: str = "") -> Reached | None:
    """Return how far the registry knows the events of a file to reach; None where it knows nothing of this file.

    Of a copy that lies elsewhere than the registered file nothing is known before it has a node of its own.
    """
    place = location or str(connection.get_execution_options().get("p2kp_location") or "")
    if is_server(place) or not place:
        return None
    entry = _entry(facts.everything(connection)[NODE])
    number, _, told = entry.get(EVENTS, "").partition(" ")
    is_this = entry.get("file") == _whole_path(place)
    return Reached(int(number), told) if is_this and number.isdecimal() and told else None


def reaching(connection: sa.Connection, head: Reached) -> Callable[[], None]:
    """Return the entry that tells the registry how far the events of a file reach now."""
    name = facts.everything(connection)[NODE]
    place = str(connection.get_execution_options().get("p2kp_location") or "")

    def tell() -> None:
        if is_server(place) or not place:
            return
        with turns.turn(_turn()):
            entry = _entry(name)
            if entry.get("file") == _whole_path(place):
                _enter(name, entry | {EVENTS: f"{head.number} {head.hash}"}, flushed=False)

    return tell


def other_file(registered: str, location: str) -> str:
    """Return the registered file where it still lies elsewhere than at a location; "" where it does not."""
    return registered if registered and _lies_elsewhere(registered, _whole_path(location)) else ""


def _count(node: str, last: int, *, token: str) -> None:
    """Note how far a node has counted, and that the token just given is on disk now.

    Another program may have counted further or been given the next token meanwhile: that stands. Losing this note
    in a power cut only makes the registry less strict.
    """
    with turns.turn(_turn()):
        entry = _entry(node)
        counted = {"last": str(max(last, int(entry.get("last", 0))))}
        former = {"before"} if token and entry.get("now") == token else set()
        noted = {key: value for key, value in (entry | counted).items() if key not in former}
        if entry and noted != entry:
            _enter(node, noted, flushed=bool(token))


def _whole_path(location: str) -> str:
    try:
        return str(Path(location).resolve())
    except OSError:  # of a path that Windows finds too long, say
        return str(Path(location).absolute())


def _turn() -> Path:
    return environment.home() / "nodes" / "giliran.lock"


def _registry(node: str) -> Path:
    return environment.home() / "nodes" / f"{node}.json"


def _entry(node: str) -> dict[str, str]:
    try:
        entry = dict(json.loads(_registry(node).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
    return entry | ({"file": portable.found(entry["file"])} if "file" in entry else {})


def _enter(node: str, entry: dict[str, str], *, flushed: bool = True) -> None:
    """Write an entry whole or not at all; without a registry every process gets a new node, which is safe."""
    path = _registry(node)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        noted = entry | ({"file": portable.kept(entry["file"])} if "file" in entry else {})
        with part.open("w", encoding="utf-8") as file:
            json.dump(noted, file)
            file.flush()
            if flushed:
                os.fsync(file.fileno())
        held_files.put(part, path)
    except (OSError, Trouble):
        _warn()


@cache
def _warn() -> None:
    """Say it once: every save would say it three times."""
    log.warning("the registry of nodes cannot be written")
