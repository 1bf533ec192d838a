"""What every test of the window leaves behind."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def empty_clipboard():
    """Let go of what was copied: without a screen Qt keeps it until after Python is gone, and crashes on it."""
    yield
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()
