"""Whatever the program writes or reads is tried again while a scanner holds it, and then told as held."""

import os
from pathlib import Path

import pytest

from p2kp_desktop import held_files, settings
from p2kp_desktop.actions.common import delivery, originals
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.exchange import aside, foreign, plain_text, reading, writing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.settings import Settings
from p2kp_desktop.store import node
from tests.conftest import KELURAHAN


@pytest.fixture(autouse=True)
def pauses(monkeypatch):
    """Count the pauses instead of waiting."""
    counted = []
    monkeypatch.setattr(held_files.time, "sleep", counted.append)
    return counted


@pytest.fixture
def scanner(monkeypatch):
    """Give a function that holds a file for so many tries of replacing or opening it, as Windows tells it."""
    held = {}
    replace, opened = Path.replace, Path.open

    def refuse(*paths):
        for path in paths:
            if held.get(Path(path).absolute(), 0) > 0:
                held[Path(path).absolute()] -= 1
                raise PermissionError(13, "Access is denied", str(path))

    monkeypatch.setattr(Path, "replace", lambda path, target: refuse(path, target) or replace(path, target))
    monkeypatch.setattr(Path, "open", lambda path, *how, **more: refuse(path) or opened(path, *how, **more))
    return lambda path, tries: held.__setitem__(Path(path).absolute(), tries)


def wrote(path):
    with writing.appearing(path) as draft:
        draft.write_bytes(b"new")


def delivered(path):
    source = path.with_name("source.xlsx")
    source.write_bytes(b"new")
    delivery.deliver(source, path.parent, path.name)


def moved_aside(path):
    with aside.kept(path) as beside:
        assert beside is not None
        path.write_bytes(b"new")


WRITERS = [wrote, delivered, moved_aside]


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_that_a_scanner_holds_for_a_moment_is_written_all_the_same(write, tmp_path, scanner, pauses):
    path = tmp_path / "laporan.xlsx"
    path.write_bytes(b"old")
    scanner(path, 3)
    write(path)
    assert path.read_bytes() == b"new"
    assert 0 < sum(pauses) <= 1


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_that_is_open_in_excel_is_told_so_and_stays_as_it_is(write, tmp_path, scanner, pauses):
    path = tmp_path / "laporan.xlsx"
    path.write_bytes(b"old")
    scanner(path, 999)
    with pytest.raises(Trouble) as told:
        write(path)
    assert told.value.code == held_files.HELD
    assert "laporan.xlsx" in told.value.what
    assert "Excel" in told.value.remedy
    scanner(path, 0)
    assert path.read_bytes() == b"old"
    assert sum(pauses) <= 1


@pytest.mark.parametrize("read", [
    originals.hash_of, plain_text.rows_of,
])
def test_a_file_that_is_held_is_not_called_missing_or_damaged(read, tmp_path, scanner):
    path = tmp_path / "tabel.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    scanner(path, 2)
    read(path)
    scanner(path, 999)
    with pytest.raises(Trouble) as told:
        read(path)
    assert told.value.code == held_files.HELD
    assert "rusak" not in str(told.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_bundle_that_nobody_lets_this_program_read_is_told_in_the_reader_of_its_own(tmp_path):
    path = tmp_path / "paket.xlsx"
    path.write_bytes(b"PK\x03\x04")
    path.chmod(0)
    for read in (reading.read, foreign.inspect):
        with pytest.raises(Trouble) as told:
            read(path)
        assert told.value.code == held_files.HELD


def test_a_folder_that_nobody_may_write_in_is_not_waited_for(tmp_path, monkeypatch, scanner, pauses):
    part = tmp_path / "a.part"
    part.write_bytes(b"x")
    scanner(part, 1)
    monkeypatch.setattr(held_files.os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        held_files.put(part, tmp_path / "a")
    assert pauses == []


def test_settings_are_kept_though_a_scanner_looks_and_told_when_it_stays(home, scanner):
    settings.save(Settings(look="dark"))
    file = home / "settings.json"
    scanner(file, 2)
    settings.save(Settings(look="light"))
    assert settings.load().look == "light"
    scanner(file, 999)
    with pytest.raises(Trouble) as told:
        settings.save(Settings(look="dark"))
    assert told.value.code == held_files.HELD
    scanner(file, 0)
    assert settings.load().look == "light"


def test_settings_of_which_nothing_can_be_written_say_why(home):
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.part").mkdir()
    with pytest.raises(Trouble, match="Pengaturan tidak dapat disimpan") as told:
        settings.save(Settings())
    assert told.value.code == "S03"


def test_a_registry_of_nodes_that_cannot_be_written_is_said_once_and_the_data_are_saved(
    workspace, monkeypatch, caplog
):
    node._warn.cache_clear()

    def save(number):
        return recording.record(workspace, Household, {"region": KELURAHAN, "rt": "1/1", "head_name": f"Siti {number}"})

    def refuse(_part, target):
        raise held_files.held(target)

    save(0)
    monkeypatch.setattr(held_files, "put", refuse)
    assert [save(number).id for number in (1, 2, 3)]
    assert [record.message for record in caplog.records if "registry" in record.message] == [
        "the registry of nodes cannot be written",
    ]

