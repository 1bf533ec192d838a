"""Mangkuk Masyarakat by keyboard: a kelurahan's bowl from empty to ready, the ranking, the rules of the district."""

import datetime

import pytest
from PySide6.QtWidgets import QApplication

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.community import readiness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.forms import RtRecap, form
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import drafts, views
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.place import BOWL, Destination, Scope
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.bowl_journey import CTRL, INSTITUTIONS, Key, bowl, ready, record_of_part, to_part
from tests.ui.windows import AREAS, Running, key_in, press

TODAY = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(environment, "now", lambda: f"{TODAY}T08:00:00+07:00")


@pytest.fixture
def start(qtbot, tmp_path):
    """Give a function that starts the program on a workspace and goes to the bowl of an area."""
    started = []

    def go(name, area):
        started.append(Running(qtbot, tmp_path / f"{name}.p2kp", guide="closed"))
        started[-1].window.go(Destination(BOWL, Scope(area, None, YEAR)))
        started[-1].until_quiet()
        return started[-1]

    yield go
    for each in started:
        each.close()


@pytest.fixture
def running(workspace, start):
    workspace.close()
    return start("Siti", KELURAHAN)


def test_a_bowl_goes_from_empty_to_ready(running, tmp_path):
    assert ready(running) == []
    for part, given in INSTITUTIONS:
        record_of_part(running, part, given)
    assert ready(running) == ["bkm", "notary", "upl", "tipp", "volunteers", "rplp", "kpp"]
    to_part(running, "forum")
    press(running, Key.Key_Return)
    press(running, Key.Key_PageDown, modifier=CTRL)
    press(running, "n")
    key_in(running, {"name": "Rapat triwulan", "date": "3/11/2026"}, leave=False)
    running.window.go(Destination(BOWL, Scope(KELURAHAN, None, YEAR)))
    running.until_quiet()
    assert "forum" in ready(running)
    workspace = running.window.desk.workspace
    fill_through_core(workspace, tmp_path)
    running.window.desk.changed.emit(frozenset({"agreement", "household"}))
    running.until_quiet()
    place = bowl(running)
    assert len(ready(running)) == 10
    assert place.village.count.text() == "10 dari 10 bagian siap"
    assert place.village.next.text() == "Mangkuk ini penuh: siap menerima program."


def fill_through_core(workspace, folder):
    """Legalise an agreement, and let the city verify the survey."""
    given = {"number": "AB-1", "name": "Aturan Musi", "rts": "001", "version": 1, "stage": "berlaku"}
    recording.record(workspace, form("agreement"), {"region": KELURAHAN, "in_force": "2026-10-01", **given})
    save(workspace, RtRecap, rt="1/5")
    with workspaces.init(folder / "Kota.p2kp", role="district", name="Kota", regions=["16.71"]) as city:
        receiving.receive(city, sending.send(workspace, folder).path)
        with city.asking() as connection:
            ids = [each.id for each in views.found(connection, RtRecap)]
        verification.verify(city, ids=ids)
        receiving.receive(workspace, sending.send(city, folder, to="facilitator").path)


def refused(*_given, **_named):
    raise Trouble("Disk penuh.", remedy="Kosongkan disk.", code="R10")


def test_a_part_opens_its_records_and_one_goes_to_the_trash_with_a_reason(workspace, start, monkeypatch):
    given = {"region": KELURAHAN, "name": "BKM Ulu", "formed": "2024-01-01", "active": "aktif"}
    recording.record(workspace, form("bkm"), given)
    workspace.close()
    running = start("Siti", KELURAHAN)
    to_part(running, "bkm")
    press(running, Key.Key_Return)
    place = bowl(running)
    assert place.records.says.text() == "Masa bakti BKM Ulu belum diisi."
    press(running, Key.Key_Return)
    assert running.window.place.keying.record.answers["name"] == "BKM Ulu"
    press(running, Key.Key_Escape)
    assert place.records.records.table.hasFocus()
    press(running, Key.Key_Delete)
    press(running, Key.Key_Return)
    assert place.removal.reason.property("status") == "err"
    with monkeypatch.context() as broken:
        broken.setattr(recording, "delete", refused)
        press(running, "terdata dua kali", Key.Key_Return)
    assert "Kode R10" in [label.text() for label in running.window.board.fault.findChildren(Label)]
    assert place.removal.reason.text() == "terdata dua kali"
    assert place.removal.reason.hasFocus()
    press(running, Key.Key_Return)
    assert place.records.records.model.lines == ()
    assert place.records.forms.table.hasFocus()
    assert place.records.says.text() == "Belum ada BKM/LKM yang dicatat."
    press(running, Key.Key_Escape)
    assert place.village.lines.current().key == "bkm"


def test_every_form_of_the_institutions_can_be_added_from_all_records(running):
    press(running, "s")
    forms = [line[0] for line in bowl(running).records.forms.model.lines]
    assert forms[:3] == ["village_profile", "bkm", "bkm_year"]
    for row, key in enumerate(forms):
        place = bowl(running)
        while place.records.form != key:
            press(running, Key.Key_Down)
        assert place.records.forms.table.currentIndex().row() == row
        press(running, Key.Key_Return)
        assert running.window.place.keying.form.key == key
        press(running, Key.Key_Escape)


def test_the_city_ranks_its_kelurahan_and_opens_one(make_workspace, start):
    city = make_workspace("Kota", "district", ("16.71",))
    for village in (KELURAHAN, "16.71.01.1002"):
        given = {"region": village, "name": "BKM", "formed": "2024-01-01", "term_ends": "2027-01-01", "active": "aktif"}
        recording.record(city, form("bkm"), given)
    recording.record(city, form("bkm_unit"), {"region": "16.71.01.1002", "kind": "upl", "active": "aktif"})
    city.close()
    running = start("Kota", "16.71")
    place = bowl(running)
    ranking = place.area.ranking
    assert ranking.table.hasFocus()
    assert [(rank, each.region, each.ready) for rank, each in ranking.model.lines] == [
        (1, "16.71.01.1002", 2), (2, KELURAHAN, 1)]
    assert place.area.unranked.text().startswith("<b>105 dari 107</b> kelurahan belum mempunyai catatan")
    press(running, Key.Key_C, modifier=CTRL)  # elsewhere in the place it copies the picture of the bowl
    assert [line.split("\t")[:2] for line in QApplication.clipboard().text().splitlines()[1:]] == [
        ["1", region_name("16.71.01.1002")], ["2", region_name(KELURAHAN)]]
    press(running, Key.Key_Down, Key.Key_Return)
    assert running.window.scope.area == KELURAHAN
    assert ready(running) == ["bkm"]
    assert place.village.lines.current().key == "notary"


def test_the_district_changes_a_rule_and_the_bowl_is_judged_by_it(make_workspace, start):
    city = make_workspace("Kota", "district", ("16.71",))
    given = {"region": KELURAHAN, "date": "2026-05-01", "men": 12, "women": 9, "period": YEAR}
    recording.record(city, form("volunteers"), given)
    city.close()
    running = start("Kota", "16.71")
    press(running, "a")
    for _ in range(4):
        press(running, Key.Key_Down)
    assert bowl(running).rules.whole.text().startswith("<b>Relawan cukup.</b>")
    press(running, Key.Key_Return)
    assert running.window.place.hands.session.focus == "counts"
    press(running, "a")
    press(running, Key.Key_A, modifier=CTRL)
    press(running, "20", Key.Key_Return, "Surat Perkim 12", Key.Key_Return)
    press(running, Key.Key_S, modifier=CTRL)
    press(running, Key.Key_Escape)
    place = bowl(running)
    rule = next(each for each in place.rules.rules.model.lines if each.key == "volunteers")
    assert (rule.least, rule.changed) == (20, True)
    assert "Dasar di sini: Surat Perkim 12" in place.rules.whole.text()
    press(running, Key.Key_Escape)
    standing = readiness.standing(running.window.desk.workspace, KELURAHAN, YEAR)
    assert [each.key for each in standing.parts if each.ready] == ["volunteers"]


def test_a_facilitator_reads_the_rules_and_whose_they_are_and_does_not_change_them(workspace, make_workspace, start,
                                                                                   tmp_path):
    city = make_workspace("Kota", "district", ("16.71",))
    recording.record(city, form("readiness_rule"), {"part": "volunteers", "counts": "ya", "least": 20})
    receiving.receive(workspace, sending.send(city, tmp_path, to="facilitator").path)
    workspace.close()
    running = start("Siti", KELURAHAN)
    press(running, "a")
    place = bowl(running)
    assert place.head.caption.text() == "Kota Palembang: untuk semua kelurahan, setiap tahun"
    assert place.rules.hindrance.isVisible()
    assert place.rules.hindrance.text().startswith("Di sini hanya dibaca: aturan ditetapkan kabupaten/kota")
    whose = {rule.key: readiness.whose(rule) for rule in place.rules.rules.model.lines}
    assert (whose.pop("volunteers"), set(whose.values())) == ("Kota Palembang", {"bawaan program"})
    press(running, Key.Key_Return)
    assert bowl(running).stack.currentWidget() is place.rules
    with running.window.desk.workspace.asking() as connection:
        assert drafts.waiting(connection) == []
    press(running, Key.Key_Escape)
    assert place.head.caption.text() == f"{region_name(KELURAHAN)}, tahun {YEAR}"


def test_an_earlier_period_is_one_small_bowl_away(workspace, start):
    for year in (2025, 2026):
        recording.record(workspace, form("period"), {"year": year, "rules": "2018", "method": "workbook"})
    given = {"name": "BKM Ulu", "formed": "2022-01-01", "term_ends": "2025-12-31", "active": "aktif"}
    recording.record(workspace, form("bkm"), given)
    workspace.close()
    running = start("Siti", KELURAHAN)
    place = bowl(running)
    names = [each.accessibleName() for each in place.village.past.bowls]
    assert names == ["Periode 2025: 1 dari 10 bagian siap", "Periode 2026: 0 dari 10 bagian siap"]
    place.village.past.bowls[1].setFocus()
    press(running, Key.Key_Left, Key.Key_Return)
    assert running.window.scope.period == "2025"
    assert ready(running) == ["bkm"]


@pytest.mark.parametrize("size", AREAS)
def test_all_parts_are_in_sight_in_every_work_area(running, size):
    running.resize(*size)
    place = bowl(running)
    for _ in range(3):
        QApplication.processEvents()
    for line in place.village.lines.lines:
        bottom = line.mapTo(place, line.rect().bottomLeft()).y()
        assert bottom <= place.height()
        assert line.height() >= line.sizeHint().height()
        assert place.village.lines.width() >= line.minimumSizeHint().width()


def test_a_sentence_that_takes_two_lines_is_not_cut(workspace, start):
    given = {"sk_number": "12/KPTS/KELURAHAN-LIMA-ILIR", "sk_date": "2024-12-26", "men": 7, "women": 4,
             "active": "aktif"}
    recording.record(workspace, form("tipp"), given)
    workspace.close()
    running = start("Siti", KELURAHAN)
    running.frame.resize(1366, 730)
    running.until_quiet()
    lines = bowl(running).village.lines.lines
    heights = [line.height() for line in lines]
    assert heights == [line.height_told(line.width()) for line in lines]
    assert len(set(heights)) == 2


def test_the_bowl_is_copied_as_a_picture_that_says_where_it_comes_from(running):
    press(running, Key.Key_C, modifier=CTRL)
    image = QApplication.clipboard().image()
    assert (image.width(), image.height()) == (1920, 1080)
    assert image.pixelColor(5, 5).name() == "#ffffff"
    assert "Gambar disalin" in bowl(running).head.caption.text()
    press(running, Key.Key_S)
    assert not bowl(running).head.copy.isVisible()
