"""What a form is: questions, conditions, checks, records, and how versions of a record merge.

A form is a class, an answer a plain value (text or whole number; decimals as their shortest text). One shape is
stored, compared, hashed and sent; the question gives it its type, its words and its judgement.
"""

from .checks import AtLeast, AtMost, Bounded, Check, InPeriod, Judgement, Never, NotBefore
from .choices import Choice, Option, Options, Several
from .comparisons import Compare, Either, Not, Noted
from .conditions import ALWAYS, Both, Condition, Except, UnderRules
from .expressions import Fixed, Together
from .forms import ADDRESS, ALIVE, STATUS, Form
from .quantities import Derived, Measure, Money, Whole, Year
from .questions import (
    HARD,
    SOFT,
    Clock,
    Date,
    Identity,
    Limit,
    Person,
    Question,
    RegionOf,
    RtList,
    Section,
    Text,
)
from .records import Problem, Record, is_begun_from, new_id
from .references import Reference
from .values import Answer, Plain, Unreadable

__all__ = [
    "ADDRESS", "ALIVE", "ALWAYS", "HARD", "SOFT", "STATUS",
    "Answer", "AtLeast", "AtMost", "Both", "Bounded", "Check", "Choice", "Clock", "Compare", "Condition", "Date",
    "Derived", "Either", "Except", "Fixed", "Form", "Identity", "InPeriod", "Judgement", "Limit", "Measure", "Money",
    "Never", "Not", "NotBefore", "Noted", "Option", "Options", "Person", "Plain", "Problem", "Question", "Record",
    "Reference", "RegionOf", "RtList", "Section", "Several", "Text", "Together", "UnderRules", "Unreadable", "Whole",
    "Year", "is_begun_from", "new_id",
]
