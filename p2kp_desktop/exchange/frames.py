"""How values travel from the process that reads foreign files to the program: as JSON, length before content.

JSON and not pickle, since what travels was made of a file that nobody trusts: reading JSON cannot run anything.
Only what a cell can hold is known here; another kind of value is a mistake of ours and raises TypeError.
"""

import datetime
import json
import struct
from collections.abc import Callable
from decimal import Decimal
from typing import IO, NamedTuple

from .workbook import Broken

VALUE, END, TROUBLE, BROKE = range(4)  # what a frame brings: a value, the end of its stream, a fault, a crash
MOST = 1 << 30  # bytes of one frame; more is none of ours

_HEAD = struct.Struct(">IIIB")  # length, number of the stream, which piece of it, kind
_KINDS: tuple[tuple[str, type, Callable[[object], object], Callable[..., object]], ...] = (
    ("broken", Broken, lambda value: value.error, Broken),  # type: ignore[attr-defined]
    ("moment", datetime.datetime, str, datetime.datetime.fromisoformat),
    ("day", datetime.date, str, datetime.date.fromisoformat),
    ("hour", datetime.time, str, datetime.time.fromisoformat),
    ("span", datetime.timedelta,
     lambda value: (value.days, value.seconds, value.microseconds),  # type: ignore[attr-defined]
     lambda parts: datetime.timedelta(*parts)),
    ("number", Decimal, str, Decimal),
)
_MAKE = {name: make for name, _, _, make in _KINDS}


class Frame(NamedTuple):
    """One answer: of which stream, which piece of it, of what kind, and its content as JSON."""

    stream: int
    at: int
    kind: int
    content: bytes

    @property
    def value(self) -> object:
        """Return the value that was sent: lists where there were tuples."""
        return json.loads(self.content, object_hook=_made)


def encode(value: object) -> bytes:
    """Return a value as it travels; raise TypeError for one that no cell can hold."""
    return _ENCODER.encode(value).encode("ascii")


def joined(values: list[bytes]) -> bytes:
    """Return encoded values as one encoded list."""
    return b"[" + b",".join(values) + b"]"


def put(stream: IO[bytes], frame: Frame) -> None:
    """Send a frame."""
    stream.write(_HEAD.pack(len(frame.content), frame.stream, frame.at, frame.kind))
    stream.write(frame.content)
    stream.flush()


def take(stream: IO[bytes]) -> Frame | None:
    """Return the next frame; None where the other side ended, or sends what is none."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    length, number, at, kind = _HEAD.unpack(head)
    content = stream.read(length) if length <= MOST else b""
    return Frame(number, at, kind, content) if len(content) == length else None


def _named(value: object) -> dict[str, object]:
    for name, kind, told, _ in _KINDS:
        if type(value) is kind:
            return {name: told(value)}
    raise TypeError(f"{type(value).__name__} is nothing that a cell holds")


_ENCODER = json.JSONEncoder(separators=(",", ":"), default=_named)


def _made(content: dict[str, object]) -> object:
    ((name, told),) = content.items()
    return _MAKE[name](told)
