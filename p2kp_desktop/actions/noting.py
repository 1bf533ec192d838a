"""What to know of a table as a whole before it comes in: columns pasted one too far or not read, rows without an RT."""

from collections.abc import Iterable, Iterator, Sequence

from p2kp_desktop.exchange.cells import column_letter
from p2kp_desktop.exchange.columns import unread
from p2kp_desktop.exchange.tables import Table, words
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Date, Measure, Unreadable, Whole

from .recording import read_answer
from .tabular import Reading, Row

_MANY = 0.6  # share of rows whose cell cannot be read, from which a column is taken for another one
_LEAST_ROWS = 3
_CHOOSY = (Choice, Date, Measure, Whole)  # questions that not every text answers


def notes(reading: Reading, table: Table, read: Sequence[Row]) -> Iterator[str]:
    """Yield what a person should look at before these rows of a table are recorded."""
    yield from _shifted(reading, table)
    yield from _unread(reading, table)
    yield from _without_rt(reading, read)


def spans(numbers: Iterable[int]) -> str:
    """Return for instance «2–4, 7»."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(f"{first}–{last}" if first < last else str(first) for first, last in found)


def _without_rt(reading: Reading, read: Sequence[Row]) -> Iterator[str]:
    lacking = [row.place.row for row in read if reading.form.place == "rt" and not row.given.get("rt")]
    if lacking:
        yield say("Baris {rows} tidak menyebut RT dan masuk tanpa RT. Isi kolom RT-nya, atau sebutkan RT-nya saat "
                  "mengimpor.", rows=spans(lacking))


def _unread(reading: Reading, table: Table) -> Iterator[str]:
    for column, heading in unread(table, reading.matched) if reading.matched.columns else ():
        yield say("Kolom {letter} «{heading}» tidak dikenal dan tidak dibaca.", letter=column_letter(column),
                  heading=heading or say("(tanpa judul)"))


def _shifted(reading: Reading, table: Table) -> Iterator[str]:
    """Name columns that seem to be pasted one too far, where most of their cells cannot be read but fit beside it."""
    wrong: dict[int, int] = {}
    for error in reading.errors:
        wrong[error.place.column] = wrong.get(error.place.column, 0) + 1
    rows = len(table.rows) - reading.matched.heading
    bad = sorted(column for column, number in wrong.items() if number >= max(_LEAST_ROWS, _MANY * rows))
    for step, side in ((1, say("ke kiri")), (-1, say("ke kanan"))):
        moved = [column for column in bad if _fits(reading, table, column, column + step)]
        is_one = len(moved) == 1 and not _values(reading, table, moved[0] + step)
        if 2 * len(moved) >= len(bad) and (len(moved) > 1 or is_one):
            yield say(
                "Isi kolom {columns} tampaknya bergeser satu kolom {side}; seharusnya di kolom {right}. "
                "Periksa sebelum mengimpor.", columns=_letters(moved, 0), side=side, right=_letters(moved, step),
            )
            return


def _letters(columns: Sequence[int], step: int) -> str:
    first, last = (column_letter(column + step) for column in (columns[0], columns[-1]))
    return first if first == last else f"{first}–{last}"


def _values(reading: Reading, table: Table, column: int) -> list[object]:
    rows = table.rows[reading.matched.heading :]
    return [row[column] for row in rows if 0 <= column < len(row) and row[column] != ""]


def _fits(reading: Reading, table: Table, column: int, other: int) -> bool:
    """Say whether what stands in a column answers the question of another one, which not every text does."""
    key = reading.matched.columns.get(other, "")
    values = _values(reading, table, column)
    choosy = isinstance(reading.form.question(key), _CHOOSY)
    return choosy and sum(_can_be_read(reading, key, value) for value in values) >= _MANY * len(values)


def _can_be_read(reading: Reading, key: str, value: object) -> bool:
    try:
        read_answer(reading.form, key, words(value))
    except Unreadable:
        return False
    return True
