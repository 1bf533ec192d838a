"""What is printed of the office: kept with the workspace, checked before it is kept."""

import io

import pytest
from PIL import Image

from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import making
from p2kp_desktop.printing.figures.tables import of_table
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.offices import Office, Signatory
from p2kp_desktop.printing.pages.paper import F4
from p2kp_desktop.reports import catalogue as reports
from p2kp_desktop.schema.table import Scope

from .papers import a_meeting, printed, words


def picture(kind, width=40, height=60):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(out, format=kind)
    return out.getvalue()


WHOLE = Office(("PEMERINTAH KOTA PALEMBANG", "KELURAHAN LIMA ILIR"), offices.logo_of(picture("JPEG")), "Palembang",
               (Signatory("Lurah", "Drs. Suparman", "19700101"),), "{no}/KEL/{bulan}/{tahun}", 41, F4)


def test_an_office_is_kept_and_read_back_whole(workspace):
    offices.keep(workspace, WHOLE)
    assert offices.office(workspace) == WHOLE


def test_its_json_sets_what_it_names_and_leaves_the_rest():
    assert offices.changed(Office(logo=WHOLE.logo), {
        key: value for key, value in offices.to_json(WHOLE).items() if key != "logo"}) == WHOLE
    assert offices.changed(WHOLE, {"town": " Prabumulih "}).town == "Prabumulih"
    assert offices.changed(WHOLE, {"town": "x"}).lines == WHOLE.lines


@pytest.mark.parametrize(("told", "said"), [
    ({"numbering": "KEL/2026"}, "harus memuat {no}"), ({"lines": ["a"] * 7}, "paling banyak 6 baris"),
    ({"lines": ["a" * 121]}, "terlalu panjang"), ({"paper": "a3"}, "«a3» tidak dikenal"), ({"telp": "1"}, "«telp»"),
    ({"first": "nol"}, "nomor surat pertama"), ({"first": 0}, "nomor surat pertama"),
    ({"signatories": [{"nama": "x"}]}, "jabatan, nama, dan NIP"), ({"signatories": "x"}, "sebagai daftar"),
])
def test_what_paper_cannot_say_is_refused_in_words(told, said):
    with pytest.raises(Trouble, match="tetap ada") as trouble:
        offices.changed(Office(), told)
    assert said in trouble.value.what


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_made_small_and_plain(kind):
    made = offices.logo_of(picture(kind, 3000, 1500))
    with Image.open(io.BytesIO(made)) as found:
        assert (found.format, found.size, found.info) == ("PNG", (600, 300), {})


@pytest.mark.parametrize(("content", "said"), [
    (picture("GIF"), "bukan gambar PNG atau JPEG"), (b"%PDF-1.7", "bukan gambar PNG atau JPEG"),
    (b"", "bukan gambar PNG atau JPEG"), (picture("JPEG", 900, 900)[:2000], "rusak"),
    (picture("PNG")[:60], "rusak"), (b"x" * (offices.LARGEST_LOGO + 1), "terlalu besar"),
    (picture("PNG", 9000, 5000), "terlalu besar"),
])
def test_what_is_no_logo_is_refused_in_words(content, said):
    with pytest.raises(Trouble) as trouble:
        offices.logo_of(content)
    assert said in trouble.value.what


def test_the_letterhead_stands_on_letters_with_its_logo(workspace):
    offices.keep(workspace, WHOLE)
    a_meeting(workspace)
    made = printed(workspace, "minutes", "m")
    assert "KELURAHAN LIMA ILIR" in words(made)[0]
    assert made.files["logo"] == WHOLE.logo


@pytest.mark.parametrize("name", ["rt", "household", "agreements"])
def test_a_report_begins_below_the_letterhead_on_the_same_page(workspace, name):
    offices.keep(workspace, WHOLE)
    table = reports.make(workspace, name, Scope())
    made = making.set_out(workspace, name, making.Asked(), of_table(table))
    assert "KELURAHAN LIMA ILIR" in words(made)[0]
    assert table.title in words(made)[0]
