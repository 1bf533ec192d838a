"""How far the data of an RT reach: what was counted, and what is missing or does not agree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.schema import ALIVE, Record

from .census import OF_THE_BUILDING, SCORED, Tally

COUNTED = (
    *(RtSurvey.settlement_ha, RtSurvey.buildings, RtSurvey.road_m, RtSurvey.new_road_m),
    *(RtSurvey.wide_paved_good_m, RtSurvey.wide_earth_good_m),
    *(RtSurvey.narrow_paved_good_m, RtSurvey.narrow_earth_good_m),
    *(RtSurvey.flood_height, RtSurvey.flood_duration, RtSurvey.flood_frequency, RtSurvey.flood_ha),
    *(RtSurvey.drain_m, RtSurvey.new_drain_needed, RtSurvey.new_drain_m, RtSurvey.connection_m),
    *(RtSurvey.clean_drain_m, RtSurvey.sound_drain_m),
    *(RtSurvey.waste_site, RtSurvey.waste_vehicle, RtSurvey.waste_sound),
    *(RtSurvey.fire_protection, RtSurvey.fire_road),
)

# The answers that decide a score, by form; where a record stands, and whether it does, is one of them.
STANDING = frozenset({"region", "rt", "period", ALIVE})
DECIDING: Mapping[str, frozenset[str]] = {
    Household.key: STANDING | {each.key for each in (
        *SCORED, *OF_THE_BUILDING, Household.building, Household.kk_count, Household.mbr, Household.members_male,
        Household.members_female, Household.members_disabled,
    )},
    RtSurvey.key: STANDING | {each.key for each in (*COUNTED, RtSurvey.verified_area_ha)},
    RtRecap.key: STANDING | {each.key for each in RtRecap.stored()},
}


@dataclass(frozen=True)
class Coverage:
    """What stands behind an assessment; `notes` say in words what is missing or does not agree."""

    households: int
    area_survey: bool
    recap: bool
    buildings_in_area_survey: int | None
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return the coverage as `p2kp score` prints it."""
        return {
            "households": self.households,
            "area_survey": self.area_survey,
            "recap": self.recap,
            "buildings_in_area_survey": self.buildings_in_area_survey,
            "notes": list(self.notes),
        }


def coverage(tally: Tally, survey: Record | None, recap: Record | None) -> Coverage:
    """Return how far the data of one RT reach."""
    buildings = survey[RtSurvey.buildings] if survey else None
    notes = (*_of_census(tally, buildings), *_of_survey(survey))
    return Coverage(tally.households, survey is not None, recap is not None, buildings, notes)


def _of_census(tally: Tally, buildings: int | None) -> Iterator[str]:
    if not tally.households:
        yield "Belum ada kuesioner rumah tangga."
    if tally.incomplete:
        yield f"{tally.incomplete} kuesioner belum lengkap; yang kosong dihitung tidak baik."
    if tally.without_kk_count:
        yield f"{tally.without_kk_count} kuesioner tanpa jumlah KK; dihitung 0 KK."
    if tally.differing_buildings:
        yield f"{tally.differing_buildings} bangunan dengan jawaban 1–11 yang berbeda antarkuesioner."
    if tally.households and buildings is not None and buildings < tally.households:
        yield f"Jumlah bangunan di survei lingkungan (3), {buildings}, kurang dari {tally.households} kuesioner."
    if tally.households and buildings is not None and buildings > tally.buildings:
        yield f"Baru {tally.buildings} dari {buildings} bangunan di survei lingkungan (3) yang didata."


def _of_survey(survey: Record | None) -> Iterator[str]:
    if survey is None:
        yield "Belum ada survei lingkungan RT; nilai sementara."
        return
    asked = survey.asked_answers()
    empty = [str(each.number) for each in COUNTED if each.key in asked and asked[each.key] is None]
    if empty:
        yield f"Survei lingkungan belum lengkap: pertanyaan {', '.join(empty)} kosong."
