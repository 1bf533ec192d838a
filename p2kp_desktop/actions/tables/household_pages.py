"""Households page by page, as a list shows them while it is painted: ids first, then the rows in sight."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from p2kp_desktop.actions.bundles import acknowledgements
from p2kp_desktop.actions.review.verification import REVIEWERS
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.rules import census, ladders
from p2kp_desktop.rules.deciding import every
from p2kp_desktop.schema import Answer, Record
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.schema.places import lies_in
from p2kp_desktop.store import Connection, Workspace, drafts, listing, node, records, reviews, transfers, views
from p2kp_desktop.store.drafts import Draft
from p2kp_desktop.store.facts import facts
from p2kp_desktop.store.listing import LastSave, Wanted
from p2kp_desktop.store.standing import (
    CHANGED,
    COMPLETE,
    CONFLICT,
    DRAFT,
    INCOMPLETE,
    PROBLEM,
    READY,
    RETURNED,
    VERIFIED,
)

__all__ = [
    "CHANGED", "COMPLETE", "CONFLICT", "DRAFT", "INCOMPLETE", "PROBLEM", "READY", "RETURNED", "SENT", "VERIFIED",
    "WAITING", "HouseholdLine", "Roll", "Wanted", "counts", "page", "roll",
]

# What a chip says of a household that is ready: its file is sent, or it waits for the office that looks here.
SENT, WAITING = "sent", "waiting"


@dataclass(frozen=True)
class HouseholdLine:
    """One household as the list shows it; `house`, `water`, `latrine` and `fit_latrine` are None while not decided.

    `until` is the printed number of the question at which a draft stands, or of those in conflict; `saved` the
    device time of the last save; `sent` says whether files sent hold every save made here, None when none was;
    `begun` marks a draft that was never saved. `chip` is the standing, but for one that is ready also SENT or
    WAITING; `comments` counts the comments of reviewers that still ask for something, `asked` is the question
    that the first of them is about.
    """

    id: str
    region: str
    rt: str
    building: str
    name: str
    nik: str
    kk: int | None
    members: int | None
    house: bool | None
    water: bool | None
    latrine: bool | None
    standing: str
    until: str
    saved: str
    sent: bool | None = None
    begun: bool = False
    chip: str = ""
    comments: int = 0
    asked: str = ""
    fit_latrine: bool | None = None  # A.4 teknis
    roomy: bool | None = None  # 7.2 m² a person
    enough_water: bool | None = None  # A.3 kecukupan
    refill: bool = False  # the water is bottled or refilled: nothing to the programme, open to BPS
    improved_water: bool | None = None  # layak to BPS
    improved_sanitation: bool | None = None  # layak to BPS
    decent: bool | None = None  # rumah layak huni


AT_HAND = 200_000  # so many households are searched in memory, more in the database


@dataclass(frozen=True)
class Roll:
    """Ids in order. With their texts at hand words are searched without the database; None for too many."""

    ids: tuple[str, ...]
    texts: tuple[str, ...] | None = None

    def matching(self, text: str) -> tuple[str, ...]:
        """Return the ids in whose name, number or NIK these words stand; the texts must be at hand."""
        words = " ".join(text.lower().split())
        if not words or self.texts is None:
            return self.ids
        return tuple(record for record, found in zip(self.ids, self.texts, strict=True) if words in found)


def roll(workspace: Workspace, wanted: Wanted) -> Roll:
    """Return the households wanted, with their texts unless words are searched for already or they are too many.

    Those only begun and never saved come first.
    """
    with workspace.asking() as connection:
        rules = views.rule_sets(connection)
        begun = [(each.id, _searched(each)) for each in _begun(connection, wanted) if wanted.standing in ("", DRAFT)]
        found = [] if wanted.text else listing.household_texts(connection, wanted, rules, AT_HAND + 1)
        if wanted.text or len(found) > AT_HAND:
            ids = listing.household_ids(connection, wanted, rules)
            return Roll((*(record for record, _text in begun), *ids))
    both = (*begun, *found)
    return Roll(tuple(record for record, _text in both), tuple(text for _record, text in both))


def counts(workspace: Workspace, wanted: Wanted) -> dict[str, int]:
    """Return how many households stand how, whatever is searched for."""
    everything = Wanted(wanted.area, wanted.period, wanted.rt)
    with workspace.asking() as connection:
        found = listing.standings(connection, everything, views.rule_sets(connection))
        begun = len(_begun(connection, everything))
    totals = Counter({DRAFT: begun})
    for (_region, _rt, standing), number in found.items():
        totals[standing] += number
    return dict(totals)


def _begun(connection: Connection, wanted: Wanted) -> list[Draft]:
    """Return the drafts of households that were never saved, here and with the words searched for."""
    waiting = [each for each in drafts.waiting(connection) if each.form == Household.key and _lies(each, wanted)]
    return [each for each in waiting if not listing.is_saved(connection, Household.key, each.id)]


def _lies(draft: Draft, wanted: Wanted) -> bool:
    answers = draft.answers
    region = str(answers.get("region") or wanted.area)
    return (
        lies_in(region, wanted.area)
        and str(answers.get("period") or wanted.period) == wanted.period
        and (wanted.rt is None or answers.get("rt") == wanted.rt)
        and " ".join(wanted.text.lower().split()) in _searched(draft)
    )


def _searched(draft: Draft) -> str:
    """Return the text of a draft that is searched, as in the database."""
    keys = (Household.head_name.key, Household.building.key, Household.nik.key)
    return "\n".join(str(draft.answers.get(key) or "").lower() for key in keys)


def page(workspace: Workspace, ids: Sequence[str]) -> dict[str, HouseholdLine]:
    """Return the lines of some households by id; those that are gone are left out."""
    with workspace.asking() as connection:
        rules = views.rule_sets(connection)
        rows = listing.household_rows(connection, ids, rules)
        saves = _by_record(listing.saves_of(connection, ids))
        begun = {each.id: each for each in drafts.waiting(connection) if each.id in set(ids)}
        disputed = _disputed(connection, [key for key, row in rows.items() if row["standing"] == CONFLICT])
        out = [line for line in transfers.log(connection) if line.is_sent]
        own = node.own_nodes(connection)
        reviewer = facts(connection).role in REVIEWERS
        asked = reviews.open_comments(connection, _only_region(rows.values()))
        about = {key: reviews.first_question(connection, key) for key in rows if key in asked}
    found = {}

    def of_period(row: Mapping[str, Any]) -> str:
        return rules.get(str(row.get("period")), DEFAULT_RULES)

    for key, row in rows.items():
        made = saves.get(key, [])
        until = _number_of(begun[key].question) if key in begun else disputed.get(key, "")
        saved = max((save.time for save in made), default="")
        line = _line(row, of_period(row), until, saved, _sent([save for save in made if save.node in own], out))
        chip = _chip(line, reviewer=reviewer)
        found[key] = replace(line, chip=chip, comments=asked.get(key, 0), asked=about.get(key, ""))
    for key, each in begun.items():
        if key not in rows:
            begun_row = _begun_row(each)
            line = _line(begun_row, of_period(begun_row), _number_of(each.question), each.time, None)
            found[key] = replace(line, begun=True, chip=DRAFT)
    return found


def _only_region(rows: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the kelurahan in which all these rows lie, None for several."""
    regions = {str(row["region"] or "") for row in rows}
    return regions.pop() if len(regions) == 1 else None


def _chip(line: HouseholdLine, *, reviewer: bool) -> str:
    if line.standing != READY:
        return line.standing
    return WAITING if reviewer else SENT if line.sent else READY


def _by_record(saves: Iterable[LastSave]) -> dict[str, list[LastSave]]:
    found: dict[str, list[LastSave]] = {}
    for save in saves:
        found.setdefault(save.record, []).append(save)
    return found


def _sent(saves: Sequence[LastSave], out: Sequence[transfers.Transfer]) -> bool | None:
    """Say whether files sent with full names hold all these saves; None when nothing was sent or saved here."""
    if not out or not saves:
        return None
    return all(acknowledgements.sent_up_to(out, save.node, save.place) >= save.tick for save in saves)


def _disputed(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the printed numbers, or names, of the questions in conflict by record."""
    found: dict[str, list[str]] = {}
    for form, record, key in records.open_conflicts(connection) if ids else ():
        if record in ids:
            question = form_named(form).question(key)
            found.setdefault(record, []).append((question.number or question.label) if question else key)
    return {record: ", ".join(names) for record, names in found.items()}


def _line(row: Mapping[str, Any], rules: str, until: str, saved: str, sent: bool | None) -> HouseholdLine:
    region, rt, building, name = (str(row[key] or "") for key in ("region", "rt", "building", "head_name"))
    kk = row["kk_count"] if isinstance(row["kk_count"], int) else None
    answers = {key: answer for key, answer in row.items() if answer is not None and key not in ("id", "standing")}
    asked = Record(Household, str(row["id"]), answers, rules).counted_answers()
    return HouseholdLine(
        row["id"], region, rt, building, name, str(row["nik"] or ""), kk, _members(row),
        every(census.SOUND, asked), census.safe_water(asked), every((census.LATRINE,), asked),
        row["standing"], until, saved, sent,
        fit_latrine=every(census.FIT_LATRINE, asked), roomy=ladders.roomy(asked, rules),
        enough_water=every((census.ENOUGH_WATER,), asked), refill=census.REFILL.holds(asked),
        improved_water=census.improved_water(asked), improved_sanitation=census.improved_sanitation(asked),
        decent=ladders.decent(asked, rules),
    )


def _begun_row(draft: Draft) -> dict[str, Answer]:
    nothing: dict[str, Answer] = dict.fromkeys(("region", "rt", *(question.key for question in Household.stored())))
    return nothing | dict(draft.answers) | {"id": draft.id, "standing": DRAFT}


def _number_of(key: str) -> str:
    question = Household.question(key)
    return (question.number or "") if question else ""


def _members(row: Mapping[str, Any]) -> int | None:
    both = [row["members_male"], row["members_female"]]
    known = [each for each in both if isinstance(each, int)]
    return sum(known) if known else None
