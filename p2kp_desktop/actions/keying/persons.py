"""Several people on one laptop: who works now, in which role, and what guards whose name an edit bears.

Behind a password each person has one of their own, which opens the workspace too, and whoever's it was is who works.
In a workspace in clear it is a PIN: that protects attribution, not secrecy, the data lie open to whoever holds the
laptop. Names and PINs never leave it.
"""

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common import backups, events
from p2kp_desktop.actions.protection import password, people
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import roles
from p2kp_desktop.schema.roles import KEYER, OFFICE, ROLES, VIEWER, Deed
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.settings import LONGEST_NAME
from p2kp_desktop.store import Connection, Workspace, facts, persons, rights
from p2kp_desktop.store.persons import Entered
from p2kp_desktop.store.workspace import is_server

WRONG = "G08"  # the code of a PIN that is another
SHORTEST, LONGEST = 4, 12  # digits of a PIN
_COST, _BLOCK = 2**14, 8  # scrypt: about 50 ms and 16 MB for each attempt


@dataclass(frozen=True)
class Colleague:
    """A person who may work here, and whether a PIN, or behind a password one of their own, guards the name."""

    name: str
    role: str
    has_pin: bool
    active: bool
    is_current: bool
    has_password: bool = False


@dataclass(frozen=True)
class Team:
    """Everybody who may work here, and whether each has a password, or a PIN."""

    people: tuple[Colleague, ...]
    is_protected: bool

    @property
    def current(self) -> Colleague:
        """Return who works now."""
        return next(each for each in self.people if each.is_current)


def team(workspace: Workspace) -> Team:
    """Return who may work here."""
    return Team(tuple(listed(workspace)), is_protected(workspace))


def is_protected(workspace: Workspace) -> bool:
    """Say whether each person here has a password of their own."""
    return not is_server(workspace.name) and password.is_protected(Path(workspace.name))


def listed(workspace: Workspace) -> list[Colleague]:
    """Return everybody by name, those active first; whoever works now is among them though never entered."""
    with workspace.asking() as connection:
        current, known = facts.facts(connection).person, _known(connection)
    sealed = password.people(Path(workspace.name)) if is_protected(workspace) else []
    for name in sealed:
        known.setdefault(name, Entered(name, OFFICE))
    found = [Colleague(each.name, each.role, bool(each.pin), each.active, each.name == current, each.name in sealed)
             for each in known.values()]
    return sorted(found, key=lambda each: (not each.active, each.name.casefold()))


def _known(connection: Connection) -> dict[str, Entered]:
    """Return who was entered; who works here without having been entered belongs to the office."""
    current = facts.facts(connection).person
    return {current: Entered(current, OFFICE), **persons.entered(connection)}


def add(workspace: Workspace, name: str, secret: str, *, role: str = KEYER, by_password: str = "") -> Colleague:
    """Enter a person with a PIN, or behind a password with one of their own, by the password of whoever works now.

    Raises Trouble for a name that is there, a PIN or password that is none, and where only the office may.
    """
    called = tidy(name)
    if not called or len(called) > LONGEST_NAME or "\n" in called:
        raise Trouble(say("Nama belum diisi."), remedy=say("Tuliskan nama lengkapnya."), code="G01")
    _must_be_there(workspace, role)
    guarded = is_protected(workspace)
    sealed = password.people(Path(workspace.name)) if guarded else []
    with workspace.changing() as connection:
        rights.must(connection, Deed.PERSONS)
        known, current = _known(connection), facts.facts(connection).person
        same = next((each for each in (*known, *sealed) if each.casefold() == called.casefold()), None)
        if same is not None and (same in sealed if guarded else known[same].active):
            raise Trouble(say("{person} sudah terdaftar di laptop ini.", person=same),
                          remedy=say("Pilih namanya dari daftar."), code="G02")
        _keep(connection, current, known)
        pin = "" if guarded else _sealed(secret)
        persons.put(connection, Entered(same or called, role, pin, time=environment.now()))
        if guarded:
            people.give(Path(workspace.name), same or called, secret, by=current, by_password=by_password,
                        role=role)
        events.note(connection, events.PERSONS, kind="added", who=same or called, role=role)
        return Colleague(same or called, role, not guarded, True, False, guarded)


def _must_be_there(workspace: Workspace, role: str) -> None:
    """Raise Trouble for a role that there is not in this workspace."""
    if role not in ROLES:
        raise ValueError(role)
    if role == VIEWER and is_server(workspace.name):
        raise Trouble(say("Di server belum ada pelihat: nama dan NIK tidak dapat disamarkan di sana."),
                      safe=say("Tidak ada yang diubah."), remedy=say("Tambahkan sebagai pengetik."), code="G10")


def _keep(connection: Connection, current: str, known: dict[str, Entered]) -> None:
    """Enter who works now, so that the name stays in the list when somebody else takes over."""
    if current not in persons.entered(connection):
        persons.put(connection, replace(known[current], time=environment.now()))


def change_to(workspace: Workspace, name: str, secret: str) -> str:
    """Let this person work from now on; return the name. Raises Trouble for a wrong PIN, password or unknown name."""
    if is_protected(workspace):
        return _sign_in(workspace, name, secret)
    with _wrong_noted(workspace, name), workspace.changing() as connection:
        known = _known(connection)
        person = _one(known, name)
        _verify(person, secret)
        _keep(connection, facts.facts(connection).person, known)
        facts.note(connection, "person", person.name)
        events.note(connection, events.SIGNED_IN, who=person.name)
    workspace.is_worked_by(person.name)
    return person.name


def _sign_in(workspace: Workspace, name: str, typed: str) -> str:
    person = _with_password(workspace, name)
    people.prove(Path(workspace.name), person, typed)
    signed_in(workspace, person)
    events.note_in(workspace, events.SIGNED_IN, who=person)
    return person


def signed_in(workspace: Workspace, person: str) -> None:
    """Let a person work whose password was typed; a file that cannot be written to need not know of it."""
    with workspace.asking() as connection:
        entered = persons.entered(connection).get(person)
    if entered is not None and not entered.active:
        raise _unknown(person)
    workspace.is_worked_by(person)


def _with_password(workspace: Workspace, name: str) -> str:
    called = tidy(name)
    if called not in password.people(Path(workspace.name)):
        raise Trouble(
            say("{person} belum punya kata sandi di ruang kerja ini.", person=called),
            safe=say("Tidak ada yang diubah."),
            remedy=say("Minta petugas kantor menambahkannya dengan F12."), code="G11",
        )
    return called


def change_pin(workspace: Workspace, name: str, old: str, new: str) -> None:
    """Give a person another PIN or password; raise Trouble when the old one is wrong or the new one is none."""
    if is_protected(workspace):
        person = _with_password(workspace, name)
        password.change(Path(workspace.name), old, new, person=person)
        return
    with _wrong_noted(workspace, name), workspace.changing() as connection:
        entered = _one(_known(connection), name)
        _verify(entered, old)
        persons.put(connection, replace(entered, pin=_sealed(new), time=environment.now()))
        events.note(connection, events.PASSWORD, kind="pin", who=entered.name)


def reset_pin(workspace: Workspace, name: str, new: str, *, by: str, by_pin: str) -> None:
    """Give a person who forgot it another PIN or password, by an officer with one of their own; raise Trouble."""
    with _by_officer(workspace, by, by_pin) as (connection, known):
        person = _one(known, name)
        if person.name == tidy(by):
            raise Trouble(say("PIN atau kata sandi sendiri tidak dapat diganti dengan cara ini."),
                          remedy=say("Minta petugas kantor lain, atau lihat petunjuk lupa."), code="G06")
        if is_protected(workspace):
            people.give(Path(workspace.name), person.name, new, by=tidy(by), by_password=by_pin, role=person.role)
        else:
            persons.put(connection, replace(person, pin=_sealed(new), time=environment.now()))
        events.note(connection, events.PASSWORD, kind="reset", who=person.name, by=tidy(by))


def set_role(
    workspace: Workspace, name: str, role: str, *, secret: str = "", by_password: str = ""
) -> list[Path]:
    """Let somebody work in another role from now on; whoever works now needs for it what adding them needs.

    Behind a password the role is bound to the slot of theirs, which only a new one of theirs (`secret`) can seal. The
    key files within reach that could not be written anew are returned. Raises Trouble.
    """
    _must_be_there(workspace, role)
    guarded, beside = is_protected(workspace), backups.second_folder(workspace)
    sealed = password.people(Path(workspace.name)) if guarded else []
    with workspace.changing() as connection:
        rights.must(connection, Deed.PERSONS)
        known, current = _known(connection), facts.facts(connection).person
        for each in sealed:
            known.setdefault(each, Entered(each, OFFICE))
        person = _one(known, name)
        if person.name == current:
            raise Trouble(say("Peran sendiri tidak dapat diubah: selalu ada satu petugas kantor."),
                          safe=say("Tidak ada yang diubah."), remedy=say("Minta petugas kantor lain."), code="G13")
        _keep(connection, current, known)
        persons.put(connection, replace(person, role=role, time=environment.now()))
        events.note(connection, events.PERSONS, kind="role", who=person.name, role=role)
        if not guarded:
            return []
        return people.give_anew(Path(workspace.name), person.name, secret, by=current, by_password=by_password,
                                role=role, folders=[beside] if beside else [])


def set_active(workspace: Workspace, name: str, active: bool, *, by: str, by_pin: str) -> list[Path]:
    """Take a person off the list, or put them back; what they saved keeps their name. Raises Trouble.

    Their password opens the workspace no more, here and in the key files within reach; those that could not be
    written anew are returned.
    """
    beside = backups.second_folder(workspace)
    with _by_officer(workspace, by, by_pin) as (connection, known):
        if not active and tidy(name) == facts.facts(connection).person:
            raise Trouble(say("{person} sedang bekerja.", person=tidy(name)),
                          remedy=say("Ganti petugas dulu (F12)."), code="G07")
        found = known.get(tidy(name))
        if found is None:
            raise _unknown(name)
        persons.put(connection, replace(found, active=active, time=environment.now()))
        kind = "put_back" if active else "taken_off"
        events.note(connection, events.PERSONS, kind=kind, who=found.name, by=tidy(by))
        if active or not is_protected(workspace):
            return []
        return people.take_away(Path(workspace.name), found.name, [beside] if beside else [])


@contextmanager
def _by_officer(workspace: Workspace, by: str, secret: str) -> Iterator[tuple[Connection, dict[str, Entered]]]:
    """Give a change that an officer makes who says who they are; raises Trouble for anybody else."""
    guarded = is_protected(workspace)
    if guarded:
        people.prove(Path(workspace.name), _with_password(workspace, by), secret)
    with _wrong_noted(workspace, by), workspace.changing() as connection:
        known = _known(connection)
        if not guarded:
            _officer(known, by, secret)
            yield connection, known
            return
        for name in password.people(Path(workspace.name)):
            known.setdefault(name, Entered(name, OFFICE))
        officer = _one(known, by)
        if roles.least(officer.role, password.bound(Path(workspace.name), officer.name)) != OFFICE:
            raise _no_officer(by)
        yield connection, known


@contextmanager
def _wrong_noted(workspace: Workspace, name: str) -> Iterator[None]:
    """Note a wrong PIN that was typed in this block, which changes nothing else."""
    try:
        yield
    except Trouble as trouble:
        if trouble.code == WRONG:
            events.note_in(workspace, events.WRONG_PIN, who=tidy(name))
        raise


def forgotten(*, behind_password: bool = False) -> str:
    """Return the advice for a person who forgot a PIN, or a password."""
    if behind_password:
        return say("Lupa kata sandi? Petugas kantor yang punya kata sandi di sini dapat memberi yang baru; lembar "
                   "pemulihan juga membukanya. Tidak ada data yang hilang.")
    return say(
        "Lupa PIN? Petugas kantor yang punya PIN dapat menggantinya. Bila tidak ada, tambahkan nama baru, atau pakai "
        "Serah terima di Perawatan data. PIN menjaga atas nama siapa isian disimpan, bukan kerahasiaan data; data "
        "tidak pernah terkunci."
    )


def what_removing_means() -> str:
    """Return the sentence on what taking somebody's password away does and does not."""
    return say(
        "Kata sandinya tidak lagi membuka ruang kerja ini dan cadangan yang terjangkau. Siapa yang dulu menyalin "
        "berkas kunci bersama datanya tetap dapat membuka salinan lama itu dengan kata sandinya yang lama. Bila itu "
        "mungkin, buat kata pemulihan baru di Pengaturan."
    )


def _officer(known: dict[str, Entered], name: str, pin: str) -> Entered:
    officer = _one(known, name)
    if officer.role != OFFICE or not officer.pin:
        raise _no_officer(name)
    _verify(officer, pin)
    return officer


def _no_officer(name: str) -> Trouble:
    return Trouble(say("{person} bukan petugas kantor yang punya PIN atau kata sandi.", person=tidy(name)),
                   remedy=say("Minta petugas kantor yang punya."), code="G05")


def _one(known: dict[str, Entered], name: str) -> Entered:
    found = known.get(tidy(name))
    if found is None or not found.active:
        raise _unknown(name)
    return found


def _unknown(name: str) -> Trouble:
    return Trouble(say("{person} tidak terdaftar di laptop ini.", person=name),
                   remedy=say("Pilih nama dari daftar, atau tambahkan."), code="G03")


def _sealed(pin: str) -> str:
    """Return salt and hash of a PIN as text; raise Trouble for what is no PIN."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise Trouble(say("PIN harus {least} sampai {most} angka.", least=SHORTEST, most=LONGEST),
                      remedy=say("Ketik angka saja, yang mudah Anda ingat."), code="G04")
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_hash(pin, salt).hex()}"


def _hash(pin: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=64, n=_COST, r=_BLOCK, p=1).derive(pin.encode())


def _verify(person: Entered, pin: str) -> None:
    """Raise Trouble for a wrong PIN; a name without one is free to everybody."""
    if not person.pin:
        return
    salt, _, kept = person.pin.partition("$")
    if not hmac.compare_digest(_hash(pin, bytes.fromhex(salt)).hex(), kept):
        raise Trouble(say("PIN {person} tidak cocok.", person=person.name),
                      remedy=say("Coba lagi. Lupa? Petugas kantor dapat menggantinya."), code=WRONG)
