"""A workbook that came from elsewhere, as the program sees it: everything of it is read in a process apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import apart, faults
from .apart import Beat
from .bundle import MACHINE
from .extents import Extent
from .guard import Inspected
from .package import LIMITS, Limits
from .workbook import Row


def inspect(path: Path, limits: Limits = LIMITS, *, holds: str = MACHINE, beat: Beat | None = None) -> Inspected:
    """Return the sheets and extents of a workbook that holds this sheet («» for any).

    Raises Trouble, and whatever `beat` raises.
    """
    (sheets,) = apart.ask(path, limits, "inspect", holds, beat=beat)
    extents = {title: Extent(rows, columns, cells) for title, rows, columns, cells in sheets}
    return Inspected(tuple(extents), extents)


class ForeignWorkbook:
    """A workbook that was inspected, open for reading; a piece of one sheet is in memory at a time."""

    def __init__(
        self, path: Path, inspected: Inspected, limits: Limits, reader: apart.Reader, beat: Beat | None
    ) -> None:
        self.name, self._path, self._inspected, self._limits = path.name, path, inspected, limits
        self._reader, self._beat = reader, beat

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the names of the sheets in order."""
        return self._inspected.sheets

    def fits(self, title: str) -> bool:
        """Say whether the filled cells of the sheet can be held in memory."""
        return self._inspected.extents[title].fits(self._limits)

    def rows(self, title: str) -> Iterator[Row]:
        """Yield the rows from the first, cells from column A; nothing for a sheet that is not there.

        Raises Trouble when the filled cells reach too far to be held in memory, or cannot be read.
        """
        extents = self._inspected.extents
        if title not in extents or not extents[title].cells:
            return
        if not self.fits(title):
            raise faults.stray_cell(self.name, title, extents[title].corner)
        known = [(name, each.rows, each.columns, each.cells) for name, each in extents.items()]
        for piece in self._reader.stream(self._path, self._limits, "rows", known, title, beat=self._beat):
            yield from piece


@contextmanager
def opened(path: Path, inspected: Inspected, limits: Limits, beat: Beat | None = None) -> Iterator[ForeignWorkbook]:
    """Give the open workbook and let go of it afterwards."""
    with apart.reader(limits) as reader:
        yield ForeignWorkbook(path, inspected, limits, reader, beat)
