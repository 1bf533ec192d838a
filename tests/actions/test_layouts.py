"""Which form a table is, how its columns were given to questions by hand, and how it looks before it comes in."""

from dataclasses import replace

import pytest

from p2kp_desktop.actions import importing, layouts, matchings, previewing, recording, sending
from p2kp_desktop.actions.cancelling import Cancelled
from p2kp_desktop.actions.layouts import Wanted
from p2kp_desktop.actions.previewing import Preview
from p2kp_desktop.forms import FORMS, Household, Resident, RtRecap
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import views

HOUSES = "Nama Kepala Rumah Tangga\tRT/RW\tBanyaknya keluarga\t9\nSiti\t14/5\t2\ta\nBudi\t14/5\t1\tz\n"


def preview(workspace, text, **wanted):
    source = layouts.of_text(text)
    form = wanted.pop("form", None) or layouts.guess(workspace, source) or Household
    (made,) = layouts.plans_of(workspace, source, Wanted(form, **wanted))
    return Preview(made, source.tables)


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_a_template_is_guessed(workspace, tmp_path, form):
    path = tmp_path / "templat.xlsx"
    importing.template(form, path)
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
    matchings.keep(workspace, shown.plan.matched.corrected(2, "kk_count").corrected(3, None))
    again = preview(workspace, HOUSES)
    assert [head.key for head in again.heads] == ["head_name", "rt", "kk_count", ""]
    matchings.forget(workspace, again.plan.matched)
    assert [head.key for head in preview(workspace, HOUSES).heads] == ["head_name", "rt", "", "roof"]


def test_a_layout_of_which_one_column_was_recognised_is_known_too_once_it_was_corrected(workspace):
    text = "Nama Kepala Rumah Tangga\tBanyaknya\nSiti\t2\n"
    shown = preview(workspace, text, form=Household)
    assert (shown.plan.matched.heading, len(shown.lines)) == (1, 1)
    matchings.keep(workspace, shown.plan.matched.corrected(1, "kk_count"))
    assert preview(workspace, text).plan.rows[0].given["kk_count"] == 2


def test_a_block_without_headings_is_all_rows_and_waits_for_a_person(workspace):
    shown = preview(workspace, "Siti\t2\nBudi\t1\n", form=Household)
    assert (shown.plan.matched.columns, shown.plan.matched.heading, shown.lines) == ({}, 0, ())
    source = layouts.of_text("Siti\t2\nBudi\t1\n")
    matched = shown.plan.matched.corrected(0, "head_name")
    (made,) = layouts.plans_of(workspace, source, Wanted(Household, matched=matched))
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
    (change,) = previewing.changes(workspace, Household, siti.row)
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
        layouts.plans_of(workspace, source, Wanted(Household), stop)


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
    (change,) = previewing.changes(workspace, Clause, row)
    assert (change.label, change.before, change.after) == ("Aturan Bersama", "A1 · Sampah", "A2 · Sampah")
