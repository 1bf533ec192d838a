"""Workspaces behind a password on the command line: no person sits at a keyboard."""

import json
import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from p2kp_desktop.actions.protection import password
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.databases import library
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import files, keyring, open_workspace, slots
from tests.enrolled import enrol_all
from tests.protected import LEAST, PASSWORD, holding

from .conftest import init

RATNA = {"head_name": "Ratnawulan Kusumo", "nik": "1671014101800001", "rt": "001/001"}


@pytest.fixture(autouse=True)
def little_effort(monkeypatch):
    monkeypatch.setattr(slots, "measured", lambda: LEAST)


@pytest.fixture
def protected(p2kp):
    """Make a protected workspace by the command, with one household; the key is forgotten after each command."""
    Path("sandi").write_text(f"{PASSWORD}\nbukan ini\n", encoding="utf-8")
    made = p2kp("init", "a.p2kp", "--role", "facilitator", "--name", "Siti", "--region", "16.71.01.1001",
                "--password-file", "sandi", "--recovery-file", "kata")
    assert (made.code, made.out, made.err) == (0, "a.p2kp\n", "")

    def run(*words, **given):
        keyring.forget(files.salt_of(Path("a.p2kp")))
        return p2kp(*words, **given)

    assert run("records", "a.p2kp", "put", "household", "--password-file", "sandi", lines=[RATNA]).code == 0
    return run


def test_init_without_a_password_stays_as_it_was_and_says_that_nothing_is_protected(p2kp):
    made = p2kp("init", "a.p2kp", "--role", "facilitator", "--name", "Siti", "--region", "16.71.01.1001")
    assert (made.code, made.out) == (0, "a.p2kp\n")
    assert "dapat membacanya" in made.err
    assert not files.is_enciphered(Path("a.p2kp"))
    assert p2kp("digest", "a.p2kp").code == 0


@pytest.mark.usefixtures("protected")
def test_no_name_is_readable_anywhere_and_the_words_are_for_their_user_alone(tmp_path, home):
    assert holding(tmp_path, *RATNA.values()) == []
    assert holding(home, RATNA["head_name"], RATNA["nik"]) == []
    assert os.name == "nt" or stat.S_IMODE(Path("kata").stat().st_mode) == 0o600
    assert len(Path("kata").read_text(encoding="utf-8").split("\n")) == 13


def test_each_command_needs_the_password_and_takes_it_from_a_file(protected, monkeypatch):
    refused = protected("digest", "a.p2kp")
    assert refused.code == 1
    assert "terlindungi kata sandi" in refused.err
    assert "P2KP_PASSWORD_FILE" in refused.err
    digest = protected("digest", "a.p2kp", "--password-file", "sandi")
    assert digest.code == 0
    monkeypatch.setenv("P2KP_PASSWORD_FILE", "sandi")
    assert protected("digest", "a.p2kp").out == digest.out
    assert json.loads(protected("check", "a.p2kp", "--json").out)["ok"]
    Path("keluar").mkdir()
    sent = json.loads(protected("send", "a.p2kp", "keluar", "--to", "district", "--json").out)
    assert sent["records"] == 1


def test_the_password_of_a_bundle_is_not_that_of_the_workspace(protected):
    Path("keluar").mkdir()
    Path("paket").write_text("sandi paket 99\n", encoding="utf-8")
    sent = protected("send", "a.p2kp", "keluar", "--workspace-password-file", "sandi", "--password-file", "paket")
    assert sent.code == 0


def test_a_wrong_password_is_a_sentence_and_after_some_a_wait(protected):
    Path("salah").write_text("bukan ini 77\n", encoding="utf-8")
    for _try in range(4):
        refused = protected("digest", "a.p2kp", "--password-file", "salah")
        assert (refused.code, "salah" in refused.err) == (1, True)
    assert "detik lagi" in protected("digest", "a.p2kp", "--password-file", "sandi").err


def test_a_backup_is_restored_with_the_password(protected):
    made = protected("backup", "a.p2kp", "--password-file", "sandi").out.strip()
    before = protected("digest", "a.p2kp", "--password-file", "sandi").out
    assert protected("restore", made, "b.p2kp", "--password-file", "sandi").code == 0
    assert protected("digest", "b.p2kp", "--password-file", "sandi").out == before


def test_a_forgotten_password_is_replaced_by_the_words(protected):
    Path("baru").write_text("sandi baru 2026\n", encoding="utf-8")
    Path("a.p2kp.kunci").unlink()
    assert protected("protection", "a.p2kp", "password", "--recovery-file", "kata", "--new-password-file", "baru",
                     "--person", "Siti").code == 0
    assert protected("digest", "a.p2kp", "--password-file", "baru").code == 0
    assert protected("digest", "a.p2kp", "--password-file", "sandi").code == 1


def test_an_old_workspace_comes_behind_a_password_with_its_backups(p2kp, tmp_path):
    init(p2kp, "a")
    p2kp("records", "a.p2kp", "put", "household", lines=[RATNA])
    p2kp("backup", "a.p2kp")
    digest = p2kp("digest", "a.p2kp").out
    Path("sandi").write_text(f"{PASSWORD}\n", encoding="utf-8")
    told = p2kp("protection", "a.p2kp", "--json").json()
    assert (told["protected"], len(told["in_clear"])) == (False, 1)
    assert p2kp("protection", "a.p2kp", "start", "--new-password-file", "sandi", "--recovery-file", "kata").code == 0
    assert p2kp("protection", "a.p2kp", "--json").json() == {
        "protected": True, "people": ["a"], "offices": [], "in_clear": [],
    }
    assert holding(tmp_path, *RATNA.values()) == []
    assert p2kp("digest", "a.p2kp", "--password-file", "sandi").out == digest
    again = p2kp("protection", "a.p2kp", "start", "--new-password-file", "sandi", "--recovery-file", "kata2")
    assert (again.code, "sudah terlindungi" in again.err) == (1, True)


def test_the_words_are_written_again_for_whoever_has_the_password_and_renewed(protected):
    assert protected("protection", "a.p2kp", "words", "lagi", "--password-file", "sandi").code == 0
    assert Path("lagi").read_text(encoding="utf-8") == Path("kata").read_text(encoding="utf-8")
    assert protected("protection", "a.p2kp", "renew", "baru", "--password-file", "sandi").code == 0
    assert Path("baru").read_text(encoding="utf-8") != Path("kata").read_text(encoding="utf-8")
    assert protected("check", "a.p2kp", "--password-file", "sandi").code == 0
    assert protected("protection", "a.p2kp", "words", "lagi", "--password-file", "sandi").code == 1  # it is there


def test_new_words_are_made_only_where_they_can_be_written(protected):
    before = Path("a.p2kp").read_bytes()
    refused = protected("protection", "a.p2kp", "renew", "kata", "--password-file", "sandi")
    assert (refused.code, "Tidak ada yang diubah" in refused.err) == (1, True)
    assert Path("a.p2kp").read_bytes() == before
    Path("salah").write_text("bukan ini 77\n", encoding="utf-8")
    assert protected("protection", "a.p2kp", "renew", "baru", "--password-file", "salah").code == 1
    assert not Path("baru").exists()


def test_a_file_of_words_is_read_whatever_editor_wrote_it_and_refused_in_a_sentence(protected):
    Path("baru").write_text("sandi baru 2026\n", encoding="utf-8")
    change = ("protection", "a.p2kp", "password", "--new-password-file", "baru", "--recovery-file")
    Path("notepad").write_text(Path("kata").read_text(encoding="utf-8"), encoding="utf-16")
    Path("rusak").write_bytes(b"\xff\xff\x00")
    assert protected(*change, "notepad").code == 0
    for path in ("tidak ada", "rusak", "."):
        refused = protected(*change, path)
        assert (refused.code, "K37" in refused.err) == (1, True)


def test_words_of_what_was_refused_do_not_stay_and_the_same_command_does_it_then(p2kp):
    init(p2kp, "a")
    Path("sandi").write_text(f"{PASSWORD}\n", encoding="utf-8")
    start = ("protection", "a.p2kp", "start", "--new-password-file", "sandi", "--recovery-file", "kata")
    with closing(library.connect("a.p2kp")) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM sqlite_master").fetchone()
        assert "R11" in p2kp(*start).err
    assert not Path("kata").exists()
    assert p2kp(*start).code == 0
    make = ("init", "b.p2kp", "--role", "facilitator", "--name", "Siti", "--password-file", "sandi",
            "--recovery-file", "kata b", "--region")
    assert p2kp(*make, "99.99").code == 1
    assert not Path("kata b").exists()
    assert p2kp(*make, "16.71.01.1001").code == 0


def test_words_never_take_the_place_of_a_file(protected):
    refused = protected("protection", "a.p2kp", "words", "kata", "--password-file", "sandi")
    assert (refused.code, "sudah ada" in refused.err) == (1, True)


def test_the_office_above_writes_the_words_of_a_team_that_is_enrolled(protected, p2kp, make_workspace):
    province, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    password.unlock(Path("a.p2kp"), PASSWORD)
    with open_workspace("a.p2kp") as team:
        enrol_all(province, city, team)
    sent = protected("send", "a.p2kp", ".", "--workspace-password-file", "sandi", "--json").json()
    assert sent["sealed_for"] == ["Kota"]
    told = protected("protection", "a.p2kp", "--json").json()
    assert told["offices"] == ["Kota"]
    assert "Kota dengan kunci kantornya" in protected("protection", "a.p2kp").out

    refused = p2kp("protection", province.name, "office-open", "a.p2kp.kunci", "--recovery-file", "baru")
    assert (refused.code, "tersegel untuk Kota" in refused.err, Path("baru").exists()) == (1, True, False)
    opened = p2kp("protection", city.name, "office-open", "a.p2kp.kunci", "--recovery-file", "baru")
    assert (opened.code, opened.out, "Milik: Siti" in opened.err) == (0, "baru\n", True)
    assert Path("baru").read_text(encoding="utf-8") == Path("kata").read_text(encoding="utf-8")


def test_in_clear_is_one_word_away(p2kp, make_workspace, tmp_path):
    made = [make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",)),
            make_workspace()]
    recording.record(made[2], Household, RATNA)
    enrol_all(*made)
    sealed = p2kp("send", made[2].name, tmp_path)
    assert (sealed.out.endswith(".segel\n"), "Disegel untuk Kota" in sealed.err) == (True, True)
    assert p2kp("send", made[2].name, tmp_path, "--in-clear", "--full").out.endswith(".xlsx\n")
    assert p2kp("receive", made[1].name, sealed.out.strip()).code == 0
    assert p2kp("receive", made[0].name, sealed.out.strip()).code == 1
