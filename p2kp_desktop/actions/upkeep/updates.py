"""Perbarui program: what an update file would bring, whether this laptop can take it, taking it, going back.

An update is taken beside the program that runs (versions.py): copied from the stick first, so that nobody changes it
between looking and taking, then checked, then unpacked, then noted as what the next start begins with. Backups are
made before anything is written.
"""

import importlib.metadata
import platform
import py_compile
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

from p2kp_desktop import environment, versions
from p2kp_desktop.actions.common.bench import bench
from p2kp_desktop.actions.common.delivery import deliver, free_room
from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.exchange import update_file
from p2kp_desktop.exchange.update_file import SUFFIX, Manifest
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written
from p2kp_desktop.store import pages, reaching
from p2kp_desktop.versions import HERE, Installation

_TWICE = 2  # sources, and bytecode of about their size
_SPARE = 32 << 20  # bytes left free


@dataclass(frozen=True)
class UpdateOffer:
    """An update file as it was found: what it brings, or why it cannot be taken here."""

    path: Path
    manifest: Manifest | None = None
    trouble: Trouble | None = None

    @property
    def version(self) -> str:
        """Return the version it brings; "" for a file that is none."""
        return self.manifest.version if self.manifest else ""

    @property
    def can_be_taken(self) -> bool:
        """Say whether nothing speaks against it."""
        return self.manifest is not None and self.trouble is None


def keys() -> tuple[str, ...]:
    """Return the public keys that this program knows, the office's that makes it; none where it has none."""
    try:
        lines = (environment.resources() / "update_keys.txt").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ()
    return tuple(line.split()[0] for line in lines if line.strip() and not line.startswith("#"))


def standing(here: Installation = HERE) -> Trouble | None:
    """Return why this program takes no update at all, with what to do instead; None where it does."""
    if here.kind == versions.SOURCE:
        return _none_here(say("Program ini dijalankan dari kode sumbernya."),
                          say("Ambil versi baru dari tempat kode itu, lalu jalankan make.py lagi."))
    if here.kind == versions.SYSTEM:
        return _none_here(say("Program ini dipasang sebagai paket sistem."),
                          say("Minta pengelola laptop memasang paket (.deb) versi yang baru."))
    if not keys():
        return _none_here(
            say("Program ini belum mengenal kunci kantor yang membagikan pembaruan."),
            say("Pasang versi baru dengan berkas pemasangan lengkapnya."))
    return None


def look(path: Path, here: Installation = HERE) -> UpdateOffer:
    """Look at an update file without changing anything."""
    not_here = standing(here)
    if not_here is not None:
        return UpdateOffer(path, None, not_here)
    try:
        manifest = update_file.read(path, keys())
    except Trouble as trouble:
        return UpdateOffer(path, None, trouble)
    return UpdateOffer(path, manifest, objection(manifest, here))


def found(folders: Iterable[Path]) -> list[Path]:
    """Return the update files that lie in these folders or one below, the newest by name first."""
    files: dict[Path, None] = {}
    for folder in folders:
        with suppress(OSError):
            inside = [folder, *(each for each in sorted(folder.iterdir()) if _is_looked_into(each))]
            for each in inside:
                with suppress(OSError):
                    files.update(dict.fromkeys(path for path in sorted(each.iterdir())
                                               if path.suffix.lower() == SUFFIX and not path.name.startswith(".")))
    return sorted(files, key=lambda path: (versions.order(path.stem.rpartition("-")[2]), path.name), reverse=True)


def worth_taking(folders: Iterable[Path], here: Installation = HERE) -> list[UpdateOffer]:
    """Return the updates in these folders that can be taken here, the newest first."""
    if standing(here) is not None:
        return []
    offers = [offer for path in found(folders) for offer in [look(path, here)] if offer.can_be_taken]
    return sorted(offers, key=lambda offer: versions.order(offer.version), reverse=True)


def _is_looked_into(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and not folder.name.startswith(".")


def objection(manifest: Manifest, here: Installation = HERE) -> Trouble | None:
    """Return the reason against taking an update here; None where there is none."""
    running = max(here.running, here.used, key=versions.order)
    if manifest.version == here.awaited:
        return Trouble(say("P2KP Desktop {version} sudah siap.", version=manifest.version), safe=say(_UNTOUCHED),
                       remedy=say("Tutup program, lalu buka lagi."), code="U16")
    if versions.order(manifest.version) <= versions.order(running):
        return _not_newer(manifest.version, running)
    if _lacking(manifest):
        return Trouble(
            say("P2KP Desktop {version} memerlukan bagian yang tidak dibawa pembaruan: {parts}.",
                version=manifest.version, parts=", ".join(_lacking(manifest)[:6])),
            safe=say(_UNTOUCHED),
            remedy=say("Pasang berkas pemasangan lengkap P2KP Desktop {version}.", version=manifest.version),
            code="U11",
        )
    free, needed = free_room(here.root), manifest.size * _TWICE + _SPARE
    if free is not None and free < needed:
        return Trouble(
            say("Ruang disk tidak cukup untuk pembaruan: perlu {needed}, tersedia {free}.",
                needed=written.size(needed), free=written.size(free)),
            safe=say(_UNTOUCHED), remedy=say("Kosongkan sebagian ruang disk, lalu coba lagi."), code="U12",
        )
    return None


def _lacking(manifest: Manifest) -> list[str]:
    """Return the other packages that an update needs and this program's folder has not, by name and version."""
    low, high = (tuple(map(int, each.split("."))) for each in manifest.python)
    lacking = [] if low <= tuple(map(int, platform.python_version_tuple()[:2])) < high else [
        f"Python {manifest.python[0]}"]
    lacking += [f"{name} {wanted[0]}" for name, wanted in sorted(manifest.needs.items())
                if _version_of(name) not in wanted]
    return lacking or [module for module in manifest.imports if not _is_there(module)]


def _version_of(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _is_there(module: str) -> bool:
    """Say whether a module of another package can be found; none is imported for that."""
    folders: Sequence[str] | None = None
    for number in range(module.count(".") + 1):
        found = PathFinder.find_spec(".".join(module.split(".")[:number + 1]), folders)
        if found is None:
            return False
        folders = found.submodule_search_locations or []
    return True


@dataclass(frozen=True)
class Taken:
    """An update that waits for the next start, and the backups that were made before."""

    version: str
    backups: tuple[Path, ...]


def take(
    path: Path, back_up: Callable[[], Sequence[Path]], report: Report = lambda _done, _total: None,
    here: Installation = HERE,
) -> Taken:
    """Take an update so that the next start begins with it; raise Trouble, and leave nothing, where it cannot be.

    `back_up` makes the backups and raises Trouble where it cannot; nothing of the program is written before.
    """
    with bench() as place:
        copy = place / path.name
        _fetch(path, copy)
        offer = look(copy, here)
        if offer.manifest is None or offer.trouble is not None:
            raise offer.trouble or update_file.damaged(path.name)
        made = tuple(back_up())
        with _told(here):
            _put_beside(copy, offer.manifest, report, here)
        _keep(copy)
    return Taken(offer.version, made)


def _fetch(path: Path, copy: Path) -> None:
    """Copy what lies on a stick, no more of it than an update has; raise Trouble where it cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > update_file.MOST_PACKED:
            raise (update_file.damaged if path.is_file() else update_file.gone)(path.name)
        shutil.copyfile(path, copy)
    except OSError as error:
        raise update_file.gone(path.name) from error


def _put_beside(copy: Path, manifest: Manifest, report: Report, here: Installation) -> None:
    """Unpack and compile an update beside the program, and let it wait; what is not whole never gets its name."""
    place = here.place_of(manifest.version)
    part = place.with_name(f"{place.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    total = len(manifest.files)
    try:
        for done, file in enumerate(update_file.unpack(copy, keys(), part)):
            _compile(file, place / file.relative_to(part))
            report(done, total)
        shutil.rmtree(place, ignore_errors=True)
        reaching.patiently(lambda: part.rename(place), copy)  # a scanner may hold what was just written
        here.choose(manifest.version)
        report(total, total)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _compile(file: Path, final: Path) -> None:
    """Write the bytecode of a module beside it, so that the first start is as quick as any; without it is slower."""
    if file.suffix == ".py":
        with suppress(py_compile.PyCompileError):
            made = py_compile.compile(str(file), dfile=str(final), doraise=True, quiet=2,
                                      invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
            if made:
                pages.flush(Path(made))


@contextmanager
def _told(here: Installation) -> Iterator[None]:
    """Raise Trouble, in words, for what the disk of the program refuses."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise Trouble(
            say("Pembaruan tidak dapat ditulis ke folder program {folder}: {why}.", folder=here.root, why=why),
            safe=say("Program yang sekarang tetap utuh; data Anda tidak disentuh."),
            remedy=say("Periksa ruang disk dan izin folder itu, atau minta pengelola laptop memasangnya."), code="U13",
        ) from error


def earlier(here: Installation = HERE) -> list[str]:
    """Return the versions that lie beside the one that runs, the newest first."""
    return [version for version in here.kept() if version != here.running]


def change_to(version: str, back_up: Callable[[], Sequence[Path]], here: Installation = HERE) -> Taken:
    """Use another version that lies here from the next start on; raise Trouble where it does not, or cannot be noted.

    One that is older began before, so it is used at once; one that is newer shows again that it starts.
    """
    if version not in earlier(here):
        raise Trouble(say("P2KP Desktop {version} tidak ada di laptop ini.", version=version), safe=say(_UNTOUCHED),
                      remedy=say("Pasang berkas pemasangan lengkapnya."), code="U14")
    made = tuple(back_up())
    with _told(here):
        (here.go_back if versions.order(version) < versions.order(here.running) else here.choose)(version)
    return Taken(version, made)


def _shelf() -> Path:
    return environment.home() / "Pembaruan"


def _keep(copy: Path) -> None:
    """Keep the file of the last update, so that it can travel on beside a bundle; without it everything else goes."""
    with suppress(OSError, Trouble):
        _shelf().mkdir(parents=True, exist_ok=True)
        for old in found([_shelf()]):
            if old.name != copy.name:
                old.unlink(missing_ok=True)
        deliver(copy, _shelf(), copy.name)


def travelling(here: Installation = HERE) -> Path | None:
    """Return the file by which the version that runs came here, to be passed on; None where it came by a setup."""
    for path in found([_shelf()]):
        offer = look(path, here)
        if offer.version == here.running:
            return path
    return None


def pass_on(folder: Path, here: Installation = HERE) -> Path | None:
    """Put the file of the running version into a folder, unless it is there; raise Trouble where it cannot be."""
    path = travelling(here)
    if path is None:
        return None
    there = folder / path.name
    same = there.is_file() and there.stat().st_size == path.stat().st_size
    return there if same else deliver(path, folder, path.name)


_UNTOUCHED = "Program dan data Anda tidak disentuh."


def _none_here(what: str, remedy: str) -> Trouble:
    return Trouble(what, safe=say(_UNTOUCHED), remedy=remedy, code="U10")


def _not_newer(version: str, running: str) -> Trouble:
    what = say("P2KP Desktop {version} sudah terpasang.", version=version) if version == running else say(
        "Berkas ini berisi P2KP Desktop {version}; yang terpasang sudah {running}.", version=version, running=running)
    return Trouble(what, safe=say(_UNTOUCHED), remedy=say("Tidak ada yang perlu dilakukan."), code="U15")
