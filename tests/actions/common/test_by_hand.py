"""Whoever writes with an SQL tool that others count, or that somebody may more, is found by the check."""

import json

import pytest

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.trust import enrolling, enrolment
from p2kp_desktop.schema.certificates import Revocation, signed, to_json
from tests.enrolled import enrol_all, key_of, words_of
from tests.sql_tool import edited

NOW = "2026-12-01T10:00:00+07:00"


@pytest.fixture
def offices(make_workspace):
    """Give a city that is enrolled and revoked one of its two teams, with that team and the other."""
    root, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    gone, other = make_workspace("Tim"), make_workspace("Tim Lain")
    enrol_all(root, city, gone, other)
    enrolling.revoke(city, words_of(gone), reason="dicuri")
    persons.add(city, "Rahma", "271828", role="viewer")
    persons.add(city, "Budi", "314159", role="keyer")
    assert soundness.check(city) == soundness.check(root) == []
    return root, city, gone, other


def said_of(workspace, statement):
    with edited(workspace, statement) as again:
        return " ".join(soundness.check(again))


def test_another_root_that_nobody_compared_is_found(offices):
    root, city, _gone, other = offices
    for each in (root, city):
        statement = f"INSERT INTO root VALUES (9, '{key_of(other)}', 'Kota', 'x', '{NOW}')"
        assert f"Induk pendaftaran diganti di luar program: {words_of(other)}" in said_of(each, statement)


def test_a_revocation_that_is_gone_is_found(offices):
    _root, city, gone, _other = offices
    assert f"Pencabutan Tim ({words_of(gone)}) hilang" in said_of(city, "DELETE FROM revocation")


def test_a_revocation_that_nobody_signed_is_found_and_revokes_nobody(offices):
    _root, city, _gone, other = offices
    made = signed(Revocation(key_of(city), key_of(other), NOW, "iseng"), lambda _text: "A" * 86 + "==")
    values = f"'{made.signature}', '{made.key}', '{made.issuer}', '{json.dumps(to_json(made))}', '', '{NOW}'"
    with edited(city, f"INSERT INTO revocation VALUES ({values})") as again:
        assert f"Pencabutan {words_of(other)} ditulis di luar program" in " ".join(soundness.check(again))
        with again.asking() as connection:
            assert enrolment.register(connection).certificate(key_of(other)).name == "Tim Lain"


@pytest.mark.parametrize(("statement", "who"), [
    ("UPDATE person SET role = 'office' WHERE name = 'Rahma'", "Rahma"),
    ("DELETE FROM person WHERE name = 'Rahma'", "Rahma"),
    ("UPDATE person SET active = 0 WHERE name = 'Budi'", "Budi"),
])
def test_a_person_whose_role_nobody_changed_is_found(offices, statement, who):
    assert f"Petugas {who} diubah di luar program" in said_of(offices[1], statement)


def test_roles_that_people_changed_are_no_fault(offices):
    city = offices[1]
    persons.set_role(city, "Rahma", "keyer")
    assert soundness.check(city) == []
