"""The command that files photos at their records, or shows where they would go."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from p2kp_desktop.actions.photos import photo_filing, photo_reading
from p2kp_desktop.actions.photos.photo_filing import FiledPhotos
from p2kp_desktop.actions.photos.photo_matches import Certainty, PhotoMatch, match
from p2kp_desktop.language import say

from .opening import open_workspace
from .printing import put_out, tell

Arguments = argparse.Namespace


def photos(arguments: Arguments) -> int:
    """Attach photos of sheets and houses to their records, by the codes on them and the order they were taken in."""
    named = [Path(each) for each in arguments.photo]
    if missing := [each for each in named if not each.exists()]:
        for each in missing:
            tell(say("{path} tidak ada.", path=each))
        return 1
    with open_workspace(arguments.file, "photos") as workspace:
        found = match(workspace, photo_reading.read_photos(photo_reading.photos_in(named)))
        filed = FiledPhotos()
        if not arguments.rehearse and any(each.is_filed for each in found):
            lock = photo_filing.lockable(found) if arguments.lock else {}
            filed = photo_filing.file_all(workspace, found, places=arguments.places, lock=lock)
    if arguments.json:
        put_out({"photos": [_shape(each) for each in found], "filed": filed.photos, "placed": filed.placed,
                 "locked": [each.id for each in filed.locked], "refused": list(filed.refused)})
    else:
        print("\n".join(_in_words(found, filed, rehearsed=arguments.rehearse)))
    return 0


def _shape(each: PhotoMatch) -> dict[str, object]:
    subject, here = each.subject, each.read.photo
    return {
        "file": str(each.read.origin), "page": each.read.page or None,
        "certainty": each.certainty.value, "why": each.why,
        "form": subject.form if subject else None, "id": subject.id if subject else None,
        "record": subject.words if subject else None, "remark": each.remark or None, "locks": each.locks or None,
        "candidates": [one.id for one in each.candidates],
        "time": here.moment.isoformat() if here.moment else None,
        "latitude": None if here.latitude is None else float(here.latitude),
        "longitude": None if here.longitude is None else float(here.longitude),
    }


def _in_words(found: Sequence[PhotoMatch], filed: FiledPhotos, *, rehearsed: bool) -> Iterator[str]:
    for each in found:
        remark = f"; {each.remark}" if each.remark else ""
        to = say("belum jelas") if each.subject is None else each.subject.words
        yield f"{each.read.file}: {to} ({each.why}{remark})"
    waiting = sum(each.certainty is Certainty.OPEN for each in found)
    if rehearsed:
        would = sum(each.is_filed for each in found)
        yield say("Gladi: {filed} foto akan dilampirkan, {waiting} menunggu ditunjuk; tidak ada yang ditulis.",
                  filed=would, waiting=waiting)
        return
    yield from filed.refused
    yield say("{filed} foto dilampirkan, {waiting} menunggu ditunjuk.", filed=filed.photos, waiting=waiting)
