"""Where files lie on this machine."""

from pathlib import Path

import pytest

from p2kp_desktop import environment


def test_documents_lie_with_the_program_data_where_those_are_moved(home, monkeypatch):
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: "/rumah/siti/Dokumen")
    assert environment.documents() == home / "Dokumen"
    monkeypatch.delenv("P2KP_HOME")
    assert environment.documents() == Path("/rumah/siti/Dokumen")


@pytest.mark.parametrize(("documents", "named"), [
    ("OneDrive/Documents", "OneDrive"), ("OneDrive - Pemprov Sumsel/Dokumen", "OneDrive"),
    ("Dropbox/Dokumen", "Dropbox"), ("Documents", ""), ("OneDriveku/Documents", ""),
])
def test_workspaces_are_proposed_outside_of_what_is_synchronised(documents, named, tmp_path, monkeypatch):
    monkeypatch.delenv("P2KP_HOME")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: str(tmp_path / documents))
    assert environment.synchroniser(environment.documents()) == named
    assert environment.for_workspaces() == (tmp_path / "P2KP" if named else tmp_path / documents / "P2KP")


def test_onedrive_is_known_wherever_windows_says_that_it_lies(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Kantor"))
    assert environment.synchroniser(tmp_path / "Kantor" / "Dokumen") == "OneDrive"
    assert environment.synchroniser(tmp_path / "Kantor2") == ""
