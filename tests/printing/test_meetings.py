"""Meetings on paper: lists to sign, invitations with their number, minutes, the official record."""

import re

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.printing.documents import letter_numbers
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.offices import Office, Signatory
from p2kp_desktop.printing.pages.paper import A4, F4

from .papers import KELURAHAN, LONG_NAME, a_meeting, printed, words

_SEVEN = ("bappeda", "opd", "bkm", "tokoh", "perempuan", "warga", "bank")


@pytest.mark.parametrize("sheet", [A4, F4], ids=lambda sheet: sheet.name)
def test_a_hundred_and_five_people_have_a_page_for_each_element(workspace, sheet):
    a_meeting(workspace, people=105, elements=_SEVEN)
    pages = words(printed(workspace, "attendance", "m", names=True, sheet=sheet))
    of = [re.search(r"Unsur: (.+?) No Nama", page) for page in pages]
    assert [found[1] for found in of if found] == [
        "Bappeda", "OPD/dinas/SKPD lain", "BKM/LKM", "Tokoh masyarakat", "Kelompok perempuan", "Perbankan", "Warga"]
    whole = " ".join(pages)
    for element in _SEVEN:
        for number in range(15):
            assert whole.count(f"{element} orang {number:03d}") == 1
    assert whole.count("Jumlah: L 7 P 8 MBR 5") == 7
    assert "warga orang 003 L PKK Anggota RT 012 081200000003 4." in whole
    assert len(pages) == 7
    assert all("No Nama L/P Instansi/unsur Jabatan Alamat/RT No. HP Tanda tangan" in page for page in pages)


def test_without_names_the_list_is_blank_and_long_enough(workspace):
    a_meeting(workspace, people=20)
    whole = " ".join(words(printed(workspace, "attendance", "m")))
    assert "orang 0" not in whole
    assert " 25. " in f" {whole} "
    assert "Jumlah: L …" in whole
    assert " 60. " in " ".join(words(printed(workspace, "attendance", "m", count=55)))


def test_odd_numbers_sign_left_and_even_ones_right(workspace):
    a_meeting(workspace)
    [table] = [each for each in printed(workspace, "attendance", "m").data["blocks"] if each["kind"] == "table"]
    sides = [row[-1]["side"] for row in table["groups"][0]["rows"]]
    assert sides[:4] == ["odd", "even", "odd", "even"]


def test_an_invitation_has_the_office_s_number_agenda_and_signatory(workspace):
    offices.keep(workspace, Office(
        lines=("PEMERINTAH KOTA PALEMBANG", "KELURAHAN TIGA-PULUH-LIMA ILIR"), town="Palembang",
        signatories=(Signatory("Lurah", "Drs. Suparman", "19700101 199003 1 001"),),
        numbering="{no}/KEL/{bulan}/{tahun}"))
    a_meeting(workspace, people=20)
    letter, guests = words(printed(workspace, "invitation", "m"))
    today = environment.today()
    number = letter_numbers.of(workspace, "invitation", "m")
    assert number.startswith("001/KEL/")
    assert number.endswith(str(today.year))
    for said in ("PEMERINTAH KOTA PALEMBANG", f"Nomor : {number}", "daftar undangan terlampir",
                 "Kamis, 3 Desember 2026", "Balai RT 012", "1. Pembukaan 2. Pembahasan 3. Kesepakatan", "Drs. Suparman",
                 "NIP 19700101 199003 1 001"):
        assert said in letter
    assert f"Lampiran undangan nomor {number}" in guests
    assert "1 Warga 20" in guests


def test_a_letter_keeps_the_number_it_was_given(workspace):
    a_meeting(workspace)
    assert letter_numbers.of(workspace, "invitation", "m") == ""  # the office does not number its letters yet
    offices.keep(workspace, Office(numbering="{no}/A"))
    assert letter_numbers.of(workspace, "invitation", "m") == "001/A"
    assert letter_numbers.of(workspace, "official_record", "m") == "002/A"
    offices.keep(workspace, Office(numbering="{no}/B"))
    assert letter_numbers.of(workspace, "invitation", "m") == "001/A"
    assert letter_numbers.of(workspace, "invitation", "n") == "003/B"
    offices.keep(workspace, Office(numbering="{no}/B", first=41))  # what the office's own register has used
    assert [letter_numbers.of(workspace, "invitation", each) for each in ("o", "p")] == ["041/B", "042/B"]


def test_looking_at_a_letter_takes_no_number(workspace):
    offices.keep(workspace, Office(numbering="{no}/A"))
    a_meeting(workspace)
    assert "Nomor : 001/A" in words(printed(workspace, "invitation", "m", preview=True))[0]
    assert "Nomor 001/A" in words(printed(workspace, "official_record", "m"))[0]
    assert "Nomor : 002/A" in words(printed(workspace, "invitation", "m"))[0]


def test_minutes_have_what_offices_expect_in_its_order(workspace):
    a_meeting(workspace, people=20, purpose="Mencegah banjir", results="Disepakati.", opened_by="Ibu Lurah",
              opener_post="Lurah")
    whole = " ".join(words(printed(workspace, "minutes", "m")))
    order = ["NOTULEN", "Kamis, 3 Desember 2026", "19.30", "Balai RT 012", LONG_NAME,
             "20 orang: laki-laki 10, perempuan", "Jadwal", "Pembahasan",
             "Pertemuan dibuka oleh Ibu Lurah, Lurah.", "Mencegah banjir",
             "Memasang papan larangan", "30 Desember 2026", "Kesimpulan", "Disepakati."]
    places = [whole.index(said) for said in order]
    assert places == sorted(places)


def test_the_official_record_counts_in_words_and_names_witnesses(workspace):
    a_meeting(workspace, people=21, elements=("warga", "tokoh", "bkm"))
    whole = " ".join(words(printed(workspace, "official_record", "m")))
    assert "Dihadiri oleh 21 (dua puluh satu) orang" in whole
    assert "1. Memasang papan larangan" in whole
    assert whole.index("Saksi-saksi") < whole.index("Tokoh masyarakat") < whole.index("Mengetahui")
    assert "Lurah Tiga-puluh-lima Ilir" in whole


def test_the_record_of_the_city_is_signed_by_its_pokja(workspace):
    a_meeting(workspace, level="kota")
    whole = " ".join(words(printed(workspace, "official_record", "m")))
    assert "Ketua Pokja PKP" in whole
    assert "Lurah" not in whole


def test_priorities_list_the_needs_and_leave_their_order_to_residents(workspace):
    a_meeting(workspace)
    recording.record(workspace, Need, {
        "id": "n", "region": KELURAHAN, "rt": "012/003", "criterion": "c2b", "what": "Memperbaiki jalan setapak",
        "volume": 140, "unit_name": "meter"})
    [page] = words(printed(workspace, "priorities", "m"))
    assert "Memperbaiki jalan setapak RT 012 / RW 03 140" in page
    assert "Ketua RW" in page
