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
from p2kp_desktop.actions.scores import cheapest_works, editions, slum_scores
from p2kp_desktop.actions.scripts import script_shapes
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.facts import facts

from . import village_community
from .village_sample import CITY as CITY
from .village_sample import KELURAHAN as KELURAHAN
from .village_sample import SAMPLE
from .village_sample import household as household

PROVINCE = "16"
HOUSEHOLDS = (52, 47)
RTS = ("001/005", "002/005", "003/005")
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
    village_community.build_community(facilitator)
    yield "Tercatat juga: lembaga, aturan bersama, pertemuan, SK, sasaran, harga satuan, komitmen, dan kegiatan"
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
    yield from _answered(offices[0])
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


def _answered(office: Workspace) -> Iterator[str]:
    """Yield what an office makes of it: the cheapest way out of slum, and the official result."""
    with office.asking() as connection:
        period = facts(connection).period
    way = cheapest_works.solve(office, cheapest_works.WorksWanted(), area=KELURAHAN, period=period)
    yield ""
    yield " ".join(cheapest_works.words(way)).replace("**", "")
    editions.freeze(office, Scope(KELURAHAN, None, period), basis="Berita acara 40/LATIHAN")
    (made,) = editions.editions(office, KELURAHAN)
    yield f"Edisi resmi: {made.rts} RT, nilai {made.total} {made.level}, dasar {made.basis}, sidik {made.digest[:12]}"
