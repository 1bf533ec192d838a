"""The password of a workspace: opening with it or with the recovery words, giving one, changing it."""

import shutil
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from p2kp_desktop.actions.common import backups, events, passwords, practice_mark
from p2kp_desktop.actions.common.bench import bench
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import OFFICE, Deed
from p2kp_desktop.store import Workspace, files, key_files, keyring, remains, rights, slots
from p2kp_desktop.store.keyring import Lock
from p2kp_desktop.store.opening import only_looks
from p2kp_desktop.store.slots import Effort, Slots
from p2kp_desktop.store.workspace import is_server

from . import patience, recovery_words

_SAFE = "Datanya utuh dan tidak disentuh."


@dataclass(frozen=True)
class Keys:
    """What protects a workspace that is yet to be made or enciphered: its lock, its slots, its secret."""

    lock: Lock
    slots: Slots
    secret: bytes = field(repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The recovery words, for the sheet."""
        return recovery_words.of_secret(self.secret)


def chosen(person: str, password: str, effort: Effort | None = None) -> Keys:
    """Give a fresh protection under a person's password; raise Trouble for one that is easily guessed."""
    typed = meant(passwords.chosen(password))
    secret, salt = slots.fresh_secret(), keyring.fresh_salt()
    kept = slots.with_person(Slots(salt), secret, person, typed, effort or slots.measured())
    return Keys(slots.lock_from(secret, salt), kept, secret)


def put_up(path: Path, protection: Keys) -> None:
    """Keep the keys of a workspace before it is made or enciphered; raise Trouble where they cannot be kept."""
    try:
        key_files.keep(path, protection.slots)
    except OSError as error:
        raise _not_kept(path) from error
    keyring.learn(protection.lock)
    keyring.learn_secret(protection.lock.salt, protection.secret)


def keep_in_profile(path: Path, protection: Keys) -> None:
    """Keep the keys that a workspace is about to get; raise Trouble where they cannot be kept."""
    try:
        key_files.keep_in_profile(protection.slots)
    except OSError as error:
        raise _not_kept(path) from error


def is_protected(path: Path) -> bool:
    """Say whether a file is enciphered."""
    return files.is_enciphered(path)


def is_locked(path: Path) -> bool:
    """Say whether a file is enciphered, its head damaged or not, and its key is not known to this process."""
    try:
        salt = key_files.meant_salt(path)
    except OSError:
        return False
    return bool(salt) and keyring.lock_of(salt) is None


def lies_bare(workspace: Workspace) -> bool:
    """Say whether a workspace could be behind a password and is not.

    A practice village holds nobody's data, a server protects its own, and what can be looked at only stays as it is.
    """
    if is_server(workspace.name) or only_looks(workspace.name) or is_protected(Path(workspace.name)):
        return False
    with workspace.asking() as connection:
        return not practice_mark.is_practice(connection)


def people(path: Path) -> list[str]:
    """Give who has a password of an enciphered workspace, as far as its key files say."""
    return list(dict.fromkeys(slot.person for each in key_files.found(path)[:1] for slot in each.people))


def signed_in(path: Path) -> str:
    """Give whose password opened an enciphered file here; "" where it was nobody's."""
    return keyring.signed_in(salt_of(path))


def bound(path: Path, person: str) -> str:
    """Give the role that somebody's password was given for; "" where it was not typed here, or names none."""
    return keyring.role_of(salt_of(path), person)


def unlock(path: Path, password: str, person: str = "") -> str:
    """Open an enciphered file for this process with a password; give the person whose it is, and who works from now on.

    Raises Trouble for a wrong one or one that is not that of `person`, where one has to wait, and where the key file
    is missing.
    """
    salt = salt_of(path)
    known = key_files.by_salt(path, salt)
    if not known:
        raise Trouble(
            say("Kunci {name} tidak ikut.", name=path.name), safe=say(_SAFE),
            remedy=say("Salin juga berkas kunci (namanya berakhiran {ending}) dari folder asalnya ke sebelah berkas "
                       "ini, atau ketik kata pemulihan.", ending=key_files.ENDING), code="K25",
        )
    patience.must_not_wait(salt)
    whose, _secret = tried(path, salt, known, password, person)
    keyring.sign_in(salt, whose)
    return whose


def tried(path: Path, salt: bytes, known: list[Slots], password: str, person: str = "") -> tuple[str, bytes]:
    """Try a password on every key file that is known; give whose it is, and the secret. Raises Trouble."""
    typed = meant(password)
    for each in known:
        found = slots.opened(each, typed, person)
        if found is not None and _fits(path, slots.lock_from(found[1], salt)):
            slot, secret = found
            _learn(path, each, secret)
            keyring.bind(salt, slot.person, slot.role)
            return slot.person, secret
    events.keep_back(path, events.WRONG_PASSWORD)
    wait = patience.wait_after(patience.note_wrong(salt))
    more = say("Percobaan berikutnya dapat dimulai {seconds} detik lagi.", seconds=wait) if wait else ""
    raise Trouble(
        " ".join(filter(None, [say("Kata sandi untuk {name} salah.", name=path.name), more])),
        safe=say("Datanya utuh; tidak ada yang dihapus."),
        remedy=say("Periksa huruf besar dan Caps Lock, atau buka dengan kata pemulihan."), code="K23",
    )


def unlock_with_words(path: Path, typed: str) -> bytes:
    """Open an enciphered file for this process with the recovery words; give the secret. Raises Trouble."""
    salt, secret = salt_of(path), recovery_words.secret_of(typed)
    if not _fits(path, slots.lock_from(secret, salt)):
        events.keep_back(path, events.WRONG_PASSWORD)
        raise Trouble(
            say("Kata pemulihan ini bukan milik {name}.", name=path.name), safe=say(_SAFE),
            remedy=say("Cari lembar pemulihan yang menyebut berkas ini."), code="K26",
        )
    known = key_files.by_salt(path, salt)
    _learn(path, known[0] if known else Slots(salt), secret)
    return secret


def _learn(path: Path, known: Slots, secret: bytes) -> None:
    """Let this process open the file, its copies and those of before; the wrong passwords are forgotten."""
    keyring.learn(slots.lock_from(secret, known.salt))
    keyring.learn_secret(known.salt, secret)
    for salt, former in slots.formers(known, secret).items():
        keyring.learn(slots.lock_from(former, salt))
    patience.note_right(known.salt)
    newest = next(iter(key_files.by_salt(path, known.salt)), known)
    if newest.people and newest.revision <= known.revision:
        spread(path, known)


def change(path: Path, before: str, after: str, effort: Effort | None = None, person: str = "") -> str:
    """Give a person another password; give who it was. Raises Trouble for a wrong or a weak one.

    `person` is whose it must be, «» for anybody's.

    Copies of the key file that lie elsewhere, on a stick say, still open with the former password.
    """
    salt = salt_of(path)
    patience.must_not_wait(salt)
    typed = meant(passwords.chosen(after))
    person, secret = tried(path, salt, key_files.by_salt(path, salt), before, person)
    reseal(path, secret, person, typed, effort, keyring.role_of(salt, person))
    events.keep_back(path, events.PASSWORD)  # the file itself is not written
    return person


def reset(path: Path, words: str, person: str, after: str, effort: Effort | None = None) -> None:
    """Give a person a new password by the recovery words; raise Trouble for wrong words or a weak password."""
    typed = meant(passwords.chosen(after))
    secret = unlock_with_words(path, words)
    reseal(path, secret, person, typed, effort, rights.entered_as(path, person))
    keyring.sign_in(salt_of(path), person)
    events.keep_back(path, events.PASSWORD)  # the file itself is not written


def reseal(
    path: Path, secret: bytes, person: str, typed: str, effort: Effort | None, role: str = ""
) -> None:
    """Seal the secret for a person by a password, who works in a role at most, the office where none is named.

    Raises Trouble for a password that is that of somebody else here.
    """
    salt = files.salt_of(path)
    known = next(iter(key_files.by_salt(path, salt)), Slots(salt))
    if slots.opened(slots.without(known, person), typed) is not None:
        raise Trouble(say("Kata sandi ini tidak dapat dipakai di ruang kerja ini."), safe=say("Tidak ada yang diubah."),
                      remedy=say("Pilih kata sandi lain."), code="K38")
    bound = "" if role == OFFICE else role
    spread(path, slots.with_person(known, secret, person, typed, effort or slots.measured(), bound), must=True)
    keyring.bind(salt, person, bound)


def spread(path: Path, kept: Slots, *, must: bool = False) -> None:
    """Write the key file wherever copies of this workspace lie within reach."""
    try:
        key_files.keep(path, kept)
    except OSError as error:
        if must:
            raise _not_kept(path) from error
        return
    folder = backups.folder_of(path)
    if folder.is_dir():
        key_files.accompany(path, folder)


def protection_of(path: Path, password: str) -> Keys:
    """Give the whole protection of an enciphered workspace, its recovery words too, to an officer with a password."""
    salt = salt_of(path)
    patience.must_not_wait(salt)
    known = key_files.by_salt(path, salt)
    person, secret = tried(path, salt, known, password)
    rights.must_in(path, Deed.PERSONS, person)
    return Keys(slots.lock_from(secret, salt), known[0], secret)


def _fits(path: Path, lock: Lock) -> bool:
    """Say whether a lock opens a file; raises Trouble where another program holds it or the library is missing.

    Of a file whose head is damaged, which no lock opens, a copy with its head put back is asked.
    """
    if files.salt_of(path) != lock.salt:
        with bench() as place:
            copied = Path(shutil.copy(path, place / "kepala.p2kp"))
            remains.put_back_head(copied, lock.salt)
            return _opens(copied, lock)
    return _opens(path, lock)


def _opens(path: Path, lock: Lock) -> bool:
    try:
        there = files.connect(path, lock=lock)
    except files.errors():
        return False
    try:
        there.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except files.errors():
        return False
    finally:
        there.close()
    return True


def salt_of(path: Path) -> bytes:
    """Give by what the key of an enciphered file is known; raise Trouble for any other file."""
    try:
        salt = key_files.meant_salt(path)
    except OSError as error:
        raise Trouble(say("Berkas {path} tidak dapat dibaca.", path=path), safe=say(_SAFE),
                      remedy=say("Periksa disk atau flashdisknya."), code="K35") from error
    if not salt:
        raise Trouble(
            say("{name} tidak terlindungi kata sandi.", name=path.name), safe=say(_SAFE),
            remedy=say("Buka seperti biasa."), code="K27",
        )
    return salt


def meant(password: str) -> str:
    """Give a password as it is compared: two keyboards write the same letter in two ways."""
    return unicodedata.normalize("NFC", passwords.meant(password))


def _not_kept(path: Path) -> Trouble:
    return Trouble(
        say("Kunci {name} tidak dapat disimpan.", name=path.name), safe=say("Tidak ada yang diubah."),
        remedy=say("Periksa izin folder itu dan ruang disk."), code="K28",
    )
