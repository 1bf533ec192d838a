"""Questions that offer what is known here: places, and the records that an answer may point to."""

from dataclasses import dataclass

from p2kp_desktop.schema import Question, Section
from p2kp_desktop.schema.names import fit


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
        """Return what a typed text means and what is known like it; with nothing typed all that is known."""
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

