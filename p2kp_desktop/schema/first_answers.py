"""What the save that made a record proves of the answers that it gave.

These answers stand in the record and, once, nowhere else: the save keeps a digest of them, which its hash covers and
its signature vouches for. Those to questions that may be withheld have a digest of their own, salted like an answer,
that is withheld and erased with them; by the other nobody can guess them. Both are salted, so that nothing can be
guessed by what is left of one that was erased. What the program notes for itself, as how an RT is called now, stands
there in full: nobody may add to it in the name of whoever made the record.

An answer that somebody replaced since is found again as what the first change of it replaced. Where too little is here
to make the digest again, as after an erasure or in a bundle without names, nothing is proved and nothing refuted.
Releases before 0.10.0 keep no digest.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod

from .causality import Dot, Version
from .erasure import is_public
from .forms import ADDRESS, ALIVE, FIRST, FIRST_OWN, FIRST_PRIVATE, Form
from .history import Before, Change, salt
from .values import Answer

_MOST_DIGITS = 6
MOST_TRIED = 256  # ways to put the first answers of a record together
_MOST_ANSWERS = 50_000  # in all these ways, of a record that holds more than any form asks

Replaced = Mapping[str, Sequence[tuple[Dot, Before]]]  # by answer: which saves changed it, and what they replaced


def changes(answers: Mapping[str, Answer], form: type[Form] | None) -> dict[str, Change]:
    """Return the digests of these answers that the save which makes a record of a form keeps beside its changes."""
    given = {key: value for key, value in answers.items() if value is not None and not is_public(key)}
    private = sorted(key for key in given if not _is_open(form, key))
    of_all = {key: value for key, value in given.items() if key not in private}
    found = {FIRST: Change(None, " ".join([_digest(of_all), str(len(of_all)), *private]), salt())}
    if private:
        found[FIRST_PRIVATE] = Change(None, _digest({key: given[key] for key in private}), salt())
    own = {key: value for key, value in answers.items() if value is not None and is_public(key)}
    if own:
        found[FIRST_OWN] = Change(None, _written(own), salt())
    return found


def _is_open(form: type[Form] | None, key: str) -> bool:
    """Say whether an answer is in every bundle; answers to no question may be about a person."""
    question = form.question(key) if form else None
    return key in ADDRESS or (question is not None and not question.private)


def _digest(answers: Mapping[str, Answer]) -> str:
    return hashlib.sha256(_written(answers).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _written(answers: Mapping[str, Answer]) -> str:
    return json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class FirstAnswers:
    """Judges what a record says that the save which made it gave: `told` is what that save tells, by key."""

    def __init__(self, told: Mapping[str, Answer], dot: Dot, version: Version, replaced: Replaced) -> None:
        digest, count, private = _read(told.get(FIRST))
        self._private, self._is_half = frozenset(private), not private or FIRST_PRIVATE not in told
        given = _given(dot, version)
        self._candidates = dict(_candidates(given, replaced))
        self._certain = {key for key, values in given.items() if values - {None}}
        self._open = self._proved(digest, count, self._candidates.keys() - self._private)
        self._hidden = self._proved(str(told.get(FIRST_PRIVATE) or ""), len(private), self._private)
        self._own = _own(told.get(FIRST_OWN))

    @property
    def is_proved(self) -> bool:
        """Say whether all first answers are known, but for those that are withheld."""
        return self._open is not None and (self._hidden is not None or self._is_half)

    def judge(self, key: str, value: Answer) -> bool | None:
        """Say whether the save gave an answer: True where it is proved, False where refuted, None where neither."""
        if is_public(key):
            return self._own.get(key) == value
        known = self._hidden if key in self._private else self._open
        return None if known is None else known.get(key) == value

    def _proved(self, digest: str, count: int, keys: Iterable[str]) -> Mapping[str, Answer] | None:
        """Return the answers of this digest; none where all that are here are others, None where too few are here."""
        found = {key: self._candidates[key] for key in sorted(keys) if key in self._candidates}
        if not digest:
            return None
        most = min(MOST_TRIED, 1 + _MOST_ANSWERS // (len(found) or 1))
        for values in islice(product(*found.values()), most):
            tried = {key: value for key, value in zip(found, values, strict=True) if value is not None}
            if len(tried) == count and _digest(tried) == digest:
                return tried
        is_all = prod(map(len, found.values())) <= most
        return {} if is_all and len(self._certain & found.keys()) >= count else None


def _read(text: Answer) -> tuple[str, int, list[str]]:
    """Return digest and number of the open answers, and which others there are; no digest where it is none."""
    digest, count, *private = str(text).split(" ") if " " in str(text) else ("", "")
    return (digest, int(count), private) if count.isdecimal() and len(count) <= _MOST_DIGITS else ("", 0, private)


def _own(text: Answer) -> Mapping[str, Answer]:
    """Return the notes of the program itself, and that a record lives, as every save says."""
    try:
        content = json.loads(str(text))
    except (ValueError, RecursionError):
        content = None
    return {ALIVE: 1, **(content if isinstance(content, dict) else {})}


def _given(dot: Dot, version: Version) -> dict[str, set[Answer]]:
    """Return by answer the values that a record says a save gave; two copies of a workspace made two of one count."""
    return {
        key: {each.value for each in siblings if each.save.dot == dot}
        for key, siblings in version.answers.items() if not is_public(key)
    }


def _candidates(given: Mapping[str, set[Answer]], replaced: Replaced) -> Iterator[tuple[str, Sequence[Answer]]]:
    """Yield by answer what the save may have given, likelier first: what it says, or what a first change replaced."""
    for key, values in given.items():
        if values or key not in replaced:
            yield key, [*(values or (None,))]
            continue
        firsts: dict[str, Before] = {}
        for (node, _tick), before in sorted(replaced[key], key=lambda each: each[0]):
            firsts.setdefault(node, before)
        sides = (before if isinstance(before, list) else [before] for before in firsts.values())
        yield key, [*dict.fromkeys(side for each in sides for side in each if side is not None), None]
