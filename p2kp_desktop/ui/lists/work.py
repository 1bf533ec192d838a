"""Long work as a card below a list: what, how far, and a way to stop it."""

from time import monotonic

from PySide6.QtWidgets import QFrame

from p2kp_desktop.actions.bundles.pace import left_words
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.kit.progress import ProgressPanel
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16


class Work(QFrame):
    """Hidden until something begins."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self._words, self.panel = Label(""), ProgressPanel()
        self._begun = 0.0
        across(self._words, (self.panel, 1), into=self, gap=SPACE_12, margins=(SPACE_16, SPACE_8, SPACE_12, SPACE_8))
        self.hide()

    def begin(self, words: str) -> None:
        """Begin something."""
        self._words.say(words)
        self._begun = monotonic()
        self.panel.show_progress(0.0, "")
        self.show()

    def show_done(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.panel.show_progress(done / max(total, 1), left_words(done, total, monotonic() - self._begun))
