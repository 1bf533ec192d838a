"""Ten bundles of 5,000 households, each of another kelurahan, into one workspace: seconds and memory of each."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import HOUSEHOLDS, households, peak_mb

BUNDLES = 10


def villages() -> list[str]:
    """Return the codes of as many kelurahan as there are bundles."""
    from p2kp_desktop.schema.places import regions

    return sorted(code for code, place in regions().items() if place.is_village and code.startswith("16.71"))[:BUNDLES]


def make(folder: Path, number: int) -> None:
    """Record the households of one kelurahan and send them."""
    from p2kp_desktop.actions.bundles import sending
    from p2kp_desktop.actions.common import workspaces
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.forms.household import Household

    place = folder / str(number)
    place.mkdir()
    code = villages()[number]
    with workspaces.init(place / "w.p2kp", role="facilitator", name=f"Tim {number}", regions=[code]) as workspace:
        given = [{key: value for key, value in each.items() if key not in ("id", "region")} for each in households()]
        recording.record_all(workspace, Household, list(enumerate(given)), origin="bench")
        sending.send(workspace, place)


def receive(folder: Path, number: int) -> None:
    """Receive the bundle of one kelurahan beside those before it."""
    from p2kp_desktop.actions.bundles import receiving
    from p2kp_desktop.actions.common import workspaces
    from p2kp_desktop.store import open_workspace

    path = folder / "district.p2kp"
    (bundle,) = (folder / str(number)).glob("P2KP_*.xlsx")
    opened: Any = open_workspace(path) if path.exists() else workspaces.init(
        path, role="district", name="Dinas", regions=["16.71"]
    )
    with opened as workspace:
        received = receiving.receive(workspace, bundle)
    if received.counts["new"] != HOUSEHOLDS:
        raise SystemExit(f"received {received.counts}, {received.notes}")


def measured(job: str, folder: Path, number: int) -> tuple[float, float]:
    """Run one job in a process of its own; return its seconds and its peak memory in MB."""
    ran = subprocess.run(
        [sys.executable, __file__, job, str(folder), str(number)], check=True, capture_output=True, text=True
    )
    seconds, peak = json.loads(ran.stdout.splitlines()[-1])
    return seconds, peak


def figures() -> dict[str, float]:
    """Return how long the slowest of the ten took, the highest peak in MB, and the last one in percent of the first."""
    with tempfile.TemporaryDirectory(prefix="p2kp-bundles-") as name:
        folder = Path(name)
        for number in range(BUNDLES):
            measured("make", folder, number)
        taken = [measured("receive", folder, number) for number in range(BUNDLES)]
    seconds, peaks = zip(*taken, strict=True)
    return {
        "ten_s_most": round(max(seconds), 1), "ten_mb_most": round(max(peaks)),
        "ten_last_percent": round(100 * seconds[-1] / seconds[0]),
    }


if __name__ == "__main__":
    if len(sys.argv) == 4:
        started = time.perf_counter()
        globals()[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
        print(json.dumps([time.perf_counter() - started, peak_mb()]))
    else:
        print(json.dumps(figures()))
