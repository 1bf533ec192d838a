"""Which form a table is, how its columns were given to questions by hand, and how it looks before it comes in."""

from dataclasses import replace

import pytest
from openpyxl import Workbook

from p2kp_desktop.actions.bundles import sending
from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.importing import column_matchings, import_plan, import_preview, layouts
from p2kp_desktop.actions.importing.import_preview import Preview
from p2kp_desktop.actions.importing.layouts import WantedLayout
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import FORMS, Household, Resident, RtRecap
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import views
from tests.foreign_tables import template

HOUSES = "Nama Kepala Rumah Tangga\tRT/RW\tBanyaknya keluarga\t9\nSiti\t14/5\t2\ta\nBudi\t14/5\t1\tz\n"


def preview(workspace, text, **wanted):
    source = layouts.of_text(text)
    form = wanted.pop("form", None) or layouts.guess(workspace, source) or Household
    (made,) = layouts.plans_of(workspace, source, WantedLayout(form, **wanted))
    return Preview(made, source.tables)


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_a_template_is_guessed(workspace, tmp_path, form):
    path = template(tmp_path / "templat.xlsx", form)
    assert layouts.guess(workspace, layouts.of_file(path)) is form


@pytest.mark.parametrize(("headings", "form"), [
    ("Nama Kepala Rumah Tangga\tNIK\tRT/RW\t9\t12", Household),
    ("RT/RW\tbangunan\tkk\tLuas verifikasi (Ha)\tKetidakteraturan bangunan", RtRecap),
    ("Nama kepala keluarga\tNomor rumah atau bangunan\tRT", Resident),
])
def test_the_form_whose_headings_fit_best_is_guessed(workspace, headings, form):
    assert layouts.guess(workspace, layouts.of_text(f"{headings}\n1\t2\t3\n")) is form
    assert layouts.guess(workspace, layouts.of_text("Harga beras\tBulan\n1\t2\n")) is None


def test_a_corrected_layout_is_known_the_next_time_and_can_be_forgotten(workspace):
    shown = preview(workspace, HOUSES)
    assert [head.key for head in shown.heads] == ["head_name", "rt", "", "roof"]
    column_matchings.keep_matching(workspace, shown.plan.matched.corrected(2, "kk_count").corrected(3, None))
    again = preview(workspace, HOUSES)
    assert [head.key for head in again.heads] == ["head_name", "rt", "kk_count", ""]
    column_matchings.forget_matching(workspace, again.plan.matched)
    assert [head.key for head in preview(workspace, HOUSES).heads] == ["head_name", "rt", "", "roof"]


def test_a_layout_of_which_one_column_was_recognised_is_known_too_once_it_was_corrected(workspace):
    text = "Nama Kepala Rumah Tangga\tBanyaknya\nSiti\t2\n"
    shown = preview(workspace, text, form=Household)
    assert (shown.plan.matched.heading, len(shown.lines)) == (1, 1)
    column_matchings.keep_matching(workspace, shown.plan.matched.corrected(1, "kk_count"))
    assert preview(workspace, text).plan.rows[0].given["kk_count"] == 2


def test_a_block_without_headings_is_all_rows_and_waits_for_a_person(workspace):
    shown = preview(workspace, "Siti\t2\nBudi\t1\n", form=Household)
    assert (shown.plan.matched.columns, shown.plan.matched.heading, shown.lines) == ({}, 0, ())
    source = layouts.of_text("Siti\t2\nBudi\t1\n")
    matched = shown.plan.matched.corrected(0, "head_name")
    (made,) = layouts.plans_of(workspace, source, WantedLayout(Household, matched=matched))
    assert [row.given["head_name"] for row in made.rows] == ["Siti", "Budi"]


def test_a_preview_shows_every_row_as_understood_and_each_error_in_its_cell(workspace):
    recording.record(workspace, Household, {"head_name": "Siti", "rt": "14/5", "roof": "b"})
    shown = preview(workspace, HOUSES)
    siti, budi = shown.lines
    assert [line.outcome for line in shown.lines] == ["updated", "rejected"]
    assert [shown.cell(siti, head).text for head in shown.heads] == ["Siti", "014/005", "2", "Tidak bocor"]
    assert [shown.cell(siti, head).aside for head in shown.heads] == [False, False, True, False]
    assert (shown.cell(budi, shown.heads[3]).text, shown.cell(budi, shown.heads[0]).text) == ("z", "Budi")
    assert "bukan pilihan" in shown.cell(budi, shown.heads[3]).error.rule
    (change,) = import_preview.changes(workspace, Household, siti.row)
    assert (change.label, change.before, change.after) == ("9 Kondisi atap terluas", "Bocor", "Tidak bocor")
    assert shown.examples(shown.heads[2]) == "2 · 1"
    assert shown.to_write == 1


def test_planning_can_be_stopped(workspace):
    rows = "".join(f"Warga {number}\t14/5\n" for number in range(600))
    source = layouts.of_text(f"Nama Kepala Rumah Tangga\tRT/RW\n{rows}")

    def stop(done, _total):
        if done > 300:
            raise Cancelled

    with pytest.raises(Cancelled):
        layouts.plans_of(workspace, source, WantedLayout(Household), stop)


def test_a_bundle_is_sent_to_terima_and_an_empty_clipboard_is_refused(workspace, tmp_path):
    recording.record(workspace, Household, {"head_name": "Siti", "rt": "14/5"})
    with pytest.raises(Trouble, match="paket P2KP"):
        layouts.of_file(sending.send(workspace, tmp_path).path)
    with pytest.raises(Trouble, match="kosong"):
        layouts.of_text("\n")
    with workspace.asking() as connection:
        assert views.count(connection, Household) == 1


def test_a_preview_tells_what_is_pointed_to_by_title(workspace):
    for number in ("A1", "A2"):
        recording.record(workspace, Agreement, {"number": number, "name": "Sampah"})
    clause = recording.record(workspace, Clause, {"parent": "A1", "clause_number": 4}).id
    text = "Aturan Bersama\tNomor pasal\na1\t3\nA9\t3\nA2\t4\n"
    shown = preview(workspace, text, form=Clause)
    head = next(each for each in shown.heads if each.key == "parent")
    assert [shown.cell(line, head).text for line in shown.lines] == ["A1 · Sampah", "A9", "A2 · Sampah"]
    assert "tidak tercatat" in shown.cell(shown.lines[1], head).error.rule
    row = replace(shown.lines[2].row, id=clause)
    (change,) = import_preview.changes(workspace, Clause, row)
    assert (change.label, change.before, change.after) == ("Aturan Bersama", "A1 · Sampah", "A2 · Sampah")


def sheets(path, **rows):
    made = Workbook()
    made.remove(made.active)
    for title, lines in rows.items():
        sheet = made.create_sheet(title.replace("_", " "))
        for line in lines:
            sheet.append(line)
    made.save(path)
    return path


def test_sheets_of_one_layout_come_in_together_each_in_the_rt_of_its_name_and_others_are_named(workspace, tmp_path):
    heads = ["Nama", "L", "P", "Atap"]
    path = sheets(tmp_path / "a.xlsx", RT_14_RW_05=[heads, ["Siti", 1, 1, "a"]], Rekap=[["RT", "L", "P"], ["14", 1, 1]],
                  RT_15=[heads, ["Budi", 1, 2, "a"], ["Ani", 2, 2, "a"]], Ketua=[["RT", "Nama"], ["14", "Ali"]])
    made = layouts.plans(workspace, Household, path, import_plan.ANYWHERE, {})
    assert [[(row.given["head_name"], row.given["rt"]) for row in each.rows] for each in made] == [
        [("Siti", "014/005")], [("Budi", "015"), ("Ani", "015")]]
    assert made[0].warnings == (
        "RT 014/005 diambil dari nama lembar «RT 14 RW 05».",
        "Lembar «Rekap» juga berisi A. Rumah Tangga (1 baris) dan tidak dibaca; impor lembar itu tersendiri.",
    )
    done = import_plan.carry_out(workspace, made)
    assert (done.rows, done.new) == (3, 3)
    again = import_plan.rehearse(workspace, layouts.plans(workspace, Household, path, import_plan.ANYWHERE, {}))
    assert (again.rows, again.identical) == (3, 3)


def test_a_copy_that_somebody_kept_of_a_sheet_does_not_double_its_rows(workspace, tmp_path):
    heads = ["Nama", "RT/RW", "L"]
    path = sheets(tmp_path / "a.xlsx", Data=[heads, ["Siti", "14/5", 1], ["Budi", "14/5", 1]],
                  Data_lama=[heads, ["Siti", "14/5", 1], ["Budi", "14/5", 3]])
    (made,) = layouts.plans(workspace, Household, path, import_plan.ANYWHERE, {})
    assert (made.matched.sheet, len(made.rows)) == ("Data", 2)
    assert made.warnings == (
        "Lembar «Data lama» juga berisi A. Rumah Tangga (2 baris) dan tidak dibaca; impor lembar itu tersendiri.",)


def test_two_sheets_with_one_natural_key_never_overwrite_each_other(workspace, tmp_path):
    heads = ["RT/RW", "Luas verifikasi", "Jumlah bangunan"]
    path = sheets(tmp_path / "a.xlsx", A=[heads, ["14/5", 1, 10]], B=[heads, ["14/5", 1, 20], ["15/5", 1, 30]])
    done = import_plan.carry_out(workspace, layouts.plans(workspace, RtRecap, path, import_plan.ANYWHERE, {}))
    assert (done.rows, done.new, done.rejected) == (3, 2, 1)
    assert any("Baris di lembar lain sudah mengisi catatan yang sama" in warning for warning in done.warnings)


def test_the_window_reads_the_sheets_alike_or_the_one_that_a_person_chooses(workspace, tmp_path):
    heads = ["Nama", "RT/RW", "L"]
    path = sheets(tmp_path / "a.xlsx", A=[heads, ["Siti", "14/5", 1]], B=[heads, ["Budi", "15/5", 1]])
    source = layouts.of_file(path)
    both = layouts.plans_of(workspace, source, WantedLayout(Household))
    assert [each.rows[0].given["head_name"] for each in both] == ["Siti", "Budi"]
    (made,) = layouts.plans_of(workspace, source, WantedLayout(Household, sheet=1))
    assert (made.rows[0].given["head_name"], made.warnings) == ("Budi", ())
