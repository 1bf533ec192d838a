"""The window's two verbs: whatever ends the work is told, also what is no Exception."""

import pytest
from PySide6.QtCore import QObject

from p2kp_desktop.ui.desk import Broke, Desk


class Panic(BaseException):
    """What a library written in another language raises."""


@pytest.mark.parametrize("verb", ["ask", "change", "work"])
def test_what_is_no_exception_ends_no_thread_in_silence(workspace, qtbot, verb):
    desk, told = Desk(workspace), []

    def act(*_given):
        raise Panic("capacity overflow")

    more = {} if verb == "ask" else {"touches": ()}
    with qtbot.waitSignal(desk.unanswered if verb == "ask" else desk.failed) as failed:
        getattr(desk, verb)(QObject(desk), act, told.append, **more)
    (error,) = failed.args
    assert isinstance(error, Broke)
    assert isinstance(error.__cause__, Panic)
    assert told == []
    desk.finish()
