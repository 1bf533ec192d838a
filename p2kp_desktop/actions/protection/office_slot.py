"""The slot of the office above: so that it can open the laptop of somebody who left, or forgot the password.

The secret is sealed to the office's public key in the key file, which holds nothing that anybody else could read. The
office opens it in its own workspace and gets the twelve recovery words of that one workspace: read out by telephone,
they open it there, and nothing else anywhere.
"""

from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import key_files, keyring, slots
from p2kp_desktop.store.slots import Slots

from . import password, recovery_words


@dataclass(frozen=True)
class OpenedByOffice:
    """The recovery words of a workspace and its name, as its laptop sealed it: told to the office before it reads."""

    owner: str
    words: tuple[str, ...]


def offices(path: Path) -> list[str]:
    """Give the names of the offices that can open an enciphered workspace, as far as its key files say."""
    return list(dict.fromkeys(slot.name for each in key_files.found(path)[:1] for slot in each.offices))


def keys(path: Path) -> list[str]:
    """Give the public keys of these offices."""
    return [slot.key for each in key_files.found(path)[:1] for slot in each.offices]


def keep(path: Path, name: str, key: str, owner: str = "") -> None:
    """Let an office with this public key open a workspace that is open here, and no other one; «» for none.

    Raises nothing: where the key files cannot be written now, they are the next time.
    """
    known = next(iter(key_files.found(path)), None)
    secret = keyring.secret_of(known.salt) if known is not None else b""
    wanted = [(name, key)] if key else []
    if known is None or not secret or [(each.name, each.key) for each in known.offices] == wanted:
        return
    password.spread(path, slots.with_office(known, secret, name, key, owner))


def hand_over(path: Path, folder: Path) -> Path:
    """Put the key file of a workspace into a folder, for the office; return it. Raises Trouble."""
    known, place = key_files.found(path), folder / key_files.beside(path).name
    try:
        key_files.write(place, slots.written(known[0]))
    except (OSError, IndexError) as error:
        raise Trouble(
            say("Berkas kunci tidak dapat disimpan di {folder}.", folder=folder), safe=say("Tidak ada yang diubah."),
            remedy=say("Pilih folder lain, misalnya flashdisk."), code="K42",
        ) from error
    return place


def opened(told: Path, private: str) -> OpenedByOffice:
    """Open a key file, or that of a workspace, with the private key of an office. Raises Trouble."""
    found = _read(told)
    for each in found:
        if (inside := slots.opened_by_office(each, private)) is not None:
            return OpenedByOffice(inside[1], recovery_words.of_secret(inside[0]))
    named = ", ".join(dict.fromkeys(slot.name for each in found for slot in each.offices))
    why = say("Kunci {name} tersegel untuk {office}, bukan untuk ruang kerja ini.", name=told.name, office=named)
    if not named:
        why = say("{name} tidak dapat dibuka dengan kunci kantor: pemiliknya belum terdaftar di kantor.",
                  name=told.name)
    raise Trouble(
        why, safe=say("Tidak ada yang diubah."),
        remedy=say("Buka dengan kata sandi, atau dengan lembar pemulihan yang disimpan di kantor."), code="K41",
    )


def _read(told: Path) -> list[Slots]:
    found = key_files.found(told)
    alone = key_files.read(told)
    if alone is not None:
        found = [alone]
    if not found:
        raise Trouble(
            say("{name} bukan berkas kunci, dan tidak ada berkas kunci di sebelahnya.", name=told.name),
            safe=say("Tidak ada yang diubah."),
            remedy=say("Minta berkas di sebelah ruang kerja itu yang namanya berakhiran {ending}.",
                       ending=key_files.ENDING), code="K40",
        )
    return found
