"""From which sources the money of an activity comes."""

from collections.abc import Mapping

from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.schema import Record

SELF_HELP = "masyarakat"


def by_source(activity: Record) -> Mapping[str, int]:
    """Return rupiah by source of funds: the self-help apart, the rest from the main source."""
    amount = activity[Activity.amount] or 0
    self_help = min(activity[Activity.self_help] or 0, amount)
    found = {SELF_HELP: self_help}
    main = str(activity.understood(Activity.source) or "")
    found[main] = found.get(main, 0) + amount - self_help
    return {source: rupiah for source, rupiah in found.items() if rupiah}
