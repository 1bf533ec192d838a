"""Offices that know each other: people compared their six words, so that each takes what the others bring."""

from p2kp_desktop.actions.trust import standing
from p2kp_desktop.exchange import signing
from p2kp_desktop.store import facts, own_keys


def introduce(*workspaces):
    """Let each of these workspaces accept all others, in the role that each has."""
    told = [told_by(workspace) for workspace in workspaces]
    for workspace in workspaces:
        meet(workspace, told)


def told_by(workspace):
    """Give the public key of a workspace and its role; on its own laptop, where its keys lie."""
    with workspace.asking() as connection:
        return signing.public_of(own_keys.signing(connection)), facts.facts(connection).role


def meet(workspace, told):
    """Let a workspace accept others."""
    for key, role in told:
        standing.accept(workspace, key, role, reason="dibandingkan lewat telepon")
