"""Who is enrolled, as people read it: everybody's six words, who asks, and how this workspace stands."""

from dataclasses import dataclass

from p2kp_desktop.exchange import signing
from p2kp_desktop.language import say
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.certificates import Certificate, Request
from p2kp_desktop.store import Connection, Workspace, facts, trusted

from . import enrolling, enrolment
from .enrolment import ASKED, CONTESTED, KEY_CHANGED, REVOKED, Register

ENROLLED, EXPIRED, ORPHANED, WAITING, OFFERED, UNKNOWN = (
    "enrolled", "expired", "orphaned", "waiting", "offered", "unknown",
)
ROOT, ACCEPTED, BY_PERSON = "root", "accepted", "by_person"


def state_words(state: str) -> str:
    """Say a state in a word or two."""
    return {
        ENROLLED: say("terdaftar"), ROOT: say("induk pendaftaran"), EXPIRED: say("masa berlakunya habis"),
        ORPHANED: say("kantor yang mendaftarkannya dicabut"), REVOKED: say("dicabut"),
        WAITING: say("minta didaftarkan"), OFFERED: say("jawaban menunggu dibandingkan"),
        UNKNOWN: say("belum terdaftar"), KEY_CHANGED: say("kunci berubah"),
        CONTESTED: say("terdaftar, tetapi kode ruang kerjanya dikenal di sini dengan kunci lain"),
        ACCEPTED: say("belum terdaftar, diterima sejak sebelum pendaftaran"),
        BY_PERSON: say("belum terdaftar, diterima oleh orang di sini"),
    }[state]


@dataclass(frozen=True)
class Member:
    """Somebody who is enrolled, was, or asks to be. `by` is the office that signed, `reason` why it was revoked."""

    key: str
    name: str
    role: str
    regions: tuple[str, ...]
    words: str
    state: str
    since: str = ""
    until: str = ""
    by: str = ""
    reason: str = ""
    revoked: str = ""  # when, ISO 8601
    node: str = ""
    replaces: tuple[str, ...] = ()  # the names of those whose place it asks to take, or whose node it has
    own: bool = False


def members(workspace: Workspace) -> list[Member]:
    """Give those who ask, the first that asked first, then everybody who is or was enrolled, by office and name."""
    with workspace.asking() as connection:
        here, own = enrolment.register(connection), enrolment.own_key(connection)
        asking = [_asking(connection, here, each.request) for each in enrolment.waiting(connection)]
        found = [_member(connection, here, each, own) for each in here.everybody()]
    return [*asking, *sorted(found, key=lambda each: (-RANKS[each.role], each.regions, each.name, each.since))]


def _asking(connection: Connection, here: Register, request: Request) -> Member:
    return Member(request.key, request.name, request.role, request.regions, signing.fingerprint(request.key), WAITING,
                  request.time[:10], node=request.node, replaces=_others(connection, here, request))


def _others(connection: Connection, here: Register, one: Request | Certificate) -> tuple[str, ...]:
    return tuple(sorted({*enrolment.held_by(connection, here, one.nodes, one.key).values()}))


def _member(connection: Connection, here: Register, certificate: Certificate, own: str) -> Member:
    gone, by, state = here.revocations.get(certificate.key), here.ever(certificate.issuer), _state(here, certificate)
    return Member(
        certificate.key, certificate.name, certificate.role, certificate.regions, signing.fingerprint(certificate.key),
        state, certificate.since, certificate.until, by.name if by else "",
        gone.reason if gone else "", gone.time if gone else "", certificate.node,
        _others(connection, here, certificate) if state == CONTESTED else (), certificate.key == own,
    )


def _state(here: Register, certificate: Certificate) -> str:
    if certificate.key in here.revocations:
        return REVOKED
    if here.chain(certificate.key):
        if (certificate.node, certificate.key) in here.contested:
            return CONTESTED
        return ROOT if certificate.is_root else ENROLLED
    return ORPHANED if certificate.is_valid_on(here.day) else EXPIRED


@dataclass(frozen=True)
class Own:
    """How this workspace stands: its six words, those of the root, who enrolled it until when.

    `line` is what it asks with, once it does; `offer` the certificates that wait for somebody to compare the root.
    """

    name: str
    role: str
    words: str
    state: str
    root_words: str = ""
    until: str = ""
    by: str = ""
    line: str = ""
    reason: str = ""
    offer: tuple[Certificate, ...] = ()

    @property
    def may_enrol(self) -> bool:
        """Say whether it is an office that may enrol others."""
        return self.state in (ENROLLED, ROOT) and RANKS.get(self.role, 0) > min(RANKS.values())


def own(workspace: Workspace) -> Own:
    """Give how this workspace stands."""
    with workspace.asking() as connection:
        about, key = facts.facts(connection), enrolment.own_key(connection)
        here = enrolment.register(connection)
        chain, ever, offer = here.chain(key), here.ever(key), enrolling.offered(connection)
        asks = ASKED in facts.everything(connection) and not chain and bool(key)
        state = _own_state(here, key, asks=asks, offer=offer)
        gone = here.revocations.get(key)
        return Own(
            about.name, about.role, signing.fingerprint(key) if key else "", state,
            signing.fingerprint(here.root.key) if here.root else "", ever.until if ever else "",
            chain[1].name if len(chain) > 1 else "", enrolling.request_line(connection) if asks else "",
            gone.reason if gone else "", offer,
        )


def _own_state(here: Register, key: str, *, asks: bool, offer: tuple[Certificate, ...]) -> str:
    certificate = here.ever(key)
    state = _state(here, certificate) if certificate else REVOKED if key in here.revocations else UNKNOWN
    if state in (ENROLLED, ROOT):
        return state
    return OFFERED if offer else WAITING if asks else state


def sender_state(connection: Connection, here: Register, key: str, role: str, node: str) -> str:
    """Say how somebody who sent files here stands."""
    if barred := here.barred(node, key):
        return barred
    if certificate := here.ever(key):
        return _state(here, certificate)
    accepted = [each for each in trusted.accepted(connection, role) if key and each.key == key]
    if any(each.person for each in accepted):
        return BY_PERSON
    return ACCEPTED if accepted and here.is_begun else UNKNOWN


def waiting_words(count: int) -> str:
    """Say how many ask to be enrolled; "" for nobody."""
    return say("{count} tim minta didaftarkan", count=count) if count else ""
