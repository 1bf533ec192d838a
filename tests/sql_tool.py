"""Editing the file of a workspace as somebody does who has an SQL tool and no key."""

from p2kp_desktop.databases import library
from p2kp_desktop.store import open_workspace


def edited(workspace, *statements):
    """Edit the file as somebody does who has an SQL tool and no key; give it, open again."""
    workspace.close()
    with library.connect(workspace.name) as raw:
        for name, in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if name.startswith("audit"):
                raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
    raw.close()
    return open_workspace(workspace.name)
