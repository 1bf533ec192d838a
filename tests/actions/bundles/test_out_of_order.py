"""Bundles that come out of order: what came too early counts once the missing one comes, and is taken back with it."""

from itertools import permutations

import pytest

from p2kp_desktop.actions.bundles import arrivals, import_undo, outbox, receiving, sending
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import facts, spans
from tests.conftest import KELURAHAN

_written = {}


@pytest.fixture
def bundles(make_workspace, tmp_path):
    """Give three bundles of a facilitator, each of which goes on from what a city acknowledged of the one before.

    They are written once for the tests of a process.
    """
    if not _written:
        _written.update((path.name, path.read_bytes()) for path in _three(make_workspace, tmp_path))
    for name, content in _written.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in _written]


def _three(make_workspace, tmp_path):
    tim, kota = make_workspace("Tim 3"), make_workspace("Kota", "district", ("16.71",))
    made = []
    for number in (1, 2, 3):
        recording.record(tim, Household, {"id": f"h{number}", "rt": f"{number}/5"})
        made.append(sending.send(tim, tmp_path).path)
        receiving.receive(kota, made[-1])
        receiving.receive(tim, sending.send(kota, tmp_path, to="facilitator").path)
    return made


@pytest.fixture
def kota(make_workspace):
    return make_workspace("Kota baru", "district", ("16.71",))


def known(workspace):
    """Return up to which save of the facilitator this workspace knows to have everything of the kelurahan."""
    with workspace.asking() as connection:
        return max(facts.known_edits(connection).get(KELURAHAN, {}).values(), default=0)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_the_order_in_the_end_all_is_known_and_no_gap_is_told(order, bundles, kota):
    ended = [receiving.receive(kota, bundles[number]) for number in order]
    assert known(kota) == 3
    assert ended[-1].gaps == () or order[-1] == 2
    assert all(receiving.receive(kota, bundle).gaps == () for bundle in bundles)


def test_a_gap_counts_only_what_has_not_come(bundles, kota):
    (_, gap) = receiving.receive(kota, bundles[2]).gaps
    assert "2 simpanan belum ada di sini" in gap
    assert known(kota) == 0
    (_, gap) = receiving.receive(kota, bundles[1]).gaps
    assert "1 simpanan belum ada di sini" in gap
    (_, gap) = receiving.receive(kota, bundles[2]).gaps
    assert "1 simpanan belum ada di sini" in gap
    assert receiving.receive(kota, bundles[0]).gaps == ()
    assert known(kota) == 3


def test_the_receipt_tells_all_once_the_missing_one_has_come(bundles, kota, tmp_path):
    for bundle in reversed(bundles):
        receiving.receive(kota, bundle)
    back = sending.send(kota, tmp_path, to="facilitator")
    assert back.records == 0  # the facilitator has it all, and says so in each bundle


def test_files_of_one_lot_close_each_others_gaps(bundles, kota):
    files = [arrivals.recognise(kota, path) for path in reversed(bundles)]
    assert arrivals.rehearse_files(kota, files).gaps == ()
    applied = arrivals.apply_files(kota, files[:2])
    assert len({gap.split("; ")[1] for gap in applied.gaps}) == 1
    assert arrivals.apply_files(kota, files).gaps == ()


def test_taking_back_the_missing_one_opens_the_gap_again(bundles, kota):
    for bundle in bundles[:0:-1]:
        receiving.receive(kota, bundle)
    first = receiving.receive(kota, bundles[0])
    assert known(kota) == 3
    import_undo.undo(kota, first.transfer)
    assert known(kota) == 0
    receiving.receive(kota, bundles[0])
    assert known(kota) == 3


def test_taking_back_what_came_too_early_takes_back_what_was_remembered_of_it(bundles, kota):
    late = receiving.receive(kota, bundles[2])
    import_undo.undo(kota, late.transfer)
    for bundle in bundles[:2]:
        receiving.receive(kota, bundle)
    assert known(kota) == 2
    again = receiving.receive(kota, bundles[2])
    assert (again.counts["new"], again.gaps, known(kota)) == (1, (), 3)


def test_a_second_copy_is_no_proof_once_the_first_is_taken_back(bundles, kota):
    first = receiving.receive(kota, bundles[2])
    receiving.receive(kota, bundles[2])
    import_undo.undo(kota, first.transfer)
    for bundle in bundles[:2]:
        receiving.receive(kota, bundle)
    assert known(kota) == 2


def test_what_came_too_early_without_names_is_not_remembered(make_workspace, kota, bundles, tmp_path):
    tim = make_workspace("Tim 4")
    recording.record(tim, Household, {"id": "x", "rt": "1/5"})
    receiving.receive(tim, bundles[0])
    receiving.receive(kota, sending.send(tim, tmp_path, withhold=True).path)
    with kota.asking() as connection:
        assert spans.of_place(connection, KELURAHAN) == []


def test_what_is_remembered_of_a_sign_is_forgotten_once_its_copies_are_told_apart(bundles, kota):
    receiving.receive(kota, bundles[2])
    with kota.changing() as connection:
        ((sign, since, tick),) = spans.of_place(connection, KELURAHAN)
        assert (since, tick) == (2, 3)
        spans.forget_of(connection, [sign])
        assert spans.of_place(connection, KELURAHAN) == []


def test_what_is_known_anyway_is_remembered_no_longer(bundles, kota, make_workspace, tmp_path, monkeypatch):
    monkeypatch.setattr("p2kp_desktop.actions.bundles.import_undo.UNDOABLE", 2)
    for bundle in reversed(bundles):
        receiving.receive(kota, bundle)
    tim = make_workspace("Tim 4")
    for number in (1, 2):
        recording.record(tim, Household, {"id": f"x{number}", "rt": "1/5"})
        receiving.receive(kota, sending.send(tim, tmp_path).path)
    with kota.asking() as connection:
        assert spans.of_place(connection, KELURAHAN) == []
    assert outbox.log(kota)
