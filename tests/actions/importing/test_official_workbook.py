"""The official RT workbook: read as it is filled in the field, and written back in its layout."""

import datetime

import pytest
from openpyxl import load_workbook

from p2kp_desktop.actions.importing import import_plan, layouts, official_workbook
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import views
from tests.conftest import KELURAHAN
from tests.examples import a_record
from tests.official_workbook import A3, SITI, filled


def plans(workspace, path, address=None, **answers):
    return layouts.plans(workspace, Household, path, address or PlaceOfRows(), answers)


def found(workspace, form):
    with workspace.asking() as connection:
        return list(views.found(connection, form))


def test_households_and_surroundings_come_in_in_one_go(workspace, tmp_path):
    made = plans(workspace, filled(tmp_path / "rt.xlsx", SITI, {**SITI, "D": "BUDI", "E": None}))
    assert [(each.form, len(each.rows), each.errors) for each in made] == [("household", 2, ()), ("rt_survey", 1, ())]
    done = import_plan.carry_out(workspace, made)
    assert (done.new, done.rejected) == (3, 0)
    siti = next(each for each in found(workspace, Household) if each.answers["head_name"] == "SITI AMINAH")
    assert siti.answers["rt"] == "014/005"
    assert {key: siti.answers[key] for key in ("survey_date", "nik", "floor_width", "water_source", "mbr")} == {
        "survey_date": "2022-10-04", "nik": "1671064507800003", "floor_width": "6.5", "water_source": "sumur_bor",
        "mbr": "mbr",
    }
    (survey,) = found(workspace, RtSurvey)
    assert (survey.answers["fires"], survey.answers["fire_causes"]) == ("satu_kali", "konsleting")
    assert survey.answers["fire_protection"].count(",") == 1
    assert [problem.question for problem in siti.problems()] == ["survey_date"]  # the paper is of another year


def test_importing_the_workbook_again_changes_nothing_even_with_namesakes(workspace, tmp_path):
    path = filled(tmp_path / "rt.xlsx", SITI, SITI, {**SITI, "D": None})
    import_plan.carry_out(workspace, plans(workspace, path))
    assert len(found(workspace, Household)) == 3
    again = plans(workspace, path)
    assert [each.count("identical") for each in again] == [3, 1]
    import_plan.carry_out(workspace, again)
    assert len(found(workspace, Household)) == 3


DRAINS = [({}, None), ({"b28": "terpisah"}, "ya"), ({"b28": "tercampur"}, "tidak")]


@pytest.mark.parametrize(("answer", "value"), DRAINS)
def test_the_drain_question_follows_who_filled_the_sheet(workspace, tmp_path, answer, value):
    made = plans(workspace, filled(tmp_path / "rt.xlsx", SITI), **answer)
    import_plan.carry_out(workspace, made)
    (survey,) = found(workspace, RtSurvey)
    assert survey.answers.get("sewage_separate") == value
    assert any("B28" in warning for warning in made[0].warnings) == (value is None)


def test_a_village_of_elsewhere_falls_back_to_the_only_one_with_a_warning(workspace, tmp_path):
    made = plans(workspace, filled(tmp_path / "rt.xlsx", SITI, cover={"F20": "ANTAH BERANTAH", "F21": "RT1"}))
    assert "ANTAH BERANTAH" in made[0].warnings[0]
    assert made[0].rows[0].given["region"] == KELURAHAN


@pytest.mark.parametrize("district", ["ILIR BARAT II", "Kec. Ilir Barat 2", ""])
def test_the_village_on_the_cover_is_known_however_it_is_spelt(make_workspace, tmp_path, district):
    cover = {"F19": district, "F20": "Kel. 35 ILIR", "F21": "RT 1"}
    made = plans(make_workspace("kota", "district", ["16.71"]), filled(tmp_path / "rt.xlsx", SITI, cover=cover))
    assert made[0].rows[0].given["region"] == KELURAHAN
    assert not any("sampul" in warning for warning in made[0].warnings)


def test_a_cover_without_an_rt_asks_for_it(workspace, tmp_path):
    path = filled(tmp_path / "rt.xlsx", SITI, cover={})
    with pytest.raises(Trouble, match="tidak menyebut RT"):
        plans(workspace, path)
    assert plans(workspace, path, PlaceOfRows(rt="001/002"))[0].rows[0].given["rt"] == "001/002"


def test_two_marks_are_left_open_and_named_and_a_strange_mark_keeps_its_row_out(workspace, tmp_path):
    made = plans(workspace, filled(tmp_path / "rt.xlsx", {**SITI, "W": 1}, {**SITI, "F": 7}))[0]
    assert "roof" not in made.rows[0].given
    assert any("a, b" in warning for warning in made.warnings)
    (error,) = made.errors
    assert (error.place.name, error.value) == ("F12", "F12: 7")


def test_a_sheet_under_another_name_is_recognised(workspace, tmp_path):
    def rename(book):
        book[A3].title = "A3"
        book.move_sheet("A3", -2)

    path = filled(tmp_path / "rt.xlsx", SITI, change=rename)
    assert len(plans(workspace, path)[0].rows) == 1


def test_an_rt_goes_back_into_the_official_layout_and_comes_in_the_same(make_workspace, tmp_path):
    here, there = make_workspace("here"), make_workspace("there")
    for form, count in ((Household, 151), (RtSurvey, 1)):
        record = a_record(form)
        answers = {q.key: record.answers.get(q.key) for q in form.stored()}
        for number in range(count):
            named = {"head_name": f"Warga {number}"} if form is Household else {}
            given = {**answers, **named, "rt": "014/005", "period": "2026"}
            recording.record(here, form, {k: v for k, v in given.items() if v is not None})
    paths = official_workbook.write_back(here, PlaceOfRows(KELURAHAN, "014/005", "2026"), tmp_path)
    assert len(paths) == 2
    assert load_workbook(paths[0])["Cover"]["F21"].value == "RT014-RW005"
    for path in paths:
        import_plan.carry_out(there, plans(there, path, b28="tercampur"))
    lost = {"interviewer", "building", "kk_number", "head_sex", "connection_needed", "connection_m", "drain_clean",
            "waste_sound", "verified_area_ha", "form_number", "latitude", "longitude"}
    for form in (Household, RtSurvey):
        mine, theirs = (
            sorted(({q.key: each.answers.get(q.key) for q in form.stored() if q.key not in lost}
                    for each in found(workspace, form)), key=lambda each: str(each.get("head_name")))
            for workspace in (here, there)
        )
        assert theirs == mine
    with pytest.raises(Trouble, match="sudah ada"):
        official_workbook.write_back(here, PlaceOfRows(KELURAHAN, "014/005", "2026"), tmp_path)


def test_rows_in_which_only_formulas_left_zeros_are_no_households_and_names_below_the_last_place_are_told(
    workspace, tmp_path
):
    def change(book):
        sheet = book[A3]
        for row in range(12, 161):
            sheet[f"U{row}"], sheet[f"BX{row}"], sheet[f"BV{row}"] = f"=BX{row}", f"=BV{row}+BW{row}", 0
        sheet["D161"], sheet["F161"] = "JUMLAH", 149
        sheet["D162"], sheet["F162"] = "BUDI", 1

    made = plans(workspace, filled(tmp_path / "rt.xlsx", SITI, change=change))
    assert [(len(each.rows), each.errors) for each in made] == [(1, ()), (1, ())]
    assert "Baris 162 di bawah tempat 150 rumah tangga dan tidak dibaca; pindahkan ke berkas kedua." in made[0].warnings


@pytest.mark.parametrize("nik", ["-", "–", 1.67106E+15])
def test_a_dash_or_a_ruined_number_in_the_column_of_identity_numbers_leaves_it_empty(workspace, tmp_path, nik):
    (row,) = plans(workspace, filled(tmp_path / "rt.xlsx", {**SITI, "E": nik}))[0].rows
    assert "nik" not in row.given


def test_a_day_on_the_cover_is_read_from_its_number_and_never_taken_for_the_rt(workspace, tmp_path):
    cover = {"F20": "35 ILIR", "F21": "RT 1", "F22": 44838}
    (row,) = plans(workspace, filled(tmp_path / "rt.xlsx", SITI, cover=cover))[0].rows
    assert row.given["survey_date"] == "2022-10-04"
    with pytest.raises(Trouble, match="tidak menyebut RT"):
        plans(workspace, filled(tmp_path / "rt.xlsx", SITI, cover={**cover, "F21": datetime.date(2026, 12, 5)}))


def test_an_rt_that_went_through_the_official_layout_has_the_same_score(make_workspace, tmp_path):
    here, there = make_workspace("here"), make_workspace("there")
    for number in range(6):
        answers = {"head_name": f"Warga {number}", "roof": "ab"[number % 2], "water_source": "acdhgj"[number],
                   "defecation": "abc"[number % 3], "kk_count": 1 + number % 2, "building": str(number // 2)}
        recording.record(here, Household, {**a_record(Household).answers, **answers, "rt": "014/005", "period": "2026"})
    recording.record(here, RtSurvey, {**a_record(RtSurvey).answers, "rt": "014/005", "period": "2026"})
    (path,) = official_workbook.write_back(here, PlaceOfRows(KELURAHAN, "014/005", "2026"), tmp_path)
    import_plan.carry_out(there, plans(there, path, b28="tercampur"))
    mine, theirs = (slum_scores.score_workspace(each)["rows"][0] for each in (here, there))
    differing = {"coverage", "by_other_method", "reasons"}  # the official sheet keeps no number of a building
    assert {key: mine[key] for key in mine.keys() - differing} == {key: theirs[key] for key in mine.keys() - differing}
    assert (mine["total"] > 0, mine["provisional"]) == (True, True)  # 6 of 60 buildings
