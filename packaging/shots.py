"""Photographs: every screen and dialog with sample content, light and dark, at both work areas.

    python3 packaging/make.py shots [WORD ...]      only the shots whose name holds a word; «en» for English

A new screen is one line in SHOTS: its name, and what to do to bring it before the camera.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

import shots_agreements
import shots_bowl
import shots_collaboration
import shots_excel
import shots_explanations
import shots_meetings
import shots_quality
import shots_reporting
import shots_residents
import shots_ways
from p2kp_desktop import app, settings
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import backups, workspaces
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.practice import first_start as beginning
from p2kp_desktop.actions.recording import bulk, recording, trash
from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.settings import Settings
from p2kp_desktop.store import Workspace, open_workspace, views
from p2kp_desktop.ui.kit import letters
from p2kp_desktop.ui.kit.messages import Fault
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.safety.rescue import RescuePage
from p2kp_desktop.ui.shell.first_start import FirstStart
from p2kp_desktop.ui.transfer.place import TransferPlace
from p2kp_desktop.ui.window import Window

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "shots"
AREAS = ((1366, 698), (1093, 544))
LOOKS = ("light", "dark")
RT = demo_journey.RTS[0]
PRACTISED = "002/005"  # the RT of the practice village that is being keyed
INBOX = "kiriman"  # the folder with files that the city receives


class Stage:
    """The program with its window on sample content, and ways to move it."""

    def __init__(self, app_: QApplication, folder: Path, language: str) -> None:
        self.app, self.folder = app_, folder
        settings.save(Settings(language=language))
        self.program = app.Program(app_)
        self.program.start()
        assert self.program.frame is not None
        self.frame = self.program.frame
        self.frame.showNormal()

    @property
    def window(self) -> Window:
        """Return the window at work."""
        assert self.program.window is not None, "no workspace is open"
        return self.program.window

    def settle(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        quiet = 0
        end = time.monotonic() + 20
        while quiet < 8 and time.monotonic() < end:
            self.app.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            time.sleep(0.01)
            window = self.program.window
            busy = window is not None and (bool(window.desk.tasks) or window.about is None)
            quiet = 0 if busy else quiet + 1

    def open(self, name: str) -> None:
        """Open a workspace of the sample folder, unless it is open already."""
        location = str(self.folder / f"{name}.p2kp")
        open_now = self.program.window.desk.workspace.name if self.program.window else ""
        if open_now != location:
            self.program.open(location)
            self._until_open(location)

    def _until_open(self, location: str) -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.01)
            window = self.program.window
            if window is not None and window.desk.workspace.name == location and window.about is not None:
                return
        raise TimeoutError(location)

    def go(self, place: str, *, workspace: str = "fasilitator", rt: str | None = None, **more: object) -> None:
        """Go to a place of the kelurahan of the sample."""
        self.open(workspace)
        scope = Scope(demo_journey.KELURAHAN, rt, self.window.scope.period)
        self.window.go(Destination(place, scope, **more))  # type: ignore[arg-type]  # fields of Destination
        self.settle()

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys where the focus is; a text is typed. Keys that nobody would hear are a fault of the scene."""
        for key in keys:
            target = QApplication.focusWidget()
            if target is None:
                raise LookupError(f"nothing has the focus for {key}")
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)
            self.settle()

    def first_start(self) -> FirstStart:
        """Show the first start."""
        self.program.show_first_start()
        page = self.frame.centralWidget()
        assert isinstance(page, FirstStart)
        page.folder = Path("/home/rina/Dokumen/P2KP")
        return page


Scene = Callable[[Stage], QWidget | None]


def _first_start(stage: Stage) -> None:
    stage.first_start()


def _first_start_filled(stage: Stage) -> None:
    page = stage.first_start()
    page.name.setText("Rina Marlina")
    page.areas.field.setFocus()
    stage.press("tiga empat ulu", Qt.Key.Key_Return, "lima ulu", Qt.Key.Key_Return, "ulu")


def _first_start_fault(stage: Stage) -> None:
    page = stage.first_start()
    page.name.setText("Rina Marlina")
    page.show_fault(Fault(
        "Folder /media/usb tidak dapat dibuat.", "Belum ada data yang ditulis.", "Pilih folder lain.", "R18"
    ))


def _crumb(part: int) -> Scene:
    def scene(stage: Stage) -> None:
        stage.go("home")
        stage.window.open_crumb(part)

    return scene


def _search(stage: Stage) -> None:
    stage.go("home")
    stage.window.search.begin()
    stage.press("00")


def _help(stage: Stage) -> None:
    stage.go("home")
    stage.window.menus.explain()


def _menu(stage: Stage) -> QWidget | None:
    stage.go("home")
    stage.window.menus.open()
    stage.settle()
    menus = [menu for menu in stage.window.board.top.menu.findChildren(QMenu) if menu.isVisible()]
    return menus[0] if menus else None


def _fault(stage: Stage) -> None:
    stage.go("home")
    stage.window.desk.failed.emit(Trouble(
        "Disk penuh.", safe="Yang sudah tersimpan tetap aman; perubahan terakhir belum tersimpan.",
        remedy="Kosongkan ruang disk, lalu simpan lagi.", code="R10",
    ))


def _crash(stage: Stage) -> QWidget | None:
    stage.go("home")
    try:
        int("contoh")
    except ValueError as error:
        stage.program.watch.show_bug(error)
    return stage.program.watch.window


def _filled(question: str) -> Scene:
    def scene(stage: Stage) -> None:
        stage.open("fasilitator")
        households = household_ids(stage.window.desk.workspace)
        for record in (households[5], households[3]):  # what stood open beside the one before is closed
            stage.go("form", rt=RT, form="household", record=record, question=question)

    return scene


def _guidance(stage: Stage) -> None:
    _filled("water_source")(stage)
    stage.press(Qt.Key.Key_F1)


def _history(stage: Stage) -> None:
    _filled("water_source")(stage)
    stage.press(Qt.Key.Key_F4)


def _table_filter(stage: Stage) -> None:
    stage.go("tables")
    stage.press("s")


def _trash(stage: Stage) -> None:
    """Show the trash with two households, put there once."""
    stage.open("fasilitator")
    workspace = stage.window.desk.workspace
    if not trash.counts(workspace, form_table.Filter(deleted=True)):
        bulk.put_away(workspace, Household, household_ids(workspace)[-2:], reason="terdata dua kali")
    stage.go("tables", tab="trash")


def _trash_asked(stage: Stage) -> None:
    _trash(stage)
    stage.press(Qt.Key.Key_Return)


def _rehearsal(stage: Stage) -> None:
    stage.go("transfer", workspace="kota", tab="receive")
    place = stage.window.place
    assert isinstance(place, TransferPlace)
    place.receiving.intake.clear()
    place.receiving.look_at([stage.folder / INBOX])


def _returned(stage: Stage) -> None:
    stage.go("collecting", workspace="latihan", tab="returned")
    stage.press(Qt.Key.Key_Return)


def _busy(stage: Stage) -> None:
    """Show a bundle under way: how far it is, how long it still takes, and how to stop it."""
    stage.go("transfer", workspace="latihan", tab="send")
    place = stage.window.place
    assert isinstance(place, TransferPlace)
    place.sending.show_busy(busy=True)
    place.sending.progress.show_progress(0.42, "42 % · kira-kira 8 detik lagi")


def _at(place: str, **more: object) -> Scene:
    def scene(stage: Stage) -> None:
        stage.go(place, **more)  # type: ignore[arg-type]  # the same as Stage.go

    return scene


def _backups(stage: Stage) -> None:
    """Show the backups, a second one under way to the state of the pictures, one asked about."""
    stage.go("backups")
    workspace = stage.window.desk.workspace
    if not backups.made(Path(workspace.name)):
        backups.back_up(workspace)
    stage.go("backups")


def _backup_asked(stage: Stage) -> None:
    _backups(stage)
    stage.press(Qt.Key.Key_Return)


def _backup_failed(stage: Stage) -> None:
    _backups(stage)
    stage.window.keeping.trouble = Trouble(
        "Cadangan gagal: disk penuh.", remedy="Kosongkan ruang disk.", code="C02",
        safe="Data Anda aman di ruang kerja; hanya cadangannya yang belum ada.",
    )
    stage.window.keeping.changed.emit()


def _rescue(stage: Stage) -> None:
    damaged = stage.folder / "rusak.p2kp"
    if not damaged.exists():
        shutil.copy(stage.folder / "fasilitator.p2kp", damaged)
        with open_workspace(damaged) as workspace:
            backups.back_up(workspace)
        damaged.write_bytes(damaged.read_bytes()[:90_000])
    stage.program.open(str(damaged))
    end = time.monotonic() + 20
    while not isinstance(stage.frame.centralWidget(), RescuePage) and time.monotonic() < end:
        stage.settle()


@dataclass(frozen=True)
class Shot:
    """A screen by its name, how it is brought about, and the languages in which it is photographed."""

    name: str
    scene: Scene
    languages: tuple[str, ...] = ("id",)


BOTH = ("id", "en")
SHOTS = (
    Shot("mulai-pertama", _first_start, BOTH),
    Shot("mulai-pertama-terisi", _first_start_filled),
    Shot("mulai-pertama-galat", _first_start_fault),
    Shot("beranda", _at("home"), BOTH),
    Shot("beranda-latihan", _at("home", workspace="latihan")),
    Shot("latihan-rt", _at("collecting", rt=PRACTISED, workspace="latihan")),
    Shot("latihan-panduan", _at("form", rt=PRACTISED, form="household", workspace="latihan")),
    Shot("latihan-dikembalikan", _at("collecting", workspace="latihan", tab="returned")),
    Shot("latihan-dikembalikan-formulir", _returned),
    Shot("latihan-konflik", _at("transfer", workspace="latihan", tab="conflicts")),
    Shot("latihan-kirim", _at("transfer", workspace="latihan", tab="send")),
    Shot("latihan-mutu", _at("quality", workspace="latihan")),
    Shot("latihan-mangkuk", _at("bowl", workspace="latihan")),
    Shot("latihan-aturan", _at("agreements", workspace="latihan")),
    Shot("latihan-kolaborasi", _at("collaboration", workspace="latihan")),
    Shot("latihan-pertemuan", _at("meetings", workspace="latihan")),
    Shot("latihan-pengaturan", _at("settings", workspace="latihan")),
    Shot("latihan-sibuk", _busy),
    Shot("beranda-satu-rt", _at("home", rt=RT)),
    Shot("beranda-kosong", _at("home", workspace="kosong")),
    Shot("pilih-wilayah", _crumb(2)),
    Shot("pilih-rt", _crumb(3)),
    Shot("pilih-periode", _crumb(4)),
    Shot("cari", _search),
    Shot("petunjuk", _help, BOTH),
    Shot("menu", _menu),
    Shot("galat", _fault, BOTH),
    Shot("galat-program", _crash, BOTH),
    Shot("pendataan", _at("collecting"), BOTH),
    Shot("pendataan-rt", _at("collecting", rt=RT), BOTH),
    Shot("pendataan-kosong", _at("collecting", workspace="kosong")),
    Shot("formulir-rumah-baru", _at("form", rt=RT, form="household"), BOTH),
    Shot("formulir-rumah-terisi", _filled("water_source"), BOTH),
    Shot("formulir-petunjuk", _guidance, BOTH),
    Shot("formulir-riwayat", _history),
    Shot("formulir-survei-rt", _at("form", rt=RT, form="rt_survey"), BOTH),
    *(Shot(name, scene, BOTH if both else ("id",)) for name, scene, both in shots_residents.SCENES),
    *(Shot(name, scene, BOTH if both else ("id",)) for name, scene, both in shots_excel.SCENES),
    *(Shot(name, scene, BOTH if both else ("id",)) for name, scene, both in shots_explanations.SCENES),
    *(Shot(name, scene, BOTH if both else ("id",)) for name, scene, both in shots_agreements.SCENES),
    *(Shot(name, scene, BOTH if both else ("id",)) for name, scene, both in shots_bowl.SCENES),
    *(Shot(name, scene, BOTH if both else ("id",)) for name, scene, both in shots_collaboration.SCENES),
    *(Shot(name, scene, BOTH if both else ("id",)) for name, scene, both in shots_meetings.SCENES),
    *(Shot(name, scene, BOTH if both else ("id",)) for name, scene, both in shots_reporting.SCENES),
    Shot("semua-data", _at("tables"), BOTH),
    Shot("semua-data-saring", _table_filter, BOTH),
    Shot("tempat-sampah", _trash),
    Shot("tempat-sampah-kembalikan", _trash_asked),
    Shot("kirim-terima", _at("transfer"), BOTH),
    Shot("kirim", _at("transfer", tab="send")),
    Shot("terima", _at("transfer", tab="receive")),
    Shot("terima-gladi", _rehearsal, BOTH),
    Shot("konflik", _at("transfer", workspace="kota", tab="conflicts"), BOTH),
    Shot("catatan-kirim-terima", _at("transfer", workspace="kota", tab="log")),
    Shot("beranda-kota", _at("home", workspace="kota")),
    Shot("pengaturan", _at("settings"), BOTH),
    Shot("cadangan", _backups, BOTH),
    Shot("cadangan-tanya", _backup_asked, BOTH),
    Shot("cadangan-gagal", _backup_failed, BOTH),
    Shot("berkas-rusak", _rescue, BOTH),
    Shot("jalan-termurah", shots_ways.scene(budget="500 juta"), BOTH),
    Shot("jalan-termurah-tanpa-harga", shots_ways.scene(workspace=shots_ways.UNPRICED)),
    Shot("harga-satuan", shots_ways.scene(tab="prices"), BOTH),
    Shot("mutu-masalah", shots_quality.tab("rules"), BOTH),
    Shot("mutu-masalah-rumah", shots_quality.tab("rules", Qt.Key.Key_Return)),
    Shot("mutu-ganda", shots_quality.tab("doubles"), BOTH),
    Shot("mutu-ganda-alasan", shots_quality.tab("doubles", "b")),
    Shot("mutu-tidak-lazim", shots_quality.tab("unusual"), BOTH),
    Shot("mutu-petugas", shots_quality.tab("operators"), BOTH),
    Shot("mutu-petugas-catatan", shots_quality.tab("operators", Qt.Key.Key_Return)),
    Shot("mutu-ketik-ulang", shots_quality.tab("recheck", *[Qt.Key.Key_Down] * 9), BOTH),
    Shot("mutu-ketik-ulang-buta", shots_quality.tab("recheck", *[Qt.Key.Key_Up] * 9, Qt.Key.Key_Return)),
    Shot("ganti-petugas", shots_quality.shift(), BOTH),
    Shot("ganti-petugas-pin", shots_quality.shift("dedi", Qt.Key.Key_Return)),
    Shot("ganti-petugas-lupa", shots_quality.shift("lupa", Qt.Key.Key_Return)),
)


def main(words: Sequence[str]) -> int:
    """Take the shots that are asked for; the exit code counts scenes that could not be brought about."""
    app_ = QApplication.instance() or QApplication([])
    assert isinstance(app_, QApplication)
    letters.PAUSE = 0  # no letter of a scene is followed by another
    languages = [word for word in words if word in ("id", "en")] or ["id", "en"]
    wanted = [word for word in words if word not in ("id", "en")]
    with tempfile.TemporaryDirectory(prefix="p2kp-shots-") as kept:
        os.environ["P2KP_HOME"] = str(Path(kept) / "home")
        _sample(Path(kept))
        failed = [name for language in languages for name in _album(app_, Path(kept), language, wanted)]
    print(f"Pictures in {OUT}" + (f"; not brought about: {', '.join(failed)}" if failed else ""))
    return len(failed)


def _sample(folder: Path) -> None:
    """Make the workspaces of the pictures: a facilitator's, an empty one, the practice village, a city's."""
    for name in ("fasilitator", "kosong"):
        workspace = workspaces.init(
            folder / f"{name}.p2kp", role="facilitator", name="Rina Marlina", regions=[demo_journey.KELURAHAN]
        )
        if name == "fasilitator":
            demo_journey.fill(workspace)
        workspace.close()
    beginning.begin_practice("Rina Marlina", folder).close()
    (folder / "Desa latihan.p2kp").rename(folder / "latihan.p2kp")
    _sample_conflict(folder)
    for room in (shots_quality, shots_ways, shots_agreements, shots_bowl, shots_collaboration, shots_meetings,
                 shots_reporting):
        room.sample(folder)


def _sample_conflict(folder: Path) -> None:
    """Make a city's workspace that received one household from two laptops with two different answers."""
    other = folder / "rekan.p2kp"
    shutil.copy(folder / "fasilitator.p2kp", other)
    city = workspaces.init(folder / "kota.p2kp", role="district", name="Budi Santoso", regions=[demo_journey.CITY])
    with city:
        for path, source in ((folder / "fasilitator.p2kp", "a"), (other, "h")):
            with open_workspace(path) as workspace:
                record = household_ids(workspace)[3]
                recording.record(workspace, Household, {"id": record, "water_source": source})
                receiving.receive(city, sending.send(workspace, folder).path)
    _sample_inbox(folder)


def _sample_inbox(folder: Path) -> None:
    """Put into a folder what a city may get: a bundle with a change, the same again, and one that is cut off."""
    inbox = folder / INBOX
    inbox.mkdir()
    with open_workspace(folder / "fasilitator.p2kp") as workspace:
        recording.record(workspace, Household, {"id": household_ids(workspace)[4], "roof": "b", "kk_count": 2})
        sent = sending.send(workspace, inbox, to="district").path
    shutil.copy(sent, inbox / "Paket Tim B (1).xlsx")
    (inbox / "kiriman terpotong.xlsx").write_bytes(sent.read_bytes()[:9000])


def household_ids(workspace: Workspace) -> list[str]:
    """Return the households of the first RT."""
    with workspace.asking() as connection:
        return [record.id for record in views.found(connection, Household, views.Where(rt=RT))]


def _album(app_: QApplication, folder: Path, language: str, wanted: Sequence[str]) -> list[str]:
    """Take every shot of a language; return the names of those that failed."""
    chosen = [shot for shot in SHOTS if language in shot.languages]
    if wanted:
        chosen = [shot for shot in chosen if any(word in shot.name for word in wanted)]
    stage = Stage(app_, folder, language)
    failed = []
    for shot in chosen:
        for look, (width, height) in ((look, area) for look in LOOKS for area in AREAS):
            settings.save(Settings(language=language, look=look))
            stage.program.take_settings(settings.load())
            stage.frame.resize(width, height)
            try:
                _take(stage, shot, OUT / language / f"{shot.name}-{look}-{width}x{height}.png")
            except Exception as error:  # the next screens are photographed all the same
                print(f"{shot.name}: {type(error).__name__}: {error}", file=sys.stderr)
                failed.append(shot.name)
                break
    stage.frame.close()
    return failed


def _take(stage: Stage, shot: Shot, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    seen = shot.scene(stage)
    stage.settle()
    (seen or stage.frame).grab().save(str(path))
    for open_one in _open_ones(stage):
        open_one.close()
    if stage.program.window is not None:
        stage.window.board.close_fault()
    stage.frame.activateWindow()  # after a dialog nobody else would give it the keys back
    stage.settle()


def _open_ones(stage: Stage) -> Iterator[QWidget]:
    """Yield what stands over the window."""
    yield from (widget for widget in QApplication.topLevelWidgets() if widget is not stage.frame and widget.isVisible())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
