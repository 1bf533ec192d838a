"""Saves that a bundle leaps over: its rows of a chain go on after some that are neither in it nor here.

An office may hold some back which wait there for a person. It might also keep from others what it does not like: so
whoever receives is told, and can ask the workspace itself.
"""

from collections import Counter

from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.language import say
from p2kp_desktop.schema.branches import MARK
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.store import Connection, history


class Leaps:
    """Follows the chains of one bundle, row by row as they come."""

    def __init__(self, connection: Connection, manifest: Manifest) -> None:
        self._connection, self._manifest = connection, manifest
        self._last: dict[tuple[str, str], int] = {}
        self._missing: Counter[str] = Counter()

    def see(self, row: HistoryRow) -> None:
        """Take note of a row."""
        node, place = row.save.dot.node, row.place
        if MARK in node or self._manifest.withheld or place not in self._manifest.includes:
            return  # of other places only some rows go along, and without names not all do
        goes_on = bool(self._manifest.since.get(place, {}).get(node))
        last = self._last.get((node, place), row.number - 1 if goes_on else 0)
        if row.number > last + 1:
            here = history.count_between(self._connection, node, place, last, row.number)
            self._missing[row.save.workspace] += row.number - last - 1 - here
        self._last[node, place] = row.number

    def words(self) -> list[str]:
        """Say whose saves were leaped over, and how many."""
        return [say(
            "Paket ini melompati {count} simpanan dari «{workspace}», yang tidak ada di sini maupun di dalamnya. "
            "Mungkin masih menunggu di kantor pengirim; bila ragu, minta paket dari ruang kerja itu sendiri.",
            count=count, workspace=workspace,
        ) for workspace, count in sorted(self._missing.items()) if count > 0]
