"""Filled forms: every answer on them, what lacks, conflicts, comments, history; names for a reason only."""

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import printed_codes, recording
from p2kp_desktop.actions.review import comments
from p2kp_desktop.forms import FORMS, Household, RtSurvey
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.forms.meeting import Attendee, Meeting
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.schema import Choice, Derived, Reference, Several
from p2kp_desktop.schema.printed_code import read_code
from p2kp_desktop.schema.table import Scope
from tests.conftest import KELURAHAN
from tests.examples import a_record
from tests.printing.looking import bare, codes_of, letters_of, outside, pages_of
from tests.records import YEAR, save

LONG = "Raden Mas Muhammad Sukarman Sulaiman Abdurrahman Wahid"
REASON = "rapat verifikasi"


def printed(workspace, *records, **asked):
    return making.make(workspace, "record", Asked(records=records, **asked))


@pytest.mark.parametrize("sheet", [A4, F4], ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("form", [form for form in FORMS if form.by_hand and form.in_village], ids=lambda f: f.key)
def test_every_answer_of_a_record_stands_on_its_form(workspace, form, sheet):
    made = a_record(form)
    answers = {question.key: made.answers.get(question.key) for question in form.stored()
               if not isinstance(question, Reference)}
    address = {"region": KELURAHAN} | ({"rt": "014/005"} if form.place == "rt" else {})
    address |= {"period": YEAR} if form.per_period else {}
    ident = recording.record(workspace, form, {**address, **answers}).id
    pdf = printed(workspace, ident, names=True, reason=REASON, sheet=sheet).pdf
    letters = letters_of(pdf)
    for question in form.questions:
        answer = made.answers.get(question.key)
        if answer is None or isinstance(question, Derived | Reference) or question in form.runs_on:
            continue
        picked = str(answer).split(",") if isinstance(question, Several) else [str(answer)]
        told = [question.options.show(code) for code in picked] if isinstance(question, Choice | Several) else [
            question.show(answer)]
        assert all(bare(each) in letters for each in told), question
    assert outside(pdf) == []


def test_a_record_tells_what_lacks_and_what_was_remarked(workspace):
    record = save(workspace, head_name=LONG, nik="1671061212800005", roof=None)
    comments.reply(workspace, record, Household.wall.key, "Dinding belakang masih baik.")
    comments.reply(workspace, record, "", "Kartu keluarga belum dilihat.")
    letters = letters_of(printed(workspace, record).pdf)
    assert letters.count("BELUMDIISI") == 1
    assert "Dindingbelakangmasihbaik." in letters
    assert "Kartukeluargabelumdilihat." in letters


def test_names_and_numbers_are_masked_unless_there_is_a_reason(workspace):
    record = save(workspace, head_name=LONG, nik="1671061212800005")
    masked, full = (letters_of(printed(workspace, record, names=names, reason=REASON).pdf) for names in (False, True))
    assert bare(LONG) not in masked
    assert "1671061212800005" not in masked
    assert "1671••••••••0005" in masked
    assert bare(LONG) in full
    assert "1671061212800005" in full
    with pytest.raises(Trouble, match="alasan"):
        printed(workspace, record, names=True)


def test_an_identity_number_in_a_comment_is_masked_too(workspace):
    record = save(workspace)
    comments.reply(workspace, record, "", "Milik 1671061212800005, bukan dia.")
    assert bare("Milik 1671••••••••0005, bukan dia.") in letters_of(printed(workspace, record).pdf)


def test_a_record_deleted_here_and_changed_there_says_so(workspace, make_workspace, tmp_path):
    other = make_workspace("Budi")
    record = save(workspace)
    receiving.receive(other, sending.send(workspace, tmp_path).path)
    recording.delete(workspace, Household, record, reason="pindah")
    recording.record(other, Household, {"id": record, "wall": "b"})
    receiving.receive(workspace, sending.send(other, tmp_path).path)
    assert bare("Dihapus di satu laptop, diubah di laptop lain") in letters_of(printed(workspace, record).pdf)


def test_history_says_who_changed_what_on_demand(workspace):
    record = save(workspace, head_name=LONG)
    recording.record(workspace, Household, {"id": record, "wall": "b", "head_name": "Siti"}, reason="salah lihat")
    assert "Diubah" not in letters_of(printed(workspace, record).pdf)
    told = letters_of(printed(workspace, record, history=True).pdf)
    assert bare("Baik → Rusak (salah lihat)") in told
    assert bare(LONG) not in told


def test_a_conflict_shows_both_values(workspace, make_workspace, tmp_path):
    other = make_workspace("Budi")
    record = save(workspace)
    receiving.receive(other, sending.send(workspace, tmp_path).path)
    recording.record(workspace, Household, {"id": record, "wall": "b"})
    recording.record(other, Household, {"id": record, "wall": "b"})
    recording.record(other, Household, {"id": record, "wall": "a"})
    receiving.receive(workspace, sending.send(other, tmp_path).path)
    letters = letters_of(printed(workspace, record).pdf)
    assert "KONFLIK:aBaik(" in letters
    assert "KONFLIK:bRusak(" in letters


def test_each_side_says_which_record_and_which_version_it_is(workspace):
    record = save(workspace)
    made = printed(workspace, record)
    with workspace.asking() as connection:
        now = printed_codes.digest_now(connection, Household, record)
    codes = [read_code(*codes_of(made.pdf, number)) for number in range(len(pages_of(made.pdf)))]
    assert {(each.id, each.digest) for each in codes} == {(record, now)}
    assert [each.page for each in codes] == [*range(1, len(codes) + 1)]
    assert made.document.versions == {("household", record): now}


def test_all_records_of_an_rt_are_printed_each_on_a_sheet_of_its_own(workspace):
    first, second = save(workspace, rt="014/005"), save(workspace, rt="014/005")
    save(workspace, rt="015/005")
    made = making.make(workspace, "record", Asked(Scope(KELURAHAN, "014/005", YEAR)))
    pages = pages_of(made.pdf)
    assert {record for _form, record in made.document.versions} == {first, second}
    assert [page for page, text in enumerate(pages) if "Sisi 1 dari" in text] == [0, len(pages) // 2]
    survey = save(workspace, RtSurvey, rt="014/005")
    of_survey = making.make(workspace, "record:rt_survey", Asked(Scope(KELURAHAN, "014/005", YEAR)))
    assert [*of_survey.document.versions] == [("rt_survey", survey)]


def test_what_belongs_to_a_record_is_printed_below_it(workspace):
    agreement = save(workspace, Agreement)
    for number in (1, 2):
        recording.record(workspace, Clause, {
            "region": KELURAHAN, "parent": agreement, "clause_number": number, "aspect": "a",
            "factual": f"Fakta {number}", "ideal": "Ideal", "rule": "Aturan"})
    letters = letters_of(printed(workspace, agreement).pdf)
    assert letters.index("Fakta1") < letters.index("Fakta2")


def test_people_who_attended_stand_in_a_table_below_their_meeting(workspace):
    meeting = save(workspace, Meeting)
    for name in ("Siti Aminah", LONG):
        recording.record(workspace, Attendee, {"region": KELURAHAN, "parent": meeting, "name": name, "sex": "b"})
    letters = letters_of(printed(workspace, meeting, names=True, reason=REASON).pdf)
    assert "1SitiAminah" in letters
    assert f"2{bare(LONG)}" in letters


def test_a_record_that_is_not_here_is_said_so(workspace):
    with pytest.raises(Trouble, match="tidak ada di ruang kerja"):
        printed(workspace, "tidak-ada")
    with pytest.raises(Trouble, match="Tidak ada data"):
        making.make(workspace, "record", Asked())
