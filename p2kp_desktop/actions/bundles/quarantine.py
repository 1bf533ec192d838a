"""Menunggu keputusan: records of bundles that wait for a person, and what that person decides.

Whoever applies a record takes it in as it came, with its saves; what it claims beyond the saves that are there is cut,
and what somebody is only said to have given becomes an edit of the person here. It can be taken back like an import.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from typing import NamedTuple

from p2kp_desktop import environment
from p2kp_desktop.actions.common import by_hand, events
from p2kp_desktop.actions.common.by_hand import Ends
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.actions.trust import signed_saves, standing
from p2kp_desktop.actions.trust.protection import BEYOND, COMES_IN, CONTRADICTED, UNPROVED, Protection, why_words
from p2kp_desktop.exchange import signing
from p2kp_desktop.exchange.bundle import Arrived, Manifest
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, erasure, new_id
from p2kp_desktop.schema.causality import Dot, Vector, Version, covers, merge, withhold
from p2kp_desktop.schema.claims import HOLDING, bounded
from p2kp_desktop.schema.forms import STATUS
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.records import DISTINCT
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.values import Answer
from p2kp_desktop.store import (
    Connection,
    Workspace,
    branching,
    facts,
    held,
    history,
    node,
    records,
    rights,
    summaries,
    transfers,
)
from p2kp_desktop.store.held import Held
from p2kp_desktop.store.history import Kept

from . import forks, import_undo
from .merge import Merging, changes
from .receipt_outcome import OUTCOMES, HeldBack, ReceivedChange, Sender

AT_ONCE = 500


def keep_apart(connection: Connection, transfer: str, merging: Merging, kept: Kept, sender: Sender) -> Kept:
    """Keep the records of a bundle that wait, with their saves, which are no part of the history yet.

    Of a record that stays as it was, saves that it does not include are no part of the history either.
    A save of theirs that another record counts stays: a child that waits, and its parent which does not, have one.
    """
    if not (merging.waiting or merging.left):
        return kept
    apart = {each.version.id for each in merging.waiting}
    came = [
        row for start in range(0, len(kept.new), AT_ONCE)
        for row in history.by_dots(connection, kept.new[start : start + AT_ONCE])
    ]
    theirs = [row for row in came if row.record in apart]
    beyond = [row for row in came if row.record in merging.left and not covers(merging.left[row.record], row.save.dot)]
    gone = {row.save.dot for row in (*theirs, *beyond)} - merging.counted
    history.forget(connection, sorted(gone))
    saves: dict[str, list[HistoryRow]] = {}
    for row in (*theirs, *kept.refused):
        saves.setdefault(row.record, []).append(row)
    now = environment.now()
    held.hold(connection, [
        Held(transfer, each.version, each.why, tuple(saves.get(each.version.id, ())), sender.node, sender.workspace,
             sender.role, sender.person, sender.key, sender.time, now)
        for each in merging.waiting
    ])
    _blank_erased(connection, [each.version for each in merging.waiting])
    return kept._replace(new=_without(kept.new, gone))


def _blank_erased(connection: Connection, came: Sequence[Version]) -> None:
    """Take out of what came to wait the values that had been erased here before."""
    for form in {version.form for version in came}:
        bear = records.erased_among(connection, form, [version.id for version in came if version.form == form])
        for here in records.read(connection, form, bear).values():
            held.blank(connection, here.id, erasure.marks_of(here))


def release_proved(connection: Connection, transfer: str, merging: Merging, kept: Kept) -> Kept:
    """Take in what waited because no row told of what it counts, where a row does now: a bundle before it came.

    It belongs to this import from then on, and waits again when that is taken back.
    """
    waits = [each for each in held.waiting(connection) if each.why == BEYOND and each.transfer != transfer]
    clear = [one for one, read in zip(waits, _as_meant(connection, waits), strict=True) if one == read]
    proved = [each for each in clear if _is_proved(connection, each)]
    if not proved:
        return kept
    again, came = Merging(connection), list[Dot]()
    for each in proved:
        came += history.keep(
            connection, each.saves, branching.shapes(connection), signed_saves.of_held(connection, each)
        ).new
        again.take(Arrived(*each.named, each.version))
    again.finish()
    for key, before in again.touched.items():
        merging.touched.setdefault(key, before)
    merging.stale |= again.stale
    held.decide(connection, proved, taken=transfer)
    return kept._replace(new=[*kept.new, *came])


def _is_proved(connection: Connection, each: Held) -> bool:
    """Say whether nothing speaks against a record any more, as if its sender were met for the first time.

    That the bundle with which it came was signed by the same key as a later one proves nothing.
    """
    saves = signed_saves.of_held(connection, each, as_first=True)
    last: dict[str, int] = {}
    for dot in (row.save.dot for row in each.saves if saves.would_take(row)):
        last[dot.node] = max(dot.tick, last.get(dot.node, 0))
    protection = saves.protection(lambda name: max(history.last_tick(connection, name), last.get(name, 0)))
    before = records.read(connection, each.named[0], [each.named[1]]).get(each.named[1])
    after = erasure.applied(merge(before, each.version) if before else each.version)
    return after != before and protection.judge(before, each.version, after) == COMES_IN


def _without(dots: Sequence[Dot], gone: set[Dot]) -> list[Dot]:
    return [dot for dot in dots if dot not in gone]


def refused_words(kept: Kept, merging: Merging) -> list[str]:
    """Say that saves were brought by somebody who has no say in them, beside those of records that wait."""
    apart = {each.version.id for each in merging.waiting}
    count = sum(row.record not in apart for row in kept.refused)
    return [say(
        "{count} simpanan tidak diambil: tidak ada tanda tangan ruang kerja yang disebut membuatnya. Minta paket dari "
        "ruang kerja itu sendiri.", count=count,
    )] if count else []


def told(merging: Merging) -> tuple[HeldBack, ...]:
    """Return the records that wait as a receipt tells of them."""
    return tuple(
        HeldBack(record_names.subject(each.version.form, each.version.id, each.version.values()),
                 why_words(each.why), each.changes)
        for each in merging.waiting
    )


@dataclass(frozen=True)
class Quarantined:
    """A record that waits: which, why in words, who sent it, when it came last, and what it would change now."""

    subject: Subject
    why: str
    sender: Sender
    arrived: str
    changes: tuple[ReceivedChange, ...]


@dataclass(frozen=True)
class HeldAnswer:
    """One answer that a record which waits would change; None where it would change none that people read."""

    held: Quarantined
    change: ReceivedChange | None

    @property
    def subject(self) -> Subject:
        """Return the record."""
        return self.held.subject


_INNER = (*HOLDING, DISTINCT)  # what the program notes for itself


def answers(waits: Sequence[Quarantined]) -> list[HeldAnswer]:
    """Return the changes that waiting records would make, answer by answer, sender by sender."""
    found = []
    for each in sorted(waits, key=lambda one: (one.sender.node, one.subject.region, one.subject.rt, one.subject.title)):
        told = [change for change in each.changes if not change.question.startswith(_INNER)]
        found += [HeldAnswer(each, change) for change in told] or [HeldAnswer(each, None)]
    return found


def waiting(workspace: Workspace) -> list[Quarantined]:
    """Return the records that wait and would still change something here, the first that came first.

    What one sender brought of a record in several bundles is one, with the reason of the last of them first.
    """
    with workspace.asking() as connection:
        found = _as_meant(connection, held.waiting(connection))
        here = _here(connection, found)
        told = [_told(waits, here.get(waits[0].named)) for waits in _by_sender(found)]
        return [each for each in told if each is not None]


def _by_sender(found: Iterable[Held]) -> list[list[Held]]:
    """Give what waits of each record by whose key brought it, in the order in which its bundles came."""
    brought: dict[tuple[str, str, held.Named], list[Held]] = {}
    for each in found:
        brought.setdefault((each.node, each.key, each.named), []).append(each)
    return list(brought.values())


def _here(connection: Connection, found: Sequence[Held]) -> dict[held.Named, Version]:
    return {
        (form, ident): version for form in {each.version.form for each in found}
        for ident, version in records.read(
            connection, form, [each.version.id for each in found if each.version.form == form]
        ).items()
    }


def _told(waits: Sequence[Held], before: Version | None) -> Quarantined | None:
    each, after = waits[-1], before
    for one in waits:
        after = _with(after, one)
    if after is None or after == before:
        return None  # it came in another way meanwhile
    version, now = each.version, before or Version(*each.named)
    changed = tuple(
        change for change in changes(now, after, {})
        if (change.question, change.after) != ("identity", version.id)  # it is itself: nothing that people know
    )
    subject = record_names.subject(version.form, version.id, (before or version).values())
    words = signing.fingerprint(each.key) if each.key else ""
    sender = Sender(each.node, each.workspace, each.role, each.person, each.sent, words, key=each.key)
    why = "; ".join(dict.fromkeys(why_words(one.why) for one in reversed(waits)))
    return Quarantined(subject, why, sender, each.time, changed)


def _with(before: Version | None, each: Held) -> Version:
    """Give a record as it would be with what waits of it."""
    version = each.version
    if each.why != CONTRADICTED:
        return erasure.applied(merge(before, version) if before else version)
    # its saves stand aside, and what they said comes in, if at all, as edits made here
    now = before or Version(*each.named)
    return replace(now, answers={**now.answers, **{key: version.answers[key] for key in _said(version, now)}})


def count(workspace: Workspace) -> int:
    """Return how many records wait."""
    return len(waiting(workspace))


Whose = Callable[[Held], bool]  # says whether what waits is of the sender that is meant


def anybodys(_held: Held) -> bool:
    """Mean every sender."""
    return True


def of(sender: Sender) -> Whose:
    """Mean one sender, by its node and the key with which it signs: another one may have taken its name."""
    return lambda each: (each.node, each.key) == (sender.node, sender.key)


def called(words: str) -> Whose:
    """Mean a sender by the six words of its key or by its node; «-» is whoever signs nothing.

    A node is anybody's text: one that reads like the six words of another, or like «-», means nobody.
    """
    spoken = " ".join(words.lower().split())
    is_code = spoken != "-" and " " not in spoken
    return lambda each: (is_code and spoken == each.node.lower()) or (
        spoken == (signing.fingerprint(each.key) if each.key else "-")
    )


def apply(workspace: Workspace, named: Sequence[str], *, reason: str, whose: Whose = anybodys) -> int:
    """Take in records that wait, named by their ids, or all of a sender by its node; return how many.

    Of a sender that is named as a whole, more bundles come in as those of one that is known. `whose` narrows it to what
    one sender brought. Raises Trouble without a reason, for a name under which nothing waits, for one under which more
    than one key sent, and for one that is a record here and the node of somebody who sent others.
    """
    _must_say(reason)
    with workspace.changing() as connection:
        rights.must(connection, Deed.ADMIT)
        meant = _meant(connection, named, whose)
        for each in meant:
            _must_be_one(each.name, each.held)
        chosen, before = _all_of(meant), by_hand.ends(connection)
        transfer = _take_in(connection, chosen, reason.strip())
        _note(connection, events.APPLIED, before, chosen, reason)
        wholly = (one for each in meant if each.is_sender for one in each.held)
        for key, role in dict.fromkeys((one.key, one.role) for one in wholly if one.key):
            standing.accept_within(connection, key, role, reason=reason.strip(), transfer=transfer)
    return len({each.named for each in chosen})


def leave(workspace: Workspace, named: Sequence[str], *, reason: str, whose: Whose = anybodys) -> int:
    """Leave records as they are here, named likewise, for a reason; return how many."""
    _must_say(reason)
    with workspace.changing() as connection:
        rights.must(connection, Deed.ADMIT)
        chosen = _all_of(_meant(connection, named, whose))
        held.decide(connection, chosen, left=reason.strip())
        _note(connection, events.LEFT, by_hand.ends(connection), chosen, reason)
    return len({each.named for each in chosen})


def _note(connection: Connection, act: str, before: Ends, chosen: Sequence[Held], reason: str) -> None:
    senders = ", ".join(dict.fromkeys(each.workspace for each in chosen))
    records = len({each.named for each in chosen})
    by_hand.note(connection, act, before, records=records, sender=senders, reason=reason.strip())


def _must_say(reason: str) -> None:
    if not reason.strip():
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan mengapa, misalnya: sudah ditanyakan lewat "
                                                             "telepon."), code="T80")


class _Meant(NamedTuple):
    """What waits under a name: all that a sender of that node brought, or the records of that id."""

    name: str
    is_sender: bool
    held: Sequence[Held]


def _meant(connection: Connection, named: Sequence[str], whose: Whose) -> list[_Meant]:
    found = [each for each in held.waiting(connection) if whose(each)]
    return [_called_so(found, name) for name in dict.fromkeys(named)]


def _called_so(found: Sequence[Held], name: str) -> _Meant:
    """Give what a name means; ids and nodes are anybody's text, and one may be made up to read like the other.

    Of one sender a name that is both means the record.
    """
    records_so = [each for each in found if each.version.id == name]
    all_so = [each for each in found if each.node == name]
    if not records_so and not all_so:
        raise Trouble(
            say("Tidak ada catatan yang menunggu keputusan dengan kode «{name}».", name=name),
            remedy=say("Lihat daftarnya dengan p2kp quarantine, atau di Kirim & Terima › Menunggu keputusan."),
            code="T81",
        )
    if records_so and all_so:
        _must_be_one(name, [*records_so, *all_so])
    return _Meant(name, not records_so, records_so or all_so)


def _must_be_one(name: str, those: Iterable[Held]) -> None:
    """Raise Trouble where what waits under a name was sent by more than one."""
    senders = sorted({(each.node, each.key) for each in those})
    if len(senders) > 1:
        words = "; ".join(signing.fingerprint(key) if key else say("tanpa tanda tangan") for _node, key in senders)
        raise Trouble(
            say("Kode «{name}» dipakai oleh lebih dari satu pengirim: {words}.", name=name, words=words),
            safe=say("Tidak ada yang diubah."),
            remedy=say("Tanyakan enam katanya kepada tim itu, lalu sebutkan dengan --sender."), code="T82",
        )


def _all_of(meant: Iterable[_Meant]) -> list[Held]:
    """Give all that is meant, each once."""
    return list({(one.transfer, one.named): one for each in meant for one in each.held}.values())


def _take_in(connection: Connection, chosen: Sequence[Held], reason: str) -> str:
    """Take in what waits, and give the line of the log with which that can be taken back."""
    transfer, first = new_id(), chosen[0]
    manifest = Manifest(
        transfer, first.node, first.workspace, first.role, first.person, first.sent, environment.PROGRAM,
        facts.facts(connection).role,
    )
    known = facts.known_edits(connection)
    own = forks.freeze(connection)
    saves = signed_saves.of_held(connection, first, all_of_them=True)
    kept = _keep(connection, chosen, manifest, own, saves)
    reach = cache(partial(history.last_tick, connection))
    merging, read = Merging(connection), _as_meant(connection, chosen)
    proved = [_proved(each.version, saves.protection(reach)) for each in read]
    for version in proved:
        if version.vector:
            merging.take(Arrived(version.form, version.id, version))
    merging.finish()
    edits = _said_only(connection, zip(read, proved, strict=True), reason)
    for key, version in edits.before.items():
        merging.touched.setdefault(key, version if version.vector else None)
    for key, version in edits.above.items():
        merging.touched.setdefault(key, version)
    import_undo.note(connection, transfer, merging.touched, kept._replace(new=[*kept.new, *edits.dots]), decided=True)
    summaries.forget(connection, merging.stale)
    summaries.refresh(connection)
    held.decide(connection, chosen, taken=transfer)
    counts = {name: merging.counts[name] for name in OUTCOMES}
    sender = Sender(first.node, first.workspace, first.role, first.person, first.sent, key=first.key)
    transfers.note(connection, transfers.Transfer(
        transfer, "in", manifest.bundle, say("karantina: {reason}", reason=reason), "",
        facts.facts(connection).person, environment.now(),
        {"read": len(chosen), **counts, "edited_outside": 0, "quarantined": 0, "notes": [reason],
         "sender": asdict(sender), "areas": [], transfers.KNOWN_BEFORE: known, "met": None,
         "touched": len(merging.touched), "accepted": edits.facts.node if edits.dots else ""},
    ))
    return transfer


def _keep(
    connection: Connection, chosen: Sequence[Held], manifest: Manifest, own: Vector, saves: signed_saves.SignedSaves
) -> Kept:
    """Keep the saves of what is taken in, bundle by bundle, and tell the copies of a workspace apart that they show."""
    came: dict[str, dict[str, HistoryRow]] = {}
    for each in chosen:
        came.setdefault(each.transfer, {}).update({row.hash: row for row in each.saves})
    every = [row for rows in came.values() for row in rows.values()]
    before = history.dots_now(connection, every, branching.shapes(connection))
    completed: dict[str, dict[str, str]] = {}
    for rows in came.values():
        kept = history.keep(connection, rows.values(), branching.shapes(connection), saves)
        forks.tell_copies_apart(connection, manifest, kept, own)
        here = history.dots_now(connection, rows.values(), branching.shapes(connection))
        for seal in (seal for seal, dot in here.items() if dot in kept.completed):
            completed.setdefault(seal, kept.completed[here[seal]])
    now = history.dots_now(connection, every, branching.shapes(connection))
    new = [dot for seal, dot in now.items() if seal not in before]
    return Kept(new, {now[seal]: how for seal, how in completed.items()}, {}, {})


def _as_meant(connection: Connection, some: Sequence[Held]) -> list[Held]:
    """Give what waits as it is read by now, when more copies of a workspace may be known than when it came."""
    read = forks.readings(connection, some)
    return [replace(each, version=read[each.transfer].version(each.version)[0]) for each in some]


def _proved(version: Version, protection: Protection) -> Version:
    """Return the version that waits as far as rows tell of its saves, without answers that these did not give."""
    version = bounded(version, protection.reach)
    return withhold(version, protection.false(None, version))


def _said(version: Version, now: Version) -> dict[str, Answer]:
    """Return the answers of a version that stand otherwise here, but for what only its saves themselves can do."""
    here = now.values()
    return {
        key: value for key, value in version.values().items()
        if value != here.get(key) and key not in (ALIVE, STATUS) and not key.startswith(HOLDING)
    }


def _said_only(connection: Connection, chosen: Iterable[tuple[Held, Version]], reason: str) -> Edits:
    """Save, as edits of the person here, the answers that a save was only said to give: its row tells nothing of it."""
    edits = Edits(connection, replace(facts.facts(connection), node=node.fresh_sign()))
    for each, proved in chosen:
        if each.why not in UNPROVED:
            continue
        said = {
            key: value for key, value in _said(each.version, edits.version(*each.named)).items()
            if proved.answers.get(key) != each.version.answers[key]
        }
        if said:
            edits.save(*each.named, said, origin="karantina", reason=reason)
    edits.finish()
    if edits.dots:
        node.adopt(connection, edits.facts.node)
    return edits
