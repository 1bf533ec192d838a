"""Offices that sign their saves and know each other, and looking at what they hold."""

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.signing_keys import public_of
from p2kp_desktop.store import facts, history, own_keys, summaries
from p2kp_desktop.store.tables import RECORDS
from p2kp_desktop.store.tables import history as rows_table
from p2kp_desktop.store.tables import signers as signers_table
from tests.acquainted import introduce


def rows_of(workspace):
    with workspace.asking() as connection:
        return [row for chain in history.chains(connection) for row in chain]


def key_of(workspace):
    with workspace.asking() as connection:
        return public_of(own_keys.signing(connection))


def node_of(workspace):
    with workspace.asking() as connection:
        return facts.facts(connection).node


def keep(workspace, ident, name="Warga"):
    recording.record(workspace, Household, {"id": ident, "head_name": name}, reason="x")


def without_signatures(workspace):
    """Make a workspace one whose saves were made before saves were signed."""
    with workspace.changing() as connection:
        connection.execute(rows_table.update().values(mark=None))
        connection.execute(signers_table.delete())


def cut_off(workspace, record):
    """Take a record out as somebody would with a tool for databases: its saves and the sums of its RT as well."""
    with workspace.changing() as connection:
        connection.execute(rows_table.delete().where(rows_table.c.record == record))
        connection.execute(RECORDS[Household.key].delete().where(RECORDS[Household.key].c.id == record))
        summaries.forget(connection, list(summaries.known(connection)))
        summaries.refresh(connection)


class Offices:
    """A team whose saves reached a city, and a province that knows both."""

    def __init__(self, make_workspace, folder):
        self.folder, self.make = folder, make_workspace
        self.team, self.city = make_workspace("Tim"), make_workspace("Kota", "district", ("16.71",))
        self.province = make_workspace("Prov", "province", ("16",))
        introduce(self.team, self.city, self.province)
        for ident in ("h1", "h2"):
            keep(self.team, ident)
        self.receive(self.city, self.send(self.team))
        self.receive(self.province, self.send(self.city))

    def send(self, workspace, **how):
        return sending.send(workspace, self.folder, **how).path

    def receive(self, workspace, path):
        received = receiving.receive(workspace, path)
        assert received.error is None
        return received

    def forged(self, workspace, path, loot):
        """Receive a forged bundle at an office; nothing changes there, and it is said."""
        before, rows = soundness.digest(workspace), rows_of(workspace)
        received = self.receive(workspace, loot.write(path))
        assert received.notes
        assert soundness.digest(workspace) == before
        assert rows_of(workspace) == rows
        assert soundness.check(workspace) == []
        return received


def private_of(workspace):
    with workspace.asking() as connection:
        return own_keys.signing(connection)
