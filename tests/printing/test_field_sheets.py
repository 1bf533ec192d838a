"""Sheets for the field: corrections, what is missing, what to verify, what is handed over."""

import pytest

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.review import comments, handing_in, verification
from p2kp_desktop.forms import Household, Resident, RtSurvey
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import catalogue, making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.printing.sheets.verification import sample
from p2kp_desktop.schema.printed_code import read_code, short_code
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import views
from tests.conftest import KELURAHAN
from tests.printing.looking import bare, codes_of, letters_of, outside, pages_of
from tests.records import YEAR, save

LONG = "Raden Mas Muhammad Sukarman Sulaiman Abdurrahman Wahid"
HERE = Scope(KELURAHAN, "014/005", YEAR)
SHEETS = ("correction", "missing", "verification", "handover")


@pytest.fixture
def district(make_workspace):
    return make_workspace("Ani", role="district", regions=("16.71",))


@pytest.fixture
def returned(district):
    record = save(district, rt="014/005", head_name=LONG, roof=None, building="7")
    save(district, rt="014/005")
    verification.give_back(district, record, comment="Dinding belakang rusak menurut foto.", about=Household.wall.key)
    return record


def test_a_correction_sheet_has_the_comment_beside_the_answer_and_room(district, returned):
    made = making.make(district, "correction", Asked(HERE))
    letters = letters_of(made.pdf)
    assert bare("Dinding belakang rusak menurut foto.") in letters
    assert letters.index("10Kondisidindingterluas") < letters.index("a·Baik") < letters.index(
        "Dindingbelakangrusak") < letters.index("bRusak")
    assert "9Kondisiatapterluas" in letters  # nobody answered it
    assert "11Jenislantaiterluas" not in letters  # nothing is asked about it
    assert bare(LONG) not in letters
    code = read_code(*codes_of(made.pdf))
    assert (code.id, code.document) == (returned, "correction")
    assert [*made.document.versions] == [("household", returned)]


def test_a_correction_sheet_of_a_record_without_doubts_says_so_and_a_preview_counts_all(district, returned):
    sound = save(district, rt="014/005", head_name="Sari", building="8")
    made = making.make(district, "correction", Asked(HERE, form="household", records=(sound, returned), preview=True))
    assert bare("Tidak ada jawaban yang dipertanyakan.") in letters_of(made.pdf)
    assert made.document.whole == 2


def test_without_anything_returned_there_is_no_correction_sheet(workspace):
    save(workspace, rt="014/005")
    with pytest.raises(Trouble, match="dikembalikan"):
        making.make(workspace, "correction", Asked(HERE))


def test_what_is_missing_in_an_rt_is_listed(workspace):
    for number, outcome in ((1, None), (2, "didata"), (3, "kosong")):
        save(workspace, Resident, rt="014/005", line=number, house_number=f"Blok {number}", head_name=LONG,
             outcome=outcome, household=None, note=None)
    gap = save(workspace, rt="014/005", building="1", roof=None, water_source=None)
    save(workspace, rt="014/005", building="4")
    save(workspace, RtSurvey, rt="014/005", buildings=60)
    asked = Asked(HERE)
    made = making.make(workspace, "missing", asked)
    letters = letters_of(made.pdf)
    assert "Blok1" in letters
    assert "Blok2" not in letters
    assert "Blok3" not in letters
    assert bare("Bangunan tanpa data rumah tangga 58") in letters
    assert bare("Nomor bangunan yang terlewat 2, 3") in letters
    assert bare(f"{short_code(gap)} 9, 12") in letters
    assert bare(LONG) not in letters
    named = letters_of(making.make(workspace, "missing", Asked(HERE, names=True, reason="kunjungan")).pdf)
    assert bare(LONG) in named


def test_each_rt_of_a_kelurahan_has_its_list_of_what_is_missing(workspace):
    for rt in ("014/005", "015/005"):
        save(workspace, rt=rt)
    pages = pages_of(making.make(workspace, "missing", Asked(Scope(KELURAHAN, None, YEAR))).pdf)
    assert ["RT 014" in pages[0], "RT 015" in pages[1]] == [True, True]


def test_a_verification_sheet_asks_what_is_seen_at_some_houses(workspace):
    records = [save(workspace, rt="014/005", building=str(number)) for number in range(40)]
    made = making.make(workspace, "verification", Asked(HERE))
    letters = letters_of(made.pdf)
    chosen = [each for each in records if bare(short_code(each)) in letters]
    assert len(chosen) == 4
    assert letters.count("10Kondisidindingterluas") == 4
    assert letters_of(making.make(workspace, "verification", Asked(HERE)).pdf) == letters  # the same lot
    five = letters_of(making.make(workspace, "verification", Asked(HERE, count=5)).pdf)
    assert sum(bare(short_code(each)) in five for each in records) == 5


def test_houses_that_were_handed_in_are_verified_first(workspace):
    records = [save(workspace, rt="014/005") for _number in range(8)]
    handing_in.submit(workspace, ids=records[5:7])
    with workspace.asking() as connection:
        houses = list(views.found(connection, Household, views.Where(area=KELURAHAN)))
    assert {each.id for each in sample(houses, 2)} == {*records[5:7]}


def test_a_hand_over_sheet_says_what_is_in_it_and_its_digest(workspace):
    for _number in range(3):
        save(workspace, rt="014/005")
    letters = letters_of(making.make(workspace, "handover", Asked()).pdf)
    assert bare(f"{Household.title} 3") in letters
    assert soundness.digest(workspace) in letters


@pytest.mark.parametrize("sheet", [A4, F4], ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("name", [*SHEETS, "record"])
@pytest.mark.parametrize("often", [12, 200])
def test_nothing_is_cut_of_long_names_and_texts(district, returned, name, sheet, often):
    comments.reply(district, returned, Household.roof.key, "Atap bagian dapur bocor bila hujan deras. " * often)
    asked = Asked(HERE, sheet=sheet, names=True, reason="kunjungan")
    pdf = making.make(district, name, asked).pdf
    assert outside(pdf) == []
    if name in ("correction", "record"):
        assert letters_of(pdf).count("dapur") == often


def test_the_sheets_are_named_for_scripts():
    names = {each["name"] for each in catalogue.described()}
    assert {*SHEETS, "record", "blank:household"} <= names
