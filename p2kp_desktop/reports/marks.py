"""Marks and counts that many reports show: layak or not, there or not yet, how many conflicts."""

from collections.abc import Iterable
from dataclasses import replace

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Mark, standing

FIT, UNFIT, OPEN, ASKED, LATE = "fit", "unfit", "open", "asked", "late"  # the icons of a verdict


def verdict(fit: bool | None) -> Mark:
    """Return layak, tidak, or not decided yet."""
    if fit is None:
        return Mark(OPEN, say("belum"))
    return Mark(FIT, say("Layak")) if fit else Mark(UNFIT, say("Tidak"))


def asked(comments: int) -> Mark | None:
    """Return how many comments of reviewers still ask for something, None for none."""
    return Mark(ASKED, written.number(comments), count=comments) if comments else None


def there(known: bool) -> Mark:
    """Return whether something is there."""
    return Mark(FIT, say("ada")) if known else Mark(OPEN, say("belum"))


def conflicts(number: int) -> Mark | None:
    """Return how many records are in conflict, None for none."""
    return replace(standing("conflict", written.number(number)), count=number) if number else None


def some(number: int) -> int | None:
    """Return a number, None for 0, where a list says nothing of none."""
    return number or None


def widest(*codes: str, remark: str = "") -> tuple[Mark, ...]:
    """Return marks of these standings, each with the widest remark there may be."""
    return tuple(standing(code, remark) for code in codes)


def joined(parts: Iterable[str]) -> str:
    """Return the parts there are, separated by a middle dot."""
    return " · ".join(part for part in parts if part)
