"""What an office says, in a return bundle, of the records it received: per RT, and what it gives back and why."""

from collections import Counter
from collections.abc import Iterable, Iterator

from p2kp_desktop.exchange.receipt import Receipt, ReceiptLine, ReturnedLine
from p2kp_desktop.forms import BY_KEY
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.lists import YES_NO
from p2kp_desktop.schema import ALIVE, Answer, Form
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.places import lies_in
from p2kp_desktop.schema.review import RETURNED, VERIFIED, is_about_review, standing

_, NOT_DONE = YES_NO.codes


def is_reviewed(form: str) -> bool:
    """Say whether records of a form are verified and returned; comments and stamps are not."""
    known = BY_KEY.get(form)
    return known is not None and known.in_village and known.reviewed


def is_corrected(version: Version, nodes: Iterable[str]) -> bool:
    """Say whether an answer in force was given under one of these nodes."""
    own = frozenset(nodes)
    return any(
        sibling.save.dot.node in own
        for key, siblings in version.answers.items() if not is_about_review(key) for sibling in siblings
    )


class Receipting:
    """Looks at every record that passes by on its way into a bundle, and says at the end what the receipt is."""

    def __init__(self, own: Iterable[str], areas: Iterable[str]) -> None:
        self._own, self._areas = frozenset(own), tuple(areas)
        self._counts: dict[tuple[str, str], Counter[str]] = {}
        self._returned: dict[str, tuple[str, dict[str, Answer]]] = {}
        self._comments: dict[str, list[dict[str, Answer]]] = {}

    def watch(self, versions: Iterable[Version]) -> Iterator[Version]:
        """Yield the versions, having looked at each."""
        for version in versions:
            self.look_at(version)
            yield version

    def look_at(self, version: Version) -> None:
        """Count one record, or keep a comment for the record it hangs on."""
        values = version.values()
        region = str(values.get("region") or "")
        if values.get(ALIVE) == 0 or not any(lies_in(region, area) for area in self._areas):
            return
        if version.form == Comment.key:
            if _asks(values):
                self._comments.setdefault(str(values.get("parent")), []).append(values)
        elif is_reviewed(version.form) and not self._own.issuperset(version.vector):
            place = region, str(values.get("rt") or "")
            self._counts.setdefault(place, Counter()).update(self._kinds(version))
            if standing(version) == RETURNED:
                self._returned[version.id] = version.form, values

    def _kinds(self, version: Version) -> Iterator[str]:
        """Yield under what a record is counted; one may be counted under several."""
        yield "received"
        status = standing(version)
        kinds = {VERIFIED: "verified", RETURNED: "returned"}
        if status in kinds:
            yield kinds[status]
        if version.conflicts():
            yield "conflict"
        if is_corrected(version, self._own):
            yield "corrected"

    def receipt(self, *, withhold: bool) -> Receipt:
        """Return the receipt; `withhold` leaves out names and what comments say."""
        lines = (ReceiptLine(*place, counts) for place, counts in sorted(self._counts.items()))
        return Receipt(tuple(lines), tuple(self._lines_returned(withhold=withhold)))

    def _lines_returned(self, *, withhold: bool) -> Iterator[ReturnedLine]:
        for ident, (form_key, values) in sorted(self._returned.items(), key=_in_order):
            form = BY_KEY[form_key]
            place = str(values.get("region") or ""), str(values.get("rt") or "")
            for comment in self._comments.get(ident) or [{}]:
                text = "" if withhold else str(comment.get(Comment.text.key) or "")
                yield ReturnedLine(*place, _named(form, values, withhold=withhold), _asked(form, comment), text)


def _asks(comment: dict[str, Answer]) -> bool:
    """Say whether a comment asks for something that nobody said was done; an answer to one asks for nothing."""
    done = comment.get(Comment.done.key)
    return done == NOT_DONE or (done is None and not comment.get(Comment.after.key))


def _in_order(found: tuple[str, tuple[str, dict[str, Answer]]]) -> tuple[str, str, int, str]:
    _ident, (_form, values) = found
    number = str(values.get(Household.building.key) or "")
    return str(values.get("region") or ""), str(values.get("rt") or ""), len(number), number


def _named(form: type[Form], values: dict[str, Answer], *, withhold: bool) -> str:
    """Return for instance «Rumah 023 · Herlina», or the form and the record's name."""
    words = [form.title]
    if form is Household:
        words = [f"Rumah {values.get(Household.building.key) or 'tanpa nomor'}"]
    return " · ".join(filter(None, [*words, form.name_of(values, public=withhold)]))


def _asked(form: type[Form], comment: dict[str, Answer]) -> str:
    """Return number and wording of the question that a comment is about; "" for the whole record."""
    question = form.question(str(comment.get(Comment.about.key) or ""))
    if question is None:
        return ""
    return f"{question.number}. {question.label}" if question.number else question.label
