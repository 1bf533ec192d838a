"""The index of words: what is found, and that it follows the records whatever changes them."""

import pytest
import sqlalchemy as sa

from p2kp_desktop.actions.bundles import import_undo, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.forms import FORMS, Comment, Household, Kawasan, Rt
from p2kp_desktop.store import open_workspace, records, search, transfers
from tests.conftest import KELURAHAN

HERE = {"region": KELURAHAN, "rt": "014/005", "period": "2026"}


def save(workspace, form=Household, **answers):
    return recording.record(workspace, form, HERE | answers if form.place == "rt" else answers).id


def found(workspace, typed, form=Household):
    with workspace.asking() as connection:
        return {hit.id for hit in search.hits(connection, form, typed, 100)}


def all_matching(workspace, typed, form=Household):
    """Return what the condition finds, deleted ones too."""
    table = records.RECORDS[form.key]
    with workspace.asking() as connection:
        condition = search.matching(form, typed, connection.dialect.name)
        return set(connection.scalars(sa.select(table.c.id).where(condition)))


def whole(workspace):
    return soundness.check(workspace) == []


def test_every_word_typed_begins_a_word_of_name_number_or_nik(workspace):
    siti = save(workspace, head_name="Siti Aminah", nik="1671014410850003", building="12A")
    save(workspace, head_name="Siti Rohana", building="7")
    for typed in ("siti ami", "AMINAH", "1671 sit", "12a", "amin"):
        assert found(workspace, typed) == all_matching(workspace, typed) == {siti}, typed
    assert found(workspace, "minah") == found(workspace, "siti budi") == set()
    assert len(found(workspace, "s")) == 2


def test_notes_comments_and_free_texts_of_every_form_are_found(workspace):
    siti = save(workspace, head_name="Siti", kk_count=9)
    recording.record(workspace, Household, {"id": siti, "why.kk_count": "rumah bedeng\ndelapan pintu"})
    comment = save(workspace, Comment, parent=siti, about="kk_count", text="tolong dihitung ulang")
    kawasan = recording.record(workspace, Kawasan, {"region": KELURAHAN, "name": "Tepian Musi"}).id
    assert found(workspace, "bedeng delapan") == {siti}
    assert found(workspace, "hitung", Comment) == set()
    assert found(workspace, "dihitung", Comment) == {comment}
    assert found(workspace, "musi", Kawasan) == {kawasan}
    assert search.searched(Household) == ("head_name", "nik", "kk_number", "building", "interviewer")


@pytest.mark.parametrize("typed", ["", "  ", "-", "%", '"', "siti*", "a AND", "NEAR(a b)", "ключ", "é", "‹›", "_"])
def test_whatever_is_typed_is_words_and_never_a_query(workspace, typed):
    save(workspace, head_name="Siti")
    assert found(workspace, typed) <= {*found(workspace, "siti")}


def test_letters_with_marks_are_found_without_them_here(workspace):
    record = save(workspace, head_name="Renée")
    with workspace.asking() as connection:
        if connection.dialect.name == "sqlite":
            assert found(workspace, "renee") == {record}
    assert found(workspace, "renée") == {record}


def test_the_index_follows_changes_and_the_trash(workspace):
    siti = save(workspace, head_name="Siti")
    recording.record(workspace, Household, {"id": siti, "head_name": "Aminah"})
    assert (found(workspace, "siti"), found(workspace, "aminah")) == (set(), {siti})
    recording.delete(workspace, Household, siti, reason="dua kali")
    assert found(workspace, "aminah") == set()
    assert all_matching(workspace, "aminah") == {siti}
    assert whole(workspace)


def test_the_index_follows_what_arrives_and_what_is_taken_back(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    siti = save(here, head_name="Siti")
    receiving.receive(there, sending.send(here, tmp_path, full=True, to="district").path)
    assert found(there, "siti") == {siti}
    with there.asking() as connection:
        (line,) = transfers.log(connection)
    import_undo.undo(there, line.id)
    assert found(there, "siti") == all_matching(there, "siti") == set()
    assert whole(there)


def test_erased_words_leave_the_index_and_the_file(workspace):
    save(workspace, head_name="Budi")
    siti = save(workspace, head_name="Zubaidahtunnisa")
    person_erasure.erase(workspace, Household, siti, reason="surat")
    assert found(workspace, "zubaidahtunnisa") == set()
    with workspace.asking() as connection:
        if connection.dialect.name == "sqlite":
            held = connection.exec_driver_sql("SELECT block FROM sought_data").scalars().all()
            assert not any(b"zubaidah" in block for block in held)
    assert whole(workspace)


def test_a_check_notices_an_index_that_lies_and_makes_it_anew(workspace):
    siti = save(workspace, head_name="Siti")
    with workspace.changing() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("a server has no index of words")
        connection.exec_driver_sql('DROP TRIGGER "sought_household_changed"')
        connection.exec_driver_sql("UPDATE household SET building = '77'")
        connection.exec_driver_sql("UPDATE household SET building = NULL")
    assert len(soundness.check(workspace)) == 1
    assert whole(workspace)
    with workspace.changing() as connection:
        number = connection.exec_driver_sql("SELECT rowid FROM household").scalar()
        connection.exec_driver_sql("INSERT INTO sought (rowid, words) VALUES (?, 'hantu')", (number,))
    assert all_matching(workspace, "hantu") == {siti}
    (said,) = soundness.check(workspace)
    assert "mencari" in said
    assert all_matching(workspace, "hantu") == set()
    assert whole(workspace)


def test_a_workspace_without_an_index_gets_one_when_it_is_opened(workspace, location):
    siti = save(workspace, head_name="Siti")
    with workspace.changing() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("a server has no index of words")
        for statement in ("new", "gone", "changed"):
            for form in FORMS:
                connection.exec_driver_sql(f'DROP TRIGGER "sought_{form.key}_{statement}"')
        connection.exec_driver_sql("DROP TABLE sought")
        connection.exec_driver_sql("DROP VIEW sought_text")
        connection.exec_driver_sql("DELETE FROM workspace WHERE key = 'search'")
    workspace.close()
    with open_workspace(location) as opened:
        assert found(opened, "siti") == {siti}
        assert whole(opened)


def test_records_of_several_forms_do_not_meet_in_the_index(workspace):
    siti = save(workspace, head_name="Siti")
    rt = save(workspace, Rt, head_name="Siti")
    save(workspace, Kawasan, region=KELURAHAN, name="Tepian")
    with workspace.asking() as connection:
        assert {Household, Rt} <= {*search.forms_with(connection, "sit")}
        if connection.dialect.name == "sqlite":
            assert search.forms_with(connection, "sit") == [Household, Rt]
            assert search.forms_with(connection, "zzz") == search.forms_with(connection, "") == []
    assert (found(workspace, "siti"), found(workspace, "siti", Rt)) == ({siti}, {rt})
