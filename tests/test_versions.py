"""Which version of the program starts: after an update, after one that breaks, after power went at any moment."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest

from p2kp_desktop.actions.upkeep import updates
from p2kp_desktop.language import Trouble
from p2kp_desktop.versions import is_version, order
from tests.conftest import DEEP
from tests.program_folder import PUBLIC, ProgramFolder, sources, update_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the folder is made with links")

MOMENTS = 12  # of a kill, spread over all of them; with --deep every one


@pytest.fixture
def program(tmp_path, monkeypatch):
    made = ProgramFolder(tmp_path / "program")
    monkeypatch.setattr(sys, "executable", str(made.python))
    monkeypatch.setattr(updates, "keys", lambda: (PUBLIC,))
    return made


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def take(program, path):
    return updates.take(path, list, here=program.here)


def test_versions_are_numbers_and_compared_as_such():
    assert order("0.10.0") > order("0.9.12") > order("0.9.9") > order("lama")
    assert not any(map(is_version, ("0.9", "0.9.0.1", "../x", "0.9.0\n", "٠.٩.٠", "")))


def test_without_an_update_the_setups_version_runs_and_nothing_is_written(program):
    assert program.run("a.p2kp") == "0.9.0 0.9.0 a.p2kp"
    assert not program.shelf.exists()
    assert program.here.kind == "folder"
    assert program.here.kept() == ["0.9.0"]


def test_an_update_is_used_from_the_next_start_on(program, stick):
    taken = take(program, update_of(stick, "0.9.1"))
    assert taken.version == program.here.awaited == "0.9.1"
    assert program.run("a b.p2kp") == "0.9.1 0.9.1 a b.p2kp"
    assert program.here.awaited == ""
    assert program.run() == "0.9.1 0.9.1"
    assert program.here.kept() == ["0.9.1", "0.9.0"]


def test_it_is_used_too_where_the_program_is_started_cut_off_from_the_users_python(program, stick):
    take(program, update_of(stick, "0.9.1"))
    begin = f"import sys; sys.path.insert(0, {str(program.root / 'python' / '..' / 'lib')!r}); " \
            "from p2kp_desktop.__main__ import main; sys.exit(main())"
    for _ in range(2):
        told = subprocess.check_output([program.python, "-IS", "-c", begin, "a.p2kp"], text=True)
        assert told == "0.9.1 0.9.1 a.p2kp\n"


def test_what_runs_keeps_its_modules_while_another_version_is_taken(program, stick):
    before = {path: path.read_bytes() for path in (program.root / "lib" / "p2kp_desktop").rglob("*.py")}
    take(program, update_of(stick, "0.9.1"))
    program.run()
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("fails", ["breaks", "crashes"])
def test_a_version_that_does_not_start_gives_way_to_the_one_before_at_once(program, stick, fails):
    take(program, update_of(stick, "0.9.1"))
    program.run()
    take(program, update_of(stick, "0.9.2", fails=fails))
    assert program.run() == "0.9.1 0.9.1"
    assert program.here.take_failed() == "0.9.2"
    assert program.here.take_failed() == ""
    assert program.here.kept() == ["0.9.1", "0.9.0"]
    assert program.run() == "0.9.1 0.9.1"


def test_a_version_that_cannot_even_be_read_gives_way_too(program, stick):
    def spoil(files):
        return files | {"p2kp_desktop/__main__.py": b"def main(:\n"}

    take(program, update_of(stick, "0.9.1", change=spoil))
    assert program.run() == "0.9.0 0.9.0"
    assert program.here.take_failed() == "0.9.1"


def test_a_version_that_only_rang_at_an_open_window_still_waits(program, stick):
    take(program, update_of(stick, "0.9.1", fails="rang"))
    assert [program.run() for _ in range(4)] == [""] * 4
    assert program.here.awaited == "0.9.1"


def test_a_start_that_nobody_saw_the_end_of_is_repeated_once(program, stick):
    take(program, update_of(stick, "0.9.1"))
    (program.shelf / "awaited").write_text("0.9.1 1\n", encoding="utf-8")
    assert program.run() == "0.9.1 0.9.1"
    take(program, update_of(stick, "0.9.2"))
    (program.shelf / "awaited").write_text("0.9.2 2\n", encoding="utf-8")
    assert program.run() == "0.9.1 0.9.1"
    assert program.here.take_failed() == "0.9.2"


@pytest.mark.parametrize("refused", ["note", "python"])
def test_where_the_disk_takes_no_note_or_nothing_can_be_begun_this_version_goes_on(
    program, stick, monkeypatch, refused
):
    take(program, update_of(stick, "0.9.1"))
    here = program.here
    if refused == "python":
        monkeypatch.setattr(sys, "executable", str(program.root / "gone"))
    else:
        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(here, "_note", full)
    assert here.first_start(()) is None
    monkeypatch.undo()
    assert program.run() == "0.9.1 0.9.1"


def test_one_goes_back_and_forth_between_the_versions_that_are_kept(program, stick):
    for version in ("0.9.1", "0.9.2", "0.9.3"):
        take(program, update_of(stick, version))
        assert program.run() == f"{version} {version}"
    assert program.here.kept() == ["0.9.3", "0.9.2", "0.9.0"]
    newest = program.here.__class__(program.shelf / "0.9.3" / "p2kp_desktop")
    assert updates.earlier(newest) == ["0.9.2", "0.9.0"]
    updates.change_to("0.9.2", list, newest)
    assert program.run() == "0.9.2 0.9.2"
    older = program.here.__class__(program.shelf / "0.9.2" / "p2kp_desktop")
    updates.change_to("0.9.3", list, older)
    assert program.run() == "0.9.3 0.9.3"
    updates.change_to("0.9.0", list, newest)
    assert program.run() == "0.9.0 0.9.0"
    with pytest.raises(Trouble, match="U14"):
        updates.change_to("0.9.1", list, newest)


def test_a_newer_setup_over_the_folder_counts_more_than_an_update_for_the_older_one(program, stick):
    take(program, update_of(stick, "0.9.1"))
    program.run()
    (program.root / "lib" / "p2kp_desktop" / "__init__.py").write_bytes(
        sources("0.10.0")["p2kp_desktop/__init__.py"])
    assert program.run() == "0.10.0 0.10.0"


def test_a_newer_setup_lets_no_older_update_wait(program, stick):
    take(program, update_of(stick, "0.9.1"))
    (program.root / "lib" / "p2kp_desktop" / "__init__.py").write_bytes(
        sources("0.10.0")["p2kp_desktop/__init__.py"])
    assert program.run() == "0.10.0 0.10.0"
    assert program.here.awaited == program.here.take_failed() == ""


@pytest.mark.parametrize("note", ["", "0.9.1", "../../x 0.9.0", "\0" * 300, "0.9.1 0.9.0 x", "0.9.7 0.9.0", "é 0.9.0"])
def test_whatever_stands_in_the_note_a_program_starts(program, stick, note):
    take(program, update_of(stick, "0.9.1"))
    program.run()
    (program.shelf / "used").write_bytes(note.encode())
    assert program.run() == "0.9.0 0.9.0"
    (program.shelf / "awaited").write_bytes(note.encode())
    assert program.run() == "0.9.0 0.9.0"


# Power goes

def died(act, at):
    """Do something in a process that is killed at its so-many-th touch of the shelf; say whether it was."""
    child = os.fork()
    if not child:
        left = iter(range(at, -1, -1))

        def heard(event, given):
            touched = event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "subprocess.Popen")
            if touched and "p2kp_updates" in str(given) and not next(left, 0):
                os._exit(9)

        sys.addaudithook(heard)
        with suppress(BaseException):
            act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def moments_of(program, act):
    """Return at which touches of the shelf to kill: all of them with --deep, some from first to last without."""
    number = 0
    while dies_afresh(program, act, number):
        number += 25
    while number and not dies_afresh(program, act, number - 1):
        number -= 1
    return range(number) if DEEP else sorted({round(each * (number - 1) / (MOMENTS - 1)) for each in range(MOMENTS)})


def dies_afresh(program, act, at):
    fresh(program)
    return died(act, at)


def fresh(program):
    """Put the shelf back to what it is without an update."""
    shutil.rmtree(program.shelf, ignore_errors=True)


def test_killed_at_any_moment_of_taking_an_update_a_program_starts_and_the_update_can_be_taken(program, stick):
    path = update_of(stick, "0.9.1")
    moments = moments_of(program, lambda: take(program, path))
    assert len(moments) >= MOMENTS
    for moment in moments:
        assert dies_afresh(program, lambda: take(program, path), moment)
        runs = program.run()
        assert runs in ("0.9.0 0.9.0", "0.9.1 0.9.1"), moment
        if runs.startswith("0.9.0"):
            assert program.here.take_failed() == ""
            take(program, path)
            assert program.run() == "0.9.1 0.9.1"


def test_killed_at_any_moment_of_the_first_start_a_program_starts_the_next_time(program, stick):
    path = update_of(stick, "0.9.1")
    fresh(program)
    take(program, path)
    for moment in range(40):
        fresh(program)
        take(program, path)
        told = program.run(P2KP_DIES_AT=str(moment), check=False)
        if told == "0.9.1 0.9.1":
            break  # it was not killed any more: every moment was one
        assert program.run() in ("0.9.0 0.9.0", "0.9.1 0.9.1"), moment
        assert program.run() in ("0.9.0 0.9.0", "0.9.1 0.9.1"), moment
    assert 4 < moment < 39


def test_killed_while_looking_on_at_a_first_start_nothing_is_lost(program, stick):
    path = update_of(stick, "0.9.1")
    for moment in range(6):
        fresh(program)
        take(program, path)
        died(lambda: program.here.first_start(()), moment)
        assert program.run() == "0.9.1 0.9.1", moment


def test_killed_while_going_back_a_program_starts(program, stick):
    take(program, update_of(stick, "0.9.1"))
    program.run()
    newest = program.here.__class__(program.shelf / "0.9.1" / "p2kp_desktop")
    for moment in range(3):
        died(lambda: newest.go_back("0.9.0"), moment)
        assert program.run() in ("0.9.0 0.9.0", "0.9.1 0.9.1"), moment


def test_without_a_key_of_an_office_updates_are_refused_in_words(program, stick, monkeypatch):
    monkeypatch.setattr(updates, "keys", tuple)
    offer = updates.look(update_of(stick, "0.9.1"), program.here)
    assert (offer.trouble.code, "kunci" in offer.trouble.what) == ("U10", True)
    with pytest.raises(Trouble, match="U10"):
        take(program, offer.path)
    assert not program.shelf.exists()


def test_a_stick_that_is_pulled_while_it_is_copied_leaves_everything_as_it_was(program, stick, monkeypatch):
    def pulled(_source, target):
        target.write_bytes(b"half")
        raise OSError(5, "Input/output error")

    path = update_of(stick, "0.9.1")
    monkeypatch.setattr(updates.shutil, "copyfile", pulled)
    with pytest.raises(Trouble, match="U01"):
        take(program, path)
    assert not program.shelf.exists()
    assert program.run() == "0.9.0 0.9.0"


def test_what_is_changed_on_the_stick_after_it_was_looked_at_is_not_taken(program, stick):
    path = update_of(stick, "0.9.1")
    assert updates.look(path, program.here).can_be_taken
    path.write_bytes(path.read_bytes().replace(b"def main", b"def evil"))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(Trouble, match="U02"):
        take(program, path)


def test_an_older_version_that_was_really_signed_is_refused(program, stick):
    take(program, update_of(stick, "0.9.2"))
    program.run()
    with pytest.raises(Trouble, match="U15"):
        take(program, update_of(stick, "0.9.1"))
    with pytest.raises(Trouble, match="U15"):
        take(program, update_of(stick, "0.9.2"))


def test_a_folder_that_cannot_be_written_is_told(program, stick, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(updates.update_file, "unpack", full)
    with pytest.raises(Trouble, match="U13"):
        take(program, update_of(stick, "0.9.1"))
    assert program.run() == "0.9.0 0.9.0"
