"""The pictures of the RT head's list: empty, looked at before it is kept, at work."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.forms import Household
from p2kp_desktop.forms.resident import EMPTY, REFUSED
from p2kp_desktop.store import views
from p2kp_desktop.ui.collecting.place import CollectingPlace

if TYPE_CHECKING:
    from shots import Scene, Stage

RT = demo_journey.RTS[0]


def _text(stage: "Stage") -> str:
    """Return a list as an RT head gives it: most of it recorded here, one family twice, one of another RT, a sum."""
    stage.open("fasilitator")
    with stage.window.desk.workspace.asking() as connection:
        found = [str(each.answers["head_name"]) for each in views.found(connection, Household, views.Where(rt=RT))]
    names = [*found[:14], "Siti Aminah", "Herlina Susanti", "Budi", "Siti Aminah", "M. Yusuf", "Budi", ""]
    rows = [f"{place}\t{name}\tLrg. Kelapa {place}\t{RT}" for place, name in enumerate(names, start=1)]
    rows[19] = rows[19].replace("Kelapa 20", "Kelapa 17")
    rows.append("22\tRosmala\tLrg. Kelapa 3\t019/004")
    return "\n".join(["No\tNama KK\tAlamat\tRT/RW", *rows, "Jumlah\t22\t\t"])


def _list(stage: "Stage") -> None:
    """Keep a list of the RT, once, with some ends."""
    text = _text(stage)
    workspace, scope = stage.window.desk.workspace, stage.window.scope
    here = (demo_journey.KELURAHAN, RT, scope.period)
    if not residents.lines(workspace, *here):
        lines = [
            each.line
            for each in resident_lists.examine(resident_lists.read_pasted(text), (), RT)
            if each.standing in resident_lists.TAKEN
        ]
        put = resident_lists.put_list(workspace, *here, lines, origin="daftar")
        residents.decide(workspace, put.new[15], EMPTY)
        residents.decide(workspace, put.new[18], REFUSED)
        residents.note_down(workspace, put.new[15], "pemilik di Jakarta, kunci di Bu RT, pulang menjelang Lebaran")
        residents.note_down(workspace, put.new[9], "datang lagi sore")
    stage.go("collecting", rt=RT, tab="residents")
    place = stage.window.place
    assert isinstance(place, CollectingPlace)
    place.rt.residents.hide_pasting()
    place.rt.residents.focus()
    stage.settle()


def _preview(*keys: Qt.Key) -> "Scene":
    def scene(stage: "Stage") -> None:
        QApplication.clipboard().setText(_text(stage))
        stage.go("collecting", rt=RT, tab="residents")
        for key in (Qt.Key.Key_V, *keys):
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier)
            stage.settle()

    return scene


def _empty(stage: "Stage") -> None:
    stage.go("collecting", rt=RT)
    stage.go("collecting", rt=RT, tab="residents")


def _begun(stage: "Stage") -> None:
    _list(stage)
    stage.press(Qt.Key.Key_Return)


def _noted(stage: "Stage") -> None:
    _list(stage)
    stage.press(Qt.Key.Key_F2)


def _village(stage: "Stage") -> None:
    _list(stage)
    stage.go("collecting")


SCENES: tuple[tuple[str, "Scene", bool], ...] = (
    ("daftar-warga-kosong", _empty, False),
    ("daftar-warga-tempel", _preview(), True),
    ("daftar-warga-kembar", _preview(Qt.Key.Key_Return), False),
    ("daftar-warga", _list, True),
    ("daftar-warga-keterangan", _noted, False),
    ("daftar-warga-rumah", _begun, False),
    ("daftar-warga-kelurahan", _village, False),
)
