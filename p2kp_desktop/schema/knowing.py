"""What a workspace knows to have of others' saves, also where bundles come out of order.

Knowledge is {node: count}: all saves of a node up to a count. A bundle that is whole holds every record that
includes a save of a node after its «since», so it brings all of that node's saves from there to what it includes,
whatever came before. Such a span counts once what lies before it is known, and is remembered until then.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .causality import Vector


class Span(NamedTuple):
    """The saves of a node after `since` up to `tick`."""

    node: str
    since: int
    tick: int


def brought(since: Vector, includes: Vector) -> list[Span]:
    """Return the spans of saves that a bundle brings which was taken in whole."""
    spans = (Span(node, since.get(node, 0), tick) for node, tick in includes.items())
    return [span for span in spans if span.since < span.tick]


def reached(known: Vector, spans: Iterable[Span]) -> dict[str, int]:
    """Return the saves known, by node, once every span counts that joins on to what is known without a hole."""
    found = dict(known)
    for node, since, tick in sorted(spans, key=lambda span: span.since):
        if since <= found.get(node, 0):
            found[node] = max(tick, found.get(node, 0))
    return found


def holes(known: Vector, spans: Iterable[Span], wanted: Vector) -> Mapping[str, int]:
    """Return how many saves are missing, node by node, of those up to `wanted`; nothing of a node without a hole."""
    found: dict[str, int] = {}
    apart = sorted(spans, key=lambda span: span.since)
    for node, last in wanted.items():
        have, missing = known.get(node, 0), 0
        for span in [*(each for each in apart if each.node == node), Span(node, last, last)]:
            missing += max(min(span.since, last) - have, 0)
            have = max(have, span.tick)
        found[node] = missing
    return {node: missing for node, missing in found.items() if missing}
