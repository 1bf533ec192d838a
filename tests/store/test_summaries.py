"""Summary rows: what cannot be does not count in them, and those of an older release are made anew."""

import sqlalchemy as sa

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording, saves
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms import Household
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
