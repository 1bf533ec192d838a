"""The form with the guide of the first household below it."""

from dataclasses import replace

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop import environment, settings
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.home.window_edge import About
from p2kp_desktop.actions.keying.keyed_drafts import Opened
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.actions.practice import guide_steps
from p2kp_desktop.actions.practice.guide_steps import Progress
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.place import FormPlace
from p2kp_desktop.ui.kit.commands import Command, offer

from .note import GuideNote

CLOSED = "closed"  # in the settings: finished, or not wanted


class GuidedFormPlace(FormPlace):
    """Leads through the first questionnaire of the practice village, and offers to in the first real one.

    It listens only: nothing waits for it, and who does a later step first has done it.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.guide = GuideNote()
        self.progress: Progress | None = None  # None while nobody is guided
        self._practice: bool | None = None
        self._leaving = False
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(0)
            layout.addWidget(self.guide)
        offer(self, [Command(say("Panduan rumah pertama"), ("Shift+F1",), self.begin_guide)])
        self.guide.begun.connect(self.begin_guide)
        self.guide.closed.connect(self.close_guide)
        self.guide.turned.connect(lambda: self.show_legend(shown=settings.load().key_legend))
        self._listen()
        desk.ask(self, window_edge.about, self._know)

    def _listen(self) -> None:
        box = self.sheet.column.focused
        box.stepped.connect(lambda by: self._did(guide_steps.ENTER) if by > 0 else None)
        box.chose.connect(lambda _letter: self._did(guide_steps.LETTER))
        self.sheet.column.explained.connect(lambda _key, _reason: self._did(guide_steps.REASON))
        self.saving.goes_on.connect(lambda _opened: self._went_on())
        self.keeper.kept.connect(lambda _record, _time: self._look())
        self.desk.changed.connect(self._saved)
        for action in self.actions():
            for key, step in (("F1", guide_steps.HELP), ("F8", guide_steps.TROUBLE)):
                if action.shortcut() == QKeySequence(key):
                    action.triggered.connect(lambda _checked=False, step=step: self._did(step))

    def _know(self, about: About) -> None:
        self._practice = about.practice
        self._meet()

    @override
    def _open(self, opened: Opened | None, question: str = "") -> None:
        super()._open(opened, question)
        self._meet()
        self._look()

    @override
    def show_legend(self, *, shown: bool) -> bool:
        """Let the line of keys give its room to the guide, which names the keys one by one."""
        return super().show_legend(shown=shown and self.guide.isHidden())

    def _meet(self) -> None:
        """Begin in the practice village; offer it where the first household of a real one is begun."""
        keying, session = self.keying, self.hands.session
        begins = keying is not None and keying.form is Household and keying.is_new
        if session is None or self._practice is None or not (begins and session.opened.may_type):
            self.guide.hide()
        elif self.progress is not None:
            self._show_step(self.progress)
        elif settings.load().guide == CLOSED:
            self.guide.hide()
        elif self._practice:
            self.begin_guide()
        elif session.opened.count == 0:
            self.guide.offer()

    def begin_guide(self) -> None:
        """Lead from the first step on."""
        self.progress = Progress()
        self._show_step(self.progress)
        self._look()

    def _show_step(self, progress: Progress) -> None:
        answers = self.keying.record.answers if self.keying else {}
        self.guide.show_step(progress, str(answers.get("period") or environment.today().year))

    def close_guide(self) -> None:
        """Take the guide away and remember that it is not wanted any more."""
        self.progress = None
        self.guide.hide()
        settings.save(replace(settings.load(), guide=CLOSED))

    def _look(self) -> None:
        """See whether RT and day are known by now, as in a draft that is taken up."""
        known = self.keying.record.answers if self.keying is not None else {}
        for key, step in (("rt", guide_steps.RT), (Household.survey_date.key, guide_steps.ENTER)):
            if known.get(key):
                self._did(step)

    def _did(self, step: str) -> None:
        """Go on when somebody has done a step."""
        if self.progress is None or self.progress.step is None:
            return
        self.progress = self.progress.after(step)
        if not self.guide.isHidden():
            self._show_step(self.progress)
        if self.progress.step is None:
            settings.save(replace(settings.load(), guide=CLOSED))

    def _saved(self, touched: object) -> None:
        if isinstance(touched, set | frozenset) and Household.key in touched and self.isVisible():
            self._did(guide_steps.SAVE)

    def _went_on(self) -> None:
        """Take the next questionnaire as the last step; who saved the first one without the guide needs none."""
        if self.progress is not None and self.progress.step is None:
            self.close_guide()
            return
        self._did(guide_steps.SAVE)
        self._did(guide_steps.NEXT)
        if self.progress is None and self.guide.isVisible():
            self.close_guide()

    @override
    def leave(self) -> None:
        """Close what is open above the form, then the guide, and only then go back to the list."""
        self._leaving = True
        super().leave()
        self._leaving = False

    @override
    def _go_to_list(self, session: Session) -> None:
        if self._leaving and self.progress is not None and self.guide.isVisible():
            self.close_guide()
            self.hands.stay()
            return
        super()._go_to_list(session)
