"""Files of this release for the tests of all later ones: a workspace, a bundle, and what `p2kp` says of them.

One record of every form, a deleted household, a conflict, a verified and a returned household, all written by the
command of this release, in tests/data/old under its version; and the same workspace behind a password, with its key
file, its password and its recovery words.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from steps import ROOT

KELURAHAN, CITY, PERIOD = "16.71.01.1001", "16.71", "2022"


def main() -> int:
    """Write the folder anew; raises CalledProcessError where the command refuses something."""
    from p2kp_desktop import __version__

    folder = ROOT / "tests" / "data" / "old" / __version__
    with tempfile.TemporaryDirectory() as bench:
        workspace, bundle = _lived_through(Path(bench))
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(workspace, folder / "workspace.p2kp")
        shutil.copy(bundle, folder / "bundle.xlsx")
        _protect(workspace, Path(bench), folder)
        (folder / "holds.json").write_text(json.dumps(_held(workspace), indent=1, ensure_ascii=False) + "\n",
                                           encoding="utf-8")
    print(folder)
    return 0


def _lived_through(bench: Path) -> tuple[Path, Path]:
    """Return a facilitator's workspace after some days of work with another team and the city, and all it sends."""
    mine, other, city = (bench / f"{name}.p2kp" for name in ("lama", "rekan", "kota"))
    for path, role, name, area in (
        (mine, "facilitator", "Tim Lama", KELURAHAN), (other, "facilitator", "Tim Rekan", KELURAHAN),
        (city, "district", "Kota Lama", CITY),
    ):
        _p2kp("init", path, "--role", role, "--name", name, "--region", area)
    for form, records in _everything().items():
        _put(mine, form, records)
    _send(mine, other, bench, "facilitator")
    for path, source in ((mine, "sumur_terlindung"), (other, "sumur_tak_terlindung")):
        _put(path, "household", [{"id": "rumah-1", "water_source": source, "pit_distance": "a"}])
    _send(other, mine, bench, "facilitator")
    _send(mine, city, bench, "district")
    _p2kp("verify", city, "--id", "rumah-2")
    _p2kp("return", city, "--id", "rumah-3", "--comment", "Mohon dicek lagi.")
    _send(city, mine, bench, "facilitator")
    _p2kp("records", mine, "delete", "household", "rumah-5", "--reason", "terdata dua kali")
    return mine, Path(json.loads(_p2kp("send", mine, bench, "--full", "--json"))["path"])


def _protect(workspace: Path, bench: Path, folder: Path) -> None:
    """Keep the workspace behind a password too, its key file, and the password beside them."""
    protected = bench / "protected.p2kp"
    shutil.copy(workspace, protected)
    (folder / "password.txt").write_text("perahu ketek sungai musi\n", encoding="utf-8")
    _p2kp("protection", protected, "start", "--new-password-file", folder / "password.txt",
          "--recovery-file", folder / "words.txt")
    for made in bench.glob("protected.p2kp*"):
        shutil.copy(made, folder)


def _everything() -> dict[str, list[dict[str, Any]]]:
    from p2kp_desktop.forms import FORMS, Household
    from tests.examples import a_record

    made = {form.key: [{"id": example.id, **example.answers}] for form in FORMS for example in [a_record(form)]}
    made[Household.key] += [
        {"id": f"rumah-{number}", **a_record(Household, head_name=f"Warga {number}", nik=None).answers}
        for number in range(6)
    ]
    return made


def _send(giver: Path, taker: Path, bench: Path, role: str) -> None:
    sent = json.loads(_p2kp("send", giver, bench, "--to", role, "--json"))
    _p2kp("receive", taker, sent["path"])


def _put(path: Path, form: str, records: Iterable[Mapping[str, Any]]) -> None:
    _p2kp("records", path, "put", form, given="\n".join(json.dumps(each) for each in records))


def _held(path: Path) -> dict[str, Any]:
    from p2kp_desktop.forms import FORMS

    records = {
        form.key: [json.loads(line) for line in _p2kp("records", path, "get", form.key).splitlines()]
        for form in FORMS
    }
    return {
        "digest": _p2kp("digest", path).strip(),
        "records": {form: found for form, found in records.items() if found},
        "scores": json.loads(_p2kp("score", "--workspace", path, "--period", PERIOD))["rows"],
        "conflicts": json.loads(_p2kp("conflicts", path, "--json"))["conflicts"],
    }


def _p2kp(*words: str | Path, given: str = "") -> str:
    """Run the command and return what it says; what it refuses stops everything."""
    told = subprocess.run(
        [sys.executable, "-m", "p2kp_desktop.cli", *map(str, words)], cwd=ROOT, input=given, text=True,
        stdout=subprocess.PIPE, check=True,
    )
    return told.stdout


if __name__ == "__main__":
    sys.exit(main())
