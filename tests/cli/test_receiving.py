"""p2kp receive: many bundles, folders, rehearsals in words and as JSON."""

import os
import shutil

import openpyxl
import pytest

from tests.cli.words import A_HOUSEHOLD, put, send

from .conftest import init

KEYS = ["file", "read", "new", "updated", "identical", "older", "conflict", "rejected", "edited_outside", "error"]


def test_a_folder_stands_for_its_bundles_and_the_shape_is_the_contract(p2kp, tmp_path):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    put(p2kp, ali, "household", A_HOUSEHOLD)
    path = send(p2kp, ali)
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    shutil.copy(tmp_path / path, inbox / "paket (1).xlsx")
    (inbox / "surat.xlsx").write_text("Yth.", encoding="utf-8")
    ran = p2kp("receive", kota, "masuk", path, path, "--json")
    assert ran.code == 1
    results = ran.json()["bundles"]
    assert [list(each) for each in results] == [[*KEYS, "notes", "gaps", "quarantined"]] * 4
    assert [each["new"] for each in results] == [1, 0, 0, 0]
    assert [each["identical"] for each in results] == [0, 0, 1, 1]
    assert [bool(each["error"]) for each in results] == [False, True, False, False]
    for each in results:
        assert each["read"] == sum(each[key] for key in KEYS[2:8])


def test_what_is_to_be_known_of_a_bundle_is_in_the_document_too(p2kp, tmp_path):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    put(p2kp, ali, "household", A_HOUSEHOLD)
    book = openpyxl.load_workbook(tmp_path / send(p2kp, ali))
    book["Rumah Tangga"]["B9"] = "Jumlah"
    book.save(tmp_path / "diubah.xlsx")
    (result,) = p2kp("receive", kota, "diubah.xlsx", "--json").json()["bundles"]
    assert result["notes"] == ["Lembar «Rumah Tangga» baris 9 ditambahkan di luar program."]
    assert result["gaps"] == []


def test_a_folder_without_bundles_says_so(p2kp, tmp_path):
    kota = init(p2kp, "kota", "district", "16.71")
    (tmp_path / "masuk").mkdir()
    ran = p2kp("receive", kota, "masuk")
    assert ran.code == 0
    assert "tidak ada berkas .xlsx" in ran.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_is_refused_and_not_waited_for(p2kp, tmp_path):
    kota = init(p2kp, "kota", "district", "16.71")
    os.mkfifo(tmp_path / "pipa.xlsx")
    for more in ((), ("--rehearse",)):
        ran = p2kp("receive", kota, "pipa.xlsx", *more)
        assert ran.code == 1
        assert "bukan berkas biasa" in ran.err


def test_a_rehearsal_takes_cells_over_too(p2kp, tmp_path):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    put(p2kp, ali, "household", A_HOUSEHOLD | {"kk_count": 1})
    path = send(p2kp, ali)
    p2kp("receive", kota, path)
    book = openpyxl.load_workbook(tmp_path / path)
    keys = {cell.value: cell.column for cell in book["Rumah Tangga"][1]}
    book["Rumah Tangga"].cell(4, keys["kk_count"]).value = 5
    book.save(tmp_path / "diubah.xlsx")
    accepting = ("--accept-edited", "--reason", "ditanyakan", "--json")
    (told,) = p2kp("receive", kota, "diubah.xlsx", "--rehearse", *accepting).json()["bundles"]
    assert (told["updated"], [change["after"] for change in told["changes"]]) == (1, [5])
    (done,) = p2kp("receive", kota, "diubah.xlsx", *accepting).json()["bundles"]
    assert (done["updated"], done["rejected"]) == (1, 0)
    (again,) = p2kp("receive", kota, "diubah.xlsx", *accepting).json()["bundles"]
    assert (again["older"], again["edited_outside"]) == (1, 1)


def test_a_rehearsal_of_many_files_tells_totals_and_writes_nothing(p2kp, tmp_path):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    (household,) = put(p2kp, ali, "household", A_HOUSEHOLD | {"rt": "14/5", "head_name": "Siti"})
    first = send(p2kp, ali)
    put(p2kp, ali, "household", {"id": household, "kk_count": 4})
    second = send(p2kp, ali)
    before = p2kp("digest", kota).out
    told = p2kp("receive", kota, first, second, first, "--rehearse", "--json").json()
    one, two, three = told["bundles"]
    assert (one["new"], two["updated"], three["older"] + three["identical"]) == (1, 1, 1)
    (change,) = two["changes"]
    assert (change["question"], change["after"]) == ("kk_count", 4)
    assert [(total["rt"], total["before"], total["after"]["households"]) for total in told["totals"]] == [
        ("014/005", None, 1)
    ]
    assert p2kp("digest", kota).out == before
    assert sorted(path.name for path in tmp_path.glob("*kota*")) == ["kota.p2kp"]
    words = p2kp("receive", kota, first, second, "--rehearse").out
    assert "1 dibaca = 1 baru" in words
    assert "Siti (RT 014/005" in words
    assert "→ 4 KK" in words
    assert "RT 014/005" in words.splitlines()[-2]
    assert words.splitlines()[-1] == "Gladi: tidak ada yang ditulis."


def test_receiving_backs_up_first_and_keeps_the_file(p2kp, tmp_path):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    put(p2kp, ali, "household", A_HOUSEHOLD)
    path = send(p2kp, ali)
    assert p2kp("receive", kota, path).code == 0
    (kept,) = (tmp_path / "Berkas masuk kota").iterdir()
    assert kept.read_bytes() == (tmp_path / path).read_bytes()
    assert len(list((tmp_path / "Cadangan kota").glob("*.p2kp"))) == 1
