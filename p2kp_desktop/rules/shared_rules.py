"""What bears out the rules of a kelurahan, a part of its bowl: its shared agreements, as they stood on a day."""

import datetime
from collections.abc import Sequence

from p2kp_desktop.forms.agreement import Agreement, FormerVersion
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, written

from .agreements import AGREED, IN_FORCE, LEGALISED, REVOKED, STAGES, Day, Edition, Standing, standing
from .bowl import Part, Rule, Village
from .evidence import name_of, nothing, shown, told


def rules(rule: Rule, village: Village) -> Part:
    """Judge the shared agreements: legalised or in force, and not revoked."""
    day = Day(village.day, village.past)
    found = _standings(village, day)
    binding = [each for each in found if each.binding]
    if len(binding) >= rule.asked and binding:
        return _ready(rule, binding)
    working = [(each.agreement, each.working) for each in found if each.working]
    if not working:
        return nothing(rule, say("Belum ada aturan bersama yang dicatat."))
    if binding:
        note = say("{have} dari {least}", have=len(binding), least=written.number(rule.asked))
        says = say("Aturan bersama yang berlaku belum cukup: {note}.", note=note)
        return told(rule, False, note, says, *(each.agreement for each in binding))
    agreement, edition = max(working, key=lambda each: _furthest(each[1], day))
    note = _waits(edition, day)
    return told(rule, False, note, say("{name}: {stage}.", name=name_of(agreement), stage=note), agreement)


def _standings(village: Village, day: Day) -> list[Standing]:
    former: dict[object, list[Record]] = {}
    for each in village.of(FormerVersion):
        former.setdefault(each.answers.get("parent"), []).append(each)
    return [standing(each, former.get(each.id, ()), day) for each in village.of(Agreement)]


def _ready(rule: Rule, binding: Sequence[Standing]) -> Part:
    newest = max(binding, key=lambda each: _since(each) or datetime.date.min)
    day, name = shown(_since(newest)), name_of(newest.agreement)
    says = say("{name} disahkan {day}.", name=name, day=day) if day else say("{name} berlaku.", name=name)
    return told(rule, True, day or say("berlaku"), says, *(each.agreement for each in binding))


def _since(each: Standing) -> datetime.date | None:
    bound = each.binding
    return bound.said(LEGALISED) or bound.said(IN_FORCE) if bound else None


def _furthest(edition: Edition, day: Day) -> int:
    stage = edition.stage_on(day)
    return -1 if stage == REVOKED else STAGES.index(stage)


def _waits(edition: Edition, day: Day) -> str:
    """Return the day or decree that an agreement waits for which does not bind yet, in words; else its stage."""
    since, legalised = edition.since, edition.said(LEGALISED)
    if since and since > day.date and (not day.past or (legalised and legalised <= day.date)):
        return say("berlaku mulai {day}", day=shown(since))
    stage = edition.stage_on(day)
    if stage in (AGREED, LEGALISED) and not legalised and not edition.legal_basis:
        return say("menunggu SK Lurah")
    if stage == LEGALISED:
        return say("tanggal disahkan kosong")
    return say(Agreement.stage.options.show(stage))
