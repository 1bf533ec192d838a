"""Known weaknesses of the locked packages, from a list kept here: `make.py check` needs no network for it.

The list is what advisories in the format of OSV (ossf.github.io/osv-schema) say of these packages: those of the Python
Packaging Authority (CC-BY 4.0). Whoever has a network makes it anew from a newer export of PyPI's advisories, which
osv.dev gives away as all.zip: `advisories.py all.zip`. Qt, typst and other libraries inside packages have no entries
there; which of their versions ship stands in «Tentang» and in the bill of materials.
"""

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from installation import LOCK

LIST = Path(__file__).with_name("advisories.txt")
_PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Advisory:
    """A weakness of a package: its identity, and the versions that have it, as specifiers of which one is enough."""

    package: str
    identity: str
    versions: tuple[str, ...]

    def touches(self, version: str) -> bool:
        """Say whether a version has it."""
        return any(SpecifierSet(each).contains(version, prereleases=True) for each in self.versions)


@dataclass(frozen=True)
class Known:
    """The list: the day of its newest entry, the packages that were looked up, what was found of them."""

    day: str
    packages: frozenset[str]
    advisories: tuple[Advisory, ...]


def pins(lock: str) -> dict[str, str]:
    """The version of each package in a lock."""
    return dict(_PIN.findall(lock))


def read(text: str) -> Known:
    """A list as `written` writes it."""
    day, packages, *rows = text.splitlines()
    parted = (row.split("  ") for row in rows)
    found = (Advisory(package, identity, tuple(versions.split(" | "))) for package, identity, versions in parted)
    return Known(day.split()[-1], frozenset(packages.split()[2:]), tuple(found))


def written(known: Known) -> str:
    """A list as a file: the day, the packages, and a line for each advisory."""
    rows = [f"{each.package}  {each.identity}  {' | '.join(each.versions)}" for each in known.advisories]
    return "\n".join([f"# newest entry: {known.day}", f"# of: {' '.join(sorted(known.packages))}", *rows]) + "\n"


def objections(locked: Mapping[str, str], known: Known) -> list[str]:
    """A sentence for each weakness that a locked version has, and for each package that nobody looked up."""
    weak = [
        f"{each.package} {locked[each.package]} has {each.identity} ({' | '.join(each.versions)})"
        for each in known.advisories if each.package in locked and each.touches(locked[each.package])
    ]
    unknown = sorted(locked.keys() - known.packages)
    return weak + [f"{name} was not looked up yet: make the list anew" for name in unknown]


def gathered(export: Path, packages: Sequence[str]) -> Known:
    """What an export of OSV says of these packages; raises OSError, KeyError and ValueError for another file."""
    wanted, day = frozenset(packages), ""
    found: list[Advisory] = []
    with zipfile.ZipFile(export) as archive:
        for name in sorted(archive.namelist()):
            entry = json.loads(archive.read(name))
            day = max(day, str(entry["modified"])[:10])
            if not entry.get("withdrawn"):
                found += _of(entry, wanted)
    return Known(day, wanted, tuple(sorted(found, key=lambda each: (each.package, each.identity))))


def _of(entry: Mapping[str, Any], wanted: frozenset[str]) -> Iterator[Advisory]:
    names = [entry["id"], *sorted(entry.get("aliases", ()))]
    identity = next((name for name in names if name.startswith("CVE-")), names[0])
    for affected in entry.get("affected", ()):
        package = canonicalize_name(affected["package"]["name"])
        if package in wanted and affected["package"]["ecosystem"] == "PyPI":
            ranges = [each for each in affected.get("ranges", ()) if each["type"] == "ECOSYSTEM"]
            spans = [span for each in ranges for span in _spans(each["events"])]
            yield Advisory(package, identity, tuple(spans or [f"=={each}" for each in affected["versions"]]))


def _spans(events: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """The specifiers of a range: from each `introduced` to the event that ends it, or to no end."""
    told = [(kind, version) for event in events for kind, version in event.items()]
    for (kind, version), (end, last) in pairwise([*told, ("", "")]):
        if kind == "introduced":
            until = {"fixed": f",<{last}", "last_affected": f",<={last}"}.get(end, "")
            yield f">={version}{until}"


def main(arguments: Sequence[str]) -> int:
    """Look the lock up in the list, or with an export of OSV write the list anew."""
    locked = pins(LOCK.read_text(encoding="utf-8"))
    if arguments:
        LIST.write_text(written(gathered(Path(arguments[0]), [*locked])), encoding="utf-8", newline="\n")
    known = read(LIST.read_text(encoding="utf-8"))
    found = objections(locked, known)
    told = f"None of {len(locked)} locked versions has a weakness on the list of {known.day}."
    print("\n".join(found) or told)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
