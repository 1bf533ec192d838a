"""The options of the focused question, one below the other, or in two columns filled downwards."""

from math import ceil

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.ui.kit.option import Option, OptionRow
from p2kp_desktop.ui.look.measures import SPACE_12

_ONE_COLUMN = 5  # up to so many options stand in one column


class OptionList(QWidget):
    """Shows which options are chosen and on which one the ring is; the rows are kept and shown anew."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[OptionRow] = []
        self._options: tuple[Option, ...] = ()
        self._small = False
        self.ringed: int | None = None

    def show_options(self, options: tuple[Option, ...], chosen: tuple[str, ...], *, small: bool) -> None:
        """Show the options of a question; the ring stays only while they are the same."""
        if options != self._options:
            self._options, self.ringed = options, None
        self._small = small
        while len(self._rows) < len(options):
            self._rows.append(self._row())
        for place, row in enumerate(self._rows):
            if place < len(options):
                row.show_option(options[place], small=small)
                row.setChecked(options[place].letter in chosen)
                row.show_ring(place == self.ringed)
            row.setVisible(place < len(options))

    def _row(self) -> OptionRow:
        row = OptionRow(Option("", ""))
        row.setParent(self)
        row.setFocusPolicy(row.focusPolicy().NoFocus)
        row.chosen.connect(self.chosen)
        return row

    def move_ring(self, step: int) -> None:
        """Move the ring up or down; the first time it goes to the chosen option, else to the first or last."""
        shown = self._rows[: len(self._options)]
        if not shown:
            return
        if self.ringed is None:
            checked = [place for place, row in enumerate(shown) if row.isChecked()]
            self.ringed = checked[0] if checked else (0 if step > 0 else len(shown) - 1)
        else:
            self.ringed = min(max(self.ringed + step, 0), len(shown) - 1)
        self.put_ring(self.ringed)

    @property
    def options(self) -> tuple[Option, ...]:
        """Return what can be chosen."""
        return self._options

    def put_ring(self, ringed: int | None) -> None:
        """Put the ring on one of them, or on none."""
        self.ringed = ringed
        for place, row in enumerate(self._rows[: len(self._options)]):
            row.show_ring(place == ringed)

    def ringed_option(self) -> Option | None:
        """Return the option that has the ring."""
        return None if self.ringed is None else self._options[self.ringed]

    def arrange(self, width: int) -> int:
        """Place the rows in so many pixels; return the height they take."""
        shown = self._rows[: len(self._options)]
        columns = 1 if len(shown) <= _ONE_COLUMN else 2
        down = ceil(len(shown) / columns)
        column_width = (width - SPACE_12 * (columns - 1)) // columns
        tallest = 0
        for first in range(0, len(shown), max(down, 1)):
            x, y = (first // down) * (column_width + SPACE_12), 0
            for row in shown[first : first + down]:
                height = row.heightForWidth(column_width)
                row.setGeometry(QRect(x, y, column_width, height))
                y += height
            tallest = max(tallest, y)
        return tallest
