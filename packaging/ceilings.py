"""The ceilings of the house style: how long a module and a function may grow."""

import ast
from collections.abc import Iterator
from pathlib import Path

CHECKED = ("p2kp_desktop", "packaging", "tests")
MODULE_LINES = 500
FUNCTION_LINES = 40


def too_long(root: Path) -> list[str]:
    """One sentence for each module and function under root that is over its ceiling, file by file."""
    return [
        sentence
        for folder in CHECKED
        for path in sorted((root / folder).rglob("*.py"))
        for sentence in _in_module(path, path.relative_to(root).as_posix())
    ]


def _in_module(path: Path, name: str) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    if lines > MODULE_LINES:
        yield f"{name} has {lines} lines; {MODULE_LINES} are the ceiling"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{name}:{node.lineno} {node.name} has {length} lines; {FUNCTION_LINES} are the ceiling"
