"""The RT of rows that do not say theirs: by the name of their sheet, the title above, or a row over several houses.

An RT that a table writes without its RW is taken for the one RT of that number which is known in the kelurahan.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from p2kp_desktop.actions.importing.read_table import spans
from p2kp_desktop.exchange.columns import Matched
from p2kp_desktop.exchange.tables import Table, words
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Form, Unreadable
from p2kp_desktop.schema.places import normal_rt, rt_parts
from p2kp_desktop.store import Connection, oversight

from .read_table import PlaceOfRows, Reading, TableRow

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
class StatedRt:
    """A statement of which RT all rows of a table are, and in words where it stands."""

    rt: str
    where: str


def on_sheet(form: type[Form], matched: Matched, table: Table, address: PlaceOfRows) -> PlaceOfRows:
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


def said_of_all(form: type[Form], matched: Matched, table: Table) -> tuple[StatedRt, ...]:
    """Return which RT a table without a column for it is of: none, one, or several that contradict each other.

    The sheet's name and the titles above say it. Of two that agree the one counts that says more: the title
    «RT 02 RW 03» above that of a sheet which is called «RT 02». A title that lists several RTs says none.
    """
    if form.place != "rt" or "rt" in matched.columns.values():
        return ()
    titles = [(place, words(value)) for row in range(1, matched.heading) for place, value in table.cells(row)]
    found = [StatedRt(label, say("nama lembar «{sheet}»", sheet=matched.sheet)) for label in _of_sheet(matched.sheet)]
    found += [StatedRt(label, say("{cell} «{value}»", cell=place.name, value=text))
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


_SPILT = re.compile(r"^\d|\bRW\b")  # words of a label that are rather figures of it, or its RW


def with_rw(connection: Connection, reading: Reading, read: Sequence[TableRow]) -> list[TableRow]:
    """Return the rows with the whole labels of their RTs, and note which were meant; several of a number stay as said.

    Known are the RTs recorded in the kelurahan and those that other rows of the table write in full. An RT that is
    recorded without an RW is one.
    """
    if reading.form.place != "rt":
        return list(read)
    said: dict[str, set[str]] = {}
    for row in read:
        said.setdefault(str(row.given.get("region") or ""), set()).add(str(row.given.get("rt") or ""))
    meant: dict[tuple[str, str], tuple[str, ...]] = {}
    for region, labels in said.items():
        recorded = set(oversight.rts(connection, region))
        meant |= {(region, label): () if label in recorded else _meant(label, recorded | labels) for label in labels}
        here = [row for row in read if str(row.given.get("region") or "") == region]
        reading.warnings += _odd(labels - recorded, here)
    read_as: Counter[tuple[str, tuple[str, ...]]] = Counter()
    whole = []
    for row in read:
        label = str(row.given.get("rt") or "")
        found = meant[str(row.given.get("region") or ""), label]
        if found:
            read_as[label, found] += 1
        whole.append(replace(row, given={**row.given, "rt": found[0]}) if len(found) == 1 else row)
    reading.warnings += [_told(label, found, count) for (label, found), count in read_as.items()]
    return whole


def _odd(labels: Iterable[str], read: Sequence[TableRow]) -> Iterator[str]:
    """Name labels that nobody has recorded and that look like another one: XIV, 1405, 014 RW V."""
    rows: dict[str, list[int]] = {}
    for row in read:
        rows.setdefault(str(row.given.get("rt") or ""), []).append(row.place.row)
    odd = sorted(label for label in labels if label and _is_odd(label))
    if odd:
        named = ", ".join(f"«{label}» ({say('baris {row}', row=spans(rows.get(label, ())))})" for label in odd)
        yield say("RT yang penulisannya tidak biasa masuk sebagai RT tersendiri: {named}. Betulkan di berkasnya bila "
                  "maksudnya RT lain, misalnya 014/005.", named=named)


def _is_odd(label: str) -> bool:
    number, _, words = rt_parts(label)
    return "DUSUN" not in label if number is None else bool(_SPILT.search(words))


def _meant(label: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known RTs that a number alone may mean."""
    number, rw, words = rt_parts(label)
    if number is None or rw is not None or words:
        return ()
    parts = [(each, rt_parts(each)) for each in known]
    return tuple(sorted(each for each, (its, its_rw, _) in parts if its == number and its_rw is not None))


def _told(label: str, found: Sequence[str], count: int) -> str:
    if len(found) == 1:
        return say("RT {label} ditulis tanpa RW dan dibaca {rt}, satu-satunya RT {label} di sini: {count} baris.",
                   label=label, rt=found[0], count=count)
    return say("RT {label} ditulis tanpa RW, padahal ada {rts}: {count} baris masuk sebagai RT {label}. Tulis RW-nya.",
               label=label, rts=", ".join(found), count=count)
