"""What signed saves prove of a record: which answers they gave, and that nothing they gave is left out.

A save tells the answers that it changed; the one that made a record keeps digests of the first ones. So whoever brings
a record brings the proof along, and nobody on its way can alter it unseen. Saves of the bundle count, and those that
are here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, partial

from p2kp_desktop.forms import BY_KEY
from p2kp_desktop.schema.branches import origin
from p2kp_desktop.schema.causality import Dot, Save, Sibling, Vector, Version
from p2kp_desktop.schema.first_answers import FirstAnswers
from p2kp_desktop.schema.forms import ALIVE, ERASED, FIRST
from p2kp_desktop.schema.giving import Forked, gave, is_named, left_behind
from p2kp_desktop.schema.history import Before, HistoryRow
from p2kp_desktop.schema.values import Answer
from p2kp_desktop.store import Connection, history

Brought = Mapping[Dot, Sequence[HistoryRow]]  # signed saves of a record in a bundle: by node, not branch, and count


class RecordProof:
    """Holds one version of a record against the signed saves that tell of it."""

    def __init__(
        self, connection: Connection, version: Version, brought: Brought, forked: Forked,
        first_signed: Callable[[str], int | None] = lambda _name: None,
    ) -> None:
        self._connection, self._version, self._brought, self._forked = connection, version, brought, forked
        self._first_signed = first_signed
        self._first, self._row = cache(self._first_answers), cache(self._looked_up)
        self._is_left_out = cache(self._lacks)

    def gave(self, key: str, sibling: Sibling) -> bool | None:
        """Say whether a save gave an answer: True where that is proved, False where refuted, None where neither."""
        row = self._row(sibling.save.dot)
        lives = key == ALIVE and sibling.value == 1  # every save says so of its record, and of those above
        if row is None:
            return self._says_alive(sibling.save) if lives else None
        named = is_named(row, key, sibling, lambda: self._here)
        if named is False or (named is None and not lives and self._is_whole()):
            return False  # who said by any save that the record lives is named in no row
        if (lives and key not in row.changes) or (sibling.value is None and f"{ERASED}{key}" in row.changes):
            return True  # what an erasure emptied is no longer told, and stands beside its mark
        return gave(row.told, row.kept_back, key, sibling, self._forked, partial(self._first, sibling.save.dot))

    def _says_alive(self, save: Save) -> bool | None:
        """Say whether a save says that the record lives: one of a record below it does; None where none is known."""
        found = [row for row in history.by_dots(self._connection, [save.dot]) if row.mark]
        if not found:
            return None
        return origin(save.dot.node) in self._forked or any(
            row.save[1:] == save[1:] and _may_lie_below(row.form, self._version.form) for row in found
        )

    def left_behind(self, known: Vector) -> set[str]:
        """Return the answers of which a record says what was given before a save that it includes.

        Who includes a save bears what it gave, or what another one gave that replaced it.
        `known` are the saves that were included here already. A record that includes but one save has none behind it.
        """
        dots = {each.save.dot for siblings in self._version.answers.values() for each in siblings}
        if dots == {*map(Dot, self._version.vector, self._version.vector.values())} and len(dots) == 1:
            return set()
        return left_behind(self._version, self._here, known, self._forked, self._is_whole)

    def _is_whole(self) -> bool:
        """Say whether every save of the record is here."""
        return history.tells_all(self._connection, self._version.vector, self._version.places)

    def lacks(self, key: str, sibling: Sibling) -> bool:
        """Say whether the save that gave an answer is neither here nor in the bundle, though its node signs its saves.

        That a record lives, a save of one below it may say as well.
        """
        return key != ALIVE and self._is_left_out(sibling.save.dot)

    def _lacks(self, dot: Dot) -> bool:
        first = self._first_signed(origin(dot.node))
        return first is not None and dot.tick >= first and self._row(dot) is None

    def includes(self, name: str, known: int, count: int) -> bool:
        """Say whether the record bears, from after `known` up to `count`, all that the saves of a node gave it."""
        its = [row for row in self._here if row.save.dot.node == name and known < row.save.dot.tick <= count]
        began = next((row.save.dot.tick for row in its if FIRST in row.changes), 0)  # before it, it gave nothing
        return (
            _is_signed(self._connection, Dot(name, count))
            and history.is_unbroken(self._connection, name, self._version.places, max(began, known), count)
            and all(self._is_borne(row) for row in its)
        )

    def _is_borne(self, row: HistoryRow) -> bool:
        """Say whether what a save gave stands in the record, or another save replaced it."""
        if FIRST in row.changes:
            return self._first(self._called(row)).is_proved
        return bool(row.mark) and all(
            any(each.save.dot == row.save.dot for each in self._version.answers.get(key, ()))
            or f"{ERASED}{key}" in self._version.answers
            or any(change.after in _sides(before) for dot, before in self._replaced[key] if dot != row.save.dot)
            for key, change in row.answers.items()
        )

    def _called(self, row: HistoryRow) -> Dot:
        """Return how the record calls a save that waits for its branch."""
        node, tick = row.save.dot
        named = {each.save.dot for siblings in self._version.answers.values() for each in siblings}
        return next(
            (dot for dot in sorted(named) if dot.tick == tick and origin(dot.node) == origin(node)
             and (told := self._row(dot)) is not None and told.hash == row.hash), row.save.dot,
        )

    def _looked_up(self, dot: Dot) -> HistoryRow | None:
        """Return the signed save of this name; of two copies of a workspace the one that is called so here."""
        found = self._brought.get(Dot(origin(dot.node), dot.tick), ())
        if not found or origin(dot.node) in self._forked:
            here = [row for row in history.by_dots(self._connection, [dot]) if row.mark]
            meant = {row.hash for row in here}
            found = [row for row in found if (row.hash in meant if meant else row.save.dot == dot)] or [
                row for row in here if row.record == self._version.id
            ]
        return found[-1] if found else None

    def _first_answers(self, dot: Dot) -> FirstAnswers:
        row, replaced = self._row(dot), self._replaced if self._is_changed(dot) else {}
        return FirstAnswers(row.told if row else {}, dot, self._version, replaced)

    def _is_changed(self, dot: Dot) -> bool:
        """Say whether the record bears answers of other saves than the one that made it."""
        return any(each.save.dot != dot for siblings in self._version.answers.values() for each in siblings)

    @cached_property
    def _here(self) -> list[HistoryRow]:
        """Return the saves of the record that are here, and those in the bundle that wait for their branch."""
        found = history.of_record(self._connection, self._version.id)
        known = {row.hash for row in found}
        return [*found, *(row for rows in self._brought.values() for row in rows if row.hash not in known)]

    @cached_property
    def _replaced(self) -> Mapping[str, list[tuple[Dot, Before]]]:
        found = defaultdict[str, list[tuple[Dot, Before]]](list)
        for row in self._here:
            for key, before in row.replaced.items() if row.mark else ():
                found[key].append((row.save.dot, before))
        return found


def _sides(before: Before) -> Iterable[Answer]:
    return before if isinstance(before, list) else [before]


def _may_lie_below(form: str, above: str) -> bool:
    """Say whether records of one form may be part of one of another."""
    seen = set[str]()
    while form not in seen:
        seen.add(form)
        known = BY_KEY.get(form)
        if known is None or (known.parent and known.parent.to in ("", above)):
            return True
        form = known.parent.to if known.parent else form
    return False


def _is_signed(connection: Connection, dot: Dot) -> bool:
    return any(row.mark for row in history.by_dots(connection, [dot]))
