"""The review in Pendataan with keys only: chips, filters, handing in, verifying, returning, stamps, the queue."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import comments, handing_in, rollup, verification
from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.ui.collecting.area_page import HOUSEHOLDS, PLACES, QUEUE
from p2kp_desktop.ui.collecting.place import CollectingPlace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit import letters
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.tablecells import REMARK, VALUE
from p2kp_desktop.ui.look.tokens import Scheme
from p2kp_desktop.ui.place import Destination, Scope
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.collecting_steps import enter
from tests.ui.gallery import dressed
from tests.ui.hands import press, settle

HERE = Scope(KELURAHAN, None, YEAR)
RT = Scope(KELURAHAN, "014/005", YEAR)
KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(qtbot):
    """Give a function that opens Pendataan of a workspace."""
    made = []

    def open_place(workspace):
        dressed(Scheme.LIGHT)
        place = CollectingPlace(Desk(workspace))
        place.resize(1045, 474)
        place.heard = []
        place.wants.connect(place.heard.append)
        settle(qtbot, place.desk)
        made.append(place)
        return place

    yield open_place
    for place in made:
        settle(qtbot, place.desk)
        place.close()
        place.deleteLater()
        QApplication.processEvents()
        place.desk.finish()


@pytest.fixture
def office(make_workspace):
    return make_workspace("Kota", role="district", regions=("16.71",))


@pytest.fixture
def carry(tmp_path):
    def carry(here, there, **options):
        folder = tmp_path / f"stik {len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        received = receiving.receive(there, sending.send(here, folder, **options).path)
        assert received.error is None

    return carry


def chips(place, key="standing"):
    """Return status and remark of each row of the table in use."""
    table = place.table()
    spot = [column.key for column in table.columns].index(key)
    rows = range(table.model().rowCount())
    return [(table.model().index(row, spot).data(VALUE), table.model().index(row, spot).data(REMARK)) for row in rows]


def standing(workspace, record):
    every = ("", "siap", "dikembalikan", "terverifikasi", verification.CHANGED)
    lines = rollup.standing_so(workspace, KELURAHAN, YEAR, *every)
    return next(line.standing for line in lines if line.id == record)


def type_in(text, qtbot):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def test_a_facilitator_hands_in_what_is_selected(qtbot, workspace, opened):
    ids = [save(workspace, building=str(number)) for number in (1, 2, 3)]
    place = opened(workspace)
    enter(qtbot, place, RT)
    for key in (KEY.Key_Space, KEY.Key_Down, KEY.Key_Down, KEY.Key_Space):
        press(qtbot, place, key)
    assert place.foot.bar.isVisible()
    assert place.rt.households.selected_ids() == (ids[0], ids[2])
    press(qtbot, place, KEY.Key_S)
    assert [standing(workspace, each) for each in ids] == ["", "", ""]
    press(qtbot, place, KEY.Key_Return)
    assert [standing(workspace, each) for each in ids] == ["siap", "", "siap"]
    assert [chip for chip, _remark in chips(place)] == [Status.READY, Status.COMPLETE, Status.READY]
    assert place.foot.outcome.isVisible()
    assert not place.foot.bar.isVisible()
    assert place.table().hasFocus()
    press(qtbot, place, KEY.Key_Escape)
    assert not place.foot.isVisible()


def test_without_a_selection_the_row_in_focus_is_handed_in_and_taken_back(qtbot, workspace, opened):
    record = save(workspace)
    place = opened(workspace)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_S)
    press(qtbot, place, KEY.Key_Return)
    assert standing(workspace, record) == "siap"
    press(qtbot, place, KEY.Key_Y)
    press(qtbot, place, KEY.Key_Return)
    assert standing(workspace, record) == ""


def test_the_whole_rt_is_asked_about_once_and_each_refusal_leads_to_its_question(qtbot, workspace, opened):
    clean = save(workspace, building="1")
    wrong = save(workspace, building="2", head_name="Budi", occupants=3)
    place = opened(workspace)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_S, modifier=SHIFT)
    assert place.foot.asking.isVisible()
    assert standing(workspace, clean) == ""
    press(qtbot, place, KEY.Key_Return)
    assert (standing(workspace, clean), standing(workspace, wrong)) == ("siap", "")
    (line,) = place.foot.outcome.lines.model.lines
    assert (line.name, line.question) == ("2 · Budi", "occupants")
    assert line.reasons[0].startswith(Household.occupants.number)
    press(qtbot, place, KEY.Key_Return)
    assert place.heard == [Destination("form", RT, "household", wrong, question="occupants")]


def test_esc_leaves_the_whole_rt_as_it_is(qtbot, workspace, opened):
    record = save(workspace)
    place = opened(workspace)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_S, modifier=SHIFT)
    press(qtbot, place, KEY.Key_Escape)
    assert standing(workspace, record) == ""
    assert place.table().hasFocus()


def test_esc_leaves_the_row_in_focus_as_it_is_and_letters_give_no_further_order(qtbot, office, opened):
    record = save(office)
    place = opened(office)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_V)
    assert place.foot.asking.isVisible()
    for key in (KEY.Key_V, KEY.Key_T, KEY.Key_L, KEY.Key_B):
        press(qtbot, place, key)
    assert place.heard == []
    press(qtbot, place, KEY.Key_Escape)
    assert standing(office, record) == ""
    assert place.table().hasFocus()


def test_a_name_typed_in_the_rows_is_sought_and_gives_no_order(qtbot, workspace, opened, monkeypatch):
    for building, name in (("1", "Sulastri"), ("2", "Budi")):
        save(workspace, building=building, head_name=name)
    monkeypatch.setattr(letters, "PAUSE", 60)
    place = opened(workspace)
    enter(qtbot, place, RT)
    for letter in "sulast":
        qtbot.keyClick(QApplication.focusWidget(), letter)
    settle(qtbot, place.desk)
    assert place.rt.households.search.text() == "sulast"
    assert place.rt.households.model.rowCount() == 1
    assert (place.heard, place.foot.asking.isVisible()) == ([], False)
    press(qtbot, place, KEY.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), "s")
    assert not place.foot.asking.isVisible()
    qtbot.waitUntil(place.foot.asking.isVisible)


def test_a_draft_is_not_handed_in(qtbot, workspace, opened):
    record = save(workspace)
    keyed_drafts.keep(workspace, Household, record, {"roof": "b"}, "roof")
    place = opened(workspace)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_S)
    press(qtbot, place, KEY.Key_Return)
    assert standing(workspace, record) == ""
    assert place.foot.outcome.lines.model.lines[0].reasons == ("Masih ada draf yang belum disimpan.",)


def test_a_reviewer_verifies_and_sees_what_changed_afterwards(qtbot, office, opened):
    record = save(office)
    place = opened(office)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_V)
    assert standing(office, record) == ""
    press(qtbot, place, KEY.Key_Return)
    assert chips(place) == [(Status.VERIFIED, "")]
    recording.record(office, Household, {"id": record, "head_name": "Lain"}, reason="salah tulis")
    enter(qtbot, place, RT)
    assert chips(place) == [(Status.CHANGED, "sesudah diverifikasi")]


def test_returning_needs_a_comment_and_the_row_counts_it(qtbot, office, opened):
    ids = [save(office, building=str(number)) for number in (1, 2)]
    place = opened(office)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_Space)
    press(qtbot, place, KEY.Key_Down)
    press(qtbot, place, KEY.Key_Space)
    press(qtbot, place, KEY.Key_K)
    press(qtbot, place, KEY.Key_Return)
    assert place.foot.asking.isVisible()
    assert standing(office, ids[0]) == ""
    type_in("ukur lagi", qtbot)
    press(qtbot, place, KEY.Key_Return)
    assert [standing(office, each) for each in ids] == ["dikembalikan"] * 2
    assert chips(place) == [(Status.RETURNED, "")] * 2
    counted = place.table().columns
    spot = [column.key for column in counted].index("comments")
    assert place.table().model().index(0, spot).data() == "1"
    assert [thread.comments[0].text for thread in comments.threads(office, ids[1])] == ["ukur lagi"]


def test_reopening_needs_a_reason_and_passes_over_what_is_not_locked(qtbot, office, opened):
    locked, free = save(office, building="1"), save(office, building="2")
    verification.verify(office, ids=[locked])
    place = opened(office)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    press(qtbot, place, KEY.Key_U)
    type_in("salah rumah", qtbot)
    press(qtbot, place, KEY.Key_Return)
    assert standing(office, locked) == ""
    assert [line.id for line in place.foot.outcome.lines.model.lines] == [free]


def test_filters_lead_to_what_was_returned_ready_or_changed(qtbot, workspace, office, opened, carry):
    ids = [save(workspace, building=str(number), head_name=f"Nama {number}") for number in (1, 2, 3)]
    handing_in.submit(workspace, ids=ids)
    carry(workspace, office)
    verification.give_back(office, ids[0], comment="periksa", about="roof")
    verification.verify(office, ids=[ids[1]])
    carry(office, workspace, to="facilitator")
    place = opened(workspace)
    enter(qtbot, place, RT, tab="returned")
    assert [chip for chip, _remark in chips(place)] == [Status.RETURNED]
    press(qtbot, place, KEY.Key_Return)
    assert place.heard[-1] == Destination("form", RT, "household", ids[0], question="roof")
    enter(qtbot, place, RT, tab="ready")
    assert [chip for chip, _remark in chips(place)] == [Status.SENT]
    enter(qtbot, place, HERE, tab="verified")
    assert (place.area.tab, [chip for chip, _remark in chips(place)]) == (HOUSEHOLDS, [Status.VERIFIED])
    enter(qtbot, place, HERE, tab="returned")
    assert (place.area.tab, place.area.queue.current().id) == (QUEUE, ids[0])
    press(qtbot, place, KEY.Key_Return)
    assert place.heard[-1] == Destination("form", RT, "household", ids[0], question="roof")


def test_a_reviewer_begins_with_the_queue_of_every_form_and_verifies_there(qtbot, workspace, office, opened, carry):
    survey, house = save(workspace, RtSurvey, rt="14/5"), save(workspace)
    changed = save(workspace, building="9")
    handing_in.submit(workspace, area=KELURAHAN, period=YEAR)
    carry(workspace, office)
    verification.verify(office, ids=[changed])
    recording.record(office, Household, {"id": changed, "head_name": "Lain"}, reason="salah tulis")
    place = opened(office)
    enter(qtbot, place, HERE)
    assert place.area.tab == QUEUE
    assert [line.id for line in place.area.queue.lines.model.lines] == [house, survey, changed]
    assert [chip for chip, _remark in chips(place)] == [Status.WAITING, Status.WAITING, Status.CHANGED]
    press(qtbot, place, KEY.Key_Return)
    assert place.heard == [Destination("form", RT, "household", house)]
    press(qtbot, place, KEY.Key_Down)
    press(qtbot, place, KEY.Key_V)
    press(qtbot, place, KEY.Key_Return)
    assert standing(office, survey) == "terverifikasi"
    assert [line.id for line in place.area.queue.lines.model.lines] == [house, changed]
    press(qtbot, place, KEY.Key_V, modifier=SHIFT)
    press(qtbot, place, KEY.Key_Return)
    assert place.area.queue.lines.model.lines == ()


def test_an_rt_in_the_list_is_verified_as_a_whole_and_its_kelurahan_counts_it(qtbot, office, opened):
    save(office, rt="1/5")
    save(office, rt="2/5")
    place = opened(office)
    enter(qtbot, place, HERE, tab=PLACES)
    press(qtbot, place, KEY.Key_V)
    press(qtbot, place, KEY.Key_Return)
    assert chips(place, "review") == [(Status.VERIFIED, ""), (None, "")]
    wide = Scope("16.71", None, YEAR)
    enter(qtbot, place, wide, tab=PLACES)
    table = place.table()
    spot = [column.key for column in table.columns].index("verified")
    assert table.model().index(0, spot).data() == "1 dari 2 RT"


def test_the_rt_page_shows_its_stamps_and_takes_the_one_of_its_head(qtbot, workspace, opened):
    record = save(workspace)
    place = opened(workspace)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_S, modifier=SHIFT)
    press(qtbot, place, KEY.Key_Return)
    assert "Siti" in place.rt.stamps.lines[0].accessibleName()
    press(qtbot, place, KEY.Key_D)
    type_in("M. Ali", qtbot)
    press(qtbot, place, KEY.Key_Return)
    field = QApplication.focusWidget()
    field.selectAll()
    type_in("besok", qtbot)
    press(qtbot, place, KEY.Key_Return)
    assert place.foot.asking.isVisible()
    QApplication.focusWidget().selectAll()
    type_in("14/11/2025", qtbot)
    press(qtbot, place, KEY.Key_Return)
    assert not place.foot.asking.isVisible()
    assert place.rt.stamps.lines[1].accessibleName() == "Diketahui 14 Nov 2025, M. Ali"
    handing_in.withdraw(workspace, record)
    enter(qtbot, place, RT)
    assert place.rt.stamps.lines[1].accessibleName() == "Diketahui 14 Nov 2025, M. Ali (sudah berubah)"


def test_the_place_is_complete_in_the_small_work_area_with_all_it_can_say(qtbot, office, opened):
    save(office, occupants=3)
    place = opened(office)
    enter(qtbot, place, RT)
    press(qtbot, place, KEY.Key_V)
    press(qtbot, place, KEY.Key_Return)
    assert place.foot.outcome.lines.isVisible()
    assert place.minimumSizeHint().width() <= 1045
    assert place.minimumSizeHint().height() <= 474
    for key in (KEY.Key_K, KEY.Key_D):
        press(qtbot, place, KEY.Key_Escape)
        press(qtbot, place, key)
        assert place.foot.asking.isVisible()
        assert place.minimumSizeHint().width() <= 1045


def test_only_what_the_list_in_use_knows_is_offered(qtbot, workspace, opened):
    save(workspace)
    place = opened(workspace)

    def offered():
        return {action.shortcut().toString() for action in place.actions() if action.isVisible()}

    enter(qtbot, place, RT)
    assert {"Del", "A", "S", "J", "W"} <= offered()
    press(qtbot, place, KEY.Key_W)
    assert not {"Del", "A", "S"} & offered()
    press(qtbot, place, KEY.Key_Escape)
    assert {"Del", "A", "S"} <= offered()
    enter(qtbot, place, HERE, "kawasan")
    assert "Del" in offered()
    assert not {"A", "S"} & offered()
    assert "Shift+S" in offered()
