"""Whose receipts say that a copy lies elsewhere: every bundle claims what its sender has, and anybody may claim.

An office above counts where its key may act in that role and is no surprise: a person accepted it, something was sent
to such an office, or it signed an earlier bundle. An office below counts from its second bundle on. Who works beside,
who signs nothing, and whoever else claims to have everything, is no reason to call data safe.
"""

from collections import Counter
from dataclasses import dataclass

from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.store import Connection, facts, receipts, transfers, trusted
from p2kp_desktop.store.receipts import Acquaintance


@dataclass(frozen=True)
class Believed:
    """Of whom a receipt came, the last met first: whose count, and those that claim to be above and do not."""

    holders: tuple[Acquaintance, ...]
    doubted: tuple[Acquaintance, ...]


def believed(connection: Connection) -> Believed:
    """Say whose receipts count as a copy."""
    here = RANKS.get(facts.facts(connection).role, 0)
    log = transfers.log(connection)
    asked = {line.result.get("to") for line in log if line.is_sent}
    came = Counter(_signed(line) for line in log if line.direction == "in" and "undone" not in line.result)
    holders: list[Acquaintance] = []
    doubted: list[Acquaintance] = []
    for each in receipts.acquainted(connection):
        rank, met = RANKS.get(each.role, 0), bool(each.key) and came[each.key] > 1
        if rank > here:
            counts = _may_act(connection, each, expected=met or each.role in asked)
            (holders if counts else doubted).append(each)
        elif rank < here and met:
            holders.append(each)
    return Believed(tuple(holders), tuple(doubted))


def _signed(line: transfers.Transfer) -> str:
    sender = line.result.get("sender")
    return str(sender.get("key", "")) if isinstance(sender, dict) else ""


def _may_act(connection: Connection, office: Acquaintance, *, expected: bool) -> bool:
    """Say whether an office may act in its role, and is expected, or accepted by a person or by an earlier release."""
    mine = [each for each in trusted.accepted(connection, office.role) if office.key and each.key == office.key]
    return any(expected or each.person or not each.transfer for each in mine)
