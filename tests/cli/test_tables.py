"""p2kp template and p2kp import."""

from openpyxl import load_workbook

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
    assert rehearsed.json() == {"rows": 2, "new": 2, "updated": 0, "rejected": 0, "warnings": []}
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
    assert all(words in done.err for words in ("Rumah Tangga", "«z»", "bukan pilihan", "a Tidak bocor"))


def test_a_template_never_overwrites_a_file(p2kp):
    assert p2kp("template", "rt", "t.xlsx").code == 0
    assert p2kp("template", "rt", "t.xlsx").code == 1


def test_a_bundle_is_no_table_to_import_but_comes_in_all_the_same(p2kp, tmp_path):
    name, other = init(p2kp, "a"), init(p2kp, "b")
    p2kp("records", name, "put", "household", lines=[{"rt": "1/1", "head_name": "Siti"}])
    path = p2kp("send", name, tmp_path).out.strip()
    assert p2kp("import", other, "household", path, "--json").json()["new"] == 1
