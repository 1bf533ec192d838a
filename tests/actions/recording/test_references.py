"""References: which record a text means, what it is called wherever an answer is shown, and what is astray."""

import zipfile

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.keying import answer_history, keyed_drafts, offers
from p2kp_desktop.actions.keying.keyed_drafts import Place
from p2kp_desktop.actions.recording import bulk, conflicts, recording, saves
from p2kp_desktop.actions.recording.recording import Refused
from p2kp_desktop.actions.review import comments
from p2kp_desktop.forms import Household, Resident
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.schema import Unreadable, new_id
from p2kp_desktop.store import views
from tests.conftest import KELURAHAN

Agreement, Clause, Commitment, Need, Stakeholder = (
    form_named(key) for key in ("agreement", "clause", "commitment", "need", "stakeholder")
)
CLAUSE = {"clause_number": 1, "aspect": "a", "factual": "ada", "ideal": "bersih", "rule": "dilarang"}


def put(workspace, form, **given):
    return recording.record(workspace, form, given)


def kept(workspace, form, record):
    with workspace.asking() as connection:
        return next(views.found(connection, form, views.Where(id=record))).answers


def pointed(recorded, *keys):
    return {problem.question: problem.severity for problem in recorded.problems if problem.question in keys}


@pytest.fixture
def need(workspace):
    given = {"rt": "001/005", "criterion": "2b", "what": "Paving 120 m", "volume": 120, "unit_name": "b"}
    return put(workspace, Need, **given).id


@pytest.mark.parametrize("said", ["Paving 120 m", " paving120M", "Paving 120 m · 2b Kualitas permukaan jalan"])
def test_a_record_is_pointed_to_by_what_people_call_it(workspace, need, said):
    saved = put(workspace, Commitment, who="Dinas PUPR", need=said)
    assert (kept(workspace, Commitment, saved.id)["need"], pointed(saved, "need")) == (need, {})


def test_a_text_that_names_nobody_is_refused_with_what_to_do(workspace):
    for said in ("Dinas PUPR", "Bappeda", "tidakada"):
        with pytest.raises(Refused, match="tidak tercatat sebagai Pemangku Kepentingan") as refused:
            put(workspace, Commitment, who="Dinas", stakeholder=said)
        assert refused.value.question == "stakeholder"
    put(workspace, Stakeholder, name="Bappeda")
    put(workspace, Stakeholder, name="bappeda ")
    with pytest.raises(Refused, match="Ada 2 catatan «Bappeda»"):
        put(workspace, Commitment, who="Dinas", stakeholder="Bappeda")


def test_an_id_that_is_not_here_yet_is_kept_and_named_until_it_arrives(workspace):
    coming = new_id()
    saved = put(workspace, Commitment, who="Dinas", need=coming)
    assert (kept(workspace, Commitment, saved.id)["need"], pointed(saved, "need")) == (coming, {"need": "soft"})
    put(workspace, Need, id=coming, rt="001/005", criterion="2b")
    assert pointed(put(workspace, Commitment, id=saved.id, year=2026), "need") == {}


def test_what_belongs_to_no_record_has_a_hard_problem_and_to_an_unknown_one_a_soft(workspace):
    agreement = put(workspace, Agreement, number="AB-01", name="Jaga sungai").id
    assert pointed(put(workspace, Clause, **CLAUSE), "parent") == {"parent": "hard"}
    assert pointed(put(workspace, Clause, **CLAUSE, parent="nonexistent"), "parent") == {"parent": "soft"}
    saved = put(workspace, Clause, **CLAUSE, parent="ab-01")
    assert (kept(workspace, Clause, saved.id)["parent"], pointed(saved, "parent")) == (agreement, {})
    with pytest.raises(Refused, match="tidak tercatat sebagai Aturan Bersama"):
        put(workspace, Clause, **CLAUSE, parent="Jaga kali")


def test_a_soft_problem_of_a_reference_can_be_explained(workspace):
    saved = put(workspace, Clause, **CLAUSE, parent=new_id(), **{"why.parent": "masih di kecamatan"})
    (problem,) = (each for each in saved.problems if each.question == "parent")
    assert problem.note == "masih di kecamatan"


def test_history_bulk_changes_and_conflicts_tell_titles(workspace, make_workspace, need, tmp_path):
    saved = put(workspace, Commitment, who="Dinas", need=need).id
    (step,) = answer_history.answer_history(workspace, Commitment, saved, "need")
    title = "Paving 120 m · 2b Kualitas permukaan jalan"
    assert (step.before, step.after) == ("", title)
    plan = bulk.preview(workspace, Commitment, [saved], "need", "")
    assert [(change.before, plan.after) for change in plan.changes] == [(title, "(kosong)")]
    with pytest.raises(Unreadable, match="tidak tercatat"):
        bulk.preview(workspace, Commitment, [saved], "need", "apa saja")
    office = make_workspace("Kota", role="district", regions=("16.71",))
    receiving.receive(office, sending.send(workspace, tmp_path).path)
    gone = new_id()
    put(workspace, Commitment, id=saved, need=None)
    put(office, Commitment, id=saved, need=gone)
    received = receiving.receive(workspace, sending.send(office, tmp_path, to="facilitator", areas=(KELURAHAN,)).path)
    (change,) = (each for each in received.conflicts if each.question == "need")
    assert (change.in_words().before, change.in_words().after) == ("(kosong)", "tidak ada di laptop ini")
    (open_one,) = conflicts.open_conflicts(workspace)
    assert {side.shown for side in open_one.sides} == {"(kosong)", "tidak ada di laptop ini"}
    conflicts.settle_by_text(workspace, saved, "need", "paving 120 M", reason="benar")
    assert kept(workspace, Commitment, saved)["need"] == need


def test_a_change_to_a_record_of_the_same_bundle_is_told_by_its_title(workspace, make_workspace, tmp_path):
    saved = put(workspace, Commitment, who="Dinas").id
    office = make_workspace("Kota", role="district", regions=("16.71",))
    receiving.receive(office, sending.send(workspace, tmp_path).path)
    other = put(workspace, Stakeholder, name="Bank Sumsel").id
    put(workspace, Commitment, id=saved, stakeholder=other)
    received = receiving.receive(office, sending.send(workspace, tmp_path).path, rehearse=True)
    (change,) = (each for each in received.changes if each.question == "stakeholder")
    assert change.in_words().after == "Bank Sumsel"


def test_a_bundle_without_names_tells_no_name_by_way_of_a_title(workspace, tmp_path):
    house = put(workspace, Household, rt="001/005", head_name="Rahasiawati").id
    put(workspace, Resident, rt="001/005", outcome="a", household=house)
    comments.reply(workspace, house, "", "Periksa")
    for withhold, told in ((False, True), (True, False)):
        path = sending.send(workspace, tmp_path, withhold=withhold, full=True).path
        with zipfile.ZipFile(path) as package:
            content = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
        assert ("Rahasiawati" in content, "Rumah Tangga · 001/005" in content) == (told, not told)




def test_words_that_an_older_release_took_for_an_id_are_still_read(workspace):
    saved = put(workspace, Commitment, who="Dinas").id
    with saves.editing(workspace) as edits:
        edits.save(Commitment.key, saved, {"stakeholder": "Dinas PUPR"}, origin="diketik")
    (step, *_) = answer_history.answer_history(workspace, Commitment, saved, "stakeholder")
    assert step.after == "Dinas PUPR"
    assert pointed(put(workspace, Commitment, id=saved, year=2026), "stakeholder") == {"stakeholder": "soft"}


def test_of_changes_saved_in_one_second_the_later_stands_first(workspace, monkeypatch):
    monkeypatch.setattr(environment, "now", lambda: "2026-09-30T10:00:00+07:00")
    saved = put(workspace, Commitment, who="Dinas").id
    for year in (2025, 2026, 2027):
        put(workspace, Commitment, id=saved, year=year)
    told = answer_history.answer_history(workspace, Commitment, saved, "year")
    assert [step.after for step in told] == ["2027", "2026", "2025"]


def test_a_line_of_residents_is_offered_the_households_of_its_rt_alone(workspace):
    for rt, name in (("1/5", "Siti"), ("2/5", "Budi")):
        put(workspace, Household, rt=rt, head_name=name, period=2026)
    put(workspace, Household, rt="1/5", head_name="Lama", period=2025)
    here = {"region": KELURAHAN, "rt": "001/005", "period": "2026"}
    with workspace.asking() as connection:
        asked = offers.questions(connection, Resident, here)
    assert [offer.name for offer in asked["household"].known] == ["Siti"]


def test_a_clause_that_two_people_gave_to_two_agreements_shows_both_by_title(workspace, make_workspace, tmp_path):
    first, second = (put(workspace, Agreement, number=each, name="Sampah").id for each in ("AB-01", "AB-02"))
    clause = put(workspace, Clause, **CLAUSE, parent=first).id
    office = make_workspace("Kota", role="district", regions=("16.71",))
    receiving.receive(office, sending.send(workspace, tmp_path).path)
    put(office, Clause, id=clause, parent=second)
    put(workspace, Clause, id=clause, parent="AB-03-lama")
    receiving.receive(workspace, sending.send(office, tmp_path, to="facilitator", areas=(KELURAHAN,)).path)
    opened = keyed_drafts.open_record(workspace, Clause, Place(KELURAHAN, None, "2026"), clause)
    row = opened.keying.rows()[0]
    assert (row.question.key, row.question.label) == ("parent", "Aturan Bersama")
    assert {each.shown for each in row.conflict} == {"AB-02 · Sampah", "tidak ada di laptop ini"}
    opened = opened.typed(opened.keying.put("parent", "ab-01"))
    assert [each.shown for each in opened.keying.rows()[0].conflict][-1] == "AB-01 · Sampah"
    opened = opened.typed(opened.keying.reason("parent", "sesuai berita acara"))
    assert opened.keying.choices.decided() == {"parent": (first, "sesuai berita acara")}
