"""Is this workspace whole, and what is its digest."""

from collections.abc import Sequence

from p2kp_desktop.exchange import signing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, facts, history, node, search, transfers, trusted
from p2kp_desktop.store import checking as store_checking
from p2kp_desktop.store.audit import Noted
from p2kp_desktop.store.transfers import Transfer
from p2kp_desktop.store.trusted import Accepted

from . import by_hand, events, lost_saves
from .lost_saves import Missing
from .office_words import role_words

READ_ONLY = "R12"


def check(workspace: Workspace) -> list[str]:
    """Return the damage in file, records, history or summaries, and the losses from it, in words; empty when whole.

    An index of words that lies is said too, and made anew: the next check finds it right.
    """
    workspace.must(Deed.READ_NAMES)
    with workspace.asking() as connection:
        found = list(store_checking.problems(connection))
    if found:  # where the end of the history is gone, that is said already
        return found
    lost = [" ".join(lost_saves.loss_words(each)) for each in _missing(workspace) if _is_loss(each)]
    with workspace.asking() as connection:
        told, others = events.proven(connection)
    return [*lost, *_search(workspace), *events.faults(workspace, others), *_rights_by_hand(workspace, told)]


def _rights_by_hand(workspace: Workspace, told: Sequence[Noted]) -> list[str]:
    """Return in words which rights nobody gave: what the saves and the events here do not tell, was written by hand."""
    with workspace.asking() as connection:
        about = facts.facts(connection)
        last = history.last_own(connection, node.own_nodes(connection))
        others = [*by_hand.faults(connection, told)]
        strange = [
            each for each in trusted.everybody(connection)
            if not (_was_accepted(connection, each, told) if each.person else _came_with(connection, each))
        ]
    found = [say("Kantor dengan tanda «{key}» dipercaya di sini, padahal tidak ada yang mencatatnya.",
                 key=signing.fingerprint(each.key)) for each in strange]
    if last is not None and last.save.role != about.role:
        found.append(say("Peran ruang kerja ini diubah di luar program: simpanannya dibuat sebagai {role}.",
                         role=role_words(last.save.role)))
    return [*found, *others]


def _was_accepted(connection: Connection, each: Accepted, told: Sequence[Noted]) -> bool:
    """Say whether a person accepted a key: an event tells it, or a release before there were events did so.

    That release asked only of who had sent something. Who was accepted by then, the first event tells; one of a
    release in between does not. Where a damaged file was saved, what told it may be lost: that event tells it anew.
    """
    acts = [(one.what.get("key"), one.what.get("role")) for one in told if one.act == events.TRUSTED]
    if (signing.fingerprint(each.key), each.role) in acts:
        return True
    since = max((at for at, one in enumerate(told) if one.act == events.SALVAGED), default=None)
    tells = [str(one.what[events.ACCEPTED]) for one in told[since:] if events.ACCEPTED in one.what]
    is_told = not tells or events.acceptance(each) in tells[0].split(", ")
    has_sent = any(line.direction == "in" and _key_of(line) == each.key for line in transfers.log(connection))
    return is_told and (has_sent or since is not None)


def _key_of(line: Transfer) -> object:
    """Return the key that signed what came with a line of the log; None where that is not noted."""
    sender = line.result.get("sender")
    return sender.get("key") if isinstance(sender, dict) else None


def _came_with(connection: Connection, each: Accepted) -> bool:
    """Say whether a key that nobody accepted came with an import that the log knows."""
    if not each.transfer and not each.time:
        return bool(each.region) and _was_met_before_keys_counted(connection, each)
    line = transfers.line(connection, each.transfer)
    sender = line.result.get("sender") if line else None
    return isinstance(sender, dict) and sender.get("key") in (None, each.key)


def _was_met_before_keys_counted(connection: Connection, each: Accepted) -> bool:
    """Say whether a key sent something in this role before it was asked which keys may: its upgrade took it over.

    Releases that ask count in every import how many records wait, so an import without that count is of one before.
    """
    nodes = trusted.nodes_of(connection, each.key)
    before = [line.result.get("sender") or {} for line in transfers.log(connection)
              if line.direction == "in" and "quarantined" not in line.result]
    known = [sender for sender in before if isinstance(sender, dict)]
    return any(
        sender.get("role", each.role) == each.role
        and (sender["key"] == each.key if "key" in sender else bool(nodes) and sender.get("node", min(nodes)) in nodes)
        for sender in known
    )


def remarks(workspace: Workspace) -> list[str]:
    """Return the remarks on what is no damage and still to be known: an older copy, a loss that was lived with."""
    return [" ".join(lost_saves.loss_words(each)) for each in _missing(workspace) if not _is_loss(each)]


def _missing(workspace: Workspace) -> list[Missing]:
    found = lost_saves.missing(workspace)
    return [found] if found else []


def _is_loss(found: Missing) -> bool:
    return not (found.lag.original or found.lag.went_on)


def _search(workspace: Workspace) -> list[str]:
    """Hold the index of words against the records; where nobody may write, its triggers keep it right."""
    try:
        with workspace.changing() as connection:
            if not search.lies(connection):
                return []
            search.make(connection)
    except Trouble as trouble:
        if trouble.code != READ_ONLY:
            raise
        return []
    return [say("Daftar kata untuk mencari tidak sesuai dengan catatannya; sekarang sudah disusun ulang.")]


def digest(workspace: Workspace) -> str:
    """Return the SHA-256 over the logical content, hexadecimal; equal on two laptops that hold the same."""
    workspace.must(Deed.READ_NAMES)
    with workspace.asking() as connection:
        return store_checking.digest(connection)
