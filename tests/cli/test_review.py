"""Verifying and returning records, and how that travels."""

from p2kp_desktop.forms.household import Household
from tests.examples import a_record

from .conftest import init
from .test_journey import A_HOUSEHOLD, put, receive, send

COMPLETE = {
    key: value for key, value in a_record(Household).answers.items()
    if value is not None and key not in ("region", "period", "identity", "parent")
} | {"rt": "14/5"}


def at_the_district(p2kp, *households):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    ids = put(p2kp, ali, "household", *households)
    receive(p2kp, kota, send(p2kp, ali))
    return ali, kota, ids


def back(p2kp, kota):
    return p2kp("send", kota, ".", "--to", "facilitator", "--json").json()["path"]


def test_a_clean_record_is_verified_and_an_incomplete_one_is_refused_with_reasons(p2kp):
    _, kota, (good, bad) = at_the_district(p2kp, COMPLETE, A_HOUSEHOLD)
    result = p2kp("verify", kota, "--rt", "14/5", "--json").json()
    assert result["verified"] == [good]
    assert [refusal["id"] for refusal in result["refused"]] == [bad]
    assert any("roof" in reason for reason in result["refused"][0]["reasons"])
    assert p2kp("verify", kota, "--id", bad).code == 1
    assert p2kp("verify", kota, "--json").json()["already"] == [good]


def test_a_returned_record_reaches_its_facilitator_with_the_comment(p2kp):
    ali, kota, (household,) = at_the_district(p2kp, COMPLETE)
    p2kp("return", kota, "--id", household, "--comment", "Atap bocor atau tidak?", "--question", "roof")
    receive(p2kp, ali, back(p2kp, kota))
    (record,) = p2kp("records", ali, "get", "household").lines()
    assert record["status"] == "dikembalikan"
    (comment,) = p2kp("records", ali, "get", "comment").lines()
    assert (comment["parent"], comment["about"], comment["text"]) == (household, "roof", "Atap bocor atau tidak?")
    assert p2kp("digest", ali).out == p2kp("digest", kota).out


def test_a_verification_that_meets_an_unseen_edit_blesses_nothing(p2kp):
    ali, kota, (household,) = at_the_district(p2kp, COMPLETE)
    put(p2kp, ali, "household", {"id": household, "kk_count": 2})
    assert p2kp("verify", kota, "--json").json()["verified"] == [household]
    receive(p2kp, kota, send(p2kp, ali))
    result = p2kp("verify", kota, "--json").json()
    assert (result["already"], result["verified"]) == ([], [household])
    assert p2kp("verify", kota, "--json").json()["already"] == [household]


def test_a_facilitator_does_not_verify_its_own_records(p2kp):
    ali = init(p2kp, "ali")
    put(p2kp, ali, "household", COMPLETE)
    ran = p2kp("verify", ali)
    assert ran.code == 1
    assert "fasilitator" in ran.err
