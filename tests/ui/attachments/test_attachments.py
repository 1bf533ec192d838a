"""The card of attachments wherever it stands: in a form, with small pictures, by keys."""

import hashlib
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.exchange import scans
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.institutions import Bkm
from p2kp_desktop.ui.attachments import attaching as attaching_ui
from p2kp_desktop.ui.attachments.card import AttachmentsCard
from p2kp_desktop.ui.attachments.pictures import Thumbnails, small_pictures
from p2kp_desktop.ui.kit.entries import Entry, EntryLine
from p2kp_desktop.ui.look.measures import ICON_SMALL, SPACE_8
from p2kp_desktop.ui.look.tokens import Token
from tests.conftest import KELURAHAN
from tests.photos import BEGINNINGS, jpeg
from tests.protected import a_protected, forgotten, holding
from tests.ui.form_driver import Driver, scope
from tests.ui.pictures import a_photo, a_picture

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def driver(workspace):
    recording.record(workspace, Bkm, {"id": "bkm", "region": KELURAHAN, "name": "BKM Maju", "active": "aktif"})
    made = Driver(workspace)
    made.enter("bkm", "bkm", scope=scope())
    yield made
    made.close()


def shown(driver):
    return [(line.entry.words, line.entry.right) for line in driver.place.sheet.attachments.lines]


def test_thumbnails_are_small_pictures_of_the_photos_and_of_nothing_else(qtbot, tmp_path):
    thumbnails = Thumbnails()
    qtbot.addWidget(thumbnails)
    (tmp_path / "SK.pdf").write_text("SK", encoding="utf-8")
    (tmp_path / "gambar.png").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
                                         encoding="utf-8")
    wide, high = a_picture(tmp_path, "lebar.png"), a_picture(tmp_path, "tinggi.png", (320, 640))
    files = [wide, tmp_path / "SK.pdf", tmp_path / "gambar.png", tmp_path / "hilang.jpg", high]
    thumbnails.show_pictures(small_pictures(files))
    seen = [label for label in thumbnails.labels if not label.isHidden()]
    assert [(label.accessibleName(), label.pixmap().width(), label.pixmap().height()) for label in seen] == [
        ("lebar.png", 72, 36), ("tinggi.png", 36, 72)]
    assert seen[0].pixmap().toImage().pixelColor(36, 18) == Qt.GlobalColor.darkGreen
    thumbnails.show_pictures([])
    assert thumbnails.isHidden()


@pytest.mark.parametrize("ending", ["jpg", "webp", "tif"])
def test_a_photo_of_any_kind_is_shown_small_and_as_the_camera_was_held(tmp_path, ending):
    held = Image.Exif()
    held[0x0112] = 6  # on its side
    Image.new("RGB", (640, 320), "darkgreen").save(file := tmp_path / f"foto.{ending}", exif=held)
    [seen] = small_pictures([file])
    assert (seen.image.width(), seen.image.height()) == (36, 72)
    assert seen.image.pixelColor(18, 36).green() == pytest.approx(100, abs=3)


def test_a_picture_too_large_to_be_read_whole_is_left_out(tmp_path):
    file = a_picture(tmp_path, "besar.png", (8, 8))
    content = bytearray(file.read_bytes())
    content[16:24] = struct.pack(">II", 8000, 8000)  # as its heading says
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    file.write_bytes(content)
    assert small_pictures([file]) == []


def test_more_photos_than_there_is_room_for_show_the_first(qtbot, tmp_path):
    thumbnails = Thumbnails()
    qtbot.addWidget(thumbnails)
    thumbnails.show_pictures(small_pictures([a_picture(tmp_path, f"{number}.png", (8, 8)) for number in range(9)]))
    assert [label.accessibleName() for label in thumbnails.labels if not label.isHidden()] == [
        f"{number}.png" for number in range(6)]


def test_a_form_shows_what_is_attached_to_its_record_and_takes_more(driver, tmp_path, qtbot):
    card = driver.place.sheet.attachments
    assert card.isVisible()
    assert shown(driver) == []
    driver.place.filing.attach([a_photo(tmp_path, "Akta notaris.jpg"), a_picture(tmp_path)])
    driver.settle()
    assert shown(driver) == [("Akta notaris", "JPEG · -2,99093; 104,75655"), ("foto", "PNG")]
    qtbot.waitUntil(lambda: card.height() == card.wanted_height(card.width()))
    assert [not label.isHidden() for label in card.pictures.labels].count(True) == 2


def test_pictures_are_read_off_the_thread_of_the_window(driver, tmp_path, monkeypatch):
    readers = []
    monkeypatch.setattr(attaching_ui, "small_pictures",
                        lambda files: readers.append(QThread.currentThread()) or small_pictures(files))
    driver.place.filing.attach([a_picture(tmp_path)])
    driver.settle()
    assert readers
    assert all(reader is not QApplication.instance().thread() for reader in readers)


def test_what_is_no_scan_is_refused_by_name_and_the_others_are_kept(driver, tmp_path):
    script = tmp_path / "Foto drainase.cmd"
    script.write_text("@echo off", encoding="utf-8")
    driver.place.filing.attach([script, a_picture(tmp_path)])
    driver.settle()
    assert shown(driver) == [("foto", "PNG")]
    said = driver.place.sheet.head.accessibleDescription()
    assert said.startswith("1 lampiran disimpan. Berkas «Foto drainase.cmd» bukan foto, pindaian, atau PDF.")


def test_a_script_that_lies_there_is_held_back_and_never_opened(driver, workspace, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    folder = attachments.folder_of(workspace)
    folder.mkdir()
    sha256 = hashlib.sha256(b"@echo off").hexdigest()
    (folder / f"{sha256}.cmd").write_bytes(b"@echo off")
    recording.record(workspace, Attachment, {"id": "x", "parent": "bkm", "region": KELURAHAN, "name": "Foto drainase",
                                             "file": "Foto drainase.jpg", "content": sha256, "size": 9})
    driver.desk.changed.emit(frozenset({Attachment.key}))
    driver.settle()
    assert shown(driver) == [("Foto drainase", "ditahan: bukan foto atau PDF")]
    driver.press("Ctrl+Shift+L", "Enter")
    driver.settle()
    assert opened == []
    assert "bukan foto, pindaian, atau PDF, jadi tidak dibuka" in driver.hints[-1]


def test_a_photo_opens_once_it_was_read_and_is_what_its_record_says(driver, workspace, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    driver.place.filing.attach([a_photo(tmp_path)])
    driver.settle()
    (kept,) = attachments.attached(workspace, "bkm")
    driver.press("Ctrl+Shift+L", "Enter")
    driver.settle()
    assert opened == [kept.path]
    kept.path.write_bytes(jpeg(b"lain"))
    driver.press("Ctrl+Shift+L", "Enter")
    driver.settle()
    assert opened == [kept.path]
    assert "berubah sejak dilampirkan" in driver.hints[-1]


# That of a household, where problems and assessment stand, is there once it holds something (test_form_numbers.py).
@pytest.mark.parametrize(
    "form", [each for each in FORMS if each.takes_files and each.key != "household"], ids=lambda form: form.key)
def test_every_form_that_takes_files_shows_the_card(driver, form):
    driver.enter(form.key, scope=scope())
    card = driver.place.sheet.attachments
    assert card.isVisible()
    assert driver.place.sheet.rect().contains(card.geometry())


@pytest.mark.parametrize("width", [150, 200, 260, 400])
def test_what_stands_at_the_right_of_a_line_is_beside_its_words_or_whole_below_them(qtbot, width):
    line = EntryLine(Entry("flag", Token.OK, "Foto 100", "100 % · -2,98528; 104,76492"))
    qtbot.addWidget(line)
    left, right, beside = line.laid(width)
    room = width - ICON_SMALL - SPACE_8
    assert (beside and left.width + SPACE_8 + right.width <= room) or line.heightForWidth(width) >= (
        left.height + right.height)


def test_a_record_that_is_not_on_disk_yet_takes_no_file(driver):
    driver.enter("bkm", scope=scope())
    driver.press("Ctrl+L")
    assert driver.hints == ["Simpan dahulu (Ctrl S), lalu lampirkan."]
    assert driver.place.sheet.head.accessibleDescription() == ""  # no tick: nothing was done


def test_a_save_of_nothing_is_no_success(driver):
    driver.enter("bkm", scope=scope())
    driver.press("Ctrl+S")
    assert driver.hints == ["Belum ada yang diisi."]
    assert driver.place.sheet.head.accessibleDescription() == ""


def test_why_no_file_was_kept_is_told_as_a_fault(driver, tmp_path):
    script = tmp_path / "Foto drainase.cmd"
    script.write_text("@echo off", encoding="utf-8")
    driver.place.filing.attach([script])
    driver.settle()
    assert "bukan foto, pindaian, atau PDF" in driver.failures[0].what
    assert "bukan foto" not in driver.place.sheet.head.accessibleDescription()


def test_a_form_of_the_survey_has_no_attachments(driver):
    driver.enter("household", scope=scope())
    assert not driver.place.sheet.attachments.isVisible()


def test_attachments_are_reached_told_more_of_and_left_by_keys(driver, tmp_path):
    driver.place.filing.attach([a_photo(tmp_path, name) for name in ("pertama.jpg", "kedua.jpg")])
    driver.settle()
    card = driver.place.sheet.attachments
    driver.press("Ctrl+Shift+L")
    assert card.lines[0].hasFocus()
    driver.press("Down", "Down")
    assert card.lines[1].hasFocus()
    driver.press("Esc")
    assert driver.place.sheet.column.isAncestorOf(QApplication.focusWidget())
    driver.press("Ctrl+Shift+L", "E")
    went = driver.went[-1]
    assert (went.place, went.form, went.record) == ("form", Attachment.key, card.lines[0].entry.record)


def test_from_the_particulars_of_an_attachment_the_way_back_is_its_record(driver, workspace, tmp_path):
    attached = attachments.attach(workspace, "bkm", "", a_photo(tmp_path))
    driver.enter("attachment", attached, scope=scope())
    driver.place.hands.go("stage")
    driver.type("c")
    driver.press("Ctrl+Enter")
    driver.settle()
    went = driver.went[-1]
    assert (went.place, went.form, went.record) == ("bowl", "bkm", "bkm")
    (kept,) = attachments.attached(workspace, "bkm")
    assert kept.record[Attachment.stage] == "p100"


def test_only_the_newest_have_a_line_and_the_rest_is_counted(qtbot, workspace, tmp_path):
    recording.record(workspace, Bkm, {"id": "b", "region": KELURAHAN, "name": "BKM", "active": "aktif"})
    for number in range(12):
        attachments.attach(workspace, "b", "", a_photo(tmp_path), name=f"Foto {number}")
    card = AttachmentsCard()
    qtbot.addWidget(card)
    card.show_attached(attachments.attached(workspace, "b"), "")
    assert [line.entry.words for line in card.lines] == [f"Foto {number}" for number in range(2, 12)]
    assert card.more.accessibleName() == "2 lagi ada di Semua data."


# Behind a password


@pytest.fixture
def sealed_driver(tmp_path):
    """Give the form of an institution in a workspace behind a password."""
    (tmp_path / "data").mkdir()
    made, protection = a_protected(tmp_path / "data" / "Siti.p2kp")
    recording.record(made, Bkm, {"id": "bkm", "region": KELURAHAN, "name": "BKM Maju", "active": "aktif"})
    driver = Driver(made)
    driver.enter("bkm", "bkm", scope=scope())
    yield driver
    driver.close()
    made.close()
    forgotten(protection)


def test_a_sealed_photo_is_shown_here_by_keys_and_a_copy_is_saved_where_somebody_wants_it(
    sealed_driver, tmp_path, monkeypatch
):
    monkeypatch.setattr(QDesktopServices, "openUrl", pytest.fail)
    driver = sealed_driver
    driver.place.filing.attach([a_photo(tmp_path)])
    driver.settle()
    assert shown(driver) == [("foto", "JPEG · -2,99093; 104,75655")]
    assert [not label.isHidden() for label in driver.place.sheet.attachments.pictures.labels].count(True) == 1
    assert holding(tmp_path / "data", "JFIF") == []
    driver.press("Ctrl+Shift+L", "Enter")
    driver.settle()
    viewer = driver.place.filing.viewer
    assert viewer.isVisible()
    assert viewer.pages.count == 1
    assert viewer.geometry() == viewer.parentWidget().rect()
    asked = []
    monkeypatch.setattr(attaching_ui, "choose_target", lambda _parent, name, then, endings: asked.append(
        (name[64:], endings)) or then(tmp_path / "salinan.jpg"))
    driver.press("Z", "S")
    driver.settle()
    assert asked == [(".jpg", (".jpg",))]
    assert (tmp_path / "salinan.jpg").read_bytes().startswith(b"\xff\xd8")
    driver.press("Esc")
    assert not viewer.isVisible()
    assert driver.place.sheet.attachments.line_in_focus() == 0
    assert holding(tmp_path / "data", "JFIF") == []


def test_a_damaged_scan_is_told_in_words_and_no_window_ends(sealed_driver, tmp_path):
    driver = sealed_driver
    (tmp_path / "SK.pdf").write_bytes(b"%PDF-1.7\n" + b"[" * 50_000)
    driver.place.filing.attach([tmp_path / "SK.pdf"])
    driver.settle()
    driver.press("Ctrl+Shift+L", "Enter")
    driver.settle()
    assert "PDF SK tidak dapat dibaca" in driver.failures[-1].what
    assert driver.place.filing.viewer is None


def test_a_scan_of_several_pages_is_turned_and_what_cannot_be_shown_says_so(sealed_driver, tmp_path):
    driver = sealed_driver
    file = tmp_path / "SK.tif"
    Image.new("1", (60, 80)).save(file, save_all=True, append_images=[Image.new("1", (80, 60))])
    (tmp_path / "iphone.heic").write_bytes(BEGINNINGS[scans.HEIC])
    driver.place.filing.attach([file, tmp_path / "iphone.heic"])
    driver.settle()
    driver.press("Ctrl+Shift+L", "Enter")
    driver.settle()
    viewer = driver.place.filing.viewer
    assert viewer.pages.count == 2
    driver.press("PgDown", "PgDown")
    assert viewer.pages.page == 1
    driver.press("Esc", "Down", "Enter")
    driver.settle()
    assert viewer.pages.count == 0
    assert "tidak dapat diperlihatkan" in viewer.said.text()
