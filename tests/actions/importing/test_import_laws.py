"""From Excel: whatever stands in the cells, every row is accounted for, and a second time changes nothing."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.actions.importing import import_plan
from p2kp_desktop.actions.importing.import_preview import Preview
from p2kp_desktop.actions.importing.read_table import IDENTICAL, NEW
from p2kp_desktop.exchange.columns import by_hand, match
from p2kp_desktop.exchange.headings import answerable
from p2kp_desktop.exchange.tables import Table
from p2kp_desktop.exchange.workbook import Broken
from p2kp_desktop.forms import FORMS

AWKWARD = [
    "", " ", "-", "a", "A.", "(b)", "0", "Tidak", "1.234", "1,234.5", "8 m", "10/14/2022", "44838",
    "'1671064507800003", "1671••••••••0003", "=1+1", "a,b", ";,;", "RT 14 RW 05", "014/005", "35 Ilir", "Lima Ulu",
    "16.71", "👩", "{0}", "%s", "a\nb", "\x00", "nan", 0, 1, -3, 1.5, 1.67101e15, 1e308, float("inf"), float("nan"),
    44838, True, datetime.date(2026, 12, 5), datetime.datetime(2026, 12, 5, 8, 30), datetime.time(8, 30), Broken(""),
    Broken("#REF!"),
]


@st.composite
def tables(draw):
    """Return a form and a table of it, in which anything may stand anywhere."""
    form = draw(st.sampled_from(FORMS))
    heads = draw(st.lists(st.sampled_from(answerable(form)), min_size=1, unique=True))
    cell = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=8), st.floats(), st.integers())
    rows = draw(st.lists(st.lists(cell, min_size=len(heads), max_size=len(heads)), max_size=5))
    return form, Table("a.xlsx", "Data", (heads, *rows))


@given(tables())
def test_every_row_is_accounted_for_and_a_second_time_nothing_is_new(workspace, given_table):
    form, table = given_table
    matched = match(table, form) or by_hand(table, form)
    made = import_plan.plan(workspace, form, table, matched, import_plan.ANYWHERE)
    preview = Preview(made, [table])
    assert all(preview.cell(line, head) for line in preview.lines for head in preview.heads)
    expected = import_plan.rehearse(workspace, [made])
    done = import_plan.carry_out(workspace, [made])
    assert (done.new, done.updated, done.rejected) == (expected.new, expected.updated, expected.rejected)
    assert done.rows == done.new + done.updated + done.identical + done.skipped + done.rejected == len(preview.lines)
    again = import_plan.plan(workspace, form, table, matched, import_plan.ANYWHERE)
    assert not again.count(NEW)
    assert again.count(IDENTICAL) == len(again.rows) - again.count("updated")
