"""The sheet for whoever installs: one sheet of two sides, true to the setup and to where the program keeps data."""

from pathlib import Path

import pytest

from p2kp_desktop import __version__, environment, language
from p2kp_desktop.actions.common import backups, originals, practice_mark
from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.printing import choices, making
from p2kp_desktop.printing.documents import installing
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.store import prints

from .looking import bare, letters_of, outside, pages_of

SETUP = Path(__file__).parents[2] / "packaging" / "windows" / "setup.nsi"


@pytest.mark.parametrize("sheet", [A4, F4])
@pytest.mark.parametrize("spoken", ["id", "en"])
def test_it_is_one_sheet_on_every_paper_in_every_language(sheet, spoken):
    language.use(spoken, environment.resources() / "language")
    made = making.make(None, "install", Asked(sheet=sheet))
    assert len(pages_of(made.pdf)) == 2
    assert outside(made.pdf) == []
    assert made.unprinted == ""


def test_it_names_the_setup_of_this_release_and_the_words_that_the_setup_says():
    letters = letters_of(making.make(None, "install", Asked()).pdf)
    assert bare(installing.SETUP) in letters
    assert __version__ in installing.SETUP
    script = SETUP.read_text(encoding="utf-8")
    for words in ("Buka P2KP Desktop sekarang", "P2KP Desktop masih terbuka"):
        assert words in script
        assert bare(words) in letters
    assert r"$LOCALAPPDATA\Programs\P2KP Desktop" in script
    assert bare(r"%LOCALAPPDATA%\Programs\P2KP Desktop") in letters


def test_it_says_where_data_lie_as_the_program_keeps_them(workspace):
    letters = letters_of(making.make(None, "install", Asked()).pdf)
    file = Path(workspace.name)
    for folder in (backups.folder_of(file), attachments.folder_of(workspace), originals.folder_of(workspace)):
        assert folder.parent == file.parent
        assert bare(f"«{folder.name.removesuffix(file.stem)}…»") in letters


def test_it_is_the_same_for_everybody_and_noted_as_every_print(workspace):
    practice_mark.mark(workspace)
    assert "install" in {choice.name for choice in choices.choices()}
    made = making.make(workspace, "install", Asked())
    assert "LATIHAN" not in letters_of(made.pdf)
    assert made.digest == making.make(None, "install", Asked()).digest
    making.note(workspace, made, 2)
    with workspace.asking() as connection:
        assert [one.what for one in prints.latest(connection, 5)] == ["install"]
