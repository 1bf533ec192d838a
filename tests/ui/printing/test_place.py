"""Cetak with keys: what is in front is chosen already, looked at, saved as PDF; Esc leads back to where it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize, QTransform
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.printing import choices, making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import SHEETS
from p2kp_desktop.store import prints
from p2kp_desktop.ui.collaboration import place as collaboration
from p2kp_desktop.ui.kit.preview import image_of
from p2kp_desktop.ui.place import AGREEMENTS, COLLABORATION, PRINTING, REPORTING, Destination
from p2kp_desktop.ui.printing import printer as printers
from tests import villages
from tests.pdfs import Pages, of_preview
from tests.ui.windows import AREAS, Running, press

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def sample(sample_file, tmp_path_factory):
    return villages.copied(sample_file, tmp_path_factory.mktemp("cetak"))


@pytest.fixture
def running(qtbot, sample):
    made = Running(qtbot, sample)
    yield made
    made.close()


def cetak(running):
    running.until(lambda: running.window.place.preview.count > 0)
    return running.window.place


def print_this(running):
    press(running, Key.Key_P, modifier=CTRL)
    assert running.window.here.place == PRINTING
    return cetak(running)


def words(preview):
    return of_preview(preview).text(preview.page)


def test_a_list_is_printed_as_it_is_shown_and_esc_leads_back_to_it(running):
    press(running, Key.Key_2, modifier=CTRL)
    press(running, Key.Key_Return)
    before = running.window.here
    place = print_this(running)
    assert place.list.current().title.startswith("Daftar ini: ")
    assert "Daftar rumah" in words(place.preview)
    press(running, Key.Key_Escape)
    assert (running.window.here.place, running.window.scope.rt) == (before.place, "001/005")


def test_pages_turn_and_grow_by_keys(running):
    place = print_this(running)
    press(running, "kosong: a. rumah tangga", Key.Key_Return)
    running.until(lambda: place.preview.count > 1)
    press(running, Key.Key_PageDown)
    assert place.preview.page == 1
    press(running, Key.Key_PageUp)
    assert place.preview.page == 0
    high = place.preview._sheet.height()
    press(running, Key.Key_Z, modifier=Qt.KeyboardModifier.AltModifier)
    assert place.preview._sheet.height() > high


def test_typing_finds_another_print_and_it_is_saved_and_noted(running, tmp_path):
    place = print_this(running)
    press(running, "daftar kelurahan", Key.Key_Return)
    running.until_quiet()
    assert place.list.current().name == "report:kelurahan"
    place.save_to(tmp_path / "kelurahan.pdf")
    running.until_quiet()
    pages = Pages((tmp_path / "kelurahan.pdf").read_bytes())
    assert f"{len(pages)} halaman" in place.told.text().replace("*", "")
    with running.window.desk.workspace.asking() as connection:
        assert prints.latest(connection, 1)[0].what == "report:kelurahan"


def test_without_a_printer_it_is_said_and_pdf_is_the_way_out(running, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    place = print_this(running)
    press(running, Key.Key_Return, modifier=CTRL)
    assert "Tidak ada printer" in place.told.text()
    assert "N04" in place.told.text()


def test_a_printer_gets_each_page_in_its_size(running, tmp_path):
    press(running, Key.Key_2, modifier=CTRL)
    press(running, Key.Key_Return)
    place = print_this(running)
    made = []
    running.window.desk.read(place, place._makes(), made.append)
    running.until(lambda: made)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "hasil.pdf"))
    place.print_on(printer, made[0])
    running.until_quiet()
    out, wanted = Pages((tmp_path / "hasil.pdf").read_bytes()), Pages(made[0].pdf)
    assert len(out) == len(wanted)
    assert out.size(0) == pytest.approx(wanted.size(0), abs=0.5)
    assert "dikirim ke printer" in place.told.text()


@pytest.mark.parametrize("sheet", ["a4", "f4"])
def test_a_page_that_lies_on_its_side_among_upright_ones_is_turned_and_whole(running, tmp_path, sheet):
    made = making.make(running.window.desk.workspace, "agreement", Asked(
        records=(an_agreement(running),), sheet=SHEETS[sheet]))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "hasil.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))  # as the dialog leaves it: the paper of that printer
    wanted = Pages(made.pdf)
    lying = [page for page in range(len(wanted)) if wanted.size(page)[0] > wanted.size(page)[1]]
    assert lying
    assert lying != [*range(len(wanted))]
    assert printers.put_on(printer, made.pdf, lambda _done, _of: None) == len(wanted)
    out = Pages((tmp_path / "hasil.pdf").read_bytes())
    width, height = SHEETS[sheet].width, SHEETS[sheet].height
    for page in range(len(wanted)):
        assert out.size(page) == pytest.approx((width, height), abs=0.5)
        before, after = (image_of(each.picture(page, 60)) for each in (wanted, out))
        turned = before.transformed(QTransform().rotate(90)) if page in lying else before
        assert inked(after) == pytest.approx(inked(turned), abs=6)


def inked(image):
    """Return the left, top, right and bottom of what is dark on a page, in pixels."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels, wide = bytes(grey.constBits()), grey.bytesPerLine()
    lines = [pixels[start : start + grey.width()] for start in range(0, wide * grey.height(), wide)]
    dark = [[x for x, shade in enumerate(line) if shade < 200] for line in lines]
    down = [y for y, found in enumerate(dark) if found]
    inked_lines = [found for found in dark if found]
    return min(found[0] for found in inked_lines), down[0], max(found[-1] for found in inked_lines), down[-1]


def an_agreement(running, number="AB-09"):
    return recording.record(running.window.desk.workspace, Agreement, {
        "region": demo_journey.KELURAHAN, "number": number, "name": "Tepian Musi", "rts": "001", "stage": "draf",
        "version": 1}).id


def test_several_agreements_are_printed_each_on_its_own_pages_and_the_preview_says_of_how_many(running, tmp_path):
    for number in ("AB-11", "AB-12"):
        an_agreement(running, number)
    running.window.go(Destination(AGREEMENTS))
    running.until_quiet()
    press(running, Key.Key_A, modifier=CTRL)
    place = print_this(running)
    assert len(place.paper.records) > 1
    press(running, "untuk ditandatangani", Key.Key_Return)
    running.until(lambda: place.list.current().name == "agreement")
    cetak(running)
    running.until(lambda: place.preview.whole > 1)
    count = place.preview.whole
    assert f"yang pertama dari {count}" in place.preview.told.text()
    assert place._is_letter is False  # no .docx of several is offered
    place.save_to(tmp_path / "semua.pdf")
    running.until_quiet()
    pages = Pages((tmp_path / "semua.pdf").read_bytes())
    first = [page for page in range(len(pages)) if "AB-11" in pages.text(page) or "AB-12" in pages.text(page)]
    assert {"AB-11", "AB-12"} <= {word for page in first for word in pages.text(page).split()}
    with running.window.desk.workspace.asking() as connection:
        [noted] = [one for one in prints.latest(connection, 1) if one.what == "agreement"]
        assert noted.pages > count


@pytest.mark.parametrize("tab", collaboration.TABS)
def test_from_every_tab_of_kolaborasi_its_list_is_printed(running, tab):
    running.window.go(Destination(COLLABORATION, tab=tab))
    running.until_quiet()
    place = print_this(running)
    assert place.list.current() is not None
    assert place.preview.count
    assert not place.told.text()
    press(running, Key.Key_Escape)
    running.until_quiet()
    assert running.window.here.place == COLLABORATION


def test_a_print_that_is_stopped_is_noted_with_the_pages_that_came_out(running, monkeypatch):
    place = print_this(running)
    made = []
    running.window.desk.read(place, place._makes(), made.append)
    running.until(lambda: made)

    def stops(_printer, _pdf, report):
        report(2, 5)
        raise Cancelled

    monkeypatch.setattr(printers, "put_on", stops)
    place.print_on(QPrinter(), made[0])
    running.until_quiet()
    with running.window.desk.workspace.asking() as connection:
        assert prints.latest(connection, 1)[0].pages == 2


@pytest.mark.parametrize("area", AREAS)
def test_all_of_it_is_in_sight(running, area):
    running.resize(*area)
    place = print_this(running)
    for widget in (place.print, place.save, place.search, place.options.sheet):
        corner = widget.mapTo(running.frame, widget.rect().bottomRight())
        assert corner.x() < area[0]
        assert corner.y() < area[1]


def test_esc_leads_back_to_the_draft_of_a_new_house(running):
    press(running, Key.Key_2, modifier=CTRL)
    press(running, Key.Key_Return)
    press(running, Key.Key_N, modifier=CTRL)
    press(running, "01102026", Key.Key_Return, "Budi", Key.Key_Return)
    begun = running.window.place.keying
    print_this(running)
    press(running, Key.Key_Escape)
    running.until_quiet()
    kept = running.window.place.keying
    assert (kept.record.id, kept.record.answers["head_name"]) == (begun.record.id, "Budi")
    press(running, Key.Key_4, modifier=CTRL)
    press(running, Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    running.until_quiet()
    assert running.window.place.keying.record.id == begun.record.id


def test_esc_leads_back_to_the_agreement_and_what_was_chosen_there_is_not_printed_elsewhere(running):
    agreement = an_agreement(running)
    running.window.go(Destination(AGREEMENTS, record=agreement))
    running.until_quiet()
    assert running.window.place.agreement == agreement
    print_this(running)
    press(running, Key.Key_Escape)
    assert running.window.place.agreement == agreement
    press(running, Key.Key_9, modifier=CTRL)
    running.until_quiet()
    place = print_this(running)
    place.options.show_records([(agreement, "AB-01")])  # as another print asked for one
    record = next(each for each in choices.choices() if each.name == "record")
    place.options.offer(record, has_records=False, rt=None)
    assert place._asked(record, preview=False).records == ()


def test_records_found_for_a_print_passed_on_the_way_leave_the_chosen_one_alone(running):
    place = print_this(running)
    passed = next(each for each in choices.choices() if each.name == "agreement")
    assert passed != place.list.current()
    place._offer_records(passed, [])
    assert place.print.isEnabled()
    assert place.preview.count > 0


def test_the_preview_says_of_how_many_it_is_the_first_and_enter_prints_from_a_field(running, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    place = print_this(running)
    press(running, "kosong: a", Key.Key_Return)
    running.until_quiet()
    assert place.list.current().name == "blank:household"
    place.options.count.setFocus()
    press(running, Key.Key_A, modifier=CTRL)
    press(running, "300")
    running.until(lambda: "yang pertama dari 300" in place.preview.told.text())
    press(running, Key.Key_Return)
    assert "N04" in place.told.text()


def test_names_are_shown_where_they_were_asked_for_and_nowhere_else(running, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    press(running, Key.Key_2, modifier=CTRL)
    press(running, Key.Key_Return)
    place = print_this(running)
    press(running, Key.Key_Down)
    assert place.list.current().name == "record"
    place.options.names.setChecked(True)
    press(running, Key.Key_Return, modifier=CTRL)
    assert "hanya dicetak dengan alasan" in place.told.text()
    assert place.options.reason.hasFocus()
    running.until_quiet()
    press(running, "pemeriksaan")
    running.press(Key.Key_Return)
    assert "N04" in place.told.text()  # before the page that is looked at comes: its record is not saved yet
    press(running, Key.Key_F, modifier=CTRL)
    press(running, Key.Key_Return)
    press(running, Key.Key_Down)
    assert place._asked(place.list.current(), preview=False).names is False
    assert place.options.reason.text() == ""


def test_the_figures_of_the_map_are_printed_where_the_map_is_in_front(running):
    running.window.go(Destination(REPORTING, tab="map"))
    running.until_quiet()
    place = print_this(running)
    assert place.list.current().name == choices.THIS_LIST


def test_the_name_of_the_record_that_is_chosen_is_whole(running):
    place = print_this(running)
    place.options.record.show()
    place.options.show_records([("x", "Forum kolaborasi triwulan · 23 Agustus 2026")])
    running.until_quiet()
    assert place.options.record.width() >= place.options.record.sizeHint().width()


def test_names_are_offered_for_the_blanks_of_the_list_of_residents(running):
    place = print_this(running)
    press(running, "kosong: a", Key.Key_Return)
    options = place.options
    assert options.names.isHidden()
    options.residents.setChecked(True)
    assert not options.names.isHidden()
    options.names.setChecked(True)
    options.reason.setText("pendataan")
    assert place._asked(place.list.current(), preview=False).names is True
    options.residents.setChecked(False)
    assert place._asked(place.list.current(), preview=False).names is False


def test_a_thousand_forms_are_stopped_and_leave_no_file(running, tmp_path):
    place = print_this(running)
    press(running, "kosong: a. rumah tangga", Key.Key_Return)
    running.until(lambda: place.list.current().name == "blank:household")
    place.options.count.setText("1000")
    place.save_to(tmp_path / "seribu.pdf")
    running.until(lambda: place.work.isVisible())
    place.work.panel.cancelled.emit()
    running.until_quiet()
    assert place.work.isHidden()
    assert "Dihentikan" in place.told.text()
    assert [*tmp_path.iterdir()] == []
    with running.window.desk.workspace.asking() as connection:
        assert "blank:household" not in {one.what for one in prints.latest(connection, 50)}
