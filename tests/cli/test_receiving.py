"""p2kp receive: many bundles, folders, rehearsals in words and as JSON."""

import shutil

from .conftest import init
from .test_journey import A_HOUSEHOLD, put, send

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
    assert [list(each) for each in results] == [KEYS] * 4
    assert [each["new"] for each in results] == [1, 0, 0, 0]
    assert [each["identical"] for each in results] == [0, 0, 1, 1]
    assert [bool(each["error"]) for each in results] == [False, True, False, False]
    for each in results:
        assert each["read"] == sum(each[key] for key in KEYS[2:8])


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
