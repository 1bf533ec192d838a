"""What hostile bundles say of who is enrolled changes nothing here, and costs a moment."""

from functools import partial

import pytest

from p2kp_desktop.actions.trust import enrolling, enrolment
from p2kp_desktop.exchange import signing
from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.schema.certificates import Certificate, Revocation, from_json, signed, to_json
from p2kp_desktop.store import certified, facts
from tests.enrolled import enrol_all, key_of, node_of


class Line:
    """A province, a district and a team."""

    def __init__(self, make):
        self.root, self.city = make("Provinsi", "province", ("16",)), make("Kota", "district", ("16.71",))
        self.team = make("Tim")


@pytest.fixture
def line(make_workspace):
    return Line(make_workspace)


def manifest_saying(content):
    return Manifest("b", "n" * 16, "x", "province", "x", "2026-11-30T10:00:00+07:00", "p", "district",
                    more={enrolment.CERTIFICATES: content})


@pytest.mark.parametrize("content", [
    None, 1, [], "x", {}, {"signed": 1, "revoked": "x", "request": []}, {"signed": [1, None, [], [[]] * 12, {}]},
    {"signed": [["x"] * 12] * 3, "revoked": [["x"] * 5], "request": ["x"] * 9}, {"request": {"a": [1]}},
    {"signed": [[["x"] * 1000] * 12] * 2000},
])
def test_whatever_a_bundle_says_of_certificates_changes_nothing(line, content):
    enrol_all(line.root, line.city)
    with line.city.changing() as connection:
        before = certified.all_certificates(connection)
        enrolling.bring(connection, manifest_saying(content), "", "t")
        assert certified.all_certificates(connection) == before
        assert (certified.all_revocations(connection), certified.asked(connection)) == ([], [])


def test_a_stranger_brings_no_root_no_revocation_and_no_request_of_another(line):
    enrol_all(line.root, line.city, line.team)
    thief = signing.new_key()
    public, mark = signing.public_of(thief), partial(signing.mark, thief)
    root = signed(Certificate(public, public, "", "f" * 16, (), "Palsu", "province", ("16",), "2026-01-01",
                              "2030-01-01", "00000000"), mark)
    ours = signed(Certificate(public, key_of(line.city), "", node_of(line.city), (), "Kota", "district", ("16.71",),
                              "2026-01-01", "2030-01-01", "00000001"), mark)
    gone = signed(Revocation(public, key_of(line.team), "2026-11-30T10:00:00+07:00", "iseng"), mark)
    with line.team.changing() as connection:
        facts.note(connection, enrolment.ASKED, "2026-11-30T10:00:00+07:00")
        asked = to_json(enrolment.request_of(connection))
    said = {"signed": [to_json(root), to_json(ours)], "revoked": [to_json(gone)], "request": asked}
    with line.city.changing() as connection:
        enrolling.bring(connection, manifest_saying(said), public, "t")
        here = enrolment.register(connection)
        assert (here.root.key, dict(here.revocations)) == (key_of(line.root), {})
        assert here.chain(public) == ()
        assert [each.name for each in here.chain(key_of(line.city))] == ["Kota", "Provinsi"]
        assert certified.asked(connection) == [] or all(each.decided for each in certified.asked(connection))
    assert from_json(Certificate, to_json(root)) == root


def test_a_bundle_full_of_made_up_certificates_is_passed_over_in_a_moment(line, monkeypatch):
    """Each is looked at a few times at most, however many say to be signed by one another."""
    enrol_all(line.root, line.city)
    thief = signing.new_key()
    public, mark = signing.public_of(thief), partial(signing.mark, thief)
    made_up = [
        signed(Certificate(public, public if number % 3 else key_of(line.city), "", "f" * 16, (), f"Palsu {number}",
                           ("province", "district", "facilitator")[number % 3], ("16",) * 20, "2026-01-01",
                           "2030-01-01", f"{number:08d}"), mark)
        for number in range(90)
    ]
    looked = []
    monkeypatch.setattr(Certificate, "objection", counting(Certificate.objection, looked))
    with line.city.changing() as connection:
        before = certified.all_certificates(connection)
        looked.clear()
        enrolling.bring(connection, manifest_saying({"signed": [to_json(each) for each in made_up]}), public, "t")
        assert len(certified.all_certificates(connection)) <= len(before) + enrolment.MOST_OFFERED
    assert len(looked) < 60 * len(made_up)


def test_hundreds_that_sign_one_another_are_followed_no_further_than_roles_rise(line):
    """A chain of them as deep as it is long would stop the import, at an office where nobody is enrolled too."""
    thieves = [signing.new_key() for _ in range(500)]
    publics = [signing.public_of(each) for each in thieves]
    certified_by = zip([key_of(line.city), *publics], [*publics, publics[-1]], [*thieves, thieves[-1]], strict=True)
    made_up = [
        signed(Certificate(by, key, "", "f" * 16, (), "Palsu", "district", ("16",), "2026-01-01", "2030-01-01",
                           "00000000"), partial(signing.mark, private))
        for key, by, private in certified_by
    ]
    above = signed(Certificate(publics[1], publics[1], "", "f" * 16, (), "Palsu", "province", ("16",), "2026-01-01",
                               "2030-01-01", "00000000"), partial(signing.mark, thieves[1]))
    with line.city.changing() as connection:
        said = {"signed": [to_json(each) for each in (*made_up, above)]}
        enrolling.bring(connection, manifest_saying(said), publics[0], "t")
        assert enrolment.own_chain(connection) == ()


def counting(ask, looked):
    def asked(one):
        looked.append(one)
        return ask(one)

    return asked
