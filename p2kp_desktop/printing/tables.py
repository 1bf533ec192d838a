"""A table of reports/ on paper: headings on every page, numbers on their decimal side, the source in the foot."""

from collections.abc import Sequence
from typing import Any

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Column, Kind, Table
from p2kp_desktop.schema.table_words import head, sum_row, value_words, words
from p2kp_desktop.store import Workspace

from .document import Asked, Document

_UPRIGHT = 7  # columns that fit an upright sheet
_ENDS = (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.SHARE)
_LOOKED_AT = 200  # lines by which the width of a column is judged
_NARROW, _WIDE = 4, 40  # letters


def report(workspace: Workspace | None, asked: Asked) -> Document:
    """Return a report as a document, by the name that is asked for; raise Trouble for a name that there is not."""
    if workspace is None:
        raise Trouble(say("Laporan dibuat dari sebuah ruang kerja."),
                      remedy=say("Sebutkan ruang kerjanya dengan --workspace."), code="N03")
    return of_table(catalogue.make(workspace, asked.form, asked.scope))


def of_table(table: Table[Any]) -> Document:
    """Return a table as a document: as it leaves the window, its columns as wide as their words."""
    filed = table.as_filed()
    columns = filed.printed
    rows = [[words(column, line) if column.kind is not Kind.BOX else "☐" for column in columns]
            for line in filed.lines]
    sums = [value_words(column.kind, value) for column, value in sum_row(filed, columns)] if filed.sums else []
    return Document(
        filed.title, "table", {
            "heads": [head(column) if not column.quiet else "" for column in columns],
            "align": ["right" if column.kind in _ENDS else "center" if column.kind is Kind.BOX else "left"
                      for column in columns],
            "widths": _widths(columns, rows), "rows": rows, "sums": sums,
            "notes": [*filed.notes], "empty": filed.empty,
        },
        source=filed.source, landscape=len(columns) > _UPRIGHT, letterhead=True, kept=True,
    )


def _widths(columns: Sequence[Column[Any]], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide columns are to each other: by their longest words, within reason."""
    wide = []
    for place, column in enumerate(columns):
        longest = max((len(row[place]) for row in rows[:_LOOKED_AT]), default=0)
        heading = max((len(word) for word in head(column).split()), default=0)
        wide.append(max(_NARROW, min(_WIDE, max(longest, heading))))
    return wide
