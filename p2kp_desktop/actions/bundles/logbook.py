"""What can be done with a line of the log: giving out the file that was received, byte for byte."""

from pathlib import Path

from p2kp_desktop.actions.common import originals
from p2kp_desktop.actions.common.delivery import deliver
from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace


def save_original(workspace: Workspace, sha256: str, target: Path, *, report: Report) -> Path:
    """Copy a received file with this hash to where it is wanted; raise Trouble when it is not kept (any more)."""
    kept = originals.find(workspace, sha256)
    if kept is None:
        raise Trouble(
            say("Berkas asli tidak ada lagi di folder {folder}.", folder=originals.folder_of(workspace)),
            remedy=say("Minta pengirim mengirimnya lagi; datanya sendiri sudah ada di sini."), code="T63",
        )
    return deliver(kept, target.parent, target.name, report=report)
