"""Payments against the amount, instalments in order, and work that does not shrink."""

import pytest

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.rules import beside
from p2kp_desktop.schema import SOFT, Record
from tests.conftest import KELURAHAN


def report(date="2026-09-01", **answers):
    return Record(Progress, date, {"date": date, **answers})


def told(record, *others):
    found = list(beside.problems(record, others))
    assert {each.severity for each in found} <= {SOFT}
    return [(each.question, each.message) for each in found]


def test_payments_beyond_the_amount_are_told_at_the_amount():
    activity = Record(Activity, "a", {"amount": 100})
    assert told(activity, report(paid=60), report(paid=40)) == []
    assert told(activity, report(paid=60), report(paid=45)) == [
        ("amount", "Yang dibayarkan melebihi nilainya sebesar Rp5.")]
    assert told(Record(Activity, "a", {}), report(paid=60)) == []


@pytest.mark.parametrize(("now", "expected"), [
    ({"physical": "50", "financial": "50"}, []),
    ({"physical": "30", "financial": "60"}, [("physical", "Lebih rendah dari laporan 1 September 2026, 40 %.")]),
    ({"physical": "45", "financial": "10"}, [("financial", "Lebih rendah dari laporan 1 September 2026, 50 %.")]),
    ({}, []),
])
def test_progress_that_falls_is_told_at_the_later_report(now, expected):
    before = report(physical="40", financial="50")
    assert told(report("2026-10-01", **now), report("2026-08-01", physical="5", financial="5"), before) == expected
    assert told(before, report("2026-10-01", physical="1", financial="1")) == []


@pytest.mark.parametrize(("instalment", "before", "expected"), [
    ("p60", [], []), ("p30", ["p60"], []), ("p10", ["p60", "p30"], []), ("lainnya", [], []),
    ("p30", [], [("instalment", "Termin 60 % belum tercatat sebelum laporan ini.")]),
    ("p10", ["p60"], [("instalment", "Termin 30 % belum tercatat sebelum laporan ini.")]),
])
def test_an_instalment_comes_after_those_before_it(instalment, before, expected):
    others = [report("2026-08-01", instalment=each) for each in before]
    assert told(report("2026-09-01", instalment=instalment), *others) == expected
    late = [report("2026-10-01", instalment=each) for each in before]
    assert not before or told(report("2026-09-01", instalment=instalment), *late)


def test_a_note_explains_it():
    activity = Record(Activity, "a", {"amount": 1, "why.amount": "Nilai lama."})
    (problem,) = beside.problems(activity, [report(paid=2)])
    assert problem.note == "Nilai lama."


def test_no_other_form_is_judged_so():
    assert told(Record(Progress, "x", {})) == []
    assert list(beside.problems(Record(Activity, "x", {}), ())) == []


@pytest.fixture
def paid(workspace):
    recording.record(workspace, Activity, {"id": "a", "region": KELURAHAN, "period": "2026", "amount": 100})
    recording.record(workspace, Progress, {"id": "r", "parent": "a", "date": "2026-09-01", "physical": 40,
                                           "paid": 120})
    return workspace


def unlikely(problems):
    return [each.message for each in problems if "Belum diisi" not in each.message]


def test_the_form_of_an_activity_tells_it_while_it_is_typed(paid):
    keying = keyed_drafts.open_record(paid, Activity, keyed_drafts.Place(KELURAHAN, None, "2026"), "a").keying
    assert unlikely(keying.problems()) == ["Yang dibayarkan melebihi nilainya sebesar Rp20."]
    keying = keying.put("amount", "150")
    assert unlikely(keying.problems()) == []


def test_a_new_report_is_judged_beside_the_others_and_so_is_what_scripts_record(paid):
    keying = keyed_drafts.open_record(paid, Progress, keyed_drafts.Place(KELURAHAN, None, "2026", "a")).keying
    keying = keying.put("date", "1/10/2026")
    keying = keying.put("physical", "30")
    assert unlikely(keying.problems()) == ["Lebih rendah dari laporan 1 September 2026, 40 %."]
    done = recording.record(paid, Progress, {"parent": "a", "date": "2026-10-01", "physical": 30})
    assert unlikely(done.problems) == ["Lebih rendah dari laporan 1 September 2026, 40 %."]
