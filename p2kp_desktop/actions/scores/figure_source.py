"""Where a figure comes from, as it stands under whatever leaves the screen: so that it can be defended."""

from dataclasses import dataclass

from p2kp_desktop import environment
from p2kp_desktop.actions.common import practice_mark
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.review import VERIFIED
from p2kp_desktop.store import Workspace, listing, reviews
from p2kp_desktop.store.facts import facts


@dataclass(frozen=True)
class Origin:
    """Workspace, person, time (ISO), and how many records are in conflict or unverified."""

    workspace: str
    person: str
    time: str
    disputed: int
    unverified: int
    records: int
    practice: bool

    @classmethod
    def of(cls, workspace: Workspace, area: str, period: str) -> "Origin":
        """Return where a figure of an area (a region of any level) and a period comes from."""
        with workspace.asking() as connection:
            about = facts(connection)
            disputed = sum(listing.conflicts_by_rt(connection, area, period).values())
            counted = list(reviews.counts(connection, area, period))
            practice = practice_mark.is_practice(connection)
        every = sum(each.number for each in counted)
        verified = sum(each.number for each in counted if each.standing == VERIFIED)
        return cls(about.name, about.person, environment.now(), disputed, every - verified, every, practice)

    @property
    def words(self) -> str:
        """Return it on one line, as it stands at the foot."""
        return " · ".join((
            *dict.fromkeys((self.workspace, self.person)),
            written.moment(self.time),
            say("{number} rumah dalam konflik", number=written.number(self.disputed)),
            say("{number} dari {all} catatan belum diverifikasi", number=written.number(self.unverified),
                all=written.number(self.records)),
        ))
