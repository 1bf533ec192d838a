"""What the annex of a decree on slum areas must hold of each kawasan, and what of it nobody has recorded yet.

Source: by-law Kota Madiun 45/2018 art. 42, which follows the pattern of the Permen: name, area, administrative scope,
coordinates, slum condition, land status, priority of handling.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import say
from p2kp_desktop.rules import slum_class
from p2kp_desktop.rules.assessment import AreaAssessment, RtAssessment, assess_area
from p2kp_desktop.rules.decree_ledger import Decrees
from p2kp_desktop.rules.regulation import Handling, SlumClass
from p2kp_desktop.rules.slum_class import Considered
from p2kp_desktop.schema import Choice, Record
from p2kp_desktop.schema.places import parents, region_name
from p2kp_desktop.store import Workspace, decreed, views
from p2kp_desktop.store.views import Where

from . import slum_scores

_PLACES = 6  # decimals of a degree: a tenth of a metre
Place = tuple[str, str]  # region (kelurahan), RT label


@dataclass(frozen=True)
class AnnexLine:
    """One kawasan as the annex has it; what is not known is None or empty.

    `points` are the coordinates of its RTs that have some, `land` says whether its status is clear and whether it fits
    the spatial plan.
    """

    id: str
    name: str
    region: str
    number: str
    date: str
    hectares: Fraction | None
    places: tuple[Place, ...]
    points: tuple[tuple[Decimal, Decimal], ...]
    rts_assessed: int
    assessed: AreaAssessment | None
    land: tuple[bool | None, bool | None]
    considered: Considered | None

    @property
    def scope(self) -> str:
        """Return the kelurahan of its RTs with their kecamatan and the RTs."""
        return _scope(self.places)

    @property
    def middle(self) -> tuple[Decimal, Decimal] | None:
        """Return the middle of its RTs, latitude and longitude."""
        if not self.points:
            return None
        latitude, longitude = (sum(axis, Decimal()) / len(self.points) for axis in zip(*self.points, strict=True))
        return round(latitude, _PLACES), round(longitude, _PLACES)

    @property
    def authority(self) -> str:
        """Return who is in charge by its area, "" while that is unknown."""
        return slum_class.authority(self.hectares) if self.hectares is not None else ""

    @property
    def level(self) -> str:
        """Return the code of its slum level, "" while nobody assessed it."""
        return self.assessed.score.level if self.assessed else ""

    @property
    def legal(self) -> bool | None:
        """Say whether the land is legal, None while that is open."""
        return slum_class.is_legal(*self.land)

    @property
    def slum_class(self) -> SlumClass | None:
        """Return its class with the priority; None where something is unknown, or it is no slum."""
        if self.assessed is None or self.considered is None:
            return None
        return slum_class.slum_class(self.assessed.regulation, self.level, self.considered.code, legal=self.legal)

    @property
    def handling(self) -> Handling | None:
        """Return the pattern of its handling."""
        return slum_class.handling(self.assessed.regulation, self.level, legal=self.legal) if self.assessed else None

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return in words what the annex must hold and nobody recorded, with the form that asks for it."""
        return tuple(_lacking(self))


@dataclass(frozen=True)
class _Known:
    """What is recorded beside the kawasan: assessments, area surveys and RTs by place."""

    assessed: Mapping[Place, RtAssessment]
    surveys: Mapping[Place, Record]
    rts: Mapping[Place, Record]


def annex(workspace: Workspace, area: str, period: str) -> list[AnnexLine]:
    """Return the kawasan of an area that a decree names, by name; one whose decree was revoked is none of them."""
    scored = slum_scores.assessments(workspace, period=period)
    with workspace.asking() as connection:
        kawasan = decreed.kawasan(connection, area)
        known = _Known(
            {(each.region, each.rt): each for each in scored},
            _by_place(views.counted(connection, RtSurvey, Where(period=period))),
            _by_place(views.counted(connection, Rt)),
        )
    lines = [_line(each.record, each.decrees, known) for each in kawasan if not each.decrees.is_revoked]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.id))


def _by_place(records: Iterable[Record]) -> dict[Place, Record]:
    return {(str(each.answers.get("region")), str(each.answers.get("rt"))): each for each in records}


def _line(kawasan: Record, decrees: Decrees, known: _Known) -> AnnexLine:
    places = tuple(sorted(decrees.rts))
    scored = [known.assessed[each] for each in places if each in known.assessed]
    together = assess_area(scored, scored[0].regulation, scored[0].method) if scored else None
    return AnnexLine(
        kawasan.id, kawasan.show(Kawasan.name), str(kawasan.answers.get("region") or ""), decrees.newest.number,
        decrees.newest.day, decrees.decreed, places,
        tuple(_points(known.rts[each] for each in places if each in known.rts)), len(scored), together,
        (_yes(kawasan, Kawasan.land_clear), _yes(kawasan, Kawasan.plan_fits)),
        _considered(kawasan, places, together, known),
    )


def _points(rts: Iterable[Record]) -> Iterator[tuple[Decimal, Decimal]]:
    for each in rts:
        latitude, longitude = each[Rt.latitude], each[Rt.longitude]
        if latitude is not None and longitude is not None:
            yield latitude, longitude


def _scope(places: Iterable[Place]) -> str:
    """Return the kelurahan of the RTs with their kecamatan: Lima Ilir, Kec. Ilir Timur Dua: RT 001/005, 002/005."""
    rts: dict[str, list[str]] = {}
    for region, rt in places:
        rts.setdefault(region, []).append(rt)
    above = {region: next((each.name for each in parents(region) if each.level == "kecamatan"), "") for region in rts}
    return "; ".join(
        say("{village}, Kec. {district}: RT {rts}", village=region_name(region), district=above[region],
            rts=", ".join(some)) for region, some in rts.items())


def _yes(record: Record, question: Choice) -> bool | None:
    answer = record.answers.get(question.key)
    return None if answer is None else answer == "ya"


def _considered(
    kawasan: Record, places: Sequence[Place], together: AreaAssessment | None, known: _Known
) -> Considered | None:
    """Return the considerations: what the kawasan says, else what the area surveys of its RTs say."""
    if together is None:
        return None
    surveys = [known.surveys[each] for each in places if each in known.surveys]
    areas = [each[RtSurvey.area_ha] for each in surveys]
    people, area = together.figures.get("penduduk"), sum((each for each in areas if each is not None), Decimal())
    whole = len(surveys) == len(places) and None not in areas
    return slum_class.considered(
        together.regulation, strategic=_either(_yes(kawasan, Kawasan.strategic), surveys, RtSurvey.strategic),
        potential=_either(_yes(kawasan, Kawasan.potential), surveys, RtSurvey.potential),
        density=people / Fraction(area) if whole and area and people is not None else None,
    )


def _either(said: bool | None, surveys: Sequence[Record], question: Choice) -> bool | None:
    """Return the answer of the kawasan, else whether any of its RTs says yes; None while neither answered."""
    answers = [_yes(each, question) for each in surveys]
    if said is not None or not answers:
        return said
    return True if True in answers else None if None in answers else False


def _lacking(line: AnnexLine) -> Iterator[str]:
    rts = len(line.places)
    of_kawasan = {
        say("nomor SK"): bool(line.number), say("luas menurut SK"): line.hectares is not None,
        say("RT di dalam kawasan"): rts > 0,
        say("status penguasaan lahan"): line.legal is not None or line.land[0] is not None,
        say("kesesuaian tata ruang"): line.legal is not None or line.land[1] is not None,
    }
    for words, is_known in of_kawasan.items():
        if not is_known:
            yield say("{what} (formulir Kawasan)", what=words)
    if len(line.points) < rts:
        yield say("koordinat {count} RT (formulir RT)", count=rts - len(line.points))
    if line.rts_assessed < rts:
        yield say("penilaian {count} RT (sensus atau rekap)", count=rts - line.rts_assessed)
    considerations = {
        slum_class.STRATEGIC: say("fungsi strategis (formulir Kawasan, atau B.8 nomor 38)"),
        slum_class.POTENTIAL: say("potensi sosial, ekonomi, budaya (formulir Kawasan, atau B.8 nomor 39)"),
        slum_class.DENSITY: say("kepadatan penduduk (penduduk, dan luas wilayah B.1 nomor 1)"),
    }
    yield from (considerations[each] for each in (line.considered.lacking if line.considered else ()))
