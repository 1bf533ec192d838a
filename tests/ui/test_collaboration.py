"""Kolaborasi with keys alone: a need from a score, a commitment, an activity, progress to 100 %, the score after."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions import needs, recording, works, workspaces
from p2kp_desktop.forms.collaboration import Commitment, Policy, Stakeholder
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.ui.collaboration.place import TABS, CollaborationPlace
from p2kp_desktop.ui.place import Destination, Scope
from tests.actions.test_collaborating import RECAP, RT
from tests.conftest import KELURAHAN

from .windows import AREAS, Running

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def running(qtbot, tmp_path):
    path = tmp_path / "lorok.p2kp"
    workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]).close()
    made = Running(qtbot, path)
    yield made
    made.close()


@pytest.fixture
def scored(running):
    recap(running, running.window.scope.period)
    go(running, "needs")
    return running


def workspace(running):
    return running.window.desk.workspace


def recap(running, period, **more):
    recording.record(workspace(running), RtRecap, {"region": KELURAHAN, "rt": RT, "period": period, **RECAP, **more})


def go(running, tab=""):
    running.window.go(Destination("collaboration", Scope(KELURAHAN, None, running.window.scope.period), tab=tab))
    running.until_quiet()


def place(running) -> CollaborationPlace:
    shown = running.window.place
    assert isinstance(shown, CollaborationPlace)
    return shown


def press(running, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    running.press(*keys, modifier=modifier)
    running.until_quiet()


def fill(running, **answers):
    """Go to questions of the form by name, key an answer to each, save, and go back to the list."""
    form = running.window.place
    for key, answer in answers.items():
        form.hands.go(key)
        QApplication.processEvents()
        running.press(answer, Key.Key_Return)
    running.until_quiet()
    press(running, Key.Key_S, modifier=CTRL)
    press(running, Key.Key_Escape)


def test_a_need_from_a_score_is_funded_built_and_scored_again(scored):
    running = scored
    press(running, "a")
    page = place(running).needs
    assert [line.criterion for line in page.list.model.lines] == ["c2b", "c4b"]
    assert "2 kebutuhan baru" in page.told.text()
    press(running, Key.Key_Return)
    fill(running, cost="100000000")
    assert page.list.current().cost == 100_000_000
    press(running, "k")
    fill(running, who="Dinas PUPR", year="2026", source="d", amount="100000000", reached="b")
    assert [line.standing for line in needs.lines(workspace(running), KELURAHAN)] == [needs.UNFUNDED, needs.FUNDED]
    go(running, "needs")
    row = [line.criterion for line in page.list.model.lines].index("c2b")
    page.list.table.show_row(row)
    press(running, "g")
    press(running, Key.Key_S, modifier=CTRL)
    press(running, Key.Key_Escape)
    shown = place(running).works
    assert shown.isVisible()
    press(running, "p")
    fill(running, date="1/11/2026", physical="100", financial="90", instalment="a", paid="60000000", note="rapi")
    (work,) = works.works(workspace(running), KELURAHAN)
    assert (work.physical, work.paid, work.source) == (100, 60_000_000, "apbd_kota")
    assert "menunggu survei atau rekap" in shown.effect.text()
    assert "Termin 60 % · Rp60.000.000 · rapi" in shown.effect.text()
    recap(running, str(int(running.window.scope.period[:4]) + 1), damaged_road_m=0)
    go(running, "works")
    assert "turun 5" in shown.effect.text()
    assert next(line for line in needs.lines(workspace(running), KELURAHAN) if line.criterion == "c2b").is_met


def test_taking_from_scores_is_undone_with_control_z(scored):
    press(scored, "a")
    press(scored, Key.Key_Z, modifier=CTRL)
    assert place(scored).needs.list.model.lines == ()
    assert "2 kebutuhan dibatalkan" in place(scored).needs.told.text()


def test_an_offer_that_fits_is_given_to_the_need_and_years_turn(scored):
    press(scored, "a")
    recording.record(workspace(scored), Commitment, {
        "who": "PT Bukit Asam", "what": "CSR", "criteria": ["c2b"], "year": 2027, "source": "non_pemerintah",
        "amount": 7_500_000, "reached": "disepakati",
    })
    go(scored, "matrix")
    page = place(scored).matrix
    assert [line.state for line in page.money.model.lines] == ["cocok: menjawab kriteria 2b"]
    press(scored, "p")
    row = next(row for row in page.list.model.lines if row.need.criterion == "c2b")
    assert row.firm == {"non_pemerintah": 7_500_000}
    assert "Rp7.500.000" in page.totals.text()
    press(scored, "t")
    assert page.year == 2027
    press(scored, "t")
    assert page.year is None


def test_an_offer_in_words_becomes_a_commitment_that_knows_giver_and_need(scored):
    press(scored, "a")
    recording.record(workspace(scored), Stakeholder, {"id": "pt", "name": "PT Semen", "offers": "Semen untuk jalan"})
    go(scored, "matrix")
    press(scored, "p")
    answers = scored.window.place.keying.record.answers
    assert (answers["stakeholder"], answers["who"], answers["criteria"]) == ("pt", "PT Semen", "c2b")
    assert answers["need"]


def test_n_begins_what_the_tab_lists(scored):
    for tab, form in (("needs", "need"), ("matrix", "commitment"), ("works", "activity"), ("people", "stakeholder"),
                      ("policies", "policy")):
        go(scored, tab)
        press(scored, "n")
        assert scored.window.place.keying.record.form.key == form


def test_a_policy_is_opened_with_enter_and_thrown_away_with_a_reason(running):
    recording.record(workspace(running), Policy, {"id": "sk", "kind": "sk_kumuh", "name": "SK 488", "area": "Kota"})
    go(running, "policies")
    press(running, Key.Key_Return)
    assert running.window.place.keying.record.id == "sk"
    press(running, Key.Key_Escape)
    assert place(running).policies.list.table.hasFocus()
    press(running, Key.Key_Delete)
    press(running, "dicabut", Key.Key_Return)
    assert place(running).policies.list.model.lines == ()


def test_commitments_of_a_partner_are_reached_and_left_by_keys(running):
    recording.record(workspace(running), Stakeholder, {"id": "pt", "name": "PT Semen", "element": "swasta"})
    recording.record(workspace(running), Commitment, {"id": "k", "stakeholder": "pt", "who": "PT Semen", "year": 2026,
                                                      "amount": 5, "reached": "cair"})
    go(running, "people")
    page = place(running).people
    press(running, "l")
    assert page.promises.table.hasFocus()
    press(running, Key.Key_Return)
    assert running.window.place.keying.record.id == "k"
    press(running, Key.Key_Escape)
    assert page.promises.table.hasFocus()
    press(running, Key.Key_Escape)
    assert page.list.table.hasFocus()


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_fits_both_work_areas(scored, area, tab):
    press(scored, "a")
    scored.resize(*area)
    go(scored, tab)
    shown = place(scored)
    assert shown.page.minimumSizeHint().width() <= shown.width() <= area[0]
    assert shown.page.minimumSizeHint().height() <= shown.height()
    press(scored, Key.Key_PageDown, modifier=CTRL)
    assert shown.isAncestorOf(QApplication.focusWidget())
