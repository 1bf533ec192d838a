"""From Excel: templates, tables under any headings, and each way in which spreadsheets go wrong."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from p2kp_desktop.actions.importing import import_plan
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.exchange.columns import BY_HEADING, BY_KEY
from p2kp_desktop.forms import FORMS, Household, Resident, RtRecap
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.forms.meeting import Attendance, Meeting
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.places import region_name
from tests.examples import a_record, an_answer
from tests.foreign_tables import BESIDE, HERE, book, found, imported, template
from tests.pointing import what_it_points_to

DATA = Path(__file__).parents[2] / "data"
CLAUSES = ["Aturan Bersama", "Nomor pasal", "Aspek", "Kondisi faktual", "Kondisi ideal", "Aturan yang disepakati"]


@pytest.fixture
def filled(tmp_path):
    rows = [[1, "Siti Aminah", "1671064507800003", "RT 14-RW 05", 1, "a. Tidak bocor", "c"],
            [2, "Budi", None, "014/005", 2, "b", "Ledeng meteran/SR"]]
    return book(tmp_path / "rumah.xlsx", rows, above=[["DAFTAR RUMAH TANGGA"], []])


@pytest.mark.parametrize("form", FORMS)
def test_a_filled_template_of_every_form_comes_in_whole(workspace, tmp_path, form):
    path = template(tmp_path / "templat.xlsx", form)
    record, others = a_record(form), what_it_points_to(workspace, form, HERE)
    filled = load_workbook(path)
    sheet = filled.worksheets[1]
    keys = [cell.value for cell in sheet[1]]
    for column, key in enumerate(keys, start=1):
        question = form.question(str(key))
        if key == "region":
            sheet.cell(4, column, "16.71.06.1005")
        elif key in ("rt", "period"):
            sheet.cell(4, column, {"rt": "RT 14-RW 05", "period": "2026"}[key])
        elif key in others:
            sheet.cell(4, column, f"  {others[key].subject.name.upper()} ")
        elif question is not None and record.answers.get(key) is not None:
            sheet.cell(4, column, record.answers[key])
    filled.save(path)
    made = import_plan.plan_file(workspace, form, path)
    assert (made.matched.by, made.errors, made.count("new")) == (BY_KEY, (), 1)
    done = import_plan.carry_out(workspace, [made])
    assert (done.rows, done.new, done.rejected) == (1, 1, 0)
    pointed = {key: other.subject.id for key, other in others.items()}
    (saved,) = (each for each in found(workspace, form) if each.id not in pointed.values())
    wanted = {q.key: record.answers.get(q.key) for q in form.stored()} | pointed
    assert {key: saved.answers.get(key) for key in wanted} == wanted
    again = import_plan.plan_file(workspace, form, path)
    assert (again.count("identical"), again.rows[0].id, again.errors) == (1, saved.id, ())


def test_a_record_that_is_pointed_to_is_found_by_its_number_its_name_its_place_or_its_id(workspace, tmp_path):
    three = (("AB-01", "Jaga Sungai", HERE), ("AB-02", "Sampah", HERE), ("AB-1", "Sampah", BESIDE))
    ids = {
        number: recording.record(workspace, Agreement, {"number": number, "name": name, "region": region}).id
        for number, name, region in three
    }
    names = ["ab - 01", "jaga sungai", "AB-01 · Jaga Sungai", f"Sampah ({region_name(BESIDE)})", ids["AB-02"]]
    rows = [[name, number, "a", "ada", "bagus", "dilarang"] for number, name in enumerate(names, start=1)]
    made = import_plan.plan_file(workspace, Clause, book(tmp_path / "a.xlsx", rows, CLAUSES))
    assert (made.errors, made.matched.columns[0]) == ((), "parent")
    assert [row.given["parent"] for row in made.rows] == [ids["AB-01"]] * 3 + [ids["AB-1"], ids["AB-02"]]
    assert [row.given["region"] for row in made.rows][3:] == [BESIDE, HERE]


def test_a_cell_that_means_no_record_or_several_is_explained(workspace, tmp_path):
    for number, region in (("AB-01", HERE), ("AB-02", HERE)):
        recording.record(workspace, Agreement, {"number": number, "name": "Sampah", "region": region})
    rows = [[name, 1, "a", "ada", "bagus", "dilarang"] for name in ("AB-99", "sampah", None)]
    made = import_plan.plan_file(workspace, Clause, book(tmp_path / "a.xlsx", rows, CLAUSES))
    assert [(each.place.row, each.value, each.question) for each in made.errors] == [
        (2, "AB-99", "Aturan Bersama"), (3, "sampah", "Aturan Bersama"), (4, "", "Aturan Bersama"),
    ]
    none, several, nothing = made.errors
    assert "tidak tercatat sebagai Aturan Bersama" in none.rule
    assert "AB-01 · Sampah" in none.remedy
    assert "Ada 2 catatan «sampah»" in several.rule
    assert "Tidak ada sel" in nothing.rule
    assert (made.rows, none.place.name) == ((), "A2")


def test_records_that_are_called_alike_in_one_place_are_told_apart_by_their_ids(workspace, tmp_path):
    ids = [recording.record(workspace, Agreement, {"number": "1", "name": "Sampah", "region": HERE}).id for _ in "ab"]
    path = book(tmp_path / "a.xlsx", [["Sampah", 1, "a", "ada", "bagus", "dilarang"]], CLAUSES)
    (several,) = import_plan.plan_file(workspace, Clause, path).errors
    assert all(f"[{each}]" in several.rule for each in ids)
    assert several.remedy.count("1 · Sampah") == 1


def test_an_id_that_may_still_arrive_is_kept_by_an_import(workspace, tmp_path):
    known = "0190f5a0-0000-7000-8000-000000000001"
    rows = [[known, 1, "a", "ada", "bagus", "dilarang"]]
    imported(workspace, book(tmp_path / "a.xlsx", rows, CLAUSES), Clause)
    assert [each.answers["parent"] for each in found(workspace, Clause)] == [known]


def test_two_rows_that_say_the_same_stay_two_records_however_often_they_come(workspace, tmp_path):
    meeting = recording.record(workspace, Meeting, {"name": "Rembug", "kind": "a", "level": "a"}).id
    path = book(tmp_path / "a.xlsx", [["Rembug", "Bappeda", 3]] * 2, ["Pertemuan", "Unsur", "Laki-laki"])
    assert imported(workspace, path, Attendance).new == 2
    again = import_plan.plan_file(workspace, Attendance, path)
    assert (again.count("identical"), len({row.id for row in again.rows})) == (2, 2)
    assert {each.answers["parent"] for each in found(workspace, Attendance)} == {meeting}


def test_columns_are_found_by_their_headings_wherever_they_stand(workspace, filled):
    made = import_plan.plan_file(workspace, Household, filled)
    assert made.matched.by == BY_HEADING
    assert set(made.matched.columns.values()) == {
        "head_name", "nik", "rt", "kk_count", "roof", "water_source",
    }
    assert imported(workspace, filled).new == 2
    siti, budi = sorted(found(workspace), key=lambda each: str(each.answers["head_name"]), reverse=True)
    assert (siti.answers["roof"], siti.answers["water_source"], siti.answers["rt"]) == (
        "tidak_bocor", "sumur_bor", "014/005",
    )
    assert (budi.answers["roof"], budi.answers["water_source"]) == ("bocor", "ledeng_meteran")


def test_importing_again_changes_nothing(workspace, filled):
    imported(workspace, filled)
    made = import_plan.plan_file(workspace, Household, filled)
    assert (made.count("new"), made.count("identical")) == (0, 2)
    assert import_plan.carry_out(workspace, [made]).new == 0
    assert len(found(workspace)) == 2


def test_a_changed_row_updates_its_household_and_an_empty_cell_changes_nothing(workspace, tmp_path, filled):
    imported(workspace, filled)
    path = book(tmp_path / "lagi.xlsx", [[1, "Siti Aminah", None, "014/005", 3, None, None]])
    made = import_plan.plan_file(workspace, Household, path)
    assert (made.count("updated"), made.doubles) == (1, ())
    import_plan.carry_out(workspace, [made])
    (siti,) = (each for each in found(workspace) if each.answers["head_name"] == "Siti Aminah")
    kept = {key: siti.answers[key] for key in ("kk_count", "nik", "roof")}
    assert kept == {"kk_count": 3, "nik": "1671064507800003", "roof": "tidak_bocor"}


def test_rows_without_a_nik_do_not_overwrite_each_other(workspace, tmp_path):
    rows = [[n, name, None, "014/005", 1, "a", "a"] for n, name in enumerate(["Siti", "Budi", "Andi", None, None])]
    imported(workspace, book(tmp_path / "a.xlsx", rows))
    assert len(found(workspace)) == 5


def test_each_unreadable_cell_is_named_with_rule_and_remedy_and_the_others_come_in(workspace, tmp_path):
    rows = [[1, "Siti", None, "014/005", 1, "z", "c"], [2, "Budi", None, "014/005", "dua", "a", "q"],
            [3, "Andi", None, "014/005", 1, "a", "a"]]
    made = import_plan.plan_file(workspace, Household, book(tmp_path / "a.xlsx", rows))
    assert [(each.place.name, each.value) for each in made.errors] == [("F2", "z"), ("E3", "dua"), ("G3", "q")]
    first = made.errors[0]
    assert ("9" in first.question, "a Tidak bocor" in first.remedy, "bukan pilihan" in first.rule) == (True, True, True)
    done = import_plan.carry_out(workspace, [made])
    assert (done.rows, done.new, done.rejected) == (3, 1, 2)


def test_an_annotated_copy_colours_and_explains_every_such_cell(workspace, tmp_path):
    rows = [[1, "Siti", None, "014/005", 1, "=1+1", "c"], [2, "=SUM(1)", None, "z", 1, "q", "a"]]
    path = book(tmp_path / "a.xlsx", rows)
    made = import_plan.plan_file(workspace, Household, path)
    import_plan.write_annotated([made], path, tmp_path / "b.xlsx")
    copy = load_workbook(tmp_path / "b.xlsx")
    errors = copy["Kesalahan"]
    assert [cell.value for cell in errors[2]][:3] == ["Sheet", made.errors[0].place.name, made.errors[0].value]
    assert (errors["G1"].value, [errors[f"G{row}"].value for row in (2, 3, 4)]) == ("Kode", ["X01", "X01", "X22"])
    marked = copy["Sheet"][made.errors[0].place.name]
    assert (marked.fill.fgColor.rgb[-6:], made.errors[0].rule in marked.comment.text) == ("FFF1D1", True)
    assert copy["Sheet"]["B3"].value == "=SUM(1)"


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a"])
def test_an_annotated_copy_of_an_old_workbook_or_a_csv_is_a_workbook(workspace, tmp_path, name):
    path = tmp_path / name
    if name == "a.xls":
        path.write_bytes((DATA / "salah.xls").read_bytes())
    elif name == "a.csv":
        path.write_text("Nama;RT/RW;Atap\nSiti;14/5;z\n=1+1;14/5;a\n", encoding="utf-8")
    else:
        book(path.with_suffix(".xlsx"), [["Siti", "14/5", "z"]], ["Nama", "RT/RW", "Atap"]).rename(path)
    made = import_plan.plan_file(workspace, Household, path)
    import_plan.write_annotated([made], path, tmp_path / "b.xlsx")
    copy = load_workbook(tmp_path / "b.xlsx")
    marked = copy.worksheets[1]["C2"]
    assert (marked.value, made.errors[0].rule in marked.comment.text) == ("z", True)
    sheet = made.matched.sheet.replace("'", "''") or "Data"
    assert copy["Kesalahan"]["B2"].hyperlink.location == f"'{sheet}'!C2"
    assert {cell.data_type for row in copy.worksheets[1].iter_rows() for cell in row} == {"s"}


def test_a_recap_comes_in_whatever_the_order_of_its_headings(workspace, tmp_path):
    headings = ["6b", "Jumlah KK", "RT/RW", "Luas verifikasi (Ha)", "1a Ketidakteraturan bangunan", "bangunan", "kk"]
    path = book(tmp_path / "a.xlsx", [[12, 59, "014/005", 2.13, 5, 51, 59]], headings)
    imported(workspace, path, RtRecap)
    (saved,) = found(workspace, RtRecap)
    assert {key: saved.answers.get(key) for key in ("uncollected_kk", "luas_ha", "irregular_buildings", "kk")} == {
        "uncollected_kk": "12", "luas_ha": "2.13", "irregular_buildings": "5", "kk": 59,
    }


def test_codes_pasted_one_column_over_are_named(workspace, tmp_path):
    rows = [[n, f"Warga {n}", None, "014/005", "a", "c", None] for n in range(1, 9)]
    headings = ["No", "Nama Kepala Rumah Tangga", "NIK", "RT/RW", "Jumlah Kepala Keluarga (KK)", "9", "12"]
    made = import_plan.plan_file(workspace, Household, book(tmp_path / "a.xlsx", rows, headings))
    assert made.rejected == 8
    assert any("bergeser satu kolom" in warning for warning in made.warnings)


@pytest.mark.parametrize("value", [1671064507800000.0, "1,67106E+15"])
def test_a_nik_that_excel_ruined_is_named_and_left_out(workspace, tmp_path, value):
    path = book(tmp_path / "a.xlsx", [[1, "Siti", value, "014/005", 1, "a", "a"]])
    made = import_plan.plan_file(workspace, Household, path)
    assert (made.errors, "C2" in made.warnings[0], "angka terakhir" in made.warnings[0]) == ((), True, True)
    import_plan.carry_out(workspace, [made])
    (saved,) = found(workspace)
    assert saved.answers.get("nik") is None


def test_a_cell_that_is_two_numbers_is_named_and_a_number_of_excel_is_what_it_is(workspace, tmp_path):
    path = book(tmp_path / "rekap.xlsx", [["14/5", 1.218, "1.218", "2.125"]],
                headings=["RT/RW", "drainase_ideal_m", "jalan_ideal_m", "luas_ha"])
    made = import_plan.plan_file(workspace, RtRecap, path)
    assert [warning.split(" dibaca ")[0] for warning in made.warnings] == ["C2: «1.218»", "D2: «2.125»"]
    import_plan.carry_out(workspace, [made])
    (recap,) = found(workspace, RtRecap)
    kept = [recap.answers[key] for key in ("drainase_ideal_m", "jalan_ideal_m", "luas_ha")]
    assert kept == ["1.218", "1218", "2.125"]


def test_a_row_that_says_no_rt_takes_the_one_chosen(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [["Siti", 1]], ["Nama Kepala Rumah Tangga", "Jumlah Kepala Keluarga (KK)"])
    imported(workspace, path, rt="014/005", period="2025")
    (saved,) = found(workspace)
    assert (saved.answers["rt"], saved.answers["period"]) == ("014/005", "2025")


def test_a_row_that_may_be_here_already_is_shown_with_its_reasons(workspace, filled):
    recording.record(workspace, Household, {"head_name": "Hj. Siti Aminah", "rt": "014/005"})
    made = import_plan.plan_file(workspace, Household, filled)
    (likely,) = made.doubles
    assert (likely.one.name, likely.other.name, likely.reasons) == ("Siti Aminah", "Hj. Siti Aminah", ("nama sama",))


def test_an_import_is_taken_back_as_one_act(workspace, filled):
    imported(workspace, filled)
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert found(workspace) == []


def test_a_pasted_block_is_read_like_a_file(workspace):
    text = "Nama kepala keluarga\tNomor rumah atau bangunan\tRT/RW\r\nSiti\t7\t14/5\r\nBudi\t8\t14/5\r\n"
    made = import_plan.plan_pasted(workspace, Resident, text)
    assert import_plan.carry_out(workspace, [made]).new == 2
    with pytest.raises(Trouble, match="judul kolom"):
        import_plan.plan_pasted(workspace, Resident, "1\t2\n3\t4\n")


def test_a_file_of_something_else_is_refused_in_words(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [[1, 2]], ["Harga beras", "Bulan"])
    with pytest.raises(Trouble, match="Tidak ada lembar"):
        import_plan.plan_file(workspace, Household, path)


def test_a_column_can_be_given_to_another_question_by_hand(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [["Siti", "014/005", 2]], ["Nama Kepala Rumah Tangga", "RT", "Banyaknya keluarga"])
    made = import_plan.plan_file(workspace, Household, path)
    corrected = made.matched.corrected(2, "kk_count")
    again = import_plan.plan_file(workspace, Household, path, corrected=corrected)
    assert again.rows[0].given["kk_count"] == 2


def test_a_pasted_block_of_every_question_is_planned_whole(workspace):
    keys = [question for question in Household.stored() if question.key not in ("survey_date", "building")]
    values = [an_answer(question) for question in keys]
    headings = ["RT/RW", *(f"{q.number} {q.label}" if q.number else q.label for q in keys)]
    rows = [["014/005", *(f"Warga {n}" if q.key == "head_name" else v for q, v in zip(keys, values, strict=True))]
            for n in range(200)]
    text = "\n".join("\t".join(str(cell) for cell in row) for row in [headings, *rows])
    made = import_plan.plan_pasted(workspace, Household, text)
    assert (len(made.rows), made.errors) == (200, ())


def test_a_row_without_a_building_is_the_only_namesake_of_its_rt_but_not_against_its_nik(workspace, tmp_path):
    known = recording.record(workspace, Household, {
        "head_name": "Siti", "rt": "014/005", "building": "7", "nik": "1671064507800003",
    }).id
    rows = [[1, "Siti", None, "014/005", 2, "a", "a"]]
    made = import_plan.plan_file(workspace, Household, book(tmp_path / "a.xlsx", rows))
    assert (made.count("updated"), made.rows[0].id) == (1, known)
    rows[0][2] = "1671064507800099"
    assert import_plan.plan_file(workspace, Household, book(tmp_path / "b.xlsx", rows)).count("new") == 1
    recording.record(workspace, Household, {"head_name": "Siti", "rt": "014/005", "building": "8"})
    rows[0][2] = None
    assert import_plan.plan_file(workspace, Household, book(tmp_path / "c.xlsx", rows)).count("new") == 1


def test_decisions_of_a_person_are_carried_out_and_the_counts_add_up(workspace, tmp_path):
    other = recording.record(workspace, Household, {"head_name": "Sitti", "rt": "014/005"}).id
    rows = [[n, name, None, "014/005", 1, "a", "a"] for n, name in enumerate(("Siti", "Budi", "Andi", "Yusuf"))]
    rows[3][5] = "z"
    made = import_plan.plan_file(workspace, Household, book(tmp_path / "a.xlsx", rows))
    chosen = import_plan.decided(made, {3}, {2: {other}})
    assert [row.outcome for row in chosen.rows] == ["new", "skipped", "new"]
    done = import_plan.carry_out(workspace, [chosen])
    assert (done.rows, done.new, done.skipped, done.rejected) == (4, 2, 1, 1)
    told = [key for each in found(workspace) for key in each.answers if key.startswith("distinct.")]
    assert len(told) == 1
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert [each.id for each in found(workspace)] == [other]


def test_a_row_whose_record_somebody_deleted_stays_out_and_says_who_and_why(workspace, filled):
    imported(workspace, filled, Household)
    siti = next(each for each in found(workspace) if each.answers["head_name"] == "Siti Aminah")
    recording.delete(workspace, Household, siti.id, reason="salah")
    made = import_plan.plan_file(workspace, Household, filled)
    assert (made.count("identical"), made.count("deleted")) == (1, 1)
    (warning,) = (each for each in made.warnings if "pernah dihapus" in each)
    assert all(words in warning for words in ("Baris 4", "Siti Aminah", "Siti ·", "salah", "Tempat sampah"))
    done = import_plan.carry_out(workspace, [made])
    assert (done.rows, done.new, done.skipped, done.identical) == (2, 0, 1, 1)
    assert len(found(workspace)) == 1
