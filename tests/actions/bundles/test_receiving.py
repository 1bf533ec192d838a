"""Rehearsals, many files at once, progress and cancel, kept originals, passwords, senders."""

import random
import shutil
from contextlib import suppress
from itertools import count

import openpyxl
import pytest

from p2kp_desktop.actions.bundles import arrivals, outbox, receiving, senders, sending
from p2kp_desktop.actions.common import backups, originals, soundness
from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.exchange import signing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import own_keys, transfers

A_HOUSEHOLD = {"id": "h", "rt": "14/5", "head_name": "Herlina", "kk_count": 1, "water_source": "a"}


@pytest.fixture
def kota(make_workspace):
    return make_workspace("Kota", "district", ("16.71",))


def sent(workspace, folder, **how):
    folder.mkdir(exist_ok=True)
    return sending.send(workspace, folder, **how).path


def looked_at(workspace, *paths):
    return arrivals.recognise_all(workspace, paths)


def edited(path, old, new, target):
    book = openpyxl.load_workbook(path)
    cell = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == old)
    cell.value = new
    book.save(target)
    return target


def test_a_rehearsal_tells_everything_and_the_second_copy_changes_nothing(workspace, kota, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    receiving.receive(kota, sent(workspace, tmp_path))
    recording.record(workspace, Household, {"id": "h", "kk_count": 2})
    recording.record(workspace, Household, {"id": "n", "rt": "15/5", "head_name": "Budi"})
    path = sent(workspace, tmp_path)
    copy = shutil.copy(path, path.with_name("salinan (1).xlsx"))
    before = soundness.digest(kota)
    files = looked_at(kota, path, path.with_name("salinan (1).xlsx"))
    assert [file.same_as for file in files] == ["", path.name]
    rehearsed = arrivals.rehearse_files(kota, files)
    first, second = rehearsed.outcomes
    assert (first.counts["new"], first.counts["updated"]) == (1, 1)
    assert (second.state, second.sentence()) == ("nothing", "Sudah ada · 0 perubahan")
    (change,) = rehearsed.changes
    told = change.in_words()
    assert (told.record, told.before, told.after) == ("Herlina", "1 KK", "2 KK")
    assert told.place.startswith("RT 014/005")
    assert told.by.startswith("Siti, Fasilitator kelurahan")
    assert [(m.rt, m.before is None) for m in rehearsed.movements] == [("015/005", True)]
    assert soundness.digest(kota) == before
    assert len(outbox.log(kota)) == 1
    applied = arrivals.apply_files(kota, files)
    assert [outcome.counts for outcome in applied.outcomes] == [outcome.counts for outcome in rehearsed.outcomes]
    assert applied.movements == rehearsed.movements
    assert applied.backup in backups.made(tmp_path / "Kota.p2kp")
    assert copy


def test_a_rehearsal_shows_both_sides_of_a_conflict(make_workspace, tmp_path):
    ali, budi = make_workspace("Ali"), make_workspace("Budi")
    recording.record(ali, Household, A_HOUSEHOLD)
    receiving.receive(budi, sent(ali, tmp_path))
    recording.record(ali, Household, {"id": "h", "kk_count": 2})
    recording.record(budi, Household, {"id": "h", "kk_count": 3})
    (conflict,) = arrivals.rehearse_files(ali, looked_at(ali, sent(budi, tmp_path))).conflicts
    told = conflict.in_words()
    assert (told.before, told.after) == ("2 KK", "3 KK")
    assert told.by.startswith("Budi")


def test_an_edited_cell_is_told_with_what_stood_there_where_that_is_known(workspace, kota, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    path = sent(workspace, tmp_path)
    changed = edited(path, "Herlina", "Herlina Wati", tmp_path / "diubah.xlsx")
    (cell,) = arrivals.rehearse_files(kota, looked_at(kota, changed)).edited
    assert (cell.now, cell.before, cell.question) == ("Herlina Wati", None, "head_name")
    receiving.receive(kota, path)
    (cell,) = arrivals.rehearse_files(kota, looked_at(kota, changed)).edited
    assert (cell.now, cell.before, cell.subject.title) == ("Herlina Wati", "Herlina", "Herlina")
    assert "dahulu «Herlina»" in cell.sentence()


def test_a_new_household_that_resembles_one_here_is_named(workspace, kota, make_workspace, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    receiving.receive(kota, sent(workspace, tmp_path))
    other = make_workspace("Dua")
    recording.record(other, Household, {"id": "x", "rt": "14/5", "head_name": "HERLINA "})
    recording.record(other, Household, {"id": "y", "rt": "14/5", "head_name": "Rosidah"})
    recording.record(other, Household, {"id": "z", "rt": "15/5", "head_name": "Herlina"})
    (pair,) = arrivals.rehearse_files(kota, looked_at(kota, sent(other, tmp_path))).duplicates
    assert (pair.arriving.id, pair.here.id, pair.why) == ("x", "h", "nama sama")


def test_a_missing_earlier_bundle_is_named_and_ends_when_it_comes(workspace, kota, make_workspace, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    first = sent(workspace, tmp_path)
    receiving.receive(kota, first)
    recording.record(workspace, Household, {"id": "h", "kk_count": 2})
    receiving.receive(kota, sent(workspace, tmp_path))
    receiving.receive(workspace, sent(kota, tmp_path, to="facilitator"))
    recording.record(workspace, Household, {"id": "h", "kk_count": 3})
    late = sent(workspace, tmp_path)
    other = make_workspace("Kota lain", "district", ("16.71",))
    (gap,) = {gap.split(" untuk ")[0] for gap in receiving.receive(other, late).gaps}
    assert gap == "Paket sebelumnya dari Siti"
    rehearsed = arrivals.rehearse_files(other, looked_at(other, sent(workspace, tmp_path, full=True), late))
    assert rehearsed.gaps == ()


def test_dozens_of_files_in_any_order_renamed_doubled_and_cut_off(make_workspace, kota, tmp_path):
    inbox = tmp_path / "masuk"
    (inbox / "dalam").mkdir(parents=True)
    dice = random.Random(4)
    sound = []
    for number in range(6):
        team = make_workspace(f"Tim {number}")
        for round_ in range(2):
            recording.record(team, Household, A_HOUSEHOLD | {"id": f"h{number}{round_}", "rt": f"{number + 1}/1"})
            sound.append(sent(team, tmp_path / "asal"))
    for number, path in enumerate(sound):
        shutil.copy(path, inbox / f"{dice.random():.6f}.XLSX")
        shutil.copy(path, inbox / "dalam" / f"paket ({number}).xlsx")
        (inbox / f"terpotong {number}.xlsx").write_bytes(path.read_bytes()[: -dice.randrange(300, 3000)])
    (inbox / "~$kunci.xlsx").write_bytes(b"x")
    files = looked_at(kota, inbox)
    assert (len(files), sum(file.trouble is not None for file in files)) == (36, 12)
    assert sum(bool(file.same_as) for file in files if not file.trouble) == 12
    dice.shuffle(files)
    applied = arrivals.apply_files(kota, files)
    whole = [outcome for outcome in applied.outcomes if outcome.received]
    assert {outcome.trouble.code for outcome in applied.outcomes if outcome.trouble} <= {"B03", "B14"}
    counts = arrivals.together(whole)
    assert counts["new"] == 12
    assert sum(outcome.state == "nothing" for outcome in whole) >= 12
    for outcome in whole:
        assert outcome.received.read == sum(outcome.counts.values())
    ordered = make_workspace("Kota rapi", "district", ("16.71",))
    for path in sound:
        receiving.receive(ordered, path)
    assert soundness.digest(kota) == soundness.digest(ordered)


def counted(workspace, files):
    calls = []
    arrivals.rehearse_files(workspace, files, report=lambda done, total: calls.append((done, total)))
    return calls


def test_progress_goes_up_to_the_end(workspace, kota, tmp_path):
    for number in range(600):
        recording.record(workspace, Household, {"id": f"{number}", "rt": "1/1"})
    calls = counted(kota, looked_at(kota, sent(workspace, tmp_path)))
    assert len(calls) >= 4
    assert calls == sorted(calls)
    assert calls[-1][0] == calls[-1][1]


def cancelling_at(number, *, beats=True):
    """Return what hears of progress and cancels at a report, from 1; with or without those that come by the clock."""
    left = [number]

    def report(done, total):
        left[0] -= beats or (done, total) != (0, 1)
        if not left[0]:
            raise Cancelled

    return report


def test_cancelling_at_any_report_leaves_what_was_or_whole_files(workspace, kota, make_workspace, tmp_path):
    """A machine reports more often while it is busy, so each is gone through until it comes to its end."""
    for number in range(3):
        recording.record(workspace, Household, {"id": f"a{number}", "rt": "1/1"})
    other = make_workspace("Dua")
    for number in range(3):
        recording.record(other, Household, {"id": f"b{number}", "rt": "2/1"})
    files = looked_at(kota, sent(workspace, tmp_path / "1"), sent(other, tmp_path / "2"))
    before = soundness.digest(kota)
    for at in count(1):
        with suppress(Cancelled):
            arrivals.rehearse_files(kota, files, report=cancelling_at(at))
            break
        assert soundness.digest(kota) == before
        assert originals.kept(kota) == []
    seen = []
    for at in count(1):
        place = make_workspace(f"Kota {at}", "district", ("16.71",))
        applied = arrivals.apply_files(place, files, report=cancelling_at(at, beats=False))
        if not applied.stopped:
            break
        assert len(originals.kept(place)) == len(applied.outcomes)
        assert sum(outcome.counts["new"] for outcome in applied.outcomes) == 3 * len(applied.outcomes)
        assert soundness.check(place) == []
        seen.append(len(applied.outcomes))
    assert set(seen) == {0, 1, 2}


def test_the_file_is_kept_byte_for_byte_once_and_never_by_a_rehearsal(workspace, kota, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    path = sent(workspace, tmp_path)
    copy = path.with_name("lain (1).xlsx")
    shutil.copy(path, copy)
    receiving.receive(kota, path, rehearse=True)
    assert originals.kept(kota) == []
    for each in (path, copy):
        receiving.receive(kota, each)
    (kept,) = originals.kept(kota)
    assert kept.read_bytes() == path.read_bytes()
    assert kept.parent.name == "Berkas masuk Kota"
    assert originals.find(kota, originals.hash_of(path)) == kept
    bad = tmp_path / "surat.xlsx"
    bad.write_text("Yth.", encoding="utf-8")
    assert receiving.receive(kota, bad).trouble.code == "B04"
    assert originals.kept(kota) == [kept]


@pytest.mark.parametrize("fault", ["full", "forbidden"])
def test_nothing_is_imported_when_the_original_cannot_be_kept(workspace, kota, tmp_path, monkeypatch, fault):
    recording.record(workspace, Household, A_HOUSEHOLD)
    path = sent(workspace, tmp_path)
    before = soundness.digest(kota)
    if fault == "full":
        room = shutil.disk_usage(tmp_path)._replace(free=1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: room)
    else:
        (tmp_path / "Berkas masuk Kota").write_text("no folder", encoding="utf-8")
    received = receiving.receive(kota, path)
    assert received.trouble.code == {"full": "T69", "forbidden": "T61"}[fault]
    assert received.read == 0
    assert soundness.digest(kota) == before


def test_a_locked_file_waits_for_its_password(workspace, kota, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    path = sent(workspace, tmp_path, password="rahasia")
    before = soundness.digest(kota)
    for word, code in (("", "B08"), ("salah", "B20")):
        file = arrivals.recognise(kota, path, word)
        assert (file.locked, file.needs_password, file.trouble.code) == (True, True, code)
        assert receiving.receive(kota, path, password=word).trouble.code == code
    assert soundness.digest(kota) == before
    assert originals.kept(kota) == []
    file = arrivals.recognise(kota, path, "rahasia")
    assert (file.locked, file.needs_password, file.trouble) == (True, False, None)
    (outcome,) = arrivals.apply_files(kota, [file], passwords={path: "rahasia"}).outcomes
    assert outcome.counts["new"] == 1
    assert originals.kept(kota)[0].read_bytes() == path.read_bytes()


def test_a_sender_is_new_then_known_and_a_changed_key_is_announced_in_the_rehearsal(workspace, kota, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    first = sent(workspace, tmp_path)
    (file,) = looked_at(kota, first)
    assert (file.signer.standing, file.signer.words) == ("new", "belum dikenal")
    words = file.signer.fingerprint
    assert len(words.split()) == 6
    receiving.receive(kota, first)
    assert receiving.receive(kota, first).sender.words == "dikenal"
    with workspace.changing() as connection:
        own_keys.take(connection, signing.new_key())
    rehearsed = arrivals.rehearse_files(kota, looked_at(kota, sent(workspace, tmp_path)))
    (outcome,) = rehearsed.outcomes
    assert (outcome.received.sender.words, outcome.received.sender.before) == ("kunci berubah", words)
    assert outcome.state == "warned"
    assert words in outcome.received.notes[0]
    senders.trust(kota, outcome.received.sender)
    assert receiving.receive(kota, outcome.file.path).sender.words == "dikenal"


def test_the_log_names_the_sender(workspace, kota, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    received = receiving.receive(kota, sent(workspace, tmp_path))
    with kota.asking() as connection:
        line = transfers.line(connection, received.transfer)
    assert {key: line.result["sender"][key] for key in ("person", "role", "workspace")} == {
        "person": "Siti", "role": "facilitator", "workspace": "Siti",
    }
    assert line.result["read"] == received.read == 1


def test_no_backup_no_import(workspace, kota, tmp_path, monkeypatch):
    recording.record(workspace, Household, A_HOUSEHOLD)
    files = looked_at(kota, sent(workspace, tmp_path))
    before = soundness.digest(kota)

    def refuse(_workspace):
        raise Trouble("Tidak ada ruang.", remedy="-", code="C02")

    monkeypatch.setattr(backups, "if_changed", refuse)
    with pytest.raises(Trouble):
        arrivals.apply_files(kota, files)
    assert soundness.digest(kota) == before
