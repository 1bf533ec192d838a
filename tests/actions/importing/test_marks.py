"""A mark in a cell, ✓ or TRUE or x, where an option is asked for."""

import pytest

from p2kp_desktop.actions.importing.cell_text import option_of_mark
from p2kp_desktop.forms import lists
from p2kp_desktop.forms.institutions import Ksm
from p2kp_desktop.schema import Choice


@pytest.mark.parametrize("mark", ["ya", "true", "x", "✓", "1"])
def test_a_yes_to_a_question_that_knows_no_yes_means_no_option_and_ends_no_import(mark):
    assert Ksm.active.options.codes == ("aktif", "tidak")
    assert option_of_mark(Ksm.active, mark) is None


def test_a_no_means_the_option_that_says_no():
    assert option_of_mark(Ksm.active, "false").code == "tidak"
    assert option_of_mark(Choice("Ada?", lists.YES_NO), "false").code == "tidak"
    assert option_of_mark(Choice("Ada?", lists.YES_NO), "true").code == "ya"
