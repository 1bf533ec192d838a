"""RTs that a table writes without their RW: taken for the one RT of that number which is known in the kelurahan."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from p2kp_desktop.language import say
from p2kp_desktop.schema.places import rt_parts
from p2kp_desktop.store import Connection, oversight

from .read_table import Reading, Row
from .table_notes import spans

_SPILT = re.compile(r"^\d|\bRW\b")  # words of a label that are rather figures of it, or its RW


def with_rw(connection: Connection, reading: Reading, read: Sequence[Row]) -> list[Row]:
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


def _odd(labels: Iterable[str], read: Sequence[Row]) -> Iterator[str]:
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
