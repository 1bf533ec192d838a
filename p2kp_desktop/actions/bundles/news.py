"""What a bundle that comes back says about the records here: returned with comments, or verified."""

from collections.abc import Iterable
from dataclasses import dataclass

from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import STATUS
from p2kp_desktop.schema.review import RETURNED, VERIFIED

from .receipt_outcome import Change


@dataclass(frozen=True)
class News:
    """How many households and how many other records were returned, and how many of all were verified."""

    houses: int = 0
    others: int = 0
    verified: int = 0


def news(changes: Iterable[Change]) -> News:
    """Return what these changes say about the review; a record that changed twice counts as it stands last."""
    status = {(each.form, each.id): each.after for each in changes if each.question == STATUS}
    returned = [form for (form, _), after in status.items() if after == RETURNED]
    houses = returned.count(Household.key)
    return News(houses, len(returned) - houses, sum(after == VERIFIED for after in status.values()))
