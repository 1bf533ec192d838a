"""Bytecode as it ships: without docstrings that nobody reads, every line where it stood, the same on every machine."""

import importlib.util
import marshal
import traceback

import pytest

from windows import bytecode

SOURCE = '''"""Of the module."""
import dataclasses

@dataclasses.dataclass
class House:
    """Of the class."""
    rooms: int = 1

    def empty(self):
        """Of the method."""

    async def later(self):
        """Of the method."""
        return self.rooms

def breaks():
    """Of the function,
    two lines of it."""
    assert False, "kept"
'''


def ran(*, bare):
    space = {"__name__": "houses"}
    exec(bytecode.compiled(SOURCE.encode(), "houses.py", bare=bare), space)
    return space


def test_docstrings_of_modules_and_functions_are_gone_and_those_of_classes_stay():
    space = ran(bare=True)
    house = space["House"]
    assert (space.get("__doc__"), space["breaks"].__doc__, house.empty.__doc__, house.later.__doc__) == (None,) * 4
    assert house.__doc__ == "Of the class."
    assert house(2).empty() is None


def test_every_line_stands_where_it_stood_and_what_is_asserted_is_asserted():
    with pytest.raises(AssertionError, match="kept") as caught:
        ran(bare=True)["breaks"]()
    assert [frame.lineno for frame in traceback.extract_tb(caught.value.__traceback__)][-1] == 19


def test_what_is_said_to_people_stays():
    assert ran(bare=False)["breaks"].__doc__.startswith("Of the function")


def test_it_lies_beside_ours_and_instead_of_others_and_a_broken_source_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("p2kp_desktop/cli/words.py", "p2kp_desktop/rules.py", "utm/utm.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(SOURCE, encoding="utf-8")
    assert bytecode.main(["beside", "p2kp_desktop"]) == 0
    assert bytecode.main(["instead", "utm"]) == 0
    says = {}
    for name in ("p2kp_desktop/cli/words.py", "p2kp_desktop/rules.py", "utm/utm.py"):
        path = importlib.util.cache_from_source(name) if name.startswith("p2kp") else f"{name}c"
        content = (tmp_path / path).read_bytes()
        assert content[:8] == importlib.util.MAGIC_NUMBER + bytes([1, 0, 0, 0])
        assert content[8:16] == importlib.util.source_hash(SOURCE.encode())
        code = marshal.loads(content[16:])
        says[name] = b"Of the method." in marshal.dumps(code)
        assert code.co_filename == name
    assert [*says.values()] == [True, False, False]
    (tmp_path / "utm" / "broken.py").write_text("def:", encoding="utf-8")
    assert bytecode.main(["instead", "utm"]) == 1
    assert "utm/broken.py" in capsys.readouterr().err
