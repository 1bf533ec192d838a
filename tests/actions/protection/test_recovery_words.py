from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.actions.protection import recovery_words as words
from p2kp_desktop.language import Trouble

secrets = st.binary(min_size=16, max_size=16)


def test_the_list_has_2048_words_told_by_their_first_four_letters():
    every = words.all_words()
    assert len(every) == len(set(every)) == 2048
    assert len({word[:4] for word in every}) == 2048
    assert all(word.isascii() and word.islower() and word.isalpha() and 4 <= len(word) <= 8 for word in every)


@given(secrets)
def test_every_secret_comes_back_from_its_words(secret):
    assert words.secret_of(" ".join(words.of_secret(secret))) == secret


@given(secrets)
def test_four_letters_capitals_numbers_and_commas_do_not_matter(secret):
    typed = ",\n".join(f"{place}) {word[:4].upper()}" for place, word in enumerate(words.of_secret(secret), 1))
    assert words.secret_of(typed) == secret


@given(secrets, st.integers(0, 11), st.integers(0, 2047))
def test_one_wrong_word_gives_a_complaint_or_another_secret_never_the_same(secret, place, other):
    spoken = list(words.of_secret(secret))
    if spoken[place] == words.all_words()[other]:
        return
    spoken[place] = words.all_words()[other]
    with suppress(Trouble):
        assert words.secret_of(" ".join(spoken)) != secret


def test_a_word_that_is_none_is_named_with_its_place_and_what_may_be_meant():
    spoken = list(words.of_secret(bytes(16)))
    spoken[4] = spoken[4][:-1] + "x" if len(spoken[4]) > 4 else "xxxx"
    with pytest.raises(Trouble, match="ke-5") as told:
        words.secret_of(" ".join(spoken))
    assert told.value.code == "K20"


@pytest.mark.parametrize("number", [0, 11, 13])
def test_too_few_or_too_many_words_are_counted(number):
    with pytest.raises(Trouble, match=str(number)):
        words.secret_of(" ".join(["pagi"] * number))


def test_words_are_completed_from_their_first_letters():
    assert words.completions("PAGI") == ["pagi"]
    assert words.completions("") == []
    assert all(word.startswith("pa") for word in words.completions("pa"))
