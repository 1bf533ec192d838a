"""The code on a printed sheet says what the sheet is, and a damaged or foreign one is refused in words."""

import uuid
from collections import Counter
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Record, new_id
from p2kp_desktop.schema.printed_code import (
    PEOPLES,
    SIGNS,
    PrintedCode,
    content_digest,
    is_ours,
    read_code,
    read_short,
    shape_of_ids,
    short_code,
    sign_of,
    version_digest,
)
from p2kp_desktop.schema.values import Unreadable

VERSION_3 = 61  # letters that a QR code of version 3 and level M holds
PLACE = ("16.71.06.1005", "014/005", "2026")

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
keys = st.from_regex(r"[a-z][a-z0-9_-]{0,11}", fullmatch=True)
ids = st.one_of(st.uuids().map(str), words.filter(bool))
counts = st.integers(1, 9999)
digests = words.map(content_digest)
codes = st.one_of(
    st.builds(PrintedCode.of_record, keys, ids, digests, counts),
    st.builds(
        PrintedCode.of_blank, keys, st.sampled_from(["16", "16.71", "16.71.06", "16.71.06.1005"]), words,
        st.sampled_from(["2026", "2026-antara"]), counts, resident=st.one_of(st.just(""), ids), page=counts,
    ),
    st.builds(PrintedCode.of_document, keys, ids, keys, digests, version=st.integers(0, 999), page=counts),
    st.builds(PrintedCode.of_report, keys, digests, counts),
)


@given(codes)
def test_what_a_code_says_is_read_back(code):
    assert set(code.text) <= set(SIGNS)
    assert read_code(code.text) == read_code(f"{code.text.lower()}\n") == code


@given(codes, st.data())
def test_one_wrong_lost_or_swapped_letter_is_refused_in_words(code, data):
    text = code.text
    at = data.draw(st.integers(0, len(text) - 1))
    wrong = text[:at] + data.draw(st.sampled_from(SIGNS.replace(text[at], ""))) + text[at + 1 :]
    swapped = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    for damaged in {wrong, swapped} - {text}:
        with pytest.raises(Unreadable, match=r"rusak|bukan kode|lebih baru"):
            read_code(damaged)


@pytest.mark.parametrize("foreign", [
    "", "P2KP", "https://contoh.id/1671", "8991234567890", "P2KP1", "P2KP1R", "p2kp gedung", "P2KP1X:A:B0",
    "P2KP1R:É", "P2KP²R:HOUSEHOLD:0",
])
def test_a_foreign_code_is_refused_in_words(foreign):
    with pytest.raises(Unreadable):
        read_code(foreign)
    assert not is_ours("https://contoh.id/p2kp1")


def test_a_code_of_a_newer_release_says_so():
    text = PrintedCode.of_record("household", new_id(), "ABCD").text
    with pytest.raises(Unreadable, match="lebih baru"):
        read_code(text.replace("P2KP1", "P2KP2"))


def test_the_codes_of_every_day_fit_a_qr_code_of_version_3():
    record, resident = str(uuid.UUID(int=(1 << 128) - 1)), new_id()
    codes = [
        *(PrintedCode.of_record(form.key, record, "ABCD", 2) for form in FORMS),
        PrintedCode.of_blank("household", *PLACE, 9999, resident=resident, page=2),
        PrintedCode.of_blank("rt_survey", *PLACE, 1, page=9),
        PrintedCode.of_document("meeting", record, "attendance", "ABCD", page=9),
        PrintedCode.of_document("agreement", record, "signing", "ABCD", version=9, page=9),
    ]
    assert {code.text: len(code.text) for code in codes if len(code.text) > VERSION_3} == {}


@given(ids)
def test_a_record_is_found_by_the_code_that_people_type(record):
    code = short_code(record)
    assert read_short(code.lower().replace("-", " ")) == code
    assert PrintedCode.of_record("household", record, "ABCD", 2).short == code
    assert PrintedCode.of_document("household", record, "minutes", "ABCD").short == code


@given(st.uuids().map(str))
def test_the_code_that_people_type_tells_the_shape_of_the_id(record):
    assert fnmatchcase(record, shape_of_ids(short_code(record)))


@given(codes, st.data())
def test_one_wrong_or_swapped_letter_of_the_short_code_is_no_code(code, data):
    letters = code.short.replace("-", "")
    at = data.draw(st.integers(0, 7))
    wrong = letters[:at] + data.draw(st.sampled_from(PEOPLES.replace(letters[at], ""))) + letters[at + 1 :]
    swapped = letters[:at] + letters[at : at + 2][::-1] + letters[at + 2 :]
    assert [read_short(each) for each in {wrong, swapped} - {letters}] == [None] * len({wrong, swapped} - {letters})


def test_the_short_codes_of_a_sheaf_of_blank_forms_differ_and_those_of_both_sides_do_not():
    sides = [(number, side) for number in range(1, 301) for side in (1, 2)]
    codes = [PrintedCode.of_blank("household", *PLACE, number, page=side) for number, side in sides]
    assert set(Counter(code.short for code in codes).values()) == {2}


def test_ids_made_at_once_have_short_codes_of_their_own():
    made = [new_id()]
    for _each in range(2_000):
        made.append(new_id(after=made[-1]))
    assert len({short_code(each) for each in made}) == len(made)


def test_the_digest_is_of_what_is_printed():
    one = Record(Household, "1", {"rt": "014/005", "head_name": "Siti", "members_male": 2, "status": "submitted"})
    reviewed = Record(Household, "1", {"members_male": 2, "head_name": "Siti", "rt": "014/005", "why.kk_count": "x"})
    moved = Record(Household, "1", dict(one.answers) | {"rt": "015/005"})
    other = Record(Household, "2", one.answers)
    assert version_digest([one]) == version_digest([reviewed])
    assert version_digest([one, other]) == version_digest([other, one])
    assert len({version_digest(each) for each in ([one], [moved], [other], [one, other], [])}) == 5
    assert version_digest([one], without=["rt"]) == version_digest([moved], without=["rt"])
    assert len(sign_of("x")) == 10


def test_the_digest_stays_what_was_printed_on_paper():
    """Sheets lie in cupboards for years: the same content has the same code in every release."""
    record = Record(Household, "018f2b6e-9c1a-7abc-8def-0123456789ab", {"rt": "014/005", "head_name": "Siti"})
    code = PrintedCode.of_record("household", record.id, version_digest([record]), 2)
    assert (code.text, code.short) == ("P2KP1R:HOUSEHOLD:02H8PU2M.J6O9$OQ0%L3WAU%:WSFK:2DEW", "NAAQ-H5V7")
