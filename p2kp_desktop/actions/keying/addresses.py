"""Where a record stands, as the head of a form asks for it: kelurahan or kota, RT and period, typed in any spelling."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.record_places import sites, words_for_site
from p2kp_desktop.language import say
from p2kp_desktop.schema import Answer, Form, Problem, Question, Record, Section, Unreadable
from p2kp_desktop.schema.names import is_called
from p2kp_desktop.schema.places import normal_rt, parents, region, region_name, rt_parts
from p2kp_desktop.store import Connection, listing, views
from p2kp_desktop.store.facts import facts

from . import offers
from .offers import Offer, Offered, OfferingQuestion, ReferenceQuestion

PLACES = ("region", "rt", "period")


@dataclass(frozen=True)
class KnownRt:
    """An RT that is recorded or that households name, with how many households it has in the period."""

    region: str
    rt: str
    households: int = 0


@dataclass(frozen=True)
class Address:
    """What may be asked for and what is known: `asked` are the parts that the head asks for."""

    asked: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()  # where such a record may stand: kelurahan, or kabupaten/kota
    rts: tuple[KnownRt, ...] = ()
    periods: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, ReferenceQuestion] = field(default_factory=dict)  # by key, with the records they know
    _made: dict[tuple[str, str], "PlaceQuestion"] = field(default_factory=dict, compare=False, repr=False)
    _large: dict[tuple[str, str], "StandingQuestion"] = field(default_factory=dict, compare=False, repr=False)

    def questions(self, form: type[Form], answers: Mapping[str, Answer]) -> tuple[Question[Any], ...]:
        """Return the questions of the head, above those of the form; the same ones for the same kelurahan."""
        if not self.asked:
            return ()
        region = str(answers.get("region") or (self.sites[0] if len(self.sites) == 1 else ""))
        above = [self.references["parent"]] if "parent" in self.asked else []
        return (*above, *(self._question(form, key, region) for key in PLACES if key in self.asked))

    def as_asked(self, question: Question[Any]) -> Question[Any]:
        """Return a question as it is asked here: one about a record knows which there are."""
        return self.references.get(question.key, question)

    def problems(self, record: Record) -> Iterable[Problem]:
        """Return the problems of a record, wrong or unlikely, and of its answers that point to records not here."""
        return (*record.problems(), *offers.astray(record, self.references))

    def _question(self, form: type[Form], key: str, region: str) -> "PlaceQuestion":
        section = form.questions[0].section
        name = (key, region if key == "rt" else "")
        if name not in self._made:
            if key == "region":
                self._made[name] = _region_question(form, self.sites)
            elif key == "rt":
                self._made[name] = _rt_question(section, [each for each in self.rts if region in ("", each.region)])
            else:
                self._made[name] = _period_question(section, self.periods)
        return self._made[name]

    def at_large(self, form: type[Form], key: str) -> Question[Any]:
        """Return the question for an answer in conflict that no question asks, such as whether a record is deleted."""
        if key in self.references:
            return self.references[key]
        name = (form.key, key)
        if name not in self._large:
            self._large[name] = StandingQuestion(form, key)
        return self._large[name]

    def households(self, answers: Mapping[str, Answer]) -> int:
        """Return how many households the RT of a record has."""
        here = (answers.get("region") or next(iter(self.sites), None), answers.get("rt"))
        return next((each.households for each in self.rts if (each.region, each.rt) == here), 0)

    def without(self, part: str) -> "Address":
        """Return the address with one part not asked for."""
        return replace(self, asked=tuple(each for each in self.asked if each != part), _made={})

    def with_households(self, answers: Mapping[str, Answer], number: int) -> "Address":
        """Return the address with so many households in the RT of a record, which may be a new one."""
        here = KnownRt(str(answers.get("region")), str(answers.get("rt")), number)
        others = [each for each in self.rts if (each.region, each.rt) != (here.region, here.rt)]
        return replace(self, rts=tuple(sorted([*others, here], key=astuple)), _made={}) if answers.get("rt") else self


def address(
    connection: Connection, form: type[Form], answers: Mapping[str, Answer],
    sides: Iterable[Mapping[str, Answer]] = (),
) -> Address:
    """Return the address of a record: what a form asks of where it stands, and what is known of that.

    `sides` are answers in conflict, for the titles of the records between which it is.
    """
    about = facts(connection)
    places = tuple(each.code for each in sites(form, about.regions))
    rules = views.rule_sets(connection)
    asked = to_ask(form, answers, places)
    areas = [str(answers["region"])] if answers.get("region") else about.regions
    rts = listing.known_rts(connection, areas, str(answers.get("period") or about.period)) if "rt" in asked else []
    periods = {about.period, *rules} if "period" in asked else set()
    references = offers.questions(connection, form, answers, sides)
    known = tuple(KnownRt(*each) for each in rts)
    return Address(asked, places, known, tuple(sorted(periods)), rules, references)


def to_ask(form: type[Form], answers: Mapping[str, Answer], places: Sequence[str]) -> tuple[str, ...]:
    """Return the keys that the head of a form asks for: those missing, and of a household always the RT."""
    known = dict(answers) | form.complete(answers)
    belongs = form.parent is not None and bool(form.parent.to)  # and stands where that record does
    asked = ["parent"] if belongs and not known.get("parent") else []
    if form.place and not belongs and not known.get("region") and len(places) != 1:
        asked.append("region")
    if form.place == "rt" and not form.says_rt and (not form.natural or not known.get("rt")):
        asked.append("rt")
    if form.per_period and not known.get("period"):
        asked.append("period")
    return tuple(asked)


def belated(form: type[Form], key: str) -> str:
    """Return in words that a record cannot be saved without this part of its address."""
    words = {
        "parent": say("Belum dipilih bagian dari mana. Isiannya tetap ada sebagai draf."),
        "region": say("{place} belum diisi. Isiannya tetap ada sebagai draf.", place=words_for_site(form)),
        "rt": say("RT belum diisi. Isiannya tetap ada sebagai draf."),
        "period": say("Periode belum diisi. Isiannya tetap ada sebagai draf."),
    }
    return words[key]


class PlaceQuestion(OfferingQuestion):
    """A part of the address; it knows what is there already."""

    kind = "place"


class RegionQuestion(PlaceQuestion):
    """The kelurahan or desa, or the kabupaten/kota, by its code, or by its name as it is written or heard."""

    def is_named(self, offer: Offer, text: str) -> bool:
        """Say whether a typed text is the whole name of this place, in any spelling."""
        return is_called(region(offer.text), text)

    def _read_text(self, text: str) -> str:
        found = self.meant(text)
        if found.only:
            return found.only
        if found.some:
            raise Unreadable(say("Beberapa tempat cocok dengan «{typed}». Pilih dari daftar dengan ↓.", typed=text))
        raise Unreadable(say("«{typed}» tidak ada di ruang kerja ini. Pilih dari daftar dengan ↓.", typed=text))

    def show(self, plain: Answer) -> str:
        """Return the name of the place."""
        return region_name(str(plain))


class RtQuestion(PlaceQuestion):
    """The RT in any spelling that is seen in the field."""

    def _read_text(self, text: str) -> str:
        return normal_rt(text)

    def offered(self, text: str) -> Offered:
        """Return which RT is meant: «14» means the only known RT 14, whatever its RW; a new one stands last."""
        if not text.strip():
            return Offered("", self.known)
        try:
            label = normal_rt(text)
        except Unreadable:
            return Offered("", ())
        found = tuple(each for each in self.known if _alike(each.text, label))
        same = [place for place, each in enumerate(found) if each.text == label]
        if same:
            return Offered("", found, same[0])
        _, rw, words = rt_parts(label)
        known = (*found, Offer(label, label, say("RT baru")))
        return Offered("", known, 0 if len(found) == 1 and rw is None and not words else len(found))


def _alike(known: str, label: str) -> bool:
    number, rw, words = rt_parts(label)
    its_number, its_rw, its_words = rt_parts(known)
    if number is None:
        return label in known
    return number == its_number and rw in (None, its_rw) and words in its_words


class PeriodQuestion(PlaceQuestion):
    """The survey round, by its year."""

    def _read_text(self, text: str) -> str:
        if not re.fullmatch(r"\d{4}(-\w+)?", text):
            raise Unreadable(say("«{typed}» bukan periode. Tulis tahunnya, misalnya 2026.", typed=text))
        return text

    def offered(self, text: str) -> Offered:
        """Return the known periods that begin with what is typed."""
        return Offered("", tuple(each for each in self.known if each.text.startswith(text.strip())))


class StandingQuestion(Question[Answer]):
    """Something of a record that no question asks but that may be in conflict, such as whether it was deleted."""

    kind = "standing"

    def __init__(self, form: type[Form], key: str) -> None:
        number, wording = record_names.asked(form.key, key)
        super().__init__(wording, number=number or None)
        self.key, self.section, self._form = key, form.questions[0].section, form.key

    def _read_text(self, text: str) -> str:  # noqa: ARG002  no text can be read as one
        raise Unreadable(say("Pilih salah satu jawaban di bawah ini."))

    def understands(self, plain: Answer) -> bool:  # noqa: ARG002
        """Take any value."""
        return True

    def show(self, plain: Answer) -> str:
        """Return the value in words."""
        return record_names.shown(self._form, self.key, plain)


def _region_question(form: type[Form], places: Sequence[str]) -> PlaceQuestion:
    helps = say("Ketik sebagian namanya, lalu pilih dengan ↓.")
    question = RegionQuestion("region", words_for_site(form), form.questions[0].section, help=helps)
    question.example = say("ketik namanya")
    question.known = tuple(sorted((Offer(code, region_name(code), _above(code)) for code in places), key=_by_name))
    return question


def _by_name(offer: Offer) -> str:
    return offer.name


def _above(code: str) -> str:
    """Return the names of the regions that a kelurahan lies in, from the nearest, without the province."""
    return ", ".join(place.name for place in reversed(list(parents(code))[1:-1]))


def _rt_question(section: Section, known: Sequence[KnownRt]) -> PlaceQuestion:
    helps = say("Tulis seperti di kertas: 14/5, RT 14 RW 5, atau nama dusun.")
    question = RtQuestion("rt", say("RT"), section, help=helps)
    question.example = say("misalnya 14/5")
    question.known = tuple(Offer(each.rt, each.rt, _households(each.households)) for each in known)
    return question


def _households(number: int) -> str:
    return say("{number} rumah", number=number) if number else say("belum ada rumah")


def _period_question(section: Section, periods: Sequence[str]) -> PlaceQuestion:
    question = PeriodQuestion("period", say("Periode"), section, help=say("Tahun pendataan, misalnya 2026."))
    question.example = say("misalnya 2026")
    question.known = tuple(Offer(each, each) for each in periods)
    return question
