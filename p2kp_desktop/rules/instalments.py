"""What reports of progress tell together: payments against the amount, the order of instalments, work that shrinks."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from p2kp_desktop.forms.activity import TERMS, Activity, Progress
from p2kp_desktop.language import say
from p2kp_desktop.schema import SOFT, Measure, Problem, Record, written

_IN_ORDER = TERMS.codes[:-1]  # the last one is any other payment


def overpaid(activity: Record, reports: Sequence[Record]) -> int:
    """Return by how much the payments exceed the amount of an activity, 0 where they do not or it is unknown."""
    amount = activity[Activity.amount]
    return 0 if amount is None else max(0, sum(each[Progress.paid] or 0 for each in reports) - amount)


def of_activity(activity: Record, reports: Sequence[Record]) -> Iterator[Problem]:
    """Yield what is unlikely in an activity beside its reports."""
    beyond = overpaid(activity, reports)
    if beyond:
        yield Problem(
            Activity.amount.key,
            say("Yang dibayarkan melebihi nilainya sebesar {money}.", money=written.money(beyond)),
            SOFT,
        )


def of_report(report: Record, others: Sequence[Record]) -> Iterator[Problem]:
    """Yield what is unlikely in a report beside the others of its activity."""
    day = report[Progress.date]
    if day is None:
        return
    earlier = [each for each in others if (each[Progress.date] or datetime.date.max) < day]
    for question in (Progress.physical, Progress.financial):
        yield from _shrunk(report, earlier, question)
    instalment = report.understood(Progress.instalment)
    if instalment in _IN_ORDER:
        paid = {each.understood(Progress.instalment) for each in others if (each[Progress.date] or day) <= day}
        lacking = [code for code in _IN_ORDER[: _IN_ORDER.index(str(instalment))] if code not in paid]
        if lacking:
            named = TERMS.show(lacking[0])
            yield Problem(
                Progress.instalment.key, say("{named} belum tercatat sebelum laporan ini.", named=named), SOFT
            )


def _shrunk(report: Record, earlier: Sequence[Record], question: Measure) -> Iterator[Problem]:
    """Yield that a percentage is lower than one reported before."""
    now, before = report[question], max(earlier, key=lambda each: each[question] or Decimal(0), default=None)
    most = before[question] if before is not None else None
    if now is not None and most is not None and before is not None and now < most:
        day = written.day(str(before.understood(Progress.date)))
        yield Problem(
            question.key,
            say("Lebih rendah dari laporan {day}, {number} %.", day=day, number=written.number(most)),
            SOFT,
        )
