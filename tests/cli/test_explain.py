"""`p2kp explain`: the contract's shape, and figures equal to those of `p2kp score`."""

import json

import pytest

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.cli import main
from p2kp_desktop.forms import Household, Kawasan, RtSurvey
from p2kp_desktop.store import open_workspace
from tests.conftest import KELURAHAN

CITY = "16.71"

KEYS = {"region", "rt", "period", "rules", "method", "source", "total", "level", "provisional", "range", "reasons",
        "aspects", "sectoral", "criteria"}
OF_ONE = {"code", "label", "unit", "volume", "of", "percent", "score", "next", "lower", "from"}


@pytest.fixture
def file(workspace):
    """Give the file of a workspace with two RTs, one of them surveyed in part."""
    for rt, number in (("014/005", 3), ("015/005", 1)):
        for each in range(number):
            recording.record(workspace, Household, {
                "region": KELURAHAN, "rt": rt, "head_name": f"Rumah {each}", "kk_count": 1, "water_source": "c",
                "pit_distance": "b"})
    recording.record(workspace, RtSurvey, {"region": KELURAHAN, "rt": "014/005", "buildings": 10})
    workspace.close()
    return workspace.name


def test_one_rt_is_explained_down_to_the_answers(file, capsys):
    assert main(["explain", file, "--rt", "14/5", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == KEYS
    assert {frozenset(each) for each in told["criteria"]} == {frozenset(OF_ONE)}
    water = next(each for each in told["criteria"] if each["code"] == "3a")
    assert [(cause["form"], cause["question"]) for cause in water["from"]] == [
        ("household", "water_source"), ("household", "pit_distance")
    ] * 3
    assert told["range"][0] <= told["total"] <= told["range"][1]
    assert main(["score", "--workspace", file]) == 0
    scored = next(row for row in json.loads(capsys.readouterr().out)["rows"] if row["rt"] == "014/005")
    assert (told["total"], told["level"], told["reasons"]) == (scored["total"], scored["level"], scored["reasons"])
    assert {each["code"]: each["score"] for each in told["criteria"]} == {
        code: each["score"] for code, each in scored["criteria"].items()
    }
    assert told["sectoral"] == scored["means"]["sectoral"]


def test_several_rts_are_a_list_and_people_read_sentences(file, capsys):
    assert main(["explain", file, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["rt"] for each in told["rts"]] == ["014/005", "015/005"]
    area = told["area"]
    assert set(area) == {*KEYS, "name", "rts"}
    assert (area["region"], area["rt"], area["rts"]) == (KELURAHAN, None, 2)
    water = next(each for each in area["criteria"] if each["code"] == "3a")
    assert set(water) == OF_ONE
    assert [(one["rt"], one["volume"]) for one in water["from"]] == [("014/005", 3), ("015/005", 1)]
    assert water["volume"] == sum(one["volume"] for one in water["from"])
    assert sum(each["score"] or 0 for each in area["criteria"]) == area["total"]
    assert main(["explain", file, "--rt", "014/005"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("RT 014 / RW 05: ")
    assert "sementara; dapat menjadi" in said
    assert "  3a " in said


def test_an_area_is_said_before_its_rts_with_those_that_add_most(file, capsys):
    assert main(["explain", file, "--region", CITY]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Kota Palembang: ")
    assert "    RT 014 / RW 05, " in said


def test_a_kawasan_is_explained_by_its_name(file, capsys):
    with open_workspace(file) as workspace:
        recording.record(workspace, Kawasan, {"region": KELURAHAN, "name": "Tepi Sungai", "rts": "15/5"})
    assert main(["explain", file, "--kawasan", "Tepi Sungai", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["rts"]) == ("Tepi Sungai", 1)
    assert main(["explain", file, "--kawasan", "Bukit"]) == 1
    assert "Tepi Sungai" in capsys.readouterr().err


def test_where_nothing_can_be_scored_it_says_so(file, capsys):
    assert main(["explain", file, "--rt", "99"]) == 1
    assert "Q05" in capsys.readouterr().err
