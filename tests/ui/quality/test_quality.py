"""Mutu Data with keys alone: from a rule to its records, pairs told apart or thrown away, figures, keying again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.keying import sittings
from p2kp_desktop.actions.quality import keying_differences, operators, outliers, second_keying
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import keyed, views
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.quality.place import TABS, QualityPlace
from tests.ui.windows import AREAS, Running, press

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
KELURAHAN = "16.71.01.1001"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lorok.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]) as made:
        for number, name in enumerate(("Siti Aminah", "Hj. Siti Aminah", "Budi Santoso")):
            recording.record(made, Household, {
                "id": f"h{number}", "rt": "1/1", "building": "7" if number < 2 else "9", "head_name": name,
                "kk_count": 9 if number == 2 else 1, "nik": "1671064507800003" if number == 0 else None,
            })
        sitting = sittings.Sitting()
        for _ in range(300):
            sitting = sitting.struck()
        sittings.note(made, "household", "h0", sitting)
    return path


@pytest.fixture
def running(qtbot, file):
    made = Running(qtbot, file)
    go(made)
    yield made
    made.close()


def go(running, tab=""):
    scope = Scope(KELURAHAN, None, running.window.scope.period)
    running.window.go(Destination("quality", scope, tab=tab))
    running.until_quiet()


def place(running) -> QualityPlace:
    shown = running.window.place
    assert isinstance(shown, QualityPlace)
    return shown


def households(running):
    with running.window.desk.workspace.asking() as connection:
        return {each.id: each.answers for each in views.found(connection, Household)}


def test_a_rule_leads_to_its_records_and_a_record_opens_at_the_question(running):
    page = place(running).rules
    rows = [(each.rule.question, each.severity, each.count) for each in page.rules.model.lines]
    assert ("kk_count", "soft", 1) in rows
    assert ("mbr", "missing", 3) in rows
    for _ in range(rows.index(("kk_count", "soft", 1))):
        running.press(Key.Key_Down)
    press(running, Key.Key_Return)
    assert [each.name for each in page.records.model.lines] == ["Budi Santoso"]
    press(running, Key.Key_Return)
    form = running.window.place
    assert (form.keying.record.id, form.hands.session.focus) == ("h2", "kk_count")
    press(running, Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    assert place(running).rules.records.table.hasFocus()
    press(running, Key.Key_Escape)
    assert page.rules.table.hasFocus()


def test_a_rule_that_was_put_right_disappears(running):
    page = place(running).rules
    recording.record(running.window.desk.workspace, Household, {"id": "h2", "kk_count": 2})
    go(running)
    assert "kk_count" not in [each.rule.question for each in page.rules.model.lines]


def test_two_households_stand_side_by_side_and_are_told_apart_with_a_reason(running):
    go(running, "doubles")
    page = place(running).doubles
    assert running.window.place.tabs.tabText(1) == "Mungkin ganda (1)"
    said = {asked: (left, right) for asked, left, right in page.sides.texts}
    assert said["Nama"] == ("Siti Aminah", "Hj. Siti Aminah")
    assert said["NIK"][0] == "1671••••••••0003"
    assert said["Didata"][0].startswith("Rina Marlina · ")
    press(running, "b")
    assert page.reason.field.hasFocus()
    press(running, Key.Key_Return)
    assert page.reason.field.property("status") == "err"
    press(running, "ibu dan anak, beda rumah", Key.Key_Return)
    assert page.list.model.lines == ()
    assert households(running)["h0"]["distinct.h1"] == 1


def refused(*_given, **_named):
    raise Trouble("Disk penuh.", remedy="Kosongkan disk.", code="R10")


def test_one_of_a_pair_goes_into_the_trash_with_a_reason_that_is_kept_while_it_fails(running, monkeypatch):
    go(running, "doubles")
    press(running, "2")
    reason = place(running).doubles.reason
    assert (reason.away.isVisible(), reason.yes.isVisible()) == (True, False)  # as everywhere for this act
    press(running, Key.Key_Escape)
    assert set(households(running)) == {"h0", "h1", "h2"}
    press(running, "2")
    with monkeypatch.context() as broken:
        broken.setattr(recording, "delete", refused)
        press(running, "terdata dua kali", Key.Key_Return)
    assert "R10" in place(running).doubles.told.text()
    assert (reason.field.text(), reason.field.hasFocus()) == ("terdata dua kali", True)
    press(running, Key.Key_Return)
    assert set(households(running)) == {"h0", "h2"}
    assert "tempat sampah" in place(running).doubles.told.text()


def test_either_household_of_a_pair_is_opened(running):
    go(running, "doubles")
    press(running, Key.Key_Return, modifier=SHIFT)
    assert running.window.place.keying.record.id == "h1"


def test_the_figures_of_operators_are_shown_and_copied(running):
    go(running, "operators")
    page = place(running).operators
    assert [(each.person, each.records, each.keystrokes) for each in page.list.model.lines] == [
        ("Rina Marlina", 1, 300)
    ]
    press(running, Key.Key_C, modifier=CTRL)
    assert QApplication.clipboard().text().splitlines()[1].startswith("Rina Marlina\t")


def test_the_figures_of_an_operator_lead_down_to_the_records(running):
    go(running, "operators")
    page = place(running).operators
    press(running, Key.Key_Return)
    assert [(each.name, each.id) for each in page.records.model.lines] == [("Siti Aminah", "h0")]
    assert page.records.table.hasFocus()
    press(running, Key.Key_Return)
    assert running.window.place.keying.record.id == "h0"
    press(running, Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    assert place(running).operators.records.table.hasFocus()
    press(running, Key.Key_Escape)
    assert page.list.table.hasFocus()


def test_a_household_is_drawn_keyed_again_blind_and_its_difference_decided(running):
    go(running, "recheck")
    page = place(running).recheck
    page.draw.setFocus()
    press(running, Key.Key_Space)
    (lot,) = page.lots.model.lines
    press(running, Key.Key_Return)
    blind = place(running).blind
    record = blind.hands.session.keying.record
    assert not {"head_name", "kk_count", "nik"} & set(record.answers)
    blind.hands.go("kk_count")
    press(running, "4", Key.Key_Return)
    press(running, Key.Key_Escape)
    assert page.lots.model.lines[0].begun
    press(running, Key.Key_Return)
    assert blind.hands.session.keying.record.answers["kk_count"] == 4
    press(running, Key.Key_Return, modifier=CTRL)
    assert page.isVisible()
    before = households(running)
    press(running, Key.Key_Return)
    assert page.found.table.hasFocus()
    questions = [each.question for each in page.found.model.lines]
    for _ in range(questions.index("kk_count")):
        running.press(Key.Key_Down)
    press(running, "2")
    press(running, "di kertas 4", Key.Key_Return)
    assert households(running)[lot.record]["kk_count"] == 4
    assert before[lot.record]["kk_count"] != 4
    assert [each.wrong for each in keying_differences.errors(running.window.desk.workspace)] == [1]


def test_of_several_drawn_the_one_just_keyed_again_is_shown_with_its_differences(running):
    go(running, "recheck")
    page = place(running).recheck
    page.percent.setCurrentIndex(page.percent.count() - 1)
    page.draw.setFocus()
    press(running, Key.Key_Space)
    assert len(page.lots.model.lines) > 1
    first = page.lots.model.lines[0].record
    press(running, Key.Key_Return)
    assert not running.window.board.legend.isHidden()
    assert place(running).blind.sheet.legend.isHidden()  # one line of keys is enough
    press(running, Key.Key_Return, modifier=CTRL)
    assert page.lots.current().record == first
    assert {each.record for each in page.found.model.lines} == {first}


def test_what_is_unusual_leads_to_the_households_that_are_alike_and_to_the_rt(running):
    workspace = running.window.desk.workspace
    lines = [{"rt": "2/1" if number % 2 else "3/1", "head_name": f"Warga {number}", "floors": 8 if number % 2 else 1,
              "interviewer": "Dedi" if number < 40 else "Cici", "roof": "a" if number < 40 else "ab"[number % 2]}
             for number in range(100)]
    lines += [{"rt": "3/1", "head_name": f"Lain {number}", "floors": 1} for number in range(200)]
    recording.record_all(workspace, Household, list(enumerate(lines)), origin="perintah")
    go(running, "unusual")
    page = place(running).unusual
    kinds = [each.kind for each in page.list.model.lines]
    press(running, Key.Key_Return)
    assert (kinds[0], len(page.records.model.lines)) == (outliers.SAME, 40)
    press(running, Key.Key_Escape)
    for _ in range(kinds.index(outliers.RT_APART)):
        running.press(Key.Key_Down)
    press(running, Key.Key_Return)
    assert (running.window.here.place, running.window.scope.rt) == ("collecting", "002/001")
    running.go("quality")
    assert {each.rt for each in page.list.model.lines if each.kind != outliers.SAME} == {"002/001"}
    assert any("semua 20 kuesioner Dedi" in each.says for each in page.list.model.lines)


def test_every_tab_obeys_the_breadcrumb(running):
    workspace = running.window.desk.workspace
    recording.record(workspace, Household, {"id": "h3", "rt": "2/1", "head_name": "Dewi", "kk_count": 9})
    sitting = sittings.Sitting()
    sitting = sitting.struck()
    sittings.note(workspace, "household", "h3", sitting)
    second_keying.draw(workspace, "Rina Marlina", 100)
    found = {}
    for tab in TABS:
        go(running, tab)
        whole = shown_in(place(running), tab)
        press(running, "l", modifier=CTRL)
        press(running, "rt 002", Key.Key_Return)
        assert (running.window.here.place, running.window.scope.rt) == ("quality", "002/001")
        found[tab] = whole, shown_in(place(running), tab)
        assert place(running).tabs.tabText(1) == "Mungkin ganda"
    assert found["rules"] == (2, 1)  # households with too many families
    assert found["doubles"] == (1, 0)
    assert found["operators"] == (2, 1)
    assert found["recheck"] == (4, 1)


def shown_in(shown, tab):
    """Return what a tab counts."""
    if tab == "rules":
        return sum(each.count for each in shown.rules.rules.model.lines if each.rule.question == "kk_count")
    if tab == "operators":
        return sum(each.records for each in shown.operators.list.model.lines)
    page = shown.pages[TABS.index(tab)]
    return len((page.lots if tab == "recheck" else page.list).model.lines)


def test_control_page_down_turns_the_tabs(running):
    shown = place(running)
    for number in range(1, len(TABS) + 1):
        press(running, Key.Key_PageDown, modifier=CTRL)
        assert shown.tabs.currentIndex() == number % len(TABS)
        assert shown.isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_fits_both_work_areas(running, area, tab):
    running.resize(*area)
    go(running, tab)
    shown = place(running)
    if tab == "doubles":
        press(running, "b")
    running.until_quiet()
    page = shown.pages[TABS.index(tab)]
    assert page.minimumSizeHint().width() <= shown.width()
    assert page.minimumSizeHint().height() <= shown.height()
    assert shown.width() <= area[0]


def test_what_is_keyed_in_the_form_is_counted_when_it_is_saved(running):
    scope = Scope(KELURAHAN, "001/001", running.window.scope.period)
    running.window.go(Destination("form", scope, "household", "h1", "kk_count"))
    running.until_quiet()
    running.press("23", Key.Key_Backspace, Key.Key_Return)
    running.window.place.hands.go("kk_count")
    press(running, Key.Key_S, modifier=CTRL)
    (figures,) = operators.figures(running.window.desk.workspace)
    with running.window.desk.workspace.asking() as connection:
        (stint,) = keyed.stints(connection, records=["h1"])
    assert (figures.records, stint.person, stint.corrections) == (2, "Rina Marlina", 1)
    assert 4 <= stint.keystrokes <= 5
