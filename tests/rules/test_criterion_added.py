"""A criterion is one block of resources/criteria.toml: everything follows from it, or says that it does not know it."""

import json
import shutil
import subprocess
import sys

import pytest

from p2kp_desktop import environment
from p2kp_desktop.forms import criteria
from p2kp_desktop.forms.activity import SUBCOMPONENTS

NEW = """
[[criterion]]
option = "c2c"
numbers = { 2018 = "2c" }
name = "Ketiadaan penerangan jalan"
short = "Penerangan jalan"
unit = "m"
volume = "dark_road_m"
denominator = "jalan_ideal_m"
work = "Memasang lampu jalan"
kinds = ["jalan"]
"""
SCRIPT = """
import json, sys
from pathlib import Path
from p2kp_desktop import environment
folder = Path(sys.argv[1])
environment.resources = lambda: folder / "resources"
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.collaboration import needs, work_effects
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms import form
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.rules import regulation
from tests.examples import a_record

HERE, YEAR = "16.71.01.1001", "2026"
told = {
    "choices": [key for key in ("need.criterion", "commitment.criteria", "activity.criteria")
                if form(key.split(".")[0]).question(key.split(".")[1]).options.show("c2c") == "2c Penerangan jalan"],
    "gain": [Activity.question("gain_c2c").label, Activity.question("gain_c2c").unit],
    "recap": [RtRecap.question("dark_road_m").label, RtRecap.question("dark_road_m").number,
              RtRecap.question("dark_road_m").when.sentence()],
    "offered": Activity.suggested("criteria", {"subcomponent": "jalan"}),
    "editions": [
        [each.code for each in regulation(code).criteria if each.option == "c2c"] for code in ("2018", "2016")
    ],
    "highest": [regulation(code).highest_total for code in ("2018", "2016")],
}
with workspaces.init(folder / "a.p2kp", role="facilitator", name="Siti", regions=[HERE]) as workspace:
    recap = {**a_record(RtRecap).answers, "region": HERE, "period": YEAR, "rt": "001/005", "dark_road_m": "160"}
    recording.record(workspace, RtRecap, recap)
    over = a_record(RtRecap, dark_road_m="201").problems()
    told["limit"] = [problem.message for problem in over if problem.question == "dark_road_m"]
    for survey in (RtSurvey, Household):
        answers = {**a_record(survey).answers, "region": HERE, "period": YEAR, "rt": "002/005"}
        answers |= {"survey_date": f"{YEAR}-01-02"}
        recording.record(workspace, survey, answers)
    by_recap, by_census = slum_scores.assessments(workspace, area=HERE, period=YEAR)
    told["score"] = [by_recap.score.criteria["2c"].score, by_recap.open]
    told["census"] = [by_census.score.criteria["2c"].score, [each for each in by_census.open if "2c" in each]]
    needs.take_proposals(workspace, HERE, YEAR)
    line = next(each for each in needs.lines(workspace, HERE) if each.criterion == "c2c")
    told["need"] = [line.what, line.amount_of_work]
    work = recording.record(workspace, Activity, {
        "region": HERE, "period": YEAR, "name": "Lampu", "component": "lingkungan", "rt_label": "001/005",
        "need": line.id, "criteria": ["c2c"], "gain_c2c": "160", "volume": "10", "unit_name": "paket",
        "source": "dak", "amount": 1,
    }).id
    (effect,) = work_effects.effects(workspace, work)
    told["effect"] = [effect.before.total - effect.hoped.total, effect.changes[0].words]
print(json.dumps(told))
"""


@pytest.fixture
def with_another(tmp_path):
    """Give a folder whose resources have one more criterion."""
    shipped, mine = environment.resources(), tmp_path / "resources"
    shutil.copytree(shipped, mine)  # Windows lets not everybody make links
    (mine / criteria.FILE).write_text((shipped / criteria.FILE).read_text(encoding="utf-8") + NEW, encoding="utf-8")
    return tmp_path


def test_a_criterion_added_in_one_block_is_chosen_scored_proposed_and_put_right(with_another):
    ran = subprocess.run([sys.executable, "-c", SCRIPT, with_another], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told == {
        "choices": ["need.criterion", "commitment.criteria", "activity.criteria"],
        "gain": ["Volume tertangani 2c", "m"],
        "recap": ["Ketiadaan penerangan jalan", "2c", "periode memakai aturan 2018"],
        "offered": "c2a,c2b,c2c",
        "editions": [["2c"], []],
        "highest": [85, 95],
        "limit": ["2c paling banyak Panjang jalan ideal."],
        "score": [5, []],
        "census": [None, ["Kriteria 2c tidak dapat dihitung dari sensus; hanya rekap RT yang memuatnya."]],
        "need": ["Memasang lampu jalan", "160 Meter"],
        "effect": [5, told["effect"][1]],
    }
    assert told["effect"][1].startswith("**2c Penerangan jalan:** 80,00 % bernilai 5; bila 160 m tertangani 0,00 %")


@pytest.mark.parametrize(("field", "value", "said"), [
    ("unit", '"orang"', "c2c: unit is one of unit, m, Ha, KK"),
    ("numbers", "{}", "c2c: unit is one of unit, m, Ha, KK, and an edition numbers it"),
    ("option", '"c3c"', "c3c: .* whose figure its option has after the c"),
    ("option", '"c2b"', "two criteria have the same option"),
    ("volume", '"dense_ha"', "two criteria have the same volume"),
    ("warna", '"merah"', "c2c: .*unexpected keyword argument 'warna'"),
])
def test_a_criterion_that_nobody_could_follow_is_refused_in_a_sentence(field, value, said):
    lines = [line for line in NEW.splitlines() if not line.startswith(f"{field} =")]
    shipped = (environment.resources() / criteria.FILE).read_text(encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        criteria.read("\n".join([shipped, *lines, f"{field} = {value}"]))


def test_a_criterion_without_a_denominator_in_the_recap_or_with_unknown_works_is_named(monkeypatch):
    odd = criteria.read(NEW.replace("jalan_ideal_m", "lampu").replace('"jalan"', '"lampu"'))
    monkeypatch.setattr(criteria, "criteria", lambda: odd)
    with pytest.raises(TypeError, match="c2c: the recap has no denominator «lampu»"):
        criteria.asked_of_a_recap({})
    with pytest.raises(ValueError, match="c2c: no work is of the kind lampu"):
        criteria.by_kind(SUBCOMPONENTS.codes)
