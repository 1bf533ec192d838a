"""Every rule that keeps a row of a table out has its short code, and only one."""

import datetime

import pytest

from p2kp_desktop.actions.importing import cell_rules
from p2kp_desktop.actions.importing.cell_rules import RULE_TEXTS, Unfit, code_of
from p2kp_desktop.forms import FORMS
from p2kp_desktop.schema import Unreadable
from tests.foreign_tables import rows_of

HEADS = ["Nama", "RT/RW", "NIK", "Panjang", "Tanggal Pendataan", "L", "9", "Periode"]


def test_codes_are_short_and_no_two_rules_share_one():
    codes = [*RULE_TEXTS, *{*cell_rules._BY_KIND.values()}, cell_rules.OTHER, cell_rules.REFUSED]
    assert len({*codes}) == len(codes)
    assert all(len(code) == 3 and code.startswith("X") for code in codes)


@pytest.mark.parametrize(("column", "value", "code"), [
    (1, "=1+1", "X01"), (1, "#REF!", "X02"), (1, datetime.date(2026, 12, 5), "X03"), (1, "0", "X23"),
    (3, "dua kali", "X20"), (4, "kemarin", "X21"), (5, "dua", "X20"), (6, "z", "X22"),
    (7, "kapan", "X25"),
])
def test_a_cell_that_keeps_its_row_out_has_the_code_of_its_rule(workspace, tmp_path, column, value, code):
    row = ["Siti", "14/5", None, None, None, None, None, None]
    row[column] = value
    made = rows_of(workspace, tmp_path, [row], HEADS)
    assert [error.code for error in made.errors] == [code]
    assert made.errors[0].words.endswith(f"(Kode {code})")


@pytest.mark.parametrize("form", FORMS)
def test_every_question_of_every_form_has_a_code(form):
    for question in form.stored():
        assert code_of(form, question.key, Unreadable("")) in {*cell_rules._BY_KIND.values(), cell_rules.OTHER}
    assert code_of(form, "id", Unfit(cell_rules.TWICE, row=3)) == "X08"
