"""What can be done in the form, each with its words and its keys: for the keyboard and for the menu."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from p2kp_desktop.language import say
from p2kp_desktop.ui.form import viewing
from p2kp_desktop.ui.form.walking import Walk

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


def standing_of(when: str, walk: Walk) -> tuple[str, bool]:
    """Return the words of an action for a record, "" for its own, and whether there is anything to do."""
    review, moments = walk.asides.review, walk.keying.moments
    if when == UNDO:
        undone = viewing.answer_words(walk.keying, moments.undoes)
        return say("Urungkan: {answer}", answer=undone) if undone else say("Urungkan jawaban"), True
    if when == REDO:
        redone = viewing.answer_words(walk.keying, moments.redoes)
        return say("Ulangi: {answer}", answer=redone) if redone else say("Ulangi jawaban"), True
    return "", {
        FACILITATOR: review.applies and not review.is_mine,
        REVIEWER: review.applies and review.is_mine,
        COMMENTED: bool(review.threads),
        LOCKED: review.is_locked,
        ALIKE: walk.keying.is_new,
        ANEW: not walk.keying.form.natural,
        FILES: walk.keying.form.takes_files,
    }[when]
