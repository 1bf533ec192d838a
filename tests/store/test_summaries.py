"""Summary rows: what cannot be does not count in them, and those of an older release are made anew."""

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording, saves
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms import Household
from p2kp_desktop.schema import new_id
from p2kp_desktop.store import facts, open_workspace, summaries
from p2kp_desktop.store.tables import meta
from tests.conftest import KELURAHAN
from tests.examples import a_record

YEAR = "2022"


def sixty(workspace):
    """Record two houses of an RT, one of them with 60 KK."""
    for number, kk in ((1, 1), (2, 60)):
        answers = {**a_record(Household, kk_count=kk).answers, "region": KELURAHAN, "head_name": f"Siti {number}"}
        recording.record(workspace, Household, answers)
    saves.refresh_summaries(workspace)


def kept(workspace):
    with workspace.asking() as connection:
        (tally,) = summaries.known(connection, period=YEAR).values()
    return tally


def test_a_summary_leaves_out_what_cannot_be(workspace):
    sixty(workspace)
    assert (kept(workspace).kk, kept(workspace).impossible, kept(workspace).without_kk_count) == (1, 1, 1)
    (row,) = slum_scores.score_workspace(workspace, period=YEAR)["rows"]
    assert row["denominators"]["kk"] == 1
    assert row["provisional"]
    assert "1 jawaban tidak mungkin, dihitung belum terjawab." in row["reasons"]
    assert soundness.check(workspace) == []


def test_a_summary_of_an_older_release_is_made_anew(workspace):
    sixty(workspace)
    with workspace.changing() as connection:
        connection.execute(summaries.summaries.update().values(kk=61, impossible=0))
        connection.execute(meta.update().where(meta.c.key == "schema").values(value="2"))
        connection.execute(meta.update().where(meta.c.key == "shape").values(value="older"))
    workspace.close()
    with open_workspace(workspace.name) as again:
        with again.asking() as connection:
            assert facts.everything(connection)["schema"] != "2"
            assert connection.scalar(sa.select(sa.func.count()).select_from(summaries.summaries)) == 0
        saves.refresh_summaries(again)
        assert (kept(again).kk, kept(again).impossible) == (1, 1)


# Whatever was edited, what is kept is what counting anew gives

_EDITS = st.lists(st.tuples(
    st.sampled_from(["001/005", "002/005"]), st.sampled_from(["a", "g", "j"]), st.sampled_from(["a", "b", "c"]),
    st.integers(0, 4), st.sampled_from(["change", "add", "delete"]),
), max_size=6)  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_EDITS)
def test_summaries_and_profiles_are_what_counting_anew_gives_after_any_edits(make_workspace, edits):
    workspace = make_workspace(new_id())
    ids = []
    for rt, source, latrine, place, act in edits:
        with workspace.changing() as connection:
            summaries.refresh(connection)
            summaries.refresh_profiles(connection)
        given_ = {"rt": rt, "water_source": source, "defecation": latrine}
        if act == "add" or not ids:
            address = {"region": KELURAHAN, "period": YEAR, "head_name": f"Siti {len(ids)}"}
            ids.append(recording.record(workspace, Household, {**given_, **address}).id)
        elif act == "change":
            recording.record(workspace, Household, {"id": ids[place % len(ids)], **given_})
        else:
            recording.delete(workspace, Household, ids.pop(place % len(ids)), reason="Salah catat")
    with workspace.changing() as connection:
        summaries.refresh(connection)
        summaries.refresh_profiles(connection)
        tallies, profiles = summaries.known(connection), summaries.known_profiles(connection)
        assert sum(each.households for each in tallies.values()) == len(ids)
        assert tallies == {place: summaries.compute(connection, place) for place in tallies}
        assert profiles == {place: summaries.compute_profile(connection, place) for place in tallies}
    workspace.close()


def test_a_profile_that_another_release_counted_is_made_anew(workspace):
    sixty(workspace)
    with workspace.changing() as connection:
        assert summaries.refresh_profiles(connection) == 0
        connection.execute(summaries.profiles.update().values(version="older", counts='[{"x":[1,1]},{}]'))
    assert soundness.check(workspace) == []
    with workspace.changing() as connection:
        assert summaries.known_profiles(connection) == {}
        assert summaries.refresh_profiles(connection) == 1
        assert summaries.refresh_profiles(connection) == 0
        ((place, kept_),) = summaries.known_profiles(connection).items()
        assert kept_ == summaries.compute_profile(connection, place)
