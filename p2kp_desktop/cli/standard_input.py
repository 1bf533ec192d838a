"""What is handed to a command on standard input, in whatever encoding the programs of Windows write.

Notepad puts a mark before UTF-8, and PowerShell writes two bytes a letter where it is told to write into a file.
"""

import codecs
import sys
from collections.abc import Iterator
from typing import TextIO

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"))
_START = b"{\0"  # of JSON in two bytes a letter without a mark before it


def lines() -> Iterator[tuple[int, str]]:
    """Yield the lines that hold anything, as they come, each with its number from 1."""
    return ((number, line) for number, line in enumerate(_stream(), start=1) if line.strip())


def whole() -> str:
    """Return all of it."""
    return _stream().read()


def _stream() -> TextIO:
    """Return standard input, read as what its first bytes say it is."""
    stream = sys.stdin
    raw = getattr(stream, "buffer", None)
    if raw is None or not hasattr(stream, "reconfigure"):
        return stream
    start = raw.peek(len(codecs.BOM_UTF8))
    named = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "")
    if not named and start.startswith(_START):
        named = "utf-16-le"
    if named:
        stream.reconfigure(encoding=named, errors="surrogateescape" if named.startswith("utf-8") else "replace")
    return stream
