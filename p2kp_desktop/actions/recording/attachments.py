"""Attachments: scans and photos, kept by their content in a folder beside the workspace.

A picture is kept as what is seen of it and no more (`exchange/bare_pictures.py`): when and where it was taken stands in
the answers of its record, which are erased with their person, and the place only where the settings want it. Beside a
workspace behind a password every file is sealed; `store/sealed.py` reads it all the same.

The record of an attachment travels in the bundle; the file itself does not have to. A folder beside a bundle brings
the files with a list of their hashes; without it everything is merged all the same, and what is missing is named.

A folder of attachments holds photos and scans (`exchange/scans.py`), each under its hash and the ending of what its
bytes are, and nothing else: whatever a record or a bundle calls a file, no program can lie there under any name.
"""

import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import IO

from p2kp_desktop import access, environment, settings
from p2kp_desktop.actions.common import events
from p2kp_desktop.exchange import bare_pictures, pdf_scans, scans
from p2kp_desktop.exchange.photo import photo_in
from p2kp_desktop.exchange.scans import Kind
from p2kp_desktop.exchange.writing import appearing
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.causality import Vector, Version
from p2kp_desktop.schema.erasure import marks_of
from p2kp_desktop.schema.roles import Deed, may
from p2kp_desktop.schema.values import plain_decimal
from p2kp_desktop.store import Connection, Workspace, enciphering, erasures, files, records, rights, sealed, views
from p2kp_desktop.store.keyring import Lock
from p2kp_desktop.store.views import Where
from p2kp_desktop.store.workspace import is_server

from . import recording

LIST = "DAFTAR-SHA256.txt"  # as sha256sum writes and checks it
LARGEST = 200 << 20  # bytes of one file
SUFFIXES = frozenset(kind.suffix for kind in scans.KINDS)
HELD = ".ditahan"  # the ending of a file that an older release kept and this one does not open
_SPARE = 16 << 20
_SHA256 = 64  # figures
_NO_SCAN = "L05"
ATTACHED = "lampiran"  # where such records come from, as the history says
_SAYING = (Attachment.name.key, Attachment.file.key, Attachment.content.key)  # which file it is


@dataclass(frozen=True)
class Attached:
    """An attachment and its file; `path` is None where the file is not on this computer.

    `is_held` says that a file is here which is no photo and no scan: it is never opened, sent or shown. `is_veiled`
    says that it may show names, which whoever works here may not read: its path is None then.
    """

    record: Record
    name: str
    file: str
    path: Path | None
    kind: Kind | None = None
    is_held: bool = False
    is_veiled: bool = False


@dataclass(frozen=True)
class Source:
    """What is to be kept: what it is called, and how its bytes are read; it need not lie on a disk."""

    name: str
    opened: Callable[[], IO[bytes]]

    @classmethod
    def of(cls, file: Path) -> "Source":
        """Give a file, sealed or not."""
        return cls(file.name, partial(sealed.opened, file))


@dataclass(frozen=True)
class Delivered:
    """How many files were copied, and the names of those that were not there."""

    copied: int
    missing: tuple[str, ...]


def folder_of(workspace: Workspace) -> Path:
    """Return the folder with the attachments of a workspace; of one on a server, among this user's data."""
    if is_server(workspace.name):
        return environment.home() / sealed.ATTACHED
    return sealed.folder(Path(workspace.name), sealed.ATTACHED)


def _made(workspace: Workspace) -> Path:
    folder = folder_of(workspace)
    with _told_of(folder.name):
        return access.make_folder(folder)


def folder_beside(bundle: Path) -> Path:
    """Return the folder with the attachments that belong to a bundle."""
    return sealed.folder(bundle, sealed.ATTACHED)


def _lock_of(workspace: Workspace) -> Lock | None:
    """Return the lock that seals the files of a workspace; a server protects its own data, and nothing here."""
    return None if is_server(workspace.name) else files.lock_of(Path(workspace.name))


def attach(
    workspace: Workspace, parent: str, region: str, file: str | Path, *, name: str = "", stage: str = ""
) -> str:
    """Keep a file and record it as an attachment of a record; return its id. Raises Trouble, and keeps nothing.

    Without a region it stands where that record does.
    """
    given = {"parent": parent, "region": region or None, **take_in(workspace, file, name=name, stage=stage)}
    return recording.record(workspace, Attachment, given, origin=ATTACHED).id


def take_in(
    workspace: Workspace, file: str | Path | Source, *, name: str = "", stage: str = "", original: str = ""
) -> dict[str, object]:
    """Keep a file; return what its attachment says. Raises Trouble, and keeps nothing.

    A photo tells where and when it was taken; `stage` is how far the work in it is: p0, p50 or p100. `original` is the
    hash that it had when somebody looked at it.
    """
    source = file if isinstance(file, Source) else _chosen(Path(file).expanduser())
    _fitting(source)  # before gigabytes are read for its hash
    with _told_of(source.name):
        came = _hash(source)
        if original and came != original:
            raise _changed(source.name)
        told, kept = _told(source), source
        with source.opened() as stream:
            bare = bare_pictures.bare(stream, source.name)
    if bare is not None:
        kept = Source(source.name, partial(io.BytesIO, bare))
    content = _hash(kept)
    size = sealed.size(keep(_made(workspace), kept, content, _lock_of(workspace)))
    return {
        "name": name.strip() or Path(source.name).stem, "file": source.name, "content": content, "original": came,
        "size": size, "stage": stage or None, **told,
    }


def _chosen(file: Path) -> Source:
    if not file.is_file():
        raise Trouble(say("Berkas {file} tidak ada.", file=file), remedy=say("Pilih berkas yang ada."), code="L01")
    return Source.of(file)


def contents(workspace: Workspace) -> set[str]:
    """Return the content of every file in the folder of attachments, by its name."""
    return {content_of(path) for path in files_in(folder_of(workspace))}


def let_go(workspace: Workspace, sha256: str) -> None:
    """Overwrite a file and take it out of the folder of attachments, of which no attachment is recorded any more."""
    for path in _named(folder_of(workspace), sha256):
        with suppress(OSError):
            enciphering.overwrite(path)
            path.unlink()


def let_go_erased(workspace: Workspace, versions: Iterable[Version]) -> None:
    """Take away the files of attachments, as they were before they were erased, that no other one is attached by."""
    sides = (side for each in versions if each.form == Attachment.key
             for side in each.answers.get(Attachment.content.key, ()))
    contents = {str(side.value) for side in sides}
    if not contents:
        return
    with workspace.asking() as connection:
        kept = kept_files(connection)
    for sha256 in contents - kept:
        let_go(workspace, sha256)


def unrecorded(workspace: Workspace) -> list[Path]:
    """Return the files that no attachment names, once attachments were erased for good: theirs are among them."""
    with workspace.asking() as connection:
        erased = any(each.form == Attachment.key for each in erasures.known(connection))
        if not erased or erasures.put_off_marks(connection):
            return []
        kept = kept_files(connection)
    return [path for path in files_in(folder_of(workspace)) if content_of(path) not in kept]


def _told(source: Source) -> dict[str, object]:
    """Return the time and place that a photo tells; a place outside the country is that of a camera which knew none.

    Raises OSError.
    """
    with source.opened() as file:
        photo = photo_in(file)
    found: dict[str, object] = {"taken": photo.taken.isoformat() if photo.taken else None}
    if photo.latitude is None or photo.longitude is None or not settings.load().photo_places:
        return found
    at = {Attachment.latitude: plain_decimal(photo.latitude), Attachment.longitude: plain_decimal(photo.longitude)}
    inside = not any(list(question.objections(degrees)) for question, degrees in at.items())
    return found | {question.key: degrees for question, degrees in at.items() if inside}


def _hash(source: Source) -> str:
    with source.opened() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def keep(folder: Path, source: Source, sha256: str, lock: Lock | None = None) -> Path:
    """Copy a photo or scan, sealed or not, into a folder under its hash unless it is there and whole; return where.

    Raises Trouble: it is another kind of file, too large, there is no room, or it cannot be read.
    """
    kind, size = _fitting(source)
    target = folder / f"{sha256}{kind.suffix}"
    there = sealed.kept_as(target, lock)
    with _told_of(source.name):
        folder.mkdir(parents=True, exist_ok=True)
        if there.is_file() and _is_whole(there, sha256):
            return there
        if shutil.disk_usage(folder).free < size + _SPARE:
            raise Trouble(say("Tidak ada ruang untuk lampiran di {folder}.", folder=folder),
                          remedy=say("Kosongkan sebagian disk, lalu coba lagi."), code="L03")
        return sealed.put(source.opened, target, lock, sha256)


def _is_whole(path: Path, sha256: str) -> bool:
    with suppress(OSError):
        return sealed.hash_of(path) == sha256
    return False


def _fitting(source: Source) -> tuple[Kind, int]:
    """Return kind and size of a photo or scan; raise Trouble for a file that is none, too large, or cannot be read."""
    with _told_of(source.name), source.opened() as file:
        kind, size = scans.kind_in(file.read(scans.HEAD)), file.seek(0, os.SEEK_END)
    if kind is None:
        raise _no_scan(source.name)
    if size > LARGEST:
        raise Trouble(say("Berkas {file} terlalu besar.", file=source.name),
                      remedy=say("Pakai berkas paling besar 200 MB."), code="L02")
    return kind, size


def _kind(path: Path) -> Kind | None:
    return scans.kind_in(sealed.head(path, scans.HEAD))


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """Raise Trouble where a file of this name cannot be read or kept."""
    try:
        yield
    except OSError as error:
        raise _unreadable(name, error) from error


def find(folder: Path, sha256: str) -> Path | None:
    """Return the file in a folder with this content, None where it is missing or was altered.

    Its name begins with the hash; what follows is whatever its sender chose.
    """
    return next((path for path in _named(folder, sha256) if _is_whole(path, sha256)), None)


def _named(folder: Path, sha256: str) -> list[Path]:
    return sorted(path for path in folder.glob(f"{sha256}*") if _is_attached(path)) if _is_hash(sha256) else []


def _is_hash(text: str) -> bool:
    return len(text) == _SHA256 and all(figure in "0123456789abcdef" for figure in text)


def _is_attached(path: Path) -> bool:
    return _is_hash(content_of(path)) and path.suffix != ".part" and path.is_file()


def whole(workspace: Workspace, sha256: str) -> Path | None:
    """Return the kept file with this content, read whole before; None without one. Raises Trouble for who may not."""
    workspace.must(Deed.READ_NAMES)
    path = _kept(folder_of(workspace), sha256)
    if path is None:
        return None
    with _told_of(path.name):
        return path if sealed.hash_of(path) == sha256 else None


def pages_of(kept: Path, name: str) -> bytes:
    """Return a kept file as a PDF to be looked at, in memory alone; b"" for a kind not shown here. Raises Trouble."""
    with _told_of(name):
        return pdf_scans.sound(bare_pictures.as_pages(sealed.content(kept), name), name)


def save_copy(workspace: Workspace, kept: Path, target: Path) -> None:
    """Write a kept file, in clear, to a place that somebody chose who may take it out, and note it. Raises Trouble."""
    workspace.must(Deed.EXPORT)
    what = {"list": Attachment.key, "sha256": content_of(kept), "kind": sealed.inside(kept).suffix}
    leaving = events.leaving(workspace, events.EXPORTED, names=True, **what)
    with _told_of(target.name), leaving, appearing(target) as draft, draft.open("wb") as file:
        file.writelines(sealed.pieces(kept))


def hold_back(workspace: Workspace) -> list[Path]:
    """Give every kept file whose ending is that of no scan one that is right, or that nothing opens.

    Returns those held back, under their new names. Older releases kept whatever they were given, under any ending.
    What somebody put into the folder himself is not named by a hash, and is left alone; nothing is written over.
    """
    found = []
    for path in files_in(folder_of(workspace)):
        if path.suffix not in {*SUFFIXES, HELD, sealed.ENDING}:
            with suppress(OSError):
                kind = scans.kind_of(path)
                found.append(path.rename(_free(path, kind.suffix if kind else HELD)))
    return [path for path in found if path.suffix == HELD]


def _free(path: Path, suffix: str) -> Path:
    """Return the name of a kept file with another ending that no file has yet."""
    numbers = chain([""], (f"-{number}" for number in count(2)))
    names = (path.with_name(f"{content_of(path)}{number}{suffix}") for number in numbers)
    return next(name for name in names if not name.exists())


def attached(workspace: Workspace, *parents: str) -> list[Attached]:
    """Return the attachments of records, oldest first, each with its file where it is here and may be seen."""
    with workspace.asking() as connection:
        found = [each for parent in parents for each in _left(connection, Where(parent=parent))]
        shown = may(rights.role(connection), Deed.READ_NAMES)
    made = [_attached(workspace, record) for record in sorted(found, key=lambda each: each.id)]
    return made if shown else [replace(each, path=None, is_veiled=each.path is not None) for each in made]


def parents(connection: Connection) -> set[str]:
    """Return the ids of the records that have an attachment."""
    rows = views.picked(connection, Attachment, ("parent", *_SAYING))
    return {str(row["parent"]) for row in rows if any(row[key] for key in _SAYING)}


def kept_files(connection: Connection) -> frozenset[str]:
    """Return the content of every attachment but erased ones, of deleted ones too, all sides of a conflict."""
    versions = records.read_where(connection, Attachment.key)
    kept = [version for version in versions if not marks_of(version).keys() & {*_SAYING}]
    sides = (side for version in kept for side in version.answers.get(Attachment.content.key, ()))
    return frozenset(str(side.value) for side in sides)


def files_in(folder: Path) -> list[Path]:
    """Return the attached files in a folder, whatever record they belong to."""
    return sorted(path for path in folder.glob("*") if _is_attached(path))


def content_of(path: Path) -> str:
    """Return the hash by which an attached file is named."""
    return path.name[:_SHA256]


def form_of(workspace: Workspace, record: str) -> str:
    """Return the key of the form of a record, "" where it is not here."""
    with workspace.asking() as connection:
        return records.form_of(connection, record) or ""


def stage_of(physical: Decimal) -> str:
    """Return the stage of a photo by how far the work was, in percent: the beginning, the end, or between."""
    return "p0" if physical <= 0 else "p100" if physical >= 100 else "p50"


def _attached(workspace: Workspace, record: Record) -> Attached:
    """Return an attachment; its file counts as here by name, kind and size, for reading every scan takes long."""
    answers = record.answers
    sha256 = str(answers.get("content") or "")
    folder = folder_of(workspace)
    path, kind = _kept(folder, sha256), None
    with suppress(OSError):
        if path is not None and sealed.size(path) != answers.get("size", sealed.size(path)):
            path = None
        kind = _kind(path) if path is not None else None
    name = str(answers.get("name") or say("(judul tidak disertakan)"))  # it came in a bundle without names
    is_held = path is None and bool(_named(folder, sha256))
    return Attached(record, name, str(answers.get("file") or ""), path, kind, is_held)


def _kept(folder: Path, sha256: str) -> Path | None:
    """Return the file of this name that is a photo or scan and is called one, None where there is none."""
    for path in _named(folder, sha256):
        with suppress(OSError):
            if sealed.inside(path).suffix in SUFFIXES and _kind(path) is not None:
                return path
    return None


def missing(workspace: Workspace, area: str = "") -> list[str]:
    """Return the names of the attachments of an area whose files are not on this computer."""
    return [each.file or each.name for each in _of_areas(workspace, (area,)) if each.path is None]


def _of_areas(workspace: Workspace, areas: Iterable[str]) -> list[Attached]:
    with workspace.asking() as connection:
        found = {record.id: record for area in areas for record in _left(connection, Where(area=area or None))}
    return [_attached(workspace, record) for record in found.values()]


def _left(connection: Connection, where: Where) -> list[Record]:
    """Return attachments, without those of which an erasure left nothing."""
    found = views.found(connection, Attachment, where)
    return [each for each in found if any(each.answers.get(key) for key in _SAYING)]


def going(
    workspace: Workspace, connection: Connection, takes: Callable[[Vector, frozenset[str]], bool]
) -> list[Attached]:
    """Return the attachments whose records go into a bundle, as `takes` says of vector and places of each."""
    found = {record.id: record for record in _left(connection, Where())}
    versions = records.read(connection, Attachment.key, list(found)).values()
    return [_attached(workspace, found[each.id]) for each in versions if takes(each.vector, each.places)]


def send_beside(bundle: Path, found: Sequence[Attached]) -> Delivered:
    """Copy attached files into a folder beside a bundle, with a list of their hashes; name those that did not go.

    Nothing is made where there are none. A full or broken stick leaves the bundle itself as it is.
    """
    folder = folder_beside(bundle)
    lines: dict[str, str] = {}
    left = []
    for each in found:
        sha256 = str(each.record.answers.get("content") or "")
        try:
            if each.path is None:
                left.append(each.file or each.name)
            elif sha256 not in lines:
                lines[sha256] = keep(folder, Source.of(each.path), sha256).name
        except Trouble:
            left.append(each.file or each.name)
    if lines:
        with suppress(OSError):
            text = "".join(f"{sha256}  {name}\n" for sha256, name in sorted(lines.items()))
            (folder / LIST).write_text(text, encoding="utf-8")
            for path in (folder, folder / LIST, *(folder / name for name in lines.values())):
                access.hand_over(path)
    return Delivered(len(lines), tuple(sorted(left)))


def take_in_beside(workspace: Workspace, bundle: Path) -> Delivered:
    """Take in the files beside a bundle that belong to an attachment known here; name those still missing.

    A file whose content is not what its record says is no file of ours, and one that is no photo and no scan is held
    back: both are left where they are. Raises nothing: what a bundle holds is merged with or without its files.
    """
    wanted = _of_areas(workspace, ("",))
    folder = folder_beside(bundle)
    copied, left = 0, []
    for each in wanted:
        if each.path is not None:
            continue
        sha256 = str(each.record.answers.get("content") or "")
        source = find(folder, sha256) if folder.is_dir() else None
        called = each.file or each.name
        try:
            if source is not None:
                keep(_made(workspace), Source.of(source), sha256, _lock_of(workspace))
                copied += 1
                continue
        except Trouble as trouble:  # it is named with the others; where room was lacking, taken in once there is some
            called = say("{name} (ditahan: bukan foto, pindaian, atau PDF)", name=called) if (
                trouble.code == _NO_SCAN) else called
        left.append(called)
    return Delivered(copied, tuple(sorted(left)))


def _no_scan(name: str) -> Trouble:
    return Trouble(
        say("Berkas «{name}» bukan foto, pindaian, atau PDF.", name=name),
        remedy=say("Lampirkan JPEG, PNG, WebP, HEIC, TIFF, atau PDF; simpan naskah lain sebagai PDF dahulu."),
        code=_NO_SCAN,
    )


def _changed(name: str) -> Trouble:
    return Trouble(say("Foto {file} berubah sejak dibaca.", file=name),
                   remedy=say("Baca lagi foto-fotonya, lalu lampirkan."), code="L08")


def _unreadable(name: str, error: OSError) -> Trouble:
    return Trouble(
        say("Lampiran «{name}» tidak dapat disalin: {why}.", name=name, why=error.strerror or str(error)),
        remedy=say("Periksa berkas, ruang, dan izin folder, lalu coba lagi."), code="L04",
    )
