"""`p2kp solve`: the contract's shape, prices from a file, and what is said beside it."""

import json

import pytest

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.cli import main
from p2kp_desktop.forms.price import Price
from tests.checked_rt import CHEAPEST, PRICES, price, recap
from tests.conftest import KELURAHAN

KEYS = {"proved", "cost", "total", "level", "works"}
OF_ONE = {"rt", "criterion", "volume", "unit", "cost"}
SYMBOLS = {"meter": "m", "kk": "KK", "unit": "unit"}


@pytest.fixture
def file(workspace):
    """Give the file of a workspace with the checked RT, and no price."""
    recap(workspace)
    workspace.close()
    return workspace.name


@pytest.fixture
def prices(tmp_path):
    path = tmp_path / "harga.csv"
    rows = [f"{number},{SYMBOLS[unit]},{amount},2026,uji" for number, (unit, amount) in PRICES.items()]
    path.write_text("\n".join(["criterion,unit,price,year,source", *rows]), encoding="utf-8")
    return path


def solved(capsys, *words, code=0):
    assert main(["solve", *map(str, words), "--json"]) == code
    out = capsys.readouterr()
    return json.loads(out.out), out.err


def test_the_answer_has_the_shape_of_the_contract(file, prices, capsys):
    found, said = solved(capsys, file, "--rt", "14/5", "--region", KELURAHAN, "--prices", prices)
    assert set(found) == KEYS
    assert {frozenset(each) for each in found["works"]} == {frozenset(OF_ONE)}
    assert (found["proved"], found["cost"], found["total"], found["level"]) == (True, CHEAPEST, 15, "tidak_kumuh")
    assert found["works"][0] == {"rt": "014/005", "criterion": "2b", "volume": 2, "unit": "m", "cost": 900_000}
    assert "Terbukti" in said
    assert "**" not in said


def test_without_prices_the_cost_is_null_and_the_fewest_units_are_given(file, capsys):
    found, said = solved(capsys, file)
    assert found["cost"] is None
    assert [(each["criterion"], each["volume"], each["cost"]) for each in found["works"]] == [
        ("2b", 2, None), ("3a", 1, None), ("7b", 3, None)]
    assert "belum ditaksir" in said


def test_a_volume_is_the_margin_itself_to_the_last_centimetre(workspace, capsys):
    recap(workspace, drainase_ideal_m="200.12", missing_drain_m="200.12")
    workspace.close()
    found, _said = solved(capsys, workspace.name, "--below", 1)
    assert {each["criterion"]: each["volume"] for each in found["works"]}["4b"] == 150.11


def test_a_budget_and_another_total(file, prices, capsys):
    assert solved(capsys, file, "--prices", prices, "--budget", CHEAPEST)[0]["cost"] == CHEAPEST
    assert solved(capsys, file, "--prices", prices, "--budget", CHEAPEST - 1)[0]["works"] == []
    assert solved(capsys, file, "--prices", prices, "--below", 22)[0] == {
        "proved": True, "cost": 0, "total": 21, "level": "ringan", "works": []}
    more, _said = solved(capsys, file, "--prices", prices, "--margin", "1", "--extra", "12.5")
    assert more["total"] < 15
    assert "Q06" in solved(capsys, file, "--budget", "5", code=1)[1]


def test_works_of_several_villages_name_theirs(make_workspace, prices, capsys):
    city = make_workspace("Kota", "district", ("16.71",))
    recap(city)
    recap(city, region="16.71.01.1002")
    city.close()
    found, _said = solved(capsys, city.name, "--prices", prices)
    assert {each["region"] for each in found["works"]} == {KELURAHAN, "16.71.01.1002"}
    assert found["cost"] == 2 * CHEAPEST


def test_people_read_sentences_and_works(file, prices, capsys):
    assert main(["solve", file, "--prices", str(prices)]) == 0
    said = capsys.readouterr().out
    assert "Paling murah agar di bawah 16: Rp2.550.000" in said
    assert "2b Kualitas permukaan jalan lingkungan: 2 m, skor 3 → 1, Rp900.000" in said


@pytest.mark.parametrize(("row", "column"), [
    ("2b,KK,450000,2026,uji", "unit"), ("9z,m,450000,2026,uji", "criterion"), ("2b,m,gratis,2026,uji", "price"),
    ("2b,m,450000,tahun ini,uji", "year"),
])
def test_a_price_that_cannot_be_read_stops_it_and_is_named(file, prices, capsys, row, column):
    prices.write_text(f"{prices.read_text(encoding='utf-8')}\n{row}\n", encoding="utf-8")
    _found, said = solved(capsys, file, "--prices", prices, code=1)
    assert f"Baris 7, kolom {column}" in said
    assert "Q07" in said


def test_prices_may_be_written_as_in_indonesia(file, prices, capsys):
    text = prices.read_text(encoding="utf-8").replace(",", ";").replace("450000", "450.000")
    prices.write_text(text, encoding="utf-8")
    assert solved(capsys, file, "--prices", prices)[0]["cost"] == CHEAPEST
    assert "S01" in solved(capsys, file, "--prices", prices.with_name("tiada.csv"), code=1)[1]


@pytest.mark.parametrize("words", [["--below", "-1"], ["--budget", "5x"], ["--extra", "-3"], ["--margin", "1.5"]])
def test_strange_numbers_are_wrong_use(file, words):
    with pytest.raises(SystemExit) as stopped:
        main(["solve", file, *words])
    assert stopped.value.code == 2


def test_the_price_list_of_the_workspace_counts_and_both_lists_are_reports(make_workspace, capsys):
    workspace = make_workspace("Ani")
    recap(workspace)
    price(workspace, "2b", "meter", 450_000)
    recording.record(workspace, Price, {"criterion": "c3a", "unit": "kk", "price": 150_000, "year": 2025,
                                        "source": "SHS 2025", "work": "Sambungan rumah"})
    workspace.close()
    assert main(["report", "works", workspace.name, "-"]) == 0
    works = json.loads(capsys.readouterr().out)
    assert [(each["code"], each["volume"], each["cost"]) for each in works["rows"]] == [
        ("2b", 28, 12_600_000), ("3a", 4, 600_000)]  # rather than extinguishers of which nobody knows the price
    assert works["sums"]["cost"] == 13_200_000
    assert main(["report", "ways", workspace.name, "-"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["after"] == 15
    assert main(["report", "prices", workspace.name, "-"]) == 0
    prices = {each["code"]: each for each in json.loads(capsys.readouterr().out)["rows"]}
    assert (prices["2b"]["price"], prices["2b"]["unit"], prices["1a"]["price"]) == (450_000, "m", None)
    assert prices["3a"]["kind"] == "Sambungan rumah"


def test_a_price_that_cannot_be_is_told_with_its_line(file, tmp_path, capsys):
    path = tmp_path / "harga.csv"
    path.write_text("criterion,unit,price,year,source\n2b,m,450000000000000,2026,uji\n", encoding="utf-8")
    assert main(["solve", str(file), "--budget", "1", "--prices", str(path)]) == 1
    assert "Baris 2, kolom price: Paling banyak 1.000.000.000.000." in capsys.readouterr().err
