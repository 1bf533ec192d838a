"""`p2kp records`: what scripts send, and what they get back."""

import json

import pytest

from .conftest import init, start

A_HOUSEHOLD = {"rt": "014/005", "head_name": "Siti", "kk_count": 1, "members_male": 2, "members_female": 1}


def test_a_record_is_saved_with_its_problems_and_comes_back_flat(p2kp):
    file = init(p2kp, "faskel")
    given = A_HOUSEHOLD | {
        "members_disabled": 9, "water_source": "c", "floor_length": "7,5", "survey_date": "2026-10-04",
        "nik": 1671015001800001, "period": 2025,
    }
    ran = p2kp("records", file, "put", "household", lines=[given])
    assert ran.code == 0
    (line,) = ran.lines()
    hard = [problem for problem in line["problems"] if problem["severity"] == "hard"]
    assert [problem["question"] for problem in hard] == ["members_disabled"]
    (record,) = p2kp("records", file, "get", "household", "--rt", "RT 14-RW 05", "--id", line["id"]).lines()
    assert record == {
        "id": line["id"], "identity": line["id"], "region": "16.71.01.1001", "rt": "014/005", "period": 2025,
        "survey_date": "2026-10-04", "head_name": "Siti", "nik": "1671015001800001", "kk_count": 1,
        "members_male": 2, "members_female": 1, "members_disabled": 9, "floor_length": 7.5,
        "water_source": "sumur_bor",
    }


def test_an_option_is_taken_by_letter_and_by_code_and_null_empties(p2kp):
    file = init(p2kp, "faskel")
    (line,) = p2kp("records", file, "put", "household", lines=[A_HOUSEHOLD | {"roof": "a", "wall": "rusak"}]).lines()
    p2kp("records", file, "put", "household", lines=[{"id": line["id"], "roof": None, "kk_count": 4}])
    (record,) = p2kp("records", file, "get", "household").lines()
    assert "roof" not in record
    assert (record["wall"], record["kk_count"], record["head_name"]) == ("rusak", 4, "Siti")


@pytest.mark.parametrize(
    ("bad", "question"),
    [
        ({"warna_cat": "biru"}, "warna_cat"), ({"roof": "z"}, "roof"), ({"kk_count": "dua"}, "kk_count"),
        ({"survey_date": "besok"}, "survey_date"), ({"region": "99.99"}, "region"),
        ({"floor_area": 3}, "floor_area"),
        ({"floor_length": True}, "floor_length"), ({"head_name": {"a": 1}}, "head_name"),
        ({"period": "kini"}, "period"),
    ],
)
def test_what_cannot_be_read_rejects_its_line_alone(p2kp, bad, question):
    file = init(p2kp, "faskel")
    ran = p2kp("records", file, "put", "household", lines=[A_HOUSEHOLD, A_HOUSEHOLD | bad, A_HOUSEHOLD])
    assert ran.code == 1
    assert len(ran.lines()) == 2
    assert ran.err.startswith(f"Baris 2: {question}: ")
    assert len(p2kp("records", file, "get", "household").lines()) == 2


@pytest.mark.parametrize("line", ["bukan json\n", "[1, 2]\n", '"teks"\n', '{"rt": \n'])
def test_a_line_that_is_no_object_is_rejected_alone(p2kp, line):
    file = init(p2kp, "faskel")
    ran = p2kp("records", file, "put", "household", lines=[line, A_HOUSEHOLD, "\n"])
    assert (ran.code, len(ran.lines())) == (1, 1)
    assert "Baris 1" in ran.err


def test_all_or_nothing_saves_none_when_one_line_is_rejected(p2kp):
    file = init(p2kp, "faskel")
    ran = p2kp("records", file, "put", "household", "--all-or-nothing", lines=[A_HOUSEHOLD, {"roof": "z"}, "x\n"])
    assert (ran.code, ran.out) == (1, "")
    assert p2kp("records", file, "get", "household").out == ""
    ran = p2kp("records", file, "put", "household", "--all-or-nothing", lines=[A_HOUSEHOLD] * 3)
    assert (ran.code, len(ran.lines())) == (0, 3)
    assert p2kp("check", file).code == 0


def test_a_workspace_of_several_kelurahan_needs_to_be_told_which(p2kp):
    p2kp("init", "kota.p2kp", "--role", "district", "--name", "Kota", "--region", "16.71")
    ran = p2kp("records", "kota.p2kp", "put", "household", lines=[A_HOUSEHOLD])
    assert ran.code == 1
    assert "region" in ran.err
    ran = p2kp("records", "kota.p2kp", "put", "household", lines=[A_HOUSEHOLD | {"region": "16.71.01.1001"}])
    assert ran.code == 0


def test_a_kelurahan_outside_the_area_is_a_problem_and_no_refusal(p2kp):
    file = init(p2kp, "faskel")
    ran = p2kp("records", file, "put", "household", lines=[A_HOUSEHOLD | {"region": "16.72.01.1001"}])
    assert ran.code == 0
    assert "region" in [problem["question"] for problem in ran.lines()[0]["problems"]]


def test_a_household_can_move_to_another_rt_and_its_score_moves_along(p2kp):
    file = init(p2kp, "faskel")
    (line,) = p2kp("records", file, "put", "household", lines=[A_HOUSEHOLD]).lines()
    p2kp("records", file, "put", "household", lines=[{"id": line["id"], "rt": "1/1"}])
    rows = p2kp("score", "--workspace", file).json()["rows"]
    assert [row["rt"] for row in rows] == ["001/001"]


def test_a_period_names_its_rules_and_the_2016_questions_are_asked_then(p2kp):
    file = init(p2kp, "faskel")
    p2kp("records", file, "put", "period", lines=[{"year": 2016, "rules": "2016"}])
    lines = [{"rt": "1/1", "period": 2016, "waste_site": "a"}, {"rt": "1/1", "period": 2026, "waste_site": "a"}]
    old, new = p2kp("records", file, "put", "rt_survey", lines=lines).lines()
    asked_2016 = {problem["question"] for problem in old["problems"]}
    assert "waste_sound" in asked_2016
    assert "waste_sound" not in {problem["question"] for problem in new["problems"]}
    scored = p2kp("score", "--workspace", file, "--period", "2016").json()
    assert scored["rules"] == "2016"
    assert len(scored["rows"][0]["criteria"]) == 19


def test_wrong_use_exits_2_and_a_missing_file_1(p2kp):
    with pytest.raises(SystemExit) as wrong:
        p2kp("records", "x.p2kp", "lempar")
    assert wrong.value.code == 2
    ran = p2kp("digest", "x.p2kp")
    assert ran.code == 1
    assert "tidak ditemukan" in ran.err
    assert p2kp("score").code == 2
    assert p2kp("forms", "sapi").code == 1


def test_what_was_acknowledged_survives_being_killed(p2kp, tmp_path):
    file = init(p2kp, "faskel")
    for round_number in range(4):
        run = start("records", file, "put", "household", folder=tmp_path)
        acknowledged = []
        for number in range(5 + 3 * round_number):
            run.stdin.write(json.dumps(A_HOUSEHOLD | {"head_name": f"{round_number}-{number}"}) + "\n")
            run.stdin.flush()
            acknowledged.append(json.loads(run.stdout.readline())["id"])
        run.stdin.write((json.dumps(A_HOUSEHOLD) + "\n") * 3)  # on its way when the power goes
        run.stdin.flush()
        run.kill()
        run.communicate()
        assert p2kp("check", file, "--json").json() == {"ok": True, "problems": []}
        there = {record["id"] for record in p2kp("records", file, "get", "household").lines()}
        assert set(acknowledged) <= there


def test_a_text_that_is_two_numbers_is_read_as_written_in_indonesia_and_says_so(p2kp):
    file = init(p2kp, "faskel")
    given = {"rt": "14/5", "road_m": "1.218", "wide_m": "1218.5", "drain_m": 1.218, "area_ha": "0.57"}
    (line,) = p2kp("records", file, "put", "rt_survey", lines=[given]).lines()
    said = [(each["question"], each["severity"]) for each in line["problems"] if "dibaca" in each["message"]]
    assert said == [("road_m", "soft")]
    (record,) = p2kp("records", file, "get", "rt_survey").lines()
    assert [record[key] for key in ("road_m", "wide_m", "drain_m", "area_ha")] == [1218, 1218.5, 1.218, 0.57]
