from p2kp_desktop.schema import sealing
from p2kp_desktop.store import facts, key_files, node, own_keys


def test_the_keys_stay_the_same_on_either_kind_of_database(workspace):
    with node.editing(workspace) as connection:
        keys = own_keys.signing(connection), own_keys.sealing(connection)
    with workspace.asking() as connection:
        assert (own_keys.signing(connection), own_keys.sealing(connection)) == keys
        in_table = own_keys.SIGNING in facts.everything(connection)
    assert sealing.is_public(sealing.public_of(keys[1]))
    assert in_table != bool(list(key_files.folder().glob(f"*{own_keys.ENDING}")))
