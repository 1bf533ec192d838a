"""Questions that offer what is known here: places, and the records that an answer may point to, by title."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.recording.record_names import Subject, Titles
from p2kp_desktop.actions.recording.record_titles import Answers, Referring, TitledRecord, folded, form_words, titles
from p2kp_desktop.language import say
from p2kp_desktop.schema import SOFT, Form, Plain, Problem, Question, Record, Reference, Section, Unreadable
from p2kp_desktop.schema.names import fit
from p2kp_desktop.schema.questions import Objection
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.store import Connection


@dataclass(frozen=True)
class Offer:
    """One known answer: what to type for it, its name, and what helps to recognise it."""

    text: str
    name: str
    detail: str = ""


@dataclass(frozen=True)
class Offered:
    """What was typed means: in words, the known answers like it, and which of them Enter takes (None: none)."""

    words: str
    offers: tuple[Offer, ...]
    meant: int | None = None


@dataclass(frozen=True)
class Meant:
    """The one known answer that was meant («» for none), and whether some are like it."""

    only: str
    some: bool


class OfferingQuestion(Question[str]):
    """A question whose known answers are found by the words typed."""

    example = ""  # what stands in the empty field

    def __init__(self, key: str, label: str, section: Section, *, help: str) -> None:  # noqa: A002  as Question
        super().__init__(label, help=help)
        self.key, self.section = key, section
        self.known: tuple[Offer, ...] = ()

    def offered(self, text: str) -> Offered:
        """Return the known values like a typed text, and the one that it means; with nothing typed all of them."""
        ranked = [(fit(text, each.name, f"{each.text} {each.detail}"), each) for each in self.known]
        fitting = [(rank, each) for rank, each in ranked if rank is not None]
        found = tuple(each for _rank, each in sorted(fitting, key=lambda one: one[0]))
        exact = [place for place, each in enumerate(found) if self.is_named(each, text)]
        meant = 0 if len(found) == 1 and text.strip() else exact[0] if len(exact) == 1 else None
        return Offered("", found, meant)

    def is_named(self, offer: Offer, text: str) -> bool:
        """Say whether a typed text is the whole name of a known answer."""
        return text.strip().casefold() == offer.name.casefold()

    def meant(self, text: str) -> Meant:
        """Return which known answer a text is, by what is typed for one or by its words."""
        if any(offer.text == text for offer in self.known):
            return Meant(text, True)
        offered = self.offered(text)
        only = "" if offered.meant is None else offered.offers[offered.meant].text
        return Meant(only, bool(offered.offers))


class ReferenceQuestion(OfferingQuestion):
    """A question about a record as the form asks it: it knows which ones there are, and what they are called."""

    kind = "reference"

    def __init__(self, asked: Reference, section: Section, targets: Sequence[TitledRecord], titles: Titles) -> None:
        helps = asked.help or say("Ketik sebagian nomor atau namanya, lalu pilih dengan ↓.")
        super().__init__(asked.key, asked.label, section, help=helps)
        self.number, self.required, self.when = asked.number, asked.required, asked.when
        self._form = form_words(asked)
        nothing = say("belum ada {form} yang tercatat", form=self._form)
        self.example = say("ketik nomor atau namanya") if targets else nothing
        self.titles = {**{each.subject.id: each.subject.title for each in targets}, **titles}
        self.known = tuple(offer(each.subject) for each in targets)
        self._calls = {each.subject.id: each.calls for each in targets}

    def is_named(self, offer: Offer, text: str) -> bool:
        """Say whether a typed text is what people call a record, whole."""
        return folded(text) in self._calls[offer.text]

    def _read_text(self, text: str) -> str:
        found = self.meant(text)
        if found.only:
            return found.only
        if found.some:
            raise Unreadable(say("Beberapa catatan cocok dengan «{typed}». Pilih dari daftar dengan ↓.", typed=text))
        raise Unreadable(say("«{typed}» tidak tercatat sebagai {form}. Pilih dari daftar dengan ↓.", typed=text,
                             form=self._form))

    def show(self, plain: Plain) -> str:
        """Return the title of the record that an answer points to, or words in its place."""
        return self.titles.get(str(plain)) or Reference.words(plain) or say("tidak ada di laptop ini")

    def objections(self, plain: Plain) -> Iterator[Objection]:
        """Object softly to a record that is not here."""
        if str(plain) not in self.titles:
            yield Objection(say("Catatan ini tidak ada di laptop ini. Mungkin datang dengan paket lain."), SOFT)


def questions(
    connection: Connection, form: type[Form], answers: Answers, sides: Iterable[Answers] = ()
) -> dict[str, ReferenceQuestion]:
    """Return the questions of a form that are answered by records, each with those that may be meant, by key.

    `sides` are further answers that must be told, such as those in conflict.
    """
    told, referring = titles(connection, form, [answers, *sides]), Referring(connection)
    return {asked.key: _asked(form, asked, referring, answers, told) for asked in form.references()}


def astray(record: Record, asked: Mapping[str, ReferenceQuestion]) -> Iterator[Problem]:
    """Yield that answers of a record point to records that are not here."""
    for key, question in asked.items():
        answer, note = record.answers.get(key), str(record.answers.get(f"{WHY}{key}") or "")
        for objection in question.objections(answer) if answer is not None else ():
            yield Problem(key, objection.message, objection.severity, note)


def _asked(
    form: type[Form], asked: Reference, referring: Referring, near: Answers, told: Titles
) -> ReferenceQuestion:
    targets = referring.nearby(asked, near) if asked.to else []
    section = form.questions[0].section if asked is form.parent else asked.section
    return ReferenceQuestion(asked, section, targets, told)


def offer(subject: Subject) -> Offer:
    """Return a record as it is offered: by its title, with where it stands."""
    detail = " · ".join(part for part in (subject.place, subject.period) if part)
    return Offer(subject.id, subject.title, detail)
