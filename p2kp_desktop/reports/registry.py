"""What makes a function a report that can be asked for by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from p2kp_desktop.language import say
from p2kp_desktop.schema.table import Scope, Table
from p2kp_desktop.store import Workspace

Makes = TypeVar("Makes", bound=Callable[..., Table[Any]])
Finds = Callable[[Workspace, Scope], Sequence[Any]]
Puts = Callable[[Sequence[Any]], Table[Any]]


class Group(Enum):
    """What reports are about, in the order in which Laporan lists them."""

    FIGURES = "figures"
    MONEY = "money"
    RECORDS = "records"
    COMMUNITY = "community"
    OFFICES = "offices"
    QUALITY = "quality"
    UPKEEP = "upkeep"
    OTHER = "other"

    @property
    def title(self) -> str:
        """Return its name for people."""
        return {
            Group.FIGURES: say("Nilai kumuh dan 100-0-100"), Group.MONEY: say("Kebutuhan, dana, dan kegiatan"),
            Group.RECORDS: say("Data yang dicatat"), Group.COMMUNITY: say("Lembaga dan aturan bersama"),
            Group.OFFICES: say("Kiriman dan pemeriksaan"), Group.QUALITY: say("Mutu data"),
            Group.UPKEEP: say("Perawatan data"), Group.OTHER: say("Lainnya"),
        }[self]


@dataclass(frozen=True)
class Report:
    """A report: what finds its lines in a workspace, what puts lines into columns (none without lines), its group.

    `form` is the form whose records it lists, where it is no more than that.
    """

    find: Finds
    put: Puts
    group: Group = Group.OTHER
    form: str = ""

    @property
    def name(self) -> str:
        """Return its name for scripts."""
        return self.put(()).name

    def make(self, workspace: Workspace, asked: Scope) -> Table[Any]:
        """Return the table of what is asked."""
        return self.put(self.find(workspace, asked))


KEPT: list[Report] = []


def report(find: Finds, group: Group = Group.OTHER) -> Callable[[Makes], Makes]:
    """Let a table be a report of a group, whose lines are found so: for an area, RT and period."""

    def keep(put: Makes) -> Makes:
        @wraps(put)
        def kept(*given: Any, **named: Any) -> Table[Any]:
            return replace(put(*given, **named), put=put)

        KEPT.append(Report(find, kept, group))
        return cast(Makes, kept)

    return keep


class Stated(Protocol):
    """What makes a function a report: of the group of its module, or of another."""

    def __call__(self, find: Finds, other: Group = ..., /) -> Callable[[Makes], Makes]:
        """Let a table be a report whose lines are found so."""


def reports_of(group: Group) -> Stated:
    """Return the decorator that makes functions reports of a group, for a module whose reports are of one."""
    def stated(find: Finds, other: Group = group, /) -> Callable[[Makes], Makes]:
        return report(find, other)

    return stated
