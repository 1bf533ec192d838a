"""Which built assets have a KPP that keeps them up: finished activities against the KPP recorded."""

from fractions import Fraction

from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.institutions import Kpp
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record

from .bowl import Part, Rule, Village
from .evidence import active, by_then, name_of, nothing, told

DONE = 100  # per cent of physical progress


def built(village: Village) -> list[Record]:
    """Return the activities for the environment that were handed over, or reached 100 % of their work, by the day."""
    finished = {
        str(each.answers.get("parent")) for each in village.of(Progress)
        if (each[Progress.physical] or 0) >= DONE and by_then(village, each, Progress.date)
    }
    return [
        each for each in village.of(Activity)
        if each.understood(Activity.component) == "lingkungan" and (each.id in finished or _handed(village, each))
    ]


def _handed(village: Village, activity: Record) -> bool:
    return activity.understood(Activity.handover) is not None and by_then(village, activity, Activity.handover)


def kept_up(asset: Record, groups: list[Record]) -> Record | None:
    """Return the KPP of an asset: the one it names, or one whose asset is this one."""
    named, title = _plain(asset[Activity.kpp]), _plain(asset[Activity.name])
    for group in groups:
        name, keeps = _plain(group[Kpp.name]), _plain(group[Kpp.asset])
        if (named and named == name) or (title and keeps and (title in keeps or keeps in title)):
            return group
    return None


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def kpp(rule: Rule, village: Village) -> Part:
    """Judge the upkeep of what was built; before anything is, one active KPP will do."""
    formed = [each for each in village.of(Kpp) if by_then(village, each, Kpp.formed) or not each[Kpp.formed]]
    groups = [each for each in formed if active(village, each, Kpp.active)]
    assets = built(village)
    if not assets:
        if not groups:
            return nothing(rule, say("Belum ada KPP dan belum ada prasarana terbangun yang dicatat."))
        note = say("{count} KPP", count=len(groups))
        return told(rule, True, note, say("{note} aktif; belum ada prasarana terbangun.", note=note), *groups)
    keepers = {asset.id: kept_up(asset, groups) for asset in assets}
    without = [asset for asset in assets if keepers[asset.id] is None]
    kept = len(assets) - len(without)
    note, share = say("{have} dari {least}", have=kept, least=len(assets)), Fraction(100 * kept, len(assets))
    evidence = list({each.id: each for each in keepers.values() if each is not None}.values())
    if share >= Fraction(rule.asked):
        says = say("{kept} dari {all} prasarana terbangun dipelihara KPP.", kept=kept, all=len(assets))
        return told(rule, True, note, says, *evidence, percent=share)
    names = ", ".join(name_of(asset) for asset in without[:3]) + (" …" if len(without) > 3 else "")
    return told(rule, False, note, say("Belum ada KPP untuk {names}.", names=names), *evidence, *without, percent=share)
