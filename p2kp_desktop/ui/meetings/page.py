"""What the pages of Pertemuan share: a change that a verified record does not take is told, with the way to it."""

from typing_extensions import override

from p2kp_desktop.actions.recording.recording import Refused
from p2kp_desktop.language import say
from p2kp_desktop.ui.lists.discarding import DiscardingPage
from p2kp_desktop.ui.look.tokens import Token


class MeetingsPage(DiscardingPage):
    """A page behind a tab, or that of one meeting."""

    @override
    def refused(self, error: Exception) -> None:
        """Tell why the record stays as it is."""
        if not isinstance(error, Refused):
            super().refused(error)
            return
        self.tell(say("{reason} Enter membukanya, Ctrl+B membuka kuncinya.", reason=say(str(error))))
        self.told.colour(Token.ERR)
