"""Verifying and returning records, and how that travels."""

from p2kp_desktop import environment
from p2kp_desktop.actions.review import rollup
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import open_workspace
from tests.cli.words import A_HOUSEHOLD, put, receive, send
from tests.examples import a_record, unlike

from .conftest import init

COMPLETE = {
    key: value for key, value in a_record(Household).answers.items()
    if value is not None and key not in ("region", "period", "identity", "parent")
} | {"rt": "14/5", "survey_date": environment.now()[:10]}
OTHER, THIRD = (COMPLETE | unlike(name) for name in ("Budi Santoso", "Rosmala Dewi"))


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
    told = p2kp("verify", kota, "--id", bad)
    assert told.code == 1
    assert "roof:" not in told.err
    assert "Atap" in told.err or "atap" in told.err
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


def test_ids_may_stand_anywhere_and_not_beside_a_region(p2kp):
    _, kota, (one, two) = at_the_district(p2kp, COMPLETE, OTHER)
    assert p2kp("verify", kota, "--json", one, "--id", two).json()["verified"] == [one, two]
    assert p2kp("verify", kota, one, "--rt", "14/5").code == 2
    assert p2kp("return", kota, "--comment", "x").code == 2
    assert p2kp("verify", kota, "tidak-ada").code == 1


def test_what_was_verified_is_said_in_words_and_refusals_with_reasons(p2kp):
    _, kota, (good, bad) = at_the_district(p2kp, COMPLETE, A_HOUSEHOLD)
    ran = p2kp("verify", kota)
    assert ran.out.split() == [good]
    assert "1 diverifikasi, 0 sudah diverifikasi sebelumnya, 1 belum dapat diverifikasi." in ran.err
    assert bad in ran.err
    assert p2kp("verify", kota, "--period", "1999", "--json").json() == {"verified": [], "already": [], "refused": []}


def test_several_records_are_returned_together_or_none(p2kp):
    _, kota, (one, two) = at_the_district(p2kp, COMPLETE, OTHER)
    assert p2kp("return", kota, one, "tidak-ada", "--comment", "Periksa").code == 1
    assert p2kp("records", kota, "get", "comment").lines() == []
    returned = p2kp("return", kota, one, two, "--comment", "Periksa", "--json").json()["returned"]
    assert [each["id"] for each in returned] == [one, two]
    comments = p2kp("records", kota, "get", "comment").lines()
    assert {(c["id"], c["parent"]) for c in comments} == {(r["comment"], r["id"]) for r in returned}


def test_a_verified_record_is_changed_with_a_reason_only(p2kp):
    _, kota, (household,) = at_the_district(p2kp, COMPLETE)
    p2kp("verify", kota, household)
    line = {"id": household, "kk_count": 2}
    for words in ((), ("--all-or-nothing",)):
        ran = p2kp("records", kota, "put", "household", *words, lines=[line])
        assert (ran.code, ran.out) == (1, "")
        assert "Baris 1: status: Data ini sudah diverifikasi" in ran.err
    assert p2kp("records", kota, "put", "household", "--reason", "Salah ketik", lines=[line]).code == 0
    assert p2kp("verify", kota, "--json").json()["verified"] == [household]
    p2kp("records", kota, "put", "household", "--all-or-nothing", "--reason", "x", lines=[{**line, "kk_count": 3}])
    assert p2kp("records", kota, "get", "household").lines()[0]["kk_count"] == 3


def test_a_reviewed_record_that_was_read_can_be_put_back_and_its_status_is_not_typed(p2kp):
    _, kota, (household,) = at_the_district(p2kp, COMPLETE)
    p2kp("verify", kota, household)
    (record,) = p2kp("records", kota, "get", "household").lines()
    assert record["status"] == "terverifikasi"
    assert not [key for key in record if key.startswith(("seen", "beheld"))]
    assert p2kp("records", kota, "put", "household", lines=[record]).code == 0
    ran = p2kp("records", kota, "put", "household", lines=[{**record, "status": "siap"}])
    assert (ran.code, "Status tidak diketik" in ran.err) == (1, True)
    assert p2kp("verify", kota, "--json").json()["already"] == [household]


def test_a_record_changed_since_it_was_verified_is_not_told_as_verified(p2kp):
    _, kota, (household,) = at_the_district(p2kp, COMPLETE)
    p2kp("verify", kota, household)
    p2kp("records", kota, "put", "household", "--reason", "Salah", lines=[{"id": household, "kk_count": 2}])
    (record,) = p2kp("records", kota, "get", "household").lines()
    assert record["status"] == "berubah sesudah diverifikasi"
    for status in ("berubah sesudah diverifikasi", "terverifikasi"):  # as it is read now, and was read before
        assert p2kp("records", kota, "put", "household", lines=[{**record, "status": status}]).code == 0
    p2kp("verify", kota, household)
    (record,) = p2kp("records", kota, "get", "household").lines()
    assert record["status"] == "terverifikasi"


def test_an_rt_is_returned_with_one_comment_as_it_is_verified(p2kp):
    _, kota, ids = at_the_district(p2kp, COMPLETE, OTHER, THIRD | {"rt": "1/1"})
    returned = p2kp("return", kota, "--rt", "14/5", "--comment", "Ukur lagi.", "--json").json()["returned"]
    assert {each["id"] for each in returned} == set(ids[:2])
    said = p2kp("records", kota, "get", "comment").lines()
    assert {(each["parent"], each["text"]) for each in said} == {(each, "Ukur lagi.") for each in ids[:2]}
    assert p2kp("return", kota, ids[0], "--rt", "14/5", "--comment", "x").code == 2
    assert p2kp("return", kota, "--region", "16.71.01.9999", "--comment", "x").code == 1
    assert p2kp("return", kota, "--region", "16.71", "--comment", " ").code == 1
    assert len(p2kp("return", kota, "--region", "16.71", "--comment", "x", "--json").json()["returned"]) == 3


def test_a_blank_reason_deletes_nothing(p2kp):
    ali = init(p2kp, "ali")
    (household,) = put(p2kp, ali, "household", COMPLETE)
    ran = p2kp("records", ali, "delete", "household", household, "--reason", "  ")
    assert ran.code == 1
    assert "Alasan belum diisi" in ran.err
    assert len(p2kp("records", ali, "get", "household").lines()) == 1


def test_a_verified_record_that_was_changed_goes_on_asking_for_reasons(p2kp):
    _, kota, (household,) = at_the_district(p2kp, COMPLETE)
    p2kp("verify", kota, household)
    for count in (2, 3):
        line = {"id": household, "kk_count": count}
        assert p2kp("records", kota, "put", "household", lines=[line]).code == 1
        assert p2kp("records", kota, "put", "household", "--reason", "salah baca", lines=[line]).code == 0
    p2kp("return", kota, household, "--comment", "Perbaiki.")
    assert p2kp("records", kota, "put", "household", lines=[{"id": household, "kk_count": 4}]).code == 0


def test_a_facilitators_own_stamp_of_verification_does_not_count(p2kp, tmp_path):
    ali, kota, _ = at_the_district(p2kp, COMPLETE)
    stamp = {"rt": "14/5", "verified_date": "2026-11-01", "verified_name": "Ali"}
    (made,) = p2kp("records", ali, "put", "approval", lines=[stamp]).lines()
    assert {each["question"] for each in made["problems"]} == {"verified_date", "verified_name"}
    with open_workspace(tmp_path / ali) as workspace:
        (village,) = rollup.villages(workspace, "16.71.01.1001", str(environment.this_year()))
        assert village.rts[0].verified is None
    receive(p2kp, kota, send(p2kp, ali))
    p2kp("verify", kota, "--rt", "14/5")
    with open_workspace(tmp_path / kota) as workspace:
        (village,) = rollup.villages(workspace, "16.71.01.1001", str(environment.this_year()))
        assert village.rts[0].verified.holds


def test_likely_doubles_are_listed_and_verified_once_they_are_said_apart(p2kp):
    _, kota, ids = at_the_district(p2kp, COMPLETE | {"building": "7"}, COMPLETE | {"building": "7"})
    ran = p2kp("verify", kota, "--rt", "14/5")
    assert "mungkin rumah yang sama dengan Siti Aminah, nomor 7: NIK sama" in ran.err
    assert "0 diverifikasi" in ran.err
    (pair,) = p2kp("doubles", kota, "--json").json()["doubles"]
    assert {pair["id"], pair["other"]} == set(ids)
    assert "NIK sama" in pair["reasons"]
    assert p2kp("doubles", kota, "--rt", "14/5").out.startswith(f"{pair['id']} {pair['other']}: Siti Aminah")
    assert p2kp("doubles", kota, "apart", *ids, "--reason", "Ibu dan anak, dua rumah").code == 0
    assert p2kp("doubles", kota, "--json").json() == {"doubles": []}
    assert set(p2kp("verify", kota, "--json").json()["verified"]) == set(ids)
