"""Clauses and RTs that are named by their number: one that nobody recorded is unlikely, never impossible."""

from collections.abc import Iterator, Sequence

from p2kp_desktop.forms.agreement import Agreement, Violation
from p2kp_desktop.language import say
from p2kp_desktop.schema import SOFT, Problem, Record, Unreadable


def of_clause(record: Record, clauses: Sequence[Record]) -> Iterator[Problem]:
    """Yield that the agreement, some clauses of which are known, never had the one that is named."""
    number = record[Violation.clause_number]
    if number is not None and clauses and number not in {each.answers.get("clause_number") for each in clauses}:
        yield Problem(
            Violation.clause_number.key, say("Aturan ini tidak mempunyai pasal {number}.", number=number), SOFT
        )


def of_rts(agreement: Record, rts: Sequence[Record]) -> Iterator[Problem]:
    """Yield words that are no number and that no RT of the kelurahan is called by: «semua RT»."""
    try:
        labels = str(Agreement.rts.read(agreement.understood(Agreement.rts) or "")).split(",")
    except Unreadable:
        return
    known = {each.answers.get("rt") for each in rts}
    strange = [each for each in labels if each and each not in known and not any(map(str.isdigit, each))]
    if strange:
        yield Problem(Agreement.rts.key, say("«{names}» bukan nomor RT yang dikenal.", names=", ".join(strange)), SOFT)
