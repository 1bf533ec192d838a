"""The rooms of actions stay rooms: few modules each, each with its subject said, and no class named like another."""

import ast
from collections import Counter
from pathlib import Path

from steps import ROOT

ACTIONS = ROOT / "p2kp_desktop" / "actions"
ROOMS = sorted(path for path in ACTIONS.iterdir() if (path / "__init__.py").exists())
MOST = 14  # modules of a room; about twelve are meant


def modules(room: Path) -> list[Path]:
    return [path for path in sorted(room.glob("*.py")) if path.name != "__init__.py"]


def test_a_room_holds_few_modules():
    assert {room.name: len(modules(room)) for room in ROOMS if len(modules(room)) > MOST} == {}


def test_no_two_public_classes_share_a_name():
    named = Counter(
        node.name for room in ROOMS for path in modules(room)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in named.items() if count > 1] == []
