"""What a version of a record from a file must be before anything is done with it; a true seal proves nothing."""

from collections.abc import Iterable

from p2kp_desktop.schema.causality import Dot, Save, Sibling, Vector, Version, covers
from p2kp_desktop.schema.forms import ALIVE

from .bundle import is_vector
from .machine import is_name

LARGEST = 1 << 63  # whole numbers are smaller than this in every database


def must_be_sound(version: Version) -> None:
    """Raise ValueError for a version that no workspace could have made."""
    vectors = [version.vector, *_items(version.overrides)]
    if not version.vector or not all(is_vector(vector) for vector in vectors):
        raise ValueError("a version vector is damaged")
    if not all(covers(version.vector, dot) for vector in vectors for dot in _dots(vector)):
        raise ValueError("more was carried than the record includes")
    if not all(is_name(key) for key in {*version.answers, *version.overrides}):
        raise ValueError("the key of an answer is none")
    if not all(siblings and all(map(_is_sibling, siblings)) for siblings in version.answers.values()):
        raise ValueError("an answer is none")
    if not all(covers(version.vector, s.save.dot) for siblings in version.answers.values() for s in siblings):
        raise ValueError("an answer stems from an edit that the record does not include")
    if any(sibling.value not in (0, 1, None) for sibling in version.answers.get(ALIVE, ())):
        raise ValueError("alive is neither 1 nor 0")
    regions = {str(sibling.value) for sibling in version.answers.get("region", ()) if sibling.value}
    if not all(isinstance(place, str) for place in version.places) or not regions <= version.places:
        raise ValueError("the regions that the record belonged to are damaged")


def _items(overrides: object) -> Iterable[Vector]:
    if not isinstance(overrides, dict):
        raise ValueError("what was withheld is damaged")  # noqa: TRY004  the bundle is at fault
    return overrides.values()


def _dots(vector: Vector) -> Iterable[Dot]:
    return (Dot(node, tick) for node, tick in vector.items())


def _is_sibling(sibling: Sibling) -> bool:
    dot, *told = sibling.save
    value: object = sibling.value
    whole = type(value) is int and -LARGEST <= value < LARGEST
    texts: list[object] = [dot.node, *told]
    return (
        len(texts) == len(Save._fields) and all(isinstance(one, str) for one in texts) and dot.tick > 0
        and (value is None or isinstance(value, str) or whole)
    )
