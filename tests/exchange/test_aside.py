"""A file that stands where a report is to be written: nothing of a person is lost, and a script runs every night."""

import json
from pathlib import Path

import pytest

from p2kp_desktop.cli import main
from p2kp_desktop.exchange import aside
from p2kp_desktop.language import Trouble


@pytest.fixture
def out(workspace, tmp_path):
    workspace.close()
    return workspace.name, tmp_path / "laporan" / "daftar.json"


def written(workspace, path, capsys):
    path.parent.mkdir(exist_ok=True)
    assert main(["report", "rt", workspace, str(path)]) == 0
    return capsys.readouterr().err


def beside(path):
    return sorted(each.name for each in path.parent.iterdir())


def test_a_file_of_a_person_is_kept_beside_the_report_and_its_new_name_told(out, capsys):
    workspace, path = out
    path.parent.mkdir()
    path.write_text("catatan saya", encoding="utf-8")
    assert "daftar (sebelumnya).json" in written(workspace, path, capsys)
    kept = path.parent / "daftar (sebelumnya).json"
    assert kept.read_text(encoding="utf-8") == "catatan saya"
    assert json.loads(path.read_text("utf-8"))["report"] == "rt"
    path.write_text("lagi", encoding="utf-8")
    assert main(["report", "rt", workspace, str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] == str(kept.with_name("daftar (sebelumnya 2).json"))


def test_a_report_written_every_night_replaces_the_one_before_and_says_so(out, capsys):
    workspace, path = out
    assert written(workspace, path, capsys) == ""
    for _ in range(3):
        assert "diganti" in written(workspace, path, capsys)
    assert beside(path) == ["daftar.json"]


def test_a_report_that_somebody_changed_is_somebody_s(out, capsys):
    workspace, path = out
    for number in (1, 2):
        written(workspace, path, capsys)
        path.write_text(path.read_text("utf-8") + f"{number}", "utf-8")
    written(workspace, path, capsys)
    assert beside(path) == ["daftar (sebelumnya 2).json", "daftar (sebelumnya).json", "daftar.json"]
    assert (path.parent / "daftar (sebelumnya 2).json").read_text("utf-8").endswith("2")


def test_where_the_report_cannot_be_written_the_file_is_back_in_its_place(tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_text("catatan saya", encoding="utf-8")
    with pytest.raises(Trouble), aside.kept(path):
        raise Trouble("penuh", remedy="", code="B15")
    assert path.read_text(encoding="utf-8") == "catatan saya"
    assert beside(path) == ["daftar.csv"]


def test_a_name_whose_ending_says_no_format_moves_nothing(out, capsys):
    workspace, path = out
    other = Path(path).with_suffix(".doc")
    other.parent.mkdir()
    other.write_text("surat", encoding="utf-8")
    assert main(["report", "rt", workspace, str(other)]) == 1
    assert (beside(other), other.read_text(encoding="utf-8")) == (["daftar.doc"], "surat")
    capsys.readouterr()


def test_a_list_of_what_was_written_that_is_no_text_keeps_every_file(out, capsys, home):
    workspace, path = out
    written(workspace, path, capsys)
    (home / "laporan-ditulis.txt").write_bytes(b"\xff\xfe")
    assert "sebelumnya" in written(workspace, path, capsys)
