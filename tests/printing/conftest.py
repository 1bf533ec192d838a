"""A practice village for many tests, and what is read of a PDF."""

import pytest

from p2kp_desktop.store import open_workspace


@pytest.fixture
def village(village_file):
    """Give the practice village."""
    with open_workspace(village_file) as workspace:
        yield workspace
