"""The command that says why an RT or an area has its score."""

import argparse

from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.reports import sources
from p2kp_desktop.rules.explanation import Explanation
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.schema.table import Scope, Subject

from .opening import open_workspace
from .printing import put_out


def explain(arguments: argparse.Namespace) -> int:
    """Explain a score, from the total down to the answers; of an area from its total down to its RTs."""
    rt = normal_rt(arguments.rt) if arguments.rt else None
    with open_workspace(arguments.file, "explain") as workspace:
        known = sources.about(workspace)
        period, area = arguments.period or known.period, arguments.region or sources.whole(known)
        of_rts = [] if arguments.kawasan else explanations.explanations(
            workspace, area=arguments.region, rt=rt, period=period, method=arguments.method
        )
        whole = None
        if arguments.kawasan or (rt is None and len(of_rts) > 1):
            subject = Subject(Scope(arguments.region or "", None, period), kawasan=arguments.kawasan or "")
            whole = explanations.explain(workspace, subject, method=arguments.method).explanation
    if arguments.json:
        put_out(_document(of_rts, whole, period, area))
    else:
        told = [*([whole] if whole else []), *of_rts]
        print("\n\n".join("\n".join(explanations.lines(each)) for each in told))
    return 0


def _document(of_rts: list[Explanation], whole: Explanation | None, period: str, area: str) -> dict[str, object]:
    """Return the explanation of the one RT or area; of several RTs theirs, and that of all together."""
    told = [explanations.to_json(each, period) for each in of_rts]
    together = explanations.to_json(whole, period, area) if whole else None
    if together is None:
        return told[0] if len(told) == 1 else {"rts": told}
    return {"area": together, "rts": told} if told else together
