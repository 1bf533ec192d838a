"""What people do is noted once, in a chain that shows whoever changes it."""

from pathlib import Path

import pytest

from p2kp_desktop.actions.common import backups, events, soundness
from p2kp_desktop.actions.protection import conversion, password
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.actions.upkeep import handing_over, salvage
from p2kp_desktop.exchange import signing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.period import Period
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import catalogue, saving
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import audit, facts, node, open_workspace, unopened
from tests.protected import LEAST, PASSWORD, a_protected, forgotten
from tests.sql_tool import edited


def acts(workspace):
    return [each.act for each in reversed(events.all_of_them(workspace))]


def last(workspace):
    return events.all_of_them(workspace)[0]


@pytest.fixture
def noted(make_workspace):
    workspace = make_workspace()
    for number in range(4):
        events.note_in(workspace, events.EXPORTED, list="household", lines=number, names=True)
    assert soundness.check(workspace) == []
    return workspace


# The chain


def test_each_row_names_the_one_before_and_is_signed_by_the_workspace(noted):
    first, second, *_rest = reversed(events.all_of_them(noted))
    assert (first.number, first.previous, second.previous, first.person) == (1, "", first.hash, "Siti")
    assert first.what == {"list": "household", "lines": 0, "names": True, events.ACCEPTED: events.NOBODY}
    assert second.what == {"list": "household", "lines": 1, "names": True}
    assert signing.signer(events._MEANT + second.hash, (signing.METHOD, second.signature), "")


@pytest.mark.parametrize("statement", ["UPDATE audit SET person = 'Budi'", "DELETE FROM audit WHERE number = 2"])
def test_no_row_is_changed_or_taken_away_while_the_triggers_are_there(noted, statement):
    with pytest.raises(Exception, match="rows of audit are only added"), noted.changing() as connection:
        connection.exec_driver_sql(statement)
    assert len(events.all_of_them(noted)) == 4


def test_triggers_that_somebody_took_away_are_there_again_after_the_next_opening(noted):
    with edited(noted) as again, again.asking() as connection:
        assert audit.is_guarded(connection)


@pytest.mark.parametrize(("statement", "said"), [
    ("UPDATE audit SET person = 'Budi' WHERE number = 2", "nomor 2 diubah"),
    ("UPDATE audit SET what = '{}' WHERE number = 4", "nomor 4 diubah"),
    ("UPDATE audit SET time = '2026-01-01' WHERE number = 1", "nomor 1 diubah"),
    ("DELETE FROM audit WHERE number = 2", "hilang: nomor 2 sampai 2"),
    ("DELETE FROM audit WHERE number = 1", "hilang: nomor 1 sampai 1"),
    ("DELETE FROM audit WHERE number > 2", "dipotong atau ditulis ulang"),
    ("DELETE FROM audit", "dipotong atau ditulis ulang"),
])
def test_check_finds_every_edit_of_the_rows(noted, statement, said):
    with edited(noted, statement) as again:
        assert said in " ".join(soundness.check(again))


def rechained(workspace, key):
    """Write the rows anew, one of them gone, with hashes that fit and the signature of some key."""
    with workspace.asking() as connection:
        kept = [each for each in audit.noted(connection) if each.number != 2]
    rows, previous = [], ""
    for number, each in enumerate(kept, 1):
        digest = audit.digest_of(number, each.time, each.person, each.act, "{}")
        previous, before = audit.next_hash(previous, digest), previous
        mark = signing.signed(key, events._MEANT + previous)[1]
        rows.append((number, each.time, each.person, each.act, "{}", before, previous, mark))
    values = ", ".join(str(row) for row in rows)
    return edited(workspace, "DELETE FROM audit", f"INSERT INTO audit VALUES {values}")


def test_a_chain_written_anew_with_hashes_that_fit_is_found_by_the_registry(noted):
    with rechained(noted, signing.new_key()) as again:
        assert "ditulis ulang" in " ".join(soundness.check(again))


def test_and_by_its_signature_where_the_registry_was_lost(noted, home):
    for path in (home / "nodes").glob("*.json"):
        path.unlink()
    with rechained(noted, signing.new_key()) as again:
        assert "tidak ditandatangani" in " ".join(soundness.check(again))


def test_rows_that_were_cut_off_are_named_for_good_by_the_next_one(noted):
    with edited(noted, "DELETE FROM audit WHERE number > 2") as again:
        events.opened(again)
        gap, opened = events.all_of_them(again)[1::-1]
        assert (gap.act, gap.what[audit.FROM], gap.what[audit.TO], opened.act) == (audit.GAP, 3, 4, events.OPENED)
        assert soundness.check(again) == []
        with again.asking() as connection:
            before = facts.facts(connection).node
        node.make_sure(again)
        with again.asking() as connection:
            assert facts.facts(connection).node != before


# What is noted


def test_nothing_is_noted_of_an_act_that_failed(make_workspace):
    workspace = make_workspace()
    with pytest.raises(Trouble), workspace.changing() as connection:
        events.note(connection, events.ERASED, records=1)
        raise Trouble("x", remedy="y", code="Z01")
    assert acts(workspace) == []
    with pytest.raises(OSError, match="pulled"), events.leaving(workspace, events.EXPORTED, names=True):
        raise OSError("pulled")
    assert acts(workspace) == [events.EXPORTED, events.FAILED]
    assert last(workspace).what["of"] == 1
    assert soundness.check(workspace) == []


def test_an_identity_number_in_a_reason_is_masked(make_workspace):
    workspace = make_workspace()
    events.note_in(workspace, events.EXPORTED, list="household", reason="untuk 1671010101010012, 1671 0101 0101 0013")
    assert "…" in last(workspace).what["reason"]
    assert "0101" not in last(workspace).what["reason"]


def test_a_list_with_names_that_leaves_is_noted_however_it_leaves(make_workspace, tmp_path):
    workspace = make_workspace()
    recording.record(workspace, Household, {"head_name": "Warga Satu", "rt": "014/005"})
    table = catalogue.make(workspace, "household", Scope())
    saving.save(workspace, table, tmp_path / "daftar.csv")
    assert "Warga Satu" in saving.copied(workspace, table).text
    found = events.all_of_them(workspace)
    assert [(each.act, each.what["list"], each.what["lines"], each.what["names"]) for each in reversed(found)] == [
        (events.EXPORTED, "household", 1, True), (events.COPIED, "household", 1, True)]
    assert "Warga" not in repr(found)
    saving.copied(workspace, catalogue.make(workspace, "audit", Scope()))  # it names nobody
    assert len(events.all_of_them(workspace)) == 2


def test_a_file_that_could_not_be_written_did_not_leave(make_workspace, tmp_path):
    workspace = make_workspace()
    recording.record(workspace, Household, {"head_name": "Warga Satu", "rt": "014/005"})
    table = catalogue.make(workspace, "household", Scope())
    with pytest.raises(Trouble):
        saving.save(workspace, table, tmp_path / "tiada" / "daftar.csv")
    assert acts(workspace) == [events.EXPORTED, events.FAILED]


def test_what_changes_the_workspace_is_noted_with_it(make_workspace):
    workspace = make_workspace()
    saved = recording.record(workspace, Household, {"head_name": "Warga Satu", "rt": "014/005"})
    assert acts(workspace) == []  # a save is no event: its history says it
    recording.record(workspace, Period, {"year": 2026, "rules": "2016"})
    person_erasure.erase(workspace, Household, saved.id, reason="surat 12")
    handing_over.hand_over(workspace, person="Budi", reason="cuti")
    assert acts(workspace) == [events.SETTINGS, events.ERASED, events.HANDED]
    assert last(workspace).what == {"kind": "handed over", "reason": "cuti", "to": "Budi"}
    assert soundness.check(workspace) == []


def test_openings_by_a_command_are_noted_once_a_day_and_those_in_the_window_each_time(make_workspace):
    workspace = make_workspace()
    for _time in range(3):
        events.opened(workspace, "p2kp report")
    events.opened(workspace, "p2kp send")
    events.opened(workspace)
    events.opened(workspace)
    assert [each.what.get("how", "") for each in reversed(events.all_of_them(workspace))] == [
        "p2kp report", "p2kp send", "", ""]


def test_figures_that_leave_again_on_a_day_are_noted_once_from_the_first_event_on(make_workspace):
    workspace = make_workspace()
    for lines in range(3):
        with events.leaving(workspace, events.EXPORTED, names=False, list="summary", lines=lines):
            pass
    assert acts(workspace) == [events.EXPORTED]


# Where the workspace cannot be written


def test_wrong_passwords_are_kept_without_a_name_and_noted_at_the_next_opening(tmp_path, home):
    file = tmp_path / "Kelurahan.p2kp"
    workspace, protection = a_protected(file)
    workspace.close()
    forgotten(protection)
    for _time in range(2):
        with pytest.raises(Trouble):
            password.unlock(file, "salah sekali 77")
    with pytest.raises(Trouble):
        password.unlock_with_words(file, " ".join(password.chosen("Budi", PASSWORD, LEAST).words))
    (kept,) = (home / "kunci").glob("*.kejadian")
    assert "Siti" not in kept.read_text("utf-8")
    password.unlock(file, PASSWORD)
    with open_workspace(file) as again:
        events.opened(again)
        assert acts(again) == [*[events.WRONG_PASSWORD] * 3, events.OPENED]
        assert not kept.exists()
        assert soundness.check(again) == []


def test_what_is_kept_beside_is_bounded_and_says_how_much_was_left_out():
    sign = "ab" * 16
    for _time in range(unopened.MOST + 25):
        assert unopened.keep(sign, events.WRONG_PASSWORD)
    found = unopened.kept(sign)
    assert len(found) == unopened.MOST
    assert (found[0]["act"], found[0]["what"]) == (unopened.LOST, {"count": 26})


def test_damaged_lines_beside_are_passed_over(home):
    sign = "ab" * 16
    unopened.keep(sign, events.WRONG_PASSWORD)
    place = home / "kunci" / f"{sign}.kejadian"
    place.write_bytes(b"\xff{[[[\n[]\n{}\n" + place.read_bytes())
    assert [each["act"] for each in unopened.kept(sign)] == [events.WRONG_PASSWORD]
    assert not unopened.keep("../../x", events.WRONG_PASSWORD)


def test_names_never_leave_where_that_can_be_noted_nowhere(noted, monkeypatch):
    def refuses(*_given, **_named):
        raise Trouble("Disk penuh.", remedy="x", code="R10")

    monkeypatch.setattr(audit, "append", refuses)
    left = []
    with events.leaving(noted, events.EXPORTED, names=True, list="household", reason="rahasia"):
        left.append("kept beside")
    assert [each["what"] for each in unopened.kept(events._signs(noted)[0])] == [{"list": "household", "names": True}]
    monkeypatch.setattr(unopened, "keep", lambda *_given, **_named: False)
    with pytest.raises(Trouble, match="belum dikeluarkan"), events.leaving(noted, events.EXPORTED, names=True):
        left.append("unnoted")
    with events.leaving(noted, events.EXPORTED, names=False):
        left.append("figures")
    assert left == ["kept beside", "figures"]


# Other states of the file


def test_a_backup_that_is_put_back_says_what_it_lacks_and_goes_on(noted):
    backup = backups.back_up(noted)
    events.note_in(noted, events.EXPORTED, list="household")
    noted.close()
    backups.restore(backup, noted.name)
    with open_workspace(noted.name) as again:
        told = last(again)
        assert (told.act, told.number, told.what[audit.FROM], told.what[audit.TO]) == (events.RESTORED, 5, 5, 5)
        assert soundness.check(again) == []


def test_a_backup_put_back_by_hand_is_found_by_check(noted):
    backup = backups.back_up(noted)
    events.note_in(noted, events.EXPORTED, list="household")
    noted.close()
    Path(noted.name).write_bytes(backup.read_bytes())
    with open_workspace(noted.name) as again:
        assert "salinan lama" in " ".join(soundness.check(again))


def test_a_copy_elsewhere_notes_for_itself_and_its_original_stays_right(noted, tmp_path):
    noted.empty_log()
    other = tmp_path / "lain" / "salinan.p2kp"
    other.parent.mkdir()
    other.write_bytes(Path(noted.name).read_bytes())
    with open_workspace(other) as copy:
        events.opened(copy)
        recording.record(copy, Household, {"head_name": "Warga Satu", "rt": "014/005"})
        events.opened(copy)
        assert soundness.check(copy) == []
    events.opened(noted)
    assert soundness.check(noted) == []


def test_putting_a_workspace_behind_a_password_is_noted_in_it(noted):
    noted.close()
    file = Path(noted.name)
    conversion.encipher(file, conversion.begun(file, "Siti", PASSWORD, LEAST))
    with open_workspace(file) as again:
        assert last(again).act == events.ENCIPHERED
        assert soundness.check(again) == []


def test_a_salvaged_workspace_keeps_the_rows_that_can_be_read(noted):
    recording.record(noted, Household, {"head_name": "Warga Satu", "rt": "014/005"})
    noted.close()
    salvage.salvage(Path(noted.name))
    with open_workspace(noted.name) as again:
        assert acts(again) == [*[events.EXPORTED] * 4, events.SALVAGED]
        assert soundness.check(again) == []
