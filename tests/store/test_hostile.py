"""What a question cannot hold is kept beside its column, and comes back as it was."""

import pytest

from p2kp_desktop.forms import FORMS
from p2kp_desktop.schema.causality import Dot, Save, Sibling, Version
from p2kp_desktop.store import records

ARRIVED = (
    "Infinity", "sNaN", "NaN", "1E+999999999", "1e-999999999", "9" * 400, 2**63 - 1, -(2**63), 10**15, "0001-01-01",
    "99999-01-01", "2958466", "é😀", "", " ", "0.10", "-0", 0, 1,
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_answer_comes_back_whatever_its_question_holds(workspace, form):
    save = Save(Dot("n", 1), "p", "facilitator", "w", "2026-01-01T00:00:00+00:00")
    for number, plain in enumerate(ARRIVED):
        answers = {question.key: frozenset({Sibling(save, plain)}) for question in form.stored()}
        version = Version(form.key, f"r{number}", {"n": 1}, answers)
        with workspace.changing() as connection:
            records.write(connection, [version])
        with workspace.asking() as connection:
            back = records.read(connection, form.key, [version.id])[version.id]
        kept = {key: value for key, value in back.values().items() if key in answers}
        assert kept == dict.fromkeys(answers, plain)
