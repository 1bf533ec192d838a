"""What to do about a cell that is no answer, by what its question asks for."""

from collections.abc import Sequence

from p2kp_desktop.actions.recording.record_places import sites
from p2kp_desktop.actions.recording.record_titles import Referring
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Form, Reference, Several
from p2kp_desktop.schema.quantities import Number

_EXAMPLES = 5  # places named to somebody who named none


def remedy(form: type[Form], key: str, referring: Referring, areas: Sequence[str]) -> str:
    """Return what to write in a cell that answers this question, or part of the address."""
    question = form.question(key)
    if isinstance(question, Choice | Several):
        return say("Tulis huruf pilihannya: {letters}.", letters=", ".join(
            f"{option.letter} {say(option.label)}" for option in question.options
        ))
    if isinstance(question, Reference):
        return referring.remedy(question)
    if isinstance(question, Number):
        return say("Tulis angkanya saja, misalnya 12; kosongkan bila tidak diketahui.")
    if key == "region":
        examples = ", ".join(each.name for each in sites(form, areas)[:_EXAMPLES])
        return say("Tulis salah satu tempat di ruang kerja ini, misalnya {examples}.", examples=examples)
    return say("Perbaiki selnya, lalu impor lagi; baris yang sudah masuk tidak digandakan.")
