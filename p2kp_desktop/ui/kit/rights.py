"""What whoever works here may do, in the window: what needs more stays grey, and says why.

The table is `schema/roles.py` and the core refuses by it; this is why nobody is offered what would be refused. A page
names the deed of what it offers, once, and may grey and ungrey it as before: what is refused stays grey through that.
Whoever presses the key of what is grey for that reason is told so; a key that does nothing seems broken.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid
from typing_extensions import override

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import roles
from p2kp_desktop.schema.roles import OFFICE, Deed
from p2kp_desktop.store import rights

_DEED = "deed"


class Rights(QObject):
    """Knows who works here, and greys what they may not do; everything is allowed until `become` says who it is."""

    changed = Signal()
    refused = Signal(object)  # the Trouble that says why: the key of something grey was pressed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._person, self._role = "", OFFICE
        self._actions: dict[Deed, QActionGroup] = {}
        self._widgets: list[tuple[Deed, _Grey]] = []
        self._keys: list[QShortcut] = []  # of what is refused

    def become(self, person: str, role: str) -> None:
        """Let somebody work here from now on."""
        self._person, self._role = person, role
        for key in filter(isValid, self._keys):
            key.setParent(None)
        self._keys = []
        for deed, group in self._actions.items():
            for action in group.actions():
                self._name(action, deed)
                self._answer_keys(action, deed)
            group.setEnabled(self.may(deed))
        self._widgets = [(deed, grey) for deed, grey in self._widgets if isValid(grey)]
        for deed, grey in self._widgets:
            grey.keep(self.why(deed))
        self.changed.emit()

    def may(self, deed: Deed | None) -> bool:
        """Say whether whoever works here may do something; what needs no right, everybody may."""
        return deed is None or roles.may(self._role, deed)

    def refusal(self, deed: Deed) -> Trouble:
        """Return why whoever works here may not do something, and who may."""
        return rights.refusal(self._person, self._role, deed)

    def why(self, deed: Deed) -> str:
        """Return that in a sentence or two; nothing where they may."""
        if self.may(deed):
            return ""
        refusal = self.refusal(deed)
        return f"{refusal.what} {refusal.remedy}"

    def guard(self, deed: Deed | None, *controls: QAction | QWidget) -> None:
        """Keep these for those who may do this."""
        if deed is None:
            return
        self._widgets = [each for each in self._widgets if isValid(each[1])]
        for control in controls:
            if isinstance(control, QAction):
                self._guard_action(deed, control)
            else:
                grey = _Grey(control)
                self._widgets.append((deed, grey))
                grey.keep(self.why(deed))

    def _guard_action(self, deed: Deed, action: QAction) -> None:
        group = self._actions.get(deed)
        if group is None:
            group = self._actions[deed] = QActionGroup(self)
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
            group.setEnabled(self.may(deed))
        action.setProperty(_DEED, str(deed))
        group.addAction(action)  # in a group that is off, an action stays off and remembers what its page wants
        self._name(action, deed)
        self._answer_keys(action, deed)

    def _answer_keys(self, action: QAction, deed: Deed) -> None:
        """Let the keys of a refused action say why it is."""
        page = action.parent()
        if self.may(deed) or not isinstance(page, QWidget):
            return
        self._keys = list(filter(isValid, self._keys))
        for keys in action.shortcuts():
            key = QShortcut(keys, page)
            key.setContext(action.shortcutContext())
            key.activated.connect(lambda: self._refuse(action, deed))
            self._keys.append(key)

    def _refuse(self, action: QAction, deed: Deed) -> None:
        if action.isVisible():  # else its page has no use for it now
            self.refused.emit(self.refusal(deed))

    def _name(self, action: QAction, deed: Deed) -> None:
        """Say beside the words of an action for whom it is not."""
        words = action.text()
        for role in roles.ROLES:
            words = words.removesuffix(_not_for(role))
        action.setText(words if self.may(deed) else f"{words}{_not_for(self._role)}")
        action.setToolTip(self.why(deed))


def refused_deed(action: QAction) -> Deed | None:
    """Return the deed of an action that is grey for lack of the right to it; None where that is not the reason."""
    deed = action.property(_DEED)
    return Deed(deed) if deed and not action.actionGroup().isEnabled() else None


def _not_for(role: str) -> str:
    return f" ({say('tidak untuk {role}', role=roles.role_words(role))})"


class _Grey(QObject):
    """Keeps a widget grey while there is a reason, and gives it back as its page would have it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget, self._why, self._wanted, self._told = widget, "", True, ""
        widget.installEventFilter(self)

    def keep(self, why: str) -> None:
        """Grey the widget for a reason, or for none any more."""
        if why and not self._why:
            self._wanted, self._told = self._own(), self._widget.toolTip()
        was, self._why = self._why, why
        if why:
            self._widget.setEnabled(False)
            self._widget.setToolTip(why)
        elif was:
            self._widget.setEnabled(self._wanted)
            self._widget.setToolTip(self._told)

    def _own(self) -> bool:
        """Say whether its page wants it to be used, whatever lies around it."""
        return not self._widget.testAttribute(Qt.WidgetAttribute.WA_ForceDisabled)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange and self._why and self._own():
            self._wanted = True
            self._widget.setEnabled(False)
        return False

