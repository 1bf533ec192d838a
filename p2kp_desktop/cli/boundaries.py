"""The commands on boundaries: which are kept, bringing them in from a file, taking them away."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.upkeep import boundary_files
from p2kp_desktop.actions.upkeep.boundary_files import BoundaryRehearsal
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import boundary_matching
from p2kp_desktop.rules.boundary_matching import Matched
from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.places import lies_in, normal_rt, region

from .opening import open_workspace
from .printing import put_out, tell

Arguments = argparse.Namespace

_MOST_TOLD = 20


def list_boundaries(arguments: Arguments) -> int:
    """List the boundaries that are kept."""
    with open_workspace(arguments.file, "boundaries") as workspace:
        kept = boundary_files.listed(workspace)
    if arguments.json:
        put_out({"boundaries": [
            {"region": each.spot.region, "rt": each.spot.rt or None, "name": each.name, "file": each.file or None,
             "time": each.time, "derived": each.derived} for each in kept]})
        return 0
    for each in kept:
        whence = say("dari batas di dalamnya") if each.derived else each.file
        print(f"{each.spot.region}  {each.spot.rt:<10}  {boundary_matching.spot_name(each.spot)}  ({whence})")
    return 0


def import_boundaries(arguments: Arguments) -> int:
    """Bring in the boundaries of a GeoJSON, Shapefile, GeoPackage, KML or KMZ, or rehearse that."""
    with open_workspace(arguments.file, "boundaries") as workspace:
        found = boundary_files.rehearse(workspace, Path(arguments.boundaries), arguments.system or "")
        for each in arguments.assign or ():
            found = boundary_files.assign(found, *_assigned(each, found))
        _tell(found)
        told = _counts(found)
        if arguments.rehearse:
            tell(say("Gladi: belum ada yang berubah."))
        else:
            backups.back_up(workspace)
            done = boundary_files.keep(workspace, found)
            told |= {"kept": done.kept, "replaced": done.replaced, "derived": done.derived}
    if arguments.json:
        put_out(told | {"features": [_document(each) for each in found.matches]})
    else:
        print(say("{features} batas: {code} menurut kode, {name} menurut nama, {hand} ditentukan, {unmatched} belum "
                  "cocok, {outside} di luar wilayah ini.", features=told["read"], code=told["by_code"],
                  name=told["by_name"], hand=told["by_hand"], unmatched=told["unmatched"], outside=told["outside"]))
    return 0


def remove_boundaries(arguments: Arguments) -> int:
    """Take the boundaries away, all of them or those of a region and what lies in it."""
    area = region(arguments.region).code if arguments.region else ""
    with open_workspace(arguments.file, "boundaries") as workspace:
        spots = [each.spot for each in boundary_files.listed(workspace) if not area or lies_in(each.spot.region, area)]
        number = boundary_files.remove(workspace, spots)
    if arguments.json:
        put_out({"removed": number})
    else:
        print(say("{count} batas dibuang.", count=number))
    return 0


def _assigned(text: str, found: BoundaryRehearsal) -> tuple[int, Spot]:
    """Return which feature a person says is which place: 12=16.71.06.1005, or 12=16.71.06.1005/014/005."""
    number, _, place = text.partition("=")
    code, _, rt = place.partition("/")
    if not number.isdecimal() or not 0 < int(number) <= len(found.matches):
        raise Trouble(say("«{answer}» tidak dimengerti.", answer=text),
                      remedy=say("Tulis nomor batas dan kode wilayahnya, misalnya 12=16.71.06.1005."), code="I32")
    return int(number) - 1, Spot(region(code).code, normal_rt(rt) if rt else "")


def _counts(found: BoundaryRehearsal) -> dict[str, Any]:
    return {
        "file": found.file.name, "kind": found.file.kind, "system": found.file.system, "read": len(found.matches),
        "by_code": found.by_code, "by_name": found.by_name, "by_hand": found.by_hand,
        "unmatched": len(found.unmatched), "doubles": len(found.doubles), "outside": len(found.outside),
        "without_area": found.file.without_area, "places": len(found.places), "replaces": found.replaced,
    }


def _document(each: Matched) -> dict[str, object]:
    return {
        "number": each.number + 1, "label": each.label, "how": each.how or None,
        "region": each.spot.region if each.spot else None, "rt": (each.spot.rt or None) if each.spot else None,
        "likely": [spot.region if not spot.rt else f"{spot.region}/{spot.rt}" for spot in each.likely],
    }


def _tell(found: BoundaryRehearsal) -> None:
    tell(say("{name}: {kind}, {system}.", name=found.file.name, kind=found.file.kind, system=found.file.system))
    for each in found.unmatched[:_MOST_TOLD]:
        likely = "; ".join(f"{spot.region} {boundary_matching.spot_name(spot)}" for spot in each.likely)
        tell(say("Belum cocok: {number} «{label}».", number=each.number + 1, label=each.label) +
             (f" {say('Mungkin {likely}.', likely=likely)}" if likely else ""))
    more = len(found.unmatched) - _MOST_TOLD
    if more > 0:
        tell(say("Dan {count} lainnya.", count=more))
    _tell_doubles(found.doubles)


def _tell_doubles(doubles: Mapping[Spot, Sequence[Matched]]) -> None:
    for spot, several in [*doubles.items()][:_MOST_TOLD]:
        tell(say("{place} disebut {count} kali; semuanya menjadi satu batas.",
                 place=boundary_matching.spot_name(spot), count=len(several)))
