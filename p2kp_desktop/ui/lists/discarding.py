"""A page whose record in focus goes into the trash with Del, for a reason; Ctrl+Z brings it back."""

from typing import Any

from PySide6.QtGui import QShowEvent
from typing_extensions import override

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk

from .page import Page
from .removal import Removal
from .table_list import TableList


class DiscardingPage(Page):
    """The strip that asks why is for the page to lay out, below everything."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.removal = Removal()
        self._doomed: Subject | None = None
        self._watched: list[TableList[Any]] = []  # once the page is laid out
        self.removal.given.connect(self._remove)
        self.removal.left.connect(self._keep)
        self.offer(say("Ke tempat sampah"), "Del", self.ask_removal, say("buang"), needs=self.has_lines,
                   deed=Deed.DELETE)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._watched:
            self._watched = self.findChildren(TableList)
            for found in self._watched:
                found.model.modelReset.connect(self.look_what_can_be_done)
        self.look_what_can_be_done()

    def has_lines(self) -> bool:
        """Say whether some list of the page has a line."""
        return any(each.model.lines for each in self.findChildren(TableList))

    def subject(self) -> Subject | None:
        """Return the record in focus."""
        raise NotImplementedError

    def ask_removal(self) -> None:
        """Ask why the record in focus goes into the trash."""
        self._doomed = self.subject()
        if self._doomed is not None:
            self.removal.ask(say("**{name}** ke tempat sampah?", name=self._doomed.title), needs_reason=True)

    def _remove(self, reason: str) -> None:
        doomed = self._doomed
        if doomed is not None:
            def put_away(workspace: Workspace) -> None:
                recording.delete(workspace, form_named(doomed.form), doomed.id, reason=reason)
                keyed_drafts.drop(workspace, doomed.id)

            self.do(put_away, lambda _nothing: None, lambda error: self._not_removed(doomed, error))
        self._keep()

    def _not_removed(self, doomed: Subject, error: Exception) -> None:
        """Tell why it stays, and ask again with the reason that was typed."""
        self.refused(error)
        self._doomed = doomed
        self.removal.ask_again()

    def _keep(self) -> None:
        self._doomed = None
        self.removal.hide()
        self.begin()
