"""The loss line counts everything that has no copy, houses and all other records."""

import datetime

import pytest

from p2kp_desktop.actions.common.backups import Holdings
from p2kp_desktop.actions.home.window_edge import EdgeStanding, Lacking
from p2kp_desktop.reports.upkeep import held
from p2kp_desktop.ui.shell import edge

TODAY = datetime.date(2026, 11, 26)


@pytest.mark.parametrize(("lacking", "said", "waiting"), [
    (Lacking(2, 14, 2, 14), "**2 rumah +12 lain**", "(sudah dikirim, menunggu tanda terima)"),
    (Lacking(2, 14, 2, 3), "**2 rumah +12 lain**", "(3 sudah dikirim, menunggu tanda terima)"),
    (Lacking(2, 2, 1, 1), "**2 rumah** belum", "(1 sudah dikirim, menunggu tanda terima)"),
    (Lacking(0, 3), "**3 catatan** belum", ""),
])
def test_whatever_has_no_copy_is_counted(lacking, said, waiting):
    facts = edge.status(EdgeStanding(None, lacking, "", "", "", ""), practice=False, today=TODAY)
    assert said in facts.copies
    assert facts.waiting == waiting


def test_what_is_in_memory_only_is_told_in_place_of_what_has_no_copy():
    facts = edge.status(EdgeStanding(None, Lacking(0, 0), "", "", "", ""), practice=False, today=TODAY, unsaved=2)
    assert (facts.copies, facts.alarm, facts.send) == ("**2 isian** belum ada di disk", True, "")


def test_whoever_may_not_send_is_told_what_has_no_copy_and_offered_nothing():
    standing = EdgeStanding(None, Lacking(2, 14, 2, 14), "", "", "", "")
    facts = edge.status(standing, practice=False, today=TODAY, sends=False)
    assert "**2 rumah +12 lain**" in facts.copies
    assert facts.send == ""


def test_a_backup_is_told_by_everything_it_holds():
    assert held(Holdings(3, 0)) == "3 rumah"
    assert held(Holdings(3, 14)) == "3 rumah · 14 catatan lain"
    assert held(None) == "tidak terbaca"
