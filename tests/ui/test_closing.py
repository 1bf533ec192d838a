"""What a person closes is gone: the window at once, whatever is waited for behind it, and a notice for good."""

from threading import Event

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.bundles import arrivals
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.store.node import COPIED, Origin
from p2kp_desktop.ui.shell import closing
from tests import villages

from .windows import Running

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def running(qtbot, sample_file, tmp_path):
    """The program at Beranda of the sample."""
    made = Running(qtbot, villages.copied(sample_file, tmp_path))
    yield made
    made.close()


def test_the_window_is_gone_from_the_screen_before_anything_is_waited_for(running, monkeypatch):
    seen, desk = [], running.program.window.desk
    finish = desk.finish
    monkeypatch.setattr(desk, "finish", lambda: (seen.append(running.frame.isVisible()), finish()))
    assert running.frame.close()
    assert seen == [False]
    assert desk.workspace.closed


def test_a_notice_that_was_closed_stays_closed_when_f12_opens_anew(running, sample_file, tmp_path, monkeypatch):
    here, origins = running.window.desk.workspace.name, [Origin(COPIED, "Siti.p2kp")]
    monkeypatch.setattr(window_edge, "origin", lambda _workspace: origins[-1])

    def told_at(location):
        running.program.open(str(location))
        running.until_open()
        return running.window.board.notice is not None

    assert told_at(here)
    assert told_at(here)  # nobody closed it
    running.press("x", modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert running.window.board.notice is None
    assert not told_at(here)
    origins.append(Origin(COPIED, "Budi.p2kp"))
    assert told_at(here)  # something else is told
    running.press("x", modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    other = tmp_path / "lain"
    other.mkdir()
    assert told_at(villages.copied(sample_file, other))
    assert told_at(here)


class Long:
    """Work that lasts until it is let go on, or is stopped."""

    def __init__(self, running, monkeypatch, **how):
        self.may_end, self.begun, self.ended = Event(), Event(), []
        monkeypatch.setattr(closing, "SOON", 0.02)
        desk = running.window.desk
        desk.work(desk, self._carry_out, self.ended.append, **how)
        self.begun.wait(20)

    def _carry_out(self, _workspace, report):
        self.begun.set()
        while not self.may_end.wait(0.01):
            report(1, 2)
        return "done"


def test_long_work_is_carried_through_in_sight_and_then_the_window_closes_by_itself(running, monkeypatch):
    work, workspace = Long(running, monkeypatch, touches={"household"}), running.window.desk.workspace
    bar = running.window.closing.bar
    assert not running.frame.close()
    assert running.frame.isVisible()
    assert bar.isVisible()
    assert "menutup sendiri" in bar.title.text()
    assert not running.frame.close()  # pressed again
    work.may_end.set()
    running.until(lambda: not running.frame.isVisible())
    assert work.ended == ["done"]
    assert workspace.closed


def test_who_stays_goes_on_and_who_stops_it_closes_without_it(running, monkeypatch):
    work, bar = Long(running, monkeypatch), running.window.closing.bar
    assert not running.frame.close()
    running.press(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert not running.frame.close()
    bar.stop.click()
    running.until(lambda: not running.frame.isVisible())
    assert work.ended == []


def test_what_is_only_tried_holds_up_nothing(running, monkeypatch):
    work = Long(running, monkeypatch, only_tries=True)
    monkeypatch.setattr(closing, "SOON", 20)
    assert running.frame.close()
    assert work.ended == []


def test_receiving_that_was_broken_off_is_told_once_at_the_next_start(running):
    here = running.window.desk.workspace.name
    killed = arrivals.marked(here)
    killed.__enter__()
    told = []
    for _start in range(2):
        running.program.open(here)
        running.until_open()
        notice = running.window.board.notice
        told.append(notice is not None and notice.accessibleName().startswith(arrivals.broken_off_words()[0]))
    assert told == [True, False]
    with arrivals.marked(here):
        pass
    assert not arrivals.was_broken_off(here)
