"""A workspace whose place fails: nothing is acknowledged that nobody finds again, and it goes on when it is back."""

import os
import shutil

import pytest

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import footing, open_workspace
from tests import failing
from tests.conftest import KELURAHAN


def made(folder, name="Siti"):
    folder.mkdir(exist_ok=True)
    return workspaces.init(folder / "kerja.p2kp", role="facilitator", name=name, regions=[KELURAHAN])


def keep(workspace, name):
    keyed_drafts.keep(workspace, Household, "rumah", {"head_name": name}, "nik")


def kept(workspace):
    return [draft.answers["head_name"] for draft in keyed_drafts.waiting(workspace)]


@pytest.fixture
def stick(tmp_path):
    return tmp_path / "flashdisk"


@pytest.fixture
def here(stick):
    with made(stick) as workspace:
        keep(workspace, "Siti")
        yield workspace


def test_a_draft_on_a_pulled_stick_is_not_acknowledged_and_is_kept_when_the_stick_is_back(here, stick):
    with failing.pulled(stick):
        with pytest.raises(Trouble, match="tidak ada di tempatnya") as told:
            keep(here, "Rina")
        assert told.value.code == footing.GONE
        with pytest.raises(Trouble):
            kept(here)
    assert kept(here) == ["Siti"]
    keep(here, "Rina")
    with open_workspace(stick / "kerja.p2kp") as again:
        assert kept(again) == ["Rina"]


def test_an_empty_folder_in_its_place_stays_empty(here, stick):
    with failing.pulled(stick):
        stick.mkdir()
        with pytest.raises(Trouble):
            keep(here, "Rina")
        assert list(stick.iterdir()) == []
        stick.rmdir()


def test_a_stick_pulled_in_the_middle_of_a_change_is_not_told_as_saved(here, stick):
    away = stick.with_name("di tangan")
    with pytest.raises(Trouble, match="tidak ada di tempatnya"), here.changing():
        stick.rename(away)
    away.rename(stick)
    keep(here, "Rina")
    assert kept(here) == ["Rina"]


@pytest.mark.skipif(os.name == "nt", reason="an open file holds its folder there")
def test_another_workspace_in_its_place_is_not_touched(here, stick, tmp_path, monkeypatch):
    monkeypatch.setattr("p2kp_desktop.environment.now", lambda: "2021-05-04T12:00:00+07:00")
    with made(tmp_path / "lain", "Budi") as other:
        keep(other, "Budi")
    with failing.pulled(stick):
        shutil.copytree(tmp_path / "lain", stick)
        with pytest.raises(Trouble, match="ada berkas lain"):
            keep(here, "Rina")
        with open_workspace(stick / "kerja.p2kp") as other:
            assert kept(other) == ["Budi"]
        shutil.rmtree(stick)
    keep(here, "Rina")
    assert kept(here) == ["Rina"]


def test_a_disk_that_fails_every_write_is_told_and_goes_on_when_it_works_again(here):
    with failing.no_write_succeeds():
        with pytest.raises(Trouble) as told:
            keep(here, "Rina")
        assert told.value.code == "R16"
    assert kept(here) == ["Siti"]
    keep(here, "Rina")
    assert kept(here) == ["Rina"]


def test_a_full_disk_is_told_and_goes_on_when_there_is_room_again(tmp_path):
    with failing.small_disk(tmp_path / "kecil") as disk, made(disk.folder) as workspace:
        keep(workspace, "Siti")
        disk.fill()
        for _ in range(3):
            with pytest.raises(Trouble, match="Disk penuh"):
                keep(workspace, "Rina" * 2000)
        assert kept(workspace) == ["Siti"]
        disk.free()
        keep(workspace, "Rina")
        assert kept(workspace) == ["Rina"]
