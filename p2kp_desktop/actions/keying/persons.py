"""Several people on one laptop: who works now, and a PIN that guards whose name an edit bears.

A PIN protects attribution, not secrecy: the data lie open to whoever holds the laptop, and nobody is ever
locked out of them. Names and PINs never leave this laptop.
"""

import hmac
import secrets
from dataclasses import dataclass, replace

from p2kp_desktop import environment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.settings import LONGEST_NAME
from p2kp_desktop.store import Connection, Workspace, facts, persons
from p2kp_desktop.store.persons import Entered

KEYER, OFFICE = ROLES = ("keyer", "office")  # an officer resets the PINs of others

SHORTEST, LONGEST = 4, 12  # digits of a PIN
_COST, _BLOCK = 2**14, 8  # scrypt: about 50 ms and 16 MB for each attempt


@dataclass(frozen=True)
class Colleague:
    """A person who may work here, and whether a PIN guards the name."""

    name: str
    role: str
    has_pin: bool
    active: bool
    is_current: bool


def listed(workspace: Workspace) -> list[Colleague]:
    """Return everybody by name, those active first; whoever works now is among them though never entered."""
    with workspace.asking() as connection:
        current, known = facts.facts(connection).person, _known(connection)
    found = [Colleague(each.name, each.role, bool(each.pin), each.active, each.name == current)
             for each in known.values()]
    return sorted(found, key=lambda each: (not each.active, each.name.casefold()))


def _known(connection: Connection) -> dict[str, Entered]:
    """Return who was entered; who works here without having been entered belongs to the office."""
    current = facts.facts(connection).person
    return {current: Entered(current, OFFICE), **persons.entered(connection)}


def add(workspace: Workspace, name: str, pin: str, *, role: str = KEYER) -> Colleague:
    """Enter a person with a PIN; raise Trouble for a name that is there, or a PIN that is none."""
    called = tidy(name)
    if not called or len(called) > LONGEST_NAME or "\n" in called:
        raise Trouble(say("Nama belum diisi."), remedy=say("Tuliskan nama lengkapnya."), code="G01")
    if role not in ROLES:
        raise ValueError(role)
    with workspace.changing() as connection:
        known = _known(connection)
        same = next((each for each in known if each.casefold() == called.casefold()), None)
        if same is not None and known[same].active:
            raise Trouble(say("{person} sudah terdaftar di laptop ini.", person=same),
                          remedy=say("Pilih namanya dari daftar."), code="G02")
        _keep(connection, facts.facts(connection).person, known)
        persons.put(connection, Entered(same or called, role, _sealed(pin), time=environment.now()))
        return Colleague(same or called, role, True, True, False)


def _keep(connection: Connection, current: str, known: dict[str, Entered]) -> None:
    """Enter who works now, so that the name stays in the list when somebody else takes over."""
    if current not in persons.entered(connection):
        persons.put(connection, replace(known[current], time=environment.now()))


def change_to(workspace: Workspace, name: str, pin: str) -> str:
    """Let this person work from now on; return the name. Raises Trouble for a wrong PIN or an unknown name."""
    with workspace.changing() as connection:
        known = _known(connection)
        person = _one(known, name)
        _verify(person, pin)
        _keep(connection, facts.facts(connection).person, known)
        facts.note(connection, "person", person.name)
    workspace.is_worked_by(person.name)
    return person.name


def change_pin(workspace: Workspace, name: str, old: str, new: str) -> None:
    """Give a person another PIN; raise Trouble when the old one is wrong or the new one is none."""
    with workspace.changing() as connection:
        person = _one(_known(connection), name)
        _verify(person, old)
        persons.put(connection, replace(person, pin=_sealed(new), time=environment.now()))


def reset_pin(workspace: Workspace, name: str, new: str, *, by: str, by_pin: str) -> None:
    """Give a person who forgot the PIN another one, by an officer with a PIN of their own; raise Trouble."""
    with workspace.changing() as connection:
        known = _known(connection)
        officer = _officer(known, by, by_pin)
        person = _one(known, name)
        if person.name == officer.name:
            raise Trouble(say("PIN sendiri tidak dapat diganti dengan cara ini."),
                          remedy=say("Minta petugas kantor lain, atau lihat petunjuk lupa PIN."), code="G06")
        persons.put(connection, replace(person, pin=_sealed(new), time=environment.now()))


def set_active(workspace: Workspace, name: str, active: bool, *, by: str, by_pin: str) -> None:
    """Take a person off the list, or put them back; what they saved keeps their name. Raises Trouble."""
    with workspace.changing() as connection:
        known = _known(connection)
        _officer(known, by, by_pin)
        if not active and name == facts.facts(connection).person:
            raise Trouble(say("{person} sedang bekerja.", person=name),
                          remedy=say("Ganti petugas dulu (F12)."), code="G07")
        found = known.get(name)
        if found is None:
            raise _unknown(name)
        persons.put(connection, replace(found, active=active, time=environment.now()))


def forgotten() -> str:
    """Return the advice for a person who forgot a PIN."""
    return say(
        "Lupa PIN? Petugas kantor yang punya PIN dapat menggantinya. Bila tidak ada, tambahkan nama baru, atau pakai "
        "Serah terima di Perawatan data. PIN menjaga atas nama siapa isian disimpan, bukan kerahasiaan data; data "
        "tidak pernah terkunci."
    )


def _officer(known: dict[str, Entered], name: str, pin: str) -> Entered:
    officer = _one(known, name)
    if officer.role != OFFICE or not officer.pin:
        raise Trouble(say("{person} bukan petugas kantor yang punya PIN.", person=name),
                      remedy=say("Minta petugas kantor yang punya PIN."), code="G05")
    _verify(officer, pin)
    return officer


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
                      remedy=say("Coba lagi. Lupa? Petugas kantor dapat menggantinya."), code="G08")
