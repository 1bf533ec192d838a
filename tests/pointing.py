"""Records that a record of any form may belong and point to, made so that a test can name them."""

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.record_titles import Referring, TitledRecord
from p2kp_desktop.forms import Household, form
from p2kp_desktop.schema import Form
from p2kp_desktop.store import Workspace
from tests.examples import a_record


def what_it_points_to(workspace: Workspace, pointing: type[Form], region: str) -> dict[str, TitledRecord]:
    """Record what a record of a form belongs and points to; return it by question, as it is found."""
    for question in pointing.references():
        target = form(question.to or Household.key)
        kept = {*(each.key for each in target.stored()), *(["region"] if target.place else []), "rt", "period"}
        given = {**a_record(target, parent=None).answers, "region": region}
        given |= {"text": "Yang lain"} if target.question("text") else {}
        recording.record(workspace, target, {key: answer for key, answer in given.items() if key in kept})
    with workspace.asking() as connection:
        known = Referring(connection)
        return {question.key: known.known(question)[0] for question in pointing.references()}
