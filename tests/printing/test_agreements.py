"""An agreement on paper: what residents sign says what the records say, on whole pages."""

import re

import pytest

from p2kp_desktop.actions.community import agreement_steps, agreements, printed_agreements
from p2kp_desktop.actions.community.printed_agreements import Present
from p2kp_desktop.actions.recording import printed_codes, recording
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.forms.meeting import Decision, Meeting
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import making
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.schema.printed_code import read_code

from .looking import codes_of
from .papers import LONG_NAME, a_meeting, an_agreement, printed, words


def test_the_sheets_say_what_the_records_say(workspace):
    an_agreement(workspace, signers=[("tipp", "Zainal Abidin"), ("lurah", "Drs. Suparman")])
    a_meeting(workspace, people=10)
    first, *others = words(printed(workspace, "agreement", "ab"))
    for said in ("TEPIAN MUSI", "Nomor AB-03 · versi 1", "RT 012 / RW 03, RT 013 / RW 03", "Kecamatan Ilir Barat Dua",
                 "Kota Palembang", "Kamis, 3 Desember 2026", "Parit tersumbat.", "I. DRAINASE", "Kegiatan ke-1",
                 "Faktual 2.", "Ideal 2.", "Aturan nomor 2.", "Sanksi: Sanksi 1.", f"Penanggung jawab: {LONG_NAME}"):
        assert said in first
    whole = " ".join([first, *others])
    assert whole.index("Yang bersepakat") < whole.index("Ketua TIPP") < whole.index("Mengetahui") < whole.index(
        "Drs. Suparman") < whole.index("BERITA ACARA REMBUG WARGA") < whole.index("DAFTAR HADIR")
    assert "(mengetahui)" not in whole


def test_the_record_of_the_rembug_has_its_numbers_in_words(workspace):
    an_agreement(workspace, men=35, women=29, mbr=41)
    a_meeting(workspace)
    whole = " ".join(words(printed(workspace, "agreement", "ab")))
    assert ("Pada hari ini Kamis, tanggal tiga bulan Desember tahun dua ribu dua puluh enam, bertempat di Balai RT 012"
            in whole)
    assert ("Dihadiri oleh 64 (enam puluh empat) orang: laki-laki 35 (tiga puluh lima) orang, perempuan 29 (dua puluh "
            "sembilan) orang; di antaranya MBR 41 (empat puluh satu) orang" in whole)
    assert "yang memuat 2 (dua) pasal dalam 1 (satu) aspek" in whole


def test_what_nobody_recorded_is_left_to_fill_in_and_nothing_is_made_up(workspace):
    an_agreement(workspace, clauses=0)
    whole = " ".join(words(printed(workspace, "agreement", "ab")))
    assert "Dihadiri oleh ………… orang".replace("…………", "…" * 12) in whole
    for place in ("Ketua TIPP", "Koordinator BKM", "Ketua RT 012 / RW 03", "Ketua RT 013 / RW 03", "Ketua RW",
                  "Tokoh masyarakat", "Lurah/kepala desa", "Camat"):
        assert place in whole


@pytest.mark.parametrize("sheet", [A4, F4], ids=lambda sheet: sheet.name)
def test_forty_clauses_keep_their_heads_and_nothing_is_lost(workspace, sheet):
    an_agreement(workspace, clauses=40, signers=[("ketua_rt", f"{LONG_NAME} {place}") for place in range(20)])
    pages = words(printed(workspace, "agreement", "ab", sheet=sheet))
    whole = " ".join(pages)
    for number in range(1, 41):
        assert f"Kegiatan ke-{number} " in whole
        assert whole.count(f"Aturan nomor {number}.") == 1
    of_clauses = [page for page in pages if "Aturan nomor" in page]
    assert len(of_clauses) > 3
    assert all("KEGIATAN YANG DIATUR KONDISI FAKTUAL" in page for page in of_clauses)
    assert all(re.search(r"Halaman \d+ dari \d+", page) for page in pages)


def test_signatures_stand_with_what_is_signed(workspace):
    an_agreement(workspace, clauses=40, signers=[("ketua_rt", f"Warga {place:02d}") for place in range(40)])
    pages = [page for page in words(printed(workspace, "agreement", "ab")) if re.search(r"Warga \d\d", page)]
    assert len(pages) > 1
    assert all("Aturan Bersama AB-03 «Tepian Musi» versi 1" in page for page in pages)
    names = [name for page in pages for name in re.findall(r"Warga \d\d", page)]
    assert names == [f"Warga {place:02d}" for place in range(40)]


def test_the_record_of_the_rembug_is_signed_on_the_page_of_its_points(workspace):
    an_agreement(workspace, background="Latar. " * 500)
    a_meeting(workspace, purpose="x")
    [page] = [page for page in words(printed(workspace, "official_record", "m")) if "Saksi-saksi" in page]
    assert "Hal-hal yang disepakati: 1. Memasang papan larangan" in page


def test_a_word_wider_than_its_column_is_broken_inside_it(workspace):
    long = "Mempertanggungjawabkan" + "keberlanjutan" * 9
    an_agreement(workspace, clauses=1)
    recording.record(workspace, Clause, {"id": "c1", "factual": long, "ideal": "Mempertanggungjawabkan"})
    first = words(printed(workspace, "agreement", "ab"))[0]
    assert long not in first
    assert long in re.sub(r"[^a-zM]", "", first)


def test_every_page_carries_its_own_code(workspace):
    an_agreement(workspace)
    made = printed(workspace, "agreement", "ab")
    found = read_code(made.data["code"][""])
    assert (found.form, found.id, found.document, found.version, found.page) == ("agreement", "ab", "rules", 1, 1)
    drawn = [each for codes in made.data["codes"].values() for each in codes]
    assert len({*drawn}) == len(drawn) >= len(words(made))
    assert found.short in words(made)[-1]


@pytest.mark.parametrize("clauses", [1, 30])
def test_a_photo_of_the_list_of_who_came_is_never_taken_for_the_signed_page(workspace, clauses):
    an_agreement(workspace, clauses=clauses)
    a_meeting(workspace, people=60, elements=("warga", "tokoh"))
    made = printed(workspace, "agreement", "ab", names=True)
    told = []
    for number, page in enumerate(words(made)):
        [code] = [read_code(each) for each in codes_of(made.pdf, number)]
        kind = "attendance" if "DAFTAR HADIR" in page or "Tanda tangan Alamat" in page else code.document
        assert code.document == kind
        told.append((code.document, code.page))
    kinds = [*dict.fromkeys(kind for kind, _page in told)]
    assert kinds == ["rules", "rembug", "attendance"]
    assert [page for _kind, page in told] == [
        place for kind in kinds for place in range(1, 1 + sum(each == kind for each, _page in told))]


def test_a_printed_version_is_known_and_an_older_one_says_so(workspace):
    an_agreement(workspace)
    assert agreements.whole(workspace, "ab").printed is None
    made = printed(workspace, "agreement", "ab")
    making.note(workspace, made, 5)
    once = agreements.whole(workspace, "ab").printed
    assert once.is_true
    assert re.fullmatch(r"dicetak \d+ \w+ \d{4}, versi 1", once.words)
    recording.record(workspace, Agreement, {"id": "ab", "stage": "disepakati", "agreed": "2026-12-03", "men": 30})
    assert agreements.whole(workspace, "ab").printed.is_true  # signing it leaves the sheet true
    recording.record(workspace, Clause, {"id": "c1", "rule": "Lain."})
    assert "sebelum teksnya diubah" in agreements.whole(workspace, "ab").printed.words
    agreement_steps.begin_version(workspace, "ab", "2026-12-05")
    assert agreements.whole(workspace, "ab").printed.answered.words == "Lembar ini memuat versi 1; sekarang versi 2."


def test_a_code_read_from_a_sheet_says_whether_it_is_the_present_version(workspace, make_workspace):
    an_agreement(workspace)
    code = read_code(printed(workspace, "agreement", "ab").data["code"][""])
    sheet = printed_agreements.PrintedVersion(code.version, code.digest)

    def asked(of):
        with of.asking() as connection:
            return printed_agreements.answered(connection, code.id, sheet).present

    assert asked(workspace) is Present.SAME
    recording.record(workspace, Clause, {"id": "c2", "rule": "Lain."})
    assert asked(workspace) is Present.CHANGED
    recording.record(workspace, Agreement, {"id": "ab", "version": 2})
    assert asked(workspace) is Present.OLDER
    assert asked(make_workspace("lain")) is Present.GONE


def test_a_photo_of_what_was_printed_is_of_the_present_version_until_its_text_changes(workspace):
    an_agreement(workspace)
    a_meeting(workspace)
    code = read_code(printed(workspace, "agreement", "ab").data["code"][""])
    minutes = read_code(printed(workspace, "official_record", "m").data["code"][""])

    def now(form, code):
        with workspace.asking() as connection:
            return printed_codes.digest_now(connection, form, code.id, code.document)

    assert (code.digest, minutes.digest) == (now(Agreement, code), now(Meeting, minutes))
    recording.record(workspace, Clause, {"id": "c2", "rule": "Lain.", "responsible": "Lain"})
    recording.record(workspace, Decision, {"id": "d", "text": "Lain."})
    assert code.digest != now(Agreement, code)
    assert minutes.digest != now(Meeting, minutes)


def test_who_is_responsible_leaves_a_printed_agreement_true(workspace):
    """An office that received it without names finds the same."""
    an_agreement(workspace)
    making.note(workspace, printed(workspace, "agreement", "ab"), 4)
    recording.record(workspace, Clause, {"id": "c1", "responsible": "Lain"})
    assert agreements.whole(workspace, "ab").printed.is_true


def test_the_board_shows_rules_large_and_names_nobody(workspace):
    an_agreement(workspace, clauses=40, signers=[("tipp", "Zainal Abidin")])
    made = printed(workspace, "board", "ab")
    whole = " ".join(words(made))
    assert made.data["size"] >= 16
    assert "Aturan nomor 40." in whole
    assert LONG_NAME not in whole
    assert "Zainal" not in whole


def test_a_paper_of_one_record_asks_for_it(workspace):
    with pytest.raises(Trouble, match="Belum disebut catatan"):
        making.make(workspace, "agreement", making.Asked())
    with pytest.raises(Trouble, match="tidak ada di ruang kerja"):
        printed(workspace, "agreement", "tidak-ada")
