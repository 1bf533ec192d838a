"""Where an activity stands: one RT, or several with the volume that each has; its share of everything is exact."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.forms.activity import Activity, ActivitySite
from p2kp_desktop.schema import Record, Unreadable
from p2kp_desktop.schema.places import normal_rt

from .improvement import Volumes, volumes_of
from .regulation import Regulation

_SEVERAL = re.compile(r"[,;&+]|\bdan\b|\bs\.?d\b", re.IGNORECASE)  # RT 14, 15 dan 16
WHOLE = Fraction(1)


@dataclass(frozen=True)
class Spot:
    """One RT where an activity stands, and which share of it; `rt` is "" where the place is not one RT."""

    region: str
    rt: str
    share: Fraction = WHOLE


def spots(activity: Record, need: Record | None, sites: Iterable[Record]) -> tuple[Spot, ...]:
    """Return where an activity stands: at its sites by their volumes, without any where its need or itself says.

    Of the volume of the activity, or of the sites together where that is more or nobody said it.
    """
    told = [(each, each[ActivitySite.volume]) for each in sites]
    known = [(each, Fraction(volume)) for each, volume in told if volume]
    if not known:
        return (Spot(*place_of(activity, need)),)
    whole = max(sum((volume for _site, volume in known), Fraction()), Fraction(activity[Activity.volume] or 0))
    found: dict[tuple[str, str], Fraction] = {}
    for site, volume in known:
        place = str(site.answers.get("region") or ""), str(site.answers.get("rt") or "")
        found[place] = found.get(place, Fraction()) + volume / whole
    return tuple(Spot(*place, share) for place, share in sorted(found.items()))


def place_of(activity: Record, need: Record | None) -> tuple[str, str]:
    """Return kelurahan and RT that an activity improves: those of its need, else its own; "" where it is not one RT."""
    if need is not None:
        return str(need.answers.get("region") or ""), str(need.answers.get("rt") or "")
    label = activity.show(Activity.rt_label)
    try:
        rt = "" if _SEVERAL.search(label) else normal_rt(label)
    except Unreadable:
        rt = ""
    return str(activity.answers.get("region") or ""), rt


def share_at(found: Sequence[Spot], region: str, rt: str) -> Fraction:
    """Return which share of an activity stands in an RT, 0 for none."""
    return next((spot.share for spot in found if (spot.region, spot.rt) == (region, rt)), Fraction())


def volumes_at(activity: Record, need: Record | None, rules: Regulation, share: Fraction) -> Volumes:
    """Return how much of each criterion an activity puts right in an RT where this share of it stands."""
    return {code: volume * share for code, volume in volumes_of(activity, need, rules).items()}


def by_activity(sites: Iterable[Record]) -> Mapping[str, Sequence[Record]]:
    """Return sites by the activity that they belong to."""
    found: dict[str, list[Record]] = {}
    for each in sites:
        found.setdefault(str(each.answers.get("parent") or ""), []).append(each)
    return found
