"""What Windows hands to a command: text of Notepad and PowerShell, files that others hold."""

import io
import json
import sys

import pytest

from p2kp_desktop import cli

from .conftest import init

TWO = "".join(json.dumps({"rt": "1/1", "head_name": name, "water_source": "a"}, ensure_ascii=False) + "\n"
              for name in ("Siti é", "Budi"))
OFFICE = json.dumps({"town": "Lubuklinggau"})


def handed(monkeypatch, content):
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(content)), encoding="cp1252")
    monkeypatch.setattr(sys, "stdin", stream)


@pytest.mark.parametrize("content", [
    TWO.encode(), TWO.encode("utf-8-sig"), TWO.encode("utf-16"), TWO.encode("utf-16-le"),
    ("\ufeff" + TWO).encode("utf-16-be"), TWO.replace("\n", "\r\n").encode("utf-8-sig"),
])
def test_records_come_in_whatever_marks_stand_before_them(content, p2kp, monkeypatch, capsys):
    file = init(p2kp, "tim")
    handed(monkeypatch, content)
    assert cli.main(["records", file, "put", "household"]) == 0
    capsys.readouterr()
    assert [each["head_name"] for each in p2kp("records", file, "get", "household").lines()] == ["Siti é", "Budi"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_document_comes_in_too(encoding, p2kp, monkeypatch, capsys):
    file = init(p2kp, "tim")
    handed(monkeypatch, OFFICE.encode(encoding))
    assert cli.main(["office", file, "--set", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["town"] == "Lubuklinggau"


def test_a_file_that_others_hold_is_told_in_words_wherever_it_came_up(p2kp, monkeypatch):
    file = init(p2kp, "tim")

    def refuse(_workspace):
        raise PermissionError(13, "Access is denied", "daftar.xlsx")

    monkeypatch.setattr("p2kp_desktop.cli.commands.soundness.digest", refuse)
    ran = p2kp("digest", file)
    assert (ran.code, ran.out) == (1, "")
    assert "daftar.xlsx sedang dipakai program lain" in ran.err
    assert "R22" in ran.err
