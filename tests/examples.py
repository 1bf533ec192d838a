"""Plausible answers and records for any form, so that a new form or question is tested by existing."""

from itertools import cycle, product
from typing import Any

from p2kp_desktop.schema import (
    Choice,
    Clock,
    Date,
    Derived,
    Form,
    Identity,
    Person,
    Plain,
    Question,
    Record,
    Reference,
    RegionOf,
    RtList,
    Several,
    new_id,
)
from p2kp_desktop.schema.conditions import RULES
from p2kp_desktop.schema.quantities import Number
from p2kp_desktop.schema.values import Answer, plain_decimal

REGION, CITY = "16.71.01.1001", "16.71"
RT = "014/005"
PERIOD = "2022"

# Where one question's answer has to fit another's, or is better left out.
FITTING: dict[str, dict[str, object]] = {
    "household": {
        "kk_count": 1, "members_male": 2, "members_female": 2, "members_disabled": 0, "occupants": 4,
        "floor_length": 8, "floor_width": "6.5", "floors": 1, "building": None,
        "kk_number": "1671010410150007", "head_sex": "b",
    },
    "rt_survey": {
        "area_ha": "2.5", "settlement_ha": "1.6", "buildings": 60, "road_m": 400, "wide_m": 300,
        "wide_paved_m": 250, "new_road_m": 100, "wide_paved_good_m": 200, "wide_earth_good_m": 20,
        "narrow_paved_good_m": 50, "narrow_earth_good_m": 10, "wide_drained_m": 150, "narrow_drained_m": 20,
        "drain_m": 300, "new_drain_m": 120, "clean_drain_m": 90, "sound_drain_m": 210, "flood_ha": "0.4",
        "connection_m": 30, "verified_area_ha": None,
        "flood_height": "c", "flood_duration": "b", "flood_frequency": "b", "fires": "b",
    },
    "rt_recap": {
        "luas_ha": "2.13", "bangunan": 51, "penduduk": 190, "kk": 59, "jalan_ideal_m": 200,
        "drainase_ideal_m": 1115,
    },
    "rt": {"rt_number": 14, "rw_number": 5},
    "period": {"year": 2022, "density_limit": None},
}  # fmt: skip


def an_answer(question: Question[Any]) -> Plain:
    """Return a plausible answer to a question by itself."""
    if isinstance(question, Choice):
        return question.options.codes[0]
    if isinstance(question, Several):
        return question.join({code for code in question.options.codes if code != question.alone})
    if isinstance(question, Number):
        return question.read(plain_decimal(_number(question)))
    for kind, answer in EXAMPLES.items():
        if isinstance(question, kind):
            return answer
    return f"Contoh {question.label}"[:80]


EXAMPLES: dict[type[Question[Any]], str] = {
    Date: "2022-10-04",
    Clock: "08:30",
    Identity: "1671014410850003",
    Person: "Siti Aminah",
    RtList: "014/005,015/005",
    RegionOf: REGION,
    Reference: "0190f5a0-0000-7000-8000-000000000001",
}


def unlike(name: str = "") -> dict[str, str | None]:
    """Return what makes a household another one than the example and those before: nobody takes them for doubles."""
    return {"head_name": name or next(_NAMES), "nik": None, "kk_number": None}


_NAMES = cycle(" ".join(names) for names in product(
    ("Herlina", "Budi", "Yusuf", "Rosmala", "Zainal", "Fatimah", "Ahmad", "Kartini", "Mgs. Ismail", "Tjik"),
    ("Susanti", "Hamzah", "Marzuki", "Dewi", "Usman", "Fikri", "Harun", "Wahab", "Jaya", "Bakri"),
))


def _number(question: Number[Any]) -> Any:
    low = question.low if question.low is not None else 0
    return max(low, question.usual[0]) if question.usual else low


def a_record(form: type[Form], *, rules: str = "2018", record_id: str | None = None, **answers: object) -> Record:
    """Return a record without problems, but for what the given answers bring; None leaves one empty.

    Answers are read as people give them (letters, codes, numbers); region, rt, period and parent are taken too.
    """
    given = {key: _read(form, key, raw) for key, raw in answers.items()}
    asked = {question.key for question in form.questions}
    found: dict[str, Answer] = {**_address(form), **{k: v for k, v in given.items() if k not in asked}}
    seen: dict[str, Answer] = {RULES: rules}
    for question in form.questions:
        if isinstance(question, Derived) or not (question.when.holds(seen) or question.key in given):
            continue
        fitting = FITTING.get(form.key, {})
        usual = _read(form, question.key, fitting[question.key]) if question.key in fitting else an_answer(question)
        usual = f"{found['period']}{str(usual)[4:]}" if question.key == "survey_date" else usual
        found[question.key] = given.get(question.key, usual)
        if question.when.holds(seen):
            seen[question.key] = found[question.key]
    filled = {key: value for key, value in found.items() if value is not None}
    return Record(form, record_id or form.natural_id(filled) or new_id(), filled, rules)


def _address(form: type[Form]) -> dict[str, Answer]:
    return {
        **({"region": CITY if form.place == "city" else REGION} if form.place else {}),
        **({"rt": RT} if form.place == "rt" else {}),
        **({"period": PERIOD} if form.per_period else {}),
    }


def _read(form: type[Form], key: str, raw: object) -> Answer:
    question = form.question(key)
    if raw is None or question is None:
        return None if raw is None else str(raw)
    return question.read(raw)
