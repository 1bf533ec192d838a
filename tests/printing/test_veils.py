"""Paper without names: whoever is planted in a private answer stands on no sheet, whatever it is printed from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import recording, saves
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.printing import making, writing
from p2kp_desktop.printing.pages import veils
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.schema.table_words import words

from .papers import KELURAHAN, a_meeting
from .pdf_text import pages_of, plain

NAME, NIK, NOTE = "Qaxuzo Vexiqa", "1671064101800001", "Wezuqi"
PRINTED = ("houses", "contributions", "causes", "doubles", "resident_list", "unvisited", "household", "resident",
           "comment", "comments", "waiting", "left_before", "edition_records", "rule_breakers")
WHOLE = Scope(KELURAHAN)


@pytest.fixture
def planted(workspace):
    """Give a workspace with one house, its line of the residents' list and a comment on it."""
    recording.record(workspace, Household, {
        "id": "h", "region": KELURAHAN, "rt": "014/005", "head_name": NAME, "nik": NIK, "kk_count": 1,
        "latitude": "-2.98", "longitude": "104.77", "water_source": "a"})
    recording.record(workspace, Household, {
        "id": "g", "region": KELURAHAN, "rt": "014/005", "head_name": NAME, "nik": NIK, "kk_count": 1})
    recording.record(workspace, Resident, {
        "id": "r", "region": KELURAHAN, "rt": "014/005", "head_name": NAME, "note": NOTE, "household": "h", "line": 1})
    recording.record(workspace, Resident, {
        "id": "s", "region": KELURAHAN, "rt": "014/005", "head_name": NAME, "note": NOTE, "line": 2})
    recording.record(workspace, Comment, {"id": "c", "parent": "h", "text": NOTE, "about": "nik"})
    return workspace


def text_of(workspace, what, **asked):
    return plain("".join(pages_of(making.make(workspace, what, Asked(**asked)).pdf)))


def told(text):
    return [each for each in (NAME, NIK, NOTE) if any(word in text for word in each.split())]


@pytest.mark.parametrize("name", PRINTED)
def test_a_report_on_paper_names_nobody_unless_somebody_says_why(planted, name):
    assert told(text_of(planted, f"report:{name}", scope=WHOLE)) == []


def test_a_list_with_names_needs_a_reason_and_has_them(planted):
    text = text_of(planted, "report:houses", scope=WHOLE, names=True, reason="kunjungan")
    assert told(text) == [NAME]
    assert "Q•••V•••" in text_of(planted, "report:houses", scope=WHOLE)


def test_a_list_saved_as_pdf_names_nobody(planted, tmp_path):
    writing.save_table(planted, catalogue.make(planted, "houses", WHOLE), tmp_path / "rumah.pdf")
    assert told(plain("".join(pages_of((tmp_path / "rumah.pdf").read_bytes())))) == []


def test_a_list_with_boxes_keeps_room_to_write_where_a_note_stood(planted):
    table = veils.veiled_table(catalogue.make(planted, "unvisited", WHOLE))
    line = next(iter(table.lines))
    assert words(table.column("note"), line) == ""
    assert words(table.column("name"), line) == "Q••• V•••"


@pytest.mark.parametrize("what", ["record", "correction"])
@pytest.mark.parametrize("history", [False, True])
def test_what_a_record_points_to_is_not_named_on_its_sheet(planted, what, history):
    for record in ("r", "c"):
        assert NAME.split()[0] not in text_of(planted, what, records=(record,), history=history)
    assert NAME.split()[0] in text_of(planted, "record", records=("r",), names=True, reason="rapat")


@pytest.mark.parametrize("what", ["record", "correction", "missing"])
def test_a_private_answer_that_nobody_understood_is_not_told(workspace, what):
    with saves.editing(workspace) as edits:  # as a bundle of a newer release brings it
        edits.save("household", "h", {"alive": 1, "region": KELURAHAN, "rt": "014/005", "period": "2026",
                                      "head_name": NAME, "latitude": NOTE, "longitude": "104.77"}, origin="x")
    asked = {} if what == "missing" else {"records": ("h",)}
    assert told(text_of(workspace, what, scope=Scope(KELURAHAN, "014/005", "2026"), **asked)) == []


def test_a_house_whose_coordinates_nobody_understood_stops_no_map_and_no_table(workspace):
    with saves.editing(workspace) as edits:
        edits.save("household", "h", {"alive": 1, "region": KELURAHAN, "rt": "014/005", "period": "2026",
                                      "head_name": NAME, "latitude": "entah", "longitude": "104.77"}, origin="x")
    scope = Scope(KELURAHAN, period="2026")
    assert making.make(workspace, "recap", Asked(scope)).pdf
    [line] = catalogue.make(workspace, "household", scope).lines
    assert catalogue.reports()["household"].put([line]).column("latitude").of(line) is None


def test_initials_keep_figures_and_places():
    assert veils.initials("Siti Nur-Aini binti H. Ali") == "S••• N••• b••• H••• A•••"
    assert veils.initials("RT 014/005") == "R••• 014/005"


def test_a_printed_resident_list_of_a_bundle_without_names_prints_too(planted, make_workspace, tmp_path):
    kota = make_workspace("Kota", "district", ("16.71",))
    receiving.receive(kota, sending.send(planted, tmp_path, withhold=True).path)
    for name in ("houses", "resident_list", "household"):
        assert told(text_of(kota, f"report:{name}", scope=WHOLE)) == []


def test_a_conflict_about_a_name_names_nobody_on_paper_and_one_about_water_says_both(
    planted, make_workspace, tmp_path
):
    other = make_workspace("Rekan")
    receiving.receive(other, sending.send(planted, tmp_path, to="facilitator").path)
    recording.record(other, Household, {"id": "h", "head_name": "Zuquwo Pixeto", "water_source": "b"})
    recording.record(planted, Household, {"id": "h", "head_name": "Xuqazi Vopexu", "water_source": "c"})
    receiving.receive(planted, sending.send(other, tmp_path, to="facilitator").path)
    text = text_of(planted, "report:conflicts", scope=WHOLE)
    assert not [word for word in ("Zuquwo", "Pixeto", "Xuqazi", "Vopexu") if word in text]
    assert "disamarkan" in text
    assert "Ledeng tanpa meteran".replace(" ", "") in text.replace(" ", "")
    named = text_of(planted, "report:conflicts", scope=WHOLE, names=True, reason="rapat")
    assert "Zuquwo" in named


WORD = st.text("abcdefghijklmnopqrstuvwxyzéü", min_size=3, max_size=12).map(str.capitalize).filter(
    lambda word: word.casefold() not in veils._CALLED | veils._BODIES)


@given(st.lists(WORD, min_size=2, max_size=4), st.text("abc .,;?!\n", max_size=20), st.text(" .,;)\n", max_size=9))
def test_a_whole_name_in_a_text_is_never_read_whatever_stands_around_it(name, before, after):
    here = veils.NamesHere(frozenset({" ".join(name)}))
    for written in (" ".join(name), " ".join(name).upper(), ". ".join(name)):
        told = here.hidden(f"{before} {written} {after}")
        assert not [word for word in name if re.search(rf"(?<!\w){word}(?!\w)", told, re.IGNORECASE)
                    and not re.search(rf"(?<!\w){word}(?!\w)", before, re.IGNORECASE)]


@given(WORD, WORD)
def test_of_ones_own_record_every_word_of_a_name_is_hidden_and_others_stay(first, second):
    told = veils.unnamed(f"Kata bapak {second}, 1671064101800001: parit di RT 014 tersumbat.", [f"{first} {second}"])
    assert second not in told.replace("•", "")
    assert told.startswith("Kata bapak ")
    assert told.endswith(", 1671••••••••0001: parit di RT 014 tersumbat.")


def test_a_single_word_of_a_neighbours_name_stays_for_it_may_be_a_street():
    here = veils.NamesHere(frozenset({"Melati Sukma Ayu"}))
    assert here.hidden("Jalan Melati; kata Sukma Ayu, dan bu SUKMA  AYU.") == (
        "Jalan Melati; kata S••• A•••, dan bu S•••  A•••.")


def test_an_office_where_a_name_was_asked_for_hides_no_word_of_a_form():
    here = veils.NamesHere(frozenset({"Ketua RT", "BKM Tepian Musi", "Dinas PUPR Kota", "Pak Budi Santoso"}))
    text = "Ketua RT 014, BKM Tepian Musi dan Dinas PUPR Kota"
    assert here.hidden(f"{text}: pak Budi Santoso") == f"{text}: pak B••• S•••"


SAYS = f"Kata {NAME}, parit bocor"


def test_what_people_type_of_a_house_does_not_name_who_lives_there(planted):
    first = NAME.split()[0]
    recording.record(planted, Comment, {"parent": "h", "text": f"Ibu {first} pindah", "about": "water_source"})
    recording.record(planted, Household, {"id": "h", "survey_date": "2026-08-31", "why.kk_count": f"{first} tinggal"})
    for what in ("record", "correction"):
        for history in (False, True):
            text = text_of(planted, what, records=("h",), history=history)
            assert not [word for word in NAME.split() if word in text]
            assert "IbuQ•••pindah" in text
    assert first in text_of(planted, "record", records=("h",), names=True, reason="rapat")


def test_a_meeting_says_who_led_it_and_not_which_neighbour_it_spoke_of(planted):
    a_meeting(planted, chair="Qaxuzo Vexiqa Muda", region=KELURAHAN, results=f"{SAYS}. Zuquwo Pixeto diam.")
    recording.record(planted, Resident, {"id": "z", "region": KELURAHAN, "rt": "014/005",
                                         "head_name": "Zuquwo Pixeto", "line": 9})
    text = text_of(planted, "minutes", records=("m",))
    assert "QaxuzoVexiqaMuda" in text
    assert "Zuquwo" not in text
    assert "Zuquwo" in text_of(planted, "minutes", records=("m",), names=True, reason="rapat")
