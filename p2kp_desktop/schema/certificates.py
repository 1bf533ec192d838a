"""Certificates: an office says whose key is whose, in which role, for which regions, until when.

The province's key signs itself and the districts', theirs sign facilitators'. A certificate counts where a chain leads
from it to the one root that a person compared: every issuer of a higher role than whom it certifies
(the root may certify a second laptop of its office), the regions of
each inside its issuer's, all of them valid on that day, none of them revoked. So no chain can turn in a circle, lift
somebody above its issuer, or be longer than there are roles.

What arrives is anybody's text. It is read with bounds or raises ValueError; whether a signature holds is asked of a
function, for this module knows no keys.
"""

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from .causality import RANKS
from .places import lies_in

Verifies = Callable[[str, str, str], bool]  # public key, what is said, signature: does it hold?
Said = TypeVar("Said", "Certificate", "Revocation", "Request")

LONGEST_TEXT, MOST_REGIONS, MOST_NODES = 120, 20, 40
LONGEST_LINE, LONGEST_WRITTEN = 16_000, 60_000  # letters of a line that people pass on, and of what is in it

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_MOMENT = re.compile(rf"{_DAY.pattern}T\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)?")
_REGION = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
_NODE = re.compile(r"[\w.~-]{1,64}", re.ASCII)
_SERIAL = re.compile(r"[0-9a-f-]{8,64}")
_KEY_BYTES, _MARK_BYTES = 32, 64


@dataclass(frozen=True)
class Certificate:
    """What an issuer says of a key. `former` are the nodes of earlier laptops or files, whose work this one goes on.

    `since` and `until` are days, ISO 8601, both included.
    """

    issuer: str
    key: str
    sealing: str
    node: str
    former: tuple[str, ...]
    name: str
    role: str
    regions: tuple[str, ...]
    since: str
    until: str
    serial: str
    signature: str = field(default="", compare=False)

    KIND: ClassVar[str] = "p2kp certificate 1"

    @property
    def nodes(self) -> frozenset[str]:
        """The node and those that it succeeds."""
        return frozenset((self.node, *self.former))

    @property
    def is_root(self) -> bool:
        """Say whether it certifies itself."""
        return self.issuer == self.key

    def is_valid_on(self, day: str) -> bool:
        """Say whether a day lies within it."""
        return self.since <= day <= self.until

    def objection(self) -> str:
        """Say what of it cannot be, in English for the log; "" where it can."""
        return _first((
            (not (_is_key(self.issuer) and _is_key(self.key)), "key"),
            (bool(self.sealing) and not _is_key(self.sealing), "sealing key"),
            (not _are_nodes(self.node, self.former), "node"),
            (not self.name.strip() or _is_long(self.name), "name"),
            (self.role not in RANKS, "role"),
            (not _are_regions(self.regions), "regions"),
            (not (_DAY.fullmatch(self.since) and _DAY.fullmatch(self.until)) or self.until < self.since, "days"),
            (not _SERIAL.fullmatch(self.serial), "serial"),
        ))


@dataclass(frozen=True)
class Revocation:
    """That a key counts no more, from when (ISO 8601), why, by whom."""

    issuer: str
    key: str
    time: str
    reason: str
    signature: str = field(default="", compare=False)

    KIND: ClassVar[str] = "p2kp revocation 1"

    def objection(self) -> str:
        """Say what of it cannot be."""
        return _first((
            (not (_is_key(self.issuer) and _is_key(self.key)), "key"),
            (not _MOMENT.fullmatch(self.time), "time"),
            (not self.reason.strip() or _is_long(self.reason), "reason"),
        ))


@dataclass(frozen=True)
class Request:
    """What somebody asks to be certified; it is signed by the key that it names."""

    key: str
    sealing: str
    node: str
    former: tuple[str, ...]
    name: str
    role: str
    regions: tuple[str, ...]
    time: str
    signature: str = field(default="", compare=False)

    KIND: ClassVar[str] = "p2kp request 1"

    @property
    def issuer(self) -> str:
        """Whose signature stands under it."""
        return self.key

    @property
    def nodes(self) -> frozenset[str]:
        """The node and those that it succeeds."""
        return frozenset((self.node, *self.former))

    def objection(self) -> str:
        """Say what of it cannot be."""
        return _first((
            (not _is_key(self.key), "key"),
            (bool(self.sealing) and not _is_key(self.sealing), "sealing key"),
            (not _are_nodes(self.node, self.former), "node"),
            (not self.name.strip() or _is_long(self.name), "name"),
            (self.role not in RANKS, "role"),
            (not _are_regions(self.regions), "regions"),
            (not _MOMENT.fullmatch(self.time), "time"),
        ))


def _first(found: Iterable[tuple[bool, str]]) -> str:
    return next((words for is_wrong, words in found if is_wrong), "")


def _is_long(text: str) -> bool:
    return len(text) > LONGEST_TEXT or not text.isprintable()


def _bytes_of(text: str) -> bytes:
    """Read base64 in its one spelling; nothing where it is none, or has another one."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""


def _is_key(text: str) -> bool:
    return len(_bytes_of(text)) == _KEY_BYTES


def _are_nodes(node: str, former: Sequence[str]) -> bool:
    return len(former) <= MOST_NODES and all(_NODE.fullmatch(each) for each in (node, *former))


def _are_regions(regions: Sequence[str]) -> bool:
    return 0 < len(regions) <= MOST_REGIONS and all(_REGION.fullmatch(each) for each in regions)


# What is signed


def what_is_said(said: Certificate | Revocation | Request) -> str:
    """The text over which the signature stands: the kind, and all fields but the signature in their order."""
    return json.dumps([said.KIND, *_in_order(said)[:-1]], ensure_ascii=True, separators=(",", ":"))


def _in_order(said: Certificate | Revocation | Request) -> list[Any]:
    return [getattr(said, each.name) for each in fields(said)]


def signed(said: Said, mark: Callable[[str], str]) -> Said:
    """Put the signature of whoever says it under it."""
    return replace(said, signature=mark(what_is_said(said)))


def holds(said: Certificate | Revocation | Request, verifies: Verifies) -> bool:
    """Say whether the issuer's signature stands under it."""
    return len(_bytes_of(said.signature)) == _MARK_BYTES and verifies(said.issuer, what_is_said(said), said.signature)


# How it travels


def to_json(said: Certificate | Revocation | Request) -> list[Any]:
    """Give the fields in their order, as JSON values."""
    return [list(each) if isinstance(each, tuple) else each for each in _in_order(said)]


def from_json(kind: type[Said], content: object) -> Said:
    """Read it from JSON values; raise ValueError where they are none of this kind."""
    named = [one for one in fields(kind) if one.init]
    if not isinstance(content, list) or len(content) != len(named):
        raise ValueError("no such statement")
    read = [_as(one.type is not str, value) for one, value in zip(named, content, strict=True)]
    made = kind(*read)
    if (why := made.objection()) or len(_bytes_of(made.signature)) != _MARK_BYTES:
        raise ValueError(why or "signature")
    return made


def _as(is_many: bool, value: object) -> Any:
    if is_many:
        if isinstance(value, list) and len(value) <= max(MOST_REGIONS, MOST_NODES) and all(map(_is_text, value)):
            return tuple(value)
    elif _is_text(value):
        return value
    raise ValueError("a field of it")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def line(prefix: str, content: object) -> str:
    """Write JSON values as one line that people pass on by WhatsApp, on a stick or as a picture."""
    packed = zlib.compress(json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode(), 9)
    return f"{prefix}{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def from_line(prefix: str, text: str) -> Any:
    """Read what a line says, wherever in a message it stands and however it was broken; raise ValueError."""
    _, found, after = text[: 2 * LONGEST_LINE].partition(prefix)
    packed = "".join(after.split())
    if not found or len(packed) > LONGEST_LINE:
        raise ValueError("no line of this kind")
    letters = re.match(r"[\w-]*", packed, re.ASCII)
    coded = letters[0] if letters else ""
    try:
        opened = zlib.decompressobj()
        written = opened.decompress(base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)), LONGEST_WRITTEN)
        if not opened.eof:
            raise ValueError("a torn line")
        return json.loads(written)
    except (zlib.error, RecursionError) as error:
        raise ValueError("a torn line") from error


# Chains

Book = Mapping[str, Sequence[Certificate]]  # certificates by the key that they certify


def book(certificates: Iterable[Certificate]) -> dict[str, list[Certificate]]:
    """Put certificates by the key that they certify: as their issuers were first heard, of each the newest first."""
    found: dict[str, dict[str, list[Certificate]]] = {}
    for each in certificates:
        found.setdefault(each.key, {}).setdefault(each.issuer, []).append(each)
    return {key: [each for its in said.values() for each in newest(its)] for key, said in found.items()}


def newest(certificates: Iterable[Certificate]) -> list[Certificate]:
    """Give certificates, the newest first."""
    return sorted(certificates, key=lambda one: (one.since, one.serial), reverse=True)


def may_issue(issuer: Certificate, of: Certificate) -> bool:
    """Say whether an issuer may say this: of a lower role, in its own regions; a root of a second laptop of its own."""
    if not {of.role, issuer.role} <= RANKS.keys():
        return False
    lower = RANKS[of.role] < RANKS[issuer.role] or (issuer.is_root and not of.is_root)
    return lower and all(
        any(lies_in(region, own) for own in issuer.regions) for region in of.regions
    )


def _nobody(_key: str) -> bool:
    return False


@dataclass(frozen=True)
class Law:
    """Whose word counts: the root that a person compared, what is signed by whom, and which keys are revoked."""

    root: str
    known: Book
    verifies: Verifies
    revoked: Callable[[str], bool] = _nobody
    _found: dict[tuple[Certificate, str, str], tuple[Certificate, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False,
    )

    def chain(self, certificate: Certificate, day: str) -> tuple[Certificate, ...]:
        """Give the chain from a certificate up to the root; nothing where it does not count on a day («» for ever).

        Each is looked at once, however many say to be signed by the same key, and only while the roles rise: whoever
        makes up hundreds that sign one another leads it no further than there are roles. So none leads back to itself,
        and several threads may ask one law.
        """
        asked = certificate, certificate.signature, day
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = self._looked_up(certificate, day)
        return found

    def _looked_up(self, certificate: Certificate, day: str) -> tuple[Certificate, ...]:
        if not self.root or not self._counts(certificate, day):
            return ()
        if certificate.is_root:
            return (certificate,) if certificate.key == self.root and certificate.role == _HIGHEST else ()
        for above in self.known.get(certificate.issuer, ()):
            if may_issue(above, certificate) and (chain := self.chain(above, day)):
                return (certificate, *chain)
        return ()

    def _counts(self, certificate: Certificate, day: str) -> bool:
        return (
            not certificate.objection()
            and not self.revoked(certificate.key)
            and (not day or certificate.is_valid_on(day))
            and holds(certificate, self.verifies)
        )

    @cached_property
    def of_all(self) -> "Law":
        """The same where nothing was ever revoked: who was once signed for."""
        return replace(self, revoked=_nobody)

    def standing(self, key: str, day: str) -> tuple[Certificate, ...]:
        """Give the chain by which a key counts on a day: of the highest who certified it, else of who did so first.

        A certificate needs no word of whom it certifies. So no office lowers those of its own rank or above, nor those
        whom another one certified, by certifying their keys as well.
        """
        chains = [chain for each in self.known.get(key, ()) if (chain := self.chain(each, day))]
        return min(chains, key=_distance, default=())


def _distance(chain: Sequence[Certificate]) -> int:
    """Give how far below the root somebody was certified; the root itself is nearest."""
    return -RANKS[chain[1].role] if len(chain) > 1 else -1 - max(RANKS.values())


_HIGHEST = max(RANKS, key=lambda role: RANKS[role])


def may_revoke(law: Law, revocation: Revocation, day: str = "") -> bool:
    """Say whether it is the word of somebody who may certify the key's holder: an office above, of the same regions.

    The office counts on any day, for a certificate may have run out since, but not where it is revoked itself: whoever
    stole its laptop would revoke everybody. Of the key that it revokes only the signatures matter, and of several
    certificates the one by which it stands, on a day where any does: who certifies a key may not revoke it thereby.
    """
    if revocation.objection() or not holds(revocation, law.verifies):
        return False
    whose = (law.of_all.standing(revocation.key, day) or law.of_all.standing(revocation.key, ""))[:1]
    by = [each for each in law.known.get(revocation.issuer, ()) if law.chain(each, "")]
    return any(may_issue(office, each) for office in by for each in whose)
