"""Opening a workspace for a command that shows or changes what it holds: that is noted, once a day for each command."""

from p2kp_desktop.actions.common import events
from p2kp_desktop.store import Workspace
from p2kp_desktop.store import open_workspace as opened


def open_workspace(location: str, command: str) -> Workspace:
    """Open a workspace for a command, and note it; raise Trouble when it is none, damaged or of a newer release."""
    workspace = opened(location)
    try:
        events.opened(workspace, f"p2kp {command}")
    except BaseException:
        workspace.close()
        raise
    return workspace
