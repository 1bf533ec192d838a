"""How ready the kelurahan of an area are, and by whose rules: the parts of each bowl with their evidence, ranked.

Everything is read once for a whole area: 400 kelurahan take about as long as their score does.

Of a kelurahan the rule of its kabupaten/kota holds, else that of the province, else one that an older release left
without a place, else the program's own. A rule counts when an office that governs its place gave its answers or saved
it last: the kabupaten/kota (or the province) for a kabupaten/kota, the province for itself. What anybody else puts
(a facilitator's script, for instance) is saved and travels, for nothing is ever refused because of who made it; it is
shown as proposed and changes no bowl.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from p2kp_desktop import environment
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.scores import area_periods, progress, slum_scores
from p2kp_desktop.actions.scores.progress import RtLine
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.agreement import Agreement, FormerVersion
from p2kp_desktop.forms.institutions import Bkm, BkmUnit, Forum, Kpp, PlanDocument, Tipp, Volunteers
from p2kp_desktop.forms.meeting import Meeting
from p2kp_desktop.forms.readiness_rule import ReadinessRule
from p2kp_desktop.language import say
from p2kp_desktop.rules import bowl, readiness
from p2kp_desktop.rules.agreements import Day
from p2kp_desktop.rules.bowl import Baseline, Part, Rule, Village
from p2kp_desktop.schema import ALIVE, Form, Record
from p2kp_desktop.schema.causality import RANKS, Sibling, Version
from p2kp_desktop.schema.places import city_of, lies_in, province_of, region, region_name, regions
from p2kp_desktop.schema.review import VERIFIED
from p2kp_desktop.store import Connection, Workspace, drafts, records, views
from p2kp_desktop.store.facts import facts

from . import agreement_versions

OF_VILLAGES: tuple[type[Form], ...] = (
    Bkm, BkmUnit, Tipp, Volunteers, PlanDocument, Agreement, Kpp, Forum, Activity, Progress
)
_ABOVE = ("kota", "provinsi")  # levels of meetings that are of no single kelurahan

Records = Mapping[str, Sequence[Record]]  # by form key


@dataclass(frozen=True)
class VillageBowl:
    """The bowl of one kelurahan in one period."""

    region: str
    name: str
    period: str
    parts: tuple[Part, ...]

    @property
    def counted(self) -> tuple[Part, ...]:
        """Return the parts that count."""
        return readiness.counted(self.parts)

    @property
    def ready(self) -> int:
        """Return how many parts are ready."""
        return sum(part.ready for part in self.counted)

    @property
    def missing(self) -> tuple[Part, ...]:
        """Return the parts that are not ready, what comes next first."""
        return readiness.missing(self.parts)


def standing(workspace: Workspace, village: str, period: str) -> VillageBowl:
    """Return the bowl of one kelurahan; raise Unreadable."""
    return standings(workspace, village, period)[0]


def standings(
    workspace: Workspace, area: str, period: str, lines: Sequence[RtLine] | None = None
) -> tuple[VillageBowl, ...]:
    """Return the bowl of every kelurahan of an area that has a record, the fullest first; raise Unreadable.

    A kelurahan asked for by its own code is there even when empty. `lines` are its RTs where they are known already.
    """
    surveyed = _lines(workspace, area, period) if lines is None else lines
    with workspace.asking() as connection:
        book, found = rulebook(connection), _read(connection, area)
    own = {area} if region(area).is_village else set()
    bases = _bases(surveyed)
    here = {*found, *bases, *own}
    judged = {city: book.of(city) for city in map(city_of, here)}
    made = [
        _standing(each, period, found.get(each, {}), bases.get(each, Baseline()), judged[city_of(each)])
        for each in here
    ]
    return tuple(sorted(made, key=lambda each: (-each.ready, each.name, each.region)))


def history(workspace: Workspace, village: str) -> tuple[VillageBowl, ...]:
    """Return the bowl of a kelurahan in every period there is, the oldest first; raise Unreadable.

    A period that is over is judged as of its last day, by the dates on the records.
    """
    periods = sorted(area_periods.periods(workspace, village))
    surveyed = {period: _bases(_lines(workspace, village, period)) for period in periods}
    with workspace.asking() as connection:
        judged, found = rulebook(connection).of(village), _read(connection, village)
    return tuple(
        _standing(village, period, found.get(village, {}), surveyed[period].get(village, Baseline()), judged)
        for period in periods
    )


def together(of_all: Sequence[VillageBowl], rules_in_force: Sequence[Rule]) -> tuple[Part, ...]:
    """Return how the parts stand in many kelurahan: ready where each is in which it counts.

    What counts differs from one kabupaten/kota to another; where there is no kelurahan yet the rules say it.
    """
    judged = [part for each in of_all for part in each.counted]
    ready = Counter(part.key for part in judged if part.ready)
    counting = Counter(part.key for part in judged)
    noted = {part.key for each in of_all for part in each.parts if part.noted}
    made = []
    for rule in rules_in_force:
        number, whole = ready[rule.key], counting[rule.key]
        says = say("Siap di {ready} dari {all} kelurahan.", ready=number, all=whole)
        note = say("{ready} dari {all}", ready=number, all=whole) if rule.key in noted else say("belum dicatat")
        share = Fraction(100 * number, whole) if whole else None
        made.append(Part(rule.key, number == whole > 0, rule.key in noted, share, note, says, (),
                         whole > 0 if of_all else rule.counts))
    return tuple(made)


def parts(
    workspace: Workspace, area: str, period: str, lines: Sequence[RtLine] | None = None
) -> tuple[Part, ...]:
    """Return the parts of the bowl of a kelurahan, or of a wider area taken together; raise Unreadable."""
    found = standings(workspace, area, period, lines)
    if region(area).is_village:
        return found[0].parts
    with workspace.asking() as connection:
        return together(found, rulebook(connection).of(area))


def unranked(workspace: Workspace, area: str, found: Sequence[VillageBowl]) -> int:
    """Return how many kelurahan of an area, as far as the workspace covers it, have no record yet."""
    with workspace.asking() as connection:
        mine = facts(connection).regions
    here = {each.code for each in regions().values() if each.is_village and lies_in(each.code, area)}
    ours = {code for code in here if any(lies_in(code, each) for each in mine)}
    return len(ours - {each.region for each in found})


def _lines(workspace: Workspace, area: str, period: str) -> list[RtLine]:
    return progress.rt_lines(workspace, area, period, slum_scores.assessments(workspace, area=area, period=period))


def _bases(lines: Iterable[RtLine]) -> dict[str, Baseline]:
    by_village: dict[str, list[RtLine]] = {}
    for line in lines:
        by_village.setdefault(line.region, []).append(line)
    return {
        village: Baseline(
            len(some), sum(line.whole for line in some), sum(_is_verified(line) for line in some),
            progress.mean_percent(some),
        )
        for village, some in by_village.items()
    }


def _is_verified(line: RtLine) -> bool:
    return line.whole and line.review is not None and line.review.status == VERIFIED


def _read(connection: Connection, area: str) -> dict[str, dict[str, list[Record]]]:
    """Return the records of each kelurahan by form."""
    found: dict[str, dict[str, list[Record]]] = {}
    for form in records.kept_of(connection, OF_VILLAGES):
        for record in views.counted(connection, form, views.Where(area=area)):
            found.setdefault(str(record.answers["region"]), {}).setdefault(form.key, []).append(record)
    made = [each for here in found.values() for each in here.get(Agreement.key, ())]
    for each, former in zip(made, agreement_versions.of_area(connection, area, made).values(), strict=True):
        found[str(each.answers["region"])].setdefault(FormerVersion.key, []).extend(former)
    names: dict[str, str] | None = None
    for record in views.found(connection, Meeting):
        if record.understood(Meeting.kind) == "forum" and record.understood(Meeting.level) not in _ABOVE:
            names = _names(connection) if names is None else names
            where = str(record.answers.get("region") or names.get(_plain(record[Meeting.area])) or "")
            if where and lies_in(where, area):
                found.setdefault(where, {}).setdefault(Meeting.key, []).append(record)
    return found


def _names(connection: Connection) -> dict[str, str]:
    """Return the kelurahan of the workspace by name, where only one is called so."""
    mine = facts(connection).regions
    called = [(_plain(each.name), each.code) for each in regions().values()
              if each.is_village and any(lies_in(each.code, code) for code in mine)]
    times = Counter(name for name, _code in called)
    return {name: code for name, code in called if times[name] == 1}


def _plain(name: str | None) -> str:
    words = (name or "").casefold().replace(".", " ").split()
    return " ".join(words[1:] if words[:1] in (["kelurahan"], ["desa"], ["kel"]) else words)


def _standing(village: str, period: str, records: Records, base: Baseline, judged: Sequence[Rule]) -> VillageBowl:
    day = Day.of(period, environment.today())
    here = Village(day.date, day.past, records, base)
    return VillageBowl(village, region_name(village), period, readiness.parts(here, judged))


_DECIDING = (ReadinessRule.counts.key, ReadinessRule.least.key)
NOWHERE = ""


@dataclass(frozen=True)
class Rulebook:
    """The rules that offices set, by place, and what others proposed: the name of the workspace by place and part."""

    heeded: Mapping[str, Sequence[Record]]
    proposed: Mapping[tuple[str, str], str]

    def of(self, area: str) -> tuple[Rule, ...]:
        """Return the rules in force in an area: a kelurahan, its kabupaten/kota, or the province."""
        city = city_of(area)
        found = [each for place in (NOWHERE, province_of(area), city) for each in self.heeded.get(place, ())]
        rules = bowl.in_force(found)
        return tuple(replace(rule, proposed=self.proposed.get((city, rule.key), "")) for rule in rules)


def rulebook(connection: Connection) -> Rulebook:
    """Return every rule that was set."""
    found = {record.id: record for record in views.found(connection, ReadinessRule)}
    heeded: dict[str, list[Record]] = {}
    proposed: dict[tuple[str, str], str] = {}
    for version in records.read(connection, ReadinessRule.key, list(found)).values():
        record = found[version.id]
        place = str(record.answers.get("region") or NOWHERE)
        if _is_heeded(version, place):
            heeded.setdefault(place, []).append(record)
        else:
            last = max(version.answers[ALIVE], key=lambda sibling: sibling.save.dot)
            proposed[place, str(record.answers.get("part"))] = last.save.workspace
    return Rulebook(heeded, proposed)


def _is_heeded(version: Version, place: str) -> bool:
    """Say whether an office that governs the place saved the record last, or gave the answers in force."""
    if all(_governs(sibling, place) for sibling in version.answers[ALIVE]):
        return True
    given = [version.answers[key] for key in _DECIDING if version.answers.get(key)]
    return bool(given) and all(any(_governs(sibling, place) for sibling in siblings) for siblings in given)


def _governs(sibling: Sibling, place: str) -> bool:
    return may_govern(sibling.save.role, place)


def may_govern(role: str, place: str) -> bool:
    """Say whether the rules of a place are for an office of this role to set."""
    office = "province" if place and place == province_of(place) else "district"
    return RANKS.get(role, 0) >= RANKS[office]


@dataclass(frozen=True)
class Governed:
    """The rules of a place, and why they cannot be changed here, in one sentence; "" where they can."""

    place: str
    rules: tuple[Rule, ...]
    hindrance: str


def governed(workspace: Workspace, area: str) -> Governed:
    """Return the rules of the kabupaten/kota that an area lies in, or of the province."""
    with workspace.asking() as connection:
        role, place = facts(connection).role, city_of(area)
        return Governed(place, rulebook(connection).of(place), "" if may_govern(role, place) else _hindrance(role))


def _hindrance(role: str) -> str:
    if RANKS.get(role, 0) >= RANKS["district"]:
        return say("Aturan provinsi ditetapkan provinsi. Pilih satu kabupaten/kota di atas untuk mengubah aturannya.")
    return say("Di sini hanya dibaca: aturan ditetapkan kabupaten/kota dan datang bersama paket balik dari sana.")


def begin_rule(workspace: Workspace, key: str, area: str) -> str:
    """Return the record of the rule of a part in a place; where there is none, a draft that holds what is in force."""
    place = city_of(area)
    answers = {"region": place, "part": key}
    record = ReadinessRule.natural_id(answers) or ""
    with workspace.asking() as connection:
        rule = next(each for each in rulebook(connection).of(place) if each.key == key)
        there = next(views.found(connection, ReadinessRule, views.Where(id=record)), None)
        begun = any(each.id == record for each in drafts.waiting(connection))
    if there is None and not begun:
        least = {} if rule.least is None else {"least": ReadinessRule.least.read(str(rule.least))}
        counts = "ya" if rule.counts else "tidak"
        keyed_drafts.keep(workspace, ReadinessRule, record, {**answers, "counts": counts, **least}, "counts")
    return record


def whose(rule: Rule) -> str:
    """Return in words who set a rule."""
    if not rule.changed:
        return say("bawaan program")
    if not rule.by:
        return say("aturan lama")
    return say("Provinsi") if rule.by == province_of(rule.by) else region_name(rule.by)
