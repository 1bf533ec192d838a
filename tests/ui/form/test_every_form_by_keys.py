"""Every form under the keyboard alone: opened, each question filled, saved, and the next one begun."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import record_titles, recording
from p2kp_desktop.forms import FORMS, Household, RtSurvey
from p2kp_desktop.schema import Choice, Date, Derived, Several
from p2kp_desktop.schema.quantities import Number
from p2kp_desktop.store import views
from tests.conftest import some
from tests.examples import PERIOD, REGION, RT, a_record
from tests.pointing import what_it_points_to
from tests.ui.form_driver import SMALL, Driver, scope

pytestmark = pytest.mark.usefixtures("qapp")

SOME = [*dict.fromkeys((*some(FORMS), Household, RtSurvey))]
BY_FORM = pytest.mark.parametrize("form", SOME, ids=lambda form: form.key)
AT_SIZES = [
    *(pytest.param(form, False, id=form.key) for form in FORMS),
    *(pytest.param(form, True, id=f"{form.key}-small") for form in (Household, RtSurvey)),
]
MOST = 200  # steps that are taken back
MICE = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.Wheel)


class Watch(QObject):
    """Counts what a mouse does: nothing, here."""

    seen = 0

    def eventFilter(self, _watched, event):  # noqa: N802  Qt's name
        self.seen += event.type() in MICE
        return False


@pytest.fixture
def driver(workspace, qapp):
    watch, made = Watch(), Driver(workspace)
    qapp.installEventFilter(watch)
    yield made
    made.close()
    qapp.removeEventFilter(watch)
    assert watch.seen == 0


def filled(workspace, form):
    """Return plausible answers to every question of a form that is typed, and its address.

    What a record belongs and points to is recorded first, and typed by its name.
    """
    others = what_it_points_to(workspace, form, REGION)
    return {**a_record(form).answers, **{key: other.subject.name for key, other in others.items()}}


def key_answer(driver, question, plain):
    """Type one answer as somebody with the paper does."""
    if plain is None:
        driver.press("Enter")
    elif isinstance(question, Choice):
        before = driver.focus
        driver.type(question.options.letter(plain))
        if driver.focus == before:  # the last one has nowhere to move to
            driver.settle()
    elif isinstance(question, Several):
        driver.type("".join(question.options.letter(code) for code in str(plain).split(",")))
        driver.press("Enter")
    else:
        driver.type(as_typed(question, plain))
        driver.press("Enter")


def as_typed(question, plain):
    """Return an answer as fingers type it: a number without points between thousands, a day as 4/10/2022."""
    if isinstance(question, Date):
        return "/".join(reversed(str(plain).split("-")))
    return str(plain).replace(".", ",") if isinstance(question, Number) else str(plain)


def key_form(driver, answers):
    """Type from the first question to the last; return those that were reached."""
    seen = []
    driver.place.hands.go(driver.keying.focusable()[0])
    while driver.focus not in seen:
        key = driver.focus
        seen.append(key)
        assert QApplication.focusWidget() is not None
        key_answer(driver, driver.keying.form.question(key), answers.get(key))
    driver.settle()
    return seen


def there(workspace, form):
    with workspace.asking() as connection:
        return list(views.found(connection, form))


@pytest.mark.parametrize(("form", "small"), AT_SIZES)
def test_every_question_is_filled_by_keys_and_saved_as_recording_would(driver, workspace, make_workspace, form, small):
    if small:
        driver.place.resize(*SMALL)
    answers = filled(workspace, form)
    driver.enter(form.key, scope=scope())
    reached = key_form(driver, answers)
    asked = [q.key for q in a_record(form).asked() if not isinstance(q, Derived)]
    above = ["parent"] if form.parent and form.parent.to else []
    assert [key for key in reached if form.question(key)] == above + asked
    driver.press("Ctrl+Enter")
    driver.settle()
    mine = there(workspace, form)[-1]
    other = make_workspace("Lain")
    filled(other, form)
    recording.record(other, form, answers)
    theirs = there(other, form)[-1]
    pointing = {question.key for question in form.references()}
    given = {*asked, *(key for key in ("region", "rt", "period") if key in answers)} - pointing
    assert {key: mine.answers.get(key) for key in given} == {key: theirs.answers.get(key) for key in given}
    with workspace.asking() as connection:
        called = record_titles.titles(connection, form, [mine.answers])
    assert {called[mine.answers[key]] for key in (*above, *pointing - {"parent"})} <= {*answers.values()}
    assert keyed_drafts.waiting(workspace) == []


@BY_FORM
def test_after_saving_the_next_one_begins_or_the_list_is_back(driver, workspace, form):
    answers = filled(workspace, form)
    driver.enter(form.key, scope=scope())
    key_form(driver, answers)
    first = driver.keying.record.id
    driver.press("Ctrl+Enter")
    driver.settle()
    if form is Household:
        assert driver.keying.is_new
        assert driver.keying.record.id != first
        assert driver.keying.record.answers["rt"] == RT
        return
    (went,) = driver.went
    assert (went.place != "form", went.form) == (True, form.key)
    record = there(workspace, form)[-1]
    driver.enter(form.key, record.id, scope=went.scope)
    assert driver.keying.record.answers["alive"] == 1
    assert not driver.keying.is_new


@BY_FORM
def test_what_is_typed_half_way_comes_back_at_its_question(driver, workspace, form):
    answers = filled(workspace, form)
    driver.enter(form.key, scope=scope())
    focusable = driver.keying.focusable()
    driver.place.hands.go(focusable[0])
    for _ in range(max(len(focusable) // 2, 1)):
        key_answer(driver, form.question(driver.focus), answers.get(driver.focus))
    driver.settle()
    kept, question = driver.keying.draft(), driver.focus
    driver.press("Esc")
    driver.settle()
    if not driver.keying.is_touched:
        pytest.skip("nothing was filled but where the record stands")
    (draft,) = keyed_drafts.waiting(workspace)
    assert draft.form == form.key
    driver.enter(scope=scope(REGION, RT, PERIOD), draft=True)
    assert (driver.keying.draft(), driver.focus) == (kept, question)


@BY_FORM
def test_every_answer_is_taken_back_and_given_again_by_keys(driver, workspace, form):
    answers = filled(workspace, form)
    driver.enter(form.key, scope=scope())
    before = dict(driver.keying.record.answers)
    key_form(driver, answers)
    after = dict(driver.keying.record.answers)
    steps = 0
    while driver.keying.is_touched and steps < MOST:
        driver.press("Ctrl+Z")
        steps += 1
    assert {k: v for k, v in driver.keying.record.answers.items() if v is not None} == {
        k: v for k, v in before.items() if v is not None
    }
    for _ in range(steps):
        driver.press("Ctrl+Y")
    driver.settle()
    assert driver.keying.record.answers == after
