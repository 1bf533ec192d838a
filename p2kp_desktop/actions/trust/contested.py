"""Nodes that a certificate names though they are known here by another key.

An office says whose key is whose in its own regions. The city that certifies a laptop may never have heard of the team
of another city whose node that laptop says to have. So a certificate does not speak for a node, until a person here
says that it is right, where another key signed saves of it outside the regions of the certificate, or was certified for
it before that was heard of: which day a certificate bears is its issuer's choice. Nor does any other key speak for this
workspace itself. Keys that were revoked contest nothing.
"""

from collections.abc import Collection, Iterable, Sequence

from p2kp_desktop.schema.certificates import Book, Certificate
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.schema.signing_keys import public_of
from p2kp_desktop.store import Connection, facts, own_keys, receipts, signers
from p2kp_desktop.store.signers import ITSELF, Signer

Contested = frozenset[tuple[str, str]]  # node, and the key whose certificate names it


def contested(
    connection: Connection, heard: Iterable[Certificate], book: Book, revoked: Collection[str]
) -> Contested:
    """Give the nodes for which certificates do not speak here, each with the key that they certify.

    `heard` are all certificates of the book, the first that came first.
    """
    own, known, first = facts.facts(connection).node, signers.everybody(connection), dict[str, str]()
    known[own] = frozenset([public_of(own_keys.signing(connection))])
    for each in (each for each in heard if each.key not in revoked):
        first.setdefault(each.node, each.key)

    def is_doubtful(name: str, key: str, its: Sequence[Certificate]) -> bool:
        signing = known.get(name, frozenset()) - {*revoked, ""}
        if key in signing:
            return False
        is_known = bool(signing) and (name == own or _lie_outside(its, signers.places(connection, name)))
        return is_known or first.get(name, key) != key

    return frozenset(
        (name, key) for key, its in book.items() for name in {name for each in its for name in each.nodes}
        if is_doubtful(name, key, its)
    )


def _lie_outside(its: Sequence[Certificate], places: Iterable[str]) -> bool:
    """Say whether any of these places lies in none of the regions."""
    regions = {region for each in its for region in each.regions}
    return any(not any(concerns(place, region) for region in regions) for place in places)


def settle(connection: Connection, certificate: Certificate) -> None:
    """Let a certificate speak for its own node: what another key signed of it counts as unsigned from now on."""
    signers.overrule(connection, certificate.node, [certificate.key])
    signers.note(connection, [Signer(certificate.node, certificate.key, ITSELF)])
    receipts.trust(connection, certificate.node, certificate.key)
