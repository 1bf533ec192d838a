"""Who takes part in the collaboration, what each has committed, and the register of policies."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from p2kp_desktop.forms.collaboration import Stakeholder
from p2kp_desktop.forms.policy import Policy
from p2kp_desktop.language import say
from p2kp_desktop.rules.commitments import CANCELLED
from p2kp_desktop.schema import Record, Several
from p2kp_desktop.store import Workspace, views
from p2kp_desktop.store.views import Where

from . import commitments
from .commitments import Promise


@dataclass(frozen=True)
class Partner:
    """A stakeholder with its roles in words and its commitments, the newest year first."""

    id: str
    name: str
    element: str
    roles: tuple[str, ...]
    contact: str
    offers: str
    promises: tuple[Promise, ...]

    @property
    def firm(self) -> int:
        """Return the sum of the commitments that the partner has agreed to, in rupiah."""
        return sum(each.amount for each in self.promises if each.firm)

    @property
    def offered(self) -> int:
        """Return the sum that the partner offers beyond its agreed commitments, in rupiah."""
        return sum(each.amount for each in self.promises if not each.firm and each.reached != CANCELLED)


def partners(workspace: Workspace, area: str) -> list[Partner]:
    """Return the stakeholders of an area by name; last, without id, stand those who gave and are none recorded."""
    with workspace.asking() as connection:
        promises = commitments.within(connection, area)
        found = list(views.found(connection, Stakeholder, Where(area=area)))
    promises.sort(key=lambda each: (-each.year, each.who, each.id))
    known = {each.id for each in found}
    made = sorted((_partner(each, promises) for each in found), key=lambda each: each.name.casefold())
    others = tuple(each for each in promises if each.stakeholder not in known)
    return [*made, Partner("", say("Pihak lain"), "", (), "", "", others)] if others else made


def _partner(record: Record, promises: Sequence[Promise]) -> Partner:
    roles = Stakeholder.roles
    return Partner(
        record.id, record.show(Stakeholder.name), record.show(Stakeholder.element), _options(record, roles),
        record.show(Stakeholder.contact), record.show(Stakeholder.offers),
        tuple(each for each in promises if each.stakeholder == record.id),
    )


def _options(record: Record, question: Several) -> tuple[str, ...]:
    chosen = record[question] or frozenset()
    return tuple(option.label for option in question.options.all if option.code in chosen)


@dataclass(frozen=True)
class PolicyLine:
    """One policy of the register; `date` is ISO, "" where none is said."""

    id: str
    kind: str
    name: str
    number: str
    date: str
    area: str
    hectares: Decimal | None
    target: str
    file: str


def policies(workspace: Workspace, area: str) -> list[PolicyLine]:
    """Return the policies that hold in an area by kind in the order of the form, the newest first."""
    with workspace.asking() as connection:
        found = list(views.found(connection, Policy, Where(area=area)))
    order = {code: place for place, code in enumerate(Policy.kind.options.codes)}
    found.sort(key=lambda each: str(each.understood(Policy.date) or ""), reverse=True)
    found.sort(key=lambda each: order.get(str(each.understood(Policy.kind) or ""), len(order)))
    return [_policy(each) for each in found]


def _policy(record: Record) -> PolicyLine:
    return PolicyLine(
        record.id, record.show(Policy.kind), record.show(Policy.name), record.show(Policy.number),
        str(record.understood(Policy.date) or ""), record.show(Policy.area),
        record[Policy.hectares], record.show(Policy.target), record.show(Policy.file),
    )
