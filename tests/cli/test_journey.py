"""The main job through the command line: record, score, send, receive, conflict, check."""

import json
import random
import shutil
from pathlib import Path

import pytest

from p2kp_desktop.actions.practice import demo_journey, village_sample
from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.forms.rt_recap import RtRecap
from tests.cli.words import A_HOUSEHOLD, put, receive, send
from tests.examples import a_record

from .conftest import init

SAMPLES_FILE = Path(__file__).parents[1] / "data/scored_rt_samples.jsonl"
SAMPLES = [json.loads(line) for line in SAMPLES_FILE.read_text(encoding="utf-8").splitlines()]
DENOMINATORS = ("luas_ha", "bangunan", "penduduk", "kk", "jalan_ideal_m", "drainase_ideal_m")


def check_published(row, sample):
    published = {criterion["code"]: criterion for criterion in sample["criteria"]}
    assert {code: found["score"] for code, found in row["criteria"].items()} == {
        code: criterion["score"] for code, criterion in published.items()
    }
    assert row["total"] == sample["total"]
    for code, found in row["criteria"].items():
        if code != "4a":  # its published hectares are rounded
            assert found["percent"] == published[code]["percent"]


def test_the_published_records_score_as_published_from_a_table(p2kp, tmp_path):
    codes = [criterion["code"] for criterion in SAMPLES[0]["criteria"]]
    lines = [",".join(("rt", *DENOMINATORS, *codes))]
    for sample in SAMPLES:
        volumes = [str(criterion["volume"]) for criterion in sample["criteria"]]
        lines.append(",".join([sample["rt"], *(str(sample[key]) for key in DENOMINATORS), *volumes]))
    (tmp_path / "in.csv").write_text("\n".join(lines), encoding="utf-8")
    ran = p2kp("score", "in.csv")
    assert ran.code == 0
    for row, sample in zip(ran.json()["rows"], SAMPLES, strict=True):
        assert row["rt"] == sample["rt"]
        check_published(row, sample)


def test_the_published_records_score_as_published_as_recaps_and_equally_at_the_district(p2kp):
    keys = {question.number: question.key for question in RtRecap.questions}
    facilitator, district = init(p2kp, "faskel"), init(p2kp, "kota", "district", "16.71")
    for number, sample in enumerate(SAMPLES, start=1):
        volumes = {keys[criterion["code"]]: criterion["volume"] for criterion in sample["criteria"]}
        put(p2kp, facilitator, "rt_recap", {"rt": f"{number}/1"} | {k: sample[k] for k in DENOMINATORS} | volumes)
    here = p2kp("score", "--workspace", facilitator, "--json").json()
    for row, sample in zip(here["rows"], SAMPLES, strict=True):
        assert row["source"] == "recap"
        check_published(row, sample)
    assert receive(p2kp, district, send(p2kp, facilitator)).code == 0
    assert p2kp("score", "--workspace", district, "--region", "16.71").json() == here


def test_a_score_says_how_sure_it_is_and_which_means_count(p2kp):
    file = init(p2kp, "faskel")
    whole = dict(a_record(Household, water_source="a").answers)
    houses = [whole | {"head_name": f"Siti {number}", "nik": None, "kk_number": None, "roof": "b" if number else "a",
                       "kk_count": 60 if number == 1 else 1} for number in range(2)]
    put(p2kp, file, "household", *houses, *({**houses[0], "head_name": f"Budi {number}"} for number in range(6)))
    put(p2kp, file, "rt_survey", a_record(RtSurvey, buildings=64).answers)
    rows = {}
    for method in ("workbook", "units"):
        ran = p2kp("score", "--workspace", file, "--period", "2022", "--method", method)
        (rows[method],) = ran.json()["rows"]
    first, second = rows["workbook"], rows["units"]
    assert (first["provisional"], first["denominators"]["kk"], first["coverage"]["buildings"]) == (True, 7, 8)
    assert first["reasons"][0] == "Baru 8 dari 64 bangunan di survei lingkungan (3) yang didata."
    assert "1 jawaban tidak mungkin, dihitung belum terjawab." in first["reasons"]
    assert (first["aspects"]["1"], second["aspects"]["1"]) == (0.0, 4.17)
    assert first["means"]["aspects"]["1"] == {"official": 0.0, "mean": 4.17}


def test_two_laptops_that_edit_one_household_meet_in_one_conflict_and_equal_digests(p2kp):
    names = ("ali", "budi", "kota")
    ali, budi, kota = (init(p2kp, name, "facilitator" if name != "kota" else "district") for name in names)
    (household,) = put(p2kp, ali, "household", A_HOUSEHOLD)
    first = send(p2kp, ali)
    assert receive(p2kp, budi, first).json()["bundles"][0]["new"] == 1
    put(p2kp, ali, "household", {"id": household, "kk_count": 2, "mbr": "mbr"})
    put(p2kp, budi, "household", {"id": household, "kk_count": 3, "roof": "b"})
    bundles = [first, send(p2kp, ali), send(p2kp, budi)]
    for order in ((kota, bundles), (ali, reversed(bundles)), (budi, [*bundles, *bundles])):
        assert receive(p2kp, order[0], *order[1]).code == 0
    assert len({p2kp("digest", file).out for file in (ali, budi, kota)}) == 1
    again = receive(p2kp, kota, bundles[2]).json()["bundles"][0]
    assert (again["identical"] + again["older"], again["updated"], again["conflict"]) == (1, 0, 0)
    for file in (ali, budi, kota):
        (conflict,) = p2kp("conflicts", file, "--json").json()["conflicts"]
        assert (conflict["form"], conflict["id"], conflict["question"]) == ("household", household, "kk_count")
        assert {value["value"] for value in conflict["values"]} == {2, 3}
        assert {value["workspace"] for value in conflict["values"]} == {"ali", "budi"}
        (record,) = p2kp("records", file, "get", "household").lines()
        assert (record["mbr"], record["roof"]) == ("mbr", "bocor")
        assert p2kp("check", file, "--json").json() == {"ok": True, "problems": []}


def test_two_laptops_that_make_the_same_area_survey_meet_in_one_record(p2kp):
    ali, budi = init(p2kp, "ali"), init(p2kp, "budi")
    (mine,) = put(p2kp, ali, "rt_survey", {"rt": "RT001-RW002", "area_ha": 1})
    (theirs,) = put(p2kp, budi, "rt_survey", {"rt": "1/2", "area_ha": "1,5"})
    assert mine == theirs
    assert receive(p2kp, ali, send(p2kp, budi)).json()["bundles"][0]["conflict"] == 1


def test_a_deleted_household_stays_deleted_at_the_district(p2kp):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district")
    (household,) = put(p2kp, ali, "household", A_HOUSEHOLD)
    receive(p2kp, kota, send(p2kp, ali))
    assert p2kp("records", ali, "delete", "household", household, "--reason", "dobel").code == 0
    receive(p2kp, kota, send(p2kp, ali))
    assert p2kp("records", kota, "get", "household").out == ""
    assert p2kp("digest", kota).out == p2kp("digest", ali).out


def test_a_household_of_the_sample_answers_a_choice_that_the_sample_does_not_know():
    sample = village_sample.volumes()
    weights = {key: each for key, each in sample["weights"][0].items() if key != Household.roof.key}
    thrown = demo_journey.household(random.Random(1), sample, weights, "001/005", 1)
    assert thrown[Household.roof.key] in Household.roof.options.codes


def test_a_workspace_is_scored_without_saying_that_it_is_one(p2kp):
    file = init(p2kp, "tim")
    assert p2kp("score", file).json() == p2kp("score", "--workspace", file).json()


def test_a_score_of_what_the_workspace_does_not_hold_is_warned_of(p2kp):
    file = init(p2kp, "tim")
    asked = p2kp("score", "--workspace", file, "--region", "16.72", "--period", "1999")
    assert asked.json()["rows"] == []
    assert "16.72" in asked.err
    assert "1999" in asked.err
    assert not p2kp("score", "--workspace", file).err


def test_the_demo_ends_with_equal_scores(p2kp, tmp_path):
    ran = p2kp("demo", tmp_path / "demo")
    assert ran.code == 0, ran.err
    assert "Nilai dan isi ketiga ruang kerja sama" in ran.out
    assert "Paling murah agar di bawah 16: Rp" in ran.out
    assert "Edisi resmi: 3 RT" in ran.out


@pytest.mark.parametrize("form", ["household", "rt_survey", "rt_recap", "rt", "kawasan", "period"])
def test_every_form_is_described_with_numbers_letters_and_conditions(p2kp, form):
    described = p2kp("forms", form, "--json").json()
    assert described["key"] == form
    kinds = {
        *("text", "whole", "decimal", "date", "choice", "several", "identity", "person", "money", "region", "rt"),
        *("reference", "derived"),
    }
    for question in described["questions"]:
        assert question["kind"] in kinds
        assert {"number", "key", "label", "options", "unit", "min", "max", "condition"} <= question.keys()
    everything = p2kp("forms", "--json").json()["forms"]
    assert described in everything
    by_key = {each["key"]: each for each in everything}
    assert (by_key["clause"]["parent"], by_key["comment"]["parent"], "parent" in by_key["rt"]) == (
        "agreement", None, False,
    )
    stakeholder, need, decision = (
        each for each in by_key["commitment"]["questions"] if each["kind"] == "reference")
    assert (stakeholder["to"], need["to"], decision["to"]) == ("stakeholder", "need", "decision")
    assert p2kp("forms", form).code == 0


def test_two_copies_of_one_laptop_meet_at_the_district_and_check_says_what_happened(p2kp, monkeypatch, tmp_path):
    monkeypatch.setattr("p2kp_desktop.environment.machine", lambda: "")  # as where two laptops have the same sign
    monkeypatch.setenv("P2KP_HOME", str(tmp_path / "satu"))
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district")
    put(p2kp, ali, "household", {"id": "h", "rt": "1/1", "head_name": "Awal"})
    shutil.copytree(tmp_path / "satu", tmp_path / "dua")
    shutil.copy(ali, tmp_path / "salinan")
    put(p2kp, ali, "household", {"id": "h", "head_name": "Dari satu"})
    one = send(p2kp, ali)
    shutil.move(ali, tmp_path / "ali yang pertama")
    shutil.move(tmp_path / "salinan", ali)  # it lies where the other lies, on a disk of its own
    monkeypatch.setenv("P2KP_HOME", str(tmp_path / "dua"))
    put(p2kp, ali, "household", {"id": "h", "head_name": "Dari dua", "kk_count": 2})
    two = send(p2kp, ali)
    assert receive(p2kp, kota, one).json()["bundles"][0]["new"] == 1
    assert receive(p2kp, kota, two).json()["bundles"][0]["conflict"] == 1
    (conflict,) = p2kp("conflicts", kota, "--json").json()["conflicts"]
    assert {value["value"] for value in conflict["values"]} == {"Dari satu", "Dari dua"}
    checked = p2kp("check", kota, "--json").json()
    assert (checked["ok"], checked["problems"], len(checked["copies"])) == (True, [], 1)
    said = p2kp("check", kota).out
    assert said.startswith("Utuh: ")
    assert "«ali» dipakai di 2 salinan sejak simpanan ke-2" in said
