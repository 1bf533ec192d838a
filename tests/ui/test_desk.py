"""The window's two verbs: whatever ends the work is told, also what is no Exception."""

import sys
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from p2kp_desktop.language import Trouble
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


def test_a_finished_desk_tells_nobody_and_begins_nothing(workspace, qtbot, caplog, monkeypatch):
    """As after F12, when a page of the window on its way out is told, and asks again."""
    told, raised = [], []
    monkeypatch.setattr(sys, "excepthook", lambda *failure: raised.append(failure))
    desk, owner = Desk(workspace), QObject()
    desk.changed.connect(told.append)
    desk.unanswered.connect(told.append)

    def fails(_workspace):
        raise Trouble("Disk penuh.", remedy="Hapus sesuatu.", code="R07")

    desk.ask(owner, lambda _workspace: 1, told.append)
    desk.ask(owner, fails, told.append)
    desk.change(owner, lambda _workspace: 1, told.append, touches=["household"])
    desk.work(owner, lambda _workspace, _report: 1, told.append, touches=["household"])
    desk.finish()
    desk.deleteLater()
    QApplication.sendPostedEvents(desk, QEvent.Type.DeferredDelete.value)
    for verb in (desk.ask, desk.read):
        verb(owner, told.append, told.append)
    for verb in (desk.change, desk.work):
        verb(owner, told.append, told.append, touches=["household"])
    qtbot.waitUntil(lambda: not desk.tasks)
    assert (told, raised) == ([], [])
    assert not any(each.exc_info for each in caplog.records)
    assert "(R07)" in caplog.text


def test_a_task_may_be_gone_while_its_thread_still_tells_of_it(workspace, qtbot):
    """Under load the window hears of an answer, and takes the task apart, before the thread is out of its signal."""
    desk, owner, told, out = Desk(workspace), QObject(), [], Event()
    desk.reading.courier.returned.connect(lambda *_what: out.wait(5), Qt.ConnectionType.DirectConnection)
    task = desk.ask(owner, lambda _workspace: 1, told.append)
    qtbot.waitUntil(lambda: not isValid(task))
    assert told == [1]
    out.set()
    desk.finish()
