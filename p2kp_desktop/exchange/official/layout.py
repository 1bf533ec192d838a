"""What stands where in the official RT workbook: one column per option, 1 = chosen; options in printed order.

Source: a workbook of the ministry's baseline 100-0-100 for 16 parameters, as used in 2021. The question keys are
those of the forms, which this package knows only by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

COVER, HOUSEHOLDS, SURROUNDINGS = "Cover", "Form FGD RT Versi 1 Lembar A3", "Form Lingkungan TK RT"

FIRST_ROW, LAST_ROW = 11, 160  # of the households
MOST = LAST_ROW - FIRST_ROW + 1  # households in one file

COVER_CELLS = {"province": "F17", "regency": "F18", "district": "F19", "village": "F20", "rt": "F21", "date": "F22"}

# Sheets that were renamed are known by these cells.
MARKS: Mapping[str, Mapping[str, str]] = {
    HOUSEHOLDS: {"F8": "1", "AB8": "12", "BD8": "19", "CV8": "28"},
    SURROUNDINGS: {"B17": "1", "H17": "5", "T17": "15", "AE17": "20"},
}


@dataclass(frozen=True)
class Answered:
    """The cells that answer one question: a value in one, or marks in as many as there are options."""

    key: str
    columns: tuple[str, ...]
    row: int = 0  # 0: the row of the household
    kind: Literal["value", "choice", "several"] = "value"


def letters(first: str, count: int) -> tuple[str, ...]:
    """Return so many column letters from this one on."""
    start = number(first)
    return tuple(letter(start + step) for step in range(count))


def number(column: str) -> int:
    """Return the number of a column from 1."""
    found = 0
    for sign in column:
        found = found * 26 + ord(sign) - ord("A") + 1
    return found


def letter(column: int) -> str:
    """Return the letters of a column counted from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _values(cells: Mapping[str, str], row: int = 0) -> tuple[Answered, ...]:
    return tuple(Answered(key, (column,), row) for key, column in cells.items())


def _marks(
    cells: Mapping[str, tuple[str, int]], row: int = 0, kind: Literal["choice", "several"] = "choice"
) -> tuple[Answered, ...]:
    return tuple(Answered(key, letters(first, count), row, kind) for key, (first, count) in cells.items())


OF_HOUSEHOLDS = (
    *_values({
        "head_name": "D", "nik": "E", "floor_length": "R", "floor_width": "S", "floors": "T", "occupants": "U",
        "kk_count": "BU", "members_male": "BV", "members_female": "BW", "members_disabled": "BY",
    }),
    *_marks({
        "road_access": ("F", 2), "faces_road": ("H", 2), "faces_water": ("J", 3), "on_setback": ("M", 3),
        "in_hazard_zone": ("P", 2), "roof": ("V", 2), "wall": ("X", 2), "floor": ("Z", 2), "water_source": ("AB", 11),
        "pit_distance": ("AM", 2), "water_sufficiency": ("AO", 3), "defecation": ("AR", 3), "closet": ("AU", 2),
        "faeces": ("AW", 2), "waste_disposal": ("AY", 5), "waste_collection": ("BD", 2), "livelihood": ("BF", 7),
        "electricity": ("BM", 5), "mbr": ("BS", 2), "health_facility": ("BZ", 6), "health_place": ("CF", 3),
        "school_place": ("CI", 5), "building_tenure": ("CN", 3), "building_permit": ("CQ", 2),
        "land_tenure": ("CS", 3), "land_letter": ("CV", 4),
    }),
)

OF_SURROUNDINGS = (
    *_values({
        "area_ha": "B", "settlement_ha": "C", "buildings": "D", "steep_percent": "E", "road_m": "H", "wide_m": "I",
        "wide_paved_m": "J", "new_road_m": "K", "wide_paved_good_m": "M", "wide_earth_good_m": "N",
        "narrow_paved_good_m": "O", "narrow_earth_good_m": "P", "wide_drained_m": "Q", "narrow_drained_m": "R",
        "flood_ha": "AA", "drain_m": "AE", "new_drain_m": "AH", "clean_drain_m": "AI", "sound_drain_m": "AJ",
    }, row=19),
    *_marks({
        "flood_height": ("T", 3), "flood_duration": ("W", 2), "flood_frequency": ("Y", 2), "flood_source": ("AB", 3),
        "new_drain_needed": ("AF", 2), "sewage_separate": ("AK", 2),
    }, row=19),
    *_marks({"waste_site": ("B", 2), "waste_vehicle": ("D", 2), "fire_road": ("S", 2), "strategic": ("AG", 2),
             "potential": ("AK", 2)}, row=28),
    Answered("fires", ("I", "F", "G", "H"), 28, "choice"),  # «never» stands last in the sheet, first on the form
    *_marks({"fire_causes": ("J", 5), "fire_protection": ("O", 4), "health_facilities": ("U", 6), "schools": ("AA", 6)},
            row=28, kind="several"),
)

MIXED = "sewage_separate"  # B28: the printed form asks «separate?», the sheet «mixed?»; only who filled it knows
TITLES = (COVER, HOUSEHOLDS, SURROUNDINGS)
