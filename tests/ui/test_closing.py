"""What a person closes is gone: the window at once, whatever is waited for behind it, and a notice for good."""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.store.node import COPIED, Origin
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
