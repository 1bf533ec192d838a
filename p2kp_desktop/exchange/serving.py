"""The process that reads foreign files: it opens them with the libraries, and hands over what plain values there are.

Each line of its input asks for the piece `at` of a stream: number of the stream, at, language, path, limits, act and
what that needs. Each is answered by one frame (frames.py). Whoever asks for the pieces in turn gets them as they are
read; whoever comes back to an earlier stream has it read again up to there.
"""

import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from p2kp_desktop import language
from p2kp_desktop.language import Trouble, say

from . import confining, faults, frames, guard, locking, tables
from .extents import Extent
from .frames import Frame
from .guard import Inspected
from .package import Limits
from .workbook import OpenWorkbook, Row

_ENOUGH = 1 << 19  # bytes of a piece
_PIECE_ROWS = 1_000
_OUT, _ERR = 1, 2  # the numbers of standard output and of standard error

Sheet = tuple[str, int, int, int]  # title; rows, columns and number of the filled cells


class Files:
    """The file that is open, and what can be asked about one: each act yields pieces as they travel."""

    def __init__(self) -> None:
        self._book: OpenWorkbook | None = None
        self._of: Path | None = None

    def inspect(self, path: Path, limits: Limits, holds: str) -> Iterator[bytes]:
        """Yield one piece: the sheets of a workbook in order, each with rows, columns and number of filled cells."""
        self.rest()
        seen = guard.inspect(path, limits, holds=holds)
        extents = ((title, seen.extents[title]) for title in seen.sheets)
        yield frames.encode([(title, each.rows, each.columns, each.cells) for title, each in extents])

    def rows(self, path: Path, limits: Limits, sheets: list[Sheet], title: str) -> Iterator[bytes]:
        """Yield the rows of a sheet of a workbook that was inspected, many in a piece."""
        if self._book is None or self._of != path:
            self.rest()
            extents = {name: Extent(rows, columns, cells) for name, rows, columns, cells in sheets}
            self._book, self._of = OpenWorkbook(path, Inspected(tuple(extents), extents), limits), path
        yield from _bounded(_in_pieces(self._book.rows(title)), path, limits)

    def tables(self, path: Path, limits: Limits) -> Iterator[bytes]:
        """Yield the tables of a file: of each its sheet, merged and hidden rows; then null and rows, piece by piece."""
        self.rest()
        yield from _bounded(_tables(path, limits), path, limits)

    def unlock(self, path: Path, _limits: Limits, target: str, password: str) -> Iterator[bytes]:
        """Write a workbook without its password; nothing to yield."""
        self.rest()
        locking.unlock_here(path, Path(target), password)
        yield from ()

    def annotate(
        self, path: Path, limits: Limits, draft: str, target: str, remarks: list[list[Any]]
    ) -> Iterator[bytes]:
        """Write the draft of a copy with remarks beside its cells; nothing to yield."""
        from . import annotated

        self.rest()
        annotated.annotate_here(path, Path(draft), Path(target), annotated.remarks_of(remarks), limits)
        yield from ()

    def boundaries(self, path: Path, limits: Limits, system: str) -> Iterator[bytes]:
        """Yield the features of a file of boundaries, many in a piece, and last what kind of file it is."""
        from .boundaries import opening

        self.rest()
        yield from _bounded(opening.pieces(path, limits, system), path, limits)

    def paper_count(self, path: Path, _limits: Limits, content: str) -> Iterator[bytes]:
        """Yield how many pages a PDF has, which lies there or is this content."""
        yield frames.encode(self._paper().count(path, content))

    def paper_sizes(self, path: Path, _limits: Limits, content: str) -> Iterator[bytes]:
        """Yield how large its pages are."""
        yield frames.encode(self._paper().sizes(path, content))

    def paper_alone(self, path: Path, _limits: Limits, content: str, number: int) -> Iterator[bytes]:
        """Yield one of its pages as a PDF of its own."""
        yield frames.encode(self._paper().alone(path, content, number))

    def paper_picture(self, path: Path, _limits: Limits, content: str, *asked: Any) -> Iterator[bytes]:
        """Yield one of its pages as a picture."""
        yield frames.encode(self._paper().picture(path, content, *asked))

    def _paper(self) -> ModuleType:
        from . import pdf_here

        self.rest()
        return pdf_here

    def rest(self, _path: Path | None = None, _limits: Limits | None = None) -> Iterator[bytes]:
        """Let go of the file that is open."""
        if self._book is not None:
            self._book.close()
        self._book = self._of = None
        return iter(())


def _tables(path: Path, limits: Limits) -> Iterator[bytes]:
    for table in tables.tables_in(path, limits):
        held = [(row, list(cells.items())) for row, cells in table.held.items()]
        yield frames.encode((table.sheet, held, sorted(table.hidden)))
        for piece in _in_pieces(iter(table.rows)):
            yield frames.joined([b"null", piece])


def _bounded(pieces: Iterator[bytes], path: Path, limits: Limits) -> Iterator[bytes]:
    """Yield pieces until they come to more than the program can hold; raise Trouble then."""
    handed = 0
    for piece in pieces:
        handed += len(piece)
        if handed > limits.handed:
            raise faults.too_large(path.name, say("teks di dalamnya terlalu banyak"))
        yield piece


def _in_pieces(rows: Iterator[Row]) -> Iterator[bytes]:
    piece: list[bytes] = []
    size = 0
    for row in rows:
        piece.append(frames.encode(row))
        size += len(piece[-1])
        if size > _ENOUGH or len(piece) == _PIECE_ROWS:
            yield frames.joined(piece)
            piece, size = [], 0
    if piece:
        yield frames.joined(piece)


class Streams:
    """The stream that is being read, and up to where."""

    def __init__(self) -> None:
        self._files = Files()
        self._number = self._at = 0
        self._pieces: Iterator[bytes] = iter(())

    def answer(self, asked: list[Any]) -> Frame:
        """Return the piece that is asked for, the end, or why there is none."""
        number, at, spoken, path, limits, act, given = asked
        _speak(spoken)
        try:
            if (number, at) != (self._number, self._at):
                bounds = Limits(**limits)
                confining.confine(bounds.memory, bounds.seconds)
                self._pieces = getattr(self._files, act)(Path(path), bounds, *given)
                self._number, self._at = number, 0
                while self._at < at:
                    next(self._pieces, None)
                    self._at += 1
            piece = next(self._pieces, None)
        except Trouble as trouble:
            return self._refused(number, at, trouble)
        except MemoryError:
            return self._refused(number, at, faults.too_large(Path(path).name, say("isinya tidak muat di memori")))
        except BaseException:  # a panic of a library is no Exception; it is told as one, and logged there
            self._pieces = iter(())
            return Frame(number, at, frames.BROKE, frames.encode(traceback.format_exc()))
        self._at += 1
        return Frame(number, at, frames.END, b"") if piece is None else Frame(number, at, frames.VALUE, piece)

    def _refused(self, number: int, at: int, trouble: Trouble) -> Frame:
        self._pieces = iter(())
        told = trouble.what, trouble.safe, trouble.remedy, trouble.code
        return Frame(number, at, frames.TROUBLE, frames.encode(told))


def _speak(spoken: str) -> None:
    if spoken != language.spoken():
        from p2kp_desktop import environment

        language.use(spoken, environment.resources() / "language")


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Answer line by line until there are no more."""
    streams = Streams()
    for line in asked:
        frames.put(answers, streams.answer(json.loads(line)))


def main() -> None:
    """Answer on what was standard output; what a library prints there, in Python or in C, goes nowhere."""
    with suppress(BrokenPipeError, KeyboardInterrupt), os.fdopen(os.dup(_OUT), "wb") as answers:  # the program is gone
        os.dup2(_ERR, _OUT)
        sys.stdout = sys.stderr
        serve(sys.stdin.buffer, answers)
