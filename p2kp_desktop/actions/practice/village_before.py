"""The practice village a year before: the same houses in another state, and what was official then and in between."""

import random
from collections.abc import Sequence

from p2kp_desktop.actions.scores import editions
from p2kp_desktop.schema import new_id
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace

from .village_sample import KELURAHAN, Given, households, recap, script, survey


def areas(year: int) -> list[Given]:
    """Return the surroundings of the RTs that were surveyed, as they were in that year."""
    told = script()["earlier"]
    return [survey(place, rt, year) | told[rt]["survey"] for place, rt in enumerate(told)]


def recaps(year: int) -> list[Given]:
    """Return the amounts of that year for RTs that nobody surveyed."""
    return [recap(rt, year) | volumes for rt, volumes in script()["earlier_recap"].items()]


def houses(now: Sequence[Given], rt: str, year: int) -> list[Given]:
    """Return the houses of an RT in that year: those of now, and perhaps some that nobody visited since.

    What nobody rebuilds within a year was as it is now, the rest otherwise.
    """
    count = script()["earlier"][rt]["houses"]
    thrown = households(random.Random(f"{rt} sebelum"), rt, count, year)
    stayed = [{key: each[key] for key in script()["same_house"]} for each in now[:count]]
    return [each | kept for each, kept in zip(thrown, [*stayed, *[{}] * (count - len(stayed))], strict=True)]


def surveyed_again(now: Sequence[Given], before: Sequence[str]) -> list[Given]:
    """Return the houses of now as somebody records them who begins each from that of the year before, where it was."""
    begun = [each | {"id": new_id(house), "identity": house} for each, house in zip(now, before, strict=False)]
    return [*begun, *now[len(begun):]]


def freeze(workspace: Workspace, which: str, year: int) -> None:
    """Make what stands the official result of the kelurahan in a year."""
    editions.freeze(workspace, Scope(KELURAHAN, None, str(year)), basis=script()["editions"][which])
