"""The algebra of versions and some histories by name; tests/laws shows the laws over thousands of histories."""

import pytest
from hypothesis import given

from p2kp_desktop.schema.causality import Dot, Save, Version, edit, merge, shown, withhold
from p2kp_desktop.schema.state import canonical, pack, unpack

from .worlds import RECORDS, World, steps


def a_save(node: str, tick: int, role: str = "facilitator") -> Save:
    return Save(Dot(node, tick), "Siti", role, "laptop", "2026-01-01T00:00:00+07:00")


@given(steps)
def test_merging_is_commutative_and_associative(history):
    world = World().run(history)
    for record in set(RECORDS):
        versions = [here[record] for here in world.here if record in here]
        for one in versions:
            assert merge(one, one) == one
            for two in versions:
                assert merge(one, two) == merge(two, one)
                for three in versions[:3]:
                    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(steps)
def test_a_version_survives_being_packed(history):
    world = World().run(history)
    for here in world.here:
        for version in here.values():
            again = unpack(version.form, version.id, *pack(version))
            assert again == version
            assert canonical(again) == canonical(version)


@given(steps)
def test_equal_packs_mean_equal_versions(history):
    world = World().run(history)
    versions = [here["r1"] for here in world.here if "r1" in here]
    for one in versions:
        for two in versions:
            assert (canonical(one) == canonical(two)) == (one == two)


def test_a_bundle_without_names_erases_no_name_even_three_hops_later():
    first = edit(Version("form", "r"), a_save("a", 1), {"name": "Siti", "roof": "baik"})
    redacted = withhold(first, ["name"])
    province = edit(redacted, a_save("p", 1), {"roof": "bocor"})
    back = merge(merge(first, province), withhold(province, ["name"]))
    assert back.values() == {"name": "Siti", "roof": "bocor", "alive": 1}
    assert not back.conflicts()


def test_a_delete_that_meets_an_unseen_edit_is_a_conflict_and_stays_visible():
    first = edit(Version("form", "r"), a_save("a", 1), {"roof": "baik"})
    deleted = edit(first, a_save("a", 2), {"alive": 0})
    edited = edit(first, a_save("b", 1), {"roof": "bocor"})
    merged = merge(deleted, edited)
    assert set(merged.conflicts()) == {"alive"}
    assert merged.values()["alive"] == 1


def test_a_reviewers_value_is_shown_before_a_facilitators():
    first = edit(Version("form", "r"), a_save("a", 1), {"roof": "baik"})
    mine = edit(first, a_save("a", 9), {"roof": "bocor"})
    theirs = edit(first, a_save("b", 1, "district"), {"roof": "rusak"})
    assert shown("roof", merge(mine, theirs).answers["roof"]) == "rusak"


def test_settling_covers_every_side():
    first = edit(Version("form", "r"), a_save("a", 1), {"roof": "baik"})
    both = merge(edit(first, a_save("a", 2), {"roof": "x"}), edit(first, a_save("b", 1), {"roof": "y"}))
    settled = edit(both, a_save("c", 1), {"roof": "y"})
    assert not merge(settled, both).conflicts()
    assert merge(settled, both) == settled


def test_a_dot_is_never_used_twice():
    first = edit(Version("form", "r"), a_save("a", 1), {"roof": "baik"})
    with pytest.raises(ValueError, match="used before"):
        edit(first, a_save("a", 1), {"roof": "bocor"})


def test_a_record_keeps_every_region_it_ever_belonged_to():
    first = edit(Version("form", "r"), a_save("a", 1), {"region": "16.71.01.1001"})
    moved = edit(first, a_save("a", 2), {"region": "16.71.01.1002"})
    assert merge(first, moved).places == {"16.71.01.1001", "16.71.01.1002"}


def test_an_own_edit_over_a_withheld_answer_replaces_the_own_edit_before_it():
    first = edit(Version("form", "r"), a_save("a", 1), {"name": "Siti"})
    here = edit(withhold(first, ["name"]), a_save("b", 1), {"name": "Sitti"})
    again = edit(here, a_save("b", 2), {"name": "Siti Aminah"})
    assert {s.value for s in merge(again, here).answers["name"]} == {"Siti Aminah"}
    assert {s.value for s in merge(again, first).answers["name"]} == {"Siti Aminah", "Siti"}
