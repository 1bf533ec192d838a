import datetime

import pytest

from p2kp_desktop import disks, settings
from p2kp_desktop.actions.bundles import acknowledgements, receiving, sending
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.home.window_edge import Lacking
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import area_periods
from p2kp_desktop.actions.upkeep import handing_over
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.settings import Settings
from p2kp_desktop.ui.shell import edge
from tests import forger
from tests.acquainted import introduce

KELURAHAN = "16.71.01.1001"
NEIGHBOUR = "16.71.01.1002"


def save(workspace, **more):
    given = {"rt": "014/005", "head_name": "Siti", "region": KELURAHAN} | more
    return recording.record(workspace, Household, given).id


def lost(workspace):
    """Households and records without a copy, and how many of them are in files that were sent."""
    lacking = window_edge.standing(workspace).lacking
    return (lacking.households, lacking.records), (lacking.households_sent, lacking.records_sent)


@pytest.fixture
def office(make_workspace):
    return make_workspace("Budi", role="district", regions=("16.71",))


def acknowledge(workspace, office, folder, **how):
    """Send, receive there, and bring the receipt back."""
    receiving.receive(office, sending.send(workspace, folder, **how).path)
    receiving.receive(workspace, sending.send(office, folder, to="facilitator").path)


def test_before_the_first_save_nothing_is_saved_and_nothing_can_be_lost(workspace):
    standing = window_edge.standing(workspace)
    assert (standing.last, standing.lacking, standing.sent) == (None, Lacking(0, 0), "")


def test_the_last_save_is_told_with_who_made_it(workspace):
    save(workspace)
    last = window_edge.standing(workspace).last
    assert last is not None
    assert last.person == "Siti"


def test_a_file_sent_is_no_copy_before_its_receipt(workspace, tmp_path):
    save(workspace)
    save(workspace, building="2")
    assert lost(workspace) == ((2, 2), (0, 0))
    sending.send(workspace, tmp_path)
    assert lost(workspace) == ((2, 2), (2, 2))


def test_what_another_office_acknowledged_has_its_copy(workspace, office, tmp_path):
    save(workspace)
    acknowledge(workspace, office, tmp_path)
    assert lost(workspace) == ((0, 0), (0, 0))
    save(workspace, building="2")
    assert lost(workspace) == ((1, 1), (0, 0))


@pytest.mark.parametrize("role", ["facilitator", "district", "province"])
@pytest.mark.parametrize("signs", [True, False])
def test_a_strangers_claim_to_have_everything_is_no_copy(workspace, tmp_path, role, signs):
    """Whoever saw one file says that it is an office, and has it all; nobody was sent anything."""
    save(workspace)
    loot = forger.loot(sending.send(workspace, tmp_path, to="district" if role == "province" else "province").path)
    loot.sent_by(role=role, name="Orang Lain")
    loot.key = loot.key if signs else ""
    for name in ("palsu.xlsx", "sekali lagi.xlsx") if role == "facilitator" else ("palsu.xlsx",):
        assert receiving.receive(workspace, loot.write(tmp_path / name)).error is None
    assert lost(workspace)[0] == (1, 1)
    assert handing_over.pending(workspace).records == 1
    assert acknowledgements.acknowledgements(workspace, KELURAHAN, "") == ()
    said = edge.explained(window_edge.standing(workspace), datetime.date(2026, 11, 26))
    assert ("Paket dari Orang Lain belum dihitung" in said) is (role != "facilitator")


def test_an_office_that_a_person_accepted_counts_though_nothing_was_sent_to_it(workspace, office, tmp_path):
    save(workspace)
    introduce(workspace, office)
    receiving.receive(office, sending.send(workspace, tmp_path, to="province").path)
    receiving.receive(workspace, sending.send(office, tmp_path, to="facilitator").path)
    assert lost(workspace)[0] == (0, 0)


def test_a_household_changed_twice_after_its_receipt_counts_once(workspace, office, tmp_path):
    one = save(workspace)
    save(workspace, building="2")
    acknowledge(workspace, office, tmp_path)
    save(workspace, id=one, head_name="Aminah")
    save(workspace, id=one, head_name="Aminah Sari")
    assert lost(workspace) == ((1, 1), (0, 0))


def test_other_records_are_counted_beside_the_households(workspace):
    recording.record(workspace, Rt, {"rt": "014/005"})
    assert lost(workspace) == ((0, 1), (0, 0))


def test_a_file_without_names_is_no_copy_even_when_it_was_received(workspace, office, tmp_path):
    save(workspace)
    sending.send(workspace, tmp_path, withhold=True)
    assert lost(workspace) == ((1, 1), (0, 0))
    acknowledge(workspace, office, tmp_path, withhold=True)
    assert lost(workspace) == ((1, 1), (0, 0))


def test_a_receipt_for_one_kelurahan_is_no_copy_of_the_other(make_workspace, office, tmp_path):
    workspace = make_workspace(regions=(KELURAHAN, NEIGHBOUR))
    save(workspace)
    save(workspace, region=NEIGHBOUR)
    acknowledge(workspace, office, tmp_path, areas=[KELURAHAN])
    assert lost(workspace) == ((1, 1), (0, 0))


def test_a_backup_on_another_disk_is_a_copy_and_one_on_the_same_is_none(workspace, tmp_path, monkeypatch):
    save(workspace)
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.save(Settings(second_backups=str(stick)))
    backups.keep(workspace)
    assert lost(workspace) == ((1, 1), (0, 0))
    monkeypatch.setattr(disks, "apart", lambda _one, _other: True)
    backups.keep(workspace)
    assert lost(workspace) == ((0, 0), (0, 0))
    assert window_edge.standing(workspace).elsewhere
    save(workspace, building="2")
    assert lost(workspace) == ((1, 1), (0, 0))


def test_the_backup_elsewhere_counts_while_its_disk_is_away_but_not_once_it_is_seen_without_it(
    workspace, tmp_path, monkeypatch
):
    save(workspace)
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.save(Settings(second_backups=str(stick)))
    monkeypatch.setattr(disks, "apart", lambda _one, _other: True)
    backups.keep(workspace)
    stick.rename(tmp_path / "drawer")
    assert lost(workspace) == ((0, 0), (0, 0))
    stick.mkdir()
    assert lost(workspace) == ((1, 1), (0, 0))


def test_what_was_received_has_its_copy_at_the_sender(make_workspace, tmp_path):
    sender, office = make_workspace(), make_workspace("Budi", role="district", regions=("16.71",))
    save(sender)
    receiving.receive(office, sending.send(sender, tmp_path).path)
    standing = window_edge.standing(office)
    assert (standing.lacking, standing.last) == (Lacking(0, 0), None)
    assert standing.received


def test_the_last_backup_is_told(workspace):
    assert window_edge.standing(workspace).backup == ""
    save(workspace)
    backups.back_up(workspace)
    assert window_edge.standing(workspace).backup


def test_the_first_area_is_the_narrowest_that_holds_all():
    assert window_edge.first_area((KELURAHAN,)) == KELURAHAN
    assert window_edge.first_area((KELURAHAN, NEIGHBOUR)) == "16.71.01"
    assert window_edge.first_area((KELURAHAN, "16.01.07.2001")) == "16"


def test_below_a_region_only_what_the_workspace_covers_is_offered():
    assert [place.code for place in area_periods.inside("16.71", (KELURAHAN,))] == ["16.71.01"]
    assert len(area_periods.inside("16", ("16",))) == 17


def test_rts_come_from_their_own_records_and_from_households(workspace):
    save(workspace)
    recording.record(workspace, Rt, {"rt": "015/005"})
    assert area_periods.rts(workspace, KELURAHAN) == ["014/005", "015/005"]
    assert area_periods.rts(workspace, "16.71") == []


def test_the_current_period_is_offered_with_those_that_have_households(workspace):
    current = window_edge.about(workspace).period
    save(workspace, period="2021")
    assert area_periods.periods(workspace, KELURAHAN) == sorted({current, "2021"}, reverse=True)


def test_an_rt_is_found_by_part_of_its_label(workspace):
    recording.record(workspace, Rt, {"rt": "014/005"})
    assert [found.rt for found in area_periods.find_rts(workspace, "rt 14", (KELURAHAN,))] == ["014/005"]
    assert area_periods.find_rts(workspace, "rt 14", ("16.01",)) == []
    assert area_periods.find_rts(workspace, " ", (KELURAHAN,)) == []


@pytest.mark.parametrize("typed", ["14/5", "RT 14 RW 05", "RT 14-RW 05", "rw 5 rt 14", "014/0", "14"])
def test_an_rt_is_found_in_any_spelling_before_those_whose_label_only_holds_it(workspace, typed):
    for rt in ("114/005", "14/5", "DUSUN TIKUNG"):
        recording.record(workspace, Rt, {"rt": rt})
    assert area_periods.find_rts(workspace, typed, (KELURAHAN,))[0].rt == "014/005"
