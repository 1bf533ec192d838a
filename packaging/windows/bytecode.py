"""Write bytecode without the docstrings of modules and functions; run by the interpreter of the program's version.

    python3.13 bytecode.py beside|instead PATH ...    beside the sources, in __pycache__, or instead of them

Nobody on a laptop reads docstrings out of bytecode; they are an eighth of it. Those of classes stay: without one a
dataclass makes its own, at every start. So do those of the command line, which is what --help says. Bytecode bears no
time, only the digest of its source, and names that by its path from the working directory.
"""

import ast
import importlib.util
import marshal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType

_SPOKEN = ("p2kp_desktop", "cli")  # its docstrings are said to people
_UNCHECKED = bytes([1, 0, 0, 0])  # it bears a digest of the source, and nobody compares (PEP 552)
_BARED = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)


def main(words: Sequence[str]) -> int:
    """Write the bytecode of every source under the paths; 1 where one cannot be compiled."""
    place, *paths = words
    broken = 0
    for source in (each for path in paths for each in _sources(Path(path))):
        try:
            content = source.read_bytes()
            code = compiled(content, source.as_posix(), bare=not _is_spoken(source))
        except (SyntaxError, ValueError) as error:
            print(f"{source}: {error}", file=sys.stderr)
            broken = 1
            continue
        beside = Path(importlib.util.cache_from_source(str(source)))
        target = beside if place == "beside" else source.with_suffix(".pyc")
        target.parent.mkdir(exist_ok=True)
        head = importlib.util.MAGIC_NUMBER + _UNCHECKED + importlib.util.source_hash(content)
        target.write_bytes(head + marshal.dumps(code))
    return broken


def compiled(source: bytes, name: str, *, bare: bool) -> CodeType:
    """The code of a module, each line of it where it stood, with or without docstrings that nobody reads."""
    tree = ast.parse(source, name)
    for node in ast.walk(tree) if bare else ():
        if isinstance(node, _BARED) and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            node.body[:1] = [] if node.body[1:] else [ast.copy_location(ast.Pass(), first)]
    code: CodeType = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    return code


def _sources(path: Path) -> Iterator[Path]:
    yield from [path] if path.suffix == ".py" else sorted(path.rglob("*.py"))


def _is_spoken(source: Path) -> bool:
    return any(source.parts[at : at + 2] == _SPOKEN for at in range(len(source.parts) - 1))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
