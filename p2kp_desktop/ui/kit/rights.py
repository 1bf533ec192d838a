"""What whoever works here may do, in the window: what needs more stays grey, and says why.

The table is `schema/roles.py` and the core refuses by it; this is why nobody is offered what would be refused. A page
names the deed of what it offers, once, and may grey and ungrey it as before: what is refused stays grey through that.
Whoever presses the key of what is grey for that reason is told so in passing: a key that does nothing seems broken,
and a card of errors would take room from the list for something that was never begun.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.schema import roles
from p2kp_desktop.schema.roles import OFFICE, Deed
from p2kp_desktop.store import rights

_DEED = "deed"
_OF_PAGE = Qt.WidgetAttribute.WA_ForceDisabled  # Qt's mark of what was greyed itself, and not with what it lies in


class Rights(QObject):
    """Knows who works here, and greys what they may not do; everything is allowed until `become` says who it is."""

    changed = Signal()
    refused = Signal(str)  # in few words, why nothing came of a key; «» once somebody else works

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._person, self._role = "", OFFICE
        self._actions: dict[Deed, QActionGroup] = {}
        self._widgets: list[_Grey] = []
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
        self._widgets = list(filter(isValid, self._widgets))
        for grey in self._widgets:
            self._keep(grey)
        self.refused.emit("")
        self.changed.emit()

    def may(self, deed: Deed | None) -> bool:
        """Say whether whoever works here may do something; what needs no right, everybody may."""
        return deed is None or roles.may(self._role, deed)

    def refuses(self, deed: Deed) -> bool:
        """Say whether whoever works here may not do something, and let them be told."""
        if self.may(deed):
            return False
        role = roles.role_words(self._role).capitalize()
        self.refused.emit(say("{role} tidak {deed}. Ganti petugas: F12.", role=role, deed=roles.deed_words(deed)))
        return True

    def why(self, deed: Deed) -> str:
        """Give in a sentence or two why whoever works here may not do something; nothing where they may."""
        if self.may(deed):
            return ""
        refusal = rights.refusal(self._person, self._role, deed)
        return f"{refusal.what} {refusal.remedy}"

    def guard(self, deed: Deed | None, *controls: QAction | QWidget) -> None:
        """Keep these for those who may do this."""
        if deed is None:
            return
        self._widgets = list(filter(isValid, self._widgets))
        for control in controls:
            if isinstance(control, QAction):
                self._guard_action(deed, control)
            else:
                self._guard_widget(deed, control)

    def _guard_widget(self, deed: Deed, control: QWidget) -> None:
        grey = next((each for each in self._widgets if each.parent() is control), None)
        if grey is None:
            grey = _Grey(control)
            self._widgets.append(grey)
        grey.deeds.append(deed)
        self._keep(grey)

    def _keep(self, grey: "_Grey") -> None:
        grey.keep(next(filter(None, map(self.why, grey.deeds)), ""))

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
            key.setEnabled(action.isVisible())  # hidden, it leaves its keys to the page
            action.visibleChanged.connect(partial(_follow, key, action))
            key.activated.connect(lambda: is_refused(action))
            self._keys.append(key)

    def _name(self, action: QAction, deed: Deed) -> None:
        """Say beside the words of an action for whom it is not."""
        words = action.text()
        for role in roles.ROLES:
            words = words.removesuffix(_not_for(role))
        action.setText(words if self.may(deed) else f"{words}{_not_for(self._role)}")
        action.setToolTip(self.why(deed))


def _follow(key: QShortcut, action: QAction) -> None:
    if isValid(key):
        key.setEnabled(action.isVisible())


def refused_deed(action: QAction) -> Deed | None:
    """Return the deed of an action that is grey for lack of the right to it; None where that is not the reason."""
    deed = action.property(_DEED)
    return Deed(deed) if deed and not action.actionGroup().isEnabled() else None


def is_refused(action: QAction) -> bool:
    """Say whether an action is grey for that reason, and let whoever asked for it be told."""
    deed = refused_deed(action) if action.isVisible() else None  # hidden, its page has no use for it now
    keeper = action.actionGroup().parent() if deed else None
    return deed is not None and isinstance(keeper, Rights) and keeper.refuses(deed)


def _not_for(role: str) -> str:
    return f" ({say('tidak untuk {role}', role=roles.role_words(role))})"


class _Grey(QObject):
    """Keeps a widget grey while there is a reason, and gives it back as its page would have it.

    What its page wants goes on standing where `setEnabled` writes it, in an attribute: Qt sends no event for a wish
    that changes nothing to be seen, as to grey what is grey already. The attribute is the page's, being grey is ours.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget, self._why, self._told = widget, "", ""
        self.deeds: list[Deed] = []
        widget.installEventFilter(self)

    def keep(self, why: str) -> None:
        """Grey the widget for a reason, or for none any more."""
        was, self._why = self._why, why
        if why:
            self._told = self._told if was else self._widget.toolTip()
            self._widget.setToolTip(why)
            self._grey()
        elif was:
            self._widget.setToolTip(self._told)
            self._widget.setEnabled(not self._widget.testAttribute(_OF_PAGE))

    def _grey(self) -> None:
        unwanted = self._widget.testAttribute(_OF_PAGE)
        self._widget.setEnabled(False)
        self._widget.setAttribute(_OF_PAGE, unwanted)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._why:
            return False
        if event.type() == QEvent.Type.EnabledChange and self._widget.isEnabled():
            self._grey()
        elif event.type() == QEvent.Type.ToolTipChange and self._widget.toolTip() != self._why:
            self._told = self._widget.toolTip()
            self._widget.setToolTip(self._why)
        return False
