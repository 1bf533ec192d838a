"""To which record each photo belongs, and why: nothing is filed here, and nothing is guessed.

A photo of a sheet belongs to the record of its code; one without a sheet to the code photographed before it («kode
dulu, baru foto»). That holds only as long as nothing speaks against it: a sheet whose code was not read, another
workspace's code, a long time or way in between. Such a photo waits for a person, and so does all that follows on it,
until the next code: of two hundred photos none may land on a neighbour's record.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from math import cos, hypot, radians
from pathlib import Path

from p2kp_desktop.actions.community import printed_agreements
from p2kp_desktop.actions.community.printed_agreements import Present, PrintedVersion
from p2kp_desktop.actions.recording import printed_codes, record_names
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.exchange.photo import Photo
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.rules.agreements import DRAFT, TESTED
from p2kp_desktop.schema import Form, Record
from p2kp_desktop.schema.places import concerns, region_name, rt_words
from p2kp_desktop.schema.printed_code import PrintedCode, Sheet
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.facts import facts
from p2kp_desktop.store.views import Where

from .photo_reading import PhotoRead, runs

LONGEST = datetime.timedelta(minutes=45)  # from one photo of a house to the next
FARTHEST = 150  # metres
_DEGREE = 111_320  # metres


class Certainty(StrEnum):
    """How it is known to which record a photo belongs."""

    CODE = "code"  # its own code says so
    BEFORE = "before"  # the code photographed before it does
    POINTED = "pointed"  # a person does
    OPEN = "open"  # nothing does: it waits for a person
    LEFT = "left"  # a person left it out
    THERE = "there"  # it is attached there already
    NOT_READ = "not_read"  # it is no photo


@dataclass(frozen=True)
class PhotoMatch:
    """A photo, the record it belongs to (None where that is open), and why.

    `candidates` are the records among which a person chooses, if any are known. `remark` says that its sheet was
    printed from an older version, or does not say what it is; `locks` is the version of the agreement whose signed page
    it shows.
    """

    read: PhotoRead
    certainty: Certainty
    why: str
    subject: Subject | None = None
    candidates: tuple[Subject, ...] = ()
    remark: str = ""
    locks: int = 0
    title: str = ""

    @property
    def is_filed(self) -> bool:
        """Say whether it would be attached now."""
        return self.certainty in (Certainty.CODE, Certainty.BEFORE, Certainty.POINTED)


def match(
    workspace: Workspace, read: Sequence[PhotoRead], pointed: Mapping[Path, tuple[str, str]] | None = None,
    left: Collection[Path] = (),
) -> list[PhotoMatch]:
    """Return the photos in their order, each with its record; a person chose the form and id of those `pointed`.

    Those `left` out still lead what follows on them.
    """
    with workspace.asking() as connection:
        matching = _Matching(connection, pointed or {}, left)
        found = {each.read.file: each for run in runs(read) for each in matching.run(run)}
    return [found[each.file] for each in read]


@dataclass(frozen=True)
class _Leader:
    """The sheet that the photos after it belong to, and the photo before: None for either where there is none."""

    sheet: PhotoMatch | None = None
    last: PhotoRead | None = None


class _Matching:
    def __init__(
        self, connection: Connection, pointed: Mapping[Path, tuple[str, str]], left: Collection[Path]
    ) -> None:
        self._connection, self._pointed, self._left = connection, pointed, frozenset(left)
        self._regions = facts(connection).regions
        self._seen: dict[str, Path] = {}
        hashes = (Attachment.original.key, Attachment.content.key)  # of former releases the two were one
        there = views.picked(connection, Attachment, ("parent", *hashes))
        self._there = {(str(row[key]), str(row["parent"])) for row in there for key in hashes if row[key]}

    def run(self, read: Iterable[PhotoRead]) -> Iterable[PhotoMatch]:
        leader = _Leader()
        for each in read:
            found = self._checked(self._matched(each, leader))
            leader = _Leader(found if each.sheet.is_sheet or each.trouble else leader.sheet, each)
            yield found

    def _matched(self, read: PhotoRead, leader: _Leader) -> PhotoMatch:
        if not read.sha256:
            return PhotoMatch(read, Certainty.NOT_READ, read.trouble)
        if read.file in self._pointed:
            subject = self._subject(*self._pointed[read.file])
            return self._of_sheet(PhotoMatch(read, Certainty.POINTED, say("ditunjuk"), subject))
        if read.trouble:
            return PhotoMatch(read, Certainty.OPEN, read.trouble)
        if read.sheet.codes:
            return self._of_sheet(self._by_code(read))
        if read.sheet.is_sheet:
            words = next(iter(read.sheet.faults), say("Tampak seperti lembar, tetapi kodenya tidak terbaca."))
            return PhotoMatch(read, Certainty.OPEN, words)
        return _following(read, leader)

    def _by_code(self, read: PhotoRead) -> PhotoMatch:
        meant = {each: printed_codes.meant(self._connection, each) for each in read.sheet.codes}
        subjects = tuple(dict.fromkeys(
            self._subject(each.form, record) for each in meant.values() for record in each.ids))
        if not subjects:
            return PhotoMatch(read, Certainty.OPEN, self._unknown(read.sheet.codes[0]))
        if len(subjects) > 1 or not all(each.ids for each in meant.values()):
            return PhotoMatch(read, Certainty.OPEN, say("Beberapa catatan cocok dengan kodenya."), candidates=subjects)
        return PhotoMatch(read, Certainty.CODE, say("kode di foto"), subjects[0])

    def _unknown(self, code: PrintedCode) -> str:
        """Say why a code leads to no record here."""
        if code.sheet is Sheet.REPORT:
            return say("Ini lembar laporan; laporan bukan catatan.")
        if code.sheet is not Sheet.BLANK:
            return say("Catatannya tidak ada di ruang kerja ini; mungkin dari ruang kerja lain.")
        if not any(concerns(code.region, mine) for mine in self._regions):
            return say("Kode ini dari {place}, di luar wilayah ruang kerja ini.", place=region_name(code.region))
        title = say(record_names.form_of(code.form).title)
        return say("{form} nomor {number} di {rt}, periode {period}, belum dientri dengan nomor itu.",
                   form=title, number=code.number, rt=rt_words(code.rt) or region_name(code.region), period=code.period)

    def _of_sheet(self, found: PhotoMatch) -> PhotoMatch:
        """Return a match with what its sheet tells of the record: what it is, and whether it is of an older version."""
        codes, subject = found.read.sheet.codes, found.subject
        if not codes or subject is None:
            return found
        code, form = codes[0], record_names.form_of(subject.form)
        title = say("{form}, halaman {page}", form=say(_SHEET_TEXTS.get(code.document, form.title)), page=code.page)
        record = next(views.found(self._connection, form, Where(id=subject.id)), None)
        if code.id != subject.id or record is None:
            return replace(found, title=title)
        remark = self._outdated(code, form, record) or _unclear(code)
        return replace(found, title=title, remark=remark, locks=0 if remark else _lockable(code, record))

    def _outdated(self, code: PrintedCode, form: type[Form], record: Record) -> str:
        changed = say("isinya berubah sejak dicetak")
        if form is Agreement and code.sheet is Sheet.DOCUMENT:
            printed = PrintedVersion(code.version, code.digest)
            answered = printed_agreements.answered(self._connection, record.id, printed)
            if answered.now and answered.now.number != printed.number:
                return say("tercetak versi {then}, sekarang versi {now}", then=printed.number, now=answered.now.number)
            return "" if answered.present is Present.SAME else changed
        now = printed_codes.digest_now(self._connection, form, record.id, code.document)
        return "" if code.digest == now else changed

    def _checked(self, found: PhotoMatch) -> PhotoMatch:
        """Return a match, open where its record takes no files or holds this one already."""
        subject, sha256 = found.subject, found.read.sha256
        if found.read.file in self._left:
            return replace(found, certainty=Certainty.LEFT, why=say("ditinggalkan"))
        if sha256 in self._seen:
            words = say("sudah ada: sama dengan {file}", file=self._seen[sha256].name)
            return replace(found, certainty=Certainty.THERE, why=words)
        if sha256:
            self._seen[sha256] = found.read.file
        if subject is None or not found.is_filed:
            return found
        if (sha256, subject.id) in self._there:
            return replace(found, certainty=Certainty.THERE, why=say("sudah ada"))
        form = record_names.form_of(subject.form)
        if not form.takes_files:
            words = say("{form} tidak menerima lampiran.", form=say(form.title))
            return replace(found, certainty=Certainty.OPEN, why=words, subject=None)
        return found

    def _subject(self, form: str, record: str) -> Subject:
        asked = record_names.form_of(form)
        values = next((each.answers for each in views.found(self._connection, asked, Where(id=record))), {})
        return record_names.subject(form, record, values)


def _following(read: PhotoRead, leader: _Leader) -> PhotoMatch:
    """Return to which record a photo without a sheet belongs by the sheet before it."""
    sheet = leader.sheet
    if sheet is None or leader.last is None:
        return PhotoMatch(read, Certainty.OPEN, say("Tidak ada kode sebelum foto ini."))
    name = sheet.read.file.name
    if sheet.subject is None:
        words = say("Mengikuti {file}, yang catatannya belum jelas.", file=name)
        return PhotoMatch(read, Certainty.OPEN, words, candidates=sheet.candidates)
    if doubt := _doubt(leader.last.photo, read.photo):
        return PhotoMatch(read, Certainty.OPEN, doubt, candidates=(sheet.subject,))
    return PhotoMatch(read, Certainty.BEFORE, say("setelah kode di {file}", file=name), sheet.subject)


def _doubt(before: Photo, after: Photo) -> str:
    """Say why a photo may be of another house than the photo before it, "" for nothing."""
    if before.moment and after.moment and after.moment - before.moment > LONGEST:
        minutes = int((after.moment - before.moment).total_seconds() // 60)
        return say("Diambil {minutes} menit setelah foto sebelumnya.", minutes=minutes)
    metres = _apart(before, after)
    return say("Diambil {metres} m dari foto sebelumnya.", metres=metres) if metres > FARTHEST else ""


def _apart(one: Photo, other: Photo) -> int:
    """Return the metres between two photos, 0 where one of them knows no place."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return 0
    north, east = (float((getattr(one, axis) or Decimal()) - (getattr(other, axis) or Decimal()))
                   for axis in ("latitude", "longitude"))
    return round(hypot(north, east * cos(radians(float(one.latitude or 0)))) * _DEGREE)


_SHEET_TEXTS = {  # what a sheet is called that is not the record itself
    printed_codes.REMBUG: "Berita acara rembug", printed_codes.ATTENDANCE: "Daftar hadir",
    printed_codes.MINUTES: "Notulen", printed_codes.OFFICIAL_RECORD: "Berita acara",
    printed_codes.PRIORITIES: "Daftar prioritas",
}


def _unclear(code: PrintedCode) -> str:
    """Say what 0.8.0 did not: all pages printed with an agreement had one code, the list of who came too."""
    if code.document != printed_codes.SIGNING or code.page == 1:
        return ""
    return say("dicetak program lama: lembar ini bisa juga berita acara atau daftar hadir")


def _lockable(code: PrintedCode, record: Record) -> int:
    """Return the version of an agreement that its signed page can lock, 0 for none."""
    signing = code.sheet is Sheet.DOCUMENT and code.document in (printed_codes.RULES, printed_codes.SIGNING)
    waits = record.form is Agreement and record.answers.get(Agreement.stage.key) in (None, DRAFT, TESTED)
    return code.version if signing and waits else 0


def houses_without_place(workspace: Workspace, found: Iterable[PhotoMatch]) -> dict[str, PhotoRead]:
    """Return by household the photo that tells where it stands, of those whose coordinates are empty.

    Only a photo without a sheet tells: papers are photographed at the office too.
    """
    told: dict[str, PhotoRead] = {}
    for each in found:
        of_house = each.is_filed and each.subject is not None and each.subject.form == Household.key
        if of_house and each.subject and each.read.photo.latitude is not None and not each.read.sheet.is_sheet:
            told.setdefault(each.subject.id, each.read)
    with workspace.asking() as connection:
        keys = (Household.latitude.key, Household.longitude.key)
        rows = views.picked(connection, Household, keys, ids=list(told))
        empty = {row["id"] for row in rows if all(row[key] is None for key in keys)}
    return {record: read for record, read in told.items() if record in empty}
