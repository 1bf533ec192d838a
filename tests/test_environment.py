"""Where files lie on this machine."""

from pathlib import Path

from p2kp_desktop import environment


def test_documents_lie_with_the_program_data_where_those_are_moved(home, monkeypatch):
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: "/rumah/siti/Dokumen")
    assert environment.documents() == home / "Dokumen"
    monkeypatch.delenv("P2KP_HOME")
    assert environment.documents() == Path("/rumah/siti/Dokumen")
