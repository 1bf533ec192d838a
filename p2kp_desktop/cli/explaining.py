"""The command that says why an RT has its score."""

import argparse

from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.store import open_workspace
from p2kp_desktop.store.facts import facts

from .printing import put_out


def explain(arguments: argparse.Namespace) -> int:
    """Explain a score, from the total down to the answers."""
    rt = normal_rt(arguments.rt) if arguments.rt else None
    with open_workspace(arguments.file) as workspace:
        found = explanations.explanations(
            workspace, area=arguments.region, rt=rt, period=arguments.period, method=arguments.method
        )
        with workspace.asking() as connection:
            period = arguments.period or facts(connection).period
    if arguments.json:
        told = [explanations.to_json(each, period) for each in found]
        put_out(told[0] if len(told) == 1 else {"rts": told})
    else:
        print("\n\n".join("\n".join(explanations.lines(each)) for each in found))
    return 0
