"""Jalan termurah with keys alone: what is asked, the answer, needs from it, prices, and a search that is stopped."""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.collaboration import needs
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import cheapest_works
from p2kp_desktop.forms import Kawasan
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.ways.asked import rupiah_of
from tests.checked_rt import PRICES, price, recap
from tests.conftest import KELURAHAN
from tests.ui.windows import AREAS, Running, press

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def running(qtbot, tmp_path):
    """Give the program at Beranda, with two slum RTs and a price list."""
    path = tmp_path / "murah.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]) as workspace:
        recap(workspace)
        recap(workspace, "015/005", luas_ha="3")
        for number, (unit, amount) in PRICES.items():
            price(workspace, number, unit, amount)
    made = Running(qtbot, path)
    yield made
    made.close()


@pytest.fixture
def ways(running):
    go(running)
    return running


def go(running):
    press(running, Key.Key_M, modifier=CTRL)


def page(running):
    return running.window.place.ways


def answer(running):
    return f"{page(running).answer.accessibleName()} {page(running).proof.accessibleName()}"


def works(running):
    return [(line.work.criterion.code, line.work.volume) for line in page(running).works.model.lines]


def workspace(running):
    return running.window.desk.workspace


def test_one_key_from_beranda_leads_to_the_answer_and_its_proof(ways):
    assert [line.way.rt.rt for line in page(ways).rts.model.lines] == ["014/005", "015/005"]
    assert works(ways) == [("2b", 2), ("3a", 1), ("7b", 3)]
    assert "Rp5.100.000" in answer(ways)
    assert "Terbukti" in answer(ways)


def test_from_an_rt_it_is_of_that_rt(running):
    running.window.go(Destination("collecting", Scope(KELURAHAN, "015/005", running.window.scope.period)))
    running.until_quiet()
    go(running)
    assert [line.way.rt.rt for line in page(running).rts.model.lines] == ["015/005"]
    assert "Jumlah nilai 21 (Kumuh ringan) menjadi 15 (Tidak kumuh)" in answer(running)


def test_a_budget_and_a_margin_are_typed_and_asked_with_enter(ways):
    press(ways, "u", Key.Key_Tab, "1", Key.Key_Tab, "10", Key.Key_Tab, "5 juta", Key.Key_Return)
    assert [line.way.rt.rt for line in page(ways).rts.model.lines] == ["015/005"]
    assert "Dengan Rp5.000.000 paling banyak 3,00 ha keluar dari kumuh" in answer(ways)
    assert "cadangan 1 poin dan volume lebih 10 %" in answer(ways)


def test_what_cannot_be_read_is_said_and_nothing_is_lost(ways):
    press(ways, "u", "banyak", Key.Key_Return)
    assert page(ways).answer.accessibleName().startswith("Di bawah nilai: «banyak» bukan angka")
    assert works(ways) == [("2b", 2), ("3a", 1), ("7b", 3)]


def test_works_become_needs_in_one_key_and_control_z_takes_them_back(ways):
    press(ways, "a")
    assert "6 kebutuhan baru, 0 sudah tercatat." in page(ways).told.accessibleName()
    assert sorted(line.cost for line in needs.lines(workspace(ways), KELURAHAN)) == sorted(
        2 * [900_000, 150_000, 1_500_000])
    press(ways, "k")
    assert ways.window.here.place == "collaboration"
    assert len(ways.window.place.needs.list.model.lines) == 6
    go(ways)
    press(ways, Key.Key_Z, modifier=CTRL)
    assert needs.lines(workspace(ways), KELURAHAN) == []


def test_from_a_need_it_is_of_its_rt(ways):
    press(ways, "a", "k", *[Key.Key_Down] * 5, "m")
    assert [line.way.rt.rt for line in page(ways).rts.model.lines] == ["015/005"]


def test_a_kawasan_can_be_chosen(running):
    recording.record(workspace(running), Kawasan, {"region": KELURAHAN, "name": "Ilir", "rts": "015/005"})
    go(running)
    press(running, "u", *[Key.Key_Tab] * 4, Key.Key_Down)
    assert [line.way.rt.rt for line in page(running).rts.model.lines] == ["015/005"]


def test_from_a_kawasan_it_is_of_that_kawasan(running):
    made = recording.record(workspace(running), Kawasan, {"region": KELURAHAN, "name": "Ilir", "rts": "015/005"}).id
    running.window.go(Destination("ways", Scope(KELURAHAN, None, running.window.scope.period), "kawasan", made))
    running.until_quiet()
    assert [line.way.rt.rt for line in page(running).rts.model.lines] == ["015/005"]


def test_escape_stops_a_search_and_leaves_the_answer_before(ways, monkeypatch):
    def endless(*_given, report, **_named):
        while True:
            report(0, 2)

    monkeypatch.setattr(cheapest_works, "solve", endless)
    ways.press("u", Key.Key_Return)
    ways.until(lambda: page(ways).progress.isVisible())
    ways.press(Key.Key_Escape)
    ways.until_quiet()
    assert page(ways).told.accessibleName().startswith("Dihentikan.")
    assert page(ways).progress.isHidden()
    assert works(ways) == [("2b", 2), ("3a", 1), ("7b", 3)]


def test_leaving_stops_the_search_too(ways, monkeypatch):
    ended = []

    def endless(*_given, report, **_named):
        try:
            while True:
                report(0, 2)
        except Cancelled:
            ended.append(True)
            raise

    monkeypatch.setattr(cheapest_works, "solve", endless)
    ways.press("u", Key.Key_Return)
    ways.go("home")
    assert ended == [True]


def test_enter_on_a_criterion_without_a_price_begins_one_that_counts_at_once(ways):
    press(ways, Key.Key_PageDown, modifier=CTRL)
    prices = ways.window.place.prices
    assert [line.criterion.number for line in prices.list.model.lines][:3] == ["1a", "1b", "1c"]
    press(ways, Key.Key_Return)
    form = ways.window.place
    assert form.keying.record.answers["criterion"] == "c1a"
    for key, said in (("price", "100000"), ("year", "2026"), ("source", "SHS 2026")):
        form.hands.go(key)
        ways.press(said, Key.Key_Return)
    ways.until_quiet()
    press(ways, Key.Key_S, modifier=CTRL)
    press(ways, Key.Key_Escape)
    assert ways.window.here.place == "ways"
    assert prices.list.current().price.amount == 100_000
    press(ways, Key.Key_Delete, "salah ketik", Key.Key_Return)
    assert prices.list.model.lines[0].price is None


def test_n_begins_a_price(ways):
    press(ways, Key.Key_PageDown, modifier=CTRL)
    press(ways, "n")
    assert ways.window.place.keying.record.form.key == "price"


def test_without_prices_a_budget_says_what_to_do(qtbot, tmp_path):
    path = tmp_path / "tanpa.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]) as made:
        recap(made)
    running = Running(qtbot, path)
    go(running)
    assert "biayanya belum ditaksir" in answer(running)
    press(running, "u", *[Key.Key_Tab] * 3, "500 juta", Key.Key_Return)
    assert "Catat dulu harga satuannya" in answer(running)
    running.close()


@pytest.mark.parametrize(("typed", "expected"), [
    ("", None), ("500 juta", 500_000_000), ("Rp500.000.000", 500_000_000), ("1,5 miliar", 1_500_000_000),
    ("rp 750 rb", 750_000), ("12", 12),
])
def test_a_budget_is_read_as_people_write_one(typed, expected):
    assert rupiah_of(typed) == expected


@pytest.mark.parametrize("typed", ["banyak", "5 ekor", "1,5", "-3"])
def test_what_is_no_budget_is_refused(typed):
    with pytest.raises(Unreadable):
        rupiah_of(typed)


@pytest.mark.parametrize("area", AREAS)
def test_everything_fits_into_the_window(ways, area):
    ways.resize(*area)
    ways.until_quiet()
    shown = page(ways)
    for widget in (shown.asked.search, shown.take_button, shown.rts.table, shown.works.table):
        corner = widget.mapTo(ways.frame, widget.rect().bottomRight())
        assert corner.x() <= area[0]
        assert corner.y() <= area[1]
