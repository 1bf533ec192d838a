"""What a sender is called is text of anybody: nothing in it is obeyed by a terminal, or turns letters in the window."""

import io
import re

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.bundles import outbox, receiving, sending
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.cli.printing import Screen
from p2kp_desktop.forms import Household
from p2kp_desktop.language import harmless, say
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema import table_words
from p2kp_desktop.schema.table import Column, Kind, Scope
from p2kp_desktop.store import facts
from p2kp_desktop.ui.lists import looks

NAME = "\x1b]0;punya kami\x07Lima\u202eilI\u2066\r\x9b2J"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def received(make_workspace, tmp_path):
    """Give an office, and what it was told of a bundle whose sender is called so."""
    here, office = make_workspace(), make_workspace("kota", role="district", regions=("16.71",))
    with here.changing() as connection:
        for key in ("person", "name"):
            facts.note(connection, key, NAME)
    recording.record(here, Household, {"rt": "1/5", "head_name": "Aminah"})
    return office, receiving.receive(office, sending.send(here, tmp_path).path)


def test_the_name_of_a_sender_comes_in_with_nothing_to_obey(received):
    office, told = received
    assert "Lima" in told.sender.person
    assert not OBEYED.search(f"{told.sender.person} {told.sender.workspace}")
    assert not any(OBEYED.search(str(line)) for line in outbox.log(office))


@pytest.mark.parametrize("name", ["senders", "transfers"])
def test_no_list_of_the_office_holds_anything_to_obey(received, name):
    office, _told = received
    table = catalogue.make(office, name, Scope("16.71", None, "2026"))
    shown = [table_words.words(column, line) for line in table.lines for column in table.columns]
    assert any("Lima" in each for each in shown)
    assert not any(OBEYED.search(each) for each in shown)


def test_no_cell_of_the_window_shows_what_came_by_another_way():
    column = Column("person", "Orang", Kind.TEXT, lambda line: line)
    shown = looks.said(column, NAME, Qt.ItemDataRole.DisplayRole)
    assert "Lima" in shown
    assert not OBEYED.search(shown)


def test_neither_does_a_sentence_nor_a_terminal():
    told, stream = say("{person} ditambahkan sebagai {role}.", person=NAME, role="pengetik"), io.StringIO()
    print(NAME, "baris\tdan\nbaris", file=Screen(stream))
    for shown in (told, stream.getvalue(), harmless(NAME)):
        assert "Lima" in shown
        assert not OBEYED.search(shown)
    assert stream.getvalue().endswith("baris\tdan\nbaris\n")
