"""Is the workspace whole: its file, its records, the chains of its history and what they name, its summaries."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.schema.branches import FOR_EVER, origin
from p2kp_desktop.schema.causality import Dot, Save, Vector, Version, join
from p2kp_desktop.schema.first_answers import FirstAnswers
from p2kp_desktop.schema.forms import ALIVE
from p2kp_desktop.schema.giving import Forked, gave, is_named, left_behind
from p2kp_desktop.schema.history import REOPENING, Before, HistoryRow, faults
from p2kp_desktop.schema.review import standing
from p2kp_desktop.schema.save_signing import holds
from p2kp_desktop.schema.state import canonical, unpack
from p2kp_desktop.schema.values import Answer

from . import branching, facts, history, lineage, node, records, search, signers, summaries
from .records import AT_ONCE
from .tables import RECORDS, REVIEW, knowledge, other_records
from .tables import history as log

Named = tuple[str, str]  # form and id of a record


class Given:
    """What the history tells: what each save gave a record or keeps back, and by answer what was replaced."""

    def __init__(self) -> None:
        self.by_save: dict[tuple[str, Dot], Mapping[str, Answer]] = {}
        self.kept_back: dict[tuple[str, Dot], frozenset[str]] = {}
        self.replaced: dict[str, dict[str, list[tuple[Dot, Before]]]] = {}
        self.by_whom: dict[Dot, int] = {}  # a digest of person, role, workspace and time
        self.reopened: dict[Dot, HistoryRow] = {}  # the saves that opened a conflict again, which name who gave a side

    def note(self, row: HistoryRow) -> None:
        """Take note of a save."""
        told = row.told
        if row.origin not in REOPENING:
            self.by_whom[row.save.dot] = hash(row.save[1:])
        else:
            self.reopened[row.save.dot] = row
        if told:
            self.by_save[row.record, row.save.dot] = told
        if row.kept_back:
            self.kept_back[row.record, row.save.dot] = row.kept_back
        for key, before in row.replaced.items():
            self.replaced.setdefault(row.record, {}).setdefault(key, []).append((row.save.dot, before))

    def denies(self, save: Save, forked: Forked) -> bool:
        """Say whether somebody else made a save than is said, or at another time."""
        told = self.by_whom.get(save.dot)
        return told is not None and told != hash(save[1:]) and origin(save.dot.node) not in forked


def digest(connection: sa.Connection) -> str:
    """Return one SHA-256 over all records: values, siblings, vectors, tombstones; equal where content is equal."""
    whole = hashlib.sha256()
    rows = [(form, *row) for form in records.kept_forms(connection) for row in _seals(connection, RECORDS[form])]
    rows += connection.execute(sa.select(other_records.c.form, other_records.c.id, other_records.c.seal))
    for form, record, seal in sorted(rows):
        whole.update(f"{form}\n{record}\n{seal}\n".encode())
    return whole.hexdigest()


def _seals(connection: sa.Connection, table: sa.Table) -> Iterator[tuple[str, str]]:
    yield from connection.execute(sa.select(table.c.id, table.c.seal))


def problems(connection: sa.Connection) -> Iterator[str]:
    """Yield what is damaged, in words; problems in answers are no damage.

    What stands in a damaged file may be anything, so whatever cannot be read there is damage too.
    """
    harmed = list(_file(connection))
    yield from harmed
    if harmed:
        return
    try:
        yield from _content(connection)
    except (LookupError, ValueError, TypeError, sa.exc.DBAPIError) as error:
        yield f"Isi ruang kerja tidak terbaca ({type(error).__name__})."


def _content(connection: sa.Connection) -> Iterator[str]:
    newest: dict[str, int] = {}  # the last save of each node that a record includes
    given = Given()
    of_history = list(_history(connection, given))
    forked = branching.shapes(connection)
    for form, table in RECORDS.items():
        yield from _records(connection, form, table, newest, given, forked)
    yield from _records(connection, None, other_records, newest, given, forked)
    yield from _missing(connection)
    yield from of_history
    yield from _ends(connection, newest)
    yield from _summaries(connection)


def _file(connection: sa.Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok" and search.INDEX not in said:  # the index is told, and made anew, by itself
            yield f"Berkas rusak: {said}"


def _records(
    connection: sa.Connection, form: str | None, table: sa.Table, newest: dict[str, int], given: Given, forked: Forked
) -> Iterator[str]:
    rows = iter(connection.execute(sa.select(table)).mappings())
    while some := list(islice(rows, AT_ONCE)):
        vectors: dict[Named, Vector] = {}
        for row in some:
            key, whole = form or row["form"], False
            try:
                version = unpack(key, row["id"], records.values_of(form, {**row}), row["state"])
                whole = hashlib.sha256(canonical(version)).hexdigest() == row["seal"]
                whole = whole and (form is None or (row[REVIEW] or "") == standing(version))
                whole = whole and _is_as_given(version, given, forked)
                whole = whole and not _hides(connection, version, given, forked)
                whole = whole and not _misnames(connection, version, given, forked)
                newest.update(join(newest, version.vector))
                vectors[key, row["id"]] = version.vector
            except ValueError:
                whole = False
            if not whole:
                yield f"Catatan {key} {row['id']} berubah di luar program."
        for key, record in _older(connection, vectors):
            yield f"Catatan {key} {record} lebih lama daripada riwayatnya."


def _is_as_given(version: Version, given: Given, forked: Forked) -> bool:
    """Say whether the answers of a record are those that its history tells."""
    def told(dot: Dot) -> Mapping[str, Answer]:
        return given.by_save.get((version.id, dot), {})

    @cache
    def first(dot: Dot) -> FirstAnswers:
        return FirstAnswers(told(dot), dot, version, given.replaced.get(version.id, {}))

    return not any(
        given.denies(each.save, forked)
        or gave(told(dot := each.save.dot), given.kept_back.get((version.id, dot), ()), key, each, forked,
                partial(first, dot)) is False
        for key, siblings in version.answers.items() for each in siblings
    )


def _hides(connection: sa.Connection, version: Version, given: Given, forked: Forked) -> bool:
    """Say whether a record includes a save whose answer it lacks, though nobody replaced it."""
    def is_gone(key: str, changed: Sequence[tuple[Dot, Before]]) -> bool:
        here = {each.save.dot for each in version.answers.get(key, ())}
        gone = [dot for dot, _before in changed if dot not in here]
        sides = (before if isinstance(before, list) else [before] for _dot, before in changed)
        replaced = Counter(side for each in sides for side in each)
        return any(not replaced[given.by_save.get((version.id, dot), {}).get(key)] for dot in gone)

    if not any(is_gone(key, changed) for key, changed in given.replaced.get(version.id, {}).items()):
        return False
    is_whole = partial(history.tells_all, connection, version.vector, version.places)
    return bool(left_behind(version, history.of_record(connection, version.id), {}, forked, is_whole))


def _misnames(connection: sa.Connection, version: Version, given: Given, forked: Forked) -> bool:
    """Say whether a side of a conflict that was opened again is told as of somebody who gave it by no save."""
    sides = [(key, each) for key, siblings in version.answers.items() for each in siblings
             if each.save.dot in given.reopened and not (key == ALIVE and each.value == 1)]
    if not sides or any(origin(name) in forked for name in version.vector):
        return False
    rows = history.of_record(connection, version.id)
    strange = any(not is_named(given.reopened[each.save.dot], key, each, lambda: rows) for key, each in sides)
    return strange and history.tells_all(connection, version.vector, version.places)


def _owed() -> sa.Select[Any]:
    """Return the saves in the history that this workspace is to have: its own, and those it says that it knows."""
    known = sa.and_(knowledge.c.holder == "", knowledge.c.place == log.c.place, knowledge.c.node == log.c.node)
    chosen = sa.select(log.c.form, log.c.record, log.c.node, log.c.tick)
    return chosen.select_from(log.outerjoin(knowledge, known))


def _is_owed(connection: sa.Connection) -> sa.ColumnElement[bool]:
    return sa.or_(log.c.node.in_(node.own_nodes(connection)), log.c.tick <= knowledge.c.tick)


def _older(connection: sa.Connection, vectors: Mapping[Named, Vector]) -> Iterator[Named]:
    """Yield the records that do not include a save which the history tells of them."""
    chosen = _owed().where(log.c.record.in_([record for _, record in vectors]), _is_owed(connection))
    found = {
        (row.form, row.record) for row in connection.execute(chosen)
        if (row.form, row.record) in vectors and row.tick > vectors[row.form, row.record].get(row.node, 0)
    }
    yield from sorted(found)


def _missing(connection: sa.Connection) -> Iterator[str]:
    """Yield how many records of each form the history names that are not there: none is ever taken out of a file."""
    saved = _owed().where(_is_owed(connection)).subquery()
    others = sa.select(other_records.c.id).where(other_records.c.id == saved.c.record)
    for form in connection.scalars(sa.select(saved.c.form).distinct().order_by(saved.c.form)).all():
        table = RECORDS.get(form)
        here = others.where(other_records.c.form == form) if table is None else (
            sa.select(table.c.id).where(table.c.id == saved.c.record)
        )
        chosen = sa.select(saved.c.record).distinct().where(saved.c.form == form, ~here.exists())
        gone = connection.scalars(chosen.order_by(saved.c.record)).all()
        if gone:
            yield (f"{len(gone)} catatan {form} hilang dari berkas; riwayatnya masih ada (misalnya "
                   f"{gone[0]}). Pulihkan cadangan terakhir, atau terima lagi paket yang memuatnya.")


def _history(connection: sa.Connection, given: Given) -> Iterator[str]:
    """Yield what is wrong with the history, and note what its saves gave."""
    own = set(node.own_nodes(connection))
    known = facts.known_edits(connection)
    signatures = _Signatures(connection)
    forked = lineage.forks(connection)
    for chain in history.chains(connection):
        for row in chain:
            given.note(row)
        dot, place = chain[-1].save.dot, chain[-1].place
        expected = dot.tick if dot.node in own else known.get(place, {}).get(dot.node, 0)
        is_signed = any(row.mark for row in chain)
        for fault in faults(chain, branching.stem(connection, chain[0])):
            tick, is_parted = fault.row.save.dot.tick, fault.kind == "parted"
            if is_parted and tick >= forked.get(dot.node, FOR_EVER):
                continue  # of two copies, as an earlier release kept them
            if tick > expected and fault.kind != "altered" and not (is_parted and is_signed):
                continue  # hearsay of a stranger, which nobody here says to know: no fault of the file
            what = "hilang sebelum" if fault.kind == "gap" else "berubah di luar program:"
            yield f"Riwayat {what} {_name(fault.row)}."
        yield from signatures.faults(chain)


def _ends(connection: sa.Connection, newest: Mapping[str, int]) -> Iterator[str]:
    """Yield of which nodes records include saves that no row of history tells of: own ones, and those that sign."""
    own = set(node.own_nodes(connection))
    for mine in own:
        if newest.get(mine, 0) > history.last_tick(connection, mine):
            yield f"Riwayat hilang di akhir: simpanan ke-{newest[mine]} ruang kerja ini."
    for name, tick in newest.items():
        if name not in own and signers.first_signed(connection, name) and tick > history.last_tick(connection, name):
            yield f"Catatan menyebut simpanan ke-{tick} dari {name}, yang tidak ada riwayatnya."


class _Signatures:
    """Holds saves against the signatures of their nodes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._keys = cache(lambda name: signers.keys_of(connection, name)[0])
        self._first = cache(lambda name: signers.first_signed(connection, name))

    def faults(self, chain: Iterable[HistoryRow]) -> Iterator[str]:
        """Yield which saves of a chain bear a false signature, or none after the first that their node signed."""
        for row in chain:
            name = origin(row.save.dot.node)
            first = self._first(name)
            if row.mark and not any(holds(key, row.hash, row.mark) for key in self._keys(name)):
                yield f"Tanda tangan simpanan tidak cocok: {_name(row)}."
            elif not row.mark and first is not None and row.save.dot.tick > first:
                yield f"Simpanan tanpa tanda tangan sesudah yang bertanda tangan: {_name(row)}."


def _name(row: HistoryRow) -> str:
    return f"baris {row.number} dari {row.save.workspace} ({row.save.dot.node}, wilayah {row.place or 'umum'})"


def _summaries(connection: sa.Connection) -> Iterator[str]:
    for place, kept in summaries.known(connection).items():
        if kept != summaries.compute(connection, place):
            yield f"Rekap RT {place[1]} ({place[0]}, {place[2]}) tidak sesuai dengan rumahnya."
    for place, counted in summaries.known_profiles(connection).items():
        if counted != summaries.compute_profile(connection, place):
            yield f"Rekap RT {place[1]} ({place[0]}, {place[2]}) tidak sesuai dengan rumahnya."
