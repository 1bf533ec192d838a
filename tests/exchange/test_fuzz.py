"""Whatever happens to a bundle on its way: never a crash, never a partial import, always a sentence.

Each case follows from its number alone, but for those behind a password, which is salted anew each time. The
file of a case that fails stays in the folder that the failure names.
"""

import base64
import itertools
import random
import shutil
import sys
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter.core
from msoffcrypto.exceptions import FileFormatError

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import arrivals, receiving, sending
from p2kp_desktop.actions.common import soundness, workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.exchange import locking
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import facts, open_workspace, own_keys, transfers
from tests.acquainted import introduce
from tests.conftest import DEEP, KELURAHAN

from .spoiling import forgery, spoiled

CASES = 5000 if DEEP else 48
PORTIONS = 20 if DEEP else 3
PASSWORD = "rahasia"
WAITS = "warned, and waits at the next office"
CLAIMED = "Riwayat hilang di akhir"  # what a check says when a sealed bundle claims more edits of ours than there are


@dataclass(frozen=True)
class Scene:
    """A sender's workspace, its bundles in each shape, and a receiver that knows an older one of them."""

    sender: Path
    receiver: Path
    bundles: dict[str, Path]
    ends: dict[str, str]  # the receiver's digest after the genuine bundle


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    with pytest.MonkeyPatch.context() as patches:
        patches.setenv("P2KP_HOME", str(folder / "home"))
        patches.setattr(xlsxwriter.core, "datetime", NoClock)
        with pytest.MonkeyPatch.context() as chance:
            leave_nothing_to_chance(chance, 0)
            made = _scene(folder)
        yield made


class NoClock(datetime):
    """A clock that stands still, so that a workbook has the same bytes every time."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 24, tzinfo=tz)


def _key(dice: random.Random) -> str:
    return base64.b64encode(dice.randbytes(32)).decode()


def leave_nothing_to_chance(patches: pytest.MonkeyPatch, seed: int) -> None:
    """Make ids, salts, keys and times follow from a number, so that a case is the same on every machine."""
    dice, ticks = random.Random(seed), itertools.count(1_790_000_000_000_000_000, 10**6)
    patches.setattr("secrets.token_hex", lambda size: dice.randbytes(size).hex())
    patches.setattr(sys.modules["p2kp_desktop.schema.records"], "os", SimpleNamespace(urandom=dice.randbytes))
    patches.setattr(sys.modules["p2kp_desktop.schema.records"], "time", SimpleNamespace(time_ns=lambda: next(ticks)))
    patches.setattr(own_keys, "fresh", lambda: own_keys.Pair(*(_key(dice) for _ in "12")))
    patches.setattr(environment, "now", lambda: "2026-11-24T08:00:00+07:00")
    patches.setattr(environment, "this_year", lambda: 2026)
    patches.setattr(environment, "machine", lambda: "")


def _scene(folder: Path) -> Scene:
    sender = workspaces.init(folder / "a.p2kp", role="district", name="Dinas", regions=[KELURAHAN])
    receiver = workspaces.init(folder / "b.p2kp", role="facilitator", name="Tim 3", regions=[KELURAHAN])
    with sender, receiver:
        for number, name in enumerate(("Siti", "=Ali", "Bu\nRT")):
            recording.record(sender, Household, {"id": f"h{number}", "rt": "1/1", "head_name": name, "kk_count": 2})
        receiving.receive(receiver, sending.send(sender, folder, to="facilitator").path)
        recording.record(receiver, Household, {"id": "h0", "kk_count": 3})
        recording.record(sender, Household, {"id": "h0", "kk_count": 4})
        recording.record(sender, Household, {"id": "h3", "rt": "2/1", "nik": "1671010101800001", "roof": "a"})
        verification.give_back(sender, "h1", comment="Periksa lagi atapnya.", about="roof")
        recording.delete(sender, Household, "h2", reason="dobel")
        receiving.receive(sender, sending.send(receiver, folder, to="district").path)
        bundles = {
            "plain": sending.send(sender, folder, to="facilitator", full=True).path,
            "redacted": sending.send(sender, folder, to="province", withhold=True, full=True).path,
            "locked": sending.send(sender, folder, to="facilitator", full=True, password=PASSWORD).path,
        }
    ends = {name: _end(folder / "b.p2kp", path, folder / "end") for name, path in bundles.items()}
    return Scene(folder / "a.p2kp", folder / "b.p2kp", bundles, ends)


def _end(receiver: Path, bundle: Path, folder: Path) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(receiver, folder / "b.p2kp")
    with open_workspace(folder / "b.p2kp") as workspace:
        assert receiving.receive(workspace, bundle, password=PASSWORD).error is None
        return soundness.digest(workspace)


def spoil(number: int, scene: Scene, target: Path) -> tuple[str, str]:
    """Write case `number` into the target; return the kind of its mishap, and which bundle it was."""
    dice = random.Random(number)
    if dice.random() < 0.25:
        return f"forged {_forge(dice, scene, target)}", ""
    name = dice.choice(("plain", "plain", "plain", "redacted", "locked"))
    content = scene.bundles[name].read_bytes()
    if name == "locked" and dice.random() < 0.7:  # what is inside is spoilt, and locked by somebody
        inside = target.with_name("inside.xlsx")
        kind, spoilt = spoiled(scene.bundles["plain"].read_bytes(), dice)
        inside.write_bytes(spoilt)
        try:
            locking.lock(inside, target, PASSWORD)
        except FileFormatError:  # too spoilt to be locked by anybody
            target.write_bytes(spoilt)
            return kind, "plain"
        return f"{kind}, then locked", name
    kind, spoilt = spoiled(content, dice)
    target.write_bytes(spoilt)
    return kind, name


def _forge(dice: random.Random, scene: Scene, target: Path) -> str:
    """Let the sender write a bundle that is misshapen inside but sealed and signed."""
    folder = target.parent / "forged"
    folder.mkdir()
    shutil.copy(scene.sender, folder / "a.p2kp")
    with (
        pytest.MonkeyPatch.context() as patches, open_workspace(folder / "a.p2kp") as sender,
        forgery(dice, pytest.MonkeyPatch.context),
    ):
        leave_nothing_to_chance(patches, 1)
        sent = sending.send(sender, folder, to="facilitator", full=True, withhold=dice.random() < 0.2)
    sent.path.replace(target)
    return "inside"


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_a_spoilt_bundle_never_crashes_and_never_comes_in_by_half(scene, tmp_path, portion):
    tally: dict[str, int] = {}
    for number in range(portion, CASES, PORTIONS):
        folder = tmp_path / str(number)
        folder.mkdir()
        kind, bundle = "?", ""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the zip and workbook libraries that do the spoiling
                kind, bundle = spoil(number, scene, folder / "paket.xlsx")
            ended = examine(scene, folder, bundle)
        except Exception as failure:
            raise AssertionError(f"case {number} ({kind} {bundle}) in {folder}: {failure!r}") from failure
        tally[f"{kind}: {ended}"] = tally.get(f"{kind}: {ended}", 0) + 1
        shutil.rmtree(folder)
    print(*sorted(tally.items()), sep="\n")


def examine(scene: Scene, folder: Path, bundle: str) -> str:
    """Receive a spoilt file into a copy of the receiver; say how it ended."""
    shutil.copy(scene.receiver, folder / "b.p2kp")
    path = folder / "paket.xlsx"
    with open_workspace(folder / "b.p2kp") as workspace:
        before = _state(workspace)
        recognised = arrivals.recognise(workspace, path)
        assert recognised.manifest is not None or recognised.trouble is not None
        received = receiving.receive(workspace, path, password=PASSWORD)
        if received.error:
            _must_be_said(received.trouble)
            assert _state(workspace) == before, "refused, and yet something changed"
            ended = f"refused {received.trouble.code}"
        else:
            ended = _must_be_whole(workspace, received, before)
        if bundle:
            again = receiving.receive(workspace, scene.bundles[bundle], password=PASSWORD)
            assert again.error is None
            assert soundness.digest(workspace) == scene.ends[bundle], "the genuine bundle does not come in whole"
            if ended == WAITS:
                _must_come_in_now(workspace, folder)
        assert [said for said in soundness.check(workspace) if CLAIMED not in said] == []
        recording.record(workspace, Household, {"id": "h0", "kk_count": 5})
    return ended


def _state(workspace):
    with workspace.asking() as connection:
        known = facts.known_edits(connection)
        lines = len(transfers.log(connection))
    return soundness.digest(workspace), known, lines


def _must_be_said(trouble: Trouble) -> None:
    assert trouble.what.endswith(".")
    assert trouble.remedy.endswith(".")
    assert trouble.code


def _must_be_whole(workspace, received, before) -> str:
    """All is accounted for, what was not taken is named, and what is here now can be sent on."""
    counts = received.counts
    assert received.read == sum(counts.values())
    assert bool(counts["new"] + counts["updated"] + counts["conflict"]) or _state(workspace)[0] == before[0] or (
        counts["rejected"]
    )
    if counts["rejected"]:
        assert received.notes, "rejected, and nobody is told why"
    assert all(note.endswith(".") for note in received.notes), received.notes
    if _state(workspace)[0] == before[0]:
        return "nothing new"
    folder = Path(workspace.name).parent
    sent = sending.send(workspace, folder, to="district", full=True)
    with workspaces.init(folder / "c.p2kp", role="district", name="c", regions=[KELURAHAN]) as other:
        introduce(workspace, other)  # to a stranger what came without its rows is a bare claim, which waits there
        onward = receiving.receive(other, sent.path)
        assert onward.error is None
        if received.notes and onward.counts["rejected"]:  # rows were lost, which is said: what they proved waits
            assert onward.counts["rejected"] == onward.quarantined, onward.notes
            return WAITS
        assert not onward.counts["rejected"], onward.notes
        assert soundness.digest(other) == soundness.digest(workspace), "what was taken in does not travel on"
    return "warned" if received.notes else "taken"


def _must_come_in_now(workspace, folder: Path) -> None:
    """What waits for proof at the next office comes in there with the next bundle, once the rows are here."""
    sent = sending.send(workspace, folder, to="district", full=True)
    with open_workspace(folder / "c.p2kp") as other:
        onward = receiving.receive(other, sent.path)
        assert onward.error is None
        assert not onward.counts["rejected"], onward.notes
        assert soundness.digest(other) == soundness.digest(workspace), "what waited does not come in with its proof"
