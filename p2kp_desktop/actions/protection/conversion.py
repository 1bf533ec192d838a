"""Putting a workspace in clear behind a password: backed up, written anew, compared row by row, put in its place.

Killed at any moment it is either as it was or enciphered, never in between: the keys are kept before the first byte
is enciphered, and the new file takes the place of the old one in one step. Copies in clear follow, the newest first,
now or at the next start; whatever cannot be enciphered is named.
"""

import glob
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from p2kp_desktop.actions.common import backups, events
from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import (
    copies,
    enciphering,
    files,
    key_files,
    keyring,
    node,
    open_workspace,
    own_keys,
    sealed,
    slots,
)
from p2kp_desktop.store.keyring import Lock
from p2kp_desktop.store.opening import only_looks
from p2kp_desktop.store.slots import Effort

from . import password
from .password import Keys

_SPARE = 16 << 20  # bytes that stay free beside the file


def begun(file: Path, person: str, typed: str, effort: Effort | None = None) -> Keys:
    """Give the protection that a workspace is to have: that of a conversion that was cut off, if the password is its.

    So a recovery sheet that was printed then stays right. Raises Trouble for a password that is easily guessed.
    """
    before = key_files.read(key_files.beside(file))
    if before is not None and not password.is_protected(file):
        found = slots.opened(before, password.meant(typed))
        if found is not None:
            return Keys(slots.lock_from(found[1], before.salt), before, found[1])
    return password.chosen(person, typed, effort)


def encipher(file: Path, protection: Keys, report: Report | None = None) -> None:
    """Put the file of a workspace that nobody has open behind a protection; raise Trouble, and change nothing of it.

    Its copies in clear are still there: `encipher_copies` takes care of them. `report` hears how far it is.
    """
    if password.is_protected(file):
        return
    if only_looks(file):
        raise Trouble(
            say("{name} hanya dapat dibaca di tempat ini.", name=file.name), safe=say("Tidak ada yang diubah."),
            remedy=say("Salin berkasnya ke folder di laptop ini, lalu buka salinannya."), code="K34",
        )
    copies.must_be_free(file)
    with open_workspace(file) as workspace:
        workspace.must(Deed.PERSONS)
        node.part(workspace)  # a copy would seal the keys of its original, which could not read them any more
        backups.if_changed(workspace)
        workspace.empty_log()
    password.put_up(file, protection)
    _write(file, protection.lock, report)
    _seal_own_keys(file)
    with open_workspace(file) as workspace:
        events.note_in(workspace, events.ENCIPHERED)


def _seal_own_keys(file: Path) -> None:
    with open_workspace(file) as workspace, workspace.asking() as connection:
        own_keys.signing(connection)  # whoever asks for them leaves them as the workspace is protected


def _write(file: Path, lock: Lock, report: Report | None = None) -> None:
    _must_have_room(file)
    part = file.with_name(f"{file.name}.sandi.part")
    try:
        enciphering.write_under(lock, file, part, report)
        enciphering.put_in_place(part, file)
    finally:
        part.unlink(missing_ok=True)


def _must_have_room(file: Path) -> None:
    lacking = file.stat().st_size + _SPARE - shutil.disk_usage(file.parent).free
    if lacking > 0:
        raise Trouble(
            say("Disk penuh: perlindungan memerlukan {megabytes} MB lagi.", megabytes=(lacking >> 20) + 1),
            safe=say("Tidak ada yang diubah."), remedy=say("Kosongkan ruang disk, lalu coba lagi."), code="K33",
        )


def in_clear(file: Path, beside: Path | None = None) -> list[Path]:
    """Give what is in clear of a workspace: backups, the newest first, files set aside, received, attached."""
    return [*_bare_copies(file, beside), *sealed.in_clear(file)]


def _bare_copies(file: Path, beside: Path | None) -> list[Path]:
    bare = (path for path in _copies(file, beside) if copies.was_ours(path) and not files.is_enciphered(path))
    return list(dict.fromkeys(bare))


def _copies(file: Path, beside: Path | None) -> Iterator[Path]:
    yield from (each.path for each in backups.listed(file, beside or backups.second_folder_of(file)))
    for kind in ("rusak", "sebelum"):
        yield from sorted(file.parent.glob(f"{glob.escape(file.stem)}-{kind}-*{file.suffix}"))


def encipher_copies(file: Path, beside: Path | None = None) -> list[Path]:
    """Put every copy in clear of a protected workspace, what it received and what is attached, behind its lock.

    Gives what is left in clear, for the next time. Raises Trouble where the workspace itself is locked.
    """
    lock = files.lock_of(file)
    if lock is None:
        return []
    left = []
    for path in (file, *_copies(file, beside)):
        enciphering.take_away_old(path)
    for path in _bare_copies(file, beside):
        try:
            made = path.stat()
            _write(path, lock)
            os.utime(path, ns=(made.st_atime_ns, made.st_mtime_ns))
            key_files.accompany(file, path.parent)
        except (Trouble, OSError):
            left.append(path)
    return [*left, *sealed.seal_kept(file, lock)]


def renew(file: Path, typed: str, effort: Effort | None = None, report: Report | None = None) -> Keys:
    """Give a protected workspace, and its copies within reach, other recovery words: the sheet was lost or seen.

    The file is written anew under another key, so the former words open it no more; only the person whose password
    this is keeps theirs, others choose one again. Backups out of reach still open here. Raises Trouble.
    """
    before = password.protection_of(file, typed)
    person = password.unlock(file, typed)
    copies.must_be_free(file)
    with open_workspace(file) as workspace:
        node.part(workspace)
        workspace.empty_log()
    fresh = password.chosen(person, typed, effort)
    kept = slots.with_former(fresh.slots, fresh.secret, before.slots, before.secret)
    fresh = Keys(fresh.lock, kept, fresh.secret)
    password.keep_in_profile(file, fresh)  # until the file is written anew, the key file beside it is still right
    _write(file, fresh.lock, report)
    password.put_up(file, fresh)
    _seal_own_keys(file)
    written = [path for path in dict.fromkeys(_copies(file, None)) if files.is_enciphered(path)]
    for path in (*written, *sealed.kept_sealed(file)):
        try:
            if files.salt_of(path) == before.lock.salt:
                _write(path, fresh.lock)
        except (Trouble, OSError):
            continue  # it opens with the former secret, which the new one knows
    keyring.learn(before.lock)
    with open_workspace(file) as workspace:
        events.note_in(workspace, events.PASSWORD, kind="words")
    return fresh
