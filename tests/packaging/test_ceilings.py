import ast
from pathlib import Path

from ceilings import FUNCTION_LINES, MODULE_LINES, too_long
from steps import ROOT


def a_module(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def a_function(lines: int) -> str:
    return "def answer():\n" + "    x = 1\n" * (lines - 1)


def test_what_stays_at_its_ceiling_is_content(tmp_path):
    a_module(tmp_path, "p2kp_desktop/schema/forms.py", a_function(FUNCTION_LINES))
    a_module(tmp_path, "tests/test_forms.py", "\n" * MODULE_LINES)
    assert too_long(tmp_path) == []


def test_a_longer_function_is_named_with_its_line(tmp_path):
    a_module(tmp_path, "packaging/make.py", "import os\n" + a_function(FUNCTION_LINES + 1))
    assert too_long(tmp_path) == ["packaging/make.py:2 answer has 41 lines; 40 are the ceiling"]


def test_a_longer_module_is_named_in_every_folder(tmp_path):
    for name in ("p2kp_desktop/cli.py", "packaging/make.py", "tests/test_cli.py"):
        a_module(tmp_path, name, "\n" * (MODULE_LINES + 1))
    assert len(too_long(tmp_path)) == 3
    assert too_long(tmp_path)[0] == "p2kp_desktop/cli.py has 501 lines; 500 are the ceiling"


def test_a_docstring_says_which_thing_a_function_gives():
    vague = [
        f"{path.name}:{node.lineno}" for folder in ("p2kp_desktop", "packaging")
        for path in (ROOT / folder).rglob("*.py") if "Return what" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (ast.get_docstring(node) or "").startswith("Return what")
    ]
    assert vague == []
