"""What the laws ask of a world of workspaces, in memory or in real files."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from p2kp_desktop.schema.causality import Save, Version, covers
from p2kp_desktop.schema.values import Answer

from .account import Dot, Seen

ROLES = ("facilitator", "district", "facilitator", "province", "facilitator", "district")
WORKSPACES = 6
RECORDS = ("r1", "r1", "r1", "r2")  # mostly one, so that its versions meet


@dataclass
class Sent:
    """A bundle on its way; `content` is what the world needs to receive it."""

    sender: int
    redacted: bool
    since: bool  # it leaves out what was acknowledged
    ids: frozenset[str]
    hidden: frozenset[str]
    includes: Mapping[str, int]
    content: Any
    values: Mapping[str, Mapping[str, Answer]]  # what is written in it, record by record
    seen: Seen = field(default_factory=dict)  # the account of its sender, when it was sent


@dataclass
class Arrival:
    """How a receipt ended: the counts, whether something before it is missing, and how to take it back."""

    counts: Counter[str]
    gap: bool
    token: Any
    taken_over: bool = False  # with an edit of its own, which taking it back loses for good


class Refusal(Exception):
    """An act was refused; nothing changed."""


class World(ABC):
    """Workspaces by number, and what people do in them."""

    @abstractmethod
    def open(self, role: str) -> int: ...

    @abstractmethod
    def role(self, at: int) -> str: ...

    @abstractmethod
    def versions(self, at: int) -> Mapping[str, Version]: ...

    @abstractmethod
    def edit(self, at: int, record: str, changes: Mapping[str, Answer]) -> None: ...

    @abstractmethod
    def delete(self, at: int, record: str) -> None: ...

    @abstractmethod
    def verify(self, at: int, record: str) -> bool: ...

    @abstractmethod
    def give_back(self, at: int, record: str) -> None: ...

    @abstractmethod
    def reopen(self, at: int, record: str) -> None: ...

    @abstractmethod
    def settle(self, at: int, record: str, key: str, value: Answer) -> None: ...

    @abstractmethod
    def erase(self, at: int, record: str) -> None: ...

    @abstractmethod
    def send(self, at: int, to: str, *, redacted: bool, full: bool) -> Sent: ...

    @abstractmethod
    def receive(self, at: int, bundle: Sent) -> Arrival: ...

    @abstractmethod
    def accept(self, at: int, bundle: Sent, record: str, key: str, value: Answer) -> Arrival:
        """Receive a bundle in which somebody wrote over one answer, and take that over as an edit."""

    @abstractmethod
    def undo(self, at: int, token: Any) -> None: ...

    @abstractmethod
    def back_up(self, at: int) -> Any: ...

    @abstractmethod
    def restore(self, at: int, backup: Any) -> None: ...

    @abstractmethod
    def clone(self, at: int, *, elsewhere: bool) -> int: ...

    def claims(self, at: int, includes: Mapping[str, int], save: Save) -> bool:  # noqa: ARG002
        """Say whether a bundle of an office claims that a save is known there."""
        return covers(includes, save.dot)

    @abstractmethod
    def set_clock(self, at: int, days: int) -> None: ...

    @abstractmethod
    def known_values(self, at: int) -> set[tuple[str, str, Answer]]: ...

    @abstractmethod
    def told(self, at: int) -> set[tuple[tuple[str, str], Dot]]: ...

    @abstractmethod
    def digest(self, at: int) -> object: ...

    @abstractmethod
    def faults(self, at: int) -> Sequence[str]: ...

    @abstractmethod
    def close(self) -> None: ...
