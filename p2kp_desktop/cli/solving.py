"""The command that finds the cheapest works, proved."""

import argparse
from pathlib import Path

from p2kp_desktop.actions.scores import cheapest_works
from p2kp_desktop.actions.scores.cheapest_works import WorksFound, WorksWanted
from p2kp_desktop.exchange import price_csv
from p2kp_desktop.schema.places import normal_rt

from .opening import open_workspace
from .printing import put_out, tell


def solve(arguments: argparse.Namespace) -> int:
    """Find the cheapest works that bring RTs below a total, or what a budget does most with; with the proof."""
    wanted = WorksWanted(arguments.below, arguments.margin, arguments.extra, arguments.budget)
    known = price_csv.read(Path(arguments.prices)) if arguments.prices else None
    rt = normal_rt(arguments.rt) if arguments.rt else None
    with open_workspace(arguments.file, "solve") as workspace:
        found = cheapest_works.solve(
            workspace, wanted, area=arguments.region, rt=rt, period=arguments.period, known=known)
    told = [sentence.replace("**", "") for sentence in cheapest_works.words(found)]
    if arguments.json:
        put_out(cheapest_works.to_json(found))
        tell("\n".join(told))
    else:
        print("\n".join([*told, *_works(found)]))
    return 0


def _works(found: WorksFound) -> list[str]:
    return [f"  {work.region} {work.rt}  {cheapest_works.work_words(work)}" for work in found.works]
