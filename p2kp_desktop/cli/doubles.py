"""Likely duplicates, and saying that two households are not one: before that neither is verified."""

from argparse import Namespace as Arguments

from p2kp_desktop.actions.recording import doubles
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.store.facts import facts

from .opening import open_workspace
from .printing import put_out, tell


def list_doubles(arguments: Arguments) -> int:
    """Print the households that may be one, in pairs."""
    rt = normal_rt(arguments.rt) if arguments.rt else None
    with open_workspace(arguments.file, "doubles") as workspace:
        with workspace.asking() as connection:
            about = facts(connection)
        areas = [arguments.region] if arguments.region else about.regions
        period = arguments.period or about.period
        found = [pair for area in areas for pair in doubles.among(workspace, area, period, rt)]
    if arguments.json:
        put_out({"doubles": [
            {"id": pair.one.id, "other": pair.other.id, "reasons": list(pair.reasons)} for pair in found
        ]})
        return 0
    for pair in found:
        one, other = doubles.named(pair.one), doubles.named(pair.other)
        print(f"{pair.one.id} {pair.other.id}: {one} | {other} ({doubles.reasons(pair)})")
    tell(say("{number} pasang mungkin rumah yang sama.", number=len(found)))
    return 0


def apart(arguments: Arguments) -> int:
    """Say that two households are not one."""
    with open_workspace(arguments.file, "doubles") as workspace:
        doubles.tell_apart(workspace, arguments.id, arguments.other, reason=arguments.reason)
    return 0
