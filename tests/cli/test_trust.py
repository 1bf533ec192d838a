"""Rehearsals, decisions, passwords, bundles without names, backups: through the command line."""

import shutil
import zipfile

import openpyxl
import pytest

from tests.cli.words import A_HOUSEHOLD, put, receive, send

from .conftest import init


def two_laptops_in_conflict(p2kp):
    ali, budi = init(p2kp, "ali"), init(p2kp, "budi")
    (household,) = put(p2kp, ali, "household", A_HOUSEHOLD)
    receive(p2kp, budi, send(p2kp, ali))
    put(p2kp, ali, "household", {"id": household, "kk_count": 2, "roof": "a"})
    put(p2kp, budi, "household", {"id": household, "kk_count": 3, "wall": "b"})
    return ali, budi, household


def test_a_rehearsal_says_what_would_change_and_writes_nothing(p2kp):
    ali, budi, _ = two_laptops_in_conflict(p2kp)
    before = p2kp("digest", ali).out
    (rehearsed,) = p2kp("receive", ali, send(p2kp, budi), "--rehearse", "--json").json()["bundles"]
    assert (rehearsed["read"], rehearsed["conflict"]) == (1, 1)
    changes = {change["question"]: (change["before"], change["after"]) for change in rehearsed["changes"]}
    assert changes["wall"] == (None, "rusak")
    assert changes.keys() <= {"wall", "kk_count"}
    assert p2kp("digest", ali).out == before
    assert p2kp("conflicts", ali, "--json").json() == {"conflicts": []}


def test_a_settled_conflict_travels_and_is_settled_everywhere(p2kp):
    ali, budi, household = two_laptops_in_conflict(p2kp)
    receive(p2kp, ali, send(p2kp, budi))
    assert len(p2kp("conflicts", ali, "--json").json()["conflicts"]) == 1
    ran = p2kp("conflicts", ali, "settle", household, "kk_count", "--take", "3", "--reason", "ditanya lagi")
    assert ran.code == 0, ran.err
    receive(p2kp, budi, send(p2kp, ali))
    assert p2kp("conflicts", budi, "--json").json() == {"conflicts": []}
    (record,) = p2kp("records", budi, "get", "household").lines()
    assert (record["kk_count"], record["roof"], record["wall"]) == (3, "tidak_bocor", "rusak")
    assert p2kp("digest", ali).out == p2kp("digest", budi).out
    again = p2kp("conflicts", ali, "settle", household, "kk_count", "--take", "3", "--reason", "x")
    assert again.code == 1
    assert "sudah diselesaikan" in again.err


def test_a_bundle_behind_a_password_opens_with_it_alone(p2kp, tmp_path):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    put(p2kp, ali, "household", A_HOUSEHOLD)
    (tmp_path / "sandi.txt").write_text("rahasia 7\n", encoding="utf-8")
    (tmp_path / "salah.txt").write_text("lain\n", encoding="utf-8")
    path = p2kp("send", ali, ".", "--password-file", "sandi.txt", "--json").json()["path"]
    assert not zipfile.is_zipfile(tmp_path / path)
    for words in ((), ("--password-file", "salah.txt")):
        ran = p2kp("receive", kota, path, *words, "--json")
        assert (ran.code, ran.json()["bundles"][0]["read"]) == (1, 0)
        assert "sandi" in ran.json()["bundles"][0]["error"]
    ran = p2kp("receive", kota, path, "--password-file", "sandi.txt", "--json")
    assert (ran.code, ran.json()["bundles"][0]["new"]) == (0, 1)
    assert p2kp("digest", ali).out == p2kp("digest", kota).out


def test_a_bundle_without_names_holds_none_in_any_part(p2kp, tmp_path):
    ali, province = init(p2kp, "ali"), init(p2kp, "prov", "province", "16")
    given = {"head_name": "Xaverius Unik", "nik": "1671010101809999", "interviewer": "Zulkarnain Langka"}
    (household,) = put(p2kp, ali, "household", A_HOUSEHOLD | given)
    put(p2kp, ali, "household", {"id": household, "head_name": "Xaverius Unik Dua"})
    put(p2kp, ali, "rt", {"rt": "14/5", "head_name": "Wawan Rahasia", "phone": "0812999777"})
    path = p2kp("send", ali, ".", "--without-names", "--to", "province", "--json").json()["path"]
    with zipfile.ZipFile(tmp_path / path) as package:
        content = "\n".join(package.read(part).decode("utf-8", "replace") for part in package.namelist())
    for secret in ("Xaverius", "1671010101809999", "Zulkarnain", "Wawan", "0812999777"):
        assert secret not in content
    assert receive(p2kp, province, path).json()["bundles"][0]["new"] == 2
    full = send(p2kp, ali)
    assert receive(p2kp, province, full).code == 0
    assert p2kp("digest", province).out == p2kp("digest", ali).out


def test_a_backup_is_checked_and_brings_back_what_was(p2kp, tmp_path):
    file = init(p2kp, "ali")
    (household,) = put(p2kp, file, "household", A_HOUSEHOLD)
    before = p2kp("digest", file).out
    backup = p2kp("backup", file).out.strip()
    put(p2kp, file, "household", {"id": household, "kk_count": 9})
    ran = p2kp("restore", backup, file)
    assert ran.code == 0, ran.err
    assert p2kp("digest", file).out == before
    saved = ran.err.split(" di ")[1].strip().rstrip(".")
    assert (tmp_path / saved).is_file()
    put(p2kp, file, "household", {"id": household, "kk_count": 8})
    assert p2kp("check", file).code == 0
    other = init(p2kp, "kota", "district", "16.71")
    receive(p2kp, other, send(p2kp, file))
    p2kp("restore", saved, "lama.p2kp")
    receive(p2kp, other, send(p2kp, "lama.p2kp"))
    (conflict,) = p2kp("conflicts", other, "--json").json()["conflicts"]
    assert {value["value"] for value in conflict["values"]} == {8, 9}


@pytest.mark.parametrize("content", [b"", b"surat", None])
def test_a_backup_that_is_none_replaces_nothing(p2kp, tmp_path, content):
    file = init(p2kp, "ali")
    put(p2kp, file, "household", A_HOUSEHOLD)
    before = p2kp("digest", file).out
    if content is not None:
        (tmp_path / "cadangan.p2kp").write_bytes(content)
    assert p2kp("restore", "cadangan.p2kp", file).code == 1
    assert p2kp("digest", file).out == before


def test_a_cell_edited_in_a_spreadsheet_is_taken_over_only_with_a_reason_and_as_an_edit(p2kp, tmp_path):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    put(p2kp, ali, "household", A_HOUSEHOLD)
    path = send(p2kp, ali)
    book = openpyxl.load_workbook(tmp_path / path)
    cell = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "Siti")
    cell.value = "Siti Aminah"
    book.save(tmp_path / "diubah.xlsx")
    assert p2kp("receive", kota, "diubah.xlsx", "--accept-edited").code == 2
    ran = p2kp("receive", kota, "diubah.xlsx", "--accept-edited", "--reason", "salah tulis", "--json")
    (result,) = ran.json()["bundles"]
    assert (result["new"], result["rejected"], result["edited_outside"]) == (1, 0, 1)
    (record,) = p2kp("records", kota, "get", "household").lines()
    assert record["head_name"] == "Siti Aminah"
    receive(p2kp, kota, path)
    (conflict,) = p2kp("conflicts", kota, "--json").json()["conflicts"]
    assert {value["value"] for value in conflict["values"]} == {"Siti", "Siti Aminah"}
    assert p2kp("check", kota).code == 0


def test_a_check_of_an_older_copy_says_that_the_last_saves_are_not_in_it(p2kp):
    ali = init(p2kp, "ali")
    put(p2kp, ali, "household", A_HOUSEHOLD)
    shutil.copyfile(ali, "salinan.p2kp")
    put(p2kp, ali, "household", A_HOUSEHOLD, A_HOUSEHOLD)
    ran = p2kp("check", "salinan.p2kp")
    assert (ran.code, "Utuh" in ran.out) == (0, False)
    assert "2 simpanan tidak ada di dalamnya" in ran.out
    document = p2kp("check", "salinan.p2kp", "--json").json()
    assert (document["ok"], document["problems"], len(document["remarks"])) == (True, [], 1)
    shutil.copyfile("salinan.p2kp", ali)  # now the file itself is some saves short
    assert p2kp("check", ali).code == 1
