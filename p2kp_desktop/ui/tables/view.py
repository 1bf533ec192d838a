"""What Semua data shows: a form, its columns, the conditions, the order, and where one looks."""

from dataclasses import dataclass, field, replace

from p2kp_desktop.actions.tables import columns_kept
from p2kp_desktop.actions.tables.form_table import Condition, Filter, Order
from p2kp_desktop.forms import Household
from p2kp_desktop.schema import Form
from p2kp_desktop.ui.place import Scope


@dataclass(frozen=True)
class View:
    """What the table shows: a form, its columns in order, the conditions, the order."""

    form: type[Form] = Household
    columns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    standing: str = ""
    text: str = ""
    order: Order = field(default_factory=Order)
    deleted: bool = False

    def is_turned_as(self, other: "View") -> bool:
        """Say whether another view shows records of the same form in the same order."""
        return (self.form, self.order, self.deleted) == (other.form, other.order, other.deleted)

    def wanted(self, scope: Scope) -> Filter:
        """Return which records these are in a scope."""
        return Filter(scope.area, scope.period, scope.rt, self.text, self.standing, self.conditions, self.deleted)

    def sorted_by(self, key: str) -> "View":
        """Return it by a column, which is shown then, the other way round if it is already; "" is the usual order."""
        again = key == self.order.key and bool(key)
        shown = columns_kept.with_column(self.form, self.columns, key) if key else self.columns
        return replace(self, columns=shown, order=Order(key, again and not self.order.descending))


@dataclass
class Shown:
    """The view and the scope of the moment, for the place that shows them and for what asks about them."""

    view: View
    scope: Scope
