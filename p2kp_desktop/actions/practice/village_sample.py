"""Who lives in the practice village: households thrown plausibly from the samples that ship."""

import json
import random
from collections.abc import Mapping
from functools import cache
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Choice

SAMPLE = "contoh"  # the origin of what is recorded
KELURAHAN, CITY = "16.71.06.1005", "16.71"
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


def household(
    dice: random.Random, sample: Mapping[str, Any], weights: Mapping[str, list[int]], rt: str, number: int
) -> dict[str, Any]:
    """Throw one plausible household; questions that the answers before skip stay empty.

    Of a question that the sample does not weigh every answer is as likely as any other.
    """
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
            given[question.key] = dice.choices(question.options.codes, weights.get(question.key))[0]
    return given


def households(dice: random.Random, rt: str, count: int, year: int, weights: int = 0) -> list[Given]:
    """Throw so many plausible households of an RT, numbered from 1."""
    thrown = [
        household(dice, volumes(), volumes()["weights"][weights], rt, number + 1)
        for number in range(count)
    ]
    return [each | {"period": str(year), "survey_date": f"{year}{str(each['survey_date'])[4:]}"} for each in thrown]


def survey(place: int, rt: str, year: int) -> Given:
    """Return the surroundings of an RT; `place` is which of the samples they are."""
    address = {"rt": rt, "period": str(year), "survey_date": f"{year}-10-04"}
    known = script()["buildings"]
    return {**address, **volumes()["surveys"][place], **({"buildings": known[rt]} if rt in known else {})}


def recap(rt: str, year: int) -> Given:
    """Return the amounts of an RT that nobody surveyed house by house."""
    address = {"rt": rt, "period": str(year), "date": f"{year}-10-04", "official": "ya"}
    return {**address, "source": volumes()["recap_source"], **volumes()["recap"]}
