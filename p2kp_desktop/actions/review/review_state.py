"""How a record that is opened stands in the review, and what was said about it: read once, with the record."""

from dataclasses import dataclass

from p2kp_desktop.schema import STATUS, Form
from p2kp_desktop.schema.causality import Save, Version
from p2kp_desktop.schema.review import CHANGED, LOCKED, READY, RETURNED, VERIFIED, changed_since, standing
from p2kp_desktop.store import Connection, Workspace, records
from p2kp_desktop.store.facts import facts

from . import comments
from .comments import Said, Thread
from .rollup import TODO
from .verification import REVIEWERS


@dataclass(frozen=True)
class Review:
    """The review of one record for someone of a role.

    `applies` says whether the record is one that is reviewed, `standing` how it stands, `person`, `office` (a role)
    and `time` who brought it there and when; `changed` are the answers that a verification did not see.
    """

    role: str = "facilitator"
    applies: bool = False
    standing: str = ""
    person: str = ""
    office: str = ""
    time: str = ""
    changed: tuple[str, ...] = ()
    threads: tuple[Thread, ...] = ()

    @property
    def is_mine(self) -> bool:
        """Say whether this office reviews."""
        return self.role in REVIEWERS

    @property
    def is_locked(self) -> bool:
        """Say whether changing the record takes a reason."""
        return self.standing in LOCKED

    @property
    def is_returned(self) -> bool:
        """Say whether the record waits for the facilitator's correction."""
        return self.standing == RETURNED

    @property
    def waits(self) -> bool:
        """Say whether the record waits for someone of this role."""
        return self.applies and self.standing in TODO.get(self.role, ())

    @property
    def open_threads(self) -> tuple[Thread, ...]:
        """Return the threads in which a comment still asks for something."""
        return tuple(thread for thread in self.threads if thread.is_open)

    @property
    def first(self) -> Said | None:
        """Return the first comment that still asks for something."""
        return next((said for thread in self.open_threads for said in thread.comments if said.asks), None)


def review(workspace: Workspace, form: type[Form], record: str) -> Review:
    """Return the review of a record as it stands now."""
    with workspace.asking() as connection:
        version = records.read(connection, form.key, [record]).get(record, Version(form.key, record))
        return review_within(connection, form, version)


def review_within(connection: Connection, form: type[Form], version: Version) -> Review:
    """Return the review of a record as a transaction finds it."""
    role = facts(connection).role
    if not form.reviewed or not version.vector:
        return Review(role, form.reviewed)
    stands, said = standing(version), comments.threads_within(connection, version.id)
    save = _brought_there(version)
    if save is None:
        return Review(role, True, stands, threads=said)
    changed = changed_since(version) if stands == CHANGED else ()
    return Review(role, True, stands, save.person, save.role, save.time, changed, said)


def _brought_there(version: Version) -> Save | None:
    """Return the save that gave the record its status."""
    status = version.values().get(STATUS)
    saves = [sibling.save for sibling in version.answers.get(STATUS, ()) if sibling.value == status]
    return max(saves, key=lambda save: save.dot.tick, default=None)


__all__ = ["CHANGED", "READY", "RETURNED", "VERIFIED", "Review", "review", "review_within"]
