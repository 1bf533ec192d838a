"""What makes a function a report that can be asked for by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, TypeVar, cast

from p2kp_desktop.schema.table import Scope, Table
from p2kp_desktop.store import Workspace

Makes = TypeVar("Makes", bound=Callable[..., Table[Any]])
Finds = Callable[[Workspace, Scope], Sequence[Any]]
Puts = Callable[[Sequence[Any]], Table[Any]]


@dataclass(frozen=True)
class Report:
    """A report: what finds its lines in a workspace, and what puts lines into columns (none without lines)."""

    find: Finds
    put: Puts

    @property
    def name(self) -> str:
        """Return its name for scripts."""
        return self.put(()).name

    def make(self, workspace: Workspace, asked: Scope) -> Table[Any]:
        """Return the table of what is asked."""
        return self.put(self.find(workspace, asked))


KEPT: list[Report] = []


def report(find: Finds) -> Callable[[Makes], Makes]:
    """Let a table be a report whose lines are found so: `put` as its name says, `find` for an area, RT and period."""

    def keep(put: Makes) -> Makes:
        @wraps(put)
        def kept(*given: Any, **named: Any) -> Table[Any]:
            return replace(put(*given, **named), put=put)

        KEPT.append(Report(find, kept))
        return cast(Makes, kept)

    return keep
