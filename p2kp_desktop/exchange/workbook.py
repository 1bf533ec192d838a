"""Opens an inspected workbook and gives the rows of its sheets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.language import say

from . import faults
from .guard import Inspected
from .package import Limits

Row = list[object]  # text, number, day, truth value; "" where a cell is empty
Merge = tuple[tuple[int, int], tuple[int, int]]  # first and last row and column, from 0


@dataclass(frozen=True)
class Broken:
    """What stands in a cell whose formula came to an error, or («») has no value yet."""

    error: str

    def __str__(self) -> str:
        return self.error or say("(rumus tanpa hasil)")


class OpenWorkbook:
    """A workbook open for reading; each call of `rows` holds one sheet in memory until it is done."""

    def __init__(self, path: Path, inspected: Inspected, limits: Limits) -> None:
        from python_calamine import CalamineWorkbook

        self.name, self._inspected, self._limits = path.name, inspected, limits
        with _told(path.name):
            self._book = CalamineWorkbook.from_path(str(path))

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the names of the sheets in order."""
        return self._inspected.sheets

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()

    def fits(self, title: str) -> bool:
        """Say whether the filled cells of the sheet can be held in memory."""
        return self._inspected.extents[title].fits(self._limits)

    def rows(self, title: str) -> Iterator[Row]:
        """Yield the rows from the first, cells from column A; nothing for a sheet that is not there.

        Raises Trouble when the filled cells reach too far to be held in memory, or cannot be read.
        """
        extent = self._inspected.extents.get(title)
        if extent is None or not extent.cells:
            return
        if not self.fits(title):
            raise faults.stray_cell(self.name, title, extent.corner)
        with _told(self.name):
            sheet = self._book.get_sheet_by_name(title)
            before: Row = [""] * (sheet.start[1] if sheet.start else 0)
            for row in sheet.iter_rows():
                yield [*before, *row]

    def merges(self, title: str) -> tuple[Merge, ...]:
        """Return which cells of a sheet that is there are merged into one."""
        with _told(self.name):
            return tuple(self._book.get_sheet_by_name(title).merged_cell_ranges or ())


@contextmanager
def opened(path: Path, inspected: Inspected, limits: Limits) -> Iterator[OpenWorkbook]:
    """Give the open workbook and close it afterwards."""
    book = OpenWorkbook(path, inspected, limits)
    try:
        yield book
    finally:
        book.close()


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn the faults of the reading library into a sentence."""
    from python_calamine import CalamineError

    try:
        yield
    except CalamineError as error:
        raise faults.damaged(name) from error
    except OSError as error:
        raise faults.unreadable(name, error) from error
