"""How ready a kelurahan is: the parts of its bowl, judged one by one."""

from collections.abc import Callable, Mapping, Sequence

from . import evidence, shared_rules, upkeep
from .bowl import Part, Rule, Village

_JUDGES: Mapping[str, Callable[[Rule, Village], Part]] = {
    "bkm": evidence.bkm, "notary": evidence.notary, "upl": evidence.upl, "tipp": evidence.tipp,
    "volunteers": evidence.volunteers, "baseline": evidence.baseline, "rplp": evidence.rplp,
    "rules": shared_rules.rules, "kpp": upkeep.kpp, "forum": evidence.forum,
}


def parts(village: Village, rules: Sequence[Rule]) -> tuple[Part, ...]:
    """Return how each part stands, in the order of the rules; those that do not count among them."""
    return tuple(_JUDGES[rule.key](rule, village) for rule in rules)


def counted(parts_of: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts that count."""
    return tuple(part for part in parts_of if part.counts)


def missing(parts_of: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts that count and are not ready, what comes next first: in the order in which they are built."""
    return tuple(part for part in counted(parts_of) if not part.ready)
