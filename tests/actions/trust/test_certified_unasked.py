"""A city certifies keys that are none of its business: other cities', the province's, teams' of another city."""

from functools import partial

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.trust import enrolling, enrolment, members, seals
from p2kp_desktop.exchange import signing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import sealing
from p2kp_desktop.schema.certificates import Certificate, Revocation, signed
from p2kp_desktop.store import certified, own_keys
from tests.enrolled import enrol, enrol_all, key_of, node_of, words_of

ELSEWHERE = "16.72.01.1001"


class Province:
    """A province with two cities that are enrolled, and a team of the second; the first is in the wrong hands."""

    def __init__(self, make, folder):
        self.folder, self.make, self.root = folder, make, make("Provinsi", "province", ("16",))
        self.thief, self.city = make("Kota", "district", ("16.71",)), make("Kota Jauh", "district", ("16.72",))
        self.team = make("Tim Jauh", regions=(ELSEWHERE,))
        enrol_all(self.root, self.city, self.team)
        enrol(self.thief, self.root)
        recording.record(self.team, Household, {"id": "h1", "head_name": "Herlina", "kk_count": 1}, reason="x")
        self.carry(self.team, self.city, "district")
        self.carry(self.city, self.root)

    def carry(self, giver, taker, to="province"):
        path = sending.send(giver, self.folder, to=to, full=True, in_clear=True).path
        received = receiving.receive(taker, path)
        assert received.error is None
        return received

    def certify(self, key, *, node="e" * 16, since="2026-12-01", until="2027-12-31"):
        """Let the thief certify a key as that of a team of its own, after everybody else by its serial."""
        theirs = sealing.public_of(sealing.new_key())
        self._say(Certificate(key_of(self.thief), key, theirs, node, (), "Palsu", "facilitator", ("16.71",), since,
                              until, "f" * 8))

    def revoke(self, key):
        self._say(Revocation(key_of(self.thief), key, "2026-12-01T10:00:00+07:00", "iseng"))

    def _say(self, said):
        with self.thief.changing() as connection:
            made = [signed(said, partial(signing.mark, own_keys.signing(connection)))]
            keep = certified.keep_revocations if isinstance(said, Revocation) else certified.keep_certificates
            keep(connection, made, "", "2026-12-01T10:00:00+07:00")

    def standing(self, *whose):
        with self.root.asking() as connection:
            here = enrolment.register(connection)
            return [found and (found.name, found.role) for found in (here.certificate(key_of(each)) for each in whose)]


HONEST = [("Provinsi", "province"), ("Kota Jauh", "district"), ("Tim Jauh", "facilitator")]


@pytest.fixture
def land(make_workspace, tmp_path):
    return Province(make_workspace, tmp_path)


def test_no_city_lowers_others_by_certifying_their_keys_as_well(land):
    for each in (land.root, land.city, land.team):
        land.certify(key_of(each), node=node_of(each))
    land.carry(land.thief, land.root)
    assert land.standing(land.root, land.city, land.team) == HONEST
    assert members.own(land.root).may_enrol
    assert land.carry(land.city, land.root).sender.standing == "enrolled"
    with land.root.asking() as connection:
        here = enrolment.register(connection)
        assert key_of(land.city) in here.keys_of(node_of(land.city))
        genuine = sealing.public_of(_sealing(land.team))
        assert enrolment.sealing_key_of(connection, key_of(land.team)) == genuine


def _sealing(workspace):
    with workspace.asking() as connection:
        return own_keys.sealing(connection)


def test_no_city_revokes_whom_it_only_certified_as_well(land):
    for each in (land.root, land.city, land.team):
        land.certify(key_of(each))
        land.revoke(key_of(each))
    land.carry(land.thief, land.root)
    assert land.standing(land.root, land.city, land.team) == HONEST
    with land.root.asking() as connection:
        assert enrolment.register(connection).revocations == {}
    assert land.carry(land.city, land.root).notes == ()


def test_who_certified_a_stolen_laptop_revokes_it_whoever_else_certified_it(land):
    land.certify(key_of(land.team))
    land.carry(land.thief, land.root)
    enrolling.revoke(land.city, words_of(land.team), reason="dicuri")
    land.carry(land.city, land.root)
    assert land.standing(land.team) == [None]


def test_no_certificate_of_a_day_to_come_ends_those_of_others(land):
    for taker in (land.root, land.team):
        land.certify(key_of(taker), since="2098-01-01", until="2099-12-31")
        with land.thief.asking() as connection:
            made = certified.all_certificates(connection)
        with taker.changing() as connection:
            enrolment.keep(connection, made, [])  # as in a bundle that another program wrote
            assert enrolment.register(connection).day == "2026-12-01"
            assert enrolment.own_chain(connection)
    assert land.standing(land.root, land.city, land.team) == HONEST


def test_who_was_certified_unasked_is_enrolled_by_its_own_office_all_the_same(land):
    new = land.make("Kota Baru", "district", ("16.73",))
    land.certify(key_of(new))
    land.carry(land.thief, land.root)
    enrol(new, land.root)
    with new.asking() as connection:
        assert [each.name for each in enrolment.own_chain(connection)] == ["Kota Baru", "Provinsi"]
    land.carry(new, land.root)
    assert land.standing(new) == [("Kota Baru", "district")]


def test_who_is_called_by_the_six_words_of_another_is_not_revoked_for_him(land):
    other = land.make("Tim Lain", regions=(ELSEWHERE,))
    enrol(other, land.city, name=words_of(land.team))
    gone = enrolling.revoke(land.city, words_of(land.team), reason="dicuri")
    assert gone.key == key_of(land.team)


def test_no_bundle_is_sealed_to_an_office_of_other_regions_that_certified_its_sender(land):
    new = land.make("Tim Baru", regions=("16.73.01.1001",))
    with new.changing() as connection:
        certified.take_root(connection, certified.Root(key_of(land.root), "Tim Baru", "x", "2026-12-01T10:00:00+07:00"))
    land.certify(key_of(new), node=node_of(new))
    land.carry(land.thief, new, "facilitator")
    with new.asking() as connection:
        assert [each.name for each in enrolment.own_chain(connection)] == ["Palsu", "Kota", "Provinsi"]
        assert seals.receivers(connection, "district", ()) == ()


def test_a_thousand_revocations_of_one_city_push_out_none_of_another(land, monkeypatch):
    monkeypatch.setattr(enrolment, "MOST_CARRIED", 6)
    enrolling.revoke(land.city, words_of(land.team), reason="dicuri")
    land.carry(land.city, land.root)
    for number in range(8):
        key = signing.public_of(signing.new_key())
        land.certify(key, node=f"{number:016d}")
        land.revoke(key)
    for _ in range(5):
        land.carry(land.thief, land.root)
    with land.root.asking() as connection:
        said = enrolment.carried(connection, ("16.72",))[enrolment.CERTIFICATES]
    assert said["revoked"][0][1] == key_of(land.team)
    assert key_of(land.team) in {each[1] for each in said["signed"]}


@pytest.mark.parametrize("is_known", [False, True])
def test_who_was_certified_before_is_not_barred_by_an_older_day_on_a_certificate_of_another(land, is_known):
    new, other = land.make("Tim Baru", regions=(ELSEWHERE,)), land.make("Tim Kota", regions=("16.71.01.1001",))
    if is_known:
        enrol(other, land.thief)
        land.carry(land.thief, land.root)
    enrol(new, land.city)
    land.carry(land.city, land.root)
    land.certify(key_of(other), node=node_of(new), since="2020-01-01")
    land.carry(land.thief, land.root)
    with land.root.asking() as connection:
        here = enrolment.register(connection)
        assert here.keys_of(node_of(new)) == {key_of(new)}
        assert here.barred(node_of(new), key_of(new)) == ""
