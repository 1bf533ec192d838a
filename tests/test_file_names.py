"""What Windows would make something else of is refused in words, before anything is written."""

from pathlib import Path, PureWindowsPath

import pytest

from p2kp_desktop import file_names
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.exchange import aside, writing
from p2kp_desktop.language import Trouble


@pytest.mark.parametrize(("name", "why"), [
    ("CON", "perangkat"), ("nul", "perangkat"), ("aux.p2kp", "perangkat"), ("com1.p2kp", "perangkat"),
    ("LPT9.tar.gz", "perangkat"), ("COM².xlsx", "perangkat"), ("nul .txt", "perangkat"), ("conin$", "perangkat"),
    ("a:b.p2kp", "«:»"), ("x?.p2kp", "«?»"), ('a"b', "tidak boleh"), ("a|b", "tidak boleh"), ("a\tb", "tak terlihat"),
    ("laporan.", "titik atau spasi"), ("laporan ", "titik atau spasi"), ("p" * 300, "terlalu panjang: 314 huruf"),
])
def test_a_name_that_windows_gives_to_no_file_is_refused(name, why):
    assert why in file_names.objection(PureWindowsPath("C:\\Rumah\\Siti\\" + name))


@pytest.mark.parametrize("path", [
    r"C:\Rumah\Siti\Lima Ulu 2.p2kp", r"D:\P2KP_Lima-Ilir_CON-Tim-A-B-é_2026.xlsx", r"C:\a\console.p2kp", r"C:\a\com10",
    r"\\server\bagian\x.xlsx", r"..\x.xlsx", r"C:\a\.p2kp-x\y", r"C:\a\trail .p2kp",
])
def test_a_usual_name_is_taken(path):
    assert file_names.objection(PureWindowsPath(path)) == ""


def test_room_is_left_for_what_stands_beside_a_file():
    path = PureWindowsPath("C:\\", "p" * 200)
    assert file_names.objection(path) == ""
    assert "paling banyak 159" in file_names.objection(path, spare=100)


@pytest.fixture
def windows(monkeypatch):
    monkeypatch.setattr(file_names, "ON_WINDOWS", True)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("name", ["aux.p2kp", "a:b.p2kp", "x?.p2kp", "q" * 170 + ".p2kp"])
def test_no_workspace_gets_such_a_name_and_nothing_is_left(name, tmp_path):
    with pytest.raises(Trouble) as told:
        workspaces.init(tmp_path / name, role="district", name="Kota", regions=["16.71"])
    on_another_disk = (tmp_path / name).drive != tmp_path.drive  # Windows itself reads «a:b» as a file of disk A
    assert told.value.code == ("R02" if on_another_disk else "R35")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("begin", [writing.appearing, aside.kept])
def test_no_report_gets_such_a_name(begin, tmp_path):
    with pytest.raises(Trouble) as told:
        begin(tmp_path / "nul.pdf").__enter__()
    assert "Belum ada yang ditulis" in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_other_systems_take_nearly_every_name(monkeypatch):
    monkeypatch.setattr(file_names, "ON_WINDOWS", False)
    file_names.must_fit(Path("/rumah/a:b?.p2kp"))
