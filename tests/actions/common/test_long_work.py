"""Long work looks for cycles of objects seldom, and leaves that as it was, whatever ends it."""

import gc

import pytest

from p2kp_desktop.actions.common.long_work import Cancelled, few_collections


def test_after_work_that_was_stopped_cycles_are_looked_for_as_before():
    before = gc.get_threshold()
    with pytest.raises(Cancelled), few_collections():
        assert gc.get_threshold()[0] > before[0]
        raise Cancelled
    assert gc.get_threshold() == before
