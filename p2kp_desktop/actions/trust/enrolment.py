"""Who is enrolled: whose word counts here, by certificates that lead to the root which a person compared.

Every certificate proves itself, so it does not matter who carried it here. Where no root is known nobody is enrolled,
and trust begins with the first use (standing.py).
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TypeVar

from p2kp_desktop import environment
from p2kp_desktop.exchange import signing
from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.schema import sealing
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.certificates import (
    Certificate,
    Law,
    Request,
    Revocation,
    book,
    from_json,
    holds,
    may_revoke,
    newest,
    signed,
    to_json,
)
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.store import Connection, certified, facts, node, own_keys, receipts, signers
from p2kp_desktop.store.certified import Asked, Root

from .contested import Contested, contested

CERTIFICATES = "certificates"  # in a manifest: {SIGNED: […], REVOKED: […], REQUEST: …}, see schema/certificates.py
SIGNED, REVOKED_KEYS, REQUEST = "signed", "revoked", "request"
MOST_CARRIED, MOST_OFFERED = 600, 12  # certificates that a bundle carries; those kept of roots that nobody compared

MOST_ROOTS = 5  # that are looked at, of those to which a certificate for this workspace may lead

# Why whatever a sender brings waits; the last one: its certificate names a node that is known by another key.
REVOKED, KEY_CHANGED, CONTESTED = "revoked", "key_changed", "contested"

BY = "enrolled_by"  # the fact with whose certificate a person here took: the key of that office
ASKED = "enrolment_asked"  # the fact that somebody here asked to be enrolled, and when

Said = TypeVar("Said", Certificate, Revocation, Request)

verifies = lru_cache(4096)(signing.is_mark)  # what was found to hold once holds for good


@dataclass(frozen=True)
class Register:
    """All that is known here of who is enrolled, on a day."""

    law: Law
    root: Root | None
    revocations: Mapping[str, Revocation]
    day: str
    contested: Contested = frozenset()

    @property
    def is_begun(self) -> bool:
        """Say whether a root is known here, so that offices are believed by certificates alone."""
        return self.root is not None

    def chain(self, key: str) -> tuple[Certificate, ...]:
        """Give the certificates of a key up to the root; nothing for one that is not enrolled now."""
        return self.law.standing(key, self.day) if key else ()

    def certificate(self, key: str) -> Certificate | None:
        """Give the certificate by which a key is enrolled now."""
        return next(iter(self.chain(key)), None)

    def ever(self, key: str) -> Certificate | None:
        """Give the certificate of a key as it stands or once stood, run out or revoked as it may be."""
        of_all = self.law.of_all
        return next(iter(self.chain(key) or of_all.standing(key, self.day) or of_all.standing(key, "")), None)

    @cached_property
    def _keys(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for each in (each for its in self.law.known.values() for each in its if self.law.of_all.chain(each, "")):
            if each.node in self.nodes_of(each):
                found.setdefault(each.node, set()).add(each.key)
        return {name: frozenset(keys) for name, keys in found.items()}

    def nodes_of(self, certificate: Certificate) -> frozenset[str]:
        """Give the nodes for which a certificate speaks here, see contested.py."""
        return frozenset(name for name in certificate.nodes if (name, certificate.key) not in self.contested)

    def doubtful(self) -> list[Certificate]:
        """Give the certificates that count, and yet do not speak for their own node."""
        found = (self.certificate(key) for _name, key in sorted(self.contested))
        return list(dict.fromkeys(each for each in found if each and (each.node, each.key) in self.contested))

    def everybody(self) -> list[Certificate]:
        """Give the certificate of each key that was ever signed for here."""
        return [found for key in self.law.known if (found := self.ever(key))]

    def keys_of(self, name: str) -> frozenset[str]:
        """Give the keys that were ever signed for a node; none for one that nobody enrolled."""
        return self._keys.get(name, frozenset())

    def barred(self, name: str, key: str) -> str:
        """Say why whatever a sender of a node brings waits: its key is revoked, or is another than was certified.

        Or it was certified for a node that is known here by another key.
        """
        if key in self.revocations:
            return REVOKED
        if (name, key) in self.contested:
            return CONTESTED
        keys, certificate = self.keys_of(name), self.certificate(key)
        if not keys or key in keys or (certificate and name in self.nodes_of(certificate)):
            return ""
        return REVOKED if keys <= {*self.revocations} else KEY_CHANGED

    def offices(self, role: str) -> list[Certificate]:
        """Give the certificates of the offices of a role that are enrolled now."""
        found = (self.certificate(key) for key in self.law.known)
        return [each for each in found if each and each.role == role]


def register(connection: Connection, came: Sequence[Certificate] = ()) -> Register:
    """Give what is known here of who is enrolled; with certificates that only came, what would be known with them."""
    root = certified.root(connection)
    signed_ones = [each for each in certified.all_revocations(connection) if holds(each, verifies)]
    revocations = {each.key: each for each in reversed(signed_ones)}
    heard = (*certified.all_certificates(connection), *came)
    law = _law(root.key if root else "", heard, tuple(each.signature for each in heard), frozenset(revocations))
    doubtful = contested(connection, heard, law.known, revocations)
    return Register(law, root, revocations, _day(law, own_key(connection)), doubtful)


@lru_cache(8)
def _law(root: str, heard: Sequence[Certificate], _signatures: Sequence[str], revoked: frozenset[str]) -> Law:
    """Give the law that follows from these; a receipt asks for the same one again and again."""
    return Law(root, book(heard), verifies, revoked.__contains__)


def held_by(connection: Connection, here: Register, nodes: Iterable[str], key: str) -> dict[str, str]:
    """Give the other keys by which these nodes are known here, each with the name of who has it.

    A node was certified, or its workspace was met or told of: whoever asks under it, or says to succeed it, may be
    somebody else.
    """
    found: dict[str, str] = {}
    for name in nodes:
        met = receipts.remembered(connection, name)
        found |= {each: met.name if met and met.key == each else name for each in signers.keys_of(connection, name)[0]}
        found |= {each: known.name for each in here.keys_of(name) if (known := here.ever(each))}
    return {each: name for each, name in found.items() if each != key and each not in here.revocations}


def _day(law: Law, own: str) -> str:
    """Give the day that it is here: a clock that lost its battery is behind the day on which this was enrolled.

    A chain that is whole on no day tells of none: whose clock runs ahead, or who says so, ends no certificate here.
    """
    mine = law.standing(own, "")
    began = max((each.since for each in mine), default="")
    return max(environment.today().isoformat(), began if all(each.is_valid_on(began) for each in mine) else "")


def own_key(connection: Connection) -> str:
    """Give the public key of this workspace."""
    return signing.public_of(own_keys.signing(connection))


def own_chain(connection: Connection) -> tuple[Certificate, ...]:
    """Give the certificates of this workspace up to the root; nothing while it is not enrolled."""
    return register(connection).chain(own_key(connection))


def office_above(connection: Connection) -> Certificate | None:
    """Give the certificate of the office that enrolled this workspace; None while it is not enrolled.

    While the one still counts from which a person here took the answer, no other office of the same regions takes its
    place by certifying this workspace unasked.
    """
    here, own, by = register(connection), own_key(connection), facts.everything(connection).get(BY)
    chains = [chain for each in here.law.known.get(own, ()) if len(chain := here.law.chain(each, here.day)) > 1]
    return next((chain[1] for chain in chains if chain[1].key == by), chains[0][1] if chains else None)


def sealing_key_above(connection: Connection) -> str:
    """Give the public key to which bundles for the office above are sealed; "" where no such office is known."""
    above = office_above(connection)
    return above.sealing if above else ""


def sealing_key_of(connection: Connection, key: str) -> str:
    """Give the public key to which bundles for whoever signs with this key are sealed; "" unless it is enrolled."""
    found = register(connection).certificate(key)
    return found.sealing if found else ""


def request_of(connection: Connection) -> Request:
    """Make the request of this workspace: who it says it is, signed with its key; the same one at every time."""
    about, private = facts.facts(connection), own_keys.signing(connection)
    time = facts.everything(connection).get(ASKED) or environment.now()
    former = tuple(sorted({*node.made_here(connection)} - {about.node}))
    asks = Request(
        signing.public_of(private), sealing.public_of(own_keys.sealing(connection)), about.node, former,
        about.name, about.role, about.regions, time,
    )
    return signed(asks, partial(signing.mark, private))


# In bundles


def carried(connection: Connection, areas: Sequence[str]) -> dict[str, object]:
    """Give what a bundle of these areas says of who is enrolled; nothing where there is nothing to say."""
    here, own = register(connection), own_key(connection)
    chain, (of_areas, others) = here.chain(own), _revoked(connection, here, areas)
    signed_for = [
        *chain, *_beside(here, of_areas), *_of_areas(here, areas), *_beside(here, others),
    ]
    said: dict[str, object] = {
        SIGNED: [to_json(each) for each in {each.signature: each for each in signed_for}.values()][:MOST_CARRIED],
        REVOKED_KEYS: [to_json(each) for each in (*of_areas, *others)][:MOST_CARRIED],
    }
    if own and not chain and ASKED in facts.everything(connection):
        said[REQUEST] = to_json(request_of(connection))
    said = {name: content for name, content in said.items() if content}
    return {CERTIFICATES: said} if said else {}


def _revoked(
    connection: Connection, here: Register, areas: Sequence[str]
) -> tuple[list[Revocation], list[Revocation]]:
    """Give the revocations of these areas and the others, the last that came first: an office may say a thousand."""
    found: tuple[list[Revocation], list[Revocation]] = ([], [])
    for each in reversed(certified.all_revocations(connection)):
        whose = here.ever(each.key)
        is_of_areas = whose is None or any(concerns(own, area) for own in whose.regions for area in areas)
        found[0 if is_of_areas else 1].append(each)
    return found


def _beside(here: Register, revocations: Iterable[Revocation]) -> list[Certificate]:
    """Give what proves that those who revoked might do so."""
    return [
        each for revocation in revocations
        for each in (*_chain_of(here, revocation.issuer), *_chain_of(here, revocation.key))
    ]


def _chain_of(here: Register, key: str) -> tuple[Certificate, ...]:
    """Give the chain of a key as it ever was."""
    found = here.ever(key)
    return here.law.of_all.chain(found, "") if found else ()


def _of_areas(here: Register, areas: Sequence[str]) -> list[Certificate]:
    """Give the chains of those who are enrolled in these areas: it is how an answer reaches who asked."""
    chains = (here.chain(key) for key in here.law.known)
    return [
        each for chain in chains if chain and any(concerns(own, area) for own in chain[0].regions for area in areas)
        for each in chain
    ]


def said_in(manifest: Manifest) -> Mapping[str, object]:
    """Give what a bundle says of who is enrolled, which may be anything."""
    said = manifest.more.get(CERTIFICATES)
    return said if isinstance(said, dict) else {}


def certificates_in(manifest: Manifest) -> list[Certificate]:
    """Give the certificates that a bundle carries, as far as they can be read and are signed by whom they name."""
    return [each for each in each_of(Certificate, said_in(manifest).get(SIGNED)) if holds(each, verifies)]


def each_of(kind: type[Said], content: object) -> list[Said]:
    """Read statements of a kind, passing over what is none: of a newer release, or made up."""
    found = []
    for each in content[:MOST_CARRIED] if isinstance(content, list) else ():
        try:
            found.append(from_json(kind, each))
        except ValueError:
            continue
    return found


def keep(
    connection: Connection, came: Sequence[Certificate], revoked: Iterable[Revocation], transfer: str = ""
) -> None:
    """Keep the certificates that lead to the root here, or certify this workspace, and revocations that may be.

    Where a person has not compared the root yet, what certifies this workspace waits for that, a few at most.
    """
    now, own = environment.now(), own_key(connection)
    known = [*certified.all_certificates(connection), *came]
    before = register(connection)
    law = dataclasses.replace(before.law, known=book(known))
    of_all = law.of_all
    mine = [each for each in came if each.key == own][:MOST_OFFERED]
    offered = {one.signature for each in mine for one in _above(law, each)}
    certified.keep_certificates(connection, [each for each in came if of_all.chain(each, "")], transfer, now)
    room = MOST_OFFERED - sum(not of_all.chain(each, "") for each in certified.all_certificates(connection))
    certified.keep_certificates(
        connection, [each for each in came if each.signature in offered][: max(room, 0)], transfer, now
    )
    # Those of the highest first: what a stolen office revokes after that counts no more.
    gone = {*before.revocations}
    law = dataclasses.replace(law, revoked=lambda key: key in gone)
    for each in sorted(revoked, key=lambda one: -_rank(of_all, one.issuer)):
        if may_revoke(dataclasses.replace(law), each, before.day):
            certified.keep_revocations(connection, [each], transfer, now)
            gone.add(each.key)


def _rank(law: Law, key: str) -> int:
    chain = law.standing(key, "")
    return RANKS[chain[0].role] if chain else 0


def newest_offer(law: Law, key: str) -> tuple[Certificate, ...]:
    """Give the newest chain of a key to a root that nobody here has compared."""
    return next((tuple(chain) for each in newest(law.known.get(key, ())) if (chain := _above(law, each))), ())


def _above(law: Law, certificate: Certificate) -> list[Certificate]:
    """Give a certificate with all that lead up from it to another root than the one that counts here."""
    for root in sorted(_roots_above(law, certificate) - {law.root})[:MOST_ROOTS]:
        own = dataclasses.replace(law, root=root, revoked=lambda _key: False)
        if chain := own.chain(certificate, ""):
            return list(chain)
    return []


def _roots_above(law: Law, certificate: Certificate) -> set[str]:
    """Give the keys that certify themselves and from which a certificate may come, by what they say."""
    reached, keys = {certificate.issuer}, {certificate.issuer}
    for _role in RANKS:
        keys = {each.issuer for key in keys for each in law.known.get(key, ())} - reached
        reached |= keys
    return {key for key in reached if any(each.is_root for each in law.known.get(key, ()))}


def ask(connection: Connection, request: Request, transfer: str = "") -> Asked | None:
    """Note that somebody below asks to be enrolled; None where that is nothing for this office, or nothing new."""
    rank = RANKS.get(facts.facts(connection).role, 0)
    if not holds(request, verifies) or request.key == own_key(connection) or RANKS[request.role] > rank:
        return None
    if RANKS[request.role] == rank < max(RANKS.values()):
        return None  # a second laptop of the province is enrolled by its root
    before = next((each for each in certified.asked(connection) if each.request.key == request.key), None)
    if before and request.time <= before.request.time:
        return None if before.decided else before
    here = register(connection)
    if _is_granted(here.certificate(request.key), request) or request.key in here.revocations:
        return None
    asked = Asked(request, transfer, environment.now())
    certified.ask(connection, asked)
    return asked


def _is_granted(found: Certificate | None, asks: Request) -> bool:
    """Say whether somebody has what they ask for; what another office made of them unasked is nothing of it."""
    return found is not None and RANKS[found.role] >= RANKS[asks.role] and all(
        any(concerns(region, own) for own in found.regions) for region in asks.regions
    )


def waiting(connection: Connection) -> list[Asked]:
    """Give the requests that wait for this office, the first that came first."""
    return [each for each in certified.asked(connection) if not each.decided]
