"""The options of the focused question, one below the other, or in two columns filled downwards; finding one.

It is found by its wording: after «/», or in a long list by any letter that is printed before no option.
"""

import unicodedata
from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.keying.rows import PROPOSED
from p2kp_desktop.ui.kit.option import Option, OptionRow
from p2kp_desktop.ui.kit.painting import box
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.words import Style, Words, plain
from p2kp_desktop.ui.look.measures import RADIUS_BUTTON, SPACE_4, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

BEGINS = "/"
LONG = 11  # options; in a longer list a letter that is not printed begins it too
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
        """Return the options that can be chosen."""
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


class Seeking:
    """What was typed to find one of the options; the ring goes to the one that is meant, Enter takes it."""

    def __init__(self, options: OptionList) -> None:
        self._options = options
        self._text: str | None = None

    @property
    def is_on(self) -> bool:
        """Say whether somebody seeks."""
        return self._text is not None

    def begins_with(self, typed: str) -> bool:
        """Begin where this letter does; say whether it did."""
        options = self._options.options
        printed = {option.letter.casefold() for option in options}
        if not options or typed == PROPOSED or typed.casefold() in printed:
            return False
        if typed == BEGINS:
            self._text = ""
        elif len(options) > LONG:
            self._text = typed
            self._show()
        return self.is_on

    def takes(self, event: QKeyEvent) -> bool:
        """Take a key while somebody seeks; say whether it belonged to that. Enter ends it."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.end()
        elif event.key() == Qt.Key.Key_Backspace:
            self._text = self._text[:-1] if self._text else None
            self._show()
        elif event.text() and event.text().isprintable():
            self._text = (self._text or "") + event.text()
            self._show()
        else:
            return False
        return True

    def end(self) -> bool:
        """Stop seeking; say whether anybody was."""
        was_on, self._text = self.is_on, None
        return was_on

    def _show(self) -> None:
        if self._text:
            self._options.put_ring(self._found(self._text))

    def _found(self, text: str) -> int | None:
        """Return the place of the option that begins so, else of one that has words which do."""
        words = _comparable(text).split()
        if not words:
            return self._options.ringed
        named = [_comparable(plain(option.text)) for option in self._options.options]
        begun = [place for place, name in enumerate(named) if name.startswith(" ".join(words))]
        inside = [place for place, name in enumerate(named) if all(_has(name, word) for word in words)]
        return next(iter([*begun, *inside]), None)

    def paint(self, painter: QPainter, line: QRectF, right: int) -> None:
        """Paint what was typed at the right end of a line, red where no option is meant."""
        known = self._options.ringed is not None or not self._text
        sought = Words(f"{BEGINS} {self._text}", Style(tone=Token.ACCENT_TEXT if known else Token.ERR))
        spot = QRectF(right - sought.width, line.y(), sought.width, line.height())
        ground = spot.adjusted(-SPACE_8, 0, SPACE_4, 0)
        box(painter, ground, fill=Token.PANEL, line=Token.LINE2, radius=RADIUS_BUTTON)
        sought.draw_in(painter, spot)


def _has(name: str, start: str) -> bool:
    return any(word.startswith(start) for word in name.split())


def _comparable(text: str) -> str:
    """Return a wording without case, accents and marks: «Ledeng meteran/SR» is «ledeng meteran sr»."""
    letters = (each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())
