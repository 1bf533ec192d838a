"""What can be done in the form, each with its words and its keys: for the keyboard and for the menu."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.forms import WITH_FILES
from p2kp_desktop.language import say
from p2kp_desktop.ui.form import viewing

UNDO, REDO, FACILITATOR, REVIEWER, COMMENTED, LOCKED, ALIKE, FILES, ANEW = (
    "undo", "redo", "facilitator", "reviewer", "commented", "locked", "alike", "files", "anew",
)


@dataclass(frozen=True)
class Command:
    """One thing to do; further keys after the first do the same. `when` names what it depends on, "" nothing."""

    words: str
    keys: tuple[str, ...]
    act: Callable[[], object]
    when: str = ""


def offer(widget: QWidget, commands: list[Command]) -> list[tuple[str, QAction]]:
    """Give a widget these actions: their keys work while the focus is in it; the window's menu shows them.

    Return those that depend on something, with what it is.
    """
    depending = []
    for command in commands:
        action = QAction(command.words, widget)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setAutoRepeat(command.keys[:1] in (("F8",), ("Ctrl+Z",)))
        action.triggered.connect(lambda _checked=False, act=command.act: act())
        widget.addAction(action)
        if command.when:
            depending.append((command.when, action))
    return depending


def standing(session: Session) -> dict[str, tuple[str, bool]]:
    """Return by what an action depends on its words for a record, "" for its own, and whether it can be done."""
    review, keying = session.review, session.keying
    undone, redone = (viewing.answer_words(keying, key) for key in (keying.moments.undoes, keying.moments.redoes))
    there = {
        FACILITATOR: review.applies and not review.is_mine,
        REVIEWER: review.applies and review.is_mine,
        COMMENTED: bool(review.threads),
        LOCKED: review.is_locked,
        ALIKE: keying.is_new,
        ANEW: not keying.form.natural,
        FILES: keying.form in WITH_FILES,
    }
    return {when: ("", can_be_done) for when, can_be_done in there.items()} | {
        UNDO: (say("Urungkan: {answer}", answer=undone) if undone else say("Urungkan jawaban"), True),
        REDO: (say("Ulangi: {answer}", answer=redone) if redone else say("Ulangi jawaban"), True),
    }
