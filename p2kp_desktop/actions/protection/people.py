"""Several people open one protected workspace, each with a password of their own; taking one of them away."""

from collections.abc import Sequence
from pathlib import Path

from p2kp_desktop.actions.common import backups, passwords
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import key_files, slots
from p2kp_desktop.store.slots import Effort

from . import password, patience


def prove(path: Path, person: str, typed: str) -> bytes:
    """Give the secret of a workspace to whoever types the password of this person; raise Trouble for another one."""
    salt = password.salt_of(path)
    patience.must_not_wait(salt)
    return password.tried(path, salt, key_files.by_salt(path, salt), typed, person)[1]


def give(
    path: Path, person: str, typed: str, *, by: str, by_password: str, effort: Effort | None = None, role: str = ""
) -> None:
    """Give a person a password, to work in a role at most, by one who has one.

    Raises Trouble for a wrong one of theirs or a weak new one.
    """
    fresh = password.meant(passwords.chosen(typed))
    password.reseal(path, prove(path, by, by_password), person, fresh, effort, role)


def give_anew(
    path: Path, person: str, typed: str, *, by: str, by_password: str, role: str, folders: Sequence[Path] = ()
) -> list[Path]:
    """Give a person a password in place of theirs, and that alone, also in the key files within reach.

    Gives those that could not be written anew: they open with the one, and in the role, of before. Raises Trouble.
    """
    give(path, person, typed, by=by, by_password=by_password, role=role)
    known = next(iter(key_files.by_salt(path, password.salt_of(path))), None)
    return key_files.replace_all(path, known, [backups.folder_of(path), *folders]) if known is not None else []


def take_away(path: Path, person: str, folders: Sequence[Path] = ()) -> list[Path]:
    """Open with a person's password no more; give the key files within reach that could not be written anew.

    Whoever copied one before, and knows that password, still opens what was copied then: other recovery words are
    another key (`conversion.renew`). Raises Trouble where it is the last password that there is.
    """
    salt = password.salt_of(path)
    known = next(iter(key_files.by_salt(path, salt)), None)
    if known is None or all(each.person != person for each in known.people):
        return []
    left = slots.without(known, person)
    if not left.people:
        raise Trouble(
            say("{person} satu-satunya yang punya kata sandi di sini.", person=person),
            safe=say("Tidak ada yang diubah."), remedy=say("Tambahkan petugas lain dulu (F12)."), code="K39",
        )
    return key_files.replace_all(path, left, [backups.folder_of(path), *folders])
