"""Files that are no bundles, and power cuts: a sentence, exit 1, nothing half done."""

import os
import random
import subprocess
import sys
import time
import zipfile

import openpyxl
import pytest

from tests.conftest import DEEP

from .conftest import ROOT, init, start

HOUSEHOLDS = [{"rt": f"{n % 5 + 1}/1", "head_name": f"Kepala {n}", "kk_count": 1} for n in range(400)]


@pytest.fixture
def sent(p2kp, tmp_path):
    """Give a sound bundle of 400 households; its sender lies beside it."""
    file = init(p2kp, "pengirim")
    p2kp("records", file, "put", "household", "--all-or-nothing", lines=HOUSEHOLDS)
    return tmp_path / p2kp("send", file, ".", "--json").json()["path"]


_written = []


@pytest.fixture
def bundle(request, tmp_path):
    """Give such a bundle alone, written once for the tests of a process."""
    if not _written:
        _written.append(request.getfixturevalue("sent").read_bytes())
    path = tmp_path / "paket.xlsx"
    path.write_bytes(_written[0])
    return path


def a_truncated_bundle(bundle, target):
    target.write_bytes(bundle.read_bytes()[:-2000])


def an_empty_file(_bundle, target):
    target.write_bytes(b"")


def a_foreign_workbook(_bundle, target):
    book = openpyxl.Workbook()
    book.active.append(["Harga cabai", 45000])
    book.save(target)


def a_renamed_letter(_bundle, target):
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
                         'package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/'
                         'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        package.writestr("word/document.xml", "<w/>")


def a_workbook_with_macros(bundle, target):
    with zipfile.ZipFile(bundle) as sound, zipfile.ZipFile(target, "w") as package:
        for part in sound.namelist():
            package.writestr(part, sound.read(part))
        package.writestr("xl/vbaProject.bin", b"macro")


def a_million_phantom_rows(_bundle, target):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["a"])
    book.save(target)
    with zipfile.ZipFile(target) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(2, 1_000_001))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)


def a_text_file(_bundle, target):
    target.write_text("Yth. Bapak Lurah", encoding="utf-8")


@pytest.mark.parametrize(
    "made",
    [a_truncated_bundle, an_empty_file, a_foreign_workbook, a_renamed_letter, a_workbook_with_macros,
     a_million_phantom_rows, a_text_file],
    ids=lambda made: made.__name__,
)
def test_a_file_that_is_no_sound_bundle_gets_a_sentence_and_changes_nothing(p2kp, tmp_path, bundle, made):
    file = init(p2kp, "kota", "district", "16.71")
    before = p2kp("digest", file).out
    made(bundle, tmp_path / "kiriman.xlsx")
    ran = p2kp("receive", file, "kiriman.xlsx", "--json")
    (result,) = ran.json()["bundles"]
    assert (ran.code, result["read"]) == (1, 0)
    assert "(Kode B" in result["error"]
    assert "Data Anda aman" in result["error"]
    assert p2kp("digest", file).out == before


def test_a_bad_file_among_good_ones_stops_none_of_them(p2kp, tmp_path, bundle):
    file = init(p2kp, "kota", "district", "16.71")
    a_text_file(bundle, tmp_path / "surat.xlsx")
    ran = p2kp("receive", file, "surat.xlsx", bundle, "tidak-ada.xlsx", "--json")
    assert ran.code == 1
    bad, good, missing = ran.json()["bundles"]
    assert (bool(bad["error"]), good["new"], good["error"], bool(missing["error"])) == (True, 400, None, True)


def test_a_receipt_killed_at_any_moment_is_whole_or_never_was(p2kp, tmp_path, bundle):
    done = init(p2kp, "tuntas", "district", "16.71")
    assert p2kp("receive", done, bundle).code == 0
    after = p2kp("digest", done).out
    file = init(p2kp, "kota", "district", "16.71")
    before = p2kp("digest", file).out
    dice = random.Random(7)
    seen = set()
    for _ in range(6):
        run = start("receive", file, bundle, folder=tmp_path)
        time.sleep(dice.uniform(0.4, 1.6))
        run.kill()
        run.communicate()
        assert p2kp("check", file, "--json").json() == {"ok": True, "problems": []}
        seen.add(p2kp("digest", file).out)
    assert seen <= {before, after}


def test_a_cell_edited_in_a_spreadsheet_is_seen_named_and_not_taken_over(p2kp, tmp_path, sent):
    book = openpyxl.load_workbook(sent)
    sheet = book["Rumah Tangga"] if "Rumah Tangga" in book.sheetnames else book[book.sheetnames[1]]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Kepala 7")
    cell.value = "Orang Lain"
    book.save(tmp_path / "diubah.xlsx")
    file = init(p2kp, "kota", "district", "16.71")
    ran = p2kp("receive", file, "diubah.xlsx", "--json")
    (result,) = ran.json()["bundles"]
    assert (ran.code, result["new"], result["rejected"], result["edited_outside"]) == (0, 399, 1, 1)
    assert cell.coordinate in ran.err
    assert "Orang Lain" in ran.err
    names = {record.get("head_name") for record in p2kp("records", file, "get", "household").lines()}
    assert names == {None, *(each["head_name"] for each in HOUSEHOLDS)} - {"Kepala 7"}
    assert p2kp("receive", file, sent).code == 0
    names = {record.get("head_name") for record in p2kp("records", file, "get", "household").lines()}
    assert names == {each["head_name"] for each in HOUSEHOLDS}
    assert p2kp("digest", file).out == p2kp("digest", "pengirim.p2kp").out


def test_a_workspace_with_flipped_bytes_is_found_damaged_or_unharmed_and_never_crashes(p2kp, tmp_path):
    file = init(p2kp, "kota", "district", "16.71")
    lines = [{**each, "region": "16.71.01.1001"} for each in HOUSEHOLDS]
    p2kp("records", file, "put", "household", "--all-or-nothing", lines=lines)
    sound, digest = (tmp_path / file).read_bytes(), p2kp("digest", file).out
    dice = random.Random(11)
    found = 0
    for number in range(60 if DEEP else 24):
        harmed = bytearray(sound)
        for _ in range(3):
            harmed[dice.randrange(100, len(harmed))] ^= 1 << dice.randrange(8)
        name = f"rusak{number}.p2kp"
        (tmp_path / name).write_bytes(harmed)
        ran = p2kp("check", name, "--json")
        assert ran.code in (0, 1)
        assert ran.json()["ok"] == (ran.code == 0)
        found += ran.code
        if ran.code == 0:  # what the check passes holds what was recorded
            assert p2kp("digest", name).out == digest
    assert found > (20 if DEEP else 8)


@pytest.mark.parametrize(
    "line",
    ['{"rt": "1/1", "kk_count": NaN}\n', '{"rt": "1/1", "kk_count": Infinity}\n', '{"rt": "1/1", "kk_count": 1e400}\n',
     '{"rt": "1/1", "kk_count": ' + "9" * 5000 + "}\n", "[" * 100_000 + "\n", '{"rt": "1/1", "id": "a\\u0000b"}\n',
     '{"rt": "1/1", "id": "' + "x" * 300 + '"}\n', '{"rt": "1/1", "head_name": "caf\udce9"}\n',
     '{"rt": "1/1", "floor_length": "1,2,3"}\n', '{"rt": "1/1", "survey_date": "2026-02-30"}\n'],
    ids=range(10),
)
def test_a_hostile_line_is_refused_in_words(p2kp, line):
    file = init(p2kp, "faskel")
    ran = p2kp("records", file, "put", "household", lines=[line])
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Baris 1: ")
    assert len(ran.err) < 7000


@pytest.mark.parametrize(
    "name",
    ["=1+1", "_x0041_", "+62 811", "@siapa", "'petik", "Ali\nBaba", "👨‍👩‍👧 Keluarga", "\ud83d", "a\x00b", "  tepi  ",
     "x" * 40_000, "Ñandú \u0301", "007", "TRUE", "1E+15", "\u202eterbalik"],
    ids=range(16),
)
def test_any_name_arrives_as_it_was_recorded(p2kp, name):
    file, kota = init(p2kp, "faskel"), init(p2kp, "kota", "district", "16.71")
    p2kp("records", file, "put", "household", lines=[{"rt": "1/1", "head_name": name}])
    ran = p2kp("receive", kota, p2kp("send", file, ".", "--json").json()["path"], "--json")
    assert ran.json()["bundles"][0]["new"] == 1, ran.err
    assert p2kp("digest", kota).out == p2kp("digest", file).out
    assert p2kp("records", kota, "get", "household").out == p2kp("records", file, "get", "household").out


def test_a_workspace_killed_in_its_first_session_opens_again(p2kp, tmp_path):
    script = (
        "import os, signal; from p2kp_desktop.actions.common import workspaces;"
        "from p2kp_desktop.actions.recording import recording;"
        "from p2kp_desktop.forms.household import Household;"
        "w = workspaces.init('baru.p2kp', role='facilitator', name='Siti', regions=['16.71.01.1001']);"
        "recording.record(w, Household, {'rt': '1/1', 'head_name': 'Ali'});"
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"  # either ends a process of Windows at once
    )
    settings = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=settings, check=False)
    assert p2kp("check", "baru.p2kp").code == 0
    assert [record["head_name"] for record in p2kp("records", "baru.p2kp", "get", "household").lines()] == ["Ali"]
