"""Enrolment through the command line: asking, approving by six words, taking the answer, revoking."""

import pytest

from tests.certified_elsewhere import OfficesApart
from tests.cli.words import A_HOUSEHOLD, put, receive, send

from .conftest import init


@pytest.fixture
def offices(p2kp):
    """Give a province that is the root, a district that it enrolled, and a team that nobody did."""
    province, city = init(p2kp, "prov", "province", "16"), init(p2kp, "kota", "district", "16.71")
    team = init(p2kp, "tim")
    root = p2kp("enrol", province, "root", "--json").json()["words"]
    asked = p2kp("enrol", city, "request", "--json").json()
    answer = p2kp("enrol", province, "approve", asked["line"], "--words", asked["words"], "--json").json()["line"]
    assert p2kp("enrol", city, "take", answer, "--words", root).code == 0
    return province, city, team, root


def own(p2kp, file):
    return p2kp("enrol", file, "--json").json()["own"]


def test_a_team_is_enrolled_with_lines_in_files_and_revoked_with_a_reason(p2kp, offices, tmp_path):
    _province, city, team, root = offices
    (ident,) = put(p2kp, team, "household", A_HOUSEHOLD)
    asked = p2kp("enrol", team, "request", "--json").json()
    (tmp_path / "minta.txt").write_text(f"Pak, ini: {asked['line']}\n", encoding="utf-8")
    without = p2kp("enrol", city, "approve", tmp_path / "minta.txt")
    assert (without.code, "Enam kata" in without.err) == (1, True)
    wrong = p2kp("enrol", city, "approve", tmp_path / "minta.txt", "--words", root)
    assert (wrong.code, "T94" in wrong.err) == (1, True)
    listed = p2kp("enrol", city, "list", "--json").json()["enrolment"]
    (waits,) = [each for each in listed if each["state"] == "waiting"]
    assert (waits["name"], waits["words"]) == ("tim", asked["words"])
    answer = p2kp("enrol", city, "approve", asked["words"], "--until", "2027-06-30").out
    assert p2kp("enrol", team, "take", answer, "--words", "bukan kata itu").code == 1
    assert p2kp("enrol", team, "take", answer, "--words", root).code == 0
    assert (own(p2kp, team)["state"], own(p2kp, team)["until"], own(p2kp, team)["by"]) == (
        "enrolled", "2027-06-30", "kota")
    assert receive(p2kp, city, send(p2kp, team)).json()["bundles"][0]["quarantined"] == 0
    listed = p2kp("report", "enrolment", city, "-").json()["rows"]
    assert {(row["name"], row["state"]) for row in listed} == {
        ("prov", "root"), ("kota", "enrolled"), ("tim", "enrolled")}
    assert p2kp("enrol", city, "revoke", asked["words"], "--reason", " ").code == 1
    assert p2kp("enrol", city, "revoke", asked["words"], "--reason", "laptop dicuri").code == 0
    assert p2kp("records", team, "delete", "household", ident, "--reason", "x").code == 0
    (bundle,) = receive(p2kp, city, send(p2kp, team)).json()["bundles"]
    assert (bundle["rejected"], bundle["quarantined"]) == (1, 1)
    said = p2kp("enrol", city).out
    assert "laptop dicuri" in said
    senders = p2kp("report", "senders", city, "-").json()["rows"]
    assert [row["enrolment"] for row in senders] == ["revoked"]


def test_who_asks_in_a_bundle_is_refused_or_enrolled_by_six_words(p2kp, offices):
    _province, city, team, root = offices
    put(p2kp, team, "household", A_HOUSEHOLD)
    words = p2kp("enrol", team, "request", "--json").json()["words"]
    receive(p2kp, city, send(p2kp, team))
    assert p2kp("enrol", city, "refuse", words, "--reason", "belum dikenal").code == 0
    assert p2kp("enrol", city, "approve", words).code == 1
    assert p2kp("enrol", city, "refuse", words, "--reason", "x").code == 1
    assert "belum terdaftar" in p2kp("enrol", init(p2kp, "lain")).out
    assert own(p2kp, team)["state"] == "waiting"
    assert root


def test_only_the_province_is_a_root_and_nobody_else_revokes(p2kp, offices):
    province, city, team, _root = offices
    assert p2kp("enrol", city, "root").code == 1
    assert p2kp("enrol", team, "revoke", "kota", "--reason", "x").code == 1
    assert p2kp("enrol", city, "revoke", "prov", "--reason", "x").code == 1
    assert p2kp("enrol", province, "revoke", "tiada", "--reason", "x").code == 1
    assert p2kp("enrol", province, "approve", "P2KP-MINTA:rusak", "--words", "x").code == 1


def test_a_key_under_a_node_that_is_known_by_another_one_is_confirmed_with_a_reason(p2kp, make_workspace, tmp_path):
    offices = OfficesApart(make_workspace, tmp_path)
    offices.carry(offices.team, offices.province)
    offices.certify()
    offices.carry(offices.city, offices.province)
    file = offices.province.name
    offices.province.close()
    states = {each["name"]: each["state"] for each in p2kp("enrol", file, "--json").json()["enrolment"]}
    assert states["Laptop Lain"] == "contested"
    assert "dikenal di sini sebagai Tim Jauh" in p2kp("enrol", file).out
    assert p2kp("enrol", file, "confirm", "Laptop Lain", "--reason", " ").code == 1
    confirmed = p2kp("enrol", file, "confirm", "Laptop Lain", "--reason", "ditelepon", "--json").json()
    assert confirmed["name"] == "Laptop Lain"
    states = {each["name"]: each["state"] for each in p2kp("enrol", file, "--json").json()["enrolment"]}
    assert states["Laptop Lain"] == "enrolled"
