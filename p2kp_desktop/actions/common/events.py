"""«Catatan kejadian»: noting what people do with what a workspace holds. One line stands at each place that acts.

What changes the workspace is noted in the transaction that changes it: it is noted exactly if it is done. What leaves
the workspace (a file, a page, the clipboard) is noted before it leaves, since a crash between the two must not leave a
list of names outside that nobody noted; where it then fails, a second row takes the first back. Where the workspace
itself cannot be written, on a locked stick or a full disk, it is kept beside the key file until it can (without names
and reasons); only where not even that can be written do names not leave.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.exchange import signing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Connection, Workspace, audit, facts, files, node, own_keys, signers, trusted, unopened
from p2kp_desktop.store.audit import GAP, SIGNED_WITH, Noted
from p2kp_desktop.store.trusted import Accepted
from p2kp_desktop.store.unopened import LOST
from p2kp_desktop.store.workspace import is_server

log = logging.getLogger(__name__)

Plain = int | str | bool

OPENED, EXPORTED, COPIED, PRINTED, SENT = "open", "export", "copy", "print", "send"
FAILED = "not_done"  # takes back an earlier row: what it said did not happen after all
WRONG_PASSWORD, WRONG_PIN = "wrong_password", "wrong_pin"
ERASED, UNDONE, APPLIED, LEFT, TRUSTED = "erase", "undo_receipt", "quarantine_apply", "quarantine_leave", "trust"
SETTINGS, PERSONS, SIGNED_IN, PASSWORD = "settings", "persons", "sign_in", "password"
ENCIPHERED, RESTORED, SALVAGED, HANDED = "encipher", "restore", "salvage", "handover"
ENROLMENT, OPENED_BELOW, RECEIVED = "enrolment", "office_open", "receive"

ACCEPTED, NOBODY = "accepted", "-"  # in the first event, and where a file was saved: whom people had accepted by then

_MEANT = "kejadian P2KP Desktop: "  # so that it is never taken for a signature on something else
_LOOKED_AT = 100  # acts of a person that are looked at, to note the same one of a day once
_COUNTS = ("lines", "names", ACCEPTED)  # what may differ between two that are the same


def words(act: str) -> str:
    """Return an act in words; of a later release its name."""
    return {
        OPENED: say("ruang kerja dibuka"), EXPORTED: say("dikeluarkan sebagai berkas"), COPIED: say("disalin"),
        PRINTED: say("dicetak"), SENT: say("paket dikirim"), RECEIVED: say("paket diterima"),
        FAILED: say("tidak jadi"),
        WRONG_PASSWORD: say("kata sandi salah"), WRONG_PIN: say("PIN salah"), ERASED: say("data pribadi dihapus"),
        UNDONE: say("penerimaan dibatalkan"), APPLIED: say("catatan yang menunggu diterima"),
        LEFT: say("catatan yang menunggu ditinggalkan"), TRUSTED: say("pengirim dipercaya"),
        SETTINGS: say("aturan atau pengaturan diubah"), PERSONS: say("daftar petugas diubah"),
        SIGNED_IN: say("petugas masuk"), PASSWORD: say("kata sandi diganti"), ENCIPHERED: say("dilindungi kata sandi"),
        RESTORED: say("cadangan dipulihkan"), SALVAGED: say("berkas rusak diselamatkan"), HANDED: say("serah terima"),
        ENROLMENT: say("pendaftaran"), OPENED_BELOW: say("ruang kerja tim dibukakan dengan kunci kantor"),
        GAP: say("catatan kejadian terputus"), LOST: say("kejadian lama tidak tertampung"),
    }.get(act, act)


def note(connection: Connection, act: str, **what: Plain) -> int:
    """Note an act in the transaction that does it, with what it was about; return its number."""
    return _add(connection, act, what)


def note_return(connection: Connection, act: str, **what: Plain) -> int:
    """Note an act that put an earlier state in the place of a later one, with which rows went with that."""
    return _add(connection, act, what, explains_gap=True)


def _add(
    connection: Connection, act: str, what: Mapping[str, Plain], *, time: str = "", explains_gap: bool = False
) -> int:
    said = {key: value for key, value in what.items() if value != "" and value is not False}
    if act == SALVAGED or not audit.tells(connection, ACCEPTED):
        said[ACCEPTED] = _accepted_by_now(connection)
    private = own_keys.signing(connection)
    _note_key(connection, signing.public_of(private))
    sign = partial(_signature, private)
    return audit.append(connection, act, said, sign, time=time, explains_gap=explains_gap)


def _accepted_by_now(connection: Connection) -> str:
    """Return whom people accepted, for the first event: releases before there were events noted it nowhere else."""
    return ", ".join(acceptance(each) for each in trusted.everybody(connection) if each.person) or NOBODY


def acceptance(each: Accepted) -> str:
    """Return a key and its role in letters, which no event masks."""
    return f"{signing.fingerprint(each.key)} {each.role}"


def _note_key(connection: Connection, public: str) -> None:
    """Note with which key events are signed here: one that stays behind when the file moves is known by it."""
    known = facts.everything(connection).get(SIGNED_WITH, "").split()
    if public and public not in known:
        facts.note(connection, SIGNED_WITH, " ".join([*known, public]))


def _signature(private: str, seal: str) -> str:
    return signing.signed(private, f"{_MEANT}{seal}")[1] if private else ""


def take_back(connection: Connection, act: str, key: str) -> None:
    """Note that an act that was noted under a key did not happen after all."""
    for each in audit.noted(connection, act=act):
        if each.what.get("key") == key:
            note(connection, FAILED, of=each.number, act_of=act)


def note_in(workspace: Workspace, act: str, **what: Plain) -> None:
    """Note what was done with no transaction of its own; where the workspace cannot be written, keep it beside."""
    _noted_or_kept(workspace, act, what)


@contextmanager
def leaving(workspace: Workspace, act: str, *, names: bool, **what: Plain) -> Iterator[None]:
    """Note what leaves the workspace in this block, before it leaves, and after it where it did not leave after all.

    Raises Trouble, before anything left, where `names` leave and that cannot be noted anywhere. Figures that leave in
    the same way again on the same day are noted once: an office makes fifty reports of them every night.
    """
    if not names and _has_left_today(workspace, act, what):
        yield
        return
    number = _noted_or_kept(workspace, act, {**what, "names": names})
    if number is None and names:
        raise _unnoted()
    try:
        yield
    except BaseException:
        _noted_or_kept(workspace, FAILED, {"of": number or 0, "act_of": act})
        raise


def _has_left_today(workspace: Workspace, act: str, what: Mapping[str, Plain]) -> bool:
    told = {key: value for key, value in what.items() if value != "" and key not in _COUNTS}
    with workspace.asking() as connection:
        found = _of_today(connection, act)
    return any({key: said for key, said in each.what.items() if key not in _COUNTS} == told for each in found)


def _of_today(connection: Connection, act: str) -> list[Noted]:
    """Return the last acts of a kind that whoever works here did today."""
    today, person = environment.now()[:10], facts.facts(connection).person
    return [each for each in audit.last_of(connection, act, person, _LOOKED_AT) if each.time[:10] == today]


def _noted_or_kept(workspace: Workspace, act: str, what: Mapping[str, Plain]) -> int | None:
    """Note an act, or keep it beside; return its number, 0 for one kept beside, None where neither can be written."""
    try:
        with workspace.changing() as connection:
            return _add(connection, act, what)
    except Trouble:
        log.warning("an act is kept beside the workspace, which cannot be written")
    impersonal = {key: value for key, value in what.items() if key != "reason"}
    return 0 if unopened.keep(_signs(workspace)[0], act, **impersonal) else None


def _unnoted() -> Trouble:
    return Trouble(
        say("Daftar dengan nama belum dikeluarkan: kejadiannya tidak dapat dicatat."),
        safe=say("Isi ruang kerja tidak tersentuh."),
        remedy=say("Kosongkan ruang disk, atau salin ruang kerja ke folder di laptop ini, lalu ulangi."), code="K44",
    )


def opened(workspace: Workspace, how: str = "") -> None:
    """Note that somebody opened a workspace, after what happened while it was closed; raises nothing.

    `how` is the command that did so: the same one of a day by the same person is noted once, for scripts may run it
    a thousand times.
    """
    signs = _signs(workspace)
    waiting = {sign: rows for sign in signs if (rows := unopened.kept(sign))}
    if how and not waiting and _is_noted_today(workspace, how):
        return
    try:
        with workspace.changing() as connection:
            for row in (row for rows in waiting.values() for row in rows):
                plain = {key: value for key, value in row["what"].items() if isinstance(value, int | str)}
                _add(connection, row["act"], plain, time=row["time"])
            if not how or not _is_same_today(connection, how):
                note(connection, OPENED, how=how)
    except Trouble:
        if not how:
            unopened.keep(signs[0], OPENED)
        return
    for sign in waiting:  # where the power goes before, they are noted twice: better than never
        unopened.forget(sign)


def _is_noted_today(workspace: Workspace, how: str) -> bool:
    with workspace.asking() as connection:
        return _is_same_today(connection, how)


def _is_same_today(connection: Connection, how: str) -> bool:
    return any(each.what.get("how") == how for each in _of_today(connection, OPENED))


def keep_back(path: Path, act: str) -> None:
    """Keep that something happened to a workspace behind a password, until it is opened; raises nothing."""
    if files.is_enciphered(path):
        unopened.keep(files.salt_of(path).hex(), act)


def _signs(workspace: Workspace) -> list[str]:
    """Return by what a workspace is known before it is opened: its salt where it is enciphered, and its first node."""
    with workspace.asking() as connection:
        first = node.own_nodes(connection)[0]
    path = Path(workspace.name)
    salted = not is_server(workspace.name) and files.is_enciphered(path)
    return [files.salt_of(path).hex(), first] if salted else [first]


def proven(connection: Connection) -> tuple[list[Noted], list[Noted]]:
    """Return the events that count, the oldest first, and those that nobody here signed: written by another program.

    Each row is signed for itself, since the next one may be signed in good faith on top of one that was put there.
    What came before a damaged file was saved counts as it is: its keys may be lost with it, and its signatures spoilt.
    """
    noted, known = audit.noted(connection), _keys(connection)
    is_ours = [_signer(each) in known for each in noted]
    pairs = [*zip(noted, is_ours, strict=True)]
    since = max((at for at, (each, ours) in enumerate(pairs) if ours and each.act == SALVAGED), default=0)
    counted = [each for at, (each, ours) in enumerate(pairs) if ours or at < since]
    return counted, [each for at, (each, ours) in enumerate(pairs) if not ours and at >= since]


def is_ours(connection: Connection, noted: Noted) -> bool:
    """Say whether a key of this workspace signed a row."""
    return _signer(noted) in _keys(connection)


def faults(workspace: Workspace, others: Sequence[Noted]) -> list[str]:
    """Return in words what is wrong with the events noted here: altered, missing, cut off, or signed by `others`."""
    with workspace.asking() as connection:
        found = list(audit.faults(connection, workspace.name))
    if others:
        found.append(say("{count} baris catatan kejadian tidak ditandatangani ruang kerja ini, yang pertama nomor "
                         "{number}.", count=len(others), number=others[0].number))
    return found


def _keys(connection: Connection) -> set[str]:
    """Return the public keys that the events or the saves of this workspace were ever signed with."""
    of_saves = (signers.keys_of(connection, name)[0] for name in node.own_nodes(connection))
    return {*facts.everything(connection).get(SIGNED_WITH, "").split()}.union(*of_saves)


def _signer(noted: Noted) -> str | None:
    """Return the key that signed a row; None where nobody did, or falsely."""
    try:
        return signing.signer(f"{_MEANT}{noted.hash}", (signing.METHOD, noted.signature), "")
    except Trouble:
        return None


def all_of_them(workspace: Workspace) -> list[Noted]:
    """Return the events, the newest first."""
    with workspace.asking() as connection:
        return list(reversed(audit.noted(connection)))
