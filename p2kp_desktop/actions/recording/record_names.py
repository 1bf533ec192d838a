"""Records, questions and answers in the words of people: whose record, where, which question, what answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from typing_extensions import override

from p2kp_desktop.forms import BY_KEY
from p2kp_desktop.language import say
from p2kp_desktop.schema import ALIVE, STATUS, Answer, Choice, Form, Identity, Reference
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.schema.veils import masked as masked

from .record_places import words_for_site

Titles = Mapping[str, str]  # what records are called, by id
NO_TITLES: Titles = {}



class Unknown(Form, key="", title="Formulir dari versi program yang lebih baru", place=""):
    """Stands for a form of a newer release."""

    @classmethod
    @override
    def name_of(cls, answers: Answers, words: Callable[[str], str] = str, *, public: bool = False) -> str:
        """Return an answer that is a name in most forms; whether it is private nobody knows here."""
        return "" if public else str(answers.get("name") or answers.get("head_name") or "")


@dataclass(frozen=True, slots=True)
class Subject:
    """A record as people name it: its form, the name on it («» where it has none), where and for which period."""

    form: str
    id: str
    name: str = ""
    region: str = ""
    rt: str = ""
    period: str = ""

    @property
    def title(self) -> str:
        """Return the name of the record, or what it is."""
        return self.name or say(form_of(self.form).nameless)

    @property
    def place(self) -> str:
        """Return RT and kelurahan in words; of an RT the kelurahan only, for the other is its name."""
        rt = say("RT {rt}", rt=self.rt) if self.rt else ""
        region = region_name(self.region) if self.region else ""
        return " · ".join(part for part in (rt, region) if part and part != self.name)

    @property
    def words(self) -> str:
        """Return title and place in one line."""
        return f"{self.title} ({self.place})" if self.place else self.title


def subject(form: str, record: str, values: Mapping[str, Answer]) -> Subject:
    """Return how people name the record with these answers."""
    place = (str(values.get(key) or "") for key in ("region", "rt", "period"))
    return Subject(form, record, form_of(form).name_of(values, say), *place)


def form_of(key: str) -> type[Form]:
    """Return the form with this key, or one that stands for those of a newer release."""
    return BY_KEY.get(key, Unknown)


def new_words(form: type[Form]) -> str:
    """Return the command that begins a record: «KSM baru»."""
    return say(form.new) if form.new else say("{form} baru", form=say(form.title))


def asked(form: str, key: str) -> tuple[str, str]:
    """Return number and wording of a question, or words for what is no question."""
    question = form_of(form).question(key.removeprefix(WHY))
    if question is not None and key.startswith(WHY):
        return question.number or "", say("Catatan untuk «{question}»", question=say(question.label))
    if question is not None:
        return question.number or "", say(question.label)
    words = {
        ALIVE: say("Dihapus di satu laptop, diubah di laptop lain"), "region": words_for_site(form_of(form)),
        "rt": say("RT"), "period": say("Periode"), STATUS: say("Status"), "parent": say("Bagian dari"),
        "identity": say("Rumah tangga yang sama di periode lain"),
    }
    return "", words.get(key, key)


def is_identity(form: str, key: str) -> bool:
    """Say whether the answers to a question are identity numbers, of which lists show only the ends."""
    question = form_of(form).question(key)
    return question is not None and question.kind == Identity.kind


def shown(form: str, key: str, value: Answer, titles: Titles = NO_TITLES) -> str:
    """Return an answer in words, with its unit; `titles` says by id what records are called that one points to."""
    if value is None:
        return say("(kosong)")
    if key == ALIVE:
        return say("ada") if value else say("dihapus")
    if key == "region":
        return region_name(str(value))
    question = form_of(form).question(key)
    if question is None or not question.understands(value):
        return str(value)
    if isinstance(question, Reference):
        return titles.get(str(value)) or question.words(value) or say("tidak ada di laptop ini")
    told = say(question.show(value)) if isinstance(question, Choice) else question.show(value)
    return f"{told} {question.unit}" if question.unit else told
