"""What the program says in English: one thing is not several."""

import ast
import re

import pytest
from babel.messages.pofile import read_po

from p2kp_desktop import environment, language
from p2kp_desktop.language import say
from steps import ROOT


@pytest.fixture
def english():
    language.use("en", environment.resources() / "language")


@pytest.mark.parametrize(("number", "said"), [
    (1, "1 row copied."), ("1", "1 row copied."), (2, "2 rows copied."), (11, "11 rows copied."), (0, "0 rows copied."),
])
@pytest.mark.usefixtures("english")
def test_one_thing_is_told_in_the_singular(number, said):
    assert say("{count} baris disalin. Tempel di Excel dengan Ctrl+V.", count=number).startswith(said)


@pytest.mark.usefixtures("english")
def test_the_number_right_before_what_is_counted_decides():
    assert say("{share} · kira-kira {number} menit lagi", share=1, number=2) == "1 · about 2 minutes left"
    assert say("{ready} dari {all} bagian siap", ready=2, all=1) == "2 of 1 part ready"


def test_every_english_sentence_that_counts_has_words_for_one():
    with (environment.resources() / "language" / "en.po").open("rb") as file:
        catalogue = read_po(file, locale="en")
    several = re.compile(r"\{(?:count|number)\}(?:\*\*)? (?:(?:more|new|other|open) )?[a-z]+[a-rt-z]s\b")
    verbs = re.compile(r"\{(?:count|number)\} (?:is|was|has|as|does|stays|contains|becomes|perhaps)\b")
    alone = [message.string for message in catalogue if isinstance(message.string, str)
             and several.search(message.string) and not verbs.search(message.string)]
    assert alone == []


@pytest.mark.usefixtures("english")
def test_a_sentence_of_the_catalogue_is_in_the_singular_and_one_without_english_stays():
    assert (say("{number} masalah", number=1), say("{number} masalah", number=2)) == ("1 problem", "2 problems")
    assert say("{count} berkas-berkas", count=1) == "1 berkas-berkas"


def test_indonesian_has_one_word_for_both():
    assert say("{count} rows", count=1) == "1 rows"


def test_a_code_means_one_thing():
    told: dict[str, dict[str, set[str]]] = {}
    for path in sorted((ROOT / "p2kp_desktop").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "code=" in text else ():
            for word in node.keywords if isinstance(node, ast.Call) and node.args else ():
                if word.arg == "code" and isinstance(word.value, ast.Constant):
                    said = ast.unparse(node.args[0]).removeprefix("say(").removesuffix(")")
                    told.setdefault(word.value.value, {}).setdefault(path.parent.name, set()).add(said)
    twice = {code: rooms for code, rooms in told.items() if len(rooms) > 1 and len(set.union(*rooms.values())) > 1}
    assert twice == {}
