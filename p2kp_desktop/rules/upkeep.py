"""Which built assets have a KPP that keeps them up: finished activities against the KPP recorded."""

from collections.abc import Sequence
from fractions import Fraction

from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.institutions import Kpp
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, Unreadable
from p2kp_desktop.schema.places import normal_rt

from .bowl import Part, Rule, Village
from .evidence import active, by_then, name_of, nothing, told

DONE = 100  # per cent of physical progress
_NAMED = 5  # assets in one sentence


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


def kept_up(asset: Record, groups: Sequence[Record], assets: Sequence[Record]) -> Record | None:
    """Return the KPP of an asset: one linked to it, the one it names, or one whose asset has its whole name and RT.

    A KPP that names no RT is meant only where no other of the assets has that name.
    """
    linked = [each for each in groups if each.understood(Kpp.activity) == asset.id]
    free = [each for each in groups if each.understood(Kpp.activity) is None]
    named = [each for each in groups if _plain(asset[Activity.kpp]) == _plain(each[Kpp.name]) != ""]
    called = [each for each in free if _keeps(each, asset, assets)]
    return next(iter((*linked, *named, *called)), None)


def _keeps(group: Record, asset: Record, assets: Sequence[Record]) -> bool:
    title, rt, keeps = _plain(asset[Activity.name]), _rt(asset[Activity.rt_label]), _plain(group[Kpp.asset])
    if not title or keeps not in (title, f"{title} {_plain(f'RT {rt}')}"):
        return False
    if group[Kpp.rt_label]:
        return _rt(group[Kpp.rt_label]) == rt
    return keeps != title or sum(_plain(each[Activity.name]) == title for each in assets) == 1


def _plain(text: str | None) -> str:
    """Return a name as it is compared: small letters, one space where signs or spaces stood."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in (text or "").casefold()).split())


def _rt(label: str | None) -> str:
    try:
        return normal_rt(label or "")
    except Unreadable:
        return ""


def asset_name(asset: Record) -> str:
    """Return an asset with the RT where it stands, for many have the same name."""
    rt = _rt(asset[Activity.rt_label])
    return f"{name_of(asset)} (RT {rt})" if rt else name_of(asset)


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
    keepers = {asset.id: kept_up(asset, groups, assets) for asset in assets}
    without = [asset for asset in assets if keepers[asset.id] is None]
    kept = len(assets) - len(without)
    note, share = say("{have} dari {least}", have=kept, least=len(assets)), Fraction(100 * kept, len(assets))
    evidence = list({each.id: each for each in keepers.values() if each is not None}.values())
    if share >= Fraction(rule.asked):
        says = say("{kept} dari {all} prasarana terbangun dipelihara KPP.", kept=kept, all=len(assets))
        return told(rule, True, note, says, *evidence, percent=share)
    names = "; ".join(asset_name(asset) for asset in without[:_NAMED])
    if len(without) > _NAMED:
        names = say("{names}, dan {count} lagi", names=names, count=len(without) - _NAMED)
    return told(rule, False, note, say("Belum ada KPP untuk {names}.", names=names), *evidence, *without, percent=share)
