"""The commands on the password of a workspace and its recovery words."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from p2kp_desktop.actions.common import passwords
from p2kp_desktop.actions.protection import conversion, office_slot, password, recovery_words
from p2kp_desktop.actions.trust import seals
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import facts, open_workspace

from .printing import put_out, tell

Arguments = argparse.Namespace


def protection(arguments: Arguments) -> int:
    """Say whether a workspace is behind a password, whose, and which copies of it are in clear."""
    file = _there(arguments.file)
    protected = password.is_protected(file)
    bare = [str(path) for path in conversion.in_clear(file)]
    people = password.people(file)
    offices = office_slot.offices(file)
    if arguments.json:
        put_out({"protected": protected, "people": people, "offices": offices, "in_clear": bare})
        return 0
    print(say("Terlindungi kata sandi: {people}.", people=", ".join(people) or "?") if protected
          else say("Tidak terlindungi: siapa pun yang memegang berkas ini dapat membacanya."))
    if offices:
        print(say("Yang juga dapat membukanya: pemegang lembar pemulihan, dan {office} dengan kunci kantornya.",
                  office=", ".join(offices)))
    for path in bare:
        print(say("Belum disandikan: {path}", path=path))
    return 0


def start(arguments: Arguments) -> int:
    """Put a workspace, and its backups, behind a password."""
    file = _there(arguments.file)
    if password.is_protected(file):
        raise Trouble(say("{name} sudah terlindungi kata sandi.", name=file.name), code="K29",
                      safe=say("Tidak ada yang diubah."), remedy=say("Untuk menggantinya: p2kp protection password."))
    with open_workspace(file) as workspace, workspace.asking() as connection:
        person = facts.facts(connection).person
    fresh = conversion.begun(file, person, passwords.from_file(Path(arguments.new_password_file)))
    with words_written(Path(arguments.recovery_file), fresh.words, file):
        conversion.encipher(file, fresh)
    return _copies(file)


def finish(arguments: Arguments) -> int:
    """Put the copies of a protected workspace that are still in clear behind its password too."""
    return _copies(_there(arguments.file))


def change(arguments: Arguments) -> int:
    """Change a person's password; the file itself is not written anew."""
    file = _there(arguments.file)
    after = passwords.from_file(Path(arguments.new_password_file))
    if arguments.recovery_file is not None:
        words = _words_in(Path(arguments.recovery_file))
        whose = arguments.person or next(iter(password.people(file)), "") or file.stem
        password.reset(file, words, whose, after)
    else:
        whose = password.change(file, passwords.from_file(_password_file(arguments)), after)
    print(say("Kata sandi {person} sudah diganti.", person=whose))
    return 0


def words(arguments: Arguments) -> int:
    """Write the recovery words of a protected workspace into a file."""
    file = _there(arguments.file)
    write_words(Path(arguments.out), password.protection_of(file, passwords.from_file(_password_file(arguments))).words)
    print(arguments.out)
    return 0


def renew(arguments: Arguments) -> int:
    """Give a protected workspace other recovery words; the former ones open it no more."""
    file = _there(arguments.file)
    typed, out = passwords.from_file(_password_file(arguments)), Path(arguments.out)
    write_words(out, ())  # before the former words lose their hold: where these would go can be written
    try:
        fresh = conversion.renew(file, typed)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    out.unlink()
    write_words(out, fresh.words)
    print(arguments.out)
    return 0


def office_open(arguments: Arguments) -> int:
    """Write the recovery words of a workspace of somebody below, whose key file is sealed to this office."""
    out = Path(arguments.recovery_file)
    with open_workspace(_there(arguments.file)) as workspace:
        found = seals.opened_key_file(workspace, Path(arguments.key))
    write_words(out, found.words)
    tell(say("Milik: {owner}. Pastikan dahulu siapa yang menelepon, lalu bacakan kata-katanya satu per satu.",
             owner=found.owner))
    print(out)
    return 0


def _words_in(path: Path) -> str:
    try:
        return passwords.text_of(path)
    except (OSError, ValueError) as error:
        raise Trouble(
            say("Berkas kata pemulihan {path} tidak dapat dibaca sebagai teks.", path=path),
            safe=say("Tidak ada yang diubah."), remedy=say("Periksa namanya, atau ketik katanya di berkas teks baru."),
            code="K37",
        ) from error


def write_words(path: Path, spoken: tuple[str, ...]) -> None:
    """Write recovery words into a new text file that its user alone reads; raise Trouble where there is one already."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(recovery_words.numbered(spoken)) + "\n")
    except FileExistsError as error:
        raise Trouble(
            say("Kata pemulihan belum ditulis: {path} sudah ada, dan tidak ditimpa.", path=path),
            safe=say("Tidak ada yang diubah."), remedy=say("Sebutkan nama berkas yang belum ada."), code="K30",
        ) from error
    except OSError as error:
        raise Trouble(
            say("Kata pemulihan tidak dapat ditulis ke {path}.", path=path), safe=say("Tidak ada yang diubah."),
            remedy=say("Sebutkan berkas baru di folder yang dapat ditulis."), code="K30",
        ) from error


@contextmanager
def words_written(path: Path, spoken: tuple[str, ...], file: Path) -> Iterator[None]:
    """Write recovery words before a file comes behind them, and take them away again where it did not.

    On paper they would be words that open nothing, and the same command would find its own file in the way.
    """
    write_words(path, spoken)
    try:
        yield
    except BaseException:
        if not password.is_protected(file):
            path.unlink(missing_ok=True)
        raise


def _copies(file: Path) -> int:
    left = conversion.encipher_copies(file)
    for path in left:
        tell(say("Belum disandikan: {path}", path=path))
    print(file)
    return 1 if left else 0


def _password_file(arguments: Arguments) -> Path:
    named = arguments.workspace_password or os.environ.get("P2KP_PASSWORD_FILE")
    if not named:
        raise Trouble(
            say("Kata sandi belum disebutkan."), safe=say("Tidak ada yang diubah."),
            remedy=say("Tulis kata sandinya di sebuah berkas, dan sebutkan dengan --password-file."), code="K32",
        )
    return Path(named)


def _there(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise Trouble(say("Berkas {path} tidak ditemukan.", path=path), remedy=say("Periksa nama dan foldernya."),
                      code="K36")
    return path
