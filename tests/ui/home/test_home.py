"""Beranda with keys only: the draft, the cards, the rings in words, the tiles, the bowl."""

from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.bundles.acknowledgements import Acknowledgement
from p2kp_desktop.actions.home.overview import Before, Begun, Path, Slum
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import handing_in, verification
from p2kp_desktop.forms import Household, Rt, RtRecap
from p2kp_desktop.rules.comparison import Comparison, Matched
from p2kp_desktop.rules.targets import Base, Hundreds, Served
from p2kp_desktop.schema.roles import VIEWER
from p2kp_desktop.schema.table import Subject
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.home.place import HomePlace
from p2kp_desktop.ui.home.rings import facts, told
from p2kp_desktop.ui.home.todo import draft_words
from p2kp_desktop.ui.look.tokens import Scheme
from p2kp_desktop.ui.place import Destination, Scope, why
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.gallery import dressed
from tests.ui.hands import arrive, press, set_up, settle

HERE = Scope(KELURAHAN, None, YEAR)
ENTER = Qt.Key.Key_Return


@pytest.fixture
def front(qtbot, desk):
    with set_up(qtbot, HomePlace(desk)) as place:
        yield place


def enter(qtbot, place, scope=HERE):
    arrive(qtbot, place, Destination("home", scope))


def test_enter_on_arrival_goes_on_with_the_draft(qtbot, workspace, front):
    answers = {"region": KELURAHAN, "rt": "014/005", "period": YEAR, "head_name": "Sukarman"}
    keyed_drafts.keep(workspace, Household, "new", answers, "water_sufficiency")
    enter(qtbot, front)
    press(qtbot, front, ENTER)
    scope = Scope(KELURAHAN, "014/005", YEAR)
    assert front.heard == [Destination("form", scope, "household", "new", "water_sufficiency", draft=True)]
    assert front.todo.draft.accessibleName().startswith("Lanjutkan: Sukarman, RT 014 · pertanyaan 14 · pukul ")


def test_without_a_draft_enter_begins_a_household(qtbot, front):
    enter(qtbot, front)
    press(qtbot, front, ENTER)
    press(qtbot, front, Qt.Key.Key_N, modifier=Qt.KeyboardModifier.ControlModifier)
    assert front.heard == [Destination("form", HERE, "household")] * 2


def test_cards_say_what_waits_and_lead_there(qtbot, workspace, front):
    save(workspace, roof=None)
    enter(qtbot, front)
    names = [card.accessibleName() for card in front.todo.cards]
    assert names == ["0 Dikembalikan, tidak ada", "0 Konflik, tidak ada", "1 Belum lengkap, di 1 RT"]
    for _ in range(3):
        press(qtbot, front, Qt.Key.Key_Tab)
    press(qtbot, front, ENTER)
    assert front.heard == [Destination("collecting", HERE, tab="households:incomplete")]


def test_problems_go_before_what_is_only_empty(qtbot, workspace, front):
    save(workspace, roof=None)
    save(workspace, occupants=6)
    enter(qtbot, front)
    assert front.todo.cards[2].accessibleName() == "2 Belum lengkap, 1 ada masalah"
    front.todo.cards[2].setFocus()
    press(qtbot, front, ENTER)
    assert front.heard[-1].tab == "households:problem"


def answered(workspace, make_workspace, folder, returned=1):
    """Let a city verify one household, return others with comments, and send that back; return the ids."""
    city = make_workspace("Kota", "district", ("16.71",))
    ids = [save(workspace, rt="1/5") for _ in range(returned + 1)]
    receiving.receive(city, sending.send(workspace, folder).path)
    verification.verify(city, ids=ids[:1])
    for ident in ids[1:]:
        verification.give_back(city, ident, comment="Periksa lagi", about="kk_count")
    received = receiving.receive(workspace, sending.send(city, folder, to="facilitator").path)
    assert received.error is None
    return city, ids


def test_one_returned_record_is_opened_at_the_question_of_the_comment(
    qtbot, workspace, front, make_workspace, tmp_path
):
    _, ids = answered(workspace, make_workspace, tmp_path)
    enter(qtbot, front)
    assert front.todo.cards[0].accessibleName() == "1 Dikembalikan, 1 catatan pemeriksa"
    press(qtbot, front, Qt.Key.Key_Tab)
    press(qtbot, front, ENTER)
    assert front.heard == [Destination("form", Scope(KELURAHAN, "001/005", YEAR), "household", ids[1], "kk_count")]


def test_the_line_says_what_the_office_received_and_leads_to_what_it_returned(
    qtbot, workspace, front, make_workspace, tmp_path
):
    enter(qtbot, front)
    assert not front.replies.isVisible()
    answered(workspace, make_workspace, tmp_path, returned=2)
    front.desk.changed.emit(frozenset({"transfers"}))
    settle(qtbot, front.desk)
    said = front.replies.accessibleName()
    assert said.startswith("Diterima Kabupaten/Kota ")
    assert said.endswith(" · 3 dari 3 catatan · 2 dikembalikan · 1 terverifikasi")
    assert "Kota (Kota): dibuat" in front.replies.toolTip()
    for _ in range(5):  # three cards, the office, what it returned
        press(qtbot, front, Qt.Key.Key_Tab)
    press(qtbot, front, ENTER)
    press(qtbot, front, Qt.Key.Key_Backtab)
    press(qtbot, front, ENTER)
    assert front.heard == [
        Destination("collecting", HERE, tab="returned"), Destination("transfer", HERE, tab="log"),
    ]


def test_in_an_office_the_inbox_is_in_front_and_then_what_waits_for_review(
    qtbot, workspace, make_workspace, tmp_path
):
    dressed(Scheme.LIGHT)
    city, _ = answered(workspace, make_workspace, tmp_path, returned=2)
    waiting = [save(workspace, rt=f"{number}/5") for number in (2, 3)]
    handing_in.submit(workspace, ids=waiting)
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    place = HomePlace(Desk(city))
    place.resize(1045, 474)
    heard = []
    place.wants.connect(heard.append)
    wide = Scope("16.71", None, YEAR)
    enter(qtbot, place, wide)
    assert place.todo.draft.accessibleName().startswith("Terima: Kotak masuk, Terakhir dari Siti, pukul ")
    assert place.todo.cards[0].accessibleName() == "2 Menunggu diperiksa, di 2 RT"
    assert place.replies.accessibleName() == "2 dikembalikan, menunggu perbaikan · 2 catatan terbuka"
    press(qtbot, place, ENTER)
    press(qtbot, place, Qt.Key.Key_Tab)
    press(qtbot, place, ENTER)
    assert heard == [Destination("transfer", wide, tab="receive"), Destination("collecting", wide, tab="waiting")]
    place.close()
    place.deleteLater()
    QApplication.processEvents()
    place.desk.finish()


def test_in_an_office_whoever_may_only_look_is_led_to_the_lists(qtbot, make_workspace):
    dressed(Scheme.LIGHT)
    place = HomePlace(Desk(make_workspace("Kota", role="district", regions=("16.71",))))
    heard = []
    place.wants.connect(heard.append)
    place.desk.rights.become("Lurah", VIEWER)
    enter(qtbot, place, Scope("16.71", None, YEAR))
    assert "Hanya melihat" in place.todo.draft.accessibleName()
    press(qtbot, place, ENTER)
    assert [each.place for each in heard] == ["collecting"]
    place.close()
    place.deleteLater()
    QApplication.processEvents()
    place.desk.finish()


def test_the_line_fits_with_large_numbers(qtbot, front):
    office = Acknowledgement(
        "district", "Kota", "Budi", "2026-11-14T08:00:00+07:00", "", 12345, 12344, 1303, 9999, 1234, 123
    )
    enter(qtbot, front)
    front.replies.show_heard((office, office), front._tasks)
    assert "12.344 dari 12.345 catatan" in front.replies.accessibleName()
    assert "dan 1 kantor lain" in front.replies.accessibleName()
    assert front.replies.sizeHint().width() <= 1045 - 40


def test_a_card_without_anything_waiting_leads_nowhere(qtbot, front):
    enter(qtbot, front)
    for card in front.todo.cards[:2]:
        card.setFocus()
        press(qtbot, front, ENTER)
    assert front.heard == []


def test_an_rt_tile_opens_its_rt_with_enter(qtbot, workspace, front):
    for number in (1, 2):
        save(workspace, Rt, rt=f"{number}/5", rt_number=number)
    enter(qtbot, front)
    first = front.tiles.grid._tiles[0]
    assert first.accessibleName() == "RT 001 / RW 05: belum didata"
    first.setFocus()
    press(qtbot, front, Qt.Key.Key_Right)
    press(qtbot, front, ENTER)
    assert front.heard == [Destination("collecting", Scope(KELURAHAN, "002/005", YEAR))]


def test_j_explains_the_tile_in_focus_a_ring_its_criterion_and_else_the_area(qtbot, workspace, front):
    save(workspace)
    enter(qtbot, front)
    press(qtbot, front, Qt.Key.Key_J)
    front.tiles.grid._tiles[0].setFocus()
    press(qtbot, front, Qt.Key.Key_J)
    front.rings.rings[0].setFocus()
    press(qtbot, front, ENTER, Qt.Key.Key_J)
    in_rt = Scope(KELURAHAN, "014/005", YEAR)
    of_water = why(Subject(HERE, criterion="3a"))
    assert front.heard == [why(Subject(HERE)), why(Subject(in_rt)), of_water, of_water]


def test_a_wider_area_has_a_tile_for_each_kelurahan(qtbot, workspace, front):
    save(workspace)
    enter(qtbot, front, Scope("16.71", None, YEAR))
    assert front.tiles.title.text() == "Kelengkapan 1 kelurahan"
    press(qtbot, front, ENTER)  # the head of the form asks for the kelurahan
    front.tiles.grid._tiles[0].setFocus()
    press(qtbot, front, ENTER)
    new = Destination("form", Scope("16.71", None, YEAR), "household")
    assert front.heard == [new, Destination("collecting", HERE)]


def test_every_part_of_the_bowl_leads_to_its_records(qtbot, workspace, front):
    save(workspace)
    enter(qtbot, front)
    names = [line.accessibleName() for line in front.bowl.lines.lines]
    assert names[0] == "Masa bakti BKM berlaku: belum, belum dicatat"
    assert len(set(names)) == 10
    front.bowl.lines.give_focus("rplp")
    press(qtbot, front, Qt.Key.Key_Up)
    press(qtbot, front, ENTER)
    press(qtbot, front, Qt.Key.Key_Up)
    press(qtbot, front, ENTER)
    assert front.heard == [Destination("collecting", HERE), Destination("bowl", HERE, tab="volunteers")]


def test_a_change_is_shown_when_it_touches_what_is_shown(qtbot, front):
    enter(qtbot, front)
    given = {"region": KELURAHAN, "rt": "14/5", "period": YEAR}
    front.desk.change(front, lambda workspace: recording.record(workspace, Household, given), touches=["household"])
    settle(qtbot, front.desk)
    assert front.todo.cards[2].accessibleName() == "1 Belum lengkap, di 1 RT"
    assert front.rings.rings[0].accessibleName().startswith("Akses air minum aman, 0 %, dari 1 rumah")
    before = front._asking
    front.desk.changed.emit(frozenset({"transfers"}))
    assert front._asking == before


def test_a_hidden_beranda_asks_when_it_is_shown_again(qtbot, workspace, front):
    enter(qtbot, front)
    front.hide()
    save(workspace)
    front.desk.changed.emit(frozenset({"household"}))
    assert not front.desk.tasks
    front.show()
    settle(qtbot, front.desk)
    assert front.tiles.title.text() == "Kelengkapan 1 RT"


def reached(*, water="81.48", enough=None, latrine=None, fit=None, bps=None, slum="12.4", households=10000, base=None,
            refill=0):
    def served(share):
        return Served() if share is None else Served(int(Decimal(share) * households / 100), households)

    first = served(water)
    shares = (first, *(first if each is None else served(each) for each in (enough, latrine, fit)))
    known = base or Base(households=first.of, rts=2, kk=first.of)
    layak = first if bps is None else served(bps)
    return Hundreds(*shares, 1, Fraction(slum), None, None, known, layak, layak, refill)


def path(period, *, by_decree=True, whole="21.86", **figures):
    found = reached(**figures)
    return Path(period, found, Slum(found.slum_ha, Fraction(whole), by_decree))


def since(then, now, *, land=None, homes=None):
    both = Matched(compared=(("16.71.01.1001", "001"),), before_ha=then.slum.ha, now_ha=now.slum.ha)
    return Before(then, Comparison(land or both, homes or both, then.hundreds, now.hundreds))


def test_rings_say_the_change_and_the_distance_in_words():
    now, then = path("2026"), path("2025", water="76.9", slum="15.1")
    water, slum, _ = facts(now, since(then, now))
    assert (water.base, water.figure, water.change, water.distance) == (
        "dari 10.000 rumah", "81,5 %", "naik 4,6 dari 2025", "kurang 18,5 dari 100"
    )
    assert (slum.base, slum.figure, slum.change, slum.distance) == (
        "dari 21,86 ha (SK)", "12,40 ha", "turun 2,70 ha dari 2025", "lebih 12,40 ha dari 0"
    )
    assert (round(slum.last_year, 2), round(water.last_year, 3)) == (0.69, 0.769)


def test_rings_say_what_the_hectares_are_held_against_and_when_the_target_is_reached():
    water, slum, _ = facts(path("2026", water="100", slum="0", by_decree=False), None)
    assert (water.distance, water.reached, water.last_year) == ("sasaran tercapai", True, None)
    assert (slum.base, slum.reached) == ("dari 21,86 ha yang dinilai", True)
    nearly, _, _ = facts(path("2026", water="99.99"), None)
    assert (nearly.figure, nearly.distance, nearly.reached) == ("99,9 %", "kurang 0,1 dari 100", False)
    nothing = facts(path("2026", water=None, whole="0", slum="0"), None)
    assert [ring.share for ring in nothing] == [None, None, None]


def test_the_third_ring_is_named_by_what_it_counts_and_technical_sanitation_stands_beside():
    _, _, latrine = facts(path("2026", latrine="100", fit="0"), None)
    assert (latrine.title, latrine.figure) == ("Akses jamban", "100 %")
    assert latrine.beside == ("sanitasi teknis 0 %", "layak BPS 81,5 %")
    assert (latrine.distance, latrine.reached) == ("teknis kurang 100 dari 100", False)
    assert "septictank" in latrine.rule


def test_the_target_belongs_to_the_strictest_figure_and_the_ladder_of_bps_stands_beside():
    water, _, latrine = facts(path("2026", water="100", bps="70"), None)
    assert (water.figure, water.beside) == ("100 %", ("kecukupan 100 %", "layak BPS 70 %"))
    assert (water.distance, water.reached, latrine.reached) == ("BPS kurang 30 dari 100", False, False)
    assert "3a" in water.rule
    assert "BPS" in water.rule


def test_what_else_is_to_be_known_of_the_figures_is_said():
    base = Base(households=64, rts=1, kk=64, unverified=3, other_method=1)
    assert told(path("2026", base=base, refill=5), None) == (
        "**Perhatikan:** cara hitung lain memberi tingkat lain di 1 RT; 3 catatan belum diverifikasi; "
        "5 rumah memakai air kemasan atau isi ulang: menurut BPS belum pasti."
    )


def test_no_target_is_reached_on_a_handful_or_while_houses_are_missing():
    few, _, _ = facts(path("2026", water="100", households=10), None)
    assert (few.figure, few.distance, few.reached) == ("100 %", "baru 10 rumah", False)
    some = path("2026", water="100", slum="0", base=Base(households=64, rts=1, lacking=6, provisional=1))
    water, slum, _ = facts(some, None)
    assert (water.base, water.distance, water.reached) == (
        "dari 10.000 rumah, sementara", "belum pasti, masih sementara", False
    )
    assert (slum.known, slum.distance, slum.reached) == ("sementara", "belum pasti, masih sementara", False)
    assert told(some, None) == "**Sementara:** 6 rumah belum didata; nilai 1 dari 1 RT sementara."


def test_blank_answers_are_named():
    same = Served(10, 14, 2)
    found = Hundreds(*(same,) * 4, 0, Fraction(), None, None, Base(households=14, rts=1), same, same)
    water, _, _ = facts(Path("2026", found, Slum(Fraction(), Fraction(1), by_decree=False)), None)
    assert (water.base, water.known) == ("dari 14 rumah", "12 terjawab, 2 belum")


def test_only_what_was_surveyed_both_times_is_compared_and_the_rest_is_named():
    then, now = path("2025", slum="1"), path("2026", slum="1.04")
    land = Matched(
        compared=((KELURAHAN, "001/005"),), new=((KELURAHAN, "002/005"),), gone=((KELURAHAN, "009/005"),),
        before_ha=Fraction(1), now_ha=Fraction(1), new_ha=Fraction("0.04"),
    )
    before = since(then, now, land=land)
    water, slum, _ = facts(now, before)
    assert (slum.change, slum.last_year, water.last_year is None) == ("sama dengan 2025", None, False)
    assert told(now, before) == (
        "**Dibanding 2025** hanya di RT yang didata dua kali: luas 1 RT, rumah 1 RT. Baru: RT 002 (0,04 ha kumuh). "
        "Tidak ada lagi: RT 009."
    )


def test_beranda_does_not_say_that_the_slum_grew_because_an_rt_was_surveyed(qtbot, workspace, front):
    slum = {"luas_ha": "0.04", "irregular_buildings": 51, "damaged_road_m": 200, "unsafe_water_kk": 59,
            "no_latrine_kk": 59}
    last = str(int(YEAR) - 1)
    for rt, period in (("1/5", last), ("1/5", YEAR), ("2/5", YEAR)):
        save(workspace, RtRecap, rt=rt, period=period, **slum)
    enter(qtbot, front)
    said = front.rings.rings[1].accessibleName()
    assert f"0,08 ha, dari 0,08 ha yang dinilai, 2 dari 2 RT, sama dengan {last}" in said
    assert "Baru: RT 002 (0,04 ha kumuh)." in front.rings.note.accessibleName()


def test_a_draft_of_another_day_says_the_day():
    today = environment.now()
    begun = Begun("1", "rt_survey", "B. Lingkungan RT", KELURAHAN, "014/005", YEAR, "area_ha", "1", today, 0)
    assert draft_words(begun).name == "B. Lingkungan RT"
    assert "pukul" in draft_words(begun).where
    old = Begun("1", "rt_survey", "B. Lingkungan RT", KELURAHAN, "", YEAR, "", "", "2020-03-09T10:00:00+07:00", 0)
    assert draft_words(old).where == "9 Mar 2020"


def test_the_card_of_a_draft_says_where_the_others_are():
    begun = Begun("1", "meeting", "Rembug", KELURAHAN, "", YEAR, "place", "", environment.now(), 2)
    assert draft_words(begun).where == "2 draf lain: Ctrl K, draf"


@pytest.mark.parametrize("size", [(1366 - 220, 624), (1093 - 48, 474)])
def test_beranda_fits_both_work_areas(qtbot, make_workspace, size):
    dressed(Scheme.LIGHT)
    workspace = make_workspace("Tim", regions=(demo_journey.KELURAHAN,))
    demo_journey.fill(workspace)
    answers = {"region": demo_journey.KELURAHAN, "rt": "001/005", "period": YEAR, "head_name": "Muhammad " * 5}
    keyed_drafts.keep(workspace, Household, "new", answers, "water_sufficiency")
    desk = Desk(workspace)
    place = HomePlace(desk)
    place.resize(*size)
    enter(qtbot, place, Scope(demo_journey.KELURAHAN, None, YEAR))
    assert place.minimumSizeHint().width() <= size[0]
    assert place.minimumSizeHint().height() <= size[1]
    content = place.sheets.widget()
    assert content.minimumSizeHint().width() <= place.sheets.viewport().width()
    assert place.sheets.verticalScrollBar().isVisible() == (size[1] < 500)
    place.close()
    place.deleteLater()
    QApplication.processEvents()
    desk.finish()


def test_with_an_rt_in_scope_rings_grid_and_tasks_say_so(qtbot, workspace, front):
    save(workspace, rt="1/5", roof=None)
    save(workspace, rt="2/5", roof=None)
    enter(qtbot, front, HERE.at("001/005"))
    assert front.rings.title.text() == "100 · 0 · 100 · RT 001"
    assert "dari 1 rumah" in front.rings.rings[0].accessibleName()
    assert front.tiles.title.text() == "RT 001 / RW 05 di antara 2 RT"
    assert front.todo.cards[2].accessibleName().startswith("1 ")
    enter(qtbot, front)
    assert "dari 2 rumah" in front.rings.rings[0].accessibleName()
    assert (front.rings.title.text(), front.tiles.title.text()) == ("100 · 0 · 100", "Kelengkapan 2 RT")


def test_the_rings_lead_to_the_dashboard(qtbot, front):
    enter(qtbot, front)
    front.board.setFocus()
    press(qtbot, front, ENTER)
    assert front.heard[-1] == Destination("reporting", HERE, tab="board")
