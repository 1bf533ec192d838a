"""Kirim: writing a bundle for the next office."""

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.exchange import locking, signing, writing
from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import new_id
from p2kp_desktop.schema.causality import Vector, Version, covers, goes_beyond, join
from p2kp_desktop.schema.places import lies_in, region_name
from p2kp_desktop.store import Connection, Workspace, history, node, receipts, records, transfers, views
from p2kp_desktop.store.facts import Facts, everything, facts, known_edits

from . import practising
from .delivering import deliver

NEXT = {"facilitator": "district", "district": "province"}


@dataclass(frozen=True)
class Sent:
    """A bundle that was written: where it is and how many records it holds."""

    path: Path
    records: int


def send(
    workspace: Workspace,
    folder: str | Path,
    *,
    to: str | None = None,
    areas: Sequence[str] = (),
    withhold: bool = False,
    password: str = "",
    full: bool = False,
) -> Sent:
    """Write the records of the areas (all of the workspace's when none is named) into one new file in a folder.

    What every known workspace of the receiver's role has acknowledged is left out, unless `full`.

    The file is built on the internal disk and then delivered, so that a stick pulled at any moment leaves no
    half file. `withhold` leaves out names and identity numbers. The next office is the default receiver.
    Raises Trouble when the folder cannot be written or has no room.
    """
    target = Path(folder)
    if not target.is_dir():
        raise Trouble(f"Folder {target} tidak ada.", remedy="Pilih folder yang ada.", code="K01")
    with tempfile.TemporaryDirectory(prefix="p2kp-kirim-") as bench:
        built = Path(bench) / "bundel.xlsx"
        with workspace.asking() as connection:
            about = facts(connection)
            chosen = tuple(areas) or about.regions
            receiver = to or _receiver(about.role)
            manifest, number = _build(connection, built, receiver, chosen, withhold=withhold, full=full)
        if password:
            locked = built.with_name("terkunci.xlsx")
            locking.lock(built, locked, password)
            built = locked
        path = deliver(built, target, _free_name(target, about, manifest).name)
    with workspace.changing() as connection:
        transfers.note(connection, transfers.Transfer(
            new_id(), "out", manifest.bundle, path.name, hashlib.sha256(path.read_bytes()).hexdigest(),
            about.person, manifest.time, _result(manifest, number, withhold=withhold),
        ))
    return Sent(path, number)


def _result(manifest: Manifest, number: int, *, withhold: bool) -> dict[str, object]:
    """Return what the log keeps of a bundle; by `areas`, `edits` and `withheld` it is known what has a copy."""
    return {
        "records": number, "to": manifest.to,
        "areas": list(manifest.regions), "edits": manifest.includes[""], "withheld": withhold,
    }


def _build(
    connection: Connection, path: Path, to: str, areas: Sequence[str], *, withhold: bool, full: bool
) -> tuple[Manifest, int]:
    """Write the bundle and return its manifest and how many records it holds."""
    mine = [version for version in records.everything(connection) if _belongs(version, areas)]
    places = sorted({"", *(place for version in mine for place in version.places)})
    since = {} if full else receipts.known_to_all(connection, to, places)
    versions = [version for version in mine if _is_news(version, since)]
    manifest = _manifest(connection, facts(connection), to, areas, places, since)
    rows = (
        row for chain in history.chains(connection, places) for row in chain
        if not covers(since.get(row.place, {}), row.save.dot)
    )
    key = everything(connection).get("signing_key", "")
    number = writing.write(
        path, manifest, versions, rows, rules=views.rule_sets(connection), withhold=withhold,
        sign=partial(signing.signed, key) if key else None,
    )
    return manifest, number


def _receiver(role: str) -> str:
    receiver = NEXT.get(role)
    if receiver is None:
        raise Trouble("Penerima bundel belum dipilih.", remedy="Sebutkan penerimanya dengan --to.", code="K03")
    return receiver


def _belongs(version: Version, areas: Sequence[str]) -> bool:
    """Say whether a record ever belonged to one of the areas, or belongs to all."""
    return not version.places or any(lies_in(place, area) for place in version.places for area in areas)


def _is_news(version: Version, since: Mapping[str, Vector]) -> bool:
    """Say whether the record includes an edit that the receivers are not known to have."""
    return any(goes_beyond(version.vector, since.get(place, {})) for place in version.places or {""})


def _manifest(
    connection: Connection,
    about: Facts,
    to: str,
    areas: Sequence[str],
    places: Sequence[str],
    since: Mapping[str, Vector],
) -> Manifest:
    known = known_edits(connection)
    own = {mine: history.last_tick(connection, mine) for mine in node.own_nodes(connection)}
    included: dict[str, Vector] = {
        place: {name: tick for name, tick in join(known.get(place, {}), own).items() if tick} for place in places
    }
    return Manifest(
        bundle=new_id(), node=about.node, workspace=about.name, role=about.role, person=about.person,
        time=environment.now(), program=environment.PROGRAM, to=to, regions=tuple(areas),
        since=since, includes=included,
        practice=practising.is_practice(connection),
        more={"serial": 1 + sum(transfer.direction == "out" for transfer in transfers.log(connection))},
    )


def _free_name(folder: Path, about: Facts, manifest: Manifest) -> Path:
    """Return a name that says what the file is and that nothing in the folder has yet."""
    words = [region_name(manifest.regions[0]), about.name, manifest.time[:16].replace("T", " ")]
    stem = "P2KP_" + "_".join(re.sub(r"[^\w.-]+", "-", word).strip("-") for word in words)
    return next(path for path in _numbered(folder, stem) if not path.exists())


def _numbered(folder: Path, stem: str) -> Iterator[Path]:
    yield folder / f"{stem}.xlsx"
    number = 2
    while True:
        yield folder / f"{stem}_{number}.xlsx"
        number += 1
