"""Picking the file of a workspace."""

from PySide6.QtWidgets import QFileDialog, QWidget

from p2kp_desktop.language import say


def ask_workspace(over: QWidget, near: str) -> str:
    """Let the user pick the file of a workspace; "" when none was picked."""
    path, _ = QFileDialog.getOpenFileName(over, say("Buka ruang kerja"), near, say("Ruang kerja (*.p2kp)"))
    return path
