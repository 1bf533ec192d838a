"""Who lives in the practice village: households thrown plausibly from the samples that ship."""

import json
import random
from functools import cache
from typing import Any

from p2kp_desktop import environment

from . import demo_journey

SAMPLE = demo_journey.SAMPLE  # the origin of what is recorded
KELURAHAN = demo_journey.KELURAHAN
Given = dict[str, Any]


@cache
def script() -> Given:
    """Return how far the work of the village has come."""
    return _read("village.json")


@cache
def volumes() -> Given:
    """Return the surroundings and the recap that RTs have here, and what households are thrown from."""
    return _read("demo.json")


def _read(name: str) -> Given:
    found: Given = json.loads((environment.resources() / "practice" / name).read_text(encoding="utf-8"))
    return found


def households(dice: random.Random, rt: str, count: int, year: int, weights: int = 0) -> list[Given]:
    """Throw so many plausible households of an RT, numbered from 1."""
    thrown = [
        demo_journey.household(dice, volumes(), volumes()["weights"][weights], rt, number + 1)
        for number in range(count)
    ]
    return [each | {"period": str(year), "survey_date": f"{year}{str(each['survey_date'])[4:]}"} for each in thrown]


def survey(place: int, rt: str, year: int) -> Given:
    """Return the surroundings of an RT; `place` is which of the samples they are."""
    address = {"rt": rt, "period": str(year), "survey_date": f"{year}-10-04"}
    known = script()["buildings"]
    return {**address, **volumes()["surveys"][place], **({"buildings": known[rt]} if rt in known else {})}


def recap(rt: str, year: int) -> Given:
    """Return what an RT adds up to that nobody surveyed house by house."""
    address = {"rt": rt, "period": str(year), "date": f"{year}-10-04", "official": "ya"}
    return {**address, "source": volumes()["recap_source"], **volumes()["recap"]}
