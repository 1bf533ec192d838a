"""The RT of rows that do not say theirs: by the name of their sheet, the title above, or a row over several houses."""

import re
from collections.abc import Mapping
from dataclasses import replace

from p2kp_desktop.exchange.columns import Matched
from p2kp_desktop.exchange.tables import Table, words
from p2kp_desktop.language import say
from p2kp_desktop.schema import Form, Unreadable
from p2kp_desktop.schema.places import normal_rt

from .tabular import Address

_SHEET = re.compile(r"\bRT[\s._-]*\d{1,3}\b.*", re.IGNORECASE)  # a sheet may be called «RT 14 RW 05»
_LABEL = re.compile(
    r"\bR\.?T\b[\s.:]*\d{1,3}\b(?:[\s,./-]*R\.?W\b[\s.:]*(?:\d{1,3}|[XVI]+)\b|\s*/\s*\d{1,3}\b)?"
    r"(?!\s*(?:[-–,&]|s\W?d|sampai|dan)\W*\d)", re.IGNORECASE,  # of RT 14–16 none is meant
)


def on_sheet(form: type[Form], matched: Matched, table: Table, address: Address) -> Address:
    """Return the address of rows that say no RT: where no column does and nobody else, the sheet's name or title."""
    said = said_of_all(form, matched, table)
    return replace(address, rt=said[0]) if said and not address.rt else address


def said_of_all(form: type[Form], matched: Matched, table: Table) -> tuple[str, str] | None:
    """Return the RT that a table without a column for it is of, and in words where that stands; None for none."""
    if form.place != "rt" or "rt" in matched.columns.values():
        return None
    if named := _SHEET.search(matched.sheet):
        return normal_rt(named[0]), say("nama lembar «{sheet}»", sheet=matched.sheet)
    titles = [(place, words(value)) for row in range(1, matched.heading) for place, value in table.cells(row)]
    found = {label: (place, text) for place, text in titles for label in _labels(text)}
    if len(found) != 1:
        return None
    ((label, (place, text)),) = found.items()
    return label, say("{cell} «{value}»", cell=place.name, value=text)


def over_houses(form: type[Form], matched: Matched, cells: Mapping[int, object]) -> str:
    """Return the RT that a row names which says nothing else, as over the houses of that RT; «» for every other row."""
    if form.place != "rt" or len(cells) != 1:
        return ""
    ((column, value),) = cells.items()
    text = words(value)
    is_over = matched.columns.get(column) != "rt" and _LABEL.match(text)
    return next(iter(_labels(text)), "") if is_over else ""


def _labels(text: str) -> set[str]:
    found = set()
    for label in _LABEL.finditer(text):
        try:
            found.add(normal_rt(label[0]))
        except Unreadable:  # RT 0
            continue
    return found
