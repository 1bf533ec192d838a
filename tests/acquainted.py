"""Offices that know each other: people compared their six words, so that each takes what the others bring."""

from p2kp_desktop.actions.trust import standing
from p2kp_desktop.exchange import signing
from p2kp_desktop.store import facts, own_keys


def introduce(*workspaces):
    """Let each of these workspaces accept all others, in the role that each has."""
    told = []
    for workspace in workspaces:
        with workspace.asking() as connection:
            about = facts.facts(connection)
            told.append((signing.public_of(own_keys.signing(connection)), about.role))
    for workspace in workspaces:
        for key, role in told:
            standing.accept(workspace, key, role, reason="dibandingkan lewat telepon")
