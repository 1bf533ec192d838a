"""From Excel: a row that is here already is known again, is one record only, and brings back nothing deleted."""

import pytest
from openpyxl import load_workbook

from p2kp_desktop import environment
from p2kp_desktop.actions.importing import import_plan, import_preview, layouts
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.exchange import table_block
from p2kp_desktop.forms import FORMS, Household, Resident, RtRecap
from p2kp_desktop.forms.institutions import Bkm
from p2kp_desktop.reports import records
from p2kp_desktop.schema import Choice, Date, Identity, Text, Whole
from tests.conftest import some
from tests.examples import a_record, unlike
from tests.foreign_tables import HEADINGS, answers_of, book, found, imported, template

HOUSES = ["Nama KK", "NIK", "RT/RW", "No. Rumah", "L", "P", "9", "12"]
REPEATED = [form for form in FORMS if not form.natural]


def house(name="Siti", nik=None, building=None, men=1, women=2, roof="a", water="a"):
    return [name, nik, "014/005", building, men, women, roof, water]


def houses(path, *rows):
    return book(path, rows, HOUSES)


def planned(workspace, path, form=Household):
    return import_plan.plan_file(workspace, form, path)


def by_name(workspace, key="members_male"):
    return sorted((str(each.answers.get("head_name")), each.answers.get(key)) for each in found(workspace))


@pytest.mark.parametrize("form", some(FORMS))
def test_a_file_imported_twice_changes_nothing(workspace, tmp_path, form):
    rows = [answers_of(workspace, form)] * (1 if form.natural else 2)
    before = len(found(workspace, form))
    path = template(tmp_path / "a.xlsx", form, *rows)
    assert imported(workspace, path, form).new == len(rows)
    again = imported(workspace, path, form)
    assert (again.rows, again.new, again.updated, again.identical) == (len(rows), 0, 0, len(rows))
    assert len(found(workspace, form)) == before + len(rows)


def other_answer(form, answers):
    """Return a question by which nobody knows a record, and another answer to it."""
    for question in form.stored():
        before = answers.get(question.key)
        if before is None or question.key in (*form.known_by, *form.natural) or not isinstance(
            question, Choice | Date | Text | Whole
        ) or isinstance(question, Identity):
            continue
        if isinstance(question, Choice):
            return question.key, next(code for code in question.options.codes if code != before)
        if isinstance(question, Whole):  # money and years among them
            return question.key, int(before) + 1
        return question.key, "2022-10-05" if isinstance(question, Date) else "Yang lain"
    return None


@pytest.mark.parametrize("form", some(REPEATED))
def test_a_corrected_row_changes_its_record_and_no_other(workspace, tmp_path, form):
    given = answers_of(workspace, form)
    changed = other_answer(form, given)
    if changed is None:
        pytest.skip("every answer is one by which it is known")
    imported(workspace, template(tmp_path / "a.xlsx", form, given, given), form)
    before = {each.id: each.answers for each in found(workspace, form)}
    done = imported(workspace, template(tmp_path / "a.xlsx", form, given, given | dict([changed])), form)
    assert (done.new, done.updated, done.identical) == (0, 1, 1)
    after = {each.id: each.answers for each in found(workspace, form)}
    (record,) = (record for record in after if after[record] != before[record])
    key, answer = changed
    assert after[record][key] == answer


def test_rows_of_one_name_in_another_order_change_nothing(workspace, tmp_path):
    three = [house(men=number) for number in (1, 2, 3)]
    imported(workspace, houses(tmp_path / "a.xlsx", *three))
    done = imported(workspace, houses(tmp_path / "a.xlsx", *reversed(three)))
    assert (done.identical, done.updated) == (3, 0)
    assert imported(workspace, houses(tmp_path / "a.xlsx", three[1])).identical == 1


def test_a_corrected_row_of_one_name_touches_the_household_it_agrees_with_most(workspace, tmp_path):
    rows = [house(men=1, roof="a", water="a"), house(men=2, roof="b", water="c")]
    imported(workspace, houses(tmp_path / "a.xlsx", *rows))
    rows[1][5] = 7
    assert imported(workspace, houses(tmp_path / "a.xlsx", rows[1])).updated == 1
    assert sorted((each.answers["members_male"], each.answers["members_female"]) for each in found(workspace)) == [
        (1, 2), (2, 7),
    ]


def test_of_one_name_the_one_with_the_identity_number_is_meant(workspace, tmp_path):
    niks = ["1671064507800003", "1671064507800011"]
    imported(workspace, houses(tmp_path / "a.xlsx", *(house(nik=nik, men=n) for n, nik in enumerate(niks))))
    imported(workspace, houses(tmp_path / "a.xlsx", house(nik=niks[1], men=0, women=9)))
    assert {each.answers["nik"]: each.answers["members_female"] for each in found(workspace)} == {
        niks[0]: 2, niks[1]: 9,
    }


def test_a_row_that_may_be_either_of_two_is_neither_and_is_told(workspace, tmp_path):
    for building in ("7", "8"):
        recording.record(workspace, Household, {"head_name": "Siti", "rt": "014/005", "building": building})
    made = planned(workspace, houses(tmp_path / "a.xlsx", house()))
    assert made.count("new") == 1
    assert len(import_preview.doubles_told(made)) == 2


def test_two_rows_of_one_natural_key_never_overwrite_each_other(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [["RT 14/5", 100], ["014/005", 77]], ["RT/RW", "bangunan"])
    made = planned(workspace, path, RtRecap)
    (error,) = made.errors
    assert (error.place.name, error.value, "Baris 2" in error.rule) == ("A3", "014/005", True)
    done = import_plan.carry_out(workspace, [made])
    assert (done.rows, done.new, done.rejected) == (2, 1, 1)
    assert [each.answers["bangunan"] for each in found(workspace, RtRecap)] == [100]


def test_two_rows_with_one_id_are_one_record_and_the_later_is_named(workspace, tmp_path):
    rows = [{"id": "h1", "rt": "14/5", "head_name": name} for name in ("Siti", "Budi")]
    filled = load_workbook(template(tmp_path / "a.xlsx", Household, *rows))
    for number, row in enumerate(rows, start=4):
        filled.worksheets[1].cell(number, 1, row["id"])
    filled.save(tmp_path / "a.xlsx")
    made = planned(workspace, tmp_path / "a.xlsx")
    assert [(error.place.name, error.value) for error in made.errors] == [("A5", "h1")]
    import_plan.carry_out(workspace, [made])
    assert [(each.id, each.answers["head_name"]) for each in found(workspace)] == [("h1", "Siti")]


def test_an_import_that_was_taken_back_can_come_in_again(workspace, tmp_path):
    path = houses(tmp_path / "a.xlsx", house(), house("Budi"))
    imported(workspace, path)
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    done = imported(workspace, path)
    assert (done.new, done.skipped, done.warnings) == (2, 0, ())
    assert len(found(workspace)) == 2


def test_a_recap_that_somebody_deleted_stays_in_the_trash(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [["014/005", 100]], ["RT/RW", "bangunan"])
    imported(workspace, path, RtRecap)
    (recap,) = found(workspace, RtRecap)
    recording.delete(workspace, RtRecap, recap.id, reason="RT digabung")
    done = imported(workspace, path, RtRecap)
    assert (done.new, done.updated, done.skipped) == (0, 0, 1)
    assert "RT digabung" in done.warnings[0]
    assert found(workspace, RtRecap) == []


def test_a_verified_record_changes_only_with_a_reason_and_the_rehearsal_says_so(make_workspace, tmp_path):
    workspace = make_workspace("Kantor", role="district")
    whole = a_record(Household, period=str(environment.this_year())).answers
    siti, _ = (recording.record(workspace, Household, {**whole, **unlike(name)}).id for name in ("Siti", "Budi"))
    verification.verify(workspace, ids=[siti])
    rows = house(men=5), house("Budi", men=6), house("Andi")
    made = planned(workspace, houses(tmp_path / "b.xlsx", *rows))
    (locked,) = made.objections()
    assert (locked.place.name, locked.value, "--reason" in locked.remedy) == ("E2", "5", True)
    rehearsed = import_plan.rehearse(workspace, [made])
    assert (rehearsed.rows, rehearsed.new, rehearsed.updated, rehearsed.rejected) == (3, 1, 1, 1)
    assert by_name(workspace) == [("Budi", 2), ("Siti", 2)]
    assert import_plan.carry_out(workspace, [made]).rejected == 1
    assert by_name(workspace) == [("Andi", 1), ("Budi", 6), ("Siti", 2)]
    again = planned(workspace, tmp_path / "b.xlsx")
    assert again.objections(reason="salah ketik") == ()
    assert import_plan.carry_out(workspace, [again], reason="salah ketik").updated == 1
    assert by_name(workspace) == [("Andi", 1), ("Budi", 6), ("Siti", 5)]


def test_two_rows_that_may_be_one_household_are_told_and_can_be_told_apart(workspace, tmp_path):
    path = houses(tmp_path / "a.xlsx", house("Siti Aminah", building="7"), house("Hj. Siti Aminah", building="7"))
    made = planned(workspace, path)
    (likely,) = made.doubles
    (told,) = import_preview.doubles_told(made)
    assert all(words in told for words in ("Baris 3", "Hj. Siti Aminah", "baris 2 · Siti Aminah · 7"))
    import_plan.carry_out(workspace, [import_plan.decided(made, set(), {3: {likely.other.id}})])
    keys = [key for each in found(workspace) for key in each.answers if key.startswith("distinct.")]
    assert len(keys) == 1


def test_many_rows_of_one_rt_are_compared_fast_and_numbers_tell_them_apart(workspace, tmp_path):
    rows = [[number, f"Warga {number}", None, "014/005", 1, "a", "a"] for number in range(1500)]
    assert planned(workspace, book(tmp_path / "a.xlsx", rows, HEADINGS)).doubles == ()


def test_residents_are_known_by_name_and_house_number(workspace, tmp_path):
    rows = [["Siti", "7", "014/005", ""], ["Siti", "8", "014/005", ""]]
    headings = ["Nama kepala keluarga", "No. Rumah", "RT/RW", "Keterangan"]
    imported(workspace, book(tmp_path / "a.xlsx", rows, headings), Resident)
    rows[1][3] = "pindah"
    done = imported(workspace, book(tmp_path / "a.xlsx", rows, headings), Resident)
    assert (done.identical, done.updated) == (1, 1)


def test_rows_of_another_rt_are_other_households(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [["Siti", 1]], ["Nama Kepala Rumah Tangga", "Jumlah KK"])
    for rt in ("014/005", "015/005", ""):
        plan = import_plan.plan_file(workspace, Household, path, PlaceOfRows(rt=rt))
        assert import_plan.carry_out(workspace, [plan]).new == 1
        assert import_plan.plan_file(workspace, Household, path, PlaceOfRows(rt=rt)).count("identical") == 1


@pytest.mark.parametrize("form", [Household, Bkm, RtRecap])
def test_rows_copied_from_a_table_of_the_program_change_nothing_when_they_come_back(workspace, form):
    answers = {key: value for key, value in a_record(form).answers.items() if value is not None}
    recording.record(workspace, form, {**answers, "rt": "014/005"} if form.place == "rt" else answers)
    handles = form_table.found(workspace, form, form_table.Filter("", None), form_table.Order())
    every = [column.key for column in form_table.columns(form)]
    source = layouts.of_text(table_block.block(records.long(form, every).of(workspace, handles)).text)
    (made,) = layouts.plans_of(workspace, source, layouts.WantedLayout(form))
    assert (layouts.guess(workspace, source), made.count("identical"), made.errors) == (form, 1, ())
    assert [warning for warning in made.warnings if "disamarkan" not in warning] == []
