"""The journey on sample data: a kelurahan is recorded, sent and received, and scored alike everywhere."""

import json
import random
import tempfile
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness, workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.actions.scripts import script_shapes
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Choice
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Workspace

KELURAHAN, CITY, PROVINCE = "16.71.06.1005", "16.71", "16"
HOUSEHOLDS = (52, 47)
RTS = ("001/005", "002/005", "003/005")
SAMPLE = "contoh"
_WIDE = 28  # of a column of scores


def demonstrate(folder: Path | None = None) -> Iterator[str]:
    """Make three workspaces in a folder (a new temporary one by default) and yield what happens, line by line.

    Raises Trouble when a workspace of an earlier run stands in the folder.
    """
    place = folder or Path(tempfile.mkdtemp(prefix="p2kp-demo-"))
    place.mkdir(parents=True, exist_ok=True)
    facilitator = workspaces.init(
        place / "fasilitator.p2kp", role="facilitator", name=f"Tim {region_name(KELURAHAN)}", regions=[KELURAHAN]
    )
    yield f"Ruang kerja fasilitator, kelurahan {region_name(KELURAHAN)}: {facilitator.name}"
    yield f"Tercatat: {fill(facilitator)} catatan di {len(RTS)} RT"
    offices = [
        workspaces.init(place / f"{name}.p2kp", role=role, name=region_name(area), regions=[area])
        for name, role, area in (("kota", "district", CITY), ("provinsi", "province", PROVINCE))
    ]
    chain = [facilitator, *offices]
    for sender, receiver in pairwise(chain):
        sent = sending.send(sender, place)
        yield f"Kirim: {sent.path} ({sent.records} catatan)"
        received = receiving.receive(receiver, sent.path)
        if received.error:
            raise Trouble(received.error, remedy="Laporkan kepada pengembang.", code="D10")
        yield f"Terima di {Path(receiver.name).name}: {script_shapes.equation(received)}"
    yield from _compared(chain)
    for workspace in chain:
        workspace.close()


def fill(workspace: Workspace) -> int:
    """Record two RTs by census and one by recap; return how many records. The same every time it is run."""
    sample = json.loads((environment.resources() / "practice" / "demo.json").read_text(encoding="utf-8"))
    dice = random.Random(100_0_100)
    records: list[tuple[str, dict[str, Any]]] = [("rt", {"rt": rt}) for rt in RTS]
    for rt, weights, survey, number in zip(RTS, sample["weights"], sample["surveys"], HOUSEHOLDS, strict=False):
        records.append(("rt_survey", {"rt": rt, "survey_date": "2026-10-04", **survey}))
        records += [("household", household(dice, sample, weights, rt, each + 1)) for each in range(number)]
    recap = {"rt": RTS[2], "date": "2026-10-04", "official": "ya", "source": sample["recap_source"]}
    records.append(("rt_recap", recap | sample["recap"]))
    for form, given in records:
        recording.record(workspace, form_named(form), given, origin=SAMPLE)
    return len(records)


def household(
    dice: random.Random, sample: Mapping[str, Any], weights: Mapping[str, list[int]], rt: str, number: int
) -> dict[str, Any]:
    """Throw one plausible household; questions that the answers before skip stay empty."""
    male, female = dice.choices(range(5), [2, 6, 5, 3, 1])[0], dice.choices(range(5), [1, 6, 5, 3, 1])[0]
    given: dict[str, Any] = {
        "rt": rt, "survey_date": f"2026-10-{dice.randint(4, 24):02d}", "building": str(number),
        "head_name": f"{dice.choice(sample['first_names'])} {dice.choice(sample['last_names'])}",
        "kk_count": dice.choices([1, 2, 3], [16, 3, 1])[0],
        "members_male": male, "members_female": max(female, 1 - male), "members_disabled": int(dice.random() < 0.04),
        "floor_length": dice.choice([5, 6, 7, 7.5, 8, 9, 12]), "floor_width": dice.choice([3, 4, 4.5, 5, 6]),
        "floors": dice.choices([1, 2], [9, 1])[0],
    }
    given["occupants"] = given["members_male"] + given["members_female"]
    for question in Household.questions:
        if isinstance(question, Choice) and question.when.holds(given):
            given[question.key] = dice.choices(question.options.codes, weights[question.key])[0]
    return given


def _total(row: Mapping[str, Any]) -> str:
    return f"{row['total']} {row['level']}{', sementara' if row['provisional'] else ''}"


def _compared(chain: list[Workspace]) -> Iterator[str]:
    """Yield the scores of every RT in every workspace, and whether they and the digests agree."""
    tables: list[Any] = [slum_scores.score_workspace(workspace, area=KELURAHAN)["rows"] for workspace in chain]
    yield ""
    yield f"{'RT':<10}{'sumber':<10}" + "".join(f"{Path(w.name).stem:>{_WIDE}}" for w in chain)
    for rows in zip(*tables, strict=True):
        yield f"{rows[0]['rt']:<10}{rows[0]['source']:<10}" + "".join(f"{_total(row):>{_WIDE}}" for row in rows)
    yield ""
    for row in tables[0]:
        if row["reasons"]:
            yield f"{row['rt']}: {' '.join(row['reasons'])}"
    yield ""
    digests = [soundness.digest(workspace) for workspace in chain]
    if any(table != tables[0] for table in tables) or len(set(digests)) > 1:
        raise Trouble("Nilai di ketiga kantor tidak sama.", remedy="Laporkan kepada pengembang.", code="D11")
    yield f"Nilai dan isi ketiga ruang kerja sama. Sidik isi: {digests[0]}"
