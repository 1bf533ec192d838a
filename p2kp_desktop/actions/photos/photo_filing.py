"""Matched photos attached to their records in one act, which one undo takes back; the originals stay where they are.

In the same act a person may let the place of a house's photo fill its empty coordinates, and let the signed page of
an agreement take the agreement to «disepakati».
"""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.actions.common.refusals import Refused
from p2kp_desktop.actions.community import agreement_steps
from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.actions.recording.attachments import Source
from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.actions.recording.recording import record_within
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.exchange import pdf_scans
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.rules.agreements import AGREED
from p2kp_desktop.schema.values import plain_decimal
from p2kp_desktop.store import Workspace

from .photo_matches import PhotoMatch, houses_without_place
from .photo_reading import PhotoRead


@dataclass(frozen=True)
class FiledPhotos:
    """How many photos were attached, how many houses got a place, which agreements were locked, and what was not."""

    photos: int = 0
    placed: int = 0
    locked: tuple[Subject, ...] = ()
    refused: tuple[str, ...] = ()


def lockable(found: Sequence[PhotoMatch]) -> dict[str, PhotoMatch]:
    """Return by agreement the photo of its signed page, which can lock the version it was printed from."""
    return {each.subject.id: each for each in found if each.is_filed and each.locks and each.subject}


def file_all(
    workspace: Workspace, found: Sequence[PhotoMatch], *, places: bool = False, lock: Collection[str] = (),
    report: Report | None = None,
) -> FiledPhotos:
    """Attach every photo that has its record, and leave the others; all of them, or, stopped before the end, none.

    `places` fills the empty coordinates of houses; `lock` are the agreements to take to «disepakati».
    Raises Trouble, and Cancelled out of `report`.
    """
    filed = [each for each in found if each.is_filed]
    homes = houses_without_place(workspace, found) if places else {}
    before, given = attachments.contents(workspace), list[dict[str, object]]()
    try:
        for done, each in enumerate(filed):
            if report is not None:
                report(done, len(filed))
            given.append(_given(workspace, each))
        with acting(workspace, say("{count} foto dilampirkan", count=len(filed))) as edits:
            for one in given:
                record_within(edits, Attachment, one, origin=attachments.ATTACHED)
            placed, refused = _place(edits, homes)
            locked, unlocked = _lock(edits, found, lock)
    except BaseException:
        for sha256 in {str(one[Attachment.content.key]) for one in given} - before:
            attachments.let_go(workspace, sha256)
        raise
    return FiledPhotos(len(filed), placed, tuple(locked), (*refused, *unlocked))


def _given(workspace: Workspace, each: PhotoMatch) -> dict[str, object]:
    """Keep a photo and return the answers of its attachment."""
    assert each.subject is not None
    kept = attachments.take_in(workspace, _source(each.read), name=each.title, original=each.read.sha256)
    return {"parent": each.subject.id, "region": each.subject.region or None, **kept}


def _source(read: PhotoRead) -> Path | Source:
    """Return the file of a photo; of a page of a PDF this page alone, in memory: its neighbours are no concern."""
    if not read.page:
        return read.file
    return Source(read.file.name, partial(io.BytesIO, pdf_scans.alone(read.origin, read.page)))


def _place(edits: Edits, homes: Mapping[str, PhotoRead]) -> tuple[int, list[str]]:
    """Fill the empty coordinates of houses; return of how many, and of which ones it was refused."""
    placed, refused = 0, []
    for record, read in homes.items():
        axes = ((Household.latitude, read.photo.latitude), (Household.longitude, read.photo.longitude))
        at = {question.key: plain_decimal(degrees) for question, degrees in axes if degrees is not None}
        if any(list(question.objections(at.get(question.key, ""))) for question, _degrees in axes):
            continue  # the place of a camera that knew none
        try:
            record_within(edits, Household, {"id": record, **at}, origin=attachments.ATTACHED)
            placed += 1
        except Refused as refusal:
            refused.append(f"{read.file.name}: {refusal}")
    return placed, refused


def _lock(edits: Edits, found: Sequence[PhotoMatch], wanted: Collection[str]) -> tuple[list[Subject], list[str]]:
    locked, refused = [], []
    for agreement, each in lockable(found).items():
        day = each.read.photo.taken
        if agreement not in wanted or each.subject is None:
            continue
        try:
            on = day.isoformat() if day else environment.now()[:10]
            agreement_steps.advance_within(edits, agreement, AGREED, on)
            locked.append(each.subject)
        except Refused as refusal:
            refused.append(f"{each.subject.title}: {refusal}")
    return locked, refused
