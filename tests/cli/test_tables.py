"""p2kp template and p2kp import."""

import pytest
from openpyxl import Workbook, load_workbook

from p2kp_desktop.actions.importing import column_matchings, layouts
from p2kp_desktop.forms import Household
from p2kp_desktop.store import open_workspace

from .conftest import init


def fill(path, *rows):
    book = load_workbook(path)
    sheet = book.worksheets[1]
    keys = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, start=4):
        for key, value in row.items():
            sheet.cell(number, keys.index(key) + 1, value)
    book.save(path)


def test_a_template_is_filled_rehearsed_and_imported(p2kp):
    name = init(p2kp, "a")
    assert p2kp("template", "household", "t.xlsx").code == 0
    fill("t.xlsx", {"rt": "014/005", "head_name": "Siti", "kk_count": 1}, {"rt": "014/005", "head_name": "Budi"})
    rehearsed = p2kp("import", name, "household", "t.xlsx", "--rehearse", "--json")
    assert rehearsed.json() == {
        "rows": 2, "new": 2, "updated": 0, "identical": 0, "skipped": 0, "rejected": 0, "warnings": [],
        "errors": [],
    }
    assert "Gladi: belum ada yang berubah." in rehearsed.err
    assert p2kp("records", name, "get", "household").lines() == []
    assert p2kp("import", name, "household", "t.xlsx", "--json").json()["new"] == 2
    again = p2kp("import", name, "household", "t.xlsx", "--json").json()
    assert (again["new"], again["updated"]) == (0, 0)
    assert {each["head_name"] for each in p2kp("records", name, "get", "household").lines()} == {"Siti", "Budi"}


def test_what_cannot_be_read_is_named_by_cell_and_the_rest_comes_in(p2kp):
    name = init(p2kp, "a")
    p2kp("template", "household", "t.xlsx")
    fill("t.xlsx", {"rt": "014/005", "head_name": "Siti", "roof": "z"}, {"rt": "014/005", "head_name": "Budi"})
    done = p2kp("import", name, "household", "t.xlsx", "--json")
    assert (done.code, done.json()["rejected"], done.json()["new"]) == (1, 1, 1)
    assert all(words in done.err for words in ("Rumah Tangga", "«z»", "bukan pilihan", "a Tidak bocor", "(Kode X22)"))
    assert "Baris yang ditolak tidak mengubah apa pun." in done.err
    (error,) = done.json()["errors"]
    assert (error["cell"][-1], error["value"], error["question"], error["code"]) == ("4", "z", "roof", "X22")
    assert all(error[key] in done.err for key in ("sheet", "cell", "rule", "remedy"))


def test_a_template_never_overwrites_a_file(p2kp):
    assert p2kp("template", "rt", "t.xlsx").code == 0
    assert p2kp("template", "rt", "t.xlsx").code == 1


def test_a_template_goes_into_a_folder_that_exists_and_is_a_workbook(p2kp):
    nowhere, other = p2kp("template", "rt", "tidak/ada.xlsx"), p2kp("template", "rt", "t.csv")
    assert (nowhere.code, "Folder tidak tidak ada" in nowhere.err) == (1, True)
    assert "paket" not in nowhere.err.casefold()
    assert (other.code, ".xlsx" in other.err) == (1, True)


def test_a_bundle_is_no_table_to_import_but_comes_in_all_the_same(p2kp, tmp_path):
    name, other = init(p2kp, "a"), init(p2kp, "b")
    p2kp("records", name, "put", "household", lines=[{"rt": "1/1", "head_name": "Siti"}])
    path = p2kp("send", name, tmp_path).out.strip()
    assert p2kp("import", other, "household", path, "--json").json()["new"] == 1


HEADINGS = ["RT/RW", "Nama KK", "Laki", "Pr", "Banyaknya keluarga", "Keterangan"]


def houses(path, *rows, headings=HEADINGS):
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_the_counts_add_up_in_json_and_in_words(p2kp):
    name = init(p2kp, "a")
    houses("a.xlsx", ["14/5", "Siti", 1, 2, 1], ["14/5", "Budi", 1, 1, 1], ["14/5", "Andi", "dua", 1, 1])
    p2kp("import", name, "household", "a.xlsx")
    (siti,) = (each for each in p2kp("records", name, "get", "household").lines() if each["head_name"] == "Siti")
    p2kp("records", name, "delete", "household", siti["id"], "--reason", "dua kali")
    rows = (["14/5", "Siti", 1, 2], ["14/5", "Budi", 1, 1], ["14/5", "Andi", "dua", 1], ["14/5", "Yusuf", 4, 4])
    houses("a.xlsx", *rows)
    told = p2kp("import", name, "household", "a.xlsx", "--rehearse")
    assert told.out.strip() == "4 baris: 1 baru, 0 diperbarui, 1 sama, 1 dilewati, 1 ditolak."
    done = p2kp("import", name, "household", "a.xlsx", "--json").json()
    parts = [done[key] for key in ("new", "updated", "identical", "skipped", "rejected")]
    assert (done["rows"], parts) == (4, [1, 0, 1, 1, 1])


def test_columns_that_are_not_read_and_likely_duplicates_are_warnings(p2kp):
    name = init(p2kp, "a")
    p2kp("records", name, "put", "household", lines=[{"rt": "14/5", "head_name": "Siti Aminah"}])
    houses("a.xlsx", ["14/5", "Hj. Siti Aminah", 1, 2, 1, "janda"], ["14/5", "Budi", 1, 1], ["14/5", "H. Budi", 1, 1])
    warnings = p2kp("import", name, "household", "a.xlsx", "--rehearse", "--json").json()["warnings"]
    assert any("Kolom F «Keterangan»" in warning for warning in warnings)
    assert any("Baris 2 (Hj. Siti Aminah) mungkin sama dengan Siti Aminah" in warning for warning in warnings)
    assert any("Baris 4 (H. Budi) mungkin sama dengan baris 3 · Budi" in warning for warning in warnings)


def test_the_columns_that_a_person_gave_to_questions_in_the_window_are_known_here(p2kp, tmp_path):
    name = init(p2kp, "a")
    path = houses(tmp_path / "a.xlsx", ["14/5", "Siti", 1, 2, 3])
    with open_workspace(tmp_path / name) as workspace:
        (plan,) = layouts.plans_of(workspace, layouts.of_file(path), layouts.WantedLayout(Household))
        column_matchings.keep_matching(workspace, plan.matched.corrected(4, "kk_count"))
    p2kp("import", name, "household", "a.xlsx")
    assert [each["kk_count"] for each in p2kp("records", name, "get", "household").lines()] == [3]


def verified(p2kp):
    """Return a workspace of an office in which the recap of RT 14/5 is verified, with 100 buildings."""
    name = init(p2kp, "kantor", role="district")
    recap = {"rt": "14/5", "luas_ha": 1, "bangunan": 100, "penduduk": 40, "kk": 10, "jalan_ideal_m": 5,
             "drainase_ideal_m": 5}
    asked = p2kp("forms", "rt_recap", "--json").json()["questions"]
    volumes = [each["key"] for each in asked if each["number"] and not each["number"].startswith("2016")]
    p2kp("records", name, "put", "rt_recap", lines=[recap | dict.fromkeys(volumes, 0)])
    assert p2kp("verify", name, "--rt", "14/5").code == 0
    houses("a.xlsx", ["014/005", 101], headings=["RT/RW", "bangunan"])
    return name


@pytest.mark.parametrize("words", [("--rehearse",), ()])
def test_a_verified_record_is_refused_by_cell_also_in_the_rehearsal(p2kp, words):
    name = verified(p2kp)
    refused = p2kp("import", name, "rt_recap", "a.xlsx", "--json", *words)
    assert (refused.code, refused.json()["rejected"], refused.json()["updated"]) == (1, 1, 0)
    assert all(word in refused.err for word in ("Sheet", "B2", "«101»", "diverifikasi", "--reason"))


def test_a_verified_record_changes_with_a_reason(p2kp):
    name = verified(p2kp)
    assert p2kp("import", name, "rt_recap", "a.xlsx", "--reason", "salah ketik", "--json").json()["updated"] == 1
    assert p2kp("records", name, "get", "rt_recap").lines()[0]["bangunan"] == 101


@pytest.mark.parametrize(("file", "content"), [("a.xlsx", None), ("a.csv", b""), ("a.xls", b"x"), ("a.xlsx", b"JPEG")])
def test_a_trouble_is_one_json_document_too(p2kp, tmp_path, file, content):
    name = init(p2kp, "a")
    if content is not None:
        (tmp_path / file).write_bytes(content)
    told = p2kp("import", name, "household", file, "--json")
    assert (told.code, told.json()["error"]) == (1, told.err.strip())
    assert "paket" not in told.err.casefold()


def test_a_csv_is_imported_like_a_workbook(p2kp, tmp_path):
    name = init(p2kp, "a")
    (tmp_path / "a.csv").write_text("RT;RW;Nama KK;L;P\n014;005;Siti;1;2\n", "utf-8")
    assert p2kp("import", name, "household", "a.csv", "--json").json()["new"] == 1
    assert [each["rt"] for each in p2kp("records", name, "get", "household").lines()] == ["014/005"]


def test_a_workbook_without_anything_in_it_says_so(p2kp):
    name = init(p2kp, "a")
    Workbook().save("kosong.xlsx")
    done = p2kp("import", name, "household", "kosong.xlsx")
    assert (done.code, "tidak berisi apa pun" in done.err, "I09" in done.err) == (1, True, True)


def test_a_table_of_unknown_columns_is_refused_until_they_are_said_to_be_needless(p2kp, tmp_path):
    file = init(p2kp, "Siti")
    made = Workbook()
    made.active.append(["Nama KK", "RT/RW", *(f"grup_{at}/butir_{at}x" for at in range(9))])
    made.active.append(["Siti", "14/5", *range(9)])
    made.save(tmp_path / "asing.xlsx")
    told = p2kp("import", file, "household", "asing.xlsx")
    assert (told.code, told.out) == (1, "")
    assert "2 dari 11 terbaca. Yang tidak: C «grup_0/butir_0x»" in told.err
    assert "--answer kolom=abaikan" in told.err
    assert p2kp("records", file, "get", "household").lines() == []
    done = p2kp("import", file, "household", "asing.xlsx", "--answer", "kolom=abaikan", "--json")
    assert (done.code, done.json()["new"]) == (0, 1)


def test_a_sheet_that_names_two_rts_is_asked_about(p2kp, tmp_path):
    file = init(p2kp, "Siti")
    made = Workbook()
    made.active.title = "DATA RT 02"
    for row in (["RT 05 RW 03"], ["No", "Nama KK", "L", "P"], [1, "Siti", 1, 2]):
        made.active.append(row)
    made.save(tmp_path / "a.xlsx")
    told = p2kp("import", file, "household", "a.xlsx")
    assert told.code == 1
    assert "RT 002 (nama lembar «DATA RT 02»); RT 005/003 (A1 «RT 05 RW 03»)" in told.err
    assert p2kp("import", file, "household", "a.xlsx", "--rt", "5/3").code == 0
