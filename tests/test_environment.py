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


def test_what_lay_in_a_bench_is_overwritten_before_it_goes_and_what_it_leads_to_is_not(tmp_path, monkeypatch):
    kept, seen = tmp_path / "milik orang.txt", []
    kept.write_bytes(b"utuh")
    real = environment.shutil.rmtree
    monkeypatch.setattr(environment.shutil, "rmtree", lambda folder, **more: (
        seen.extend(path.read_bytes() for path in folder.rglob("*.txt")), real(folder, **more)))
    with environment.bench() as folder:
        (folder / "di dalam").mkdir()
        (folder / "di dalam" / "a.txt").write_bytes(b"Ratnawulan" * 9_000)
        (folder / "b.txt").hardlink_to(kept)
    assert sorted(seen) == [bytes(90_000), b"utuh"]
    assert kept.read_bytes() == b"utuh"
    assert not folder.exists()
