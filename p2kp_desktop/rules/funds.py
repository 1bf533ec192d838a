"""From which sources the money of an activity comes."""

from collections.abc import Mapping

from p2kp_desktop.forms.activity import Activity, fund_of
from p2kp_desktop.forms.elements import SOURCES
from p2kp_desktop.schema import Record

SELF_HELP = "masyarakat"


def by_source(activity: Record) -> Mapping[str, int]:
    """Return rupiah by source of funds: as its columns say, else the self-help apart; the rest from the main source."""
    columns = {source: activity[fund_of(source)] or 0 for source in SOURCES.codes}
    self_help = min(activity[Activity.self_help] or 0, activity[Activity.amount] or 0)
    found = columns if any(columns.values()) else {SELF_HELP: self_help}
    rest = (activity[Activity.amount] or 0) - sum(found.values())
    main = str(activity.understood(Activity.source) or "")
    found[main] = found.get(main, 0) + max(0, rest)
    return {source: rupiah for source, rupiah in found.items() if rupiah}
