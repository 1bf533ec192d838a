"""Bundles as receipts: what an office has acknowledged is not sent again, and nothing is lost by that."""

from tests.cli.words import A_HOUSEHOLD, put, receive, send

from .conftest import init


def sent(p2kp, file, *words):
    ran = p2kp("send", file, ".", "--json", *words)
    assert ran.code == 0, ran.err
    return ran.json()


def test_without_a_receipt_everything_is_sent_again(p2kp):
    ali = init(p2kp, "ali")
    put(p2kp, ali, "household", A_HOUSEHOLD, A_HOUSEHOLD)
    assert sent(p2kp, ali)["records"] == sent(p2kp, ali)["records"] == 2


def test_after_a_return_bundle_only_news_is_sent(p2kp):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    first, _ = put(p2kp, ali, "household", A_HOUSEHOLD, A_HOUSEHOLD)
    receive(p2kp, kota, send(p2kp, ali))
    back = sent(p2kp, kota, "--to", "facilitator")
    receive(p2kp, ali, back["path"])
    assert sent(p2kp, ali)["records"] == 0
    put(p2kp, ali, "household", {"id": first, "kk_count": 3})
    news = sent(p2kp, ali)
    assert news["records"] == 1
    assert sent(p2kp, ali, "--full")["records"] == 2
    assert receive(p2kp, kota, news["path"]).json()["bundles"][0]["updated"] == 1
    assert p2kp("digest", kota).out == p2kp("digest", ali).out
    assert p2kp("check", kota).code == 0


def test_a_second_district_office_that_knows_less_gets_what_it_lacks(p2kp):
    ali, satu, dua = init(p2kp, "ali"), init(p2kp, "satu", "district", "16.71"), init(p2kp, "dua", "district", "16.71")
    put(p2kp, ali, "household", A_HOUSEHOLD)
    receive(p2kp, satu, send(p2kp, ali))
    receive(p2kp, ali, sent(p2kp, satu, "--to", "facilitator")["path"])
    put(p2kp, dua, "period", {"year": 2025})
    receive(p2kp, ali, sent(p2kp, dua, "--to", "facilitator")["path"])
    assert sent(p2kp, ali)["records"] >= 1


def test_news_that_arrive_before_what_they_build_on_name_the_gap_and_the_full_bundle_closes_it(p2kp):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    lain = init(p2kp, "lain", "district", "16.71")
    first, _ = put(p2kp, ali, "household", A_HOUSEHOLD, A_HOUSEHOLD)
    receive(p2kp, kota, send(p2kp, ali))
    receive(p2kp, ali, sent(p2kp, kota, "--to", "facilitator")["path"])
    put(p2kp, ali, "household", {"id": first, "kk_count": 3})
    ran = receive(p2kp, lain, sent(p2kp, ali)["path"])
    assert "belum diterima" in ran.err
    assert ran.json()["bundles"][0]["new"] == 1
    receive(p2kp, lain, sent(p2kp, ali, "--full")["path"])
    assert p2kp("digest", lain).out == p2kp("digest", ali).out
    assert p2kp("check", lain).code == 0


def test_a_redacted_bundle_is_no_reason_to_leave_names_out_of_the_next_full_one(p2kp):
    kota, prov = init(p2kp, "kota", "district"), init(p2kp, "prov", "province", "16")
    put(p2kp, kota, "household", A_HOUSEHOLD)
    receive(p2kp, prov, sent(p2kp, kota, "--without-names")["path"])
    put(p2kp, prov, "period", {"year": 2025})
    receive(p2kp, kota, sent(p2kp, prov, "--to", "district")["path"])
    full = sent(p2kp, kota)
    assert full["records"] >= 1
    receive(p2kp, prov, full["path"])
    assert p2kp("records", prov, "get", "household").lines()[0]["head_name"] == "Siti"


def test_what_was_saved_here_of_another_kelurahan_goes_along_and_is_said(p2kp):
    ali, kota = init(p2kp, "ali"), init(p2kp, "kota", "district", "16.71")
    put(p2kp, ali, "household", A_HOUSEHOLD | {"region": "16.71.01.1002"})
    ran = p2kp("send", ali, ".", "--json")
    assert ran.json()["records"] == 1
    assert "Termasuk 1 catatan di luar wilayah" in ran.err
    asked = p2kp("send", ali, ".", "--region", "16.71.01.1003", "--json")
    assert asked.json()["records"] == 0
    assert "masih ada 1 catatan" in asked.err
    receive(p2kp, kota, ran.json()["path"])
    assert p2kp("digest", kota).out == p2kp("digest", ali).out
    receive(p2kp, ali, sent(p2kp, kota, "--to", "facilitator")["path"])
    assert sent(p2kp, ali)["records"] == 0
    assert sent(p2kp, ali, "--full")["records"] == 1


def test_bundles_in_the_order_three_two_one_leave_no_gap(p2kp):
    ali, satu = init(p2kp, "ali"), init(p2kp, "satu", "district", "16.71")
    paths = []
    for _ in range(3):
        put(p2kp, ali, "household", A_HOUSEHOLD)
        paths.append(send(p2kp, ali))
        receive(p2kp, satu, paths[-1])
        receive(p2kp, ali, sent(p2kp, satu, "--to", "facilitator")["path"])
    dua = init(p2kp, "dua", "district", "16.71")
    assert "belum diterima" in receive(p2kp, dua, paths[2]).err
    assert "belum diterima" in receive(p2kp, dua, paths[1]).err
    assert receive(p2kp, dua, paths[0]).err == ""
    assert receive(p2kp, dua, *reversed(paths)).err == ""
    receive(p2kp, ali, sent(p2kp, dua, "--to", "facilitator")["path"])
    assert sent(p2kp, ali)["records"] == 0
