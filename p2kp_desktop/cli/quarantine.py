"""The commands about records of bundles that wait for a person: the list, taking in, leaving."""

import argparse
from collections.abc import Iterator

from p2kp_desktop.actions.bundles import quarantine
from p2kp_desktop.actions.bundles.quarantine import Quarantined, Whose
from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.actions.scripts import script_shapes
from p2kp_desktop.language import say

from .opening import open_workspace
from .printing import put_out

Arguments = argparse.Namespace


def show(arguments: Arguments) -> int:
    """List the records that wait, why, who sent them and what they would change."""
    with open_workspace(arguments.file, "quarantine") as workspace:
        found = quarantine.waiting(workspace)
    if arguments.json:
        put_out({"quarantine": [script_shapes.waiting(each) for each in found]})
    else:
        print("\n".join(line for each in found for line in _lines(each)) or say("Tidak ada yang menunggu keputusan."))
    return 0


def _lines(each: Quarantined) -> Iterator[str]:
    sender = each.sender
    yield f"{each.subject.id}  {each.subject.words}"
    yield "  " + say("menunggu keputusan: {why}", why=each.why)
    yield "  " + say("dari {person} ({workspace}, {role}), kode {node}", person=sender.person,
                     workspace=sender.workspace, role=role_words(sender.role), node=sender.node)
    if sender.fingerprint:
        yield "  " + say("tanda: {words}", words=sender.fingerprint)
    for change in each.changes:
        yield "  " + script_shapes.change_line(change)


def take(arguments: Arguments) -> int:
    """Take in records that wait, or all of a sender."""
    with open_workspace(arguments.file, "quarantine") as workspace:
        count = quarantine.apply(workspace, arguments.ids, reason=arguments.reason, whose=_whose(arguments))
    return _say(arguments, count, say("{count} catatan diterima.", count=count))


def leave(arguments: Arguments) -> int:
    """Leave records as they are here."""
    with open_workspace(arguments.file, "quarantine") as workspace:
        count = quarantine.leave(workspace, arguments.ids, reason=arguments.reason, whose=_whose(arguments))
    return _say(arguments, count, say("{count} catatan dibiarkan; tidak ada yang berubah.", count=count))


def _whose(arguments: Arguments) -> Whose:
    return quarantine.called(arguments.sender) if arguments.sender else quarantine.anybodys


def _say(arguments: Arguments, count: int, words: str) -> int:
    if arguments.json:
        put_out({"records": count})
    else:
        print(words)
    return 0
