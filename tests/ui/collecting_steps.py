"""Pendataan under a test's hands."""

from p2kp_desktop.ui.place import Destination
from tests.ui.hands import arrive


def enter(qtbot, place, scope, tab=""):
    """Come to the list of a scope, its rows in use."""
    arrive(qtbot, place, Destination("collecting", scope, tab=tab), lambda: place.table())
