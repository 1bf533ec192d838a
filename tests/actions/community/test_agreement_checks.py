"""What cannot be or is unlikely about agreements and institutions: days out of order, clauses and RTs nobody knows."""

import pytest
import sqlalchemy as sa

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.agreement import Agreement, Clause, Incentive, Violation
from p2kp_desktop.forms.institutions import Bkm
from p2kp_desktop.schema import HARD, SOFT, Form, NotBefore, Record, RtList, Unreadable
from p2kp_desktop.schema.questions import Date
from p2kp_desktop.store import views
from p2kp_desktop.store.standing import PROBLEM, Standing
from p2kp_desktop.store.tables import RECORDS
from tests.conftest import KELURAHAN
from tests.examples import a_record

CITY = "16.71"
AN_AGREEMENT = {"id": "ab", "region": KELURAHAN, "number": "AB-1", "name": "Musi", "rts": "012", "stage": "disahkan",
                "version": 1}


def wrong(recorded, *, hard=False):
    return {problem.question for problem in recorded.problems
            if problem.message != "Belum diisi." and (problem.severity == HARD) >= hard}


class Trip(Form, key="trip", title="Perjalanan"):
    """A form for these tests."""

    begun = Date("Berangkat", required=False)
    ended = Date("Pulang", required=False)
    paid = Date("Dibayar", required=False)
    home_again = NotBefore(ended, begun)
    paid_last = NotBefore(paid, begun, ended, severity=HARD)


@pytest.mark.parametrize(("answers", "said"), [
    ({"begun": "2026-01-02", "ended": "2026-01-02"}, []),
    ({"begun": "2026-01-02"}, []),
    ({"ended": "2026-01-02", "begun": "2026-01-03"}, [("ended", SOFT)]),
    ({"begun": "2026-01-03", "paid": "2026-01-02"}, [("paid", HARD)]),
    ({"ended": "2026-01-03", "paid": "2026-01-02", "begun": "2026-01-01"}, [("paid", HARD)]),
    ({"begun": "kemarin", "ended": "2026-01-02"}, [("begun", HARD)]),
])
def test_a_day_before_an_earlier_one_is_objected_to_and_the_earlier_one_is_named(answers, said):
    found = list(Record(Trip, "x", answers).problems())
    assert [(each.question, each.severity) for each in found] == said
    if said and said[0][0] == "ended":
        assert found[0].message == "Lebih awal daripada «Berangkat», 3 Januari 2026."


def test_a_rule_about_days_is_read_aloud():
    assert Trip.paid_last.sentence() == "Dibayar tidak lebih awal daripada Berangkat atau Pulang."


def test_stages_out_of_order_are_unlikely_and_the_database_says_so_too(workspace):
    found = recording.record(workspace, Agreement, AN_AGREEMENT | {"drafted": "2026-01-01", "legalised": "2020-01-01"})
    assert wrong(found) == {"legalised"}
    assert not wrong(found, hard=True)
    assert stands(workspace) == PROBLEM
    recording.record(workspace, Agreement, {"id": "ab", "why.legalised": "SK lebih dulu."})
    assert stands(workspace) == "complete"
    recording.record(workspace, Agreement, {"id": "ab", "why.legalised": None, "legalised": "2026-02-01"})
    assert stands(workspace) == "complete"


def stands(workspace):
    with workspace.asking() as connection:
        table = RECORDS[Agreement.key]
        case = Standing(Agreement, views.rule_sets(connection)).case()
        return connection.scalar(sa.select(case).select_from(table))


def test_a_term_that_ends_before_the_bkm_was_formed_and_a_sanction_before_the_violation_cannot_be(workspace):
    bkm = recording.record(workspace, Bkm, {
        "region": KELURAHAN, "name": "BKM Ulu", "formed": "2024-03-01", "term_ends": "2023-03-01"})
    assert wrong(bkm, hard=True) == {"term_ends"}
    violation = a_record(Violation, date="2026-03-02", sanction_date="2026-03-01")
    assert [(each.question, each.severity) for each in violation.problems()] == [("sanction_date", HARD)]


def test_a_clause_that_the_agreement_never_had_is_unlikely_in_the_record_and_in_the_form(workspace):
    recording.record(workspace, Agreement, AN_AGREEMENT)
    usual = {"parent": "ab", "region": KELURAHAN, "date": "2026-03-01"}
    violation = usual | {"id": "v", "clause_number": 99, "what": "Sampah.", "handled": "baru"}
    assert wrong(recording.record(workspace, Violation, violation)) == set()
    for number in (3, 4):
        recording.record(workspace, Clause, {"id": f"c{number}", "parent": "ab", "clause_number": number})
    recording.delete(workspace, Clause, "c4", reason="digabung")
    found = recording.record(workspace, Violation, violation)
    assert [each.message for each in found.problems] == ["Aturan ini tidak mempunyai pasal 99."]
    keying = keyed_drafts.open_record(workspace, Violation, keyed_drafts.Place(KELURAHAN, None, "2026"), "v").keying
    assert [each.question for each in keying.problems()] == ["clause_number"]
    keying = keying.put("clause_number", "4")  # it had that one once
    assert keying.problems() == []
    given = {"given_to": "RT 12", "what": "Piagam"}
    assert wrong(recording.record(workspace, Incentive, usual | given | {"clause_number": 9})) == {"clause_number"}


@pytest.mark.parametrize(("typed", "kept"), [
    ("012 sampai 016", "012,013,014,015,016"), ("RT 1 s/d RT 3", "001,002,003"), ("1 s.d. 2", "001,002"),
    ("12, 13 dan 14", "012,013,014"), ("14 sampai 15 RW 5", "014/005,015/005"), ("RT 14-RW 05; 2", "014/005,002"),
    ("16.71.01.1001:14/5", "16.71.01.1001:014/005"),
])
def test_a_list_of_rts_is_read_in_the_ways_people_write_it(typed, kept):
    assert RtList("RT").read(typed) == kept
    assert Agreement.rts.read(typed) == kept


def test_a_series_that_runs_backwards_is_no_list_of_rts():
    with pytest.raises(Unreadable):
        RtList("RT").read("16 sampai 12")


def test_what_an_older_release_kept_as_words_is_shown_as_a_list_or_objected_to():
    record = Record(Agreement, "x", {"rts": "12 sampai 14"})
    assert record.show(Agreement.rts) == "012, 013, 014"
    assert list(Agreement.rts.objections("12 sampai 14")) == []
    (objection,) = Agreement.rts.objections("0")
    assert objection.severity == SOFT
    assert Record(Agreement, "x", {"rts": "0"}).show(Agreement.rts) == "0"


def test_words_that_name_no_rt_of_the_kelurahan_are_unlikely(workspace):
    found = recording.record(workspace, Agreement, AN_AGREEMENT | {"rts": "semua RT"})
    assert [each.message for each in found.problems] == ["«SEMUA RT» bukan nomor RT yang dikenal."]


def test_names_stay_at_home_when_a_bundle_withholds_them(workspace, make_workspace, tmp_path):
    recording.record(workspace, Agreement, AN_AGREEMENT)
    usual = {"parent": "ab", "region": KELURAHAN, "date": "2026-03-01", "clause_number": 1}
    recording.record(workspace, Violation, usual | {"what": "Pak Budi", "note": "Budi lagi", "handled": "baru"})
    recording.record(workspace, Incentive, usual | {"given_to": "Bu Ani", "what": "Piagam"})
    district = make_workspace("Budi", role="district", regions=(CITY,))
    receiving.receive(district, sending.send(workspace, tmp_path, withhold=True).path)
    with district.asking() as connection:
        violation, = views.found(connection, Violation)
        incentive, = views.found(connection, Incentive)
    assert not {"what", "note"} & set(violation.answers)
    assert (incentive.answers.get("given_to"), incentive.answers["what"]) == (None, "Piagam")
