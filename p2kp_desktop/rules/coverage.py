"""How far the data of an RT reach: what was counted, and what is missing or does not agree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import say
from p2kp_desktop.schema import ALIVE, Question, Record

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
class Roll:
    """The list of residents of an RT: its lines, and how many of them nobody has visited."""

    lines: int = 0
    unvisited: int = 0


NO_ROLL = Roll()


@dataclass(frozen=True)
class Note:
    """Something missing or contradictory in words; `opens` says that the score may still change by it."""

    words: str
    opens: bool = True


@dataclass(frozen=True)
class Coverage:
    """What stands behind an assessment; notes say in words what is missing or does not agree.

    `of_census` is about questionnaires and area survey, `of_recap` about the recap.
    """

    households: int
    area_survey: bool
    recap: bool
    buildings_in_area_survey: int | None
    of_census: tuple[Note, ...]
    of_recap: tuple[Note, ...] = ()
    buildings: int = 0
    roll: Roll = NO_ROLL

    @property
    def notes(self) -> tuple[str, ...]:
        """Return everything that is missing or does not agree."""
        return tuple(note.words for note in (*self.of_census, *self.of_recap))

    @property
    def lacking(self) -> int | None:
        """Return how many buildings or lines of the list lack a survey; None while nobody said how many there are."""
        if not self.buildings_in_area_survey and not self.roll.lines:
            return None
        return max(0, (self.buildings_in_area_survey or 0) - self.buildings, self.roll.unvisited)

    def to_json(self) -> dict[str, object]:
        """Return the coverage as `p2kp score` prints it."""
        return {
            "households": self.households,
            "buildings": self.buildings,
            "area_survey": self.area_survey,
            "recap": self.recap,
            "buildings_in_area_survey": self.buildings_in_area_survey,
            "listed": self.roll.lines,
            "unvisited": self.roll.unvisited,
            "notes": list(self.notes),
        }


def coverage(tally: Tally, survey: Record | None, recap: Record | None, roll: Roll = NO_ROLL) -> Coverage:
    """Return how far the data of one RT reach."""
    counted = survey.counted() if survey else None
    buildings = counted[RtSurvey.buildings] if counted else None
    return Coverage(
        tally.households, survey is not None, recap is not None, buildings,
        (*_of_census(tally, buildings), *_of_roll(roll), *_of_survey(survey)),
        tuple(_of_recap(recap)) if recap else (), tally.buildings, roll,
    )


def _of_census(tally: Tally, buildings: int | None) -> Iterator[Note]:
    if not tally.households:
        yield Note(say("Belum ada kuesioner rumah tangga."))
        return
    if buildings is not None and buildings > tally.buildings:
        yield Note(say("Baru {done} dari {all} bangunan di survei lingkungan (3) yang didata.", done=tally.buildings,
                       all=buildings))
    if tally.incomplete:
        yield Note(say("{number} kuesioner belum lengkap; yang kosong dihitung tidak baik.", number=tally.incomplete))
    if tally.impossible:
        yield Note(say("{number} jawaban tidak mungkin, dihitung belum terjawab.", number=tally.impossible))
    if tally.without_kk_count:
        yield Note(say("{number} kuesioner tanpa jumlah KK; dihitung 0 KK.", number=tally.without_kk_count))
    if tally.differing_buildings:
        yield Note(say("{number} bangunan dengan jawaban 1–11 yang berbeda antarkuesioner.",
                       number=tally.differing_buildings))
    if buildings is not None and buildings < tally.households:
        yield Note(say("Jumlah bangunan di survei lingkungan (3), {buildings}, kurang dari {number} kuesioner.",
                       buildings=buildings, number=tally.households), opens=False)


def _of_roll(roll: Roll) -> Iterator[Note]:
    if roll.unvisited:
        yield Note(say("{number} dari {all} rumah di daftar warga belum dikunjungi.", number=roll.unvisited,
                       all=roll.lines))


def _of_survey(survey: Record | None) -> Iterator[Note]:
    if survey is None:
        yield Note(say("Belum ada survei lingkungan RT; nilai sementara."))
        return
    asked, wrong = survey.asked_answers(), survey.impossible()
    empty = [str(each.number) for each in COUNTED if each.key in asked and asked[each.key] is None]
    if empty:
        yield Note(say("Survei lingkungan belum lengkap: pertanyaan {numbers} kosong.", numbers=", ".join(empty)))
    if numbers := _numbers(each for each in (*COUNTED, RtSurvey.verified_area_ha) if each.key in wrong):
        yield Note(say("Survei lingkungan: jawaban {numbers} tidak mungkin, dihitung belum terjawab.", numbers=numbers))


def _of_recap(recap: Record) -> Iterator[Note]:
    wrong = recap.impossible()
    if numbers := _numbers(each for each in RtRecap.stored() if each.key in wrong):
        yield Note(say("Rekap: isian {numbers} tidak mungkin, dinilai sebagaimana adanya.", numbers=numbers))


def _numbers(questions: Iterable[Question[Any]]) -> str:
    return ", ".join(each.number or say(each.label) for each in questions)
