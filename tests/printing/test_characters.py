"""What people type may hold letters that no font of paper has: the page says so, and nothing disappears silently."""

import unicodedata

import pytest
from PySide6.QtGui import QRawFont

from p2kp_desktop import environment
from p2kp_desktop.printing.pages import characters, fonts
from texts import every_text

from .papers import an_agreement, printed, words


def test_a_letter_that_no_font_has_prints_as_a_sign_and_the_foot_tells_it(workspace):
    an_agreement(workspace, background="Bersih 😀 سالم 雨 rapi")
    made = printed(workspace, "agreement", "ab")
    first = words(made)[0]
    assert f"Bersih {characters.SIGN} {characters.SIGN * 4} {characters.SIGN} rapi" in first
    assert f"Huruf yang tidak dapat dicetak, diganti {characters.SIGN}: U+1F600" in first
    assert made.unprinted == "😀سالم雨"


@pytest.mark.parametrize("text", ["Café Ñandú", unicodedata.normalize("NFD", "Café Ñandú"), "Đặng Thị", "≥ 7,2 m² ☐ ✓"])
def test_accents_and_signs_print_as_they_are(workspace, text):
    an_agreement(workspace, background=text)
    made = printed(workspace, "agreement", "ab")
    assert made.unprinted == ""
    assert unicodedata.normalize("NFC", text) in unicodedata.normalize("NFC", words(made)[0])


def test_what_joins_neighbours_is_left_out_without_a_sign():
    made, lacking = characters.printable({"a": "👨‍👩 a\u200db", "codes": ["😀"]})
    assert made["a"] == f"{characters.SIGN}{characters.SIGN} ab"
    assert (made["codes"], lacking) == (["😀"], "👨👩")


def test_the_fonts_are_read_as_a_window_reads_them(qapp):  # noqa: ARG001  fonts need one
    read = [QRawFont(str(path), 10) for path in (environment.resources() / "fonts").glob("*-Regular.ttf")]
    known = fonts.upright()
    different = [code for code in range(0x20, 0x3000) if not 0xD800 <= code < 0xE000
                 and any(font.supportsCharacter(code) for font in read) != (chr(code) in known)]
    assert different == []


@pytest.mark.parametrize("name", ["NotoSans-Regular", "NotoSans-Bold", "NotoSansSymbols2-Regular"])
def test_each_letter_is_as_wide_as_a_window_draws_it(qapp, name):  # noqa: ARG001  fonts need one
    drawn, read = QRawFont(str(environment.resources() / "fonts" / f"{name}.ttf"), 1000), fonts.font(name)
    every = [letter for letter in sorted(read.glyphs) if letter.isprintable() and len(letter.encode("utf-16-le")) == 2]
    glyphs = [drawn.glyphIndexesForString(letter)[0] for letter in every]
    wide = [point.x() / 1000 for point in drawn.advancesForGlyphIndexes(glyphs)]
    assert len(every) > 100
    assert max(abs(one - read.width(letter)) for one, letter in zip(wide, every, strict=True)) < 0.001


def test_no_text_of_the_program_needs_the_sign():
    texts = [found.text for found in every_text()]
    assert characters.printable({"all": texts})[1] == ""
    assert not any(characters.SIGN in text for text in texts)
