import io
from pathlib import Path

from p2kp_desktop.actions.protection import recovery_words
from p2kp_desktop.printing import recovery_sheet
from tests.pdfs import Pages


def test_the_sheet_says_the_words_and_its_code_is_read_as_they_are_typed():
    import zxingcpp
    from PIL import Image

    secret = bytes(range(16))
    words = recovery_words.of_secret(secret)
    made = recovery_sheet.recovery_sheet(Path("Lima Ulu.p2kp"), "Rina Marlina", words)
    pages = Pages(made.pdf)
    assert len(pages) == 1
    image = Image.open(io.BytesIO(pages.picture(0, 200)))
    [code] = zxingcpp.read_barcodes(image)
    assert recovery_words.secret_of(code.text) == secret
