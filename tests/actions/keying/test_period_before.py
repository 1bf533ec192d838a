"""A house surveyed again: what stood in the period before is offered, never taken silently, and compared once saved."""

import pytest

from p2kp_desktop.actions.keying import keyed_drafts, next_record, period_before
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import views
from p2kp_desktop.ui.form import asides
from tests.conftest import KELURAHAN
from tests.examples import a_record
from tests.records import YEAR, save

THEN = str(int(YEAR) - 1)


@pytest.fixture
def house(workspace):
    """Give a house of the period before."""
    answers = {**a_record(Household).answers, "region": KELURAHAN, "rt": "014/005", "period": THEN}
    return recording.record(workspace, Household, {**answers, "head_name": "Siti", "interviewer": "Budi"}).id


def again(workspace, house):
    begun = period_before.begin(workspace, house)
    assert (begun.is_draft, begun.period) == (True, YEAR)
    return Session.begin(keyed_drafts.open_draft(workspace, begun.id))


def stored(workspace, record):
    with workspace.asking() as connection:
        return next(views.found(connection, Household, views.Where(id=record))).answers


def confirm_all(session):
    """Press = at every question that offers an answer."""
    while session.keying.unconfirmed():
        session = session.go(session.keying.unconfirmed()[0].question.key)
        session = session.choose("=") if session.chooses else session.put("=")
    return session


def test_nothing_that_stood_then_is_saved_before_somebody_confirms_it(workspace, house):
    session = again(workspace, house)
    offered = {row.question.key: row.offered for row in session.keying.unconfirmed()}
    assert offered["roof"] == stored(workspace, house)["roof"]
    assert not {"survey_date", "interviewer", "head_name"} & set(offered)
    assert session.keying.given().keys() == {"region", "rt", "period", "head_name"} | (
        {"building"} & stored(workspace, house).keys())
    assert session.keying.record.answers["head_name"] == "Siti"
    words = asides.banner(session).words
    assert words.startswith(f"**Dari {THEN}, belum dikonfirmasi ({len(offered)}):**")


def test_confirmed_answers_are_those_of_then_and_what_changed_is_told_once_saved(workspace, house):
    session = confirm_all(again(workspace, house))
    then = stored(workspace, house)
    given = session.keying.given()
    assert {key for key in given if given[key] != then.get(key)} == {"period"}
    other = "b" if then["roof"] != Household.roof.read("b") else "a"
    session = session.go("roof").choose(other)
    keyed_drafts.save(workspace, Household, session.record, session.keying.given(), is_new=True)
    opened = keyed_drafts.open_record(workspace, Household, keyed_drafts.Place("", None, YEAR), session.record)
    assert [each.key for each in opened.keying.earlier.changed(opened.keying.record)] == ["roof"]
    words = asides.banner(Session.begin(opened)).words
    assert f"**Yang berubah sejak {THEN}:** " in words
    assert " → " in words


def test_a_house_is_taken_up_once_as_draft_and_as_record(workspace, house):
    session = again(workspace, house)
    assert period_before.begin(workspace, house).id == session.record
    keyed_drafts.save(workspace, Household, session.record, session.keying.given(), is_new=True)
    found = period_before.begin(workspace, house)
    assert (found.id, found.is_draft) == (session.record, False)


@pytest.mark.usefixtures("house")
def test_a_house_of_the_present_period_is_refused_and_one_of_its_own_has_nothing_before(workspace):
    now = save(workspace, head_name="Budi")
    with pytest.raises(Trouble, match=YEAR):
        period_before.begin(workspace, now)
    with pytest.raises(Trouble):
        period_before.begin(workspace, "none")
    opened = keyed_drafts.open_record(workspace, Household, keyed_drafts.Place("", None, YEAR), now)
    assert (opened.keying.earlier, asides.banner(Session.begin(opened))) == (period_before.NEVER, None)


def test_an_answer_that_cannot_be_is_not_offered(workspace):
    house = recording.record(workspace, Household, {
        "region": KELURAHAN, "rt": "014/005", "period": THEN, "head_name": "Siti", "kk_count": 99, "roof": "a",
        "members_male": 2}).id
    assert {row.question.key for row in again(workspace, house).keying.unconfirmed()} == {"roof", "members_male"}


def test_what_is_left_of_the_period_before_shrinks_with_every_house_saved_again(workspace):
    houses = [recording.record(workspace, Household, {
        "region": KELURAHAN, "rt": "014/005", "period": THEN, "head_name": name, "building": str(number)}).id
        for number, name in ((7, "Siti"), (8, "Budi"), (9, "Rina"))]
    elsewhere = {"region": KELURAHAN, "rt": "015/005", "period": THEN, "head_name": "Ani"}
    recording.record(workspace, Household, elsewhere)
    assert [line.id for line in left(workspace)] == houses
    again = period_before.begin(workspace, houses[1])
    assert [line.begun for line in left(workspace)] == [False, True, False]
    opened = keyed_drafts.open_draft(workspace, again.id)
    keyed_drafts.save(workspace, Household, again.id, opened.keying.given(), is_new=True)
    assert [line.name for line in left(workspace)] == ["Siti", "Rina"]
    following = next_record.following_before(workspace, opened.keying.record)
    assert following.keying.record.answers["head_name"] == "Rina"
    assert following.keying.earlier.period == THEN


def left(workspace):
    return period_before.left(workspace, KELURAHAN, "014/005").lines
