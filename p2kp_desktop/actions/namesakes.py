"""Which record a row of a table is: known again by its id, its natural key, or RT, building and name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from p2kp_desktop.forms import Household
from p2kp_desktop.rules.likeness import House, Likeness
from p2kp_desktop.schema import ADDRESS, ALIVE, Answer, Form
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.review import is_locked
from p2kp_desktop.store import Connection, neighbours, records, views

from . import doubles
from .tabular import IDENTICAL, LOCKED, NEW, UPDATED, Row


def known_again(connection: Connection, form: type[Form], read: Sequence[Row], period: str) -> list[Row]:
    """Return the rows with the id of the record that each one is, and whether it would change it."""
    waiting = _namesakes(connection, read, period) if form is Household else {}
    stated = [_stated_id(form, row) for row in read]
    if form is not Household and not form.natural:
        stated = _word_for_word(connection, form, read, stated)
    ids = [*filter(None, stated), *(record for some in waiting.values() for record in some)]
    there = records.read(connection, form.key, ids)
    named = _without_building(waiting)
    found = []
    for row, its in zip(read, stated, strict=True):
        record = its or _next_namesake(row, waiting, there, period) or _only_namesake(row, named, there, period)
        before = there.get(record)
        found.append(replace(row, id=record, outcome=_outcome(row, before)))
    return found


def _word_for_word(
    connection: Connection, form: type[Form], read: Sequence[Row], stated: Sequence[str]
) -> list[str]:
    """Return the ids stated, and for a row without one the record that says all it says; each is taken once."""
    living = [(each.id, each.answers) for each in views.found(connection, form)] if not all(stated) else []
    taken, known = set(stated), dict[tuple[str, ...], dict[tuple[Answer, ...], list[str]]]()
    found = []
    for row, its in zip(read, stated, strict=True):
        keys = tuple(sorted(key for key in row.given if key != "id"))
        if not its and keys not in known:
            known[keys] = {}
            for record, answers in living:
                known[keys].setdefault(tuple(answers.get(key) for key in keys), []).append(record)
        alike = known.get(keys, {}).get(tuple(plain(row.given[key]) for key in keys), [])
        record = its or next((each for each in alike if each not in taken), "")
        taken.add(record)
        found.append(record)
    return found


def _outcome(row: Row, before: Version | None) -> str:
    if before is None:
        return NEW
    if _says_the_same(row, before):
        return IDENTICAL
    return LOCKED if is_locked(before) else UPDATED


def _says_the_same(row: Row, before: Version) -> bool:
    values = before.values()
    if values.get(ALIVE) == 0:  # it would come back from the trash
        return False
    return all(values.get(key) == plain(answer) for key, answer in row.given.items() if key != "id")


def plain(answer: object) -> Answer:
    """Return an answer as it is stored."""
    return answer if isinstance(answer, str | int) else str(answer)


def _stated_id(form: type[Form], row: Row) -> str:
    given: dict[str, Answer] = {key: plain(value) for key, value in row.given.items() if key != "id"}
    return form.natural_id(given | form.complete(given)) or str(row.given.get("id") or "")


Key = tuple[str, str, str, str, str]


def _namesakes(connection: Connection, read: Iterable[Row], period: str) -> dict[Key, list[str]]:
    """Return the households of the rows' RTs by RT, period, building and name, in the order they were recorded."""
    found: dict[Key, list[str]] = {}
    places = {_key(row, period)[:3] for row in read}
    for area, rt, year in places:
        if rt:
            for some in neighbours.households(connection, year, area, rt):
                for house in some:
                    key = area, rt, year, house.number.casefold(), house.name.casefold()
                    found.setdefault(key, []).append(house.id)
    return found


def _key(row: Row, period: str) -> Key:
    given = [str(row.given.get(key) or "") for key in ("region", "rt", "period", "building", "head_name")]
    return given[0], given[1], given[2] or period, given[3].casefold(), given[4].casefold()


def _next_namesake(
    row: Row, waiting: Mapping[Key, list[str]], there: Mapping[str, Version], period: str
) -> str:
    """Return the household that a row is: of several of one name each answers one row; one without a name must agree.

    Each is taken once, so that two rows never end in one household.
    """
    candidates = waiting.get(_key(row, period), [])
    for record in candidates:
        if _key(row, period)[-1] or _says_the_same(row, there[record]):
            candidates.remove(record)
            return record
    return ""


def _without_building(waiting: Mapping[Key, list[str]]) -> dict[Key, list[list[str]]]:
    """Return the same lists by RT, period and name alone."""
    found: dict[Key, list[list[str]]] = {}
    for (area, rt, year, _, name), some in waiting.items():
        found.setdefault((area, rt, year, "", name), []).append(some)
    return found


def _only_namesake(
    row: Row, named: Mapping[Key, list[list[str]]], there: Mapping[str, Version], period: str
) -> str:
    """Return the one household of this name in the RT, for a row that says no building: the official sheet has none."""
    key = _key(row, period)
    lists = named.get(key, []) if key[-1] and not key[3] else []
    if sum(map(len, lists)) != 1:
        return ""
    some = next(each for each in lists if each)
    niks = row.given.get("nik"), there[some[0]].values().get("nik")
    return "" if all(niks) and niks[0] != niks[1] else some.pop()


def likely(connection: Connection, form: type[Form], placed: Sequence[Row], period: str) -> tuple[Likeness, ...]:
    """Return the new households among the rows that may be here already, and which."""
    if form is not Household:
        return ()
    houses: list[House] = []
    for row in placed:
        if row.outcome == NEW:
            given = {key: plain(value) for key, value in row.given.items() if key in ADDRESS or form.question(key)}
            houses.append(doubles.house_of(f"baris {row.place.row}", given))
    return tuple(doubles.beside(connection, houses, period))
