"""Batalkan impor ini: taking imports back as one act, or saying exactly what stands in the way."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from p2kp_desktop import environment
from p2kp_desktop.actions.common import by_hand, events
from p2kp_desktop.actions.common.office_words import role_words, when
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.actions.trust import enrolment, standing
from p2kp_desktop.actions.trust.enrolment import Register
from p2kp_desktop.actions.trust.protection import CONTRADICTED
from p2kp_desktop.exchange.bundle import DamagedRow
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.branches import origin
from p2kp_desktop.schema.causality import Dot, Vector, Version
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.save_signing import holds
from p2kp_desktop.store import (
    Connection,
    Workspace,
    certified,
    checkpoints,
    erasures,
    facts,
    held,
    history,
    lineage,
    node,
    receipts,
    records,
    rights,
    signers,
    spans,
    summaries,
    transfers,
    trusted,
    undoing,
)
from p2kp_desktop.store.held import Held
from p2kp_desktop.store.history import Kept, Welcome
from p2kp_desktop.store.receipts import Acquaintance
from p2kp_desktop.store.transfers import Transfer
from p2kp_desktop.store.undoing import Taken

from . import forks

NAMED = 5  # records that are named in one sentence; those beyond are counted

Named = tuple[str, str]  # form and id


UNDOABLE = 20  # how many imports can be taken back; older ones need too much room


def note(
    connection: Connection, transfer: str, touched: Mapping[Named, Version | None], kept: Kept, *, decided: bool = False
) -> None:
    """Note what it takes to take an import back, under the id of its line in the log, and carry out erasures.

    `decided` says that a person took in what waited.
    """
    undoing.note(connection, transfer, touched, kept)
    person_erasure.apply_marks(connection, touched, transfer, decided=decided)
    earlier = transfers.newest(connection, [each for each in undoing.undoable(connection) if each != transfer])
    undoing.drop(connection, earlier[UNDOABLE - 1 :])
    if undoable := earlier[: UNDOABLE - 1]:
        spans.forget_counted(connection, transfers.known_before(connection, undoable[-1]))


class _TakenBack(Exception):
    """Ends a transaction that only looked."""


def obstacles(workspace: Workspace, transfer: str) -> list[str]:
    """Return in words what keeps an import from being taken back; empty when nothing does."""
    return obstacles_to_all(workspace, [transfer])


def obstacles_to_all(workspace: Workspace, lines: Sequence[str]) -> list[str]:
    """Return the sentences on why several imports cannot be taken back together, each once."""
    found: list[str] = []
    try:
        with workspace.changing() as connection:
            for transfer in _newest_first(connection, lines):
                hindered = _obstacles(connection, _line(connection, transfer))
                found += hindered
                if not hindered:
                    _take_back(connection, transfer, "")
            raise _TakenBack
    except _TakenBack:
        return list(dict.fromkeys(found))


def undo(workspace: Workspace, transfer: str, *, reason: str = "") -> int:
    """Restore the state before an import, records, siblings, history and knowledge; return how many records.

    No edit is written; the log says so. Receiving the file again brings everything back. Raises Trouble, with
    the list of what stands in the way, and then nothing has changed.
    """
    return undo_all(workspace, [transfer], reason=reason)


def undo_all(workspace: Workspace, lines: Sequence[str], *, reason: str = "") -> int:
    """Take several imports back in one transaction, the last one first, in whatever order they are named.

    Returns how many records stand as before, each counted once. Raises Trouble as `undo` does.
    """
    with workspace.changing() as connection:
        decided = any(_line(connection, transfer).is_decision for transfer in lines)
        rights.must(connection, Deed.ADMIT if decided else Deed.RECEIVE)
        restored, before = set[Named](), by_hand.ends(connection)
        for transfer in _newest_first(connection, lines):
            if hindered := _obstacles(connection, _line(connection, transfer)):
                raise Trouble(
                    say("Impor ini tidak dapat dibatalkan: {why}", why=" ".join(hindered)),
                    remedy=say("Perbaiki datanya dengan suntingan biasa, atau pulihkan cadangan."), code="T50",
                )
            restored |= _take_back(connection, transfer, reason)
        summaries.refresh(connection)
        files = ", ".join(_line(connection, transfer).file for transfer in lines)
        by_hand.note(connection, events.UNDONE, before, file=files, records=len(restored), reason=reason)
    return len(restored)


def _newest_first(connection: Connection, lines: Sequence[str]) -> list[str]:
    for transfer in lines:
        _line(connection, transfer)
    return transfers.newest(connection, lines)


def take_back_contradicted(
    connection: Connection, rows: Callable[[], Iterable[HistoryRow | DamagedRow]], saves: Welcome
) -> list[str]:
    """Take back what strangers brought as saves of a node that these rows, signed by its enrolled key, contradict.

    `saves` judges who signed the rows. The records that tell of such saves wait for a person then; whatever else came
    along stays. Returns in words what became of them. What the node's own workspace brought unsigned may be of an older
    release, and what somebody worked on since stays: a person looks at it.
    """
    register = enrolment.register(connection)
    doubted = _doubted(connection, register) if register.is_begun else {}
    refuted = _refuted(doubted, rows(), saves) if doubted else {}
    said = []
    for transfer in _newest_first(connection, sorted(refuted)):
        dots = {row.save.dot for row in doubted[transfer] if origin(row.save.dot.node) in refuted[transfer]}
        line, part = _line(connection, transfer), _part(connection, undoing.taken(connection, transfer), dots)
        if not _in_the_way(connection, line, part):
            said.append(_take_apart(connection, line, part))
    return said


def _refuted(
    doubted: Mapping[str, Sequence[HistoryRow]], rows: Iterable[HistoryRow | DamagedRow], saves: Welcome
) -> Mapping[str, set[str]]:
    """Return by import the nodes of which it brought a save that one of these rows, signed by the node, contradicts."""
    here, found = defaultdict[_Place, list[tuple[str, str]]](list), defaultdict[str, set[str]](set)
    for transfer, its in doubted.items():
        for row in its:
            for at in _places_of(row):
                here[at].append((transfer, row.hash))
    for row in (each for each in rows if isinstance(each, HistoryRow)):
        others = {transfer for at in _places_of(row) for transfer, told in here.get(at, ()) if told != row.hash}
        for transfer in others if others and saves.is_signed(row) else ():
            found[transfer].add(origin(row.save.dot.node))
    return found


def _doubted(connection: Connection, register: Register) -> dict[str, list[HistoryRow]]:
    """Return by import the saves that a stranger brought of nodes which are enrolled, unsigned by these."""
    found = {}
    for line in filter(None, (transfers.line(connection, each) for each in undoing.undoable(connection))):
        sender = _told(line)
        if register.certificate(sender["key"]):
            continue
        dots = [dot for dot in undoing.came_of_others(connection, line.id, sender["node"])
                if origin(dot.node) != origin(sender["node"]) and register.keys_of(origin(dot.node))]
        if dots and _is_stranger(connection, sender):
            found[line.id] = [row for row in history.by_dots(connection, dots) if not _is_by_enrolled(register, row)]
    return {transfer: its for transfer, its in found.items() if its}


_Place = tuple[str, str | None, int]


def _places_of(row: HistoryRow) -> tuple[_Place, _Place]:
    """Return the places that no two saves of a node share: the number in its chain, and its count, wherever it lies."""
    name, tick = origin(row.save.dot.node), row.save.dot.tick
    return (name, row.place, row.number), (name, None, tick)


def _part(connection: Connection, taken: Taken, dots: set[Dot]) -> Taken:
    """Return the part of an import that goes with these saves: the records that tell of them, and the saves of those.

    A save of theirs that another record counts stays.
    """
    rows, now = history.by_dots(connection, taken.came), _now(connection, taken)
    told = {(row.form, row.record) for row in rows if row.save.dot in dots}
    gone = {key for key, version in now.items() if key in told or (_named(version) - _named(taken.before[key])) & dots}
    counted = {dot for key, version in now.items() if key not in gone for dot in _last(version)}
    theirs = {row.save.dot for row in rows if (row.form, row.record) in gone} - counted
    came = [dot for dot in taken.came if dot in dots or dot in theirs]
    hidden = {row.save.dot: taken.hidden[row.save.dot] for row in history.by_dots(connection, [*taken.hidden])
              if (row.form, row.record) in gone}
    return Taken({key: taken.before[key] for key in gone}, {key: taken.after[key] for key in gone}, came, hidden)


def _last(version: Version) -> set[Dot]:
    return {Dot(*last) for last in version.vector.items()}


def _named(version: Version | None) -> set[Dot]:
    """Return the saves that a record names: the last ones of each node, and those that gave its answers."""
    if version is None:
        return set()
    return _last(version) | {each.save.dot for siblings in version.answers.values() for each in siblings}


def _is_by_enrolled(register: Register, row: HistoryRow) -> bool:
    keys = register.keys_of(origin(row.save.dot.node))
    return bool(row.mark) and any(holds(key, row.hash, row.mark) for key in keys)


def _is_stranger(connection: Connection, sender: Mapping[str, str]) -> bool:
    whose = standing.of_key(connection, sender["key"], sender["role"], sender["node"])
    return not whose.enrolled and whose.regions is None


def _take_apart(connection: Connection, line: Transfer, part: Taken) -> str:
    """Take an import, or a part of it, back and let its records wait, as they stand; say so."""
    sender, now, before = _told(line), environment.now(), by_hand.ends(connection)
    stood, rows = _now(connection, part), history.by_dots(connection, part.came)
    apart = [
        Held(line.id, version, CONTRADICTED, tuple(row for row in rows if row.record == version.id), sender["node"],
             sender["workspace"], sender["role"], sender["person"], sender["key"], sender["time"], now)
        for version in stood.values()
    ]
    said = say(
        "Impor «{file}» diambil kembali: isinya mengatasnamakan ruang kerja yang kini datang dengan tanda tangannya "
        "sendiri dan berkata lain. {count} catatan dari berkas itu menunggu keputusan; tidak ada yang hilang.",
        file=line.file, count=len(apart),
    )
    if part.before.keys() == undoing.taken(connection, line.id).before.keys():
        _take_back(connection, line.id, said)
    else:
        _put_back(connection, part)
        _know_less(connection, line)
        undoing.drop_part(connection, line.id, part)
    held.hold(connection, apart)
    by_hand.note(connection, events.UNDONE, before, file=line.file, records=len(apart), reason=said)
    return said


def _told(line: Transfer) -> dict[str, str]:
    """Return who sent a file, as the log tells."""
    sender = line.result.get("sender")
    told = sender if isinstance(sender, dict) else {}
    return {name: str(told.get(name, "")) for name in ("node", "workspace", "role", "person", "key", "time")}


def _line(connection: Connection, transfer: str) -> Transfer:
    found = transfers.line(connection, transfer)
    if found is None:
        raise Trouble(
            say("Impor ini tidak ada di catatan."), remedy=say("Periksa catatan kirim dan terima."), code="T51"
        )
    return found


def _take_back(connection: Connection, transfer: str, reason: str) -> set[Named]:
    """Put back what an import changed; return the records."""
    line, taken = _line(connection, transfer), undoing.taken(connection, transfer)
    erasures.stand_again(connection, transfer)
    if accepted := line.result.get("accepted"):
        lineage.disown(connection, str(accepted))
    _put_back(connection, taken)
    before, after = line.result.get("signs_before"), line.result.get("signs_after")
    if isinstance(before, dict) and isinstance(after, dict):
        forks.put_signs_back(connection, before, after)
    trusted.forget(connection, transfer)
    signers.forget(connection, transfer)
    held.forget(connection, transfer)
    checkpoints.forget(connection, transfer)
    certified.forget_requests(connection, transfer)
    _know_less(connection, line)
    undoing.drop(connection, [transfer])
    transfers.amend(connection, transfer, dict(line.result) | {"undone": reason or "dibatalkan"})
    return set(taken.before)


def _put_back(connection: Connection, taken: Taken) -> None:
    """Put back records and history as they were."""
    households = [record for form, record in taken.before if form == Household.key]
    stale = _places(connection, households)
    for form in {form for form, _ in taken.before}:
        gone = [record for (its, record), version in taken.before.items() if its == form and version is None]
        records.remove(connection, form, gone)
    records.write(connection, [version for version in taken.before.values() if version])
    history.forget(connection, taken.came)
    history.hide_again(connection, taken.hidden)
    forks.regrow(connection)
    summaries.forget(connection, stale | _places(connection, households))


def _know_less(connection: Connection, line: Transfer) -> None:
    """Shrink what is known to what was known before the import: of imports after it, only what held without it."""
    before = transfers.known_before(connection, line.id)
    now = facts.known_edits(connection)
    facts.know_again(connection, {
        place: {node: min(tick, before[place][node]) for node, tick in edits.items() if node in before[place]}
        for place, edits in now.items() if place in before
    })
    spans.forget_since(connection, line.step)
    serial, sender = line.result.get("met"), line.result.get("sender")
    if not isinstance(serial, int) or not isinstance(sender, dict):
        return
    met = line.result.get("met_before")
    remembered = dict(met) if isinstance(met, dict) else {}
    knows = _vectors(remembered.pop("knows", {}))
    known = Acquaintance(**remembered) if remembered else None
    receipts.met_before(connection, serial, str(sender["node"]), known, knows)


def _obstacles(connection: Connection, line: Transfer) -> list[str]:
    if line.direction != "in":
        return [say("«{file}» bukan impor.", file=line.file)]
    if "undone" in line.result:
        return [say("«{file}» sudah dibatalkan.", file=line.file)]
    taken = undoing.taken(connection, line.id)
    touched = line.result.get("touched")
    if not taken.before and (touched is None or touched):
        return [say("«{file}» sudah terlalu lama: hanya impor terakhir yang dapat dibatalkan.", file=line.file)]
    return _in_the_way(connection, line, taken)


def _in_the_way(connection: Connection, line: Transfer, taken: Taken) -> list[str]:
    now = _now(connection, taken)
    return [*_changed(connection, taken, now), *_sent_on(connection, line, taken, now)]


def _now(connection: Connection, taken: Taken) -> dict[Named, Version]:
    return {
        (form, version.id): version
        for form in {form for form, _ in taken.before}
        for version in records.read(connection, form, [each for its, each in taken.before if its == form]).values()
    }


def _changed(connection: Connection, taken: Taken, now: dict[Named, Version]) -> Iterator[str]:
    """Say which records were changed since the import."""
    seals = {
        (form, record): seal
        for form in {form for form, _ in taken.before}
        for record, seal in records.seals(connection, form, [r for its, r in taken.before if its == form]).items()
    }
    names = [_name(key, now) for key in sorted(taken.before) if seals.get(key, "") != taken.after[key]]
    if names:
        yield say("{count} catatan sudah berubah sesudahnya: {names}.", count=len(names), names=_listed(names))


def _sent_on(connection: Connection, line: Transfer, taken: Taken, now: dict[Named, Version]) -> Iterator[str]:
    """Say which bundles went out since that contain what the import brought."""
    sent = transfers.sent_since(connection, line.step) if taken.before or taken.came or taken.hidden else []
    if not sent:
        return
    rows = {row.place for row in history.by_dots(connection, [*taken.came, *taken.hidden])}
    own = frozenset(node.own_nodes(connection))
    for bundle in sent:
        areas, along = bundle.result.get("areas"), bundle.result.get(transfers.ALONG)
        inside = [
            key for key, version in now.items()
            if _lies_in_any(version.places, areas) or (_went_along(version.places, along) and own & {*version.vector})
        ]
        if inside or any(_lies_in_any({row}, areas) for row in rows):
            yield say(
                "Bundel «{file}» sudah dikirim kepada {office} pada {time} dan memuat {count} catatan dari impor ini.",
                file=bundle.file, office=role_words(str(bundle.result.get("to", ""))), time=when(bundle.time),
                count=len(inside),
            )


def _lies_in_any(places: frozenset[str] | set[str], areas: object) -> bool:
    """Say whether a bundle of these areas takes up what belongs to these places; what belongs nowhere goes along."""
    if not isinstance(areas, list) or not places:
        return True
    return any(concerns(place, str(area)) for place in places for area in areas)


def _went_along(places: frozenset[str], along: object) -> bool:
    """Say whether a bundle with what was saved here of these places took up what belongs to one of them."""
    return isinstance(along, list) and not places.isdisjoint(along)


def _name(key: Named, now: dict[Named, Version]) -> str:
    version = now.get(key)
    return record_names.subject(*key, version.values() if version else {}).words


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return say("{names}, dan {count} lainnya", names=shown, count=len(names) - NAMED) if len(names) > NAMED else shown


def _places(connection: Connection, households: list[str]) -> set[summaries.Place]:
    found = set()
    for version in records.read(connection, Household.key, households).values():
        values = version.values()
        found.add((str(values.get("region")), str(values.get("rt")), str(values.get("period"))))
    return found


def _vectors(content: object) -> dict[str, Vector]:
    return json.loads(json.dumps(content)) if isinstance(content, dict) else {}
