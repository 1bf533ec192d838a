"""A new version leaves the one in force in force and the past as it was; the bowl and the indicator say the same."""

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.community import agreement_steps, agreements, clauses, readiness
from p2kp_desktop.actions.community.agreement_versions import edition_mark
from p2kp_desktop.actions.community.agreements import indicator
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.forms.agreement import Agreement, Clause, FormerVersion, Signature, Visit
from tests.conftest import KELURAHAN

CITY = "16.71"
TODAY = "2026-11-26"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(environment, "now", lambda: f"{TODAY}T08:00:00+07:00")


@pytest.fixture
def bound(workspace):
    """Give a workspace with an agreement in force since 2025."""
    put(workspace, region=KELURAHAN, number="AB-1", name="Tepian Musi", rts="012", stage="berlaku", version=1,
        drafted="2025-01-01", agreed="2025-02-01", legalised="2025-03-01", legal_basis="SK 1/2025",
        in_force="2025-04-01", men=10, women=20)
    recording.record(workspace, Clause, {
        "id": "c", "parent": "ab", "region": KELURAHAN, "clause_number": 1, "aspect": "drainase", "factual": "Kotor.",
        "ideal": "Bersih.", "rule": "Tidak membuang sampah."})
    return workspace


def put(workspace, **given):
    recording.record(workspace, Agreement, {"id": "ab", **given})


def whole(workspace):
    found = agreements.whole(workspace, "ab")
    assert found is not None
    return found


def bowl(workspace, period):
    return next(each for each in readiness.standing(workspace, KELURAHAN, period).parts if each.key == "rules")


def told(workspace, period):
    """Return what the indicator says, and whether the bowl agrees with it about what is in force."""
    found = indicator(workspace, CITY, period)
    facts = "".join(letter for letter, fact in zip("xali", ("exists", "agreed", "legalised", "in_force"), strict=True)
                    if found and getattr(found[0], fact))
    assert bowl(workspace, period).ready == ("i" in facts)
    return facts


def steps(workspace, *given):
    for stage, date in given:
        agreement_steps.advance(workspace, "ab", stage, date)


def test_a_version_in_the_making_leaves_the_one_in_force_in_force(bound):
    assert [told(bound, year) for year in ("2024", "2025", "2026")] == ["", "xali", "xali"]
    agreement_steps.begin_version(bound, "ab", "2026-06-01")
    assert [told(bound, year) for year in ("2025", "2026")] == ["xali", "xali"]
    steps(bound, ("disepakati", "2026-08-01"), ("disahkan", "2026-11-01"))
    put(bound, in_force="2026-12-01")
    assert whole(bound).binding.number == 1
    steps(bound, ("berlaku", "2026-11-20"))
    assert whole(bound).binding.number == 2
    assert [told(bound, year) for year in ("2025", "2026")] == ["xali", "xali"]


def test_the_former_version_keeps_its_days_and_the_new_one_has_to_reach_its_own(bound):
    agreement_steps.begin_version(bound, "ab", "2026-06-01")
    former, = whole(bound).former
    kept = {key: former.answers.get(key) for key in ("version", "stage", "agreed", "legal_basis", "in_force")}
    assert kept == {"version": 1, "stage": "berlaku", "agreed": "2025-02-01", "legal_basis": "SK 1/2025",
                    "in_force": "2025-04-01"}
    missing = agreement_steps.missing(whole(bound), "disahkan")
    assert {"Tanggal uji publik belum diisi.", "Tanggal disepakati belum diisi.",
            "Dasar pengesahan (nomor SK/peraturan) belum diisi."} <= set(missing)
    named_acts.take_back(bound, named_acts.last(bound).id)
    assert (whole(bound).former, whole(bound).stage, whole(bound).record.answers["legal_basis"]) == (
        (), "berlaku", "SK 1/2025")


def test_a_former_version_is_revoked_by_itself_and_its_days_are_put_right(bound):
    agreement_steps.begin_version(bound, "ab", "2026-06-01")
    former, = whole(bound).former
    recording.record(bound, FormerVersion, {"id": former.id, "revoked": "2026-07-01", "in_force": "2026-01-01",
                                            "legalised": "2025-12-01"})
    assert told(bound, "2026") == "x"
    assert told(bound, "2025") == "xal"
    recording.record(bound, FormerVersion, {"id": former.id, "revoked": None, "legalised": "2026-01-01"})
    assert [told(bound, year) for year in ("2025", "2026")] == ["xa", "xali"]


def test_revoking_the_agreement_ends_all_its_versions_and_putting_it_into_force_again_keeps_the_past(bound):
    agreement_steps.begin_version(bound, "ab", "2026-06-01")
    steps(bound, ("dicabut", "2026-07-01"))
    assert [told(bound, year) for year in ("2025", "2026")] == ["xali", ""]
    assert bowl(bound, "2026").note == "Dicabut"
    named_acts.take_back(bound, named_acts.last(bound).id)
    steps(bound, ("berlaku", "2026-06-20"), ("dicabut", "2026-07-01"), ("berlaku", "2026-11-01"))
    assert [told(bound, year) for year in ("2025", "2026")] == ["xali", "xali"]
    answers = whole(bound).record.answers
    assert (answers["in_force"], answers["revoked"], answers["restored"]) == ("2026-06-20", "2026-07-01", "2026-11-01")
    steps(bound, ("dicabut", "2026-11-20"))
    assert told(bound, "2026") == ""
    steps(bound, ("disahkan", "2026-06-15"))
    assert "revoked" not in whole(bound).record.answers


def test_what_a_review_leads_to_is_that_it_stays_in_force_with_the_next_review(bound):
    steps(bound, ("ditinjau", "2026-11-20"))
    assert told(bound, "2026") == "xali"
    assert agreement_steps.following("ditinjau") == "berlaku"
    assert agreement_steps.missing(whole(bound), "berlaku") == []
    agreement_steps.advance(bound, "ab", "berlaku", "25/11/2026", review_due="25/11/2027")
    answers = whole(bound).record.answers
    assert {key: answers[key] for key in ("stage", "in_force", "review_date", "review_due")} == {
        "stage": "berlaku", "in_force": "2025-04-01", "review_date": "2026-11-25", "review_due": "2027-11-25"}
    assert list(whole(bound).record.problems()) == []
    assert [told(bound, year) for year in ("2025", "2026")] == ["xali", "xali"]


def test_two_offices_that_begin_the_same_version_write_the_same_former_one(bound, make_workspace, tmp_path):
    district = make_workspace("Budi", role="district", regions=(CITY,))
    receiving.receive(district, sending.send(bound, tmp_path).path)
    for office in (bound, district):
        agreement_steps.begin_version(office, "ab", "2026-06-01")
    received = receiving.receive(bound, sending.send(district, tmp_path, to="facilitator").path)
    receiving.receive(district, sending.send(bound, tmp_path).path)
    assert received.conflicts == ()
    for office in (bound, district):
        assert len(whole(office).former) == 1
        assert told(office, "2026") == "xali"


# What a release before 0.3.0 left behind


def begin_as_before(workspace, today):
    """Begin a version as 0.2.0 did: the mark, the number, the stage and the draft; every other day stays."""
    with named_acts.acting(workspace, "Versi baru aturan bersama") as edits:
        held = [edits.version(Agreement.key, "ab"), *clauses.ever(edits.connection, "ab")]
        number = held[0].values()["version"]
        key, mark = edition_mark(number, edits.facts.node, held)
        given = {"id": "ab", "version": number + 1, "stage": "draf", "drafted": today}
        recording.record_within(edits, Agreement, given, origin="diketik")
        edits.save(Agreement.key, "ab", {key: mark}, origin="diketik")


def test_versions_of_an_older_release_are_read_from_the_history_here_and_at_the_district(
    bound, make_workspace, tmp_path
):
    begin_as_before(bound, "2026-06-01")
    district = make_workspace("Budi", role="district", regions=(CITY,))
    receiving.receive(district, sending.send(bound, tmp_path).path)
    for office in (bound, district):
        assert [told(office, year) for year in ("2025", "2026")] == ["xali", "xali"]
        assert (whole(office).binding.number, whole(office).edition.legal_basis) == (1, "")
        assert "Tanggal disepakati belum diisi." in agreement_steps.missing(whole(office), "disahkan")
    steps(bound, ("disahkan", "2026-08-01"), ("berlaku", "2026-09-01"))
    assert [told(bound, year) for year in ("2025", "2026")] == ["xali", "xali"]
    assert whole(bound).binding.number == 2
    agreement_steps.begin_version(bound, "ab")
    assert [each.answers["version"] for each in whole(bound).former] == [2, 1]


def test_what_an_older_release_revoked_and_put_into_force_again_is_in_force(bound):
    put(bound, revoked="2026-07-01", stage="berlaku", in_force="2026-08-01")
    assert told(bound, "2026") == "xali"


# What the bowl says while nothing binds


def note(workspace, **given):
    put(workspace, **given)
    return bowl(workspace, "2026").note


def test_only_an_agreement_without_legal_basis_waits_for_it(workspace):
    usual = {"region": KELURAHAN, "number": "AB-1", "name": "Musi", "rts": "012", "version": 1}
    assert note(workspace, **usual, stage="disepakati", agreed="2026-02-01") == "menunggu SK Lurah"
    assert note(workspace, legal_basis="SK 5/2026") == "Disepakati"
    assert note(workspace, stage="disahkan") == "tanggal disahkan kosong"
    assert note(workspace, legalised="2026-11-01", in_force="2027-01-01") == "berlaku mulai 1 Januari 2027"
    assert note(workspace, in_force=None) == "1 November 2026"


# Signatures


def test_a_signature_counts_for_the_version_it_was_given_for_also_on_the_day_the_next_one_begins(bound):
    signature = recording.record(bound, Signature, {
        "parent": "ab", "region": KELURAHAN, "capacity": "tipp", "signed": TODAY}).id
    agreement_steps.begin_version(bound, "ab")
    assert [each.answers.get("version") for each in whole(bound).parts.signatures] == [1]
    assert whole(bound).signed == ()
    recording.record(bound, Signature, {"id": signature, "version": 2})
    assert len(whole(bound).signed) == 1
    agreement_steps.begin_version(bound, "ab", "2026-11-27")
    recording.record(bound, Signature, {"id": signature, "signed": "2026-11-28"})
    assert len(whole(bound).signed) == 1


# The comparison


def test_what_changed_of_the_agreement_itself_is_compared_with_who_and_when(bound):
    agreement_steps.begin_version(bound, "ab", "2026-06-01")
    put(bound, name="Tepian Musi Bersih", rts="012, 013", men=12, background="Banjir.")
    head = {each.key: (each.old, each.new, each.hands[-1].person, each.hands[-1].time[:10])
            for each in whole(bound).comparison.head}
    assert head == {
        "name": ("Tepian Musi", "Tepian Musi Bersih", "Siti", TODAY), "rts": ("012", "012, 013", "Siti", TODAY),
        "men": ("10 orang", "12 orang", "Siti", TODAY), "background": ("", "Banjir.", "Siti", TODAY),
        "legal_basis": ("SK 1/2025", "", "Siti", TODAY),
    }
    assert clauses.compare(bound, whole(bound).record, 1).head == whole(bound).comparison.head


# Every kelurahan of an area


def test_the_indicator_tells_every_kelurahan_apart_and_counts_visits_within_the_period(bound):
    other = "16.71.01.1002"
    recording.record(bound, Agreement, {
        "region": other, "number": "AB-9", "name": "Gang", "rts": "1", "stage": "draf", "version": 1,
        "drafted": "2026-10-01"})
    recording.record(bound, Visit, {"parent": "ab", "region": KELURAHAN, "date": "2025-05-01", "kept": "ya"})
    first, second = indicator(bound, CITY, "2026")
    assert (first.region, first.in_force, first.monitored, first.count) == (KELURAHAN, True, False, 1)
    assert (second.region, second.exists, second.agreed) == (other, True, False)
    assert indicator(bound, CITY, "2025")[0].monitored
