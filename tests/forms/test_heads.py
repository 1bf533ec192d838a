"""The NIK of a household's head is judged by its structure and by who lives in the house: only ever a warning."""

from dataclasses import replace

import pytest

from p2kp_desktop.forms import Household
from tests.examples import a_record

SOUND = "1671064507800003"  # a woman of Ilir Timur, born 5 July 1980


CARD = "1671061503190007"  # a family card of Ilir Timur, issued 15 March 2019


def said(nik: str, about: str = "nik", **answers: object) -> list[str]:
    record = a_record(Household, **{"nik": nik, "survey_date": "2022-10-04", **answers})
    return [problem.message for problem in record.problems() if problem.question == about]


def test_a_sound_number_is_not_objected_to() -> None:
    assert said(SOUND) == []


@pytest.mark.parametrize(
    ("nik", "words"),
    [
        ("167106450780000", "Biasanya 16 angka"),
        ("1671064507800000", "Nomor urut"),
        ("1671063102800001", "tidak ada di kalender"),
        ("0071064507800003", "Kode provinsi"),
        ("1600064507800003", "tidak boleh 00"),
        ("1671994507800003", "16.71.99"),
        ("1671064507190003", "lahir 5 Juli 2019"),
    ],
)
def test_what_is_unlikely_is_said_in_words(nik: str, words: str) -> None:
    (only,) = said(nik)
    assert words in only


ELSEWHERE = "1607014507800003"  # of Banyuasin
OF_JAKARTA = "3174014507800003"
JAKARTA = "Daerah Khusus Ibukota Jakarta"


@pytest.mark.parametrize(("nik", "place"), [(ELSEWHERE, "Kabupaten Banyuasin"), (OF_JAKARTA, JAKARTA)])
def test_a_nik_issued_in_another_city_is_asked_about(nik: str, place: str) -> None:
    assert said(nik, kk_number=None) == [f"NIK diterbitkan di {place}, bukan di Kota Palembang."]


def test_a_family_card_of_here_explains_a_nik_from_elsewhere() -> None:
    assert said(ELSEWHERE, kk_number=CARD) == []
    assert len(said(ELSEWHERE, kk_number=f"1607{CARD[4:]}")) == 1


def test_without_a_region_nobody_is_from_elsewhere() -> None:
    assert said(ELSEWHERE, kk_number=None, region=None) == []


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (CARD[:15], "Biasanya 16 angka"),
        (SOUND, "sama dengan NIK"),
        ("1671064507800004", "mungkin ini NIK"),
        ("1671063102190007", "tidak ada di kalender"),
        ("1671061503190000", "Nomor urut"),
        ("0071061503190007", "Kode provinsi 00"),
        ("1671991503190007", "16.71.99"),
        ("1607011503190007", "terdaftar di Kabupaten Banyuasin, bukan di Kota Palembang"),
    ],
)
def test_the_number_of_a_family_card_is_judged_like_a_nik(card: str, words: str) -> None:
    problems = said(SOUND, about="kk_number", kk_number=card)
    assert words in problems[0], problems


def test_a_sound_family_card_is_not_objected_to() -> None:
    assert said(SOUND, about="kk_number", kk_number=CARD) == []


def test_the_sex_must_live_in_the_house() -> None:
    assert said(SOUND, members_male=2, members_female=0, occupants=2) == [
        "Menurut NIK kepala rumah tangga perempuan, padahal tidak ada anggota perempuan."
    ]


def test_a_damaged_date_or_count_is_left_to_its_own_question() -> None:
    sound = a_record(Household, nik=SOUND)
    record = replace(sound, answers={**sound.answers, "survey_date": "besok", "members_female": "dua"})
    assert [problem for problem in record.problems() if problem.question == "nik"] == []
