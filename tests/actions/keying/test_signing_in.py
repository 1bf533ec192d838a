"""Behind a password each person has one of their own: it opens the workspace, and whoever's it was is who works."""

import shutil
from pathlib import Path

import pytest

from p2kp_desktop.actions.keying import keyed_drafts, persons
from p2kp_desktop.actions.protection import password, patience, people
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.tables import word_search
from p2kp_desktop.actions.upkeep import handing_over
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.roles import KEYER, OFFICE, VIEWER
from p2kp_desktop.store import files, history, key_files, keyring, open_workspace, rights, slots
from tests.protected import LEAST, PASSWORD, a_protected, forgotten

BUDI = "lima sapi hijau 34"


@pytest.fixture(autouse=True)
def little_effort(monkeypatch):
    monkeypatch.setattr(slots, "measured", lambda: LEAST)


@pytest.fixture
def shared(tmp_path):
    """A protected workspace of Siti, the office, in which Budi keys."""
    file = tmp_path / "tim.p2kp"
    made, protection = a_protected(file)
    persons.add(made, "Budi", BUDI, by_password=PASSWORD)
    yield made
    made.close()
    forgotten(protection)


def opened_by(file, typed):
    """Open the file as a fresh process does."""
    keyring.forget(files.salt_of(file))
    password.unlock(file, typed)
    return open_workspace(file)


def save(workspace):
    record = recording.record(workspace, Household, {"rt": "1/5", "head_name": "Aminah"}).id
    with workspace.asking() as connection:
        return history.of_record(connection, record)[-1].save.person


def test_whose_password_opened_is_who_saves_whoever_worked_before(shared):
    file = Path(shared.name)
    shared.close()
    for typed, name in ((BUDI, "Budi"), (PASSWORD, "Siti"), (BUDI, "Budi")):
        with opened_by(file, typed) as workspace:
            assert save(workspace) == name


LINA = "tujuh ikan emas 78"


@pytest.fixture
def of_before(tmp_path):
    """A workspace in which Lina may look only, and a copy of it from before she was entered."""
    file, copy = tmp_path / "tim.p2kp", tmp_path / "lama.p2kp"
    made, protection = a_protected(file)
    save(made)
    made.close()
    shutil.copy(file, copy)
    with open_workspace(file) as workspace:
        persons.add(workspace, "Lina", LINA, role=VIEWER, by_password=PASSWORD)
    shutil.copy(key_files.beside(file), key_files.beside(copy))
    yield file, copy
    forgotten(protection)


def test_who_may_look_only_may_no_more_in_a_copy_of_before(of_before):
    _file, copy = of_before
    with opened_by(copy, LINA) as workspace:
        with workspace.asking() as connection:
            assert [rights.role(connection), rights.reads_names(connection)] == [VIEWER, False]
        with pytest.raises(Trouble, match="pelihat"):
            save(workspace)
        with pytest.raises(Trouble, match="bukan petugas kantor"):
            persons.set_active(workspace, "Siti", False, by="Lina", by_pin=LINA)
    with pytest.raises(Trouble, match="pelihat"):
        password.protection_of(copy, LINA)
    password.change(copy, LINA, "delapan kuda merah 90")
    with opened_by(copy, "delapan kuda merah 90") as workspace, workspace.asking() as connection:
        assert rights.role(connection) == VIEWER
    with opened_by(copy, PASSWORD) as workspace, workspace.asking() as connection:
        assert rights.role(connection) == OFFICE


def test_a_damaged_head_lets_nobody_have_the_recovery_words(of_before):
    file, _copy = of_before
    file.write_bytes(bytes(16) + file.read_bytes()[16:])
    with pytest.raises(Trouble, match="pelihat"):
        password.protection_of(file, LINA)
    assert password.protection_of(file, PASSWORD).words


def test_nobody_raises_the_role_in_a_key_file(of_before):
    file, _copy = of_before
    for place in (each for folder in (file.parent, key_files.folder()) for each in folder.glob(f"*{key_files.ENDING}")):
        place.write_text(place.read_text("utf-8").replace(VIEWER, OFFICE), "utf-8")
    with pytest.raises(Trouble, match="salah"):
        opened_by(file, LINA)


def test_another_person_takes_over_with_their_password_alone(shared):
    with pytest.raises(Trouble, match="salah"):
        persons.change_to(shared, "Budi", PASSWORD)  # somebody else's
    assert save(shared) == "Siti"
    assert persons.change_to(shared, "Budi", BUDI) == "Budi"
    assert save(shared) == "Budi"


def test_wrong_passwords_wait_and_nothing_is_wiped(shared):
    for _ in range(patience.FREE + 1):
        with pytest.raises(Trouble):
            persons.change_to(shared, "Budi", "bukan ini 55")
    with pytest.raises(Trouble, match="detik lagi"):
        persons.change_to(shared, "Budi", BUDI)
    assert save(shared) == "Siti"


def test_only_the_office_adds_people_with_its_own_password_and_nobody_shares_one(shared):
    with pytest.raises(Trouble, match="tidak dapat dipakai"):
        persons.add(shared, "Cici", BUDI, by_password=PASSWORD)
    with pytest.raises(Trouble, match="salah"):
        persons.add(shared, "Cici", "enam ayam merah 56", by_password=BUDI)
    persons.change_to(shared, "Budi", BUDI)
    with pytest.raises(Trouble, match="petugas kantor"):
        persons.add(shared, "Cici", "enam ayam merah 56", by_password=BUDI)
    assert [each.name for each in persons.listed(shared) if each.has_password] == ["Budi", "Siti"]


def test_who_only_has_a_pin_is_given_a_password_by_the_office(tmp_path):
    file = tmp_path / "lama.p2kp"
    made, protection = a_protected(file)
    with made.changing() as connection:
        persons.persons.put(connection, persons.Entered("Rina", "keyer", persons._sealed("1234")))
    with pytest.raises(Trouble, match="belum punya kata sandi"):
        persons.change_to(made, "Rina", "1234")
    persons.add(made, "rina", "enam ayam merah 56", by_password=PASSWORD)
    assert persons.change_to(made, "Rina", "enam ayam merah 56") == "Rina"
    made.close()
    forgotten(protection)


def test_one_changes_the_own_password_and_the_office_gives_a_new_one(shared):
    with pytest.raises(Trouble, match="salah"):
        persons.change_pin(shared, "Budi", PASSWORD, "enam ayam merah 56")
    persons.change_pin(shared, "Budi", BUDI, "enam ayam merah 56")
    persons.reset_pin(shared, "Budi", "tujuh itik putih 78", by="Siti", by_pin=PASSWORD)
    assert persons.change_to(shared, "Budi", "tujuh itik putih 78") == "Budi"
    with pytest.raises(Trouble, match="bukan petugas kantor"):
        persons.reset_pin(shared, "Siti", "delapan 90 kambing", by="Budi", by_pin="tujuh itik putih 78")


def test_who_was_taken_off_opens_it_no_more_with_any_key_file_in_reach(shared, tmp_path):
    file = Path(shared.name)
    kept = (tmp_path / "tim.p2kp.kunci").read_bytes()
    (tmp_path / "lama.kunci").write_bytes(kept)
    with pytest.raises(Trouble, match="sedang bekerja"):
        persons.set_active(shared, "Siti", False, by="Siti", by_pin=PASSWORD)
    assert persons.set_active(shared, "Budi", False, by="Siti", by_pin=PASSWORD) == []
    assert [each.name for each in persons.listed(shared) if each.has_password] == ["Siti"]
    shared.close()
    with pytest.raises(Trouble, match="salah"):
        opened_by(file, BUDI)
    assert all("Budi" not in place.read_text(encoding="utf-8") for place in tmp_path.rglob("*.kunci"))


def test_an_old_key_file_lets_its_person_look_at_most_and_takes_nobodys_place(shared, tmp_path):
    file, kept = Path(shared.name), (tmp_path / "tim.p2kp.kunci").read_bytes()
    persons.set_active(shared, "Budi", False, by="Siti", by_pin=PASSWORD)
    persons.change_pin(shared, "Siti", PASSWORD, "delapan 90 kambing")
    shared.close()
    (tmp_path / "dari flashdisk.kunci").write_bytes(kept)
    with opened_by(file, BUDI) as workspace, pytest.raises(Trouble, match="pelihat"):
        save(workspace)
    assert password.people(file) == ["Siti"]
    assert slots.opened(key_files.read(key_files.beside(file)), "delapan 90 kambing") is not None


def test_a_successor_needs_a_password_gets_the_drafts_and_works_from_when_they_sign_in(shared):
    keyed_drafts.keep(shared, Household, "h9", {"head_name": "Aminah"}, "nik")
    with pytest.raises(Trouble, match="belum punya kata sandi"):
        handing_over.hand_over(shared, person="Tono", reason="pindah")
    handing_over.hand_over(shared, person="Budi", reason="pindah")
    assert save(shared) == "Siti"
    assert [each.person for each in keyed_drafts.waiting(shared)] == ["Budi"]


def test_the_last_password_stays(tmp_path):
    file = tmp_path / "a.p2kp"
    made, protection = a_protected(file)
    with pytest.raises(Trouble, match="satu-satunya"):
        people.take_away(file, "Siti")
    made.close()
    forgotten(protection)


def test_a_file_that_is_open_here_is_not_opened_beside(shared, monkeypatch):
    """On closing it POSIX would drop the locks that SQLite holds on it, and two programs could harm the file."""
    def refuse(*_args, **_given):
        raise AssertionError

    monkeypatch.setattr(Path, "open", refuse)
    assert files.salt_of(Path(shared.name)) != b""


def test_a_viewer_is_added_like_anybody(shared):
    persons.add(shared, "Lurah", "delapan 90 kambing", role=VIEWER, by_password=PASSWORD)
    persons.change_to(shared, "Lurah", "delapan 90 kambing")
    with pytest.raises(Trouble, match="pelihat"):
        save(shared)
    persons.change_to(shared, "Siti", PASSWORD)
    assert save(shared) == "Siti"


def test_a_viewer_finds_nobody_by_what_is_masked(shared):
    nik = "1671060101800001"
    recording.record(shared, Household, {"rt": "1/5", "building": "41", "head_name": "Aminah Sari", "nik": nik})
    persons.add(shared, "Lurah", "delapan 90 kambing", role=VIEWER, by_password=PASSWORD)
    typed = ("aminah", "sari", nik, nik[:11])
    assert all(word_search.find(shared, each, 5) for each in typed)
    persons.change_to(shared, "Lurah", "delapan 90 kambing")
    assert not any(word_search.find(shared, each, 5) for each in typed)
    persons.change_to(shared, "Siti", PASSWORD)
    assert all(word_search.find(shared, each, 5) for each in typed)


def test_another_role_is_bound_to_a_new_password_in_every_key_file_in_reach(shared, tmp_path):
    file, fresh = Path(shared.name), "delapan 90 kambing"
    (tmp_path / "lama.kunci").write_bytes((tmp_path / "tim.p2kp.kunci").read_bytes())
    for secret, by in ((BUDI, PASSWORD[:-1]), ("1", PASSWORD)):
        with pytest.raises(Trouble):
            persons.set_role(shared, "Budi", VIEWER, secret=secret, by_password=by)
    with pytest.raises(Trouble, match="Peran sendiri"):
        persons.set_role(shared, "Siti", VIEWER, secret=fresh, by_password=PASSWORD)
    assert persons.team(shared).people[0].role == KEYER
    assert persons.set_role(shared, "Budi", VIEWER, secret=fresh, by_password=PASSWORD) == []
    shared.close()
    with pytest.raises(Trouble, match="salah"):
        opened_by(file, BUDI)
    with opened_by(file, fresh) as workspace, workspace.asking() as connection:
        assert (rights.role(connection), password.bound(file, "Budi")) == (VIEWER, VIEWER)
        assert not rights.reads_names(connection)
    with opened_by(file, fresh) as workspace, pytest.raises(Trouble, match="petugas dan kata sandi"):
        persons.set_role(workspace, "Siti", KEYER, secret=BUDI, by_password=fresh)
    with opened_by(file, PASSWORD) as workspace:
        persons.set_role(workspace, "Budi", OFFICE, secret=BUDI, by_password=PASSWORD)
    with opened_by(file, BUDI) as workspace, workspace.asking() as connection:
        assert rights.role(connection) == OFFICE
