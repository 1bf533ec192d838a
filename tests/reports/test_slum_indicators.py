"""The seven indicators of slum, and the names of reports on which scripts of offices rely."""

import pytest

from p2kp_desktop.forms import FORMS
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope
from tests.checked_rt import recap
from tests.conftest import KELURAHAN

AGREED = ("rt_logbook", "rt_slum", "rt", "kelurahan", "kawasan", "sk", "progress", "activities", "commitments",
          "senders", "indicators")


@pytest.mark.parametrize("name", [*AGREED, *(form.key for form in FORMS)])
def test_every_name_that_scripts_rely_on_is_a_report(name):
    assert name in {each["name"] for each in catalogue.described()}


def test_the_seven_indicators_of_a_kelurahan_are_its_aspects_by_the_official_means(workspace):
    recap(workspace)
    recap(workspace, rt="015/005", fire_equipment_buildings=0)
    lines = catalogue.make(workspace, "slum_indicators", Scope(KELURAHAN)).lines
    assert [line.aspect.code for line in lines] == list("1234567")
    assert sum(line.points or 0 for line in lines) == lines[0].area.score.total
    assert {line.aspect.code: len(line.bad) for line in lines} == {
        "1": 0, "2": 2, "3": 2, "4": 0, "5": 2, "6": 0, "7": 1}


def test_of_one_rt_they_are_those_of_that_rt(workspace):
    recap(workspace)
    recap(workspace, rt="015/005", fire_equipment_buildings=0)
    lines = catalogue.make(workspace, "slum_indicators", Scope(KELURAHAN, "015/005")).lines
    assert [(line.rt, len(line.bad)) for line in lines if line.aspect.code == "7"] == [("015/005", 0)]
