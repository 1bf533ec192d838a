"""Copies of one workspace told apart: the names of branches follow from the saves alone, whoever came first."""

from dataclasses import replace
from itertools import permutations

import hypothesis.strategies as st
from hypothesis import given

from p2kp_desktop.schema import branches
from p2kp_desktop.schema.branches import Branch, Reader, Row, Stretch, grow, line, path, regrown
from p2kp_desktop.schema.causality import Dot, Save, Version, edit
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.naming_copies import Reading, Told

ROOT = {"n": Branch("", 1, {})}


def rows(letters, first=1, before=""):
    """Return a line of saves, each called by its letter and count."""
    made = []
    for tick, letter in enumerate(letters, start=first):
        seal = f"{letter}{tick}".ljust(64, "0")
        made.append(Row(tick, "16", tick, seal, made[-1].hash if made else before))
    return line(made)


def shape(tree):
    return {name: (branch.parent, branch.first, {row.hash[:2] for row in branch.rows.values()})
            for name, branch in tree.items()}


def name(letter, tick):
    return branches.named("n", f"{letter}{tick}".ljust(64, "0"))


def test_one_line_is_no_fork_however_it_comes():
    whole = rows("oooo")
    one, *rest = whole.values()
    for order in permutations((line([one]), line(rest), whole)):
        tree = ROOT
        for each in order:
            tree = regrown(tree, {"n": each})
        assert shape(tree) == {"n": ("", 1, {"o1", "o2", "o3", "o4"})}


def test_copies_part_at_the_first_count_that_both_used():
    tree = grow("n", [rows("ooaa"), rows("oob"), rows("ooacc")])
    assert shape(tree) == {
        "n": ("", 1, {"o1", "o2"}),
        name("a", 3): ("n", 3, {"a3"}), name("b", 3): ("n", 3, {"b3"}),
        name("a", 4): (name("a", 3), 4, {"a4"}), name("c", 4): (name("a", 3), 4, {"c4", "c5"}),
    }
    assert path(tree, name("c", 4)) == (
        Stretch("n", 1, 2), Stretch(name("a", 3), 3, 3), Stretch(name("c", 4), 4, branches.FOR_EVER)
    )


copied = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), min_size=1, max_size=4)


@given(copied, st.randoms(use_true_random=False))
def test_the_names_follow_from_the_saves_and_not_from_their_order(made, dice):
    lines = [rows("oooooo")]
    for number, (whose, kept) in enumerate(made):
        letters = [row.hash[0] for row in lines[whose % len(lines)].values()][:kept]
        lines.append(rows([*letters, *[chr(ord("a") + number)] * 2]))
    ends = []
    for _ in range(3):
        tree = ROOT
        for each in dice.sample(lines * 2, k=2 * len(lines)):
            tree = regrown(tree, {"n": each})
        ends.append(shape(tree))
    assert ends[0] == ends[1] == ends[2] == shape(grow("n", lines))


def test_saves_of_which_nothing_tells_what_they_follow_upon_claim_nothing_before_them():
    tree = regrown(grow("n", [rows("oooooo")]), {"n": rows("bb", first=5, before="b4".ljust(64, "0"))})
    assert path(tree, name("b", 5)) == (Stretch(name("b", 5), 4, branches.FOR_EVER),)
    whole = regrown(tree, {"n": rows("oobbbb")})
    assert path(whole, name("b", 3)) == (Stretch("n", 1, 2), Stretch(name("b", 3), 3, branches.FOR_EVER))
    assert branches.ways(tree, whole)[name("b", 5)] == path(whole, name("b", 3))


def test_what_was_written_under_the_node_is_read_as_its_branch_and_back():
    before = edit(Version("household", "h"), Save(Dot("n", 2), "Siti", "district", "w", ""), {"roof": "a"})
    seen = '{"v": {"n": 3}}'
    marks = {"roof": "b", "seen.n": seen, "erased.name": '{"n":3}', "edition.1.n": "m:1 n:3", "name": "n:3"}
    version = edit(before, Save(Dot("n", 3), "Siti", "district", "w", ""), marks)
    one = grow("n", [rows("ooa")])
    two = grow("n", [rows("ooa"), rows("oob")])
    read, withheld = Reader.between(one, two).version(version)
    a = name("a", 3)
    assert (read.vector, withheld) == ({"n": 2, a: 3}, ())
    assert {key: value for key, value in read.values().items() if key not in ("roof", "alive")} == {
        f"seen.{a}": f'{{"v": {{"n": 2, "{a}": 3}}}}', "erased.name": f'{{"n":2,"{a}":3}}',
        f"edition.1.{a}": f"m:1 n:2 {a}:3",
        "name": "n:3",
    }
    assert Reader.between(two, one).version(read) == (version, ())


def test_a_row_keeps_the_hash_it_was_sealed_with():
    save = Save(Dot("n", 1), "Siti", "facilitator", "w", "")
    row = HistoryRow(save, "16", 1, "household", "h", {}, "diketik", "").sealed()
    renamed = replace(row, save=save._replace(dot=Dot(branches.named("n", row.hash), 1)))
    assert renamed.computed_hash() == row.hash


def test_counts_of_which_nothing_tells_whose_they_are_are_believed_up_to_the_fork():
    two = grow("n", [rows("ooa"), rows("oob")])
    save = Save(Dot("n", 3), "Siti", "facilitator", "w", "")
    version = edit(Version("household", "h"), save, {"roof": "a"})

    def read(ends):
        reading = Reading(Told({}, ends), ["n"], lambda _origin: two, lambda _dots: [])
        return reading.version(version), reading.lacking, reading.assumed({"n": 3})

    a = name("a", 3)
    (known, withheld), lacking, assumed = read({"n": [a.removeprefix("n~")]})
    assert (known.vector, withheld, lacking, assumed) == ({"n": 2, a: 3}, (), 0, {"n": 2, a: 3})
    (unclear, withheld), lacking, assumed = read({})
    assert (unclear.vector, withheld, lacking) == ({"n": 2}, ("alive", "roof"), 1)
    assert unclear.overrides == {"alive": {}, "roof": {}}
    assert assumed == {"n": 2, "n~": 3}  # nobody has that: a gap


def test_a_node_is_doubted_of_which_a_save_was_left_out_that_is_not_here():
    save = Save(Dot("n", 3), "Siti", "facilitator", "w", "")
    version = edit(Version("household", "h"), save, {"roof": "a"})
    reading = Reading(Told({}, {"n": ["b3"]}), [], lambda _origin: grow("n", [rows("ooa")]), lambda _dots: [])
    reading.doubt(["n"], "n")
    assert reading.elsewhere
    assert reading.version(version)[0].vector == {}
    assert reading.assumed({"n": 3}) == {"n~": 3}
