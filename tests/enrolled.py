"""Offices and teams that are enrolled: the province is the root, each compared the six words that it needs."""

from p2kp_desktop.actions.trust import enrolling, enrolment
from p2kp_desktop.actions.trust.enrolling import Terms
from p2kp_desktop.exchange import signing
from p2kp_desktop.store import certified, facts


def words_of(workspace):
    """Return the six words of a workspace."""
    with workspace.asking() as connection:
        return signing.fingerprint(enrolment.own_key(connection))


def key_of(workspace):
    """Return its public key."""
    with workspace.asking() as connection:
        return enrolment.own_key(connection)


def node_of(workspace):
    """Return its node."""
    with workspace.asking() as connection:
        return facts.facts(connection).node


def root_words(workspace):
    """Return the six words of the root that counts there."""
    with workspace.asking() as connection:
        return signing.fingerprint(certified.root(connection).key)


def enrol(below, above, **terms):
    """Let a workspace ask the office above it by telephone, and take the answer."""
    enrolling.receive_request(above, enrolling.request(below))
    answer = enrolling.approve(above, words_of(below), Terms(**terms))
    return enrolling.take(below, answer, words=root_words(above))


def enrol_all(province, city, *teams):
    """Enrol a whole line of offices from the root down."""
    enrolling.make_root(province)
    enrol(city, province)
    for team in teams:
        enrol(team, city)
