"""Every save is signed by its node: kept, carried, checked, and passed on by whoever has it."""

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.exchange import reading
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.save_signing import holds, public_of
from p2kp_desktop.store import facts, history, own_keys, signers
from p2kp_desktop.store.tables import history as rows_table
from p2kp_desktop.store.tables import signers as signers_table


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


def test_a_save_is_signed_and_the_signature_travels_with_whoever_has_it(make_workspace, tmp_path):
    team, city, province = (make_workspace("Tim"), make_workspace("Kota", "district", ("16.71",)),
                            make_workspace("Prov", "province", ("16",)))
    keep(team, "h1")
    keep(team, "h1", "Lain")
    keep(team, "h2")
    assert all(holds(key_of(team), row.hash, row.mark) for row in rows_of(team))
    assert receiving.receive(city, sending.send(team, tmp_path).path).notes == ()
    assert receiving.receive(province, sending.send(city, tmp_path).path).notes == ()
    for office in (city, province):
        assert [(row.hash, row.mark) for row in rows_of(office)] == [(row.hash, row.mark) for row in rows_of(team)]
    with province.asking() as connection:
        assert signers.keys_of(connection, node_of(team)) == ({key_of(team)}, False)
    with city.asking() as connection:
        assert signers.keys_of(connection, node_of(team)) == ({key_of(team)}, True)


def test_what_was_saved_before_saves_were_signed_is_signed_when_it_is_sent(make_workspace, tmp_path):
    team, city = make_workspace("Tim"), make_workspace("Kota", "district", ("16.71",))
    keep(team, "h1")
    before = sending.send(team, tmp_path).path
    without_signatures(team)
    keep(team, "h2")
    assert [bool(row.mark) for row in rows_of(team)] == [False, True]
    assert receiving.receive(city, before).error is None
    without_signatures(city)
    assert receiving.receive(city, sending.send(team, tmp_path, full=True).path).notes == ()
    assert all(holds(key_of(team), row.hash, row.mark) for row in (*rows_of(team), *rows_of(city)))


def test_a_false_signature_is_not_kept(make_workspace, tmp_path):
    team, city = make_workspace("Tim"), make_workspace("Kota", "district", ("16.71",))
    keep(team, "h1")
    with team.changing() as connection:
        connection.execute(rows_table.update().values(mark="x" * 1000))
    path = sending.send(team, tmp_path).path
    assert {len(row.mark) for row in reading.read(path).history()} == {100}
    assert receiving.receive(city, path).error is None
    assert [row.mark for row in rows_of(city)] == [""]
    assert soundness.check(city) == []
