"""A workspace behind a password against one in clear: opening, keying, saving, and putting one behind a password.

Fifty thousand households, both files on one disk; and of five thousand a bundle whose saves are signed against one of
a release that signed none. Seconds and milliseconds of processor time, and ratios. It prints
one line of JSON, as the other benches do.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(1, str(Path(__file__).resolve().parent.parent))

import bench

HOUSEHOLDS = 50_000
OPENINGS, SAVES, KEYS = 9, 120, 300


def fill(path: Path) -> None:
    """Make a workspace of so many households, ten times those of the other benches."""
    from p2kp_desktop.actions.common import workspaces
    from p2kp_desktop.actions.recording import recording, saves
    from p2kp_desktop.forms.household import Household

    with workspaces.init(path, role="facilitator", name="Lima", regions=[bench.KELURAHAN]) as workspace:
        for part in range(HOUSEHOLDS // bench.HOUSEHOLDS):
            given = [{**each, "rt": f"{each['rt'][:3]}/{part + 1:03d}"} for each in bench.households()]
            recording.record_all(workspace, Household, list(enumerate(given)), origin="bench")
        saves.refresh_summaries(workspace)


def measure(plain: Path) -> dict[str, float]:
    """Return the figures of a workspace in clear and of its copy behind a password."""
    from p2kp_desktop.actions.protection import conversion, password

    protected = plain.with_name("sandi.p2kp")
    shutil.copyfile(plain, protected)
    protection = conversion.begun(protected, "Lima", "empat kuda biru 12")
    taken = _cpu(lambda: conversion.encipher(protected, protection))
    unlocking = _cpu(lambda: password.unlock(protected, "empat kuda biru 12"))
    opened = {file: _least(partial(_open, file)) for file in (plain, protected)}
    keyed = {file: _drafts(file) for file in (plain, protected)}
    saved = {file: _saves(file) for file in (plain, protected)}
    listed = {file: _lists(file) for file in (plain, protected)}
    return {
        "encipher_s": round(taken, 1), "unlock_s": round(unlocking, 2),
        "open_times_plain": round(opened[protected] / opened[plain], 2),
        "draft_p95_ms": round(keyed[protected] * 1000, 1),
        "draft_times_plain": round(keyed[protected] / keyed[plain], 2),
        "save_p95_ms": round(saved[protected] * 1000, 1),
        "save_times_plain": round(saved[protected] / saved[plain], 2),
        "scan_times_plain": round(listed[protected] / listed[plain], 2),
    }


def signatures(folder: Path) -> dict[str, float]:
    """Return how much larger a bundle is whose saves are signed, and how much longer it takes to receive."""
    from p2kp_desktop.actions.bundles import receiving, sending
    from p2kp_desktop.actions.common import workspaces
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.forms.household import Household
    from p2kp_desktop.store import facts, signers
    from p2kp_desktop.store.tables import history

    found = []
    with workspaces.init(folder / "tim.p2kp", role="facilitator", name="Tim", regions=[bench.KELURAHAN]) as team:
        recording.record_all(team, Household, list(enumerate(bench.households())), origin="bench")
        for name in ("tanda", "polos"):
            path = sending.send(team, folder, full=True).path
            with workspaces.init(folder / f"{name}.p2kp", role="district", name=name, regions=["16.71"]) as city:
                found.append((path.stat().st_size, _cpu(partial(receiving.receive, city, path))))
            with team.changing() as connection:  # as if saved before saves were signed, and not to be signed now
                connection.execute(history.update().values(mark=None))
                signers.note(connection, [signers.Signer(facts.facts(connection).node, "lain")])
    (size, taken), (plain_size, plain_taken) = found
    return {
        "signed_bundle_times_plain": round(size / plain_size, 3),
        "signed_receive_times_plain": round(taken / plain_taken, 2),
    }


def _cpu(job: Callable[[], object]) -> float:
    begun = time.process_time()
    job()
    return time.process_time() - begun


def _least(job: Callable[[], object]) -> float:
    return min(_cpu(job) for _time in range(OPENINGS))


def _p95(taken: list[float]) -> float:
    return sorted(taken)[len(taken) * 95 // 100]


def _open(file: Path) -> None:
    from p2kp_desktop.store import open_workspace

    open_workspace(file).close()


def _drafts(file: Path) -> float:
    """Return the time that keeping a draft takes, as after each answer that is keyed."""
    from p2kp_desktop.store import drafts, open_workspace

    with open_workspace(file) as workspace:
        def keep(number: int) -> None:
            with workspace.changing() as connection:
                answers: dict[str, Any] = {"head_name": f"Kepala {number}", "nik": "1671014101800001"}
                drafts.keep(connection, drafts.Draft("draf", "household", answers, "nik", "Lima", ""))

        taken = [_cpu(partial(keep, number)) for number in range(KEYS)]
    return _p95(taken)


def _saves(file: Path) -> float:
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.forms.household import Household
    from p2kp_desktop.store import open_workspace

    with open_workspace(file) as workspace:
        def save(number: int) -> None:
            given = {"rt": "001/001", "building": str(90_000 + number), "head_name": f"Kepala {number}"}
            recording.record(workspace, Household, given)

        taken = [_cpu(partial(save, number)) for number in range(SAVES)]
    return _p95(taken)


def _lists(file: Path) -> float:
    """Return the time that reading every household once takes: all pages come from the disk."""
    from p2kp_desktop.store import open_workspace

    def scan() -> None:
        with open_workspace(file) as workspace, workspace.asking() as connection:
            connection.exec_driver_sql("SELECT sum(length(state)), count(head_name) FROM household").one()

    return _least(scan)


def main() -> None:
    """Fill a workspace in a folder of its own, measure, print."""
    with tempfile.TemporaryDirectory(prefix="p2kp-bench-") as folder:
        os.environ["P2KP_HOME"] = str(Path(folder) / "home")
        plain = Path(folder) / "terang.p2kp"
        with suppress(IndexError):
            shutil.copyfile(sys.argv[1], plain)  # a workspace that is there already
        if not plain.exists():
            fill(plain)
        print(json.dumps({**measure(plain), **signatures(Path(folder))}))


if __name__ == "__main__":
    main()
