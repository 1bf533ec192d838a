"""The Mangkuk Masyarakat as values: the rules of its ten parts, what is recorded of a kelurahan, how a part stands."""

import datetime
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from p2kp_desktop import environment
from p2kp_desktop.forms.readiness_rule import PARTS, ReadinessRule
from p2kp_desktop.schema import Form, Record


@dataclass(frozen=True)
class Rule:
    """What one part of the bowl asks: from which figure on it is ready, its source and how sure that is.

    `forms` are the keys of the forms whose records speak for it. `basis` is the reason of the office that changed
    it by a record of the form readiness_rule, `by` the code of its kabupaten/kota or province ("" for a record of an
    older release). `proposed` names a workspace whose change of this rule is not heeded.
    """

    key: str
    says: str
    forms: tuple[str, ...]
    source: str
    sure: str
    least: Decimal | None = None
    unit: str = ""
    counts: bool = True
    basis: str = ""
    changed: bool = False
    by: str = ""
    proposed: str = ""

    @property
    def title(self) -> str:
        """Return the name of the part."""
        return PARTS.show(self.key)

    @property
    def asked(self) -> Decimal:
        """Return the figure asked for; 0 where the part asks for none."""
        return self.least or Decimal()


@cache
def suggested() -> tuple[Rule, ...]:
    """Return the rules as the program suggests them (resources/readiness.toml), in the order of the list."""
    content = tomllib.loads((environment.resources() / "readiness.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            each["key"], each["says"], tuple(each["forms"]), each["source"], each["sure"],
            Decimal(each["least"]) if "least" in each else None, each.get("unit", ""),
        )
        for each in content["part"]
    )


def in_force(adjusted: Sequence[Record]) -> tuple[Rule, ...]:
    """Return the rules with what offices changed by records of the form readiness_rule, a later one before others."""
    changes = {str(record.answers.get("part")): record for record in adjusted}
    return tuple(_changed(rule, changes[rule.key]) if rule.key in changes else rule for rule in suggested())


def _changed(rule: Rule, record: Record) -> Rule:
    least = record[ReadinessRule.least]
    return replace(
        rule, counts=record.understood(ReadinessRule.counts) != "tidak", basis=record[ReadinessRule.basis] or "",
        least=rule.least if least is None or rule.least is None else least, changed=True,
        by=str(record.answers.get("region") or ""),
    )


@dataclass(frozen=True)
class Evidence:
    """A record that speaks for a part: its form, its id, the name on it."""

    form: str
    record: str
    name: str


@dataclass(frozen=True)
class Part:
    """How one part of the bowl stands.

    `noted` says whether anything of it is recorded at all, `percent` is for what is counted; `note` says it in two or
    three words, `says` in a sentence: what bears it out, or what is missing.
    """

    key: str
    ready: bool
    noted: bool
    percent: Fraction | None = None
    note: str = ""
    says: str = ""
    evidence: tuple[Evidence, ...] = ()
    counts: bool = True


@dataclass(frozen=True)
class Baseline:
    """The survey of one period: how many RTs, how many complete, how many of those verified; the mean per cent."""

    rts: int = 0
    whole: int = 0
    verified: int = 0
    percent: Fraction = Fraction()


@dataclass(frozen=True)
class Village:
    """What is recorded of a kelurahan, and the day as of which it is judged.

    A past day is judged by dates alone: who is inactive today may have been active then.
    """

    day: datetime.date
    past: bool = False
    records: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    baseline: Baseline = Baseline()

    def of(self, form: type[Form]) -> Sequence[Record]:
        """Return the records of a form."""
        return self.records.get(form.key, ())
