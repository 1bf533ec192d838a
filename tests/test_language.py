"""What the program says in English: one thing is not several."""

import pytest

from p2kp_desktop import environment, language
from p2kp_desktop.language import say


@pytest.fixture
def english():
    language.use("en", environment.resources() / "language")


@pytest.mark.parametrize(("values", "said"), [
    ({"count": 1}, "1 row selected"), ({"count": "1"}, "1 row selected"), ({"count": 2}, "2 rows selected"),
    ({"count": 11}, "11 rows selected"), ({"count": 0}, "0 rows selected"),
])
@pytest.mark.usefixtures("english")
def test_one_thing_is_told_in_the_singular(values, said):
    assert language._in_number("{count} rows selected", values).format(**values) == said


@pytest.mark.parametrize(("text", "one"), [
    ("**{count}** policies recorded", "**1** policy recorded"),
    ("{count} signatures are missing.", "1 signature is missing."),
    ("{count} more pairs that may be the same.", "1 more pair that may be the same."), ("{count} houses", "1 house"),
    ("version {count} stays in force", "version 1 stays in force"), ("{count} ss", "1 ss"),
])
@pytest.mark.usefixtures("english")
def test_the_words_after_a_count_follow_it_but_verbs_stay(text, one):
    assert language._in_number(text, {"count": 1}).format(count=1) == one


@pytest.mark.usefixtures("english")
def test_a_sentence_of_the_catalogue_is_in_the_singular_and_one_without_english_stays():
    assert (say("{number} masalah", number=1), say("{number} masalah", number=2)) == ("1 problem", "2 problems")
    assert say("{count} berkas-berkas", count=1) == "1 berkas-berkas"


def test_indonesian_has_one_word_for_both():
    assert say("{count} rows", count=1) == "1 rows"
