"""A stick pulled at any moment, or a person who stops it: nothing stands under the name unless it is whole."""

import io
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import import_undo, outbox, pace, receiving, sending
from p2kp_desktop.actions.common import delivery
from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.databases import library
from p2kp_desktop.exchange import reading
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import facts, opening, transfers
from tests.failing import Stick

HERLINA = {"rt": "14/5", "head_name": "Herlina", "kk_count": 1}
KINDS = {"plain": {}, "password": {"password": "rahasia"}, "return": {"to": "facilitator"}}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


def city_with_a_household(make_workspace):
    city = make_workspace("Kota", "district", ("16.71",))
    recording.record(city, Household, HERLINA | {"region": "16.71.01.1001"})
    return city


@pytest.mark.parametrize("kind", KINDS)
def test_a_stick_pulled_at_0_5_to_100_per_cent_of_any_kind_of_bundle(make_workspace, tmp_path, monkeypatch, kind):
    city, stick = city_with_a_household(make_workspace), tmp_path / "stick"
    stick.mkdir()
    size = sending.send(city, tmp_path, **KINDS[kind]).path.stat().st_size
    real_open, left = io.open, 0

    def open_on_stick(self, mode="r", *rest, **named):
        file = real_open(self, mode, *rest, **named)
        return Stick(file, left) if self.name.endswith(".part") and "w" in mode else file

    monkeypatch.setattr(Path, "open", open_on_stick)
    for percent in range(0, 100, 5):
        left = size * percent // 100
        with pytest.raises(Trouble, match="tidak tersalin utuh"):
            sending.send(city, stick, **KINDS[kind])
        assert list(stick.iterdir()) == []
    left = 10 * size
    sent = sending.send(city, stick, **KINDS[kind])
    monkeypatch.undo()
    assert [sent.path] == list(stick.iterdir())
    team = make_workspace("Tim")
    received = receiving.receive(team, sent.path, password=KINDS[kind].get("password", ""))
    assert (received.error, received.counts["new"]) == (None, 1)
    assert [line.file for line in outbox.log(city)].count(sent.path.name) >= 1


def test_stopping_at_any_report_leaves_no_file_and_nothing_that_counts_as_sent(make_workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(pace, "_OFTEN", 0.0)
    city, stick = city_with_a_household(make_workspace), tmp_path / "stick"
    stick.mkdir()
    seen: list[tuple[int, int]] = []
    sending.send(city, tmp_path, report=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1]
    lines = len(outbox.log(city))
    for stop in range(len(seen)):
        told = []

        def report(done, _total, stop=stop, told=told):
            told.append(done)
            if len(told) > stop:
                raise Cancelled

        with pytest.raises(Cancelled):
            sending.send(city, stick, report=report)
        assert list(stick.iterdir()) == []
    assert sum("gagal" not in line.result for line in outbox.log(city)) == lines


def test_a_file_that_is_out_is_in_the_log_even_when_its_end_cannot_be_noted(make_workspace, tmp_path, monkeypatch):
    city, stick = city_with_a_household(make_workspace), tmp_path / "stick"
    stick.mkdir()
    team = make_workspace("Tim")
    recording.record(team, Household, HERLINA)
    receiving.receive(city, sending.send(team, tmp_path).path)
    real, busy = delivery.deliver, library.connect(city.name, isolation_level=None)
    monkeypatch.setattr(opening, "BUSY_MILLISECONDS", 1)

    def deliver(*given, **named):
        city.engine.dispose()
        busy.execute("BEGIN IMMEDIATE")  # another program writes from now on
        return real(*given, **named)

    monkeypatch.setattr(sending, "deliver", deliver)
    sent = sending.send(city, stick, to="province")
    busy.execute("ROLLBACK")
    busy.close()
    line = outbox.log(city)[0]
    assert line.file == sent.path.name
    assert "belum pasti" in line.result
    with city.asking() as connection:
        came = next(line.id for line in transfers.log(connection) if line.direction == "in")
    (hindered,) = import_undo.obstacles(city, came)
    assert "sudah dikirim kepada Provinsi" in hindered


def test_a_failed_delivery_is_marked_so_and_its_number_is_not_used_again(make_workspace, tmp_path, monkeypatch):
    city = city_with_a_household(make_workspace)

    def fail(*_given, **_named):
        raise Trouble("Flashdisk dicabut.", remedy="Pasang lagi.", code="K02")

    with monkeypatch.context() as broken, pytest.raises(Trouble):
        broken.setattr(sending, "deliver", fail)
        sending.send(city, tmp_path)
    assert outbox.log(city)[0].result == "gagal dikirim: Flashdisk dicabut."
    assert reading.read(sending.send(city, tmp_path).path).manifest.more["serial"] == 2


def test_names_of_any_length_and_script_make_names_that_every_disk_takes(make_workspace, tmp_path):
    workspace = make_workspace("x")
    with workspace.changing() as connection:
        facts.note(connection, "name", "郡" * 120)
    path = sending.send(workspace, tmp_path).path
    assert len(path.name.encode()) < 200


def test_the_estimate_is_by_what_it_took_so_far():
    assert pace.left_words(1, 100, 0.1) == "1 %"
    assert pace.left_words(25, 100, 5) == "25 % · kira-kira 15 detik lagi"
    assert pace.left_words(10, 100, 60) == "10 % · kira-kira 9 menit lagi"


def test_a_folder_that_is_not_there_has_no_room():
    assert delivery.free_room(Path("/none/such")) is None
