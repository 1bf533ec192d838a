"""The RT of rows that do not say theirs: by the name of their sheet, the title above, or a row over several houses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from p2kp_desktop.exchange.columns import Matched
from p2kp_desktop.exchange.tables import Table, words
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Form, Unreadable
from p2kp_desktop.schema.places import normal_rt, rt_parts

from .read_table import Address

_SHEET = re.compile(r"\bRT[\s._-]*\d{1,3}.*", re.IGNORECASE)  # a sheet may be called «DATA RT 14 RW 05»
_VERSION = re.compile(  # what a sheet's name says besides, of its copies and of where the RT lies
    r"\(.*?\)|\b(salinan|copy|kopi|revisi|rev|final|fix|baru|lama|data|rekap|hasil|ok|edit|update)\b[\s.]*\d*"
    r"|\b(kel(urahan)?|desa)\b.*", re.IGNORECASE,
)
_LABEL = re.compile(
    r"\bR\.?T\b[\s.:]*\d{1,3}\b(?:[\s,./-]*R\.?W\b[\s.:]*(?:\d{1,3}|[XVI]+)\b|\s*/\s*\d{1,3}\b)?"
    r"(?!\s*(?:[-–,&]|s\W?d|sampai|dan)\W*\d)", re.IGNORECASE,  # of RT 14–16 none is meant
)


@dataclass(frozen=True)
class Said:
    """A statement of which RT all rows of a table are, and in words where it stands."""

    rt: str
    where: str


def on_sheet(form: type[Form], matched: Matched, table: Table, address: Address) -> Address:
    """Return the address of rows that say no RT: where no column does and nobody else, the sheet's name or title.

    Raises Trouble where these name different RTs: only a person knows which one is meant.
    """
    said = said_of_all(form, matched, table)
    if not said or address.rt:
        return address
    if len(said) > 1:
        named = "; ".join(f"RT {each.rt} ({each.where})" for each in said)
        raise Trouble(
            say("Lembar «{sheet}» menyebut RT yang berbeda-beda: {named}.", sheet=matched.sheet, named=named),
            safe=say("Belum ada yang diimpor."),
            remedy=say("Pilih RT yang benar (di baris perintah: --rt), atau beri tabelnya kolom RT, lalu impor lagi."),
            code="I12",
        )
    return replace(address, rt=said[0].rt)


def said_of_all(form: type[Form], matched: Matched, table: Table) -> tuple[Said, ...]:
    """Return which RT a table without a column for it is of: none, one, or several that contradict each other.

    The sheet's name and the titles above say it. Of two that agree the one counts that says more: the title
    «RT 02 RW 03» above that of a sheet which is called «RT 02». A title that lists several RTs says none.
    """
    if form.place != "rt" or "rt" in matched.columns.values():
        return ()
    titles = [(place, words(value)) for row in range(1, matched.heading) for place, value in table.cells(row)]
    found = [Said(label, say("nama lembar «{sheet}»", sheet=matched.sheet)) for label in _of_sheet(matched.sheet)]
    found += [Said(label, say("{cell} «{value}»", cell=place.name, value=text))
              for place, text in titles if len(_labels(text)) == 1 for label in _labels(text)]
    first = {each.rt: each for each in reversed(found)}
    return tuple(
        each for each in reversed(first.values()) if not any(_says_more(other, each.rt) for other in first)
    )


def _says_more(label: str, than: str) -> bool:
    """Say whether a label means the same RT as another one and tells more of it."""
    (number, rw, more), (its, its_rw, its_more) = rt_parts(label), rt_parts(than)
    return label != than and number == its and its_rw in (None, rw) and its_more in ("", more)


def _of_sheet(name: str) -> list[str]:
    named = _SHEET.search(_VERSION.sub(" ", name))
    try:
        return [normal_rt(named[0])] if named else []
    except Unreadable:  # RT 0
        return []


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
