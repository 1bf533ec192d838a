"""Households that may be the one being keyed, named as the form names them: asked while somebody types."""

from dataclasses import dataclass

from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.store import Workspace, listing

from . import doubles

MOST = 2  # that are shown at once
COMPARED = ("region", "rt", "period", *(
    question.key for question in (
        Household.head_name, Household.nik, Household.kk_number, Household.building, Household.members_male,
        Household.members_female,
    )
))


@dataclass(frozen=True)
class Alike:
    """A household that is here already: its place in its RT from 1, the name of its head, why it is like this one."""

    id: str
    number: int
    name: str
    rt: str
    reasons: tuple[str, ...]


def sign(answers: Answers) -> tuple[object, ...]:
    """Return what is compared: as long as it stays the same nobody needs to ask again."""
    return tuple(answers.get(key) for key in COMPARED)


def alike(workspace: Workspace, record: str, answers: Answers) -> tuple[Alike, ...]:
    """Return the households that may be the one being recorded, the likeliest first."""
    found = doubles.like(workspace, record, answers)[:MOST]
    houses = [each.other if each.one.id == record else each.one for each in found]
    period = str(answers.get("period") or "")
    with workspace.asking() as connection:
        numbers = [listing.place_in_rt(connection, each.id, (each.region, each.rt, period))[0] for each in houses]
    return tuple(
        Alike(house.id, number, house.name, house.rt, each.reasons)
        for house, number, each in zip(houses, numbers, found, strict=True)
    )
