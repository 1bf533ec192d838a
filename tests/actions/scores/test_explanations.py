"""The explanation of an area asks summaries alone, of an RT its records too; reports say the same as the screen."""

from fractions import Fraction

import pytest

from p2kp_desktop.actions.scores import explanations, slum_scores
from p2kp_desktop.forms import Kawasan, RtSurvey
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope, Subject
from p2kp_desktop.store import views
from tests.conftest import KELURAHAN
from tests.records import YEAR, save

AREA, RT = Scope(KELURAHAN, None, YEAR), Scope(KELURAHAN, "014/005", YEAR)


@pytest.fixture
def surveyed(workspace):
    """Give a workspace with two RTs, one of them with an area survey."""
    for rt, number in (("014/005", 3), ("015/005", 1)):
        for each in range(number):
            save(workspace, rt=rt, building=str(each), water_source="g", head_name=f"Rumah {each}")
    save(workspace, RtSurvey, buildings=10)
    return workspace


def test_an_area_is_explained_without_reading_a_household(surveyed, monkeypatch):
    slum_scores.assessments(surveyed)  # the summaries are made
    asked = []
    found = views.found
    monkeypatch.setattr(views, "found", lambda connection, form, *where: asked.append(form.key) or found(
        connection, form, *where))
    told = explanations.explain(surveyed, Subject(AREA)).explanation
    assert "household" not in asked
    assert told.criterion("3a").share.volume == 4
    assert [one.rt for one in told.contributions("3a").most] == ["014/005", "015/005"]


def test_an_rt_is_explained_down_to_its_answers_and_a_house_by_what_it_adds(surveyed):
    told = explanations.explain(surveyed, Subject(RT))
    assert len(told.explanation.criterion("3a").causes) == 3
    assert told.house is None
    house = told.explanation.criterion("3a").causes[0].id
    part = explanations.explain(surveyed, Subject(RT, house=house)).house
    assert next(each for each in part.shares if each.criterion.code == "3a").without.volume == 2


def test_a_kawasan_leaves_out_the_other_rts(surveyed):
    kawasan = save(surveyed, Kawasan, name="Tepi", rts="015/005, 016/005", rt=None, period=None)
    told = explanations.explain(surveyed, Subject(AREA, kawasan=kawasan)).explanation
    assert (told.name, [rt for _region, rt in told.parts]) == ("Tepi", ["015/005"])
    assert told.score.provisional
    with pytest.raises(Trouble, match="Kawasan"):
        explanations.explain(surveyed, Subject(AREA, kawasan="none"))


def test_where_nothing_was_surveyed_there_is_nothing_to_explain(surveyed):
    with pytest.raises(Trouble):
        explanations.explain(surveyed, Subject(Scope(KELURAHAN, "099", YEAR)))
    assert catalogue.make(surveyed, "explanation", Scope(KELURAHAN, "099", YEAR)).lines == []


@pytest.mark.parametrize("scope", [AREA, RT])
def test_the_reports_add_up_to_the_total(surveyed, scope):
    parts = catalogue.make(surveyed, "explanation", scope).lines
    total = explanations.explain(surveyed, Subject(scope)).explanation.score.total
    assert parts[0].score == total
    assert sum(line.score or 0 for line in parts if line.told) == total
    assert sum(line.score for line in parts if line.aspect and not line.told) == total
    for line in parts:
        if line.told and line.share:
            adding = [each for each in catalogue.make(surveyed, "rt_contributions", scope).lines
                      if each.code == line.code and each.share]
            assert sum((each.share.volume for each in adding), Fraction()) == line.share.volume


def test_every_house_of_an_rt_is_a_line_for_each_criterion_of_houses(surveyed):
    lines = catalogue.make(surveyed, "contributions", RT).lines
    assert {line.part.named for line in lines} == {"Rumah 0", "Rumah 1", "Rumah 2"}
    assert {line.share.criterion.code for line in lines} == {"1a", "1c", "3a", "3b", "5a", "5b", "6b"}
