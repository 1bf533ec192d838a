"""Which record a row of a table is: known again by its id, its natural key, or by what people know a record by.

Each row is one record at most, and each record one row, best agreement first. A record is met by what people know it
by, as its form says (known_by). Rows that say exactly what a record says come before all others, then those with its
identity number, then those that agree most: a corrected row touches its own record only, and rows in another order
change nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from p2kp_desktop.actions.recording import doubles, trash
from p2kp_desktop.actions.recording.named_acts import UNDONE
from p2kp_desktop.forms import Household
from p2kp_desktop.language import say
from p2kp_desktop.rules.likeness import Comparing, House, Likeness
from p2kp_desktop.schema import ADDRESS, ALIVE, Answer, Form, Identity
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.review import is_locked
from p2kp_desktop.store import Connection, candidates, records

from . import cell_rules
from .cell_rules import Unfit
from .read_table import (
    DELETED,
    IDENTICAL,
    IMPORTED,
    LOCKED,
    NEW,
    REJECTED,
    UPDATED,
    CellError,
    Reading,
    TableRow,
    error,
    label_of,
)

_Given = Mapping[str, Answer]


@dataclass(frozen=True)
class Known:
    """A record that a row may be."""

    id: str
    answers: _Given
    deleted: bool = False


class _Pair(NamedTuple):
    """A row that may be a record, by their places; pairs sort from the likeliest on."""

    differs: bool
    without_identity: bool
    deleted: bool
    disagreement: int  # the less, the more of the other answers agree
    row: int
    record: int

    @property
    def is_guess(self) -> bool:
        return self.differs and self.without_identity


def paired(
    form: type[Form], rows: Sequence[_Given], known: Sequence[Known], imported: Callable[[Sequence[str]], set[str]]
) -> dict[int, str]:
    """Return by the place of a row the id of the record it is; rows of one place in the world, its records.

    A row without the first answer that a record is known by must say exactly what a record says that came by an
    import: `imported` picks those. Of several records that agree as much a row is none, unless they are known by
    the same answers.
    """
    pairs = sorted(_pairs(form, rows, known, imported))
    of_row: dict[int, list[_Pair]] = {}
    for pair in pairs:
        of_row.setdefault(pair.row, []).append(pair)
    taken: dict[int, str] = {}
    gone: set[int] = set()
    for pair in pairs:
        if pair.row not in of_row or pair.record in gone:
            continue
        equals = [each for each in of_row.pop(pair.row) if each[:4] == pair[:4] and each.record not in gone]
        if not pair.is_guess or len({_called(form, known[each.record].answers) for each in equals}) == 1:
            taken[pair.row] = known[pair.record].id
            gone.add(pair.record)
    return taken


def _called(form: type[Form], answers: _Given) -> tuple[Answer, ...]:
    return tuple(_folded(answers.get(key)) for key in form.known_by)


def _pairs(
    form: type[Form], rows: Sequence[_Given], known: Sequence[Known], imported: Callable[[Sequence[str]], set[str]]
) -> Iterator[_Pair]:
    by_name: dict[Answer, list[int]] = {}
    for place, record in enumerate(known):
        by_name.setdefault(_first(form, record.answers), []).append(place)
    nameless = by_name.get(None, [])
    came = imported([known[place].id for place in nameless]) if nameless else set()
    by_name[None] = [place for place in nameless if known[place].id in came]
    identities = [question.key for question in form.stored() if isinstance(question, Identity)]
    for row, given in enumerate(rows):
        name = _first(form, given)
        for place in by_name.get(name, ()):
            pair = _pair(form, row, given, place, known[place], identities)
            if pair is not None and not (name is None and pair.differs):
                yield pair


def _first(form: type[Form], answers: _Given) -> Answer:
    return _folded(answers.get(form.known_by[0])) if form.known_by else None


def _pair(
    form: type[Form], row: int, given: _Given, place: int, record: Known, identities: Iterable[str]
) -> _Pair | None:
    """Return how well a row agrees with a record of its name; None where it is another one."""
    answers = record.answers
    if any(given.get(key) is not None and _folded(given[key]) != _folded(answers.get(key)) for key in form.known_by):
        return None
    told = [(given[key], answers[key]) for key in identities if given.get(key) and answers.get(key)]
    silent = any(given.get(key) is None and answers.get(key) is not None for key in form.known_by)
    if silent and any(mine != its for mine, its in told):
        return None
    others = [key for key in given if key not in (*ADDRESS, *form.known_by, "id")]
    same = sum(answers.get(key) == given[key] for key in others)
    differs = any(answers.get(key) != answer for key, answer in given.items() if key != "id")
    return _Pair(differs, not any(mine == its for mine, its in told), record.deleted, -same, row, place)


def _folded(answer: Answer) -> Answer:
    return " ".join(answer.casefold().split()) if isinstance(answer, str) else answer


BY_ROW = "baris "  # before the number of a row, where it stands for a household that is not recorded yet


def known_again(connection: Connection, reading: Reading, read: Sequence[TableRow]) -> list[TableRow]:
    """Return the rows with the id of the record that each one is, and what it would do here.

    Of several rows that are one record the first counts: the others are noted as errors and left out. A row whose
    record somebody deleted stays out, which a warning tells.
    """
    ids = _ids(connection, reading, read)
    there = records.read(connection, reading.form.key, list(filter(None, ids)))
    gone = _deletions(connection, reading.form, there)
    rows = [
        replace(row, id=record, outcome=_outcome(row, there.get(record), deleted=record in gone))
        for row, record in zip(read, ids, strict=True)
    ]
    kept = list(_once(reading, rows))
    reading.warnings += _told(gone, kept)
    reading.locked += (_locked(reading, row, there[row.id]) for row in kept if row.outcome == LOCKED)
    return kept


def _ids(connection: Connection, reading: Reading, read: Sequence[TableRow]) -> list[str]:
    """Return the id that each row states, or that of the record it is found to be, or «»."""
    form = reading.form
    ids = [_stated_id(form, row) for row in read]
    keys = candidates.where(form)
    by_place: dict[candidates.Place, list[int]] = {}
    for at in (at for at, stated in enumerate(ids) if not stated):
        by_place.setdefault(tuple(read[at].given.get(key) for key in keys), []).append(at)
    standing = candidates.standing_at(connection, form, by_place)
    undone = _undone(connection, form, [each for some in standing.values() for each in some])
    taken = {*ids}
    for place, rows in by_place.items():
        known = [
            Known(each.id, each.values(), deleted=_is_deleted(each)) for each in standing[place]
            if each.id not in taken and each.id not in undone
        ]
        found = paired(form, [read[at].given for at in rows], known,
                       lambda some: candidates.with_origin(connection, some, IMPORTED))
        for at, record in found.items():
            ids[rows[at]] = record
    return ids


def _stated_id(form: type[Form], row: TableRow) -> str:
    given = {key: value for key, value in row.given.items() if key != "id"}
    return form.natural_id(given | form.complete(given)) or str(row.given.get("id") or "")


def _is_deleted(version: Version) -> bool:
    return version.values().get(ALIVE) == 0


def _undone(connection: Connection, form: type[Form], versions: Sequence[Version]) -> set[str]:
    """Return the records that are away because an act was taken back: as if they had never come."""
    away = [version.id for version in versions if _is_deleted(version)]
    return {each.subject.id for each in trash.deletions_within(connection, form, away) if each.origin == UNDONE}


def _deletions(connection: Connection, form: type[Form], there: Mapping[str, Version]) -> dict[str, trash.Deletion]:
    """Return by record who put those that lie in the trash there."""
    away = [record for record, version in there.items() if _is_deleted(version)]
    found = trash.deletions_within(connection, form, away)
    return {each.subject.id: each for each in found if each.origin != UNDONE}


def _outcome(row: TableRow, before: Version | None, *, deleted: bool) -> str:
    if before is None:
        return NEW
    if deleted:
        return DELETED
    if _is_deleted(before):
        return NEW
    if not _differing(row, before):
        return IDENTICAL
    return LOCKED if is_locked(before) else UPDATED


def _differing(row: TableRow, before: Version) -> list[str]:
    """Return the keys of the answers that a row would change."""
    values = before.values()
    return [key for key, answer in row.given.items() if key != "id" and values.get(key) != answer]


def _once(reading: Reading, rows: Sequence[TableRow]) -> Iterator[TableRow]:
    """Yield the rows but for those that are a record which an earlier row is already; note those as errors."""
    first: dict[str, int] = {}
    for row in rows:
        if row.id and row.id in first:
            reading.errors.append(_repeated(reading, row, first[row.id]))
            reading.rejected.append(replace(row, outcome=REJECTED))
            continue
        first.setdefault(row.id, row.place.row)
        yield row


def _repeated(reading: Reading, row: TableRow, first: int) -> CellError:
    stated = [key for key in reversed(reading.form.natural) if key in row.given] or ["id"]
    key = next((key for key in stated if key != "period"), stated[0])
    place = reading.cell(row, key)
    remedy = say("Gabungkan kedua baris, atau betulkan {question} di salah satunya, lalu impor lagi.",
                 question=label_of(reading.form, key))
    objection = Unfit(cell_rules.TWICE, row=first)
    return replace(error(reading, place, str(row.given.get(key) or ""), key, objection), remedy=remedy)


def _locked(reading: Reading, row: TableRow, before: Version) -> CellError:
    key = _differing(row, before)[0]
    remedy = say("Bila memang harus berubah, impor lagi dengan alasan (--reason), atau ubah lewat formulirnya.")
    found = error(reading, reading.cell(row, key), str(row.given[key]), key, Unfit(cell_rules.VERIFIED))
    return replace(found, remedy=remedy)


def _told(gone: Mapping[str, trash.Deletion], rows: Sequence[TableRow]) -> Iterator[str]:
    for row in rows:
        if row.outcome == DELETED:
            yield say(
                "Baris {row} dilewati: catatannya pernah dihapus ({deletion}). Untuk memakainya lagi, kembalikan "
                "dahulu dari Tempat sampah (Ctrl+Shift+T), lalu impor lagi.",
                row=row.place.row, deletion=gone[row.id].words,
            )


def likely(connection: Connection, form: type[Form], placed: Sequence[TableRow], period: str) -> tuple[Likeness, ...]:
    """Return the new households among the rows that may be here already, or twice among the rows, and which."""
    if form is not Household:
        return ()
    houses: dict[tuple[str, str, str], list[House]] = {}
    for row in (row for row in placed if row.outcome == NEW):
        given = {key: value for key, value in row.given.items() if key in ADDRESS or form.question(key)}
        house = doubles.house_of(f"{BY_ROW}{row.place.row}", given)
        houses.setdefault((str(given.get("period") or period), house.region, house.rt), []).append(house)
    found: list[Likeness] = []
    for (year, _, _), some in houses.items():
        found += doubles.beside(connection, some, year)
        found += (replace(each, one=each.other, other=each.one) for each in Comparing().among(some))
    return tuple(found)
