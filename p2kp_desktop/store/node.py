"""The node of a workspace: whose count may never be used twice.

A copied, restored or moved file must not go on counting as its original does. A registry per user holds
the last token that each node's file was given; the file holds it too. A file whose token the registry
does not confirm gets a new node before its first edit. That is always safe, and costs one more name.
"""

import json
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from p2kp_desktop import environment

from . import facts
from .opening import Workspace, is_server

log = logging.getLogger(__name__)

NODE, TOKEN, OWN = "node", "token", "own_nodes"


def fresh() -> dict[str, str]:
    """Return the notes of a new node."""
    node = secrets.token_hex(8)
    return {NODE: node, TOKEN: secrets.token_hex(8), OWN: node}


def enlist(noted: dict[str, str], location: str) -> None:
    """Tell the registry of a workspace that was just made."""
    _enter(noted[NODE], {"now": noted[TOKEN], "file": _whole_path(location)})


@contextmanager
def editing(workspace: Workspace) -> Iterator[sa.Connection]:
    """Give a connection for edits by people here; the first one of a process makes sure of the node."""
    with workspace.changing() as connection:
        claimed = None if workspace.claimed or is_server(workspace.name) else _claim(connection, workspace.name)
        yield connection
    if claimed:
        _enter(*claimed)
    workspace.claimed = True


def own_nodes(connection: sa.Connection) -> tuple[str, ...]:
    """Return every node under which this workspace ever edited."""
    return tuple(facts.everything(connection)[OWN].split())


def _claim(connection: sa.Connection, location: str) -> tuple[str, dict[str, str]]:
    """Give the file its next token, and a new node if its present one is not confirmed."""
    noted = facts.everything(connection)
    node, token, path = noted[NODE], noted[TOKEN], _whole_path(location)
    entry = _entry(node)
    confirmed = token == entry.get("now") or (token == entry.get("before") and path == entry.get("file"))
    if not confirmed:
        node = secrets.token_hex(8)
        facts.note(connection, NODE, node)
        facts.note(connection, OWN, f"{noted[OWN]} {node}")
    following = secrets.token_hex(8)
    _enter(node, {"now": following, "before": token, "file": path})
    facts.note(connection, TOKEN, following)
    return node, {"now": following, "file": path}


def _whole_path(location: str) -> str:
    return str(Path(location).resolve())


def _registry(node: str) -> Path:
    return environment.home() / "nodes" / f"{node}.json"


def _entry(node: str) -> dict[str, str]:
    try:
        return dict(json.loads(_registry(node).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _enter(node: str, entry: dict[str, str]) -> None:
    """Write an entry whole or not at all; without a registry every process gets a new node, which is safe."""
    path = _registry(node)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            json.dump(entry, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        log.warning("the registry of nodes cannot be written")
