"""Review in the form, by keys: comments, returning and handing in again, verifying, locked records."""

import time

import pytest
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import comments, handing_in, review_state, verification
from p2kp_desktop.forms import Household
from p2kp_desktop.store import records
from p2kp_desktop.ui.form import asides
from p2kp_desktop.ui.form.strip import AskingStrip, ObstacleStrip
from p2kp_desktop.ui.place import Destination
from tests.examples import a_record, unlike
from tests.ui.form_driver import SMALL, Driver, scope

pytestmark = pytest.mark.usefixtures("qapp")


def complete(workspace, name="Siti", **other):
    answers = {**a_record(Household).answers, **unlike(name), "rt": "014/005", "period": "2022", **other}
    return recording.record(workspace, Household, {k: v for k, v in answers.items() if k != "region"}).id


@pytest.fixture
def district(make_workspace):
    return make_workspace("Rina", role="district")


@pytest.fixture
def open_form():
    opened = []

    def make(workspace, ident="", question="", **named):
        driver = Driver(workspace, **named)
        opened.append(driver)
        driver.enter("household", ident, scope=scope(rt=None), question=question)
        return driver

    yield make
    for driver in opened:
        driver.close()


@pytest.fixture
def returned(make_workspace, district, tmp_path):
    """Give a facilitator's workspace with a household that came back with a comment on 9 and one on all of it."""
    workspace = make_workspace("Budi")
    ident = complete(workspace)
    handing_in.submit(workspace, ids=(ident,))
    receiving.receive(district, sending.send(workspace, tmp_path).path)
    verification.give_back(district, ident, comment="Atapnya bocor di foto", about="roof")
    verification.give_back(district, ident, comment="Lengkapi fotonya")
    receiving.receive(workspace, sending.send(district, tmp_path, to="facilitator").path)
    return workspace, ident


def panel(driver):
    return driver.place.sheet.column.panel


def banner(driver):
    return driver.place.sheet.banner


def strip(driver):
    return driver.place.sheet.column.findChild(ObstacleStrip)


def standing(workspace, ident):
    return review_state.review(workspace, Household, ident).standing


def value(workspace, ident, key):
    with workspace.asking() as connection:
        return records.read(connection, "household", [ident])[ident].values().get(key)


def chips(driver):
    return driver.place.sheet.head.accessibleName()


def test_a_returned_record_shows_it_with_its_first_comment_and_opens_at_a_commented_question(returned, open_form):
    workspace, ident = returned
    driver = open_form(workspace, ident)
    assert "Dikembalikan" in chips(driver)
    for word in ("Dikembalikan", "Rina", "Lengkapi fotonya"):
        assert word in banner(driver).accessibleName()
    assert panel(driver).isVisible()
    seen = {panel(driver).accessibleName()}
    driver.press("F8")
    seen.add(panel(driver).accessibleName())
    assert driver.focus == "roof"
    assert any("Atapnya bocor" in each for each in seen)
    assert any("Lengkapi fotonya" in each for each in seen)


def test_a_comment_is_answered_marked_done_and_the_record_handed_in_again(returned, open_form):
    workspace, ident = returned
    driver = open_form(workspace, ident, "roof")
    driver.press("F2")
    assert QApplication.focusWidget() is panel(driver).field
    driver.press("Enter")
    driver.settle()
    assert "belum diisi" in panel(driver)._objection.text()
    driver.type("sudah dilihat lagi")
    driver.settle()
    (draft,) = keyed_drafts.waiting(workspace)
    assert "sudah dilihat lagi" in draft.answers.values()
    driver.press("Enter")
    driver.settle()
    assert keyed_drafts.waiting(workspace) == []
    thread = next(each for each in comments.threads(workspace, ident) if each.question == "roof")
    assert [said.text for said in thread.comments] == ["Atapnya bocor di foto", "sudah dilihat lagi"]
    assert thread.is_open
    assert driver.focus == "roof"
    driver.press("Ctrl+T")
    driver.settle()
    thread = next(each for each in comments.threads(workspace, ident) if each.question == "roof")
    assert not thread.is_open
    driver.type("b")
    driver.press("Ctrl+Shift+S")
    driver.settle()
    assert (value(workspace, ident, "roof"), standing(workspace, ident)) == ("bocor", "siap")
    assert driver.went[-1].place == "collecting"


def test_what_a_comment_said_is_done_can_be_taken_back(returned, open_form):
    workspace, ident = returned
    driver = open_form(workspace, ident, "roof")
    driver.press("Ctrl+T")
    driver.settle()
    assert comments.open_count(workspace, record=ident) == 1
    driver.press("Ctrl+T")
    driver.settle()
    assert comments.open_count(workspace, record=ident) == 2


def test_a_fresh_record_is_handed_in_from_the_form_with_what_was_typed_and_stays(workspace, open_form):
    ident = complete(workspace)
    driver = open_form(workspace, ident, "roof")
    driver.type("b")
    driver.press("Ctrl+Shift+S")
    driver.settle()
    assert (value(workspace, ident, "roof"), standing(workspace, ident)) == ("bocor", "siap")
    assert driver.keying.record.id == ident
    assert "Siap diperiksa" in chips(driver)


def test_obstacles_are_listed_with_reasons_and_lead_to_the_question(workspace, open_form):
    ident = complete(workspace, members_male=9, occupants=2)
    driver = open_form(workspace, ident, "roof")
    driver.press("Ctrl+Shift+S")
    driver.settle()
    assert "7: " in strip(driver).accessibleName()
    driver.press("1")
    assert driver.focus == "occupants"
    assert strip(driver) is None or not strip(driver).isVisible()
    driver.press("Ctrl+Shift+S")
    driver.settle()
    driver.press("Esc")
    assert driver.focus == "occupants"
    assert standing(workspace, ident) == ""


def test_a_reviewer_verifies_one_record_after_another(district, open_form):
    first, second = complete(district), complete(district, "Rohana", building="2")
    for ident in (first, second):
        handing_in.submit(district, ids=(ident,))
    driver = open_form(district, min(first, second), "roof")
    assert "Siap diperiksa" in banner(driver).accessibleName()
    driver.press("Ctrl+Shift+V")
    driver.settle()
    assert standing(district, min(first, second)) == "terverifikasi"
    assert driver.keying.record.id == max(first, second)
    driver.press("Ctrl+Shift+V")
    driver.settle()
    assert standing(district, max(first, second)) == "terverifikasi"
    assert driver.went[-1].place == "collecting"


def test_a_reviewer_sees_why_a_record_cannot_be_verified(district, open_form):
    ident = complete(district, members_male=9, occupants=2)
    district_ready(district, ident)
    driver = open_form(district, ident, "roof")
    driver.press("Ctrl+Shift+V")
    driver.settle()
    assert "7: " in strip(driver).accessibleName()
    driver.press("Enter")
    assert driver.focus == "occupants"


def district_ready(workspace, ident):
    """Let a record wait although it has a problem that submitting would refuse."""
    from p2kp_desktop.actions.recording.saves import editing

    with editing(workspace) as edits:
        edits.save("household", ident, {"status": "siap"}, origin="diajukan")


def test_a_record_is_returned_with_comments_on_its_questions_then_the_next_one_is_there(district, open_form):
    first, second = sorted([complete(district), complete(district, "Rohana", building="2")])
    for ident in (first, second):
        handing_in.submit(district, ids=(ident,))
    driver = open_form(district, first, "roof")
    driver.press("Ctrl+Shift+C")
    assert QApplication.focusWidget() is panel(driver).field
    driver.press("Enter")
    driver.settle()
    assert standing(district, first) == "siap"
    driver.type("lihat fotonya")
    driver.press("Enter")
    driver.settle()
    assert (standing(district, first), driver.focus) == ("dikembalikan", "roof")
    driver.press("PgDown", "Ctrl+Shift+C")
    driver.type("kayu atau tembok?")
    driver.press("Ctrl+Enter")
    driver.settle()
    threads = comments.threads(district, first)
    assert [(each.question, each.comments[0].text) for each in threads] == [
        ("roof", "lihat fotonya"), ("wall", "kayu atau tembok?"),
    ]
    assert driver.keying.record.id == second


def test_escape_closes_the_field_for_a_return_and_nothing_is_returned(district, open_form):
    ident = complete(district)
    handing_in.submit(district, ids=(ident,))
    driver = open_form(district, ident, "roof")
    driver.press("Ctrl+Shift+C")
    driver.type("x")
    driver.press("Esc")
    driver.settle()
    assert not panel(driver).isVisible()
    assert standing(district, ident) == "siap"
    assert keyed_drafts.waiting(district) == []
    assert driver.went == []


@pytest.fixture
def verified(district):
    ident = complete(district)
    handing_in.submit(district, ids=(ident,))
    verification.verify(district, ids=(ident,))
    return ident


def test_a_verified_record_takes_no_typing_until_it_is_opened_with_a_reason(district, verified, open_form):
    driver = open_form(district, verified, "roof")
    assert "Diverifikasi" in chips(driver)
    assert "Rina" in banner(driver).accessibleName()
    driver.type("b")
    driver.press("Ctrl+Z")
    assert not driver.keying.is_touched
    assert "Terkunci" in banner(driver).accessibleName()
    driver.place.hands.go("kk_count")
    driver.type("4")
    driver.press("Enter")
    assert not driver.keying.is_touched
    driver.place.hands.go("roof")
    driver.press("Ctrl+B", "Enter")
    assert banner(driver).is_asking
    driver.type("salah baca formulir")
    driver.press("Enter")
    assert not banner(driver).is_asking
    driver.type("b")
    driver.press("Ctrl+S")
    driver.settle()
    assert value(district, verified, "roof") == "bocor"
    assert standing(district, verified) == "berubah sesudah diverifikasi"
    assert "Berubah" in chips(driver)
    from p2kp_desktop.actions.keying import answer_history

    assert "salah baca formulir" in [
        s.reason for s in answer_history.answer_history(district, Household, verified, "roof")
    ]


def test_the_reason_survives_in_the_draft(district, verified, open_form):
    driver = open_form(district, verified, "roof")
    driver.press("Ctrl+B")
    driver.type("dihitung lagi")
    driver.press("Enter")
    driver.type("b")
    driver.settle()
    again = open_form(district, verified)
    assert not again.place.hands.session.is_locked
    again.press("Ctrl+S")
    again.settle()
    assert value(district, verified, "roof") == "bocor"


def test_a_draft_from_before_the_verification_asks_for_the_reason_when_it_is_saved(district, open_form):
    ident = complete(district)
    driver = open_form(district, ident, "roof")
    driver.type("b")
    driver.settle()
    handing_in.submit(district, ids=(ident,))
    verification.verify(district, ids=(ident,))
    again = open_form(district, ident, "roof")
    again.press("Ctrl+S")
    again.settle()
    assert banner(again).is_asking
    assert value(district, ident, "roof") == "tidak_bocor"
    again.type("foto baru")
    again.press("Ctrl+Enter")
    again.press("Ctrl+S")
    again.settle()
    assert value(district, ident, "roof") == "bocor"


def test_a_changed_record_names_what_was_changed(district, verified, open_form):
    recording.record(district, Household, {"id": verified, "roof": "b"}, reason="keliru")
    driver = open_form(district, verified, size=SMALL)
    assert "Yang berubah: 9" in banner(driver).accessibleName()


def test_a_facilitator_cannot_verify_and_a_reviewer_cannot_hand_in(workspace, district, open_form):
    mine, theirs = complete(workspace), complete(district)
    handing_in.submit(workspace, ids=(mine,))
    driver = open_form(workspace, mine, "roof")
    driver.press("Ctrl+Shift+V", "Ctrl+Shift+C")
    driver.settle()
    assert standing(workspace, mine) == "siap"
    assert not panel(driver).isVisible()
    other = open_form(district, theirs, "roof")
    other.press("Ctrl+Shift+S")
    other.settle()
    assert standing(district, theirs) == ""


@pytest.mark.parametrize("handed_in", [True, False])
def test_a_likely_double_is_verified_once_somebody_says_why_it_is_none(district, open_form, handed_in):
    first, second = complete(district, "Siti Aminah"), complete(district, "Hj. Siti Aminah")
    handing_in.submit(district, ids=(first if handed_in else second,))
    driver = open_form(district, first)
    end = time.monotonic() + 10
    while not driver.place.hands.session.alike and time.monotonic() < end:
        QApplication.processEvents()
        driver.settle()
    assert [each.name for each in driver.place.hands.session.alike] == ["Hj. Siti Aminah"]
    driver.press("Ctrl+Shift+V")
    driver.settle()
    assert standing(district, first) == ("siap" if handed_in else "")
    strip = driver.place.sheet.findChild(ObstacleStrip)
    assert "mungkin rumah yang sama dengan Hj. Siti Aminah" in strip.accessibleName()
    driver.press("Enter")
    assert driver.focus == "head_name"
    driver.press("F2")
    driver.type("ibu dan anak, dua rumah")
    driver.press("Enter")
    driver.press("Ctrl+Shift+V")
    driver.settle()
    assert standing(district, first) == "terverifikasi"


def answers_of(driver):
    return dict(driver.keying.record.answers)


def test_a_reviewer_notes_something_about_any_answer_and_no_letter_becomes_one(make_workspace, open_form, tmp_path):
    workspace, office = make_workspace("Budi"), make_workspace("Rina", role="district")
    ident = complete(workspace)
    receiving.receive(office, sending.send(workspace, tmp_path).path)
    driver = open_form(office, ident, "electricity")
    before = answers_of(driver)
    driver.press("F2")
    driver.type("Menurut PLN 1300 ab")
    driver.press("Enter")
    driver.settle()
    assert (driver.focus, answers_of(driver)) == ("electricity", before)
    (thread,) = comments.threads(office, ident)
    assert (thread.question, thread.comments[0].text, thread.is_open) == ("electricity", "Menurut PLN 1300 ab", True)
    assert panel(driver).isVisible()
    receiving.receive(workspace, sending.send(office, tmp_path, to="facilitator").path)
    assert comments.threads(workspace, ident)[0].comments[0].person == "Rina"


def test_a_note_on_a_new_household_is_kept_in_the_draft_and_said_when_it_is_saved(make_workspace, open_form):
    workspace = make_workspace("Budi")
    driver = open_form(workspace)
    driver.place.hands.go("head_name")
    driver.type("Siti")
    driver.press("Enter")
    question = driver.focus
    driver.press("F2")
    driver.type("Tembok retak")
    driver.press("Enter")
    assert driver.focus == question
    driver.press("Enter", "Esc")
    driver.settle()
    again = open_form(workspace)
    again.place.enter(Destination("form", draft=True), scope(rt=None))
    again.settle()
    told = asides.notes(again.place.hands.session.go("rt"))
    assert any("Tembok retak" in note.text for note in told[question])
    again.place.hands.go("rt")
    again.type("14/5")
    again.press("Enter", "Ctrl+S")
    again.settle()
    (thread,) = comments.threads(workspace, again.keying.record.id)
    assert (thread.question, thread.comments[0].text, thread.is_open) == (question, "Tembok retak", False)
    assert not keyed_drafts.waiting(workspace)


def test_f2_and_nothing_written_changes_nothing(make_workspace, open_form):
    workspace = make_workspace("Budi")
    ident = complete(workspace)
    driver = open_form(workspace, ident, "electricity")
    driver.press("F2", "Enter", "F2", "Esc")
    assert not panel(driver).isVisible()
    assert (driver.focus, driver.place.sheet.column.focused.hasFocus()) == ("electricity", True)
    assert not comments.threads(workspace, ident)


def test_where_no_notes_are_kept_f2_says_so_and_swallows_what_is_typed(make_workspace, open_form):
    driver = open_form(make_workspace("Budi"))
    driver.enter("readiness_rule", scope=scope(rt=None))
    before, question = answers_of(driver), driver.focus
    driver.press("F2")
    driver.type("abc1")
    assert (answers_of(driver), driver.focus) == (before, question)
    assert isinstance(driver.place.sheet._strip, AskingStrip)
    driver.press("Esc")
    assert driver.place.sheet._strip is None
