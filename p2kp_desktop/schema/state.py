"""A version as values in columns plus one compact JSON text; database and bundle use the same.

The values in force stand in columns, one per answer. The text holds the rest:

    v  the version vector {node: count}
    s  the saves that siblings refer to: [node, count, person, role, workspace, time]; the first is the
       save of every answer that has a value in its column and is not named under a
    a  the siblings of the other answers: {key: [save number or [save number, value], …]}; a bare number
       means the value in the column
    o  contexts of withheld answers {key: {node: count}}
    p  all regions the record ever belonged to; "" where it belonged to none before
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from .causality import Dot, Save, Sibling, Siblings, Version
from .values import Answer


def pack(version: Version) -> tuple[dict[str, Answer], str]:
    """Return the values in force by key, and the compact text that with them restores the version."""
    values = version.values()
    saves = _saves(version, values)
    numbers = {save: number for number, save in enumerate(saves)}
    answers: dict[str, list[Any]] = {}
    for key, siblings in sorted(version.answers.items()):
        if len(siblings) == 1 and values[key] is not None and _only(siblings).save == saves[0]:
            continue
        entries = [numbers[s.save] if s.value == values[key] else [numbers[s.save], s.value] for s in siblings]
        answers[key] = _sorted(entries)
    state: dict[str, Any] = {"v": dict(sorted(version.vector.items())), "s": [[*s.dot, *s[1:]] for s in saves]}
    if answers:
        state["a"] = answers
    if version.overrides:
        state["o"] = {key: dict(sorted(context.items())) for key, context in sorted(version.overrides.items())}
    if version.places:
        state["p"] = sorted(version.places)
    return values, json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def _only(siblings: Siblings) -> Sibling:
    (sibling,) = siblings
    return sibling


def _saves(version: Version, values: Mapping[str, Answer]) -> list[Save]:
    """Return the saves in a fixed order, the one that most single answers refer to first, each object once."""
    used: dict[Save, Save] = {}
    counts: Counter[Save] = Counter()
    for key, siblings in version.answers.items():
        for sibling in siblings:
            used.setdefault(sibling.save, sibling.save)
        if len(siblings) == 1 and values[key] is not None:
            counts[_only(siblings).save] += 1
    ordered = sorted(used)
    if not counts:
        return ordered
    most = max(ordered, key=lambda save: counts[save])
    return [most, *(save for save in ordered if save != most)]


def unpack(form: str, record: str, values: Mapping[str, Answer], text: str) -> Version:
    """Restore a version from its values in force and its compact text; raise ValueError when damaged."""
    try:
        state = json.loads(text)
        saves = [Save(Dot(str(node), int(count)), *rest) for node, count, *rest in state["s"]]
        special = state.get("a", {})
        answers: dict[str, Siblings] = {}
        for key, entries in special.items():
            answers[key] = frozenset(_sibling(entry, saves, values.get(key)) for entry in entries)
        for key, value in values.items():
            if value is not None and key not in special:
                answers[key] = frozenset([Sibling(saves[0], value)])
        return Version(
            form, record, state["v"], answers, state.get("o", {}), frozenset(state.get("p", ()))
        )
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"the causal state of {form} {record} is damaged") from error


def _sibling(entry: Any, saves: list[Save], value: Answer) -> Sibling:
    return Sibling(saves[entry], value) if isinstance(entry, int) else Sibling(saves[entry[0]], entry[1])


def _sorted(entries: list[Any]) -> list[Any]:
    """Return the entries in a fixed order; nearly every answer has but one, which costs no text."""
    return sorted(entries, key=str) if len(entries) > 1 else entries


def canonical(version: Version) -> bytes:
    """Return the version as bytes that are equal exactly when two versions are equal, for digests."""
    answers = {
        key: _sorted([[*s.save.dot, *s.save[1:], s.value] for s in siblings])
        for key, siblings in version.answers.items()
    }
    content = [
        version.form, version.id, version.vector, answers, version.overrides, sorted(version.places)
    ]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
