import json
import shutil
from contextlib import closing

import pytest
import sqlalchemy as sa

from p2kp_desktop import environment
from p2kp_desktop.actions.common import soundness, workspaces
from p2kp_desktop.actions.recording.saves import editing, refresh_summaries
from p2kp_desktop.databases import library
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.causality import Dot, Save, Version, edit
from p2kp_desktop.store import create, drafts, facts, migrations, node, open_workspace, opening, records
from p2kp_desktop.store.tables import RECORDS, oddities
from p2kp_desktop.store.workspace import BUSY_MILLISECONDS
from tests.conftest import KELURAHAN
from tests.failing import small_disk

pytestmark = pytest.mark.usefixtures("laid_out_anew")

A_SAVE = Save(Dot("n", 1), "Siti", "facilitator", "w", "")


def test_nothing_is_ever_created_over_a_file(tmp_path):
    (tmp_path / "a.p2kp").write_text("surat penting", encoding="utf-8")
    with pytest.raises(Trouble, match="sudah ada"):
        create(tmp_path / "a.p2kp", {})
    assert (tmp_path / "a.p2kp").read_text(encoding="utf-8") == "surat penting"


@pytest.mark.parametrize("filled_by", ["before", "while it is laid out"])
def test_what_cannot_be_made_on_a_full_disk_leaves_nothing_and_is_made_once_there_is_room(
    tmp_path, monkeypatch, filled_by
):
    with small_disk(tmp_path / "stik") as disk:
        place = disk.folder / "a.p2kp"
        with monkeypatch.context() as filling:
            if filled_by == "before":
                disk.fill()
            else:
                lay_out = opening._lay_out
                filling.setattr(opening, "_lay_out", lambda *given: (lay_out(*given), disk.fill()))
            with pytest.raises(Trouble, match="Disk penuh"):
                workspaces.init(place, role="facilitator", name="Siti", regions=[KELURAHAN])
        assert list(disk.folder.glob("a.p2kp*")) == []
        disk.free()
        workspaces.init(place, role="facilitator", name="Siti", regions=[KELURAHAN]).close()
        open_workspace(place).close()


@pytest.mark.parametrize("content", [b"", b"surat", b"SQLite format 3\x00" + bytes(200)])
def test_a_file_that_is_no_workspace_is_refused_in_words(tmp_path, content):
    (tmp_path / "a.p2kp").write_bytes(content)
    with pytest.raises(Trouble, match="bukan ruang kerja"):
        open_workspace(tmp_path / "a.p2kp")


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(Trouble, match="tidak ditemukan"):
        open_workspace(tmp_path / "a.p2kp")


def test_every_table_is_strict_and_saves_survive_a_power_cut(workspace):
    with workspace.asking() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("PostgreSQL has these properties by itself")
        loose = (
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict "
            "AND name NOT LIKE 'sqlite_%'"
        )
        assert connection.exec_driver_sql(loose).all() == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_new_question_reaches_an_old_workspace_with_the_answers_that_came_before_it(workspace):
    version = edit(Version("household", "h"), A_SAVE, {"kk_count": 2, "roof": "tidak_bocor"})
    with workspace.changing() as connection:
        connection.exec_driver_sql('ALTER TABLE household DROP COLUMN "kk_count"')
        connection.execute(facts.meta.update().where(facts.meta.c.key == "shape").values(value="older"))
        row = {"id": "h", "alive": 1, "roof": "tidak_bocor", "extra": json.dumps({"kk_count": 2}), "seal": ""}
        row["state"] = records._row(version)["state"]
        table = RECORDS["household"]
        connection.execute(sa.insert(sa.table("household", *(sa.column(name) for name in row))).values(row))
    assert migrations.bring_up_to_date(workspace) == ["household.kk_count"]
    with workspace.asking() as connection:
        assert records.read(connection, "household", ["h"]) == {"h": version}
        assert connection.scalar(sa.select(table.c.kk_count)) == 2


def test_drafts_of_an_older_workspace_are_found_under_their_author(workspace):
    with workspace.changing() as connection:
        strict = " STRICT" if connection.dialect.name == "sqlite" else ""
        connection.exec_driver_sql("DROP TABLE draft")
        connection.exec_driver_sql("DROP TABLE trusted")  # which a later step makes
        connection.exec_driver_sql("CREATE TABLE draft (id TEXT NOT NULL, form TEXT, answers TEXT, question TEXT, "
                                   f"person TEXT, time TEXT, PRIMARY KEY (id)){strict}")
        connection.exec_driver_sql("INSERT INTO draft VALUES ('a', 'household', '{}', '', 'Siti', '2026'), "
                                   "('b', 'household', '{}', '', NULL, '2025')")
        connection.execute(facts.meta.update().where(facts.meta.c.key == "schema").values(value="3"))
    migrations.bring_up_to_date(workspace)
    with workspace.changing() as connection:
        assert [(each.id, each.person) for each in drafts.all_of_them(connection)] == [("a", "Siti"), ("b", "")]
        drafts.keep(connection, drafts.Draft("a", "household", {}, "", "Budi", "2026"))
        assert {each.person for each in drafts.of_record(connection, "a")} == {"Siti", "Budi"}
    if workspace.engine.dialect.name == "sqlite":
        test_every_table_is_strict_and_saves_survive_a_power_cut(workspace)


def test_who_signs_in_at_another_window_of_a_server_does_not_change_who_works_in_this_one(location):
    note = {"node": "n", "name": "w", "role": "district", "person": "Siti", "regions": KELURAHAN, "period": "2026",
            "made": "2026"}
    with create(location, {**note, **node.fresh()}) as here, open_workspace(location) as there:
        with there.changing() as connection:
            facts.note(connection, "person", "Budi")
        there.is_worked_by("Budi")
        named = [_person(each) for each in (here, there)]
    assert named == (["Siti", "Budi"] if location.startswith("postgresql") else ["Budi", "Budi"])


def _person(workspace):
    with workspace.asking() as connection:
        return facts.facts(connection).person


@pytest.mark.parametrize("program", [environment.PROGRAM, "P2KP Desktop 99.0"])
def test_a_workspace_of_a_newer_program_says_what_to_install(workspace, program):
    with workspace.changing() as connection:
        for key, value in (("schema", "999"), ("program", program)):
            connection.execute(facts.meta.update().where(facts.meta.c.key == key).values(value=value))
    with pytest.raises(Trouble) as refused:
        migrations.bring_up_to_date(workspace)
    same = program == environment.PROGRAM
    assert ("dengan nomor versi yang sama" in refused.value.what) is same
    assert ("berkas pemasangan yang lebih baru" in refused.value.remedy) is same


def test_a_rule_that_only_the_program_can_judge_is_applied_to_an_old_workspace(workspace):
    with editing(workspace) as edits:
        edits.save("household", "h", {"nik": "1671063102800001"}, origin="diketik")
    with workspace.changing() as connection:
        connection.exec_driver_sql("DELETE FROM oddity")
        connection.execute(facts.meta.update().where(facts.meta.c.key == "shape").values(value="older"))
    migrations.bring_up_to_date(workspace)
    with workspace.asking() as connection:
        assert connection.execute(sa.select(oddities)).all() == [("household", "h", "nik")]


def test_judging_an_old_workspace_anew_tells_how_far_it_is(workspace, monkeypatch):
    monkeypatch.setattr(records, "AT_ONCE", 2)
    with editing(workspace) as edits:
        for number in range(3):
            edits.save("household", f"h{number}", {"nik": "1671063102800001"}, origin="diketik")
        edits.save("resident", "r", {"name": "Siti"}, origin="diketik")
    with workspace.changing() as connection:
        connection.execute(facts.meta.update().where(facts.meta.c.key == "shape").values(value="older"))
    told = []
    migrations.bring_up_to_date(workspace, lambda done, total: told.append((done, total)))
    assert [done for done, _total in told] == sorted({done for done, _total in told})
    assert (told[0][0], told[-1]) == (2, (told[-1][1], told[-1][1]))
    again = []
    migrations.bring_up_to_date(workspace, lambda done, total: again.append((done, total)))
    assert again == []


def test_a_form_that_was_unknown_gets_its_records_when_a_release_knows_it(workspace):
    version = edit(Version("household", "h"), A_SAVE, {"kk_count": 2})
    with workspace.changing() as connection:
        connection.exec_driver_sql("DROP TABLE household")
        connection.execute(facts.meta.update().where(facts.meta.c.key == "shape").values(value="older"))
        other = records._other_row(version)
        connection.execute(records.other_records.insert().values(other))
    migrations.bring_up_to_date(workspace)
    with workspace.asking() as connection:
        assert records.read(connection, "household", ["h"]) == {"h": version}
        assert records.read_others(connection) == []


def test_sums_of_an_older_release_are_added_up_anew(workspace):
    with editing(workspace) as edits:
        edits.save("household", "h", {"region": "16.71.01.1001", "rt": "014/005", "period": "2026"}, origin="diketik")
    refresh_summaries(workspace)
    with workspace.changing() as connection:
        connection.exec_driver_sql("UPDATE rt_summary SET uncollected = 7")
        connection.execute(facts.meta.update().where(facts.meta.c.key == "schema").values(value="1"))
    assert soundness.check(workspace) != []
    migrations.bring_up_to_date(workspace)
    refresh_summaries(workspace)
    assert soundness.check(workspace) == []


def test_a_workspace_of_a_newer_release_names_the_version_to_install(workspace):
    with workspace.changing() as connection:
        connection.exec_driver_sql("ALTER TABLE household ADD COLUMN q99 TEXT")
        for key, value in {"shape": "newer", "program": "P2KP Desktop 9.1"}.items():
            connection.execute(facts.meta.update().where(facts.meta.c.key == key).values(value=value))
    with pytest.raises(Trouble, match=r"Pasang P2KP Desktop 9\.1"):
        migrations.bring_up_to_date(workspace)


def test_what_a_newer_release_laid_out_beside_what_is_known_is_not_written_to(workspace):
    """A table of a new form hides its records: a bundle would say that it has them."""
    with workspace.changing() as connection:
        connection.exec_driver_sql("CREATE TABLE well (id TEXT NOT NULL PRIMARY KEY)")
        for key, value in {"shape": "newer", "program": "P2KP Desktop 99.1.0"}.items():
            connection.execute(facts.meta.update().where(facts.meta.c.key == key).values(value=value))
    with pytest.raises(Trouble, match=r"ditulis P2KP Desktop 99\.1\.0; .*Pasang P2KP Desktop 99\.1\.0") as refused:
        migrations.bring_up_to_date(workspace)
    assert (refused.value.code, "tidak diubah" in refused.value.safe) == ("R06", True)
    with workspace.asking() as connection:
        assert facts.everything(connection)["shape"] == "newer"


def test_a_newer_program_that_changed_nothing_in_the_file_shuts_nobody_out(workspace):
    with workspace.changing() as connection:
        facts.note(connection, "program", "P2KP Desktop 99.1.0")
    assert migrations.bring_up_to_date(workspace) == []


def test_the_backup_before_an_upgrade_is_named_by_both_programs_and_none_takes_the_place_of_another(
    workspace, tmp_path
):
    if workspace.engine.dialect.name != "sqlite":
        pytest.skip("a server has backups of its own")
    for program in ("P2KP Desktop 0.7.0", "P2KP Desktop 0.8.0", "P2KP Desktop ../../lain"):
        with workspace.changing() as connection:
            facts.note(connection, "program", program)
            facts.note(connection, "shape", "older")
        migrations.bring_up_to_date(workspace)
    ours = environment.PROGRAM.rpartition(" ")[2]
    assert {path.name for path in tmp_path.glob("a-sebelum-*.p2kp")} == {
        f"a-sebelum-{ours}-dari-0.7.0.p2kp", f"a-sebelum-{ours}-dari-0.8.0.p2kp",
        f"a-sebelum-{migrations.NUMBER}-dari-{migrations.NUMBER}.p2kp",
    }


def test_an_upgrade_begins_with_a_backup_that_opens(workspace, tmp_path):
    with editing(workspace) as edits:
        edits.save(Household.key, "h", {"kk_count": 2}, origin="test")
    with workspace.changing() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("a server has backups of its own")
        connection.execute(facts.meta.update().where(facts.meta.c.key == "shape").values(value="older"))
    migrations.bring_up_to_date(workspace)
    (copy,) = tmp_path.glob("a-sebelum-*.p2kp")
    with library.connect(copy) as backup:
        assert backup.execute("SELECT kk_count FROM household").fetchall() == [(2,)]
    backup.close()


def nodes_after_an_edit(path):
    with open_workspace(path) as workspace:
        with editing(workspace) as edits:
            edits.save(Household.key, path.stem, {"region": "16.71.01.1001", "kk_count": 1}, origin="test")
        with workspace.asking() as connection:
            return facts.facts(connection).node


def test_a_copied_or_restored_file_never_counts_on_as_its_original(make_workspace, tmp_path):
    make_workspace("asli").close()
    original = tmp_path / "asli.p2kp"
    first = nodes_after_an_edit(original)
    shutil.copy(original, tmp_path / "salinan.p2kp")
    assert nodes_after_an_edit(original) == first
    assert nodes_after_an_edit(tmp_path / "salinan.p2kp") != first
    assert nodes_after_an_edit(original) == first
    backup = original.read_bytes()
    assert nodes_after_an_edit(original) == first
    original.write_bytes(backup)
    assert nodes_after_an_edit(original) != first


def test_a_file_carried_to_another_machine_gets_a_new_node(make_workspace, tmp_path, monkeypatch):
    make_workspace("asli").close()
    path = tmp_path / "asli.p2kp"
    first = nodes_after_an_edit(path)
    monkeypatch.setenv("P2KP_HOME", str(tmp_path / "another machine"))
    second = nodes_after_an_edit(path)
    assert second != first
    assert nodes_after_an_edit(path) == second
    with open_workspace(path) as workspace:
        assert soundness.check(workspace) == []


def test_a_full_or_locked_disk_is_told_in_words(make_workspace):
    workspace = make_workspace("asli")
    with workspace.changing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(Trouble, match="Disk penuh"), editing(workspace) as edits:
        edits.connection.exec_driver_sql("PRAGMA max_page_count = 1")
        edits.save(Household.key, "h", {"head_name": "x" * 400_000}, origin="test")


def test_what_was_saved_is_put_down_into_the_file_alone_and_nobody_is_waited_for(make_workspace):
    workspace = make_workspace("asli")
    if workspace.engine.dialect.name != "sqlite":
        pytest.skip("a server has no file of ours")
    with editing(workspace) as edits:
        edits.save("household", "h", {"kk_count": 2}, origin="diketik")
    assert workspace.put_down()
    alone = f"file:{workspace.name}?immutable=1"  # as if there were no log
    with closing(library.connect(alone, uri=True)) as there:
        assert there.execute("SELECT kk_count FROM household").fetchall() == [(2,)]
    with closing(library.connect(workspace.name, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Trouble, match="dipakai program lain"):
            workspace.put_down()
        other.execute("ROLLBACK")
    with workspace.asking() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM household").all()
        with editing(workspace) as edits:
            edits.save("household", "h", {"kk_count": 3}, origin="diketik")
        assert not workspace.put_down()
    assert workspace.put_down()
    with workspace.asking() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == BUSY_MILLISECONDS
