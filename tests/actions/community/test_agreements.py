"""Aturan Bersama: stages, versions that stay comparable wherever they travel, follow-up, library, attachments."""

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.community import agreement_steps, agreement_todos, agreements, clauses
from p2kp_desktop.actions.community.agreements import indicator
from p2kp_desktop.actions.community.clauses import ADDED, CHANGED, KEPT, REMOVED, Part
from p2kp_desktop.actions.recording import attachments, named_acts, recording
from p2kp_desktop.actions.recording.recording import Refused
from p2kp_desktop.forms.agreement import Agreement, Clause, Signature, Violation, Visit
from p2kp_desktop.forms.elements import ASPECTS
from p2kp_desktop.forms.meeting import Decision, Meeting
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import views

KELURAHAN = "16.71.01.1001"
CITY = "16.71"


def an_agreement(workspace, ident="ab", **more):
    recording.record(workspace, Agreement, {
        "id": ident, "region": KELURAHAN, "number": "AB-03", "name": "Tepian Musi", "rts": "012", "stage": "draf",
        "version": 1, "drafted": "2026-07-12", **more,
    })
    return ident


def a_clause(workspace, ident, number, **more):
    recording.record(workspace, Clause, {
        "id": ident, "parent": "ab", "region": KELURAHAN, "clause_number": number, "aspect": "drainase",
        "factual": "Parit tersumbat.", "ideal": "Parit bersih.", "rule": "Tidak membuang sampah.",
        "sanction": "Denda Rp25.000 ke kas KPP.", **more,
    })


def below(workspace, form, **given):
    return recording.record(workspace, form, {"parent": "ab", "region": KELURAHAN, **given}).id


def whole(workspace):
    found = agreements.whole(workspace, "ab")
    assert found is not None
    return found


@pytest.fixture
def agreed(workspace):
    an_agreement(workspace)
    a_clause(workspace, "c4", 4)
    a_clause(workspace, "c5", 5, aspect="air_limbah")
    return workspace


# Versions


def change_all(workspace):
    """Begin version 2, raise a fine, drop a clause, add one."""
    assert agreement_steps.begin_version(workspace, "ab", "2026-09-01") == 2
    recording.record(workspace, Clause, {"id": "c4", "sanction": "Denda Rp50.000 ke kas KPP."})
    recording.delete(workspace, Clause, "c5", reason="digabung")
    a_clause(workspace, "c6", 6, aspect="persampahan")


def compared(workspace):
    found = whole(workspace).comparison
    assert found is not None
    return {(each.record, each.kind) for each in found.changes}


ALL_CHANGES = {("c4", CHANGED), ("c5", REMOVED), ("c6", ADDED)}


def test_a_new_version_keeps_the_older_text_comparable_clause_by_clause(agreed):
    change_all(agreed)
    found = whole(agreed).comparison
    assert (found.old, found.new, found.same) == (1, 2, ())
    assert compared(agreed) == ALL_CHANGES
    fine = next(each for each in found.changes if each.record == "c4")
    assert [(each.key, each.old, each.new) for each in fine.answers] == [
        ("sanction", "Denda Rp25.000 ke kas KPP.", "Denda Rp50.000 ke kas KPP.")]
    assert [hand.person for hand in fine.answers[0].hands] == ["Siti"]
    assert clauses.sentence(fine) == (Part(KEPT, "Denda "), Part(REMOVED, "Rp25.000 "), Part(ADDED, "Rp50.000 "))


def test_what_was_changed_back_is_no_change(agreed):
    agreement_steps.begin_version(agreed, "ab")
    for sanction in ("Denda Rp90.000.", "Denda Rp25.000 ke kas KPP."):
        recording.record(agreed, Clause, {"id": "c4", "sanction": sanction})
    assert whole(agreed).comparison.changes == ()
    assert whole(agreed).comparison.same == (4, 5)


def test_any_two_versions_are_compared(agreed):
    change_all(agreed)
    agreement_steps.begin_version(agreed, "ab")
    recording.record(agreed, Clause, {"id": "c6", "rule": "Sampah dipilah."})
    record = whole(agreed).record
    assert whole(agreed).versions == (1, 2)
    assert compared(agreed) == {("c6", CHANGED)}
    assert {(each.record, each.kind) for each in clauses.compare(agreed, record, 1, 2).changes} == ALL_CHANGES
    assert {(each.record, each.kind) for each in clauses.compare(agreed, record, 1).changes} == ALL_CHANGES
    assert clauses.compare(agreed, record, 7) is None


def test_the_comparison_is_the_same_at_the_district_and_after_its_edits_came_back(agreed, make_workspace, tmp_path):
    district = make_workspace("Budi", role="district", regions=(CITY,))
    receiving.receive(district, sending.send(agreed, tmp_path).path)
    change_all(agreed)
    receiving.receive(district, sending.send(agreed, tmp_path).path)
    assert compared(district) == ALL_CHANGES
    recording.record(district, Clause, {"id": "c6", "rule": "Sampah dipilah."})
    recording.record(district, Clause, {"id": "c4", "incentive": "Piagam."})
    receiving.receive(agreed, sending.send(district, tmp_path, to="facilitator").path)
    for office in (agreed, district):
        assert compared(office) == ALL_CHANGES
        fine = next(each for each in whole(office).comparison.changes if each.record == "c4")
        assert [(each.key, each.new, each.hands[-1].person) for each in fine.answers] == [
            ("sanction", "Denda Rp50.000 ke kas KPP.", "Siti"), ("incentive", "Piagam.", "Budi")]


def test_a_change_that_the_new_version_did_not_know_of_counts_as_changed_in_it(agreed, make_workspace, tmp_path):
    district = make_workspace("Budi", role="district", regions=(CITY,))
    receiving.receive(district, sending.send(agreed, tmp_path).path)
    recording.record(district, Clause, {"id": "c4", "rule": "Parit dibersihkan tiap Minggu."})
    agreement_steps.begin_version(agreed, "ab")
    receiving.receive(agreed, sending.send(district, tmp_path, to="facilitator").path)
    assert compared(agreed) == {("c4", CHANGED)}


def test_two_offices_that_begin_the_same_version_do_not_contradict_each_other(agreed, make_workspace, tmp_path):
    district = make_workspace("Budi", role="district", regions=(CITY,))
    receiving.receive(district, sending.send(agreed, tmp_path).path)
    for office in (agreed, district):
        agreement_steps.begin_version(office, "ab", "2026-09-01")
    received = receiving.receive(agreed, sending.send(district, tmp_path, to="facilitator").path)
    assert received.conflicts == ()
    assert whole(agreed).versions == (1,)


def test_a_number_typed_by_hand_has_no_older_text(workspace):
    an_agreement(workspace, version=3)
    assert whole(workspace).comparison is None
    assert whole(workspace).versions == ()


def test_differences_are_told_word_by_word():
    assert clauses.difference("denda Rp25.000 ke kas", "denda Rp50.000 ke kas KPP") == (
        Part(KEPT, "denda "), Part(REMOVED, "Rp25.000 "), Part(ADDED, "Rp50.000 "), Part(KEPT, "ke kas "),
        Part(ADDED, "KPP"))
    assert clauses.difference("", "baru") == (Part(ADDED, "baru"),)
    assert clauses.difference("kepada RT, tidak", "kepada RT dan TIPP, tidak") == (
        Part(KEPT, "kepada RT "), Part(ADDED, "dan TIPP"), Part(KEPT, ", tidak"))


# Stages


def test_a_stage_is_reached_with_its_date_as_people_write_it(agreed):
    agreement_steps.advance(agreed, "ab", "disahkan", "4 okt 2026", legal_basis="SK Lurah 5/2026")
    answers = whole(agreed).record.answers
    assert (answers["stage"], answers["legalised"], answers["legal_basis"]) == (
        "disahkan", "2026-10-04", "SK Lurah 5/2026")
    named_acts.take_back(agreed, named_acts.last(agreed).id)
    assert whole(agreed).stage == "draf"


def test_a_date_that_cannot_be_read_changes_nothing(agreed):
    with pytest.raises(Refused):
        agreement_steps.advance(agreed, "ab", "disahkan", "kemarin dulu")
    assert whole(agreed).stage == "draf"


def test_an_agreement_in_the_trash_is_not_taken_on(agreed):
    recording.delete(agreed, Agreement, "ab", reason="salah")
    with pytest.raises(Trouble):
        agreement_steps.begin_version(agreed, "ab")
    assert agreements.whole(agreed, "ab") is None


def test_what_is_missing_is_said_and_keeps_nothing_from_going_on(workspace):
    an_agreement(workspace)
    assert agreement_steps.missing(whole(workspace), "uji_publik") == ["Belum ada pasal."]
    a_clause(workspace, "c1", 1, monitor="RT", upkeep="KPP", liable="KPP")
    assert agreement_steps.missing(whole(workspace), "disepakati") == [
        "Tanggal uji publik belum diisi.", "Peserta rembug belum diisi.",
        "Tidak satu pasal pun menyebut dari mana biayanya."]
    below(workspace, Signature, capacity="tipp")
    found = agreement_steps.missing(whole(workspace), "disahkan")
    assert "1 tanda tangan belum ada." in found
    assert "Dasar pengesahan (nomor SK/peraturan) belum diisi." in found
    agreement_steps.advance(workspace, "ab", "berlaku", "1/10/2026")
    assert whole(workspace).stage == "berlaku"


def test_a_signature_of_an_earlier_version_does_not_count_for_the_next(agreed):
    below(agreed, Signature, capacity="tipp", signed="2026-08-04")
    assert [(line.signed, line.signatories) for line in agreements.lines(agreed, CITY)] == [(1, 1)]
    agreement_steps.begin_version(agreed, "ab", "2026-09-01")
    assert [(line.signed, line.signatories) for line in agreements.lines(agreed, CITY)] == [(0, 1)]


# Follow-up and the indicator


def kinds(workspace, today="2026-11-24"):
    return [(todo.kind, todo.late) for todo in agreement_todos.of_area(workspace, CITY, today)]


def test_what_is_to_be_done_follows_the_stage(agreed):
    assert kinds(agreed) == [("sign", False)]
    agreement_steps.advance(agreed, "ab", "disepakati", "2026-09-04")
    signature = below(agreed, Signature, capacity="tipp")
    todo, = agreement_todos.of_agreement(whole(agreed), "2026-11-24")
    assert (todo.kind, todo.record, todo.words) == ("sign", signature, "1 tanda tangan belum")
    recording.record(agreed, Signature, {"id": signature, "signed": "2026-09-04"})
    assert kinds(agreed) == [("legalise", False)]
    agreement_steps.advance(agreed, "ab", "berlaku", "2026-10-01")
    assert kinds(agreed) == [("monitor", False)]
    below(agreed, Visit, date="2026-11-01", kept="tidak")
    assert kinds(agreed) == []


def test_an_open_violation_and_a_review_that_is_due_are_told_until_they_are_settled(agreed):
    agreement_steps.advance(agreed, "ab", "berlaku", "2026-10-01")
    below(agreed, Visit, date="2026-11-01", kept="tidak")
    violation = below(agreed, Violation, clause_number=4, date="2026-11-02", what="Sampah di parit.", handled="baru")
    recording.record(agreed, Agreement, {"id": "ab", "review_due": "2026-11-20"})
    assert kinds(agreed) == [("review", True), ("violation", False)]
    first = agreement_todos.of_agreement(whole(agreed), "2026-11-24")[1]
    assert first.words == "Pelanggaran pasal 4, 2 November 2026: sanksi belum ada"
    recording.record(agreed, Violation, {"id": violation, "sanctions": "denda", "handled": "selesai"})
    agreement_steps.advance(agreed, "ab", "ditinjau", "2026-11-24")
    assert kinds(agreed) == []


def test_meetings_belong_to_an_agreement_by_hand_or_by_its_number_and_their_decisions_are_told(agreed):
    for ident, about in (("m1", "Aturan bersama AB-03, RT 12"), ("m2", "AB-031")):
        recording.record(agreed, Meeting, {
            "id": ident, "kind": "rembug", "name": "Rembug", "level": "kelurahan", "date": "2026-09-04",
            "about": about,
        })
    below(agreed, Meeting, id="m3", kind="uji_publik", name="Uji publik", level="kelurahan", date="2026-08-01")
    recording.record(agreed, Decision, {
        "parent": "m1", "text": "Sosialisasi di RT 016", "responsible": "TIPP", "done": "terbuka", "due": "2026-10-09"})
    assert [meeting.id for meeting in whole(agreed).meetings] == ["m1", "m3"]
    assert ("decision", True) in kinds(agreed)


def facts(workspace, period):
    return [(each.exists, each.agreed, each.legalised, each.monitored)
            for each in indicator(workspace, CITY, period)]


def test_the_indicator_says_by_period_what_was_reached_then(agreed, monkeypatch):
    monkeypatch.setattr(environment, "now", lambda: "2030-01-05T08:00:00+07:00")
    agreement_steps.advance(agreed, "ab", "disepakati", "2026-09-04")
    agreement_steps.advance(agreed, "ab", "disahkan", "2027-01-10")
    below(agreed, Visit, date="2027-03-01", kept="ya")
    assert facts(agreed, "2025") == [(False, False, False, False)]
    assert facts(agreed, "2026") == [(True, True, False, False)]
    assert facts(agreed, "2027") == [(True, True, True, True)]
    agreement_steps.begin_version(agreed, "ab", "2027-06-01")
    assert facts(agreed, "2027-akhir") == [(True, True, True, True)]
    agreement_steps.advance(agreed, "ab", "dicabut", "2028-02-01")
    assert facts(agreed, "2029") == [(False, False, False, False)]


# The library


def test_the_library_has_three_examples_for_every_aspect_and_they_are_inserted_as_one_act(workspace):
    aspects = [each.aspect for each in agreement_steps.library()]
    assert list(dict.fromkeys(aspects)) == list(ASPECTS.codes)
    assert all(aspects.count(code) == 3 for code in ASPECTS.codes)
    an_agreement(workspace)
    a_clause(workspace, "c4", 4)
    agreement_steps.insert_examples(workspace, "ab", agreement_steps.library()[:2])
    made = whole(workspace).parts.clauses
    assert [(each.answers["aspect"], each.answers["clause_number"]) for each in made] == [
        ("tata_ruang", 5), ("tata_ruang", 6), ("drainase", 4)]
    assert not [problem for each in made for problem in each.problems()]
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert [each.id for each in whole(workspace).parts.clauses] == ["c4"]


# Attachments


def a_scan(tmp_path, text="%PDF- SK Lurah"):
    file = tmp_path / "SK Lurah.pdf"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_scan_is_kept_by_its_content_once_and_listed(agreed, tmp_path):
    scan = a_scan(tmp_path)
    for name in ("SK", "SK lagi"):
        attachments.attach(agreed, "ab", KELURAHAN, scan, name=name)
    scan.unlink()
    first, second = attachments.attached(agreed, "ab")
    assert (first.name, second.name, first.path) == ("SK", "SK lagi", second.path)
    assert first.path.read_text(encoding="utf-8") == "%PDF- SK Lurah"
    assert len(list(attachments.folder_of(agreed).iterdir())) == 1
    assert whole(agreed).parts.attachments[0].answers["size"] == 14


def test_a_file_that_is_not_there_is_not_attached(agreed, tmp_path):
    with pytest.raises(Trouble):
        attachments.attach(agreed, "ab", KELURAHAN, tmp_path / "tidak ada.pdf")
    assert attachments.attached(agreed, "ab") == []


def test_the_files_travel_beside_the_bundle_and_are_never_needed_for_the_merge(agreed, make_workspace, tmp_path):
    attachments.attach(agreed, "ab", KELURAHAN, a_scan(tmp_path))
    sent = sending.send(agreed, tmp_path)
    beside = attachments.folder_beside(sent.path)
    assert (sent.attached, sent.unattached) == (1, ())
    sha256, name = (beside / attachments.LIST).read_text(encoding="utf-8").split()
    assert attachments.find(beside, sha256) == beside / name
    hidden = beside.rename(tmp_path / "tersembunyi")
    district = make_workspace("Budi", role="district", regions=(CITY,))
    assert receiving.receive(district, sent.path).unattached == ("SK Lurah.pdf",)
    assert whole(district).parts.clauses
    assert attachments.missing(district, CITY) == ["SK Lurah.pdf"]
    hidden.rename(beside)
    received = receiving.receive(district, sent.path)
    assert (received.attached, received.unattached) == (1, ())
    assert attachments.attached(district, "ab")[0].path.read_text(encoding="utf-8") == "%PDF- SK Lurah"
    back = sending.send(district, tmp_path, to="facilitator")
    assert receiving.receive(agreed, back.path).unattached == ()


def test_a_file_whose_content_was_altered_is_not_taken_in(agreed, make_workspace, tmp_path):
    attachments.attach(agreed, "ab", KELURAHAN, a_scan(tmp_path))
    district = make_workspace("Budi", role="district", regions=(CITY,))
    sent = sending.send(agreed, tmp_path)
    next(attachments.folder_beside(sent.path).glob("*.pdf")).write_text("lain", encoding="utf-8")
    assert receiving.receive(district, sent.path).unattached == ("SK Lurah.pdf",)


@pytest.mark.parametrize("how", [{"withhold": True}, {"password": "rahasia sekali"}])
def test_no_scan_goes_beside_a_bundle_without_names_or_behind_a_password(agreed, tmp_path, how):
    attachments.attach(agreed, "ab", KELURAHAN, a_scan(tmp_path))
    sent = sending.send(agreed, tmp_path, **how)
    assert (sent.attached, sent.unattached) == (0, ("SK Lurah.pdf",))
    assert not attachments.folder_beside(sent.path).exists()


def test_looking_at_a_bundle_takes_no_file_in(agreed, make_workspace, tmp_path):
    attachments.attach(agreed, "ab", KELURAHAN, a_scan(tmp_path))
    district = make_workspace("Budi", role="district", regions=(CITY,))
    receiving.receive(district, sending.send(agreed, tmp_path).path, rehearse=True)
    assert not attachments.folder_of(district).exists()


def test_everything_of_an_agreement_travels(agreed, make_workspace, tmp_path):
    below(agreed, Signature, capacity="lurah", name="Hasan", signed="2026-09-04")
    below(agreed, Violation, clause_number=4, date="2026-11-02", what="Sampah.", handled="baru")
    district = make_workspace("Budi", role="district", regions=(CITY,))
    receiving.receive(district, sending.send(agreed, tmp_path).path)
    with agreed.asking() as here, district.asking() as there:
        for form in (Agreement, Clause, Signature, Violation):
            assert list(views.found(here, form)) == list(views.found(there, form))
    assert agreements.lines(agreed, CITY) == agreements.lines(district, CITY)
