"""The forms, in menu order. To add one, write it in a file of its own in this folder, and name that below.

A form is every subclass of Form that a file here defines, in the order in which it stands there.
"""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

from p2kp_desktop.language import say
from p2kp_desktop.schema import Form, Unreadable

from .approval import Approval
from .comment import Comment
from .household import Household
from .kawasan import Kawasan
from .period import Period
from .resident import Resident
from .rt import Rt
from .rt_recap import RtRecap
from .rt_survey import RtSurvey

__all__ = [
    "FORMS", "Approval", "Comment", "Household", "Kawasan", "Period", "Resident", "Rt", "RtRecap", "RtSurvey", "form",
    "listed_in", "touched_by", "under",
]

# The files in menu order; one that is not named stands last.
_IN_ORDER = (
    "household", "rt_survey", "rt_recap", "rt", "resident", "kawasan", "period", "edition", "institutions",
    "readiness_rule", "agreement", "meeting", "collaboration", "activity", "price", "policy", "target", "programme",
    "attachment", "comment", "approval",
)


def _forms() -> Iterator[type[Form]]:
    found = [each.name for each in pkgutil.iter_modules(__path__)]
    for name in sorted(found, key=lambda name: (_IN_ORDER.index(name) if name in _IN_ORDER else len(_IN_ORDER), name)):
        module = import_module(f"{__name__}.{name}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Form) and value.__module__ == module.__name__:
                yield value


FORMS: tuple[type[Form], ...] = tuple(_forms())
BY_KEY: Mapping[str, type[Form]] = {form.key: form for form in FORMS}


def form(key: str) -> type[Form]:
    """Return the form with this key; raise Unreadable, which names those that exist."""
    found = BY_KEY.get(key)
    if found is None:
        raise Unreadable(say("Formulir «{key}» tidak dikenal. Yang ada: {names}.", key=key, names=", ".join(BY_KEY)))
    return found


def listed_in(place: str) -> tuple[type[Form], ...]:
    """Return the forms whose records a place of the window lists."""
    return tuple(form for form in FORMS if form.listed_in == place)


def under(parent: type[Form]) -> tuple[type[Form], ...]:
    """Return the forms whose records belong to one of this form."""
    return tuple(form for form in FORMS if form.parent is not None and form.parent.to == parent.key)


def touched_by(keys: Iterable[str]) -> frozenset[str]:
    """Return these keys with the figures and forms that change along with the forms among them."""
    some = frozenset(keys)
    return some.union(*(BY_KEY[key].touches for key in some if key in BY_KEY))
