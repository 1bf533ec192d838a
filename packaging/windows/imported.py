"""What all bytecode of a package imports: run by an interpreter of the package's version, `imported.py PROGRAM`.

Prints one JSON object: the names that each module imports, wherever in it, those of lib and of the standard library.
"""

import dis
import json
import marshal
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import CodeType

_HEAD = 16  # bytes before the code


def main(program: Path) -> None:
    """Read, print."""
    print(json.dumps({name: sorted(imported(code, name, is_package)) for name, is_package, code in modules(program)}))


def modules(program: Path) -> Iterator[tuple[str, bool, CodeType]]:
    """Every module with its name and whether it is a package."""
    for path in sorted((program / "lib").rglob("*.pyc")):
        yield _read(PurePosixPath(path.relative_to(program / "lib")), path.read_bytes())
    with zipfile.ZipFile(program / "python" / "python313.zip") as library:
        for name in library.namelist():
            if name.endswith(".pyc"):
                yield _read(PurePosixPath(name), library.read(name))


def _read(path: PurePosixPath, content: bytes) -> tuple[str, bool, CodeType]:
    parts = [part for part in path.parts if part != "__pycache__"]
    parts[-1] = parts[-1].split(".")[0]
    is_package = parts[-1] == "__init__"
    return ".".join(parts[:-1] if is_package else parts), is_package, marshal.loads(content[_HEAD:])


def imported(code: CodeType, module: str, is_package: bool) -> set[str]:
    """The names that a module imports, and those that it takes out of them, which may be modules too."""
    found, waiting = set(), [code]
    while waiting:
        each = waiting.pop()
        waiting += [part for part in each.co_consts if isinstance(part, CodeType)]
        steps = list(dis.get_instructions(each))
        for at, step in enumerate(steps):
            if step.opname == "IMPORT_NAME":
                level, taken = steps[at - 2].argval, steps[at - 1].argval
                name = _whole(step.argval, level, module, is_package)
                found |= {name, *(f"{name}.{part}" for part in taken or ())}
    return found


def _whole(name: str, level: int, module: str, is_package: bool) -> str:
    """The whole name of what is imported, from so many packages above."""
    if not level:
        return name
    above = module.split(".") if is_package else module.split(".")[:-1]
    return ".".join([*above[:len(above) - level + 1], *([name] if name else [])])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
