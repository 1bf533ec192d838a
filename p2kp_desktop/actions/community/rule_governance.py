"""Whose rules of readiness hold where, and who may set them.

Of a kelurahan the rule of its kabupaten/kota holds, else that of the province, else one that an older release left
without a place, else the program's own. A rule counts when an office that governs its place gave its answers or saved
it last: the kabupaten/kota (or the province) for a kabupaten/kota, the province for itself. What anybody else puts is
saved and travels, for nothing is ever refused because of who made it; it is shown as proposed and changes no bowl.

Nothing is refused because of who typed it: what a facilitator's script puts is kept, shown as proposed, and changes
no bowl.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.forms.readiness_rule import ReadinessRule
from p2kp_desktop.language import say
from p2kp_desktop.rules import bowl
from p2kp_desktop.rules.bowl import Rule
from p2kp_desktop.schema import ALIVE, Record
from p2kp_desktop.schema.causality import RANKS, Sibling, Version
from p2kp_desktop.schema.places import city_of, province_of, region_name
from p2kp_desktop.store import Connection, Workspace, drafts, records, views
from p2kp_desktop.store.facts import facts

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
