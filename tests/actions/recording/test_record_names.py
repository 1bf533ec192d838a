"""What a record is called: the same name wherever it is shown, stated at its form."""

import pytest

from p2kp_desktop.actions.community import bowl, meetings
from p2kp_desktop.actions.recording import record_names, recording, trash
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.actions.tables import word_search
from p2kp_desktop.forms import FORMS, form
from p2kp_desktop.forms.meeting import Meeting
from p2kp_desktop.language import say
from p2kp_desktop.rules import evidence
from p2kp_desktop.store import referred, views
from tests.conftest import KELURAHAN
from tests.examples import a_record

KPP = {"name": "KPP Tirta Lestari", "asset": "Jalan lingkungan", "head_name": "Siti Aminah", "men": 3, "women": 4,
       "active": "a", "region": KELURAHAN}


def found(workspace, typed):
    return {each.form: each for each in word_search.find(workspace, typed, 30)}


def test_a_kpp_is_called_by_its_own_name_and_found_by_its_head(workspace):
    recording.record(workspace, form("kpp"), KPP)
    for typed in ("tirta", "siti"):
        assert found(workspace, typed)["kpp"].title == "KPP Tirta Lestari"
    assert "Siti Aminah" in found(workspace, "siti")["kpp"].detail
    assert "Siti Aminah" not in found(workspace, "tirta")["kpp"].detail


@pytest.mark.parametrize(("key", "answers", "name"), [
    ("rt", {"rt": "14/5", "head_name": "Siti Aminah", "region": KELURAHAN}, "RT 014/005"),
    ("tipp", {"sk_number": "12", "head_name": "Siti Aminah", "region": KELURAHAN}, "TIPP"),
    ("bkm_unit", {"kind": "upk", "head_name": "Siti Aminah", "region": KELURAHAN}, "UPK (keuangan)"),
    ("bkm_year", {"self_reliance_basis": "Siti Aminah menilai", "region": KELURAHAN, "period": "2026"}, "Keadaan BKM"),
])
def test_what_has_no_name_is_not_called_by_a_person_or_a_sentence_in_it(workspace, key, answers, name):
    recording.record(workspace, form(key), answers)
    one = found(workspace, "siti aminah")[key]
    assert (one.title, one.subject.title) == (name, name)
    assert "Siti Aminah" in one.detail


def test_every_form_has_one_name_in_search_bowl_trash_and_references(workspace):
    names = {one.key: names_of_one(workspace, one) for one in FORMS}
    assert {key: found for key, found in names.items() if len(found) != 1} == {}


def test_what_a_meeting_is_about_is_called_as_everywhere(workspace):
    for one in FORMS:
        keep(workspace, one)
    recording.record(workspace, Meeting, {"id": "m1", "kind": "rembug", "name": "Rembug", "level": "kelurahan",
                                          "date": "2026-10-04", "region": KELURAHAN, "period": "2026"})
    linked = {each.form: each.name for each in meetings.linkable(workspace, "m1")}
    assert set(linked) == {one.key for one in FORMS if one.spoken_of}
    assert linked == {key: form(key).called(a_record(form(key)).answers, say) for key in linked}


def keep(workspace, one):
    """Put an example record of a form on disk."""
    sample = a_record(one)
    with editing(workspace) as edits:
        edits.save(one.key, sample.id, {key: value for key, value in sample.answers.items() if value}, origin="x")
    return sample


def names_of_one(workspace, one):
    """Return all that an example record of a form is called."""
    sample = keep(workspace, one)
    kept = sample.id
    with workspace.asking() as connection:
        (record,) = views.found(connection, one, views.Where(id=kept))
        (row,) = referred.names(connection, one, {kept})
    called = {one.called(record.answers, say), evidence.name_of(record)}
    called |= {record_names.subject(one.key, kept, each).title for each in (record.answers, row)}
    called |= {line.sheet.name for line in bowl.kept(workspace, one.key, "16") if line.sheet.record == kept}
    words = [str(record.answers[key]) for key in ("head_name", "name", "text", "what") if record.answers.get(key)]
    hits = word_search.find(workspace, words[0], 300) if words else []
    called |= {each.title for each in hits if each.record == kept}
    recording.delete(workspace, one, kept, reason="x")
    return called | {each.subject.title for each in trash.deletions(workspace, one, [kept])}
