import datetime
import io
import os
import shutil
from pathlib import Path

import pytest

from p2kp_desktop.actions import backups, delivering, recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble


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


class Stick:
    """Stands for a stick that is pulled after some bytes: writing more fails as the system says it."""

    def __init__(self, file, limit):
        self.file, self.left = file, limit

    def write(self, data):
        part = data[: self.left]
        self.file.write(part)
        self.left -= len(part)
        if len(part) < len(data):
            raise OSError(5, "Input/output error")

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()


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
            delivering.deliver(source, stick, "P2KP.xlsx")
        assert list(stick.iterdir()) == []
    else:
        assert delivering.deliver(source, stick, "P2KP.xlsx").read_bytes() == source.read_bytes()


def test_a_full_stick_is_told_before_anything_is_written(tmp_path, monkeypatch):
    source, stick = tmp_path / "bundel.xlsx", tmp_path / "stick"
    source.write_bytes(b"x" * 5000)
    stick.mkdir()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10_000, 9_000, 1_000))
    with pytest.raises(Trouble, match="tidak cukup"):
        delivering.deliver(source, stick, "P2KP.xlsx")
    assert list(stick.iterdir()) == []


def test_what_is_read_back_differently_never_gets_the_name(tmp_path, monkeypatch):
    source, stick = tmp_path / "bundel.xlsx", tmp_path / "stick"
    source.write_bytes(b"x" * 5000)
    stick.mkdir()
    monkeypatch.setattr(delivering, "_digest", lambda _: "something else")
    with pytest.raises(Trouble, match="berbeda"):
        delivering.deliver(source, stick, "P2KP.xlsx")
    assert list(stick.iterdir()) == []
