"""Pendaftaran, what a person does: ask, approve, take the answer, revoke, and begin at the province.

No network is needed. Who asks reads six words aloud, or shows them; the office above compares them and signs; the
answer goes back as a line of text, as a picture, or in the next bundle. Whoever takes it compares six words too, those
of the root, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from p2kp_desktop import environment
from p2kp_desktop.actions.common import events
from p2kp_desktop.exchange import signing
from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import new_id
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.certificates import (
    Certificate,
    Request,
    Revocation,
    book,
    from_json,
    from_line,
    line,
    may_issue,
    signed,
    to_json,
)
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, certified, facts, node, own_keys, rights
from p2kp_desktop.store.certified import APPROVED, REFUSED, Asked, Root

from . import enrolment
from .contested import settle
from .enrolment import ASKED, BY, Register

ASKING, ANSWERING = "P2KP-MINTA:", "P2KP-DAFTAR:"  # how the two lines begin
ROOT_YEARS = 10
MOST_GONE = 5  # revocations in the line of an answer


def request(workspace: Workspace) -> str:
    """Ask to be enrolled: the line for the office above. The same goes along in every bundle until there is an answer.

    Where the key here was revoked, another one is made first, with another node: the office must compare its words
    anew.
    """
    with workspace.changing() as connection:
        rights.must(connection, Deed.ENROL)
        _must_sign(connection)
        is_revoked = enrolment.own_key(connection) in enrolment.register(connection).revocations
        if is_revoked:
            node.doubt(connection)
    with node.editing(workspace) as connection:
        if is_revoked:
            own_keys.take(connection, signing.new_key())
        facts.note(connection, ASKED, environment.now())
        return request_line(connection)


def request_line(connection: Connection) -> str:
    """Give the line with which this workspace asks."""
    return line(ASKING, to_json(enrolment.request_of(connection)))


def forget_request(workspace: Workspace) -> None:
    """Ask no more."""
    with workspace.changing() as connection:
        rights.must(connection, Deed.ENROL)
        facts.forget(connection, ASKED)


def read_request(text: str) -> Request:
    """Read a line with which somebody asks; raise Trouble."""
    try:
        found = from_json(Request, from_line(ASKING, text))
    except ValueError as error:
        raise _unreadable(ASKING) from error
    return found


class _Answer(NamedTuple):
    """What the line of an answer holds: a chain up to the root, and what revokes the laptops that are replaced."""

    signed: tuple[Certificate, ...] = ()
    revoked: tuple[Revocation, ...] = ()


def _read_answer(text: str) -> _Answer:
    try:
        chain, revoked = from_line(ANSWERING, text)
        return _Answer(tuple(from_json(Certificate, each) for each in chain),
                       tuple(from_json(Revocation, each) for each in revoked))
    except (ValueError, TypeError) as error:
        raise _unreadable(ANSWERING) from error


def _unreadable(prefix: str) -> Trouble:
    return Trouble(
        say("Baris ini tidak dapat dibaca: bukan baris pendaftaran, atau ada yang terpotong."),
        safe=say("Tidak ada yang diubah."),
        remedy=say("Salin lagi seluruh barisnya, mulai dari {prefix}.", prefix=prefix), code="T90",
    )


def is_request(text: str) -> bool:
    """Say whether a text holds the line of somebody who asks."""
    return ASKING in text


# The office above


def make_root(workspace: Workspace, *, reason: str = "") -> Certificate:
    """Make this office the root of all certificates: the province's, whose six words the districts compare.

    Where it was the root before, with a key that is gone, all that it signed is signed anew.
    """
    with workspace.changing() as connection:
        rights.must(connection, Deed.ENROL)
        _must_sign(connection)
        about, own, before = facts.facts(connection), enrolment.own_key(connection), enrolment.register(connection)
        if RANKS.get(about.role, 0) < max(RANKS.values()):
            raise Trouble(say("Hanya kantor provinsi dapat menjadi induk pendaftaran."), code="T91",
                          safe=say("Tidak ada yang diubah."), remedy=say("Minta didaftarkan oleh provinsi."))
        if before.root and before.root.key == own and (chain := before.chain(own)):
            return chain[0]
        asks = enrolment.request_of(connection)
        today = environment.today()
        made = _sign(connection, asks, until=f"{today.year + ROOT_YEARS}-12-31")
        certified.take_root(connection, Root(own, about.person, reason, environment.now()))
        enrolment.keep(connection, [made], [])
        _sign_anew(connection, before, made)
        events.note(connection, events.ENROLMENT, kind="root", key=signing.fingerprint(own), reason=reason)
        return made


def default_until() -> str:
    """Give the day until which somebody is enrolled where nobody says otherwise: the end of next year."""
    return f"{environment.today().year + 1}-12-31"


def receive_request(workspace: Workspace, text: str) -> Asked:
    """Let a line with which somebody asks wait here, as those do that came in bundles."""
    found = read_request(text)
    with workspace.changing() as connection:
        rights.must(connection, Deed.ENROL)
        enrolment.ask(connection, found)
        asked = next((each for each in enrolment.waiting(connection) if each.request == found), None)
    if asked is None:
        raise Trouble(
            say("Permintaan {name} tidak dapat ditunggu di sini: sudah dijawab, atau bukan untuk kantor ini.",
                name=found.name),
            safe=say("Tidak ada yang diubah."), remedy=say("Lihat daftarnya di Pengaturan › Pendaftaran."), code="T92",
        )
    return asked


@dataclass(frozen=True)
class Terms:
    """What an office grants in place of what was asked; "" and () where that is right."""

    name: str = ""
    role: str = ""
    regions: tuple[str, ...] = ()
    until: str = ""
    replaces: bool = False  # the laptop takes the place of another that is enrolled, which is revoked


def approve(workspace: Workspace, words: str, terms: Terms = Terms()) -> str:
    """Enrol who asks with these six words; the line of the answer, which also goes along in the next bundle."""
    with workspace.changing() as connection:
        rights.must(connection, Deed.ENROL)
        asked = _asked_with(connection, words)
        here, own = enrolment.register(connection), _own_certificate(connection)
        wanted = _granted(asked.request, terms)
        made = _sign(connection, wanted, until=terms.until or default_until(), above=own)
        if made.objection() or not may_issue(own, made):
            raise _beyond(own, wanted)
        replaced = enrolment.held_by(connection, here, made.nodes, made.key)
        if replaced and not terms.replaces:
            raise _taken(made, sorted({*replaced.values()}))
        enrolment.keep(connection, [made], [])
        for key in sorted(key for key in replaced if here.ever(key)):
            _revoke(connection, key, say("diganti dengan laptop atau berkas lain"))
        if made in enrolment.register(connection).doubtful():
            settle(connection, made)  # who is meant to take another's place was compared just now
        certified.ask(connection, replace(asked, decided=APPROVED, person=facts.facts(connection).person))
        events.note(connection, events.ENROLMENT, kind="approved", who=made.name, region=" ".join(made.regions),
                    key=signing.fingerprint(made.key))
        return answer(connection, made.key)


def _taken(made: Certificate, names: Sequence[str]) -> Trouble:
    return Trouble(
        say("Kode ruang kerja {name} sudah dikenal di sini dengan kunci lain, atas nama {names}.", name=made.name,
            names=", ".join(names)),
        safe=say("Tidak ada yang diubah."),
        remedy=say("Bila ini laptop penggantinya, setujui sebagai pengganti: kunci lama yang terdaftar dicabut. "
                   "Bila bukan, jangan disetujui: ia akan bekerja atas nama ruang kerja itu."), code="T93",
    )


def _granted(asked: Request, terms: Terms) -> Request:
    return replace(
        asked, name=terms.name or asked.name, role=terms.role or asked.role, regions=terms.regions or asked.regions,
    )


def refuse(workspace: Workspace, words: str, *, reason: str) -> None:
    """Leave a request without an answer, for a reason; it may be asked anew."""
    _must_say(reason)
    with workspace.changing() as connection:
        rights.must(connection, Deed.ENROL)
        asked = _asked_with(connection, words)
        certified.ask(connection, replace(
            asked, decided=REFUSED, person=facts.facts(connection).person, reason=reason.strip(),
        ))
        events.note(connection, events.ENROLMENT, kind="refused", who=asked.request.name, reason=reason.strip())


def answer(connection: Connection, key: str) -> str:
    """Give the line of the answer to somebody who was enrolled; raise Trouble where that is nobody."""
    here = enrolment.register(connection)
    chain = here.chain(key)
    if not chain:
        raise _nobody()
    of_before = {each for name in chain[0].nodes for each in here.keys_of(name)}
    gone = [here.revocations[each] for each in sorted(of_before) if each in here.revocations]
    return line(ANSWERING, [[to_json(each) for each in chain], [to_json(each) for each in gone[:MOST_GONE]]])


def _asked_with(connection: Connection, words: str) -> Asked:
    spoken = " ".join(words.lower().split())
    found = [
        each for each in enrolment.waiting(connection) if signing.fingerprint(each.request.key) == spoken
    ]
    if not found:
        raise Trouble(
            say("Tidak ada permintaan dengan enam kata itu."), safe=say("Tidak ada yang diubah."),
            remedy=say("Minta dibacakan lagi. Bila tetap lain, permintaan itu bukan dari orang ini: jangan disetujui."),
            code="T94",
        )
    return found[0]


def _own_certificate(connection: Connection) -> Certificate:
    own = enrolment.own_chain(connection)
    if not own or RANKS[own[0].role] <= min(RANKS.values()):
        raise Trouble(
            say("Kantor ini belum dapat mendaftarkan: ia sendiri belum terdaftar sebagai kantor."),
            safe=say("Permintaannya tetap menunggu di sini."),
            remedy=say("Minta didaftarkan oleh provinsi, atau jadikan kantor provinsi ini induk pendaftaran."),
            code="T95",
        )
    return own[0]


def _beyond(own: Certificate, asked: Request) -> Trouble:
    return Trouble(
        say("{name} tidak dapat didaftarkan di sini untuk tugas, wilayah, atau tanggal itu.", name=asked.name),
        safe=say("Tidak ada yang diubah."),
        remedy=say("Kantor ini mendaftarkan tugas di bawahnya, di wilayah {regions}.", regions=", ".join(own.regions)),
        code="T96",
    )


def _sign(connection: Connection, asks: Request, *, until: str, above: Certificate | None = None) -> Certificate:
    """Sign for somebody, from today on; a root signs for itself."""
    private = own_keys.signing(connection)
    since = max(environment.today().isoformat(), above.since if above else "")
    made = Certificate(
        signing.public_of(private), asks.key, asks.sealing, asks.node, asks.former, asks.name, asks.role, asks.regions,
        since, until, new_id(),
    )
    return signed(made, partial(signing.mark, private))


def confirmed_words(name: str) -> str:
    """Say that it is certain whose node it is."""
    return say("Kunci {name} dipakai untuk kode ruang kerjanya. Terima lagi paketnya yang menunggu.", name=name)


def confirm(workspace: Workspace, named: str, *, reason: str) -> Certificate:
    """Let a certificate speak for a node that is known here by another key, because the person here says so.

    It is named by its six words, node or name. What the other key signed of the node counts as unsigned from then on.
    """
    _must_say(reason)
    with workspace.changing() as connection:
        rights.must(connection, Deed.ENROL)
        here = enrolment.register(connection)
        found = _the_one(named, here.doubtful())
        settle(connection, found)
        events.note(connection, events.ENROLMENT, kind="confirmed", who=found.name, reason=reason.strip(),
                    key=signing.fingerprint(found.key))
        return found


# Who asked


def offered(connection: Connection) -> tuple[Certificate, ...]:
    """Give the chain that came for this workspace and leads to a root which nobody here has compared."""
    here = enrolment.register(connection)
    chain = enrolment.newest_offer(here.law, enrolment.own_key(connection))
    return chain if all(each.is_valid_on(here.day) for each in chain) else ()


def bring(connection: Connection, manifest: Manifest, key: str, transfer: str) -> list[str]:
    """Take in what a bundle that this key signed says of who is enrolled, as far as it proves itself.

    Returns in words what of it a person has to look at.
    """
    said, before = enrolment.said_in(manifest), enrolment.register(connection)
    if not said:
        return []
    revoked = enrolment.each_of(Revocation, said.get(enrolment.REVOKED_KEYS))
    enrolment.keep(connection, enrolment.certificates_in(manifest), revoked, transfer)
    for asks in enrolment.each_of(Request, [said.get(enrolment.REQUEST)]):
        if asks.key == key and asks.node == manifest.node:
            enrolment.ask(connection, asks, transfer)
    own = enrolment.own_chain(connection)
    if own and not before.chain(own[0].key):
        facts.note(connection, BY, own[0].issuer)
        _sign_anew(connection, before, own[0])
    now = enrolment.register(connection)
    return [_contested_words(each) for each in now.doubtful() if (each.node, each.key) not in before.contested]


def _contested_words(one: Certificate) -> str:
    return say(
        "{name} didaftarkan dengan kode ruang kerja yang sudah dikenal di sini dengan kunci lain, dari wilayah lain. "
        "Paketnya menunggu sampai ada yang memastikan di Pengaturan › Pendaftaran.", name=one.name,
    )


def take(workspace: Workspace, text: str = "", *, words: str = "") -> Certificate:
    """Take the answer: a line, or "" for what a bundle brought. `words` are the six of the root, as heard.

    Raises Trouble where they are others. From then on the offices count whose certificates lead to that root. Who
    comes with another key than before goes on with what the former one signed.
    """
    came = _read_answer(text) if text else _Answer()
    with workspace.changing() as connection:
        rights.must(connection, Deed.ENROL)
        before = enrolment.register(connection)
        chain = _answered(connection, came.signed) if text else offered(connection) or enrolment.own_chain(connection)
        if not chain:
            raise _not_ours()
        root = chain[-1].key
        if not (before.root and before.root.key == root):
            _must_match(root, words)
            certified.take_root(connection, Root(root, facts.facts(connection).person, words.strip(),
                                                 environment.now()))
        enrolment.keep(connection, [*came.signed, *chain], came.revoked)
        own = enrolment.own_chain(connection)
        if not own:
            raise _not_ours()
        facts.forget(connection, ASKED)
        facts.note(connection, BY, chain[0].issuer)
        _sign_anew(connection, before, own[0])
        events.note(connection, events.ENROLMENT, kind="taken", key=signing.fingerprint(root))
        return own[0]


def _answered(connection: Connection, came: Sequence[Certificate]) -> tuple[Certificate, ...]:
    """Give the chain of this workspace in an answer, to whatever root it leads."""
    here = enrolment.register(connection)
    chain = enrolment.newest_offer(replace(here.law, root="", known=book(came)), enrolment.own_key(connection))
    return chain if all(each.is_valid_on(here.day) for each in chain) else ()


def _not_ours() -> Trouble:
    return Trouble(
        say("Jawaban ini bukan untuk ruang kerja ini, atau sudah tidak berlaku."), safe=say("Tidak ada yang diubah."),
        remedy=say("Kirim lagi permintaannya ke kantor di atas."), code="T97",
    )


def _must_match(root: str, words: str) -> None:
    if " ".join(words.lower().split()) != signing.fingerprint(root):
        raise Trouble(
            say("Enam kata induk pendaftaran tidak sama."), safe=say("Tidak ada yang diubah."),
            remedy=say("Minta kantor di atas membacakan enam kata induk (provinsi). Bila tetap lain, jangan terima "
                       "jawaban ini."), code="T98",
        )


# Loss


def revoke(workspace: Workspace, named: str, *, reason: str) -> Certificate:
    """Revoke somebody by their six words, node or name; what was taken in before stays, what comes later waits."""
    _must_say(reason)
    with workspace.changing() as connection:
        rights.must(connection, Deed.ENROL)
        here, own = enrolment.register(connection), _own_certificate(connection)
        found = _the_one(named, [
            each for each in here.everybody() if each.key not in here.revocations and each.key != own.key
        ])
        if not may_issue(own, found):
            raise _beyond(own, _granted_as(found))
        _revoke(connection, found.key, reason.strip())
        events.note(connection, events.ENROLMENT, kind="revoked", who=found.name, reason=reason.strip(),
                    key=signing.fingerprint(found.key))
        return found


def _the_one(named: str, those: Sequence[Certificate]) -> Certificate:
    """Give the one of these that is meant by six words, else by node, else by name; raise Trouble where it is not one.

    Somebody may be called by the six words of another: these mean the other.
    """
    spoken = " ".join(named.split()).lower()
    found = (
        [each for each in those if spoken == signing.fingerprint(each.key)]
        or [each for each in those if spoken == each.node.lower()]
        or [each for each in those if spoken == each.name.lower()]
    )
    if len(found) != 1:
        raise _nobody()
    return found[0]


def _granted_as(one: Certificate) -> Request:
    return Request(one.key, one.sealing, one.node, one.former, one.name, one.role, one.regions, "")


def _revoke(connection: Connection, key: str, reason: str) -> None:
    """Revoke a key, and say again of our own what it had revoked: its word counts no more for who hears it later."""
    here = enrolment.register(connection)
    keys = {key, *(each.key for each in here.revocations.values() if each.issuer == key)}
    said = {each.key: each.reason for each in here.revocations.values()}
    _say_revoked(connection, {each: said.get(each, reason) for each in sorted(keys)})


def _say_revoked(connection: Connection, reasons: dict[str, str]) -> None:
    private = own_keys.signing(connection)
    own, mark = signing.public_of(private), partial(signing.mark, private)
    said = [signed(Revocation(own, key, environment.now(), reason), mark) for key, reason in reasons.items()]
    enrolment.keep(connection, [], said)


def _sign_anew(connection: Connection, before: Register, own: Certificate) -> None:
    """Sign with the present key what the former one signed, where it is still so: succession asks nobody twice."""
    former = {key for name in own.former for key in before.keys_of(name)} - {own.key}
    if not former:
        return
    private, today = own_keys.signing(connection), environment.today().isoformat()
    anew = [
        signed(replace(each, issuer=own.key, serial=new_id(), since=max(each.since, own.since)),
               partial(signing.mark, private))
        for each in before.everybody()
        if each.issuer in former and each.key not in {*former, own.key} and each.key not in before.revocations
        and each.until >= max(today, own.since) and may_issue(own, each)
    ]
    enrolment.keep(connection, anew, [])
    _say_revoked(connection, {
        each.key: each.reason for each in before.revocations.values() if each.issuer in former
    })


def _must_sign(connection: Connection) -> None:
    if not own_keys.signing(connection):
        raise Trouble(
            say("Ruang kerja ini belum punya kunci untuk menandatangani."), safe=say("Tidak ada yang diubah."),
            remedy=say("Simpan satu catatan dulu, atau buat ruang kerja baru dan terima paket dari yang lama."),
            code="T99",
        )


def _must_say(reason: str) -> None:
    if not reason.strip():
        raise Trouble(say("Alasan belum diisi."), safe=say("Tidak ada yang diubah."),
                      remedy=say("Tuliskan mengapa, misalnya: laptop dicuri."), code="T80")


def _nobody() -> Trouble:
    return Trouble(
        say("Tidak ada satu yang terdaftar dengan nama itu."), safe=say("Tidak ada yang diubah."),
        remedy=say("Sebutkan enam katanya seperti di daftar."), code="T89",
    )

