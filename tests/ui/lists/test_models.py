"""Every item model keeps Qt's rules; those of Semua data and of Pendataan are tested with their places."""

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt

from p2kp_desktop.actions.importing import layouts
from p2kp_desktop.actions.importing.import_preview import Preview
from p2kp_desktop.actions.importing.layouts import WantedLayout
from p2kp_desktop.forms import Household
from p2kp_desktop.schema.table import Column, Kind
from p2kp_desktop.ui.importing.grid import GridModel
from p2kp_desktop.ui.kit.found_list import Entry, FoundList
from p2kp_desktop.ui.lists.looks import in_window
from p2kp_desktop.ui.lists.table_list import TableModel
from p2kp_desktop.ui.transfer.entries import Entries
from p2kp_desktop.ui.transfer.entries import Entry as Waiting

pytestmark = pytest.mark.usefixtures("qtbot")
BLOCK = "Nama Kepala Rumah Tangga\tRT/RW\t9\tLain\nSiti\t14/5\ta\tx\nBudi\t14/5\tz\t\n"


def the_grid_of_an_import(workspace):
    source = layouts.of_text(BLOCK)
    (made,) = layouts.plans_of(workspace, source, WantedLayout(Household))
    model = GridModel()
    model.show_preview(Preview(made, source.tables))
    return model


def the_lines_of_a_table(_workspace):
    model = TableModel(in_window([
        Column("number", "Nomor", Kind.WHOLE, int, bar=lambda line: line / 5),
        Column("note", "Catatan", Kind.TEXT, lambda line: f"catatan {line}", below="number"),
    ]))
    model.show_lines(range(5))
    return model


def the_files_that_wait(_workspace):
    model = Entries()
    model.show_rows([Waiting("a.xlsx", "Tim 3"), Waiting("b.xlsx", "")])
    return model


@pytest.mark.parametrize("made", [the_grid_of_an_import, the_lines_of_a_table, the_files_that_wait])
def test_a_model_keeps_the_rules_of_models(qtmodeltester, workspace, made):
    model: QAbstractItemModel = made(workspace)
    assert model.rowCount() > 1
    for role in Qt.ItemDataRole:
        model.headerData(0, Qt.Orientation.Horizontal, role)
        model.headerData(0, Qt.Orientation.Vertical, role)
    qtmodeltester.check(model)


def test_the_model_of_a_list_to_choose_from_keeps_the_rules_of_models(qtmodeltester):
    found = FoundList()
    for entries in ((), [Entry("Lima Ilir", "Ilir Timur II"), Entry("RT 014/005", checked=True)]):
        found.list_entries(entries)
        qtmodeltester.check(found.model())
