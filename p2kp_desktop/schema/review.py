"""The review status of a record: what the last review said, and whether it still speaks of these answers.

A verification keeps the edits it saw, each reviewing workspace under a name of its own, so that two reviewers
who verify the same record at the same time do not contradict each other.

An edit that nobody saw takes a verification's force away by itself. The status in force is a column written with the
record (50,000 households are rolled up in 0.1 s), and `p2kp check` compares it.
"""

import json
from collections.abc import Mapping

from .causality import RANKS, Dot, Vector, Version, covers
from .forms import ALIVE, STATUS
from .records import DISTINCT
from .values import Answer

READY, RETURNED, VERIFIED = "siap", "dikembalikan", "terverifikasi"
CHANGED = "berubah sesudah diverifikasi"

LOCKED = (VERIFIED, CHANGED)

SEEN = "seen."  # before a node: the answer that holds, as JSON, the edits its last verification saw
BEHELD = "beheld."  # before a node: the same of its last return, to tell a corrected record from one that waits


def standing(version: Version, values: Mapping[str, Answer] | None = None) -> str:
    """Return the review status in force: "", siap, dikembalikan, terverifikasi, or that it changed since.

    `values` are the version's values in force, for those who have them at hand.
    """
    status = str((version.values() if values is None else values).get(STATUS) or "")
    if status != VERIFIED:
        return status
    return VERIFIED if _all_within(version, SEEN) else CHANGED


def changed_since(version: Version) -> tuple[str, ...]:
    """Return the answers whose edits the last verification did not see; of several the one that saw most counts."""
    judged, reviews = _judged(version, SEEN)
    unseen = [[key for key, dot in judged if not covers(held.get(key, vector), dot)] for vector, held in reviews]
    fewest: list[str] = min(unseen, key=len) if unseen else []
    return tuple(dict.fromkeys(fewest))


def is_locked(version: Version) -> bool:
    """Say whether the record was verified, so that changing it takes a reason.

    It goes on taking one when it was changed since, for whoever verified it is to see every change with its reason;
    being returned, opened again or verified anew ends that.
    """
    return standing(version) in LOCKED


def is_untouched(version: Version) -> bool:
    """Say whether no answer was changed since the record was returned."""
    return _all_within(version, BEHELD)


def seen(version: Version) -> str:
    """Return the edits that a review of this version sees, as the answer that keeps them.

    Of an answer that was withheld on the way here it sees only what was really carried.
    """
    contexts = {key: dict(sorted(context.items())) for key, context in sorted(version.overrides.items())}
    return json.dumps({"v": dict(sorted(version.vector.items())), **({"o": contexts} if contexts else {})})


def reviews(role: str) -> bool:
    """Say whether an office of this role reviews what others keyed."""
    return RANKS.get(role, 0) > RANKS["facilitator"]


def is_by_reviewer(version: Version, key: str) -> bool:
    """Say whether somebody of an office that reviews gave the answer in force."""
    return any(reviews(sibling.save.role) for sibling in version.answers.get(key, ()))


def is_verdict(key: str, value: Answer) -> bool:
    """Say whether an answer is what a review says of a record: nobody gives it but offices that review."""
    return key.startswith((SEEN, BEHELD)) or (key == STATUS and value in (VERIFIED, RETURNED))


def is_about_review(key: str) -> bool:
    """Say whether an answer belongs to the review, or tells records apart, and not to what is reviewed."""
    return key in (STATUS, ALIVE) or key.startswith((SEEN, BEHELD, DISTINCT))


def _all_within(version: Version, kind: str) -> bool:
    """Say whether the edits that one review of this kind saw include all that the record's answers stem from."""
    judged, reviews = _judged(version, kind)
    return any(
        all(covers(withheld.get(key, vector), dot) for key, dot in judged) for vector, withheld in reviews
    )


def _judged(version: Version, kind: str) -> tuple[list[tuple[str, Dot]], list[tuple[Vector, dict[str, Vector]]]]:
    """Return the edits that the record's answers stem from, by key, and what each review of this kind saw."""
    judged = [
        (key, sibling.save.dot)
        for key, siblings in version.answers.items() if not is_about_review(key) for sibling in siblings
    ]
    return judged, [
        _contexts(sibling.value)
        for key, siblings in version.answers.items() if key.startswith(kind) for sibling in siblings
    ]


def _contexts(text: object) -> tuple[Vector, dict[str, Vector]]:
    """Return the edits a review saw, and those it saw of withheld answers; none where they are damaged."""
    try:
        kept = json.loads(str(text))
        return _vector(kept["v"]), {str(key): _vector(context) for key, context in kept.get("o", {}).items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}, {}


def _vector(kept: dict[str, int]) -> Vector:
    return {str(node): int(count) for node, count in kept.items()}
