"""Opening a workspace off the GUI thread, with the ways back when it is damaged; nothing here is a widget.

The core is imported when it is needed, so that the frame is painted first.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.messages import Fault, fault_of

if TYPE_CHECKING:
    from p2kp_desktop.actions.protection.password import Keys
    from p2kp_desktop.actions.upkeep.salvage import Damage, Salvaged
    from p2kp_desktop.store import Workspace
    from p2kp_desktop.ui.shell.board import Board

MISSING = "R03"


class Damaged(Exception):
    """A workspace that cannot be opened, by this program or at all, though there is a way on: a backup, say."""

    def __init__(self, trouble: Trouble, damage: "Damage") -> None:
        super().__init__(str(trouble))
        self.trouble, self.damage = trouble, damage


class Said:
    """What the next board is to tell: a notice of what was done, or why it was not."""

    def __init__(self) -> None:
        self.notice: tuple[str, str] | None = None
        self.fault: Fault | None = None

    def tell(self, board: "Board") -> None:
        """Show it, once."""
        notice, fault = self.notice, self.fault
        self.notice = self.fault = None
        if notice is not None:
            board.show_notice(*notice)
        if fault is not None:
            board.show_fault(fault)


def opened(location: str, report: Callable[[int, int], None] | None = None) -> "Workspace":
    """Open a workspace; raise Damaged where there is a way back, Trouble where there is none.

    `report` hears how far bringing an older one up to date is.
    """
    from p2kp_desktop.actions.common import backups, events
    from p2kp_desktop.actions.upkeep import housekeeping, salvage
    from p2kp_desktop.store import open_workspace
    from p2kp_desktop.store.migrations import NEWER
    from p2kp_desktop.store.workspace import is_server

    try:
        workspace = open_workspace(location, report=report)
    except Trouble as trouble:
        is_newer = trouble.code == NEWER and not is_server(location)
        if trouble.code not in (*backups.DAMAGE, MISSING) and not is_newer:
            raise
        damage = salvage.examine(Path(location), newer=is_newer)
        if not is_newer and not damage.good and not damage.there:
            raise
        raise Damaged(trouble, damage) from trouble
    housekeeping.put_in_order(workspace)
    events.opened(workspace)
    return workspace


def unlocked(file: Path, typed: str) -> "Workspace":
    """Open a workspace with a password; raise Trouble for a wrong one."""
    from p2kp_desktop.actions.protection import password

    password.unlock(file, typed)
    return opened(str(file))


def signed_in(workspace: "Workspace", person: str) -> None:
    """Let a person work whose password was typed; raise Trouble for one who was taken off."""
    from p2kp_desktop.actions.keying import persons

    persons.signed_in(workspace, person)


def recovered(file: Path, words: str, fresh: str) -> "Workspace":
    """Open a workspace with its recovery words, and give it a new password; raise Trouble for wrong words.

    It becomes that of the person who has one there, else of whoever the workspace says works in it.
    """
    from p2kp_desktop.actions.protection import password
    from p2kp_desktop.store import facts

    password.unlock_with_words(file, words)
    workspace = opened(str(file))
    try:
        with workspace.asking() as connection:
            person = facts.facts(connection).person
        password.reset(file, words, person, fresh)
        workspace.is_worked_by(person)
    except BaseException:
        workspace.close()
        raise
    return workspace


def enciphered(file: Path, protection: "Keys") -> "Workspace":
    """Put a workspace in clear behind a password and open it; raise Trouble, with the file as it was."""
    from p2kp_desktop.actions.protection import conversion

    conversion.encipher(file, protection)
    return opened(str(file))


def is_protected(location: str) -> bool:
    """Say whether a workspace is a file behind a password."""
    from p2kp_desktop.actions.protection import password
    from p2kp_desktop.store.workspace import is_server

    return not is_server(location) and password.is_protected(Path(location))


def person_of_bare(workspace: "Workspace") -> str:
    """Return the person who works in a workspace that could be behind a password and is not; "" for any other."""
    from p2kp_desktop.actions.protection import password
    from p2kp_desktop.store import facts

    if not password.lies_bare(workspace):
        return ""
    with workspace.asking() as connection:
        return facts.facts(connection).person


def restored(location: str, backup: str, said: Said) -> "Workspace":
    """Put a backup in the place of a workspace and open it; where that fails, open what stood there."""
    from p2kp_desktop.actions.common import backups
    from p2kp_desktop.schema import written

    try:
        saved = backups.restore(backup, location)
    except Trouble as trouble:
        said.fault = fault_of(trouble)
        return opened(location)
    made = backups.moment_of(Path(backup))
    moment = written.moment(made) if made else Path(backup).name
    kept = say("Keadaan sebelumnya disimpan sebagai {file}.", file=saved.name) if saved else ""
    said.notice = say("Cadangan {moment} sudah dipulihkan.", moment=moment), kept
    return opened(location)


def salvaged(location: str, base: Path | None, said: Said) -> "Workspace":
    """Save what can be saved of a damaged workspace and open it; where that fails, Damaged again."""
    from p2kp_desktop.actions.upkeep import salvage

    try:
        outcome = salvage.salvage(Path(location), base)
    except Trouble as trouble:
        raise Damaged(trouble, salvage.examine(Path(location))) from trouble
    said.notice = (
        say("{households} rumah dan {others} catatan lain diselamatkan.", households=written.number(outcome.households),
            others=written.number(sum(outcome.records.values()) - outcome.households)),
        " ".join(_rest(outcome)),
    )
    return opened(location)


def _rest(outcome: "Salvaged") -> list[str]:
    said = []
    if outcome.lost:
        said.append(say("{number} catatan tidak terbaca lagi; minta paket lengkap dari kantor yang pernah menerimanya, "
                        "atau isi lagi dari kertas.", number=written.number(outcome.lost)))
    if outcome.listed is not None:
        said.append(say("{number} catatan perlu diperiksa dengan kertasnya: lihat {file}.",
                        number=written.number(len(outcome.doubtful)), file=outcome.listed.name))
    said.append(say("Berkas yang rusak disimpan sebagai {file}.", file=outcome.aside.name))
    return said
