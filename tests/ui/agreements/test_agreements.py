"""Aturan Bersama with keys alone: from a draft to what is in force, changed once, monitored, a violation sanctioned."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QScrollBar

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.community import agreement_steps, agreements
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.agreement import Agreement, Clause, FormerVersion, Signature
from p2kp_desktop.forms.meeting import Attendance, Meeting
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import making
from p2kp_desktop.store import views
from p2kp_desktop.ui.agreements import viewing
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.place import Destination, Scope
from tests.printing.papers import an_agreement, printed
from tests.ui.agreement_journey import (
    ALT,
    CTRL,
    KELURAHAN,
    Key,
    add,
    advance,
    from_draft_to_force,
    go,
    place,
    whole,
)
from tests.ui.windows import AREAS, Running, press


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lorok.p2kp"
    workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]).close()
    return path


@pytest.fixture
def running(qtbot, file):
    made = Running(qtbot, file)
    go(made)
    yield made
    made.close()


# With an agreement that is there


@pytest.fixture
def kept(running):
    workspace = running.window.desk.workspace
    recording.record(workspace, Agreement, {
        "id": "ab", "region": KELURAHAN, "number": "AB-03", "name": "Tepian Musi", "rts": "012", "stage": "draf",
        "version": 1, "drafted": "2026-07-12"})
    agreement_steps.insert_examples(workspace, "ab", agreement_steps.library()[:8])
    recording.record(workspace, Signature, {"parent": "ab", "region": KELURAHAN, "capacity": "tipp"})
    go(running)
    return running


def test_an_agreement_from_draft_to_force_changed_once_with_a_violation_and_its_sanction(running):
    from_draft_to_force(running)


def test_the_list_opens_an_agreement_and_escape_goes_back_to_its_line(kept):
    page = place(kept)
    assert page.list.lines.table.hasFocus()
    press(kept, Key.Key_Return)
    assert (page.agreement, page.sheet.sheet.hasFocus()) == ("ab", True)
    press(kept, Key.Key_Escape)
    assert page.stack.currentWidget() is page.list
    assert page.list.lines.current().id == "ab"
    press(kept, Key.Key_Left, modifier=ALT)
    assert page.agreement == "ab"


def test_a_clause_comes_back_to_its_line_after_the_form(kept):
    go(kept, form="agreement", record="ab")
    page = place(kept)
    press(kept, Key.Key_Down, Key.Key_Down)
    record = page.sheet.sheet.current
    press(kept, Key.Key_Return)
    press(kept, Key.Key_Escape)
    assert (place(kept).agreement, page.sheet.sheet.current) == ("ab", record)


def test_what_is_missing_is_said_a_bad_date_is_refused_and_the_stage_is_taken_back(kept):
    go(kept, form="agreement", record="ab")
    page = place(kept)
    press(kept, "s", Key.Key_Down)
    assert page.doing.strip.stage == "disepakati"
    assert "Peserta rembug belum diisi." in page.doing.strip._missing.text()
    kept.press(Key.Key_A, modifier=CTRL)
    press(kept, "kapan-kapan", Key.Key_Return)
    assert page.doing.strip.date.property("status") == "err"
    kept.press(Key.Key_A, modifier=CTRL)
    press(kept, "4/9/26", Key.Key_Return)
    assert whole(kept).stage == "disepakati"
    press(kept, Key.Key_Z, modifier=CTRL)
    assert whole(kept).stage == "draf"


def test_a_clause_is_thrown_away_with_a_reason(kept):
    go(kept, form="agreement", record="ab")
    press(kept, Key.Key_Delete)
    press(kept, "digabung", Key.Key_Return)
    assert len(place(kept).sheet.sheet.rows) == 7
    with kept.window.desk.workspace.asking() as connection:
        assert len(list(views.found(connection, Clause, views.Where(deleted=True)))) == 1


def test_a_clause_that_could_not_be_thrown_away_is_asked_about_again_with_the_reason(kept, monkeypatch):
    def refused(*_given, **_named):
        raise Trouble("Disk penuh.", remedy="Kosongkan disk.", code="R10")

    go(kept, form="agreement", record="ab")
    press(kept, Key.Key_Delete)
    with monkeypatch.context() as broken:
        broken.setattr(recording, "delete", refused)
        press(kept, "digabung", Key.Key_Return)
        kept.until_quiet()
    doing = place(kept).doing
    assert (doing.removal.reason.text(), doing.removal.reason.hasFocus()) == ("digabung", True)
    assert doing.told.isVisible()
    press(kept, Key.Key_Return)
    kept.until_quiet()
    assert len(place(kept).sheet.sheet.rows) == 7
    assert not doing.removal.isVisible()


def test_an_agreement_thrown_away_meanwhile_leads_back_to_the_list(kept):
    go(kept, form="agreement", record="ab")
    recording.delete(kept.window.desk.workspace, Agreement, "ab", reason="salah")
    go(kept, form="agreement", record="ab")
    assert place(kept).stack.currentWidget() is place(kept).list


def test_a_scan_is_attached_and_listed(kept, tmp_path):
    go(kept, form="agreement", record="ab")
    scan = tmp_path / "SK.pdf"
    scan.write_text("%PDF-1.4 SK", encoding="utf-8")
    place(kept).attaching.attach([scan])
    kept.until_quiet()
    assert [line.entry.words for line in place(kept).sheet.side.attachments.lines] == ["SK"]


def buttons(page):
    return [each for each in page.findChildren(Button) if each.isVisible()]


@pytest.mark.parametrize("area", AREAS)
def test_one_bar_scrolls_the_page_and_every_way_on_shows_its_key_at_both_sizes(kept, area):
    kept.resize(*area)
    go(kept, form="agreement", record="ab")
    page = place(kept).sheet
    keys = {key for each in buttons(page) for key in each._keys}
    press(kept, Key.Key_PageDown, modifier=CTRL)
    keys |= {key for each in buttons(page) for key in each._keys}
    assert {"N", "C", "V", "S", "T", "R", "P", "L", "I", "A"} <= keys
    assert len([bar for bar in page.findChildren(QScrollBar) if bar.isVisible()]) <= 1
    assert QApplication.focusWidget() in page.side.reachable()
    press(kept, Key.Key_PageDown, modifier=CTRL)
    assert page.sheet.hasFocus()


def test_who_keeps_a_clause_and_how_it_is_paid_stands_below_it(kept):
    recording.record(kept.window.desk.workspace, Clause, {
        "id": "c9", "parent": "ab", "region": KELURAHAN, "clause_number": 9, "aspect": "drainase", "factual": "Kotor.",
        "ideal": "Bersih.", "rule": "Kerja bakti.", "responsible": "Hasan", "monitor": "Ketua RT",
        "funding": "Kas KPP", "incentive": "Piagam"})
    go(kept, form="agreement", record="ab")
    row = next(row for row in place(kept).sheet.sheet.rows if row.record == "c9")
    assert row.details == "Penanggung jawab: Hasan · Memantau: Ketua RT · Biaya: Kas KPP · Insentif: Piagam"


def test_an_incentive_is_recorded_with_i_and_the_page_comes_back_to_its_line(kept):
    go(kept, form="agreement", record="ab")
    add(kept, "i", date="10112026", clause_number="1", given_to="Gang Lorok", what="Piagam")
    line = QApplication.focusWidget()
    assert line.entry.words == "Insentif pasal 1: Piagam"
    assert line in place(kept).sheet.side.monitoring.lines


def test_a_version_in_work_is_shown_beside_the_one_in_force_which_opens_with_enter(kept):
    recording.record(kept.window.desk.workspace, Agreement, {
        "id": "ab", "stage": "berlaku", "in_force": "2025-06-01", "drafted": "2025-01-01"})
    go(kept, form="agreement", record="ab")
    press(kept, "v")
    press(kept, Key.Key_Return)
    page = place(kept).sheet
    assert "versi 1 tetap berlaku sejak 1 Jun 2025" in page.below.text()
    line, = page.side.versions.lines
    assert line.entry.words == "Versi 1: masih berlaku"
    line.setFocus()
    press(kept, Key.Key_Return)
    assert kept.window.place.keying.form is FormerVersion


def test_a_review_offers_that_it_stays_in_force_and_asks_for_the_next(kept):
    recording.record(kept.window.desk.workspace, Agreement, {
        "id": "ab", "stage": "ditinjau", "in_force": "2025-06-01", "drafted": "2025-01-01"})
    go(kept, form="agreement", record="ab")
    page = place(kept)
    assert page.sheet.advance.text() == "Nyatakan tetap berlaku"
    advance(kept, "20/11/2026", "besok lusa")
    assert page.doing.strip.due.property("status") == "err"
    kept.press(Key.Key_A, modifier=CTRL)
    press(kept, "20/11/2027", Key.Key_Return)
    answers = whole(kept).record.answers
    assert [answers[key] for key in ("stage", "in_force", "review_date", "review_due")] == [
        "berlaku", "2025-06-01", "2026-11-20", "2027-11-20"]


def test_what_came_to_the_meetings_is_told_by_element(kept):
    recording.record(kept.window.desk.workspace, Meeting, {
        "id": "m", "parent": "ab", "region": KELURAHAN, "kind": "rembug", "name": "Rembug", "level": "rt",
        "date": "2026-09-04", "period": "2026"})
    for element, men, women in (("warga", 10, 20), ("tokoh", 3, 1)):
        recording.record(kept.window.desk.workspace, Attendance, {
            "parent": "m", "element": element, "men": men, "women": women, "mbr": 1})
    go(kept, form="agreement", record="ab")
    told = place(kept).sheet.side.people.came.text()
    assert "34" in told
    assert told.endswith("Tokoh masyarakat 4 · Warga 30")


def lit(running):
    return next(key for key, item in running.window.board.rail._items.items() if item.isChecked())


def test_the_rail_shows_the_place_a_form_was_opened_from(kept):
    go(kept, form="agreement", record="ab")
    press(kept, "p")
    assert lit(kept) == "agreements"
    press(kept, Key.Key_Escape)
    kept.window.go(Destination("meetings", Scope(KELURAHAN, None, "2026")))
    kept.until_quiet()
    press(kept, "n")
    assert lit(kept) == "meetings"
    kept.window.go(Destination("home"))
    kept.until_quiet()
    kept.window.go(Destination("form", Scope(KELURAHAN, None, "2026"), "household"))
    kept.until_quiet()
    assert lit(kept) == "collecting"
    kept.window.go_back()
    kept.window.go(Destination("form", Scope(KELURAHAN, None, "2026"), "agreement", "ab"))
    kept.until_quiet()
    assert lit(kept) == "agreements"


def test_a_city_lists_the_indicator_of_every_kelurahan_and_goes_to_one(qtbot, tmp_path):
    path = tmp_path / "kota.p2kp"
    with workspaces.init(path, role="district", name="Budi", regions=["16.71"]) as city:
        for number, stage in ((KELURAHAN, "berlaku"), ("16.71.01.1002", "draf")):
            recording.record(city, Agreement, {
                "region": number, "number": "AB-1", "name": "Gang", "rts": "1", "stage": stage, "version": 1,
                "drafted": "2025-01-01"})
    running = Running(qtbot, path)
    running.window.go(Destination("agreements", Scope("16.71", None, "2026")))
    running.until_quiet()
    page = place(running).list
    assert "2 mempunyai aturan · 1 disepakati · 1 disahkan · 1 berlaku · 0 dipantau" in page.told.text()
    press(running, Key.Key_PageDown, modifier=CTRL)
    assert page.villages.table.hasFocus()
    page.villages.table.sorted_by.emit("in_force", False)
    assert [each.in_force for each in page.villages.model.lines] == [True, False]
    press(running, Key.Key_C, modifier=CTRL)
    assert [line.split("\t")[6] for line in QApplication.clipboard().text().splitlines()] == ["Berlaku", "ya", "belum"]
    press(running, Key.Key_Home, Key.Key_Return)
    assert running.window.scope.area == KELURAHAN
    assert not page.tabs.isVisible()
    assert page.lines.isVisible()
    running.close()


@pytest.mark.parametrize("area", AREAS)
def test_everything_stands_inside_the_window_at_both_sizes(kept, area):
    kept.resize(*area)
    go(kept, form="agreement", record="ab")
    page = place(kept)
    narrow = area == AREAS[1]
    assert page.sheet.side.isVisible() is not narrow
    assert page.sheet.tabs.isVisible() is narrow
    content = page.sheet.area.widget()
    assert content.width() <= page.sheet.area.viewport().width()
    for button in buttons(page.sheet):
        corner = button.mapTo(page, QPoint(button.width(), button.height()))
        assert corner.x() <= page.width()
        assert page.sheet.area.isAncestorOf(button) or corner.y() <= page.height()
    assert page.sheet.sheet.height() >= page.sheet.sheet.heightForWidth(page.sheet.sheet.width())
    for _row in page.sheet.sheet.rows:
        press(kept, Key.Key_Down)
    laid = page.sheet.sheet._laid[-1]
    bottom = page.sheet.sheet.mapTo(page.sheet.area.viewport(), QPoint(0, int(laid.top + laid.height))).y()
    assert bottom <= page.sheet.area.viewport().height() + 1


def test_the_cards_beside_the_clauses_take_only_the_room_they_need_after_the_window_grew(kept):
    recording.record(kept.window.desk.workspace, Agreement, {
        "id": "empty", "region": KELURAHAN, "number": "AB-04", "name": "Gang Aman", "rts": "1", "stage": "draf",
        "version": 1})
    for area, agreement in ((AREAS[0], "ab"), (AREAS[1], "ab"), (AREAS[0], "empty")):
        kept.resize(*area)
        go(kept, form="agreement", record=agreement)
    cards = [card for card in place(kept).sheet.side.cards if card.isVisible()]
    assert [card.height() for card in cards] == [card.heightForWidth(card.width()) for card in cards]
    tops = [card.mapTo(place(kept), QPoint(0, 0)).y() for card in cards]
    assert tops == sorted(tops)
    assert tops[0] == place(kept).sheet.area.mapTo(place(kept), QPoint(0, 0)).y()


def test_the_lines_beside_the_clauses_are_reached_with_tab(kept):
    go(kept, form="agreement", record="ab")
    page = place(kept)
    for _step in range(12):
        kept.press(Key.Key_Tab)
        if QApplication.focusWidget() in page.sheet.side.signatures.lines:
            break
    press(kept, Key.Key_Return)
    assert kept.window.place.keying.form is Signature


def test_below_the_title_stands_when_it_was_printed_and_whether_that_is_the_present_text(workspace):
    an_agreement(workspace)
    made = printed(workspace, "agreement", "ab")
    making.note(workspace, made, 4)
    assert "dicetak" in viewing.heading(agreements.whole(workspace, "ab"))[1]
    assert "cetak lagi" not in viewing.heading(agreements.whole(workspace, "ab"))[1]
    recording.record(workspace, Agreement, {"id": "ab", "version": 2})
    assert "lebih lama dari yang sekarang: cetak lagi" in viewing.heading(agreements.whole(workspace, "ab"))[1]
