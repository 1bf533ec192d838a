"""The tests keep a house too: what several of them need lies in a module of its own, named for its subject."""

import ast
from pathlib import Path

import pytest

from p2kp_desktop.store import search
from tests.conftest import DEEP

HERE = Path(__file__).parent


def test_no_test_module_imports_another():
    found = []
    for path in sorted(HERE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = (node.module or "").split(".") if isinstance(node, ast.ImportFrom) else []
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if any(part.startswith("test_") for name in [*parts, *names] for part in name.split(".")):
                found.append(f"{path.relative_to(HERE)}:{node.lineno}")
    assert found == []


@pytest.mark.skipif(DEEP, reason="the deep run lays out every workspace")
def test_only_the_first_workspace_is_laid_out_and_the_others_are_copies(make_workspace, monkeypatch):
    make_workspace("Siti")
    monkeypatch.setattr(search, "make", None)
    make_workspace("Budi")
