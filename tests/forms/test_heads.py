"""The NIK of a household's head is judged by its structure and by who lives in the house: only ever a warning."""

from dataclasses import replace

import pytest

from p2kp_desktop.forms import Household
from tests.examples import a_record

SOUND = "1671064507800003"  # a woman of Ilir Timur, born 5 July 1980


def said(nik: str, **answers: object) -> list[str]:
    record = a_record(Household, nik=nik, survey_date="2022-10-04", **answers)
    return [problem.message for problem in record.problems() if problem.question == "nik"]


def test_a_sound_number_is_not_objected_to() -> None:
    assert said(SOUND) == []


@pytest.mark.parametrize(
    ("nik", "words"),
    [
        ("167106450780000", "Biasanya 16 angka"),
        ("1671064507800000", "Nomor urut"),
        ("1671063102800001", "Tanggal lahir"),
        ("0071064507800003", "Kode provinsi"),
        ("1600064507800003", "tidak boleh 00"),
        ("1671994507800003", "16.71.99"),
        ("1671064507190003", "lahir 5 Juli 2019"),
    ],
)
def test_what_is_unlikely_is_said_in_words(nik: str, words: str) -> None:
    (only,) = said(nik)
    assert words in only


def test_a_number_of_another_province_is_taken_as_it_is() -> None:
    assert said("3174014507800003") == []


def test_the_sex_must_live_in_the_house() -> None:
    assert said(SOUND, members_male=2, members_female=0, occupants=2) == [
        "Menurut NIK kepala rumah tangga perempuan, padahal tidak ada anggota perempuan."
    ]


def test_a_damaged_date_or_count_is_left_to_its_own_question() -> None:
    sound = a_record(Household, nik=SOUND)
    record = replace(sound, answers={**sound.answers, "survey_date": "besok", "members_female": "dua"})
    assert [problem for problem in record.problems() if problem.question == "nik"] == []
