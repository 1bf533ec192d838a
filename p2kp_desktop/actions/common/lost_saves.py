"""Saves that this laptop counted and a file lacks: how many, where they still are, and what to do."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.store import Workspace, lagging, marks
from p2kp_desktop.store.lagging import Lag

from . import backups


@dataclass(frozen=True)
class Missing:
    """What a file lacks; `backup` holds the most of it, `held` saves (None and 0 where no backup holds any)."""

    lag: Lag
    backup: Path | None
    held: int


def missing(workspace: Workspace) -> Missing | None:
    """Return the saves that this laptop counted in a file and that the file lacks; None where nothing is missing."""
    lag = lagging.lag(workspace)
    if lag is None:
        return None
    held, backup = max(((_held(path, lag), path) for path in _backups(workspace)), default=(0, None))
    return Missing(lag, backup if held else None, held)


def _backups(workspace: Workspace) -> Iterator[Path]:
    beside = backups.second_folder(workspace)
    yield from (each.path for each in backups.listed(Path(workspace.name), beside))


def _held(backup: Path, lag: Lag) -> int:
    """Return how many of the missing saves a backup holds."""
    content = marks.content(backup)
    reached = content.edits.get(lag.node, 0) if content else 0
    return min(max(reached - lag.reached, 0), lag.saves)


def loss_words(found: Missing) -> tuple[str, str]:
    """Return in two sentences or more what is missing, and what to do."""
    lag, until = found.lag, _moment(datetime.datetime.fromisoformat(found.lag.until))
    if lag.original:
        return (
            say("Salinan ini lebih lama daripada aslinya: {count} simpanan tidak ada di dalamnya.", count=lag.saves),
            say("Simpanan sampai {moment} ada di {file}. Buka yang asli; untuk salinan baru, tutup dulu programnya "
                "atau pakai Cadangan. Yang diisi di sini dihitung sendiri, terpisah dari aslinya.",
                moment=until, file=lag.original),
        )
    title = say("{count} simpanan terakhir tidak ada di berkas ini.", count=lag.saves)
    happened = say("Laptop ini sudah menyimpan sampai {moment}, tetapi berkasnya kehilangan bagian akhirnya: berkas "
                   "«-wal» di sampingnya hilang atau terpotong, atau berkas ini diganti dengan salinan lama.",
                   moment=until)
    return title, f"{happened} {_way_back(found)}"


def _way_back(found: Missing) -> str:
    again = say("Terima lagi paket dari kantor yang sudah menerimanya, atau isi lagi dari kertas.")
    if found.backup is None:
        return again
    made = backups.moment_of(found.backup)
    named = _moment(made) if made else found.backup.name
    held = say("Cadangan {moment} memuat {count} di antaranya.", moment=named, count=found.held)
    if found.lag.went_on:
        return f"{held} {again}"
    restore = say("Pulihkan cadangan itu sebelum mengisi apa pun.")
    rest = say("Sisanya ada di paket yang sudah diterima kantor lain, atau diisi lagi dari kertas.")
    return f"{held} {restore}" if found.held == found.lag.saves else f"{held} {restore} {rest}"


def _moment(when: datetime.datetime) -> str:
    return written.moment(when)
