"""Whatever a stranger writes into a bundle, what an office verified stays as it is, and what was held back is said.

A stranger has seen a bundle and has the program, but nobody's key: versions, saves, vectors, what a review saw, marks
of erasures, rows of history and the manifest may say anything.
"""

import json
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import Phase, given, settings

from p2kp_desktop.actions.bundles import import_undo, receiving, sending
from p2kp_desktop.actions.common import soundness, workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.exchange.bundle import MOST_EDITS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import STATUS
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.forms import ALIVE, ERASED
from p2kp_desktop.schema.review import BEHELD, SEEN, VERIFIED
from p2kp_desktop.store import facts, records
from tests import forger
from tests.conftest import DEEP, KELURAHAN
from tests.laws.files import COMPLETE

IDS = ("h0", "h1", "h2")
counts = st.one_of(st.integers(1, 9), st.integers(1, MOST_EDITS - 1))
roles = st.sampled_from(sorted(RANKS))


@pytest.fixture(scope="module")
def met(folder):
    """Give a team and a city that verified its houses, the team's bundle and the city's."""
    team = workspaces.init(folder / "tim.p2kp", role="facilitator", name="Tim", regions=[KELURAHAN])
    city = workspaces.init(folder / "kota.p2kp", role="district", name="Kota", regions=["16.71"])
    for ident in IDS:
        recording.record(team, Household, {"id": ident, **COMPLETE, "head_name": f"Warga {ident}"})
    first = sending.send(team, folder).path
    assert receiving.receive(city, first).error is None
    assert len(verification.verify(city, ids=IDS).verified) == len(IDS)
    back = sending.send(city, folder, to="facilitator", full=True).path
    recording.record(team, Household, {"id": "h0", "kk_count": 2}, reason="dibetulkan")
    yield team, city, (first, back, sending.send(team, folder).path), folder  # the last one did not arrive
    team.close()
    city.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give a folder for the whole module, with a registry of nodes of its own."""
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("kantor")
        patch.setenv("P2KP_HOME", str(place.parent / "rumah"))
        yield place


@pytest.fixture(autouse=True)
def home(folder, monkeypatch):
    """Work at the same home throughout: the keys of the workspaces lie there."""
    monkeypatch.setenv("P2KP_HOME", str(folder.parent / "rumah"))


def node_of(workspace):
    with workspace.asking() as connection:
        return facts.facts(connection).node


def held_by(workspace):
    with workspace.asking() as connection:
        return {version.id: version for version in records.everything(connection)}


def changed(before, after):
    """Return what became other, to be read where that should not have happened."""
    return {
        ident: {key: siblings for key, siblings in {**version.answers, "": version.vector}.items()
                if ident not in before or {**before[ident].answers, "": before[ident].vector}.get(key) != siblings}
        for ident, version in after.items() if version != before.get(ident)
    }


def forge(data, loot, nodes):
    """Change a bundle as a stranger might."""
    node = st.sampled_from([*nodes, forger.STRANGER])
    vectors = st.dictionaries(node, counts, min_size=1)
    deeds = data.draw(st.lists(st.sampled_from((
        "count", "answer", "review", "erase", "delete", "row", "fork", "marks", "fewer", "claims", "since", "sender",
    )), min_size=1, max_size=4))
    for deed in deeds:
        given = forger.save(data.draw(node), data.draw(counts), role=data.draw(roles))
        if deed == "count":
            name, tick = data.draw(node), data.draw(counts)
            loot.each(lambda each, name=name, tick=tick: forger.counted(each, name, tick))
        elif deed in ("answer", "review", "erase", "delete"):
            seen, key = json.dumps(data.draw(vectors)), data.draw(st.sampled_from((SEEN, BEHELD)))
            answers = {
                "answer": {"head_name": "Palsu", "kk_count": 7}, "delete": {ALIVE: 0},
                "review": {STATUS: data.draw(st.sampled_from((VERIFIED, "dikembalikan", None))),
                           f"{key}{data.draw(node)}": json.dumps({"v": json.loads(seen)})},
                "erase": {"head_name": None, f"{ERASED}head_name": seen},
            }[deed]
            loot.each(lambda each, given=given, answers=answers: forger.answered(each, given, answers))
            if data.draw(st.booleans()):
                loot.rows += forger.chain(given.dot.node, loot.rows[:3], role=given.role)
        elif deed == "row":
            like = data.draw(st.sampled_from(loot.rows))
            loot.rows.append(forger.row(given, like, number=data.draw(st.integers(1, 9)), previous=like.hash))
        elif deed == "fork":
            like = data.draw(st.sampled_from(loot.rows))
            loot.rows.append(replace(like, save=like.save._replace(person="Orang Lain")).sealed())
        elif deed == "marks":
            loot.signs()
        elif deed == "fewer":
            loot.rows = loot.rows[: data.draw(st.integers(1, 3))]
        elif deed in ("claims", "since"):
            getattr(loot, deed)(data.draw(node), data.draw(counts))
        else:
            loot.sent_by(node=data.draw(node), role=data.draw(roles))
    loot.key = data.draw(st.sampled_from((loot.key, "")))


@settings(max_examples=400 if DEEP else 12, phases=set(Phase) - ({Phase.shrink} if not DEEP else set()))
@given(data=st.data())
def test_nothing_that_a_stranger_writes_changes_what_was_verified(met, data):
    team, city, bundles, folder = met
    loot = forger.loot(data.draw(st.sampled_from(bundles)))
    forge(data, loot, [node_of(team), node_of(city)])
    before = soundness.digest(city)
    had = held_by(city)
    received = receiving.receive(city, loot.write(folder / "palsu.xlsx"))
    assert soundness.digest(city) == before, (received.counts, received.notes, changed(had, held_by(city)))
    if received.trouble is None:
        counts_of = received.counts
        assert received.read == sum(counts_of.values())
        assert counts_of["new"] + counts_of["updated"] + counts_of["conflict"] == 0
        assert received.quarantined <= counts_of["rejected"]
        assert not counts_of["rejected"] or received.notes
        assert soundness.check(city) == []
        import_undo.undo(city, received.transfer)
    assert soundness.digest(city) == before
    recording.record(team, Household, {"id": "h1", "kk_count": data.draw(st.integers(1, 8))}, reason="dibetulkan")
    genuine = receiving.receive(city, sending.send(team, folder).path)
    assert (genuine.quarantined, genuine.counts["rejected"], genuine.notes) == (0, 0, ())
    assert soundness.check(city) == []


@pytest.mark.parametrize(("rows", "claim"), [([(1, 1)], 9), ([(1, 5), (10**9, 4)], 1)], ids=["claimed", "parted"])
def test_a_stranger_who_makes_up_saves_of_his_own_makes_no_sound_file_look_spoilt(met, rows, claim):
    _team, city, bundles, folder = met
    loot = forger.loot(bundles[1])
    like = next(row for row in loot.rows if row.record == "h0")
    loot.rows += [
        forger.row(forger.save(forger.STRANGER, tick, role="facilitator"), like, number=number, previous=like.hash)
        for tick, number in rows
    ]
    loot.claims(forger.STRANGER, claim)
    loot.key = ""
    before = soundness.digest(city)
    received = receiving.receive(city, loot.write(folder / "palsu.xlsx"))
    assert (received.error, soundness.digest(city), soundness.check(city)) == (None, before, [])
    assert any(f"{len(rows)} simpanan yang tidak dimuat catatannya" in note for note in received.notes)
    import_undo.undo(city, received.transfer)
