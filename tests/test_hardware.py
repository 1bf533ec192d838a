"""What tells machines apart: an image of a disk is noticed, a plugged in card and an older sign are not."""

import sys
from pathlib import Path

import pytest

from p2kp_desktop import environment, hardware

CARD = 0x001122334455


@pytest.fixture
def files(monkeypatch):
    """Give what Linux says in files, and the registry of Windows; a test fills them."""
    said, registered = {}, {}
    monkeypatch.setattr(hardware, "_read", lambda file: said.get(file.as_posix(), ""))
    monkeypatch.setattr(hardware, "_files_of_cards", lambda: [Path(name) for name in said if "address" in name])
    monkeypatch.setattr(hardware, "_registered", lambda _key, name: registered.get(name, ""))
    monkeypatch.setattr("uuid.getnode", lambda: CARD)
    return said, registered


def signed(files, said, registered=None):
    files[0].clear()
    files[1].clear()
    files[0].update(said)
    files[1].update(registered or {})
    return hardware.sign()


def test_an_image_carries_the_installed_system_and_is_told_by_its_card(files):
    one = signed(files, {"wlan/address": "b4:2e:99:00:00:01", "/etc/machine-id": "e08d2021"})
    other = signed(files, {"wlan/address": "b4:2e:99:00:00:02", "/etc/machine-id": "e08d2021"})
    assert not hardware.same(one, other)
    assert one[:4] != other[:4]  # what is shown of a sign


def test_another_card_beside_the_first_is_the_same_machine(files):
    one = signed(files, {"wlan/address": "b4:2e:99:00:00:01"})
    more = signed(files, {"wlan/address": "b4:2e:99:00:00:01", "eth/address": "a0:00:00:00:00:07"})
    assert hardware.same(one, more)
    assert hardware.same(more, one)


def test_an_address_made_up_at_random_is_no_card(files, monkeypatch):
    one = signed(files, {"wlan/address": "b4:2e:99:00:00:01"})
    hidden = signed(files, {"wlan/address": "be:ef:00:00:00:01", "phy/macaddress": "b4:2e:99:00:00:01"})
    assert hardware.same(one, hidden)
    monkeypatch.setattr("uuid.getnode", lambda: 1 << 40 | 7)
    assert signed(files, {"wlan/address": "be:ef:00:00:00:01"}) == ""


def test_on_windows_the_board_decides_whatever_card_is_plugged_in(files, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    board = {"LastConfig": "{4c4c4544-0042-4410-8053-b7c04f4e3332}", "MachineGuid": "guid"}
    one = signed(files, {}, board)
    monkeypatch.setattr("uuid.getnode", lambda: CARD + 1)
    assert hardware.same(one, signed(files, {}, board))
    imaged = board | {"LastConfig": "{4c4c4544-0042-4410-8053-b7c04f4e3333}"}
    assert not hardware.same(one, signed(files, {}, imaged))


@pytest.mark.parametrize("unfilled", [
    "{03000200-0400-0500-0006-000700080009}", "{ffffffff-ffff-ffff-ffff-ffffffffffff}", "",
])
def test_a_board_that_its_maker_did_not_number_leaves_it_to_the_card(files, monkeypatch, unfilled):
    monkeypatch.setattr(sys, "platform", "win32")
    one = signed(files, {}, {"LastConfig": unfilled, "MachineGuid": "guid"})
    monkeypatch.setattr("uuid.getnode", lambda: CARD + 1)
    assert not hardware.same(one, signed(files, {}, {"LastConfig": unfilled, "MachineGuid": "guid"}))


def test_the_sign_of_an_older_release_is_known_again(files):
    here = signed(files, {"/etc/machine-id": "e08d2021"})
    old = here.split("-")[0].removesuffix(hardware.CARD)
    assert hardware.same(old, here)
    assert not hardware.same("0" * 12, here)


def test_where_nothing_is_known_on_both_sides_nothing_is_doubted(files, monkeypatch):
    monkeypatch.setattr("uuid.getnode", lambda: 1 << 40 | 7)
    assert signed(files, {}) == ""
    assert hardware.same("", "1" * 12)
    assert hardware.same(f"{'1' * 12}c", f"{'2' * 12}b")
    assert not hardware.same(f"{'1' * 12}s", f"{'2' * 12}s")


def test_this_machine_knows_itself():
    assert environment.is_machine(environment.machine())
    assert not environment.is_machine("laptop lama")
