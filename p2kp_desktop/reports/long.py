"""Tables whose lines stay in the database: a list holds their keys, and fetches lines while it is painted or written.

Identity numbers have their middle hidden unless they are asked for in full, which is logged.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, overload

from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.schema.table import Kind, Table
from p2kp_desktop.store import Workspace

log = logging.getLogger(__name__)

Key = TypeVar("Key")
Line = TypeVar("Line")
Fetch = Callable[[Workspace, Sequence[Key]], Mapping[Key, Line]]

AT_ONCE = 500


class Fetched(Sequence[Line], Generic[Key, Line]):
    """Lines by their keys, some hundreds at a time; those gone meanwhile are left out when they are walked through."""

    def __init__(
        self, workspace: Workspace, keys: Sequence[Key], fetch: Fetch[Key, Line], report: Report | None = None
    ) -> None:
        self._workspace, self._keys, self._fetch, self._report = workspace, keys, fetch, report

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Line]:
        for start in range(0, len(self._keys), AT_ONCE):
            if self._report is not None:
                self._report(start, len(self._keys))
            yield from self._of(self._keys[start : start + AT_ONCE])

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):
            return list(self._of(self._keys[at]))
        return next(self._of([self._keys[at]]))

    def _of(self, some: Sequence[Key]) -> Iterator[Line]:
        part = list(some)
        found = self._fetch(self._workspace, part)
        return (found[key] for key in part if key in found)


class Puts(Protocol[Line]):
    """What puts lines into columns, with identity numbers in full or masked."""

    def __call__(self, lines: Sequence[Line] = (), *, full: bool = False) -> Table[Line]:
        """Return the table of these lines."""


@dataclass(frozen=True)
class LongTable(Generic[Key, Line]):
    """What puts lines into columns, and what fetches some of them by their keys."""

    put: Puts[Line]
    fetch: Fetch[Key, Line]

    def of(
        self, workspace: Workspace, keys: Sequence[Key], *, full: bool = False, report: Report | None = None
    ) -> Table[Line]:
        """Return the table of some lines, which are fetched as they are written or copied."""
        table = self.put(Fetched(workspace, keys, self.fetch, report), full=full)
        if full and any(column.kind is Kind.IDENTITY for column in table.columns):
            log.info("identity numbers of %d lines of %s put out in full", len(keys), table.name)
        return table
