"""Writing a workspace file anew under a key: every row by SQLCipher, held against the file, put in its place."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from p2kp_desktop.language import Trouble, say

from . import copies, files, pages
from .keyring import Lock
from .pages import Work

ENCIPHERING = Work("Perlindungan gagal", "Ruang kerja yang sekarang tidak disentuh.")
Report = Callable[[int, int], None]

_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND rootpage <> 0 ORDER BY name"
_PIECE = 1 << 20  # bytes
_KEPT = ("application_id", "user_version")  # what a file says of itself, which is no row


def write_under(lock: Lock, source: Path, part: Path, report: Report | None = None) -> None:
    """Write all that a file holds into another one under a lock, and make sure that nothing is missing.

    Nobody writes to the source meanwhile. Raises Trouble, and leaves nothing of the part, where that fails. `report`
    hears how many tables of how many are done; each counts once written and once compared.
    """
    driver = files.driver(lock)
    with pages.told(part.parent, ENCIPHERING):
        try:
            part.unlink(missing_ok=True)
            with closing(files.connect(source)) as there:
                _export(there, part, lock)
                _compare(there, part, lock, report)
            pages.flush(part)
        except driver.DatabaseError as error:
            part.unlink(missing_ok=True)
            if isinstance(error, driver.OperationalError):
                raise
            raise Trouble(
                say("Perlindungan gagal: ruang kerja {name} rusak.", name=source.name), safe=say(ENCIPHERING.safe),
                remedy=say("Pulihkan cadangan terakhir."), code="R14",
            ) from error
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _export(there: Any, part: Path, lock: Lock) -> None:
    there.execute("ATTACH DATABASE ? AS anew KEY ?", (str(part), lock.spoken()))
    there.execute("PRAGMA anew.synchronous = OFF")  # it is flushed as a whole once it is compared
    there.execute("SELECT sqlcipher_export('anew')").fetchall()
    for name in _KEPT:
        value = there.execute(f"PRAGMA main.{name}").fetchone()[0]
        there.execute(f"PRAGMA anew.{name} = {value}")
    there.execute("DETACH DATABASE anew")


def _compare(there: Any, part: Path, lock: Lock, report: Report | None) -> None:
    with closing(files.connect(part, lock=lock)) as here:
        tables = there.execute(_TABLES).fetchall()
        if here.execute(_TABLES).fetchall() != tables or here.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise _unlike(part)
        for done, (table, _sql) in enumerate(tables, 1):
            if any(one != other for one, other in zip(_seals(there, table), _seals(here, table), strict=True)):
                raise _unlike(part)
            if report is not None:
                report(done, len(tables))


def _seals(raw: Any, table: str) -> Iterator[bytes]:
    """Yield digests over the rows of a table with their numbers, some thousand at a time, and one over how many."""
    count, rows = 0, raw.execute(f'SELECT {_numbered(raw, table)} FROM "{table}"')
    while some := rows.fetchmany(2000):
        count += len(some)
        yield hashlib.sha256(repr(some).encode("utf-8", "surrogatepass")).digest()
    yield count.to_bytes(8)


def _numbered(raw: Any, table: str) -> str:
    try:
        raw.execute(f'SELECT rowid FROM "{table}" LIMIT 0')
    except files.driver_errors():
        return "*"  # a table without row numbers
    return "rowid, *"


def _unlike(part: Path) -> Trouble:
    return Trouble(
        say("Perlindungan gagal: salinan {name} tidak sama dengan aslinya.", name=part.name),
        safe=say(ENCIPHERING.safe), remedy=say("Periksa disknya, lalu coba lagi."), code="R38",
    )


def in_its_place(lock: Lock, path: Path) -> Path:
    """Put a file of nobody's, a copy that was just fetched say, behind a lock, under the name that it has; return it.

    Raises Trouble, and leaves the file as it was, where that fails.
    """
    part = path.with_name(f"{path.stem}.sandi.part")
    write_under(lock, path, part)
    with pages.told(path.parent, ENCIPHERING):
        overwrite(path)
        part.replace(path)
    return path


def put_in_place(part: Path, target: Path) -> None:
    """Put an enciphered file in the place of the one in clear, whose bytes are then overwritten on the disk.

    A disk that writes elsewhere than where it is told, as flash does, may keep them for a while all the same. Raises
    Trouble, with the target as it was, where it is in use or its folder refuses.
    """
    with overwriting(target):
        copies.put_in_place(part, target)


@contextmanager
def overwriting(target: Path) -> Iterator[None]:
    """Overwrite what a file was once another one has taken its place."""
    take_away_old(target)
    with suppress(OSError):
        os.link(target, _old(target))
    try:
        yield
    finally:
        take_away_old(target)


def take_away_old(target: Path) -> None:
    """Overwrite and take away what was a file before it was enciphered, where that was cut off; raises nothing."""
    old = _old(target)
    with suppress(OSError):
        if old.exists() and not (target.exists() and old.samefile(target)):
            overwrite(old)
        old.unlink(missing_ok=True)


def _old(target: Path) -> Path:
    return target.with_name(f"{target.name}.lama.part")  # by its name it is swept as well


def overwrite(path: Path) -> None:
    """Write nothing over every byte of a file, and wait until that is on the disk. Raises OSError."""
    nothing = bytes(_PIECE)
    with path.open("rb+") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(nothing[:left])
        file.flush()
        os.fsync(file.fileno())
