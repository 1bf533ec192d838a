from p2kp_desktop.actions.common.workspaces import init
from p2kp_desktop.schema import sealing
from p2kp_desktop.store import own_keys


def test_a_workspace_keeps_the_key_that_others_seal_to(tmp_path):
    with init(tmp_path / "a.p2kp", name="Sari", role="facilitator", person="Sari", regions=["16"]) as workspace:
        with workspace.changing() as connection:
            first = own_keys.sealing(connection)
        with workspace.asking() as connection:
            assert own_keys.sealing(connection) == first
    assert sealing.is_public(sealing.public_of(first))
