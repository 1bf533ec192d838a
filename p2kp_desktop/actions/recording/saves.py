"""Saving edits: each save becomes a dot, a new version and a row of history, all in one transaction."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from p2kp_desktop import environment
from p2kp_desktop.actions.common import events
from p2kp_desktop.forms import BY_KEY
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.period import Period
from p2kp_desktop.forms.policy import Policy
from p2kp_desktop.forms.price import Price
from p2kp_desktop.forms.programme import Participation
from p2kp_desktop.forms.readiness_rule import ReadinessRule
from p2kp_desktop.forms.target import Milestone, Target
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Answer, first_answers, new_id, save_signing, signing_keys
from p2kp_desktop.schema.branches import origin
from p2kp_desktop.schema.causality import Dot, Save, Sibling, Version, edit, merge
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.schema.erasure import applied
from p2kp_desktop.schema.history import HistoryRow, changes_between
from p2kp_desktop.schema.roles import Deed, deed_of
from p2kp_desktop.store import (
    Connection,
    Workspace,
    drafts,
    history,
    node,
    own_keys,
    records,
    rights,
    signers,
    summaries,
    views,
)
from p2kp_desktop.store.drafts import Draft
from p2kp_desktop.store.facts import Facts, facts
from p2kp_desktop.store.signers import Signer

# What is asked or reckoned for all, and not told of anybody.
_SETTINGS = frozenset(form.key for form in (Period, Price, Target, Milestone, Participation, Policy, ReadinessRule))

DraftOf = tuple[str, str]  # a record, and whose draft of it


class Edits:
    """The saves of one transaction; what was read or saved here is seen by the saves after it."""

    def __init__(self, connection: Connection, about: Facts) -> None:
        if about.retired:
            raise Trouble(
                say("Ruang kerja ini sudah diistirahatkan: isinya masih dapat dilihat, dikirim, dan dicetak, tetapi "
                    "tidak diubah."),
                remedy=say("Bila memang perlu diubah lagi, aktifkan kembali di Pengaturan."), code="A04",
            )
        self.connection = connection
        self.facts = about
        self.is_by_hand = False  # whoever works here saves, and may not save every form
        self._tick = history.last_tick(connection, about.node)
        self._versions: dict[tuple[str, str], Version] = {}
        self.before: dict[tuple[str, str], Version] = {}  # what was saved here, as it stood when this began
        self.dots: list[Dot] = []
        self.drafts: dict[DraftOf, tuple[Draft | None, Draft | None]] = {}  # before this transaction and after
        self.above: dict[tuple[str, str], Version] = {}  # parents of what was saved here, as they stood before
        self._touched: dict[tuple[str, str], None] = {}
        self._history: list[HistoryRow] = []
        self._stale: set[summaries.Place] = set()
        self._rules: dict[str, str] | None = None
        self._newest = ""

    def new_id(self) -> str:
        """Return a fresh id that sorts behind those given here before: what comes in together keeps its order."""
        self._newest = new_id(after=self._newest)
        return self._newest

    def look_up(self, form: str, ids: Iterable[str]) -> None:
        """Read many records at once, before each of them is asked for."""
        wanted = [record for record in ids if (form, record) not in self._versions]
        found = records.read(self.connection, form, wanted)
        for record in wanted:
            self._versions[form, record] = found.get(record) or Version(form, record)

    def version(self, form: str, record: str) -> Version:
        """Return the version of a record as this transaction leaves it; an empty one where there is none."""
        self.look_up(form, [record])
        return self._versions[form, record]

    def save(
        self,
        form: str,
        record: str,
        changes: Mapping[str, Answer],
        *,
        origin: str,
        source: str = "",
        reason: str = "",
        person: str = "",
        seen: Version | None = None,
    ) -> Version:
        """Save changed answers as one dot and one row of history; return the new version.

        `source` names the file that they came from. `seen` is the version that their author had before them,
        where that is another one than the one here: what is newer here then stands beside them as a conflict.
        """
        if self.is_by_hand and (deed := deed_of(form)) != Deed.CHANGE:
            rights.must(self.connection, deed)
        before = self.version(form, record)
        about = self.facts
        self._tick = max(self._tick, before.vector.get(about.node, 0)) + 1  # a false file may claim more than there is
        dot = Dot(about.node, self._tick)
        save = Save(dot, person or about.person, about.role, about.name, environment.now())
        after = edit(before, save, changes) if seen is None else applied(merge(before, edit(seen, save, changes)))
        self.before.setdefault((form, record), before)
        self.dots.append(dot)
        self._put(after)
        self._mark_stale(before)
        self._mark_stale(after)
        self._touch_parents(after, save)
        place = str(after.values().get("region") or "")
        told = changes_between(_replaced(before, after, changes), changes, reason, source)
        told |= {} if before.vector else first_answers.changes(changes, BY_KEY.get(form))
        self._history.append(HistoryRow(save, place, 0, form, record, told, origin, ""))
        return after

    def put_draft(self, whose: DraftOf, draft: Draft | None) -> None:
        """Put a draft in the place of the one that a person has of a record, or none."""
        before = drafts.found(self.connection, *whose)
        if draft is not None:
            drafts.keep(self.connection, draft)
        else:
            drafts.drop(self.connection, *whose)
        if before or draft:
            self.drafts[whose] = self.drafts.get(whose, (before, None))[0], draft

    def reopen(self, form: str, record: str, key: str, sides: Iterable[Sibling], *, origin: str, reason: str) -> None:
        """Put values of an answer beside each other again that one save had replaced, as the conflict they were.

        Each gets a save of its own, which nobody has seen yet, so that the conflict is open again wherever the record
        travelled; it still names who gave the value. The last given is the largest, so that the same one is in force.
        Of several answers `alive` is to be the last: every other save says that the record lives, or stays deleted.
        """
        gone = {ALIVE: 0} if self.version(form, record).values().get(ALIVE) == 0 else {}
        restored = set()
        for side in sorted(sides, key=lambda each: (each.save.dot.tick, each.save.dot.node)):
            (alone,) = self.save(form, record, gone | {key: side.value}, origin=origin, reason=reason).answers[key]
            restored.add(Sibling(side.save._replace(dot=alone.save.dot), side.value))
        after = self.version(form, record)
        if key != ALIVE:
            after = self.save(form, record, gone, origin=origin, reason=reason)
        self._put(replace(after, answers={**after.answers, key: frozenset(restored)}))

    def rules_of(self, period: Answer) -> str:
        """Return the rule set of a period."""
        if self._rules is None:
            self._rules = views.rule_sets(self.connection)
        return self._rules.get(str(period), DEFAULT_RULES)

    def _put(self, version: Version) -> None:
        self._versions[version.form, version.id] = version
        self._touched[version.form, version.id] = None

    def _mark_stale(self, version: Version) -> None:
        if version.form == Household.key and version.vector:
            values = version.values()
            self._stale.add((str(values.get("region")), str(values.get("rt")), str(values.get("period"))))

    def _touch_parents(self, child: Version, save: Save) -> None:
        """Rewrite `alive` of the records above with the same dot, so that deleting them meanwhile is a conflict."""
        seen = {child.id}
        parent = child.values().get("parent")
        while isinstance(parent, str) and parent not in seen:
            seen.add(parent)
            form = records.form_of(self.connection, parent)
            if form is None:
                return
            self.above.setdefault((form, parent), self.version(form, parent))
            above = edit(self.version(form, parent), save, {})
            self._put(above)
            parent = above.values().get("parent")

    def finish(self) -> None:
        """Write what was saved so far; the summaries of touched RTs are taken away, to be made anew."""
        records.write(self.connection, [self._versions[key] for key in self._touched])
        history.append(self.connection, self._history, self._signing() if self._history else None)
        self._note_settings()
        summaries.forget(self.connection, self._stale)
        self._touched, self._history, self._stale = {}, [], set()

    def _signing(self) -> history.Sign | None:
        """Return how saves are signed here; None where the workspace has no key."""
        private = own_keys.signing(self.connection)
        if not private:
            return None
        signers.note(self.connection, [Signer(origin(self.facts.node), signing_keys.public_of(private))])
        return partial(save_signing.signed, private)


    def _note_settings(self) -> None:
        """Note that what is asked or reckoned changes for all: the rules of a period, prices, targets."""
        changed = Counter(row.form for row in self._history if row.form in _SETTINGS)
        for form, number in changed.items():
            events.note(self.connection, events.SETTINGS, form=form, records=number)


def _replaced(before: Version, after: Version, changes: Iterable[str]) -> Version:
    """Return the record before a save with nothing but what the save replaced in the answers that it changed."""
    gone = {key: before.answers.get(key, frozenset()) - after.answers.get(key, frozenset()) for key in changes}
    return replace(before, answers=gone)


@contextmanager
def editing(workspace: Workspace, deed: Deed = Deed.CHANGE) -> Iterator[Edits]:
    """Give the saves of one transaction; they are on disk when the block ends, or none of them are.

    Raises Trouble where whoever works here may not do this.
    """
    with node.editing(workspace) as connection:
        rights.must(connection, deed)
        edits = Edits(connection, facts(connection))
        edits.is_by_hand = True
        yield edits
        edits.finish()


def refresh_summaries(workspace: Workspace) -> None:
    """Add up the RTs whose households changed, for whoever asks next."""
    with workspace.changing() as connection:
        summaries.refresh(connection)
