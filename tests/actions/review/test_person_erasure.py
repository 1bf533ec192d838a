"""A person's data erased on request: gone wherever it travels, in whatever order, with a trace."""

import itertools
import zipfile
from contextlib import closing
from pathlib import Path

import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from hypothesis import given, settings

from p2kp_desktop.actions.bundles import import_undo, receiving, sending
from p2kp_desktop.actions.common import backups, soundness
from p2kp_desktop.actions.keying import answer_history, keyed_drafts
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import person_erasure, verification
from p2kp_desktop.actions.upkeep import copies_left
from p2kp_desktop.databases import library
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import erasure
from p2kp_desktop.schema.causality import Dot, Save, Version, edit, merge, withhold
from p2kp_desktop.schema.forms import ERASED
from p2kp_desktop.store import erasures, history, opening, records, transfers
from tests.acquainted import introduce

NAME, NIK = "Rahasiawati binti Sembunyi", "1671019900880077"
SECRETS = ("Rahasiawati", "Sembunyi", NIK, "Tetangganya")
HOUSEHOLD = {"id": "h", "rt": "1/1", "head_name": NAME, "nik": NIK, "kk_count": 1}


@pytest.fixture
def offices(make_workspace):
    return make_workspace("a"), make_workspace("b", role="district"), make_workspace("c", role="province")


def values(workspace, record="h", form="household"):
    with workspace.asking() as connection:
        return records.read(connection, form, [record])[record].values()


def words_in(path):
    """Return which of the secrets stand in any part of a file."""
    raw = Path(path).read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            raw = b"".join(package.read(name) for name in package.namelist())
    text = raw.decode("utf-8", "replace")
    return [word for word in SECRETS if word in text]


def kept_words(workspace):
    """Return which of the secrets a workspace still has in records, history, drafts, log and undo information."""
    with workspace.asking() as connection:
        names = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        text = "\n".join(str(row) for name in names for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'))
    return [word for word in SECRETS if word in text]


def send(workspace, folder, **options):
    return sending.send(workspace, folder, full=True, to=options.pop("to", "province"), **options).path


def take(workspace, *bundles):
    for bundle in bundles:
        received = receiving.receive(workspace, bundle)
        assert received.error is None
    return received


def reviewed(here, there, folder):
    """Make what a real review leaves behind: a name in reasons, comments, conflicts and notes."""
    recording.record(here, Household, HOUSEHOLD)
    take(there, send(here, folder, to="district"))
    recording.record(here, Household, {"id": "h", "head_name": "Rahasiawati Tua", "why.nik": "NIK milik Tetangganya"})
    recording.record(there, Household, {"id": "h", "head_name": "Rahasiawati Muda"})
    take(there, send(here, folder, to="district"))
    conflicts.settle(there, "household", "h", "head_name", NAME, reason="kata Rahasiawati sendiri")
    verification.give_back(there, "h", comment="Tetangganya Rahasiawati belum didata", about="nik")


def test_a_bundle_without_names_holds_none_in_reasons_comments_notes_or_settlements(offices, tmp_path):
    here, there, _ = offices
    reviewed(here, there, tmp_path)
    recording.record(there, Household, {"id": "h", "kk_count": 2}, reason="menurut Rahasiawati")
    assert set(words_in(send(there, tmp_path))) == set(SECRETS)
    assert words_in(send(there, tmp_path, withhold=True)) == []


def test_cells_accepted_with_a_reason_leave_no_name_in_a_bundle_without_names(offices, tmp_path):
    from openpyxl import load_workbook

    here, there, _ = offices
    recording.record(here, Household, HOUSEHOLD)
    bundle = send(here, tmp_path, to="district")
    book = load_workbook(bundle)
    sheet = next(sheet for sheet in book if sheet["A1"].value == "p2kp:household")
    column = next(cell.column for cell in sheet[1] if cell.value == "head_name")
    sheet.cell(4, column).value = "Tetangganya"
    book.save(bundle)
    receiving.receive(there, bundle, accept="kata Rahasiawati salah ketik")
    assert values(there)["head_name"] == "Tetangganya"
    assert words_in(send(there, tmp_path, withhold=True)) == []


def test_what_was_erased_is_gone_from_every_corner_here_and_leaves_a_trace(offices, tmp_path):
    here, there, _ = offices
    reviewed(here, there, tmp_path)
    keyed_drafts.keep(there, Household, "h", {"head_name": "Rahasiawati", "kk_count": 3}, "nik")
    done = person_erasure.erase(there, Household, "h", reason="permintaan tertulis 5 Oktober")
    assert done.comments == 1
    assert {"head_name", "nik", "why.nik"} <= set(done.records[0][2])
    assert kept_words(there) == []
    assert soundness.check(there) == []
    assert (values(there)["head_name"], values(there)["kk_count"]) == (None, 1)
    with there.asking() as connection:
        trace = [row for row in history.of_record(connection, "h") if f"{ERASED}nik" in row.changes]
    assert [(row.save.person, row.reason, row.origin) for row in trace] == [
        ("b", "permintaan tertulis 5 Oktober", person_erasure.ORIGIN)
    ]
    assert words_in(send(there, tmp_path)) == []
    copies_left.clear_remains(there)
    assert words_in(there.name) == []


@pytest.mark.parametrize("withhold", [False, True])
def test_an_erasure_works_three_hops_away_through_bundles_of_either_kind(make_workspace, tmp_path, withhold):
    chain = [make_workspace(name, role="district") for name in "abcd"]
    introduce(*chain)
    recording.record(chain[0], Household, HOUSEHOLD | {"region": "16.71.01.1001"})
    recording.record(chain[0], Household, {"id": "h", "head_name": "Rahasiawati", "nik": None}, reason="Sembunyi")
    early = send(chain[0], tmp_path)
    for workspace in chain[1:]:
        take(workspace, early)
    verification.give_back(chain[1], "h", comment="Tetangganya")
    take(chain[0], send(chain[1], tmp_path))
    take(chain[2], send(chain[1], tmp_path))
    person_erasure.erase(chain[0], Household, "h", reason="atas permintaan")
    for one, other in itertools.pairwise(chain):
        take(other, send(one, tmp_path, withhold=withhold))
        assert kept_words(other) == []
        take(other, early)
        assert kept_words(other) == []
        assert soundness.check(other) == []
        assert conflicts.open_conflicts(other) == []
    take(chain[3], send(chain[0], tmp_path))
    take(chain[0], send(chain[3], tmp_path))
    assert soundness.digest(chain[3]) == soundness.digest(chain[0])


def test_a_bundle_older_than_the_erasure_brings_nothing_back_even_where_it_comes_first(offices, tmp_path):
    here, there, province = offices
    recording.record(here, Household, HOUSEHOLD)
    recording.record(here, Household, {"id": "h", "head_name": "Rahasiawati"})
    old = send(here, tmp_path)
    person_erasure.erase(here, Household, "h", reason="atas permintaan")
    new = send(here, tmp_path, withhold=True)
    take(there, old, new)
    take(province, new, old)
    assert kept_words(there) == kept_words(province) == []
    assert soundness.digest(there) == soundness.digest(province)


def test_a_value_the_erasure_did_not_see_stays_as_a_conflict(offices, tmp_path):
    here, there, _ = offices
    recording.record(here, Household, HOUSEHOLD)
    take(there, send(here, tmp_path))
    recording.record(there, Household, {"id": "h", "head_name": "Budi"})
    person_erasure.erase(here, Household, "h", reason="atas permintaan")
    take(there, send(here, tmp_path))
    (conflict,) = conflicts.open_conflicts(there)
    assert (conflict.question, {side.value for side in conflict.sides}) == ("head_name", {None, "Budi"})
    assert kept_words(there) == []
    told = answer_history.answer_history(there, Household, "h", "head_name")
    assert any("Budi" in step.after for step in told)
    person_erasure.erase(there, Household, "h", reason="atas permintaan")
    assert conflicts.open_conflicts(there) == []
    take(here, send(there, tmp_path))
    assert soundness.digest(here) == soundness.digest(there)


def test_two_offices_that_erase_at_the_same_time_do_not_contradict(offices, tmp_path):
    here, there, province = offices
    recording.record(here, Household, HOUSEHOLD)
    take(there, send(here, tmp_path))
    for workspace in (here, there):
        person_erasure.erase(workspace, Household, "h", reason=f"diminta di {workspace.name}")
    bundles = [send(here, tmp_path), send(there, tmp_path)]
    take(province, *bundles)
    take(here, bundles[1])
    take(there, bundles[0])
    assert conflicts.open_conflicts(province) == []
    assert len({soundness.digest(workspace) for workspace in offices}) == 1
    with province.asking() as connection:
        assert {row.reason for row in history.of_record(connection, "h")} >= {f"diminta di {here.name}"}


def test_an_import_that_brought_an_erasure_cannot_bring_the_data_back_by_being_undone(offices, tmp_path):
    here, there, _ = offices
    recording.record(here, Household, HOUSEHOLD)
    take(there, send(here, tmp_path))
    person_erasure.erase(here, Household, "h", reason="atas permintaan")
    take(there, send(here, tmp_path))
    with there.asking() as connection:
        last = next(line.id for line in transfers.log(connection) if line.direction == "in")
    with pytest.raises(Trouble):
        import_undo.undo(there, last)
    assert kept_words(there) == []


def test_what_is_recorded_after_an_erasure_is_kept_with_its_history(offices, tmp_path):
    here, there, _ = offices
    recording.record(here, Household, HOUSEHOLD)
    person_erasure.erase(here, Household, "h", reason="atas permintaan")
    for name in ("Budi", "Budi Santoso"):
        recording.record(here, Household, {"id": "h", "head_name": name})
    take(there, send(here, tmp_path))
    assert values(there)["head_name"] == "Budi Santoso"
    told = [step.after for step in answer_history.answer_history(there, Household, "h", "head_name")]
    assert {"Budi", "Budi Santoso"} <= set(told)


def test_other_periods_comments_and_a_deleted_record_are_offered_and_erased_together(workspace):
    recording.record(workspace, Household, HOUSEHOLD)
    recording.record(workspace, Household, {**HOUSEHOLD, "id": "older", "period": "2025", "identity": "h"})
    recording.record(workspace, Comment, {"parent": "older", "text": "Rahasiawati pindah"})
    recording.delete(workspace, Household, "older", reason="dobel")
    asked, other = person_erasure.found(workspace, Household, "h")
    assert (asked.id, other.id, other.why, other.comments) == ("h", "older", "identity", 1)
    assert [key for key, _ in asked.answers] == ["head_name", "nik"]
    person_erasure.erase(workspace, Household, "h", reason="atas permintaan", others=[(other.form, other.id)])
    assert kept_words(workspace) == []
    assert values(workspace, "older")["alive"] == 0
    assert person_erasure.found(workspace, Household, "h")[1:] == []


def bytes_left(workspace):
    """Return which secrets stand in the bytes of a workspace's file and of its log."""
    place = Path(workspace.name)
    files = [place, *(place.with_name(f"{place.name}{rest}") for rest in ("-wal", "-shm"))]
    content = b"".join(file.read_bytes() for file in files if file.exists()).lower()
    words = [word.lower().encode() for word in (*SECRETS, "Rahasiawati Tua")]
    return [word for word in words if word in content]


def careless(workspace):
    """Let a workspace delete as SQLite does where it was compiled so: what is gone lingers in unused pages."""
    sa.event.listen(workspace.engine, "connect", lambda raw, _record: raw.execute("PRAGMA secure_delete = OFF"))
    workspace.engine.dispose()


def test_no_byte_of_what_was_erased_is_left_in_the_file_however_sqlite_deletes(offices, tmp_path):
    here, there, _ = offices
    for workspace in (here, there):
        careless(workspace)
    reviewed(here, there, tmp_path)
    recording.record(here, Household, {**HOUSEHOLD, "id": "bin"})
    recording.delete(here, Household, "bin", reason="NIK milik Tetangganya")  # named in the list of acts
    for number in range(60):
        recording.record(here, Household, {"id": "h", "head_name": f"{NAME} {number}", "nik": NIK})
        recording.record(here, Household, {"id": f"other {number}", "rt": "1/1", "head_name": "Lain"})
    keyed_drafts.keep(here, Household, "h", {"head_name": f"{NAME} Tua", "beside.remark.nik": NIK}, "nik")
    take(there, send(here, tmp_path, to="district"))
    take(here, send(there, tmp_path, to="facilitator"))
    assert bytes_left(here)
    assert bytes_left(there)
    found = person_erasure.found(here, Household, "h")
    others = [(each.form, each.id) for each in found[1:]]
    assert ("household", "bin") in others
    person_erasure.erase(here, Household, "h", reason="surat 5 Oktober", others=others)
    assert bytes_left(here) == []
    take(there, send(here, tmp_path, to="district"))
    assert bytes_left(there) == []
    assert soundness.check(here) == soundness.check(there) == []
    with there.asking() as connection:
        assert not erasures.lingers(connection)


def test_what_cannot_be_written_anew_while_others_read_stays_due_and_is_told(make_workspace, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_MILLISECONDS", 50)
    workspace = make_workspace()
    careless(workspace)
    recording.record(workspace, Household, HOUSEHOLD)
    with closing(library.connect(workspace.name)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM household").fetchone()
        person_erasure.erase(workspace, Household, "h", reason="surat")
        assert [each.kind for each in copies_left.remains(workspace)] == [copies_left.UNUSED]
        reader.rollback()
    backups.back_up(workspace)
    assert copies_left.remains(workspace) == []
    assert bytes_left(workspace) == []


def test_the_line_of_the_list_of_residents_and_whoever_names_the_person_are_offered(workspace):
    recording.record(workspace, Household, HOUSEHOLD)
    line = recording.record(workspace, Resident, {"rt": "1/1", "head_name": "Rahasiawati", "household": "h"}).id
    recording.record(workspace, Household, {**HOUSEHOLD, "id": "same", "nik": None, "rt": "2/1"})
    recording.record(workspace, Household, {"id": "else", "rt": "2/1", "head_name": "Rahasia"})
    asked, *others = person_erasure.found(workspace, Household, "h")
    assert asked.id == "h"
    assert [(each.id, each.why) for each in others] == [(line, "pointing"), ("same", person_erasure.MENTION)]
    person_erasure.erase(workspace, Household, "h", reason="surat", others=[("resident", line)])
    assert values(workspace, line, "resident")["head_name"] is None
    assert values(workspace, "same")["head_name"] == NAME


def test_only_named_answers_are_erased_when_they_are_named(workspace):
    recording.record(workspace, Household, HOUSEHOLD)
    person_erasure.erase(workspace, Household, "h", reason="NIK salah orang", keys=["nik"])
    assert (values(workspace)["nik"], values(workspace)["head_name"]) == (None, NAME)


@pytest.mark.parametrize(("given", "code"), [
    ({"reason": "  "}, "H01"), ({"reason": "x", "keys": ["lantai"]}, "H02"), ({"reason": "x", "record": "?"}, "H03"),
])
def test_an_erasure_without_a_reason_a_known_question_or_a_record_is_refused(workspace, given, code):
    recording.record(workspace, Household, HOUSEHOLD)
    before = soundness.digest(workspace)
    with pytest.raises(Trouble) as refused:
        person_erasure.erase(workspace, Household, given.pop("record", "h"), **given)
    assert refused.value.code == code
    assert soundness.digest(workspace) == before


def test_backups_and_received_files_made_before_are_named_and_deleted_on_request(offices, tmp_path):
    here, there, _ = offices
    recording.record(here, Household, HOUSEHOLD)
    take(there, send(here, tmp_path))
    old = backups.back_up(there)
    assert copies_left.remains(there) == []
    person_erasure.erase(there, Household, "h", reason="atas permintaan")
    new = backups.back_up(there)
    named = copies_left.remains(there)
    assert [each.kind for each in named] == [copies_left.BACKUP, copies_left.ORIGINAL]
    assert named[0].path == old
    cleared = copies_left.clear_remains(there)
    assert (len(cleared.deleted), cleared.left) == (2, ())
    assert not old.exists()
    assert new.exists()
    assert cleared.backup is not None
    assert [words_in(path) for path in (there.name, cleared.backup)] == [[], []]
    assert copies_left.remains(there) == []


def test_an_erased_answer_is_no_longer_missing(workspace):
    recording.record(workspace, Household, HOUSEHOLD)
    person_erasure.erase(workspace, Household, "h", reason="atas permintaan")
    with workspace.asking() as connection:
        assert [each.dot.tick for each in erasures.known(connection)] == [2]
    problems = recording.record(workspace, Household, {"id": "h", "kk_count": 2}).problems
    assert "head_name" not in [problem.question for problem in problems]


# The law, in memory: up to four workspaces that edit one record, erase an answer, hand it on with or without it.
places = st.integers(0, 3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), places, st.sampled_from(["name", "roof"]), st.sampled_from(["x", "y", "z", None])),
        st.tuples(st.just("erase"), places),
        st.tuples(st.just("hand"), places, places, st.booleans()),
    ),
    min_size=4, max_size=24,
)


class World:
    """Four workspaces, and an account of which values of «name» some erasure saw."""

    def __init__(self):
        self.here = [Version("form", "r") for _ in range(4)]
        self.saw = [frozenset() for _ in range(4)]  # dots of «name» that reached a workspace, by name or mark
        self.erased, self.values, self.sent = set(), {}, []

    def save(self, at, changed):
        dot = Dot(f"n{at}", self.here[at].vector.get(f"n{at}", 0) + 1)
        self.here[at] = erasure.applied(edit(self.here[at], Save(dot, "p", "district", "w", ""), changed))
        return dot

    def edit(self, at, key, value):
        dot = self.save(at, {key: value})
        if key == "name":
            self.saw[at] |= {dot}
            self.values[dot] = value

    def erase(self, at):
        self.erased |= self.saw[at]
        self.save(at, erasure.changes(self.here[at], ["name"]))

    def hand(self, giver, taker, redacted):
        hidden = ["name"] if redacted else []
        self.sent.append(withhold(self.here[giver], hidden))
        self.here[taker] = erasure.applied(merge(self.here[taker], self.sent[-1]))
        if not redacted:
            self.saw[taker] |= self.saw[giver]


@settings(max_examples=400)
@given(steps, st.randoms(use_true_random=False))
def test_in_any_order_what_an_erasure_saw_is_gone_and_what_none_saw_stays(steps, random):
    world = World()
    for name, *rest in steps:
        getattr(world, name)(*rest)
    everything = [*world.sent, *world.here] * 2
    ends = []
    for _ in range(3):
        random.shuffle(everything)
        end = Version("form", "r")
        for version in everything:
            end = erasure.applied(merge(end, version))
        ends.append(end)
    assert ends[0] == ends[1] == ends[2]
    assert erasure.applied(ends[0]) == ends[0]
    left = {sibling.save.dot for sibling in ends[0].answers.get("name", ()) if sibling.value is not None}
    assert not left & world.erased
    for version in world.here:
        marks = erasure.marks_of(version).get("name", frozenset())
        gone = {Dot(node, tick) for _, seen in marks for node, last in seen for tick in range(1, last + 1)}
        assert not gone & {s.save.dot for s in version.answers.get("name", ()) if s.value is not None}


@settings(max_examples=200)
@given(steps)
def test_merging_with_erasures_is_commutative_and_idempotent(steps):
    world = World()
    for name, *rest in steps:
        getattr(world, name)(*rest)
    for one, other in itertools.combinations([*world.here, *world.sent[:4]], 2):
        joined = erasure.applied(merge(one, other))
        assert joined == erasure.applied(merge(other, one))
        assert erasure.applied(merge(joined, other)) == joined
