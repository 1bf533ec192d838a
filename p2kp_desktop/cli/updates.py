"""The command on the program itself: what is installed, taking an update from a file, going back."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from p2kp_desktop import settings
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.upkeep import updates
from p2kp_desktop.actions.upkeep.updates import Taken, UpdateOffer
from p2kp_desktop.language import say
from p2kp_desktop.store import open_workspace
from p2kp_desktop.store.workspace import is_server
from p2kp_desktop.versions import HERE

from .printing import put_out, tell

Arguments = argparse.Namespace


def update(arguments: Arguments) -> int:
    """Take an update of the program from a file, or say which version is installed and which is kept."""
    if arguments.back:
        return _tell_taken(updates.change_to(arguments.back, lambda: [*_backups(arguments)]), arguments)
    if not arguments.update:
        return _tell_standing(arguments)
    offer = updates.look(Path(arguments.update))
    if offer.trouble is not None:
        raise offer.trouble
    if arguments.rehearse:
        return _tell_offer(offer, arguments)
    tell(_news(offer))
    return _tell_taken(updates.take(Path(arguments.update), lambda: [*_backups(arguments)]), arguments)


def _backups(arguments: Arguments) -> Iterator[Path]:
    """Back up the workspaces that are named, or the one that the window opened last; raises Trouble."""
    last = settings.load().workspace
    usual = [last] if last and not is_server(last) and Path(last).is_file() else []
    for file in arguments.workspace or usual:
        with open_workspace(file) as workspace:
            yield backups.back_up(workspace)


def _tell_standing(arguments: Arguments) -> int:
    trouble = updates.standing()
    if arguments.json:
        put_out({"version": HERE.running, "kept": updates.earlier(), "waits": HERE.awaited or None,
                 "takes_updates": trouble is None, "reason": str(trouble) if trouble else None})
        return 0
    print(say("Terpasang: {version}.", version=HERE.running))
    if updates.earlier():
        print(say("Ada juga di sini: {versions}.", versions=", ".join(updates.earlier())))
    if trouble is not None:
        tell(str(trouble))
    return 0


def _tell_offer(offer: UpdateOffer, arguments: Arguments) -> int:
    if arguments.json:
        put_out({"version": offer.version, "news": offer.manifest.news if offer.manifest else "", "waits": None,
                 "backups": []})
        return 0
    print(_news(offer))
    tell(say("Gladi: belum ada yang berubah."))
    return 0


def _tell_taken(taken: Taken, arguments: Arguments) -> int:
    if arguments.json:
        put_out({"version": taken.version, "waits": HERE.awaited or None,
                 "backups": [str(each) for each in taken.backups]})
        return 0
    for each in taken.backups:
        print(say("Cadangan: {file}", file=each))
    print(say("P2KP Desktop {version} dipakai mulai jendela program dibuka berikutnya.", version=taken.version))
    return 0


def _news(offer: UpdateOffer) -> str:
    return f"P2KP Desktop {offer.version}\n{offer.manifest.news if offer.manifest else ''}"
