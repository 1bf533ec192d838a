"""Bundles sealed to whom they are for: who that is, and opening those that are sealed to this workspace.

Only an enrolled office counts, whose key a certificate tells: what a stranger says of himself never decides to whom a
bundle is sealed. A bundle that is not for every one of those it goes to is not sealed at all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from p2kp_desktop.actions.common import events
from p2kp_desktop.actions.common.bench import bench
from p2kp_desktop.actions.common.delivery import deliver
from p2kp_desktop.actions.protection import office_slot, password
from p2kp_desktop.actions.protection.office_slot import OpenedByOffice
from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.actions.recording.attachments import Attached, Delivered
from p2kp_desktop.exchange import sealed_files
from p2kp_desktop.exchange.sealed_files import Receiver
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import sealing
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.certificates import Certificate
from p2kp_desktop.schema.places import concerns, lies_in
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, facts, own_keys
from p2kp_desktop.store.workspace import is_server

from . import enrolment

Private = Callable[[], str]  # gives the private key when it is needed


def of_workspace(workspace: Workspace) -> Private:
    """Give what asks a workspace for its private key."""
    def private() -> str:
        with workspace.asking() as connection:
            return own_keys.sealing(connection)

    return private


@contextmanager
def opened(path: Path, private: Private) -> Iterator[Path]:
    """Give the file itself, or for a sealed one what is inside, that is gone afterwards. Raises Trouble."""
    if not sealed_files.is_sealed(path):
        yield path
        return
    with bench() as place:
        inside = place / f"{path.stem}.xlsx"
        sealed_files.unseal(path, inside, private())
        yield inside


@contextmanager
def accompanied(workspace: Workspace, path: Path) -> Iterator[Path]:
    """Give a bundle whose folder of attachments can be read: of a sealed one a name beside which they lie unsealed.

    What cannot be unsealed is left out, and so is what is here already.
    """
    folder = attachments.folder_beside(path)
    if not sealed_files.is_sealed(path) or not folder.is_dir():
        yield path
        return
    with bench() as place:
        bundle, private = place / f"{path.stem}.xlsx", of_workspace(workspace)()
        beside = attachments.folder_beside(bundle)
        beside.mkdir()
        here = attachments.contents(workspace)
        for file in attachments.files_in(folder):
            if attachments.content_of(file) not in here:
                with suppress(Trouble):
                    sealed_files.unseal(file, beside / file.name.removesuffix(sealed_files.ENDING), private)
        yield bundle


def send_beside(bundle: Path, found: Sequence[Attached], receivers: Sequence[Receiver]) -> Delivered:
    """Put attached files beside a sealed bundle, sealed to the same; name those that did not go."""
    folder = attachments.folder_beside(bundle)
    with bench() as place:
        delivered = attachments.send_beside(place / bundle.name, found)
        left = list(delivered.missing)
        for file in attachments.files_in(attachments.folder_beside(place / bundle.name)):
            sealed = file.with_name(f"{file.name}{sealed_files.ENDING}")
            try:
                sealed_files.seal(file, sealed, receivers)
                folder.mkdir(exist_ok=True)
                deliver(sealed, folder, sealed.name)
            except (Trouble, OSError):
                left.append(file.name)
            file.unlink(missing_ok=True)
    return Delivered(delivered.copied + len(delivered.missing) - len(left), tuple(sorted(left)))


def receivers(connection: Connection, to: str, nodes: Iterable[str]) -> tuple[Receiver, ...]:
    """Give to whom a bundle for a role is sealed, oneself last; nothing where one of them has shown no key.

    `nodes` are the workspaces of that role that it goes to: those below, where it goes back.
    """
    about = facts.facts(connection)
    if RANKS.get(to, 0) > RANKS.get(about.role, 0):
        found = _above(connection, to, about.regions)
    else:
        found = _of_nodes(connection, to, nodes)
    if not found or not all(sealing.is_public(each.sealing) for each in found):
        return ()
    own = sealing.public_of(own_keys.sealing(connection))
    return (*(Receiver(each.name, each.sealing) for each in found), Receiver(about.name, own))


def keep_office_slot(workspace: Workspace) -> None:
    """Let the office above open this workspace too, where it is behind a password and the office is enrolled.

    The slot outlives a certificate that ran out, for whoever left does not renew it; not an office that was revoked.
    """
    if is_server(workspace.name) or not password.is_protected(Path(workspace.name)):
        return
    file = Path(workspace.name)
    with workspace.asking() as connection:
        above, about = enrolment.office_above(connection), facts.facts(connection)
        here = enrolment.register(connection)
    revoked = {each.sealing for each in here.everybody() if each.key in here.revocations}
    if above is not None and sealing.is_public(above.sealing):
        office_slot.keep(file, above.name, above.sealing, f"{about.name} · {about.node}")
    elif revoked & {*office_slot.keys(file)}:
        office_slot.keep(file, "", "")


def opened_key_file(workspace: Workspace, told: Path) -> OpenedByOffice:
    """Open the key file of somebody below with the key of this office; raise Trouble where it is not sealed to it."""
    workspace.must(Deed.PERSONS)
    found = office_slot.opened(told, of_workspace(workspace)())
    events.note_in(workspace, events.OPENED_BELOW, file=told.name, who=found.owner)
    return found


def _above(connection: Connection, to: str, regions: Sequence[str]) -> list[Certificate]:
    """Give the certificates of the office above, of each of its laptops that is enrolled for all of these regions.

    That stays so where this workspace itself is not enrolled any more, or not yet with the keys of a new laptop. An
    office of other regions that certified this workspace unasked is not the one above it.
    """
    here = enrolment.register(connection)
    chain = here.chain(enrolment.own_key(connection))
    found = [each for each in chain[1:] if each.role == to and _meets(each.regions, regions)][:1]
    beside = [each for each in here.offices(to) if sealing.is_public(each.sealing)
              and all(any(lies_in(own, theirs) for theirs in each.regions) for own in regions)]
    return list({each.key: each for each in [*found, *beside]}.values())


def _meets(theirs: Iterable[str], regions: Iterable[str]) -> bool:
    return any(concerns(own, each) for own in regions for each in theirs)


def _of_nodes(connection: Connection, to: str, nodes: Iterable[str]) -> list[Certificate]:
    """Give the certificates of workspaces; none where one of them is not enrolled."""
    here = enrolment.register(connection)
    found = []
    for node in nodes:
        its = [each for each in here.offices(to) if node in here.nodes_of(each)]
        if not its:
            return []
        found += its
    return list(dict.fromkeys(found))
