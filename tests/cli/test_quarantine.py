"""What waits for a person, through the command line."""

import pytest

from tests.cli.words import A_HOUSEHOLD, put, receive, send

from .conftest import init


@pytest.fixture
def waiting(p2kp):
    """Give a city where what a stranger deleted waits, and the households of the team."""
    team, city, stranger = init(p2kp, "tim"), init(p2kp, "kota", "district", "16.71"), init(p2kp, "lain")
    ids = put(p2kp, team, "household", A_HOUSEHOLD, A_HOUSEHOLD | {"head_name": "Budi"})
    path = send(p2kp, team)
    receive(p2kp, city, path)
    receive(p2kp, stranger, path)
    for ident in ids:
        assert p2kp("records", stranger, "delete", "household", ident, "--reason", "x").code == 0
    ran = receive(p2kp, city, send(p2kp, stranger))
    (bundle,) = ran.json()["bundles"]
    assert (ran.code, bundle["rejected"], bundle["quarantined"]) == (0, 2, 2)
    assert len(p2kp("records", city, "get", "household").lines()) == 2
    return city, ids


def test_what_waits_is_listed_with_its_sender_and_what_it_would_change(p2kp, waiting):
    city, ids = waiting
    listed = p2kp("quarantine", city, "--json").json()["quarantine"]
    assert {each["id"] for each in listed} == set(ids)
    assert {each["sender"]["workspace"] for each in listed} == {"lain"}
    assert {(change["question"], change["after"]) for each in listed for change in each["changes"]} == {("alive", 0)}
    said = p2kp("quarantine", city).out
    assert all(ident in said for ident in ids)
    assert "menghapus catatan orang lain" in said


def test_one_is_applied_and_the_other_left_each_with_a_reason(p2kp, waiting):
    city, (one, other) = waiting
    assert p2kp("quarantine", city, "apply", "tiada", "--reason", "x").code == 1
    ran = p2kp("quarantine", city, "apply", one, "--reason", "memang dobel", "--json")
    assert (ran.code, ran.json()) == (0, {"records": 1})
    assert [each["id"] for each in p2kp("records", city, "get", "household").lines()] == [other]
    assert p2kp("quarantine", city, "leave", other, "--reason", "tidak benar").code == 0
    assert p2kp("quarantine", city, "--json").json() == {"quarantine": []}
    assert len(p2kp("records", city, "get", "household").lines()) == 1
    assert p2kp("check", city).code == 0


def test_what_one_of_two_senders_brought_is_taken_alone(p2kp, waiting):
    """Both say something else of one record: whoever is named by six words, or by node, comes in."""
    city, (one, _other) = waiting
    (first,) = {each["sender"]["node"] for each in p2kp("quarantine", city, "--json").json()["quarantine"]}
    another = init(p2kp, "lain-lagi")
    receive(p2kp, another, send(p2kp, city))
    p2kp("records", another, "delete", "household", one, "--reason", "x")
    receive(p2kp, city, send(p2kp, another))
    assert len(p2kp("quarantine", city, "--json").json()["quarantine"]) == 3
    assert p2kp("quarantine", city, "leave", one, "--sender", "bukan kata siapa pun", "--reason", "x").code == 1
    assert p2kp("quarantine", city, "leave", one, "--sender", first, "--reason", "x").code == 0
    left = [each for each in p2kp("quarantine", city, "--json").json()["quarantine"] if each["id"] == one]
    assert [each["sender"]["workspace"] for each in left] == ["lain-lagi"]
    words = left[0]["sender"]["fingerprint"]
    ran = p2kp("quarantine", city, "apply", one, "--sender", words, "--reason", "memang dobel", "--json")
    assert (ran.code, ran.json()) == (0, {"records": 1})


def test_what_waits_is_a_report(p2kp, waiting):
    city, ids = waiting
    rows = p2kp("report", "quarantine", city, "-").json()["rows"]
    assert {row["id"] for row in rows} == set(ids)
    assert {row["workspace"] for row in rows} == {"lain"}
