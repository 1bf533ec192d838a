import datetime
import errno
import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from p2kp_desktop import environment, settings
from p2kp_desktop.actions.bundles import import_undo, receiving, sending
from p2kp_desktop.actions.common import backups, delivery
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.upkeep import salvage
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.settings import Settings
from p2kp_desktop.store import drafts, files, footing, marks, node, open_workspace, reaching, transfers, views
from tests.failing import Stick


def names(moments):
    return [Path(f"a-{moment:%Y-%m-%d-%H%M%S}.p2kp") for moment in moments]


def test_backups_are_thinned_to_hours_days_and_weeks_and_never_the_newest():
    now = datetime.datetime(2026, 11, 23, 22, 30)
    every_half_hour = names(now - datetime.timedelta(minutes=30 * n) for n in range(24 * 2 * 90))
    gone = set(backups.superfluous(every_half_hour))
    kept = [path for path in every_half_hour if path not in gone]
    assert every_half_hour[0] in kept
    assert 24 <= len(kept) <= 24 + 14 + 8
    assert backups.superfluous(kept) == []
    days = {backups.moment_of(path).date() for path in kept}
    assert all((now - datetime.timedelta(days=n)).date() in days for n in range(14))


def test_a_backup_is_made_while_somebody_writes(workspace):
    with workspace.changing():
        pass
    recording.record(workspace, Household, {"rt": "1/1"})
    first, second = backups.back_up(workspace), backups.back_up(workspace)
    assert first != second
    assert backups.made(Path(workspace.name))[-1] in (first, second)


@pytest.mark.parametrize("percent", range(0, 101, 5))
def test_a_stick_pulled_at_any_moment_holds_nothing_under_the_name_unless_whole(tmp_path, monkeypatch, percent):
    source, stick = tmp_path / "bundel.xlsx", tmp_path / "stick"
    source.write_bytes(os.urandom(3_000_000))
    stick.mkdir()
    real_open = io.open

    def open_on_stick(path, mode="r", *rest, **named):
        file = real_open(path, mode, *rest, **named)
        return Stick(file, 3_000_000 * percent // 100) if str(path).endswith(".part") and "w" in mode else file

    monkeypatch.setattr(Path, "open", lambda self, mode="r", *rest, **named: open_on_stick(self, mode, *rest, **named))
    if percent < 100:
        with pytest.raises(Trouble, match="tidak tersalin utuh"):
            delivery.deliver(source, stick, "P2KP.xlsx")
        assert list(stick.iterdir()) == []
    else:
        assert delivery.deliver(source, stick, "P2KP.xlsx").read_bytes() == source.read_bytes()


def test_a_full_stick_is_told_before_anything_is_written(tmp_path, monkeypatch):
    source, stick = tmp_path / "bundel.xlsx", tmp_path / "stick"
    source.write_bytes(b"x" * 5000)
    stick.mkdir()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10_000, 9_000, 1_000))
    with pytest.raises(Trouble, match="tidak cukup"):
        delivery.deliver(source, stick, "P2KP.xlsx")
    assert list(stick.iterdir()) == []


def test_what_is_read_back_differently_never_gets_the_name(tmp_path, monkeypatch):
    source, stick = tmp_path / "bundel.xlsx", tmp_path / "stick"
    source.write_bytes(b"x" * 5000)
    stick.mkdir()
    monkeypatch.setattr(delivery, "_digest", lambda _: "something else")
    with pytest.raises(Trouble, match="berbeda"):
        delivery.deliver(source, stick, "P2KP.xlsx")
    assert list(stick.iterdir()) == []


def save(workspace, building="1"):
    recording.record(workspace, Household, {"rt": "1/1", "building": building})


def test_a_backup_is_made_only_when_something_changed(workspace):
    save(workspace)
    first = backups.if_changed(workspace)
    assert first is not None
    assert backups.if_changed(workspace) is None
    save(workspace, "2")
    assert backups.if_changed(workspace) not in (None, first)


def test_a_file_sent_and_a_draft_are_changes_too(workspace, tmp_path):
    save(workspace)
    backups.if_changed(workspace)
    sending.send(workspace, tmp_path)
    assert backups.if_changed(workspace) is not None
    with workspace.changing() as connection:
        drafts.keep(connection, drafts.Draft("x", "household", {"head_name": "Siti"}, "head_name", "Siti", "2026"))
    assert backups.if_changed(workspace) is not None


def test_opening_again_is_no_change(workspace):
    save(workspace)
    backups.if_changed(workspace)
    workspace.close()
    with open_workspace(workspace.name) as again:
        assert backups.if_changed(again) is None


@pytest.mark.parametrize("harm", ["deleted", "damaged"])
def test_a_newest_backup_that_is_gone_or_damaged_is_made_anew(workspace, harm):
    save(workspace)
    first = backups.if_changed(workspace)
    if harm == "deleted":
        first.unlink()
    else:
        first.write_bytes(b"x" * 5000)
    assert backups.if_changed(workspace) is not None


def test_a_full_disk_is_told_in_words_and_leaves_no_half_backup(workspace, monkeypatch):
    save(workspace)
    good = backups.back_up(workspace)
    save(workspace, "2")
    real = files.connect

    def small(path, *rest, **named):
        made = real(path, *rest, **named)
        if str(path).endswith(".part"):
            made.execute("PRAGMA max_page_count = 5")
        return made

    monkeypatch.setattr(files, "connect", small)
    with pytest.raises(Trouble, match="disk penuh") as told:
        backups.back_up(workspace)
    assert told.value.code == "C02"
    assert "aman" in told.value.safe
    assert list(good.parent.iterdir()) == [good]


@pytest.mark.skipif(not (hasattr(os, "geteuid") and os.geteuid() == 0), reason="only root can mount")
def test_a_disk_that_is_really_full_is_told_in_words(workspace):
    folder = backups.folder_of(Path(workspace.name))
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        save(workspace)
        with pytest.raises(Trouble, match="disk penuh"):
            backups.back_up(workspace)
        assert list(folder.iterdir()) == []
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "C02"), (errno.EROFS, "C05"), (errno.EIO, "C06")])
def test_whatever_the_folder_says_is_told(workspace, monkeypatch, number, code):
    def refuse(*_rest, **_named):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(Trouble) as told:
        backups.back_up(workspace)
    assert told.value.code == code


def test_the_second_folder_gets_each_backup_and_a_fault_there_does_not_harm_the_first(
    workspace, tmp_path, monkeypatch
):
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.save(Settings(second_backups=str(stick)))
    save(workspace)
    kept = backups.keep(workspace)
    assert kept.trouble is None
    there = backups.second_folder(workspace)
    assert [path.name for path in there.iterdir()] == [kept.backup.name]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10_000, 9_000, 1_000))
    save(workspace, "2")
    kept = backups.keep(workspace)
    assert kept.backup.is_file()
    assert kept.trouble is not None
    assert len(list(there.iterdir())) == 1


def test_a_second_folder_that_comes_back_gets_what_it_lacks(workspace, tmp_path):
    stick = tmp_path / "stick"
    settings.save(Settings(second_backups=str(stick)))
    save(workspace)
    assert backups.keep(workspace).trouble is None
    stick.mkdir()
    assert backups.keep(workspace).backup is None
    assert len(list(backups.second_folder(workspace).iterdir())) == 1


def test_backups_are_listed_with_their_households_wherever_they_lie(workspace, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.save(Settings(second_backups=str(stick)))
    save(workspace)
    backups.keep(workspace)
    found = backups.listed(Path(workspace.name), backups.second_folder(workspace))
    assert [(each.holdings.households, each.second) for each in found] == [(1, False), (1, True)]


def test_restoring_is_refused_while_another_program_has_the_file_open(workspace):
    save(workspace)
    kept = backups.back_up(workspace)
    save(workspace, "2")
    with pytest.raises(Trouble, match="dipakai program lain"):
        backups.restore(kept, workspace.name)
    assert [each.answers["building"] for each in households(workspace)] == ["1", "2"]


def households(workspace):
    with workspace.asking() as connection:
        return sorted(views.found(connection, Household), key=lambda each: each.answers["building"])


def test_a_restored_workspace_knows_that_it_is_one_and_renews_its_node_once(workspace):
    save(workspace)
    kept = backups.back_up(workspace)
    save(workspace, "2")
    workspace.close()
    saved = backups.restore(kept, workspace.name)
    assert saved in backups.made(Path(workspace.name))
    with open_workspace(workspace.name) as again:
        assert [each.answers["building"] for each in households(again)] == ["1"]


def test_a_file_that_is_too_damaged_to_be_saved_first_is_set_aside_with_its_log(workspace):
    save(workspace)
    kept = backups.back_up(workspace)
    workspace.close()
    Path(workspace.name).write_bytes(b"rusak" * 900)
    saved = backups.restore(kept, workspace.name)
    assert "rusak" in saved.name
    assert saved.read_bytes() == b"rusak" * 900


def test_a_copy_on_this_machine_is_recognised_once_its_original_went_on(workspace, tmp_path):
    save(workspace)
    workspace.close()
    copied = tmp_path / "salinan.p2kp"
    shutil.copyfile(workspace.name, copied)
    with open_workspace(workspace.name) as original:
        save(original, "2")
        save(original, "3")
    with open_workspace(workspace.name) as original:
        save(original, "4")
    with open_workspace(copied) as copy:
        with copy.asking() as connection:
            assert node.origin(connection, copy.name) == node.Origin(node.COPIED, str(Path(workspace.name).resolve()))
        save(copy, "5")
    with open_workspace(copied) as copy, copy.asking() as connection:
        assert node.origin(connection, copy.name) is None
        assert len(node.own_nodes(connection)) == 2


def test_a_workspace_from_another_machine_is_recognised(make_workspace, monkeypatch):
    monkeypatch.setattr(environment, "machine", lambda: "laptop lama")
    workspace = make_workspace()
    save(workspace)
    monkeypatch.setattr(environment, "machine", lambda: "laptop baru")
    monkeypatch.setenv("P2KP_HOME", str(Path(workspace.name).parent / "rumah lain"))
    workspace.claimed = False
    with workspace.asking() as connection:
        assert node.origin(connection, workspace.name) == node.Origin(node.MOVED)
    save(workspace, "2")
    with workspace.asking() as connection:
        assert node.origin(connection, workspace.name) is None


@pytest.fixture
def clock(monkeypatch):
    """Give a function that sets what the clock shows when a backup is made."""
    return lambda moment: monkeypatch.setattr(backups, "_stamp", lambda: moment)


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    settings.save(Settings(second_backups=str(folder)))


@pytest.mark.usefixtures("stick")
def test_one_session_with_a_clock_years_ahead_neither_stops_the_second_disk_nor_hides_work(workspace, clock):
    save(workspace)
    clock("2031-05-05-080000")
    ahead = backups.keep(workspace).backup
    save(workspace, "2")
    clock("2026-11-30-080000")
    kept = backups.keep(workspace)
    there = backups.second_folder(workspace)
    assert {path.name for path in there.iterdir()} == {ahead.name, kept.backup.name}
    assert backups.made(Path(workspace.name)) == [kept.backup, ahead]
    assert window_edge.standing(workspace).backup == backups.moment_of(kept.backup).isoformat()
    found = backups.listed(Path(workspace.name), there)
    assert [(each.holdings.households, each.second) for each in found] == [
        (2, False), (2, True), (1, False), (1, True),
    ]
    workspace.close()
    Path(workspace.name).write_bytes(b"")
    assert salvage.examine(Path(workspace.name)).good[0].holdings.households == 2


def test_a_laptop_that_forgets_the_time_keeps_its_last_backups_and_not_all_of_them(workspace, clock):
    for number in range(8):
        save(workspace)
        clock(f"2026-11-2{number}-090000")
        backups.back_up(workspace)
    for number in range(backups.MOST_FRESH + 5):
        save(workspace)
        clock(f"2015-01-01-00{number:02d}00")
        last = backups.back_up(workspace)
    newest = backups.made(Path(workspace.name))
    assert newest[0] == last
    assert len([path for path in newest if "2015" in path.name]) == backups.MOST_FRESH
    assert len([path for path in newest if "2026" in path.name]) == 8


def test_a_workspace_that_was_put_back_is_backed_up_again_only_when_it_changes(workspace):
    save(workspace)
    first = backups.back_up(workspace)
    save(workspace, "2")
    workspace.close()
    second = backups.restore(first, workspace.name)
    with open_workspace(workspace.name) as again:
        assert backups.if_changed(again) is None
        assert backups.made(Path(workspace.name)) == [second, first]
        save(again, "3")
        third = backups.if_changed(again)
        assert backups.made(Path(workspace.name)) == [third, second, first]


def test_a_bundle_taken_back_is_a_later_state(workspace, make_workspace, tmp_path, clock):
    office = make_workspace("Kota", role="district", regions=("16.71",))
    save(workspace)
    receiving.receive(office, sending.send(workspace, tmp_path).path)
    full = backups.back_up(office)
    with office.asking() as connection:
        line = transfers.log(connection)[0].id
    import_undo.undo(office, line)
    clock("2015-01-01-000000")
    empty = backups.back_up(office)
    assert backups.made(Path(office.name)) == [empty, full]


def test_a_name_with_brackets_and_a_file_that_only_looks_dated_are_no_obstacle(make_workspace):
    workspace = make_workspace("Lorok [1]")
    save(workspace)
    kept = backups.back_up(workspace)
    kept.with_name("Lorok [1]-2026-99-99-999999.p2kp").write_bytes(b"x")
    assert backups.if_changed(workspace) is None
    assert backups.made(Path(workspace.name)) == [kept]


def test_a_workspace_that_can_only_be_looked_at_is_not_said_to_lack_backups(workspace, monkeypatch):
    monkeypatch.setattr(reaching, "is_read_only", lambda _path: True)
    assert backups.keep(workspace) == backups.KeptBackup(None, None)
    assert not backups.folder_of(Path(workspace.name)).exists()


def test_a_backup_that_is_held_for_a_moment_is_not_taken_for_the_oldest_ever_after(workspace, monkeypatch):
    made = backups.back_up(workspace)
    os.utime(made, (1_700_000_000,) * 2)  # nobody has looked at it yet
    with monkeypatch.context() as held:
        held.setattr(footing, "uri", lambda path, _mode: f"file:{path}?mode=nothing")
        assert marks.age_of(made) == marks.NOTHING
    assert marks.age_of(made) == marks.age(workspace)
