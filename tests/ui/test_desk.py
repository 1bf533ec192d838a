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
    desk.failed.connect(told.append)

    def fails(_workspace):
        raise Trouble("Disk penuh.", remedy="Hapus sesuatu.", code="R07")

    desk.ask(owner, lambda _workspace: 1, told.append)
    desk.change(owner, fails, told.append, touches=["household"])
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


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.mark.parametrize("verb", ["ask", "read"])
def test_a_desk_that_is_finished_waits_for_no_question(workspace, qtbot, caplog, verb):
    desk, owner, begun = Desk(workspace), QObject(), []

    def ask_without_end(workspace, *_report):
        with workspace.asking() as connection:
            begun.append(1)
            connection.exec_driver_sql(ENDLESS).scalar()

    for _ in range(5):  # more than there are threads
        getattr(desk, verb)(owner, ask_without_end, begun.append)
    qtbot.waitUntil(lambda: len(begun) == 2)
    desk.finish()
    assert not desk.tasks
    assert begun == [1, 1]
    assert caplog.records == []


@pytest.mark.usefixtures("qtbot")
def test_a_desk_that_is_finished_carries_through_what_stays(workspace, tmp_path):
    """A file that somebody asked for is made, be it begun or in line behind a question; so is what is saved."""
    desk, owner, begun, noted = Desk(workspace), QObject(), Event(), []

    def make(name):
        def made(workspace, report):
            begun.set()
            with workspace.asking() as connection:
                count = connection.exec_driver_sql(ENDLESS.replace("FROM n)", "FROM n LIMIT 1000000)")).scalar()
            report(1, 1)
            (tmp_path / name).write_text(str(count), encoding="utf-8")
        return made

    for name in ("a", "b", "c"):
        desk.make(owner, make(name), noted.append)
    desk.change(owner, lambda _workspace: noted.append("saved"), touches=())
    begun.wait(5)
    desk.finish()
    assert [each.read_text(encoding="utf-8") for each in sorted(tmp_path.glob("?"))] == ["1000000"] * 3
    assert noted == ["saved"]
