"""Answers that hold vectors may hold anything in a file that somebody made to do harm."""

import pytest

from p2kp_desktop.schema import erasure, review
from p2kp_desktop.schema.branches import held_read
from p2kp_desktop.schema.causality import Dot, Save, Version, edit

SAVE = Save(Dot("n", 1), "Siti", "facilitator", "Siti", "2026-11-30T10:00:00+07:00")


@pytest.mark.parametrize("text", ["[" * 20_000, '{"a":' * 20_000 + "1" + "}" * 20_000])
def test_what_is_nested_without_end_says_nothing(text):
    given = {"roof": "a", "erased.roof": text, "seen.n": text, "status": "terverifikasi"}
    version = edit(Version("household", "h"), SAVE, given)
    assert erasure.marks_of(version)["roof"] == {(SAVE, ())}
    assert erasure.applied(version).answers.keys() == given.keys() - {"roof"} | {"alive"}
    assert review.standing(version) == review.CHANGED
    assert held_read(text, dict) == text
