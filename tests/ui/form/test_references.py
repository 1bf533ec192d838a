"""References under the keyboard: records are offered by their title, taken with Enter, and never shown as an id."""

import pytest

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import form
from p2kp_desktop.store import views
from tests.ui.form_driver import Driver, scope

pytestmark = pytest.mark.usefixtures("qapp")

Agreement, Clause, Commitment, Need = (form(key) for key in ("agreement", "clause", "commitment", "need"))


@pytest.fixture
def driver(workspace):
    made = Driver(workspace)
    yield made
    made.close()


@pytest.fixture
def needs(workspace):
    wanted = [("2b", "Paving 120 m"), ("2b", "Paving 80 m"), ("6a", "Gerobak sampah")]
    return [
        recording.record(workspace, Need, {"rt": "001/005", "criterion": code, "what": what}).id
        for code, what in wanted
    ]


def there(workspace, each):
    with workspace.asking() as connection:
        return [record.answers for record in views.found(connection, each)]


def row(driver, key):
    return next(each for each in driver.keying.rows() if each.question.key == key)


def test_a_need_is_found_by_a_part_of_its_name_and_taken_with_enter(driver, workspace, needs):
    driver.enter("commitment", scope=scope(rt=None), question="need")
    driver.type("pav")
    offers = driver.place.sheet.column.focused.offers
    assert (offers.ringed, offers.words()) == (None, "")
    driver.press("Down", "Down")
    assert offers.words().startswith("= Paving 80 m · 2b Kualitas permukaan jalan · RT 001/005")
    driver.press("Enter")
    assert (driver.focus, row(driver, "need").shown) == ("year", "Paving 80 m · 2b Kualitas permukaan jalan")
    driver.press("Ctrl+S")
    driver.settle()
    assert [answers["need"] for answers in there(workspace, Commitment)] == [needs[1]]


def test_the_only_record_that_fits_is_taken_and_a_name_of_none_is_refused_in_words(driver, needs):
    driver.enter("commitment", scope=scope(rt=None), question="need")
    driver.type("sampah")
    driver.press("Enter")
    assert driver.keying.record.answers["need"] == needs[2]
    driver.place.hands.go("need")
    assert driver.place.sheet.column.focused.field.text() == "Gerobak sampah · 6a Prasarana persampahan"
    driver.type("apa saja")
    driver.press("Enter")
    (problem,) = row(driver, "need").problems
    assert "tidak tercatat sebagai Kebutuhan" in problem.message
    driver.place.hands.go("need")
    driver.type("paving")
    driver.press("Enter")
    (problem,) = row(driver, "need").problems
    assert "Beberapa catatan cocok" in problem.message


def test_a_record_that_is_not_here_is_said_in_words_and_can_be_explained(driver, workspace):
    saved = recording.record(workspace, Commitment, {"who": "Dinas", "need": "0190f5a0-0000-7000-8000-000000000001"})
    driver.enter("commitment", saved.id, scope=scope(rt=None))
    assert (row(driver, "need").shown, row(driver, "need").state) == ("tidak ada di laptop ini", "unusual")
    driver.place.hands.explain("need", "datang dengan paket kota")
    assert row(driver, "need").state == "answered"


def test_a_clause_asks_for_its_agreement_first_and_its_head_names_it(driver, workspace):
    known = recording.record(workspace, Agreement, {"number": "AB-01", "name": "Jaga sungai"}).id
    recording.record(workspace, Agreement, {"number": "AB-012", "name": "Sampah"})
    driver.enter("clause", scope=scope(rt=None))
    assert driver.focus == "parent"
    driver.place.hands.go("rule")
    driver.type("dilarang")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert there(workspace, Clause) == []
    driver.place.hands.go("parent")
    driver.type("ab-01")
    driver.press("Enter")
    driver.press("Ctrl+Enter")
    driver.settle()
    (answers,) = there(workspace, Clause)
    assert (answers["parent"], driver.went[-1].parent) == (known, known)


def test_the_head_of_a_clause_says_which_agreement_it_belongs_to(driver, workspace):
    agreement = recording.record(workspace, Agreement, {"number": "AB-01", "name": "Jaga sungai"}).id
    clause = recording.record(workspace, Clause, {"parent": agreement, "rule": "dilarang"}).id
    driver.enter("clause", clause, scope=scope(rt=None))
    assert "AB-01 · Jaga sungai" in driver.place.sheet.head.accessibleName()
    assert "parent" not in driver.keying.focusable()


def test_a_clause_that_was_saved_without_its_agreement_is_given_one(driver, workspace):
    agreement = recording.record(workspace, Agreement, {"number": "AB-01", "name": "Jaga sungai"}).id
    clause = recording.record(workspace, Clause, {"rule": "dilarang"}).id
    driver.enter("clause", clause, scope=scope(rt=None))
    assert driver.focus == "parent"
    driver.type("jaga")
    driver.press("Enter", "Ctrl+Enter")
    driver.settle()
    (answers,) = there(workspace, Clause)
    assert answers["parent"] == agreement
