"""What belongs to a record goes out of sight with it, and comes back with it, without being edited."""

import pytest

from p2kp_desktop.actions.community.meetings import open_decisions
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import comments
from p2kp_desktop.actions.tables import form_table, word_search
from p2kp_desktop.actions.tables.form_table import Filter
from p2kp_desktop.forms import FORMS, Household, form
from p2kp_desktop.store import records, reviews, views
from tests.conftest import KELURAHAN
from tests.examples import a_record

CHILDREN = [each for each in FORMS if each.parent is not None]


def above(each):
    """Return the form of a record that a child may belong to."""
    return form(each.parent.to) if each.parent.to else Household


def recorded(workspace, each, **answers):
    example = a_record(each, **answers)
    given = {key: value for key, value in example.answers.items() if key not in ("region", *answers)}
    return recording.record(workspace, each, {**given, **answers}).id


def seen(workspace, each):
    """Return how often a record of a form is told: listed, counted, in Semua data, among those reviewed."""
    with workspace.asking() as connection:
        listed = len(list(views.found(connection, each))), views.count(connection, each)
        reviewed = sum(one.number for one in reviews.counts(connection, KELURAHAN, "2026") if one.form == each.key)
    shown = form_table.count(workspace, each, Filter())
    return (*listed, shown, reviewed if each.reviewed and each.in_village else 1 if shown else 0)


@pytest.mark.parametrize("each", CHILDREN, ids=lambda each: each.key)
def test_what_belongs_to_a_deleted_record_is_told_nowhere_until_that_one_is_back(workspace, each):
    parent = recorded(workspace, above(each))
    child = recorded(workspace, each, parent=parent)
    with workspace.asking() as connection:
        before = records.read(connection, each.key, [child])[child]
    assert seen(workspace, each) == (1, 1, 1, 1)
    recording.delete(workspace, above(each), parent, reason="salah")
    assert seen(workspace, each) == (0, 0, 0, 0)
    recording.record(workspace, above(each), {"id": parent})
    assert seen(workspace, each) == (1, 1, 1, 1)
    with workspace.asking() as connection:
        assert records.read(connection, each.key, [child])[child] == before


def test_a_comment_on_a_clause_goes_out_of_sight_with_the_agreement(workspace):
    agreement = recorded(workspace, form("agreement"))
    clause = recorded(workspace, form("clause"), parent=agreement, rule="Dilarang membuang sampah")
    comments.reply(workspace, clause, "rule", "Periksa lagi")
    assert (comments.open_count(workspace), len(word_search.find(workspace, "membuang", 9))) == (1, 1)
    recording.delete(workspace, form("agreement"), agreement, reason="salah")
    assert (comments.open_count(workspace), word_search.find(workspace, "membuang", 9)) == (0, [])


def test_what_was_begun_and_not_saved_is_found_until_it_is_saved(workspace):
    keyed_drafts.keep(workspace, form("meeting"), "m", {"name": "Rembug sungai", "region": KELURAHAN}, "place")
    (found,) = word_search.find(workspace, "rembug sungai", 9)
    assert (found.title, found.draft, found.record) == ("Rembug sungai", True, "m")
    assert [one.record for one in word_search.find(workspace, "draf", 9)] == ["m"]
    keyed_drafts.save(workspace, form("meeting"), "m", {"name": "Rembug sungai", "region": KELURAHAN}, is_new=True)
    assert [one.draft for one in word_search.find(workspace, "rembug sungai", 9)] == [False]


def test_a_decision_of_a_deleted_meeting_is_nothing_to_do(workspace):
    meeting = recorded(workspace, form("meeting"))
    recorded(workspace, form("decision"), parent=meeting, done="terbuka")
    assert len(open_decisions(workspace, KELURAHAN)) == 1
    recording.delete(workspace, form("meeting"), meeting, reason="salah")
    assert open_decisions(workspace, KELURAHAN) == []
