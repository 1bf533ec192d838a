"""Meetings on paper: the invitation, the list to sign, the minutes, the official record, what residents rank.

Layouts are those that offices use (notulen, berita acara, daftar hadir, daftar prioritas). What nobody recorded is
left to be filled in by hand, for these papers are often printed before the meeting.
"""

from collections.abc import Iterator

from p2kp_desktop import environment
from p2kp_desktop.actions.community import meetings as community_meetings
from p2kp_desktop.actions.community.meetings import WholeMeeting
from p2kp_desktop.actions.community.turnout import head_of
from p2kp_desktop.actions.recording import printed_codes
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.elements import ELEMENTS
from p2kp_desktop.forms.meeting import Attendance, Decision, Meeting, Talk, Task
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.offices import Office
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.schema import Record, written
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.printed_code import PrintedCode
from p2kp_desktop.store import Workspace, views
from p2kp_desktop.store.views import Where

from . import gatherings, letter_numbers, passages, wording
from .gatherings import meeting_name
from .passages import Block, Cell, cell

_FORMS = (Meeting.key,)
_GUESTS = 15  # blank rows of a list of guests where nobody was recorded
_MORE = 8  # blank rows for what residents add


@printable("invitation", lambda: say("Undangan pertemuan"), Needs.RECORD, forms=_FORMS)
def invitation(workspace: Workspace, asked: Asked) -> Document:
    """Return the invitation to a meeting, with the list of who is invited."""
    held = _held(workspace, asked)
    office = offices.office(workspace)
    record = held.record
    number = letter_numbers.of(workspace, "invitation", record.id, gives=not asked.preview)
    town = office.town or wording.town(wording.text(record, "region"))
    purpose, agenda = (wording.text(record, key) for key in ("purpose", "agenda"))
    parts: list[Block] = [
        passages.aside(say("{town}, {date}", town=town, date=written.day(environment.today()))),
        passages.facts([
            (say("Nomor"), number or wording.BLANK), (say("Sifat"), say("Biasa")), (say("Lampiran"), say("1 lembar")),
            (say("Hal"), say("Undangan {what}", what=meeting_name(record))),
        ]),
        passages.paragraph(say("Yth. Bapak/Ibu\n(daftar undangan terlampir)\ndi tempat")),
        passages.paragraph(say("Dengan hormat,")),
        passages.paragraph(say(
            "kami mengundang Bapak/Ibu untuk hadir dalam {what}{host}, yang akan diselenggarakan pada:",
            what=meeting_name(record), host=_by(record))),
        passages.facts([
            (say("Hari/tanggal"), _days(record)), (say("Waktu"), gatherings.times(record)),
            (say("Tempat"), wording.text(record, "location") or wording.BLANK),
            *([(say("Tujuan"), purpose)] if purpose else []),
        ]),
        *([passages.paragraph(say("Acara:"), strong=True), passages.numbered(_items(agenda))] if agenda else []),
        passages.signatures(
            [("", [_signer(office, record)])], columns=1, to_the_right=True,
            closing=say("Mengingat pentingnya acara ini, kami mengharapkan kehadiran Bapak/Ibu tepat waktu. Atas "
                        "perhatian dan kehadirannya kami ucapkan terima kasih."),
        ),
        passages.BREAK, *_guests(held, number),
    ]
    return _document(workspace, say("Undangan {what}", what=meeting_name(record)), "invitation", held, parts,
                     letterhead=True, size=11)


@printable("attendance", lambda: say("Daftar hadir pertemuan"), Needs.RECORD, forms=_FORMS)
def attendance(workspace: Workspace, asked: Asked) -> Document:
    """Return the list that people sign: those recorded where names are asked for, else blank rows."""
    held = _held(workspace, asked)
    parts = gatherings.attendance_blocks(held, names=asked.names, rows=asked.count if asked.count > 1 else 0)
    return _document(workspace, say("Daftar hadir {what}", what=meeting_name(held.record)), printed_codes.ATTENDANCE,
                     held, parts, landscape=True, size=9)


@printable("minutes", lambda: say("Notulen pertemuan"), Needs.RECORD, forms=_FORMS)
def minutes(workspace: Workspace, asked: Asked) -> Document:
    """Return the minutes of a meeting."""
    held = _held(workspace, asked)
    return _document(workspace, say("Notulen {what}", what=meeting_name(held.record)), printed_codes.MINUTES, held,
                     [*_minutes(held)], letterhead=True)


@printable("official_record", lambda: say("Berita acara pertemuan"), Needs.RECORD, forms=_FORMS)
def official_record(workspace: Workspace, asked: Asked) -> Document:
    """Return the official record of a meeting, its numbers in words."""
    held = _held(workspace, asked)
    number = letter_numbers.of(workspace, "official_record", held.record.id, gives=not asked.preview)
    return _document(workspace, say("Berita acara {what}", what=meeting_name(held.record)),
                     printed_codes.OFFICIAL_RECORD, held, gatherings.record_of(held, number), letterhead=True, size=11)


@printable("priorities", lambda: say("Daftar prioritas rembug warga"), Needs.RECORD, forms=_FORMS)
def priorities(workspace: Workspace, asked: Asked) -> Document:
    """Return the list of needs that residents rank at a meeting: those it decided on, else those of its kelurahan."""
    held = _held(workspace, asked)
    region = wording.text(held.record, "region")
    decided = {each.id for each in held.decisions}
    with workspace.asking() as connection:
        needs = [*views.found(connection, Need, Where(area=region or None))]
    listed = [each for each in needs if wording.text(each, "decision") in decided] or needs
    rows = [_need(each) for each in sorted(listed, key=lambda each: (wording.text(each, "rt"), each.id))]
    blank: list[Cell] = [cell() for _column in range(6)]
    parts = [
        passages.title(say("DAFTAR PRIORITAS KEGIATAN"), say("hasil {what}", what=meeting_name(held.record)),
                     f"{wording.village(region)} · {wording.long_day(wording.text(held.record, 'date'))}"),
        passages.table(
            (say("No. prioritas"), say("Jenis kegiatan"), say("Lokasi RT/RW"), say("Volume"),
             say("Partisipasi masyarakat"), say("Bidang")),
            (-18, 6.6, 2.6, 2, 3.8, 3), [("", [*rows, *([blank] * _MORE)])], row_height=9),
        passages.signatures(
            [("", [passages.place(say("Ketua RW")), passages.place(say("Pemimpin pertemuan"),
                                                             wording.text(held.record, "chair"))])],
            closing=say("Nomor prioritas dan partisipasi masyarakat diisi dalam rembug; kegiatan lain ditambahkan di "
                        "baris kosong."), columns=2),
    ]
    return _document(workspace, say("Daftar prioritas {what}", what=meeting_name(held.record)), "priorities", held,
                     parts)


def _need(need: Record) -> list[Cell]:
    volume = f"{need.show(Need.volume)} {say(need.show(Need.unit_name))}".strip()
    rt = wording.text(need, "rt")
    return [cell(), cell(wording.text(need, "what")), cell(rt_words(rt) if rt else ""), cell(volume), cell(),
            cell(say("Lingkungan"))]


def _held(workspace: Workspace, asked: Asked) -> WholeMeeting:
    record = wording.only(asked.records)
    held = community_meetings.whole(workspace, record)
    if held is None:
        raise wording.gone(record)
    return held


def _document(
    workspace: Workspace, title: str, what: str, held: WholeMeeting, parts: list[Block], *, size: int = 10,
    letterhead: bool = False, landscape: bool = False,
) -> Document:
    with workspace.asking() as connection:
        digest = printed_codes.digest_now(connection, Meeting, held.record.id, what)
    code = PrintedCode.of_document(Meeting.key, held.record.id, what, digest)
    return wording.document(title, parts, code, size=size, letterhead=letterhead, landscape=landscape,
                            told=tuple(gatherings.people(held)))


def _by(record: Record) -> str:
    host = wording.text(record, "host")
    return say(" oleh {host}", host=host) if host else ""


def _days(record: Record) -> str:
    first, last = (wording.text(record, key) for key in ("date", "end_date"))
    return say("{first} sampai {last}", first=wording.long_day(first), last=wording.long_day(last)) if last else \
        wording.long_day(first)


def _items(text: str) -> list[str]:
    """Return the items of an agenda: its lines, or where it is one line what stands between semicolons."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines if len(lines) > 1 else [part.strip() for part in text.split(";") if part.strip()]


def _signer(office: Office, record: Record) -> dict[str, str]:
    if office.signatories:
        first = office.signatories[0]
        return passages.place(first.role, first.name, say("NIP {nip}", nip=first.nip) if first.nip else "")
    return passages.place(wording.text(record, "host") or say("Penyelenggara"), wording.text(record, "chair"))


def _guests(held: WholeMeeting, number: str) -> Iterator[Block]:
    """Yield the list of who is invited, element by element; blank rows where nobody was recorded."""
    yield passages.title(
        say("DAFTAR UNDANGAN"), meeting_name(held.record),
        say("Lampiran undangan nomor {number}", number=number or wording.BLANK))
    rows = [[cell(str(place)), cell(_guest(each)), cell(str(head.invited or head.people or "")), cell()]
            for place, (each, head) in enumerate(((each, head_of(each)) for each in held.attendance), 1)]
    rows += [[cell(str(place)), cell(), cell(), cell()] for place in range(len(rows) + 1, _GUESTS + 1)]
    yield passages.table(
        (say("No"), say("Instansi/unsur"), say("Jumlah orang"), say("Keterangan")), (-10, 6, -26, 4), [("", rows)],
        right=(2,), row_height=8)


def _guest(attendance: Record) -> str:
    element = attendance.understood(Attendance.element)
    names = [wording.text(attendance, "institution"), say(ELEMENTS.show(str(element))) if element else ""]
    delegation = attendance[Attendance.delegation]
    return " · ".join([*dict.fromkeys(filter(None, names)), *([region_name(delegation)] if delegation else [])])


# Minutes


def _minutes(held: WholeMeeting) -> Iterator[Block]:
    """Yield the minutes as offices lay them out."""
    record = held.record

    def said(key: str) -> str:
        return wording.text(record, key)

    yield passages.title(say("NOTULEN"), meeting_name(record).upper())
    yield passages.facts([
        (say("Hari/tanggal"), _days(record)),
        (say("Waktu undangan"), record.show(Meeting.start) or wording.BLANK),
        (say("Waktu acara"), gatherings.times(record)),
        (say("Tempat"), said("location") or wording.BLANK),
        (say("Pemimpin"), said("chair") or wording.BLANK), (say("Notulis"), said("minutes_taker") or wording.BLANK),
        (say("Undangan"), say("daftar terlampir")), (say("Hadir"), _came(held)),
    ])
    yield from _schedule(held)
    yield passages.heading(say("Pembukaan dan arahan"))
    yield passages.paragraph(_opening(record))
    yield from _written(say("Tujuan"), said("purpose"))
    if held.talks:
        yield passages.heading(say("Paparan dan tanya jawab"))
        for each in held.talks:
            yield passages.paragraph(_speaker(each), strong=True)
            yield from passages.texts(wording.text(each, "topics"))
    yield from _decided(held)
    yield passages.heading(say("Kesimpulan"))
    yield from passages.texts(said("results") or wording.LINE)
    yield passages.signatures(
        [("", [passages.place(say("Pemimpin pertemuan"), said("chair")),
               passages.place(say("Notulis"), said("minutes_taker"))])],
        closing=say("Notulen {what} ini dibuat sesuai dengan jalannya pertemuan.", what=meeting_name(record)),
        columns=2)


def _came(held: WholeMeeting) -> str:
    came = held.came
    if not came.people:
        return wording.BLANK
    told = say("{people} orang", people=written.number(came.people))
    parts = ((say("laki-laki"), came.men), (say("perempuan"), came.women), (say("MBR"), came.mbr))
    rest = ", ".join(f"{word} {written.number(count)}" for word, count in parts if count)
    return f"{told}: {rest}" if rest else told


def _schedule(held: WholeMeeting) -> Iterator[Block]:
    """Yield the table of what was on when, with who spoke; its hours are filled in by hand."""
    agenda = _items(wording.text(held.record, "agenda"))
    rows = [[cell(), cell(item), cell()] for item in agenda]
    rows += [[cell(), cell(wording.text(each, "topics").partition("\n")[0]), cell(_speaker(each))]
             for each in held.talks]
    if rows:
        yield passages.heading(say("Jadwal"))
        yield passages.table((say("Jam"), say("Agenda"), say("Pemapar")), (-24, 5, 4), [("", rows)])


def _opening(record: Record) -> str:
    who, post, behalf = (wording.text(record, key) for key in ("opened_by", "opener_post", "on_behalf"))
    if not who:
        return say("Pertemuan dibuka oleh {who}.", who=wording.BLANK * 2)
    named = ", ".join(part for part in (who, post) if part)
    return say("Pertemuan dibuka oleh {who} mewakili {behalf}.", who=named, behalf=behalf) if behalf else \
        say("Pertemuan dibuka oleh {who}.", who=named)


def _written(title: str, text: str) -> Iterator[Block]:
    if text:
        yield passages.heading(title)
        yield from passages.texts(text)


def _speaker(talk: Record) -> str:
    return ", ".join(part for part in (
        wording.text(talk, "speaker"), wording.text(talk, "post"), talk.show(Talk.institution)) if part)


def _decided(held: WholeMeeting) -> Iterator[Block]:
    """Yield what was agreed to be done: by whom, until when."""
    yield passages.heading(say("Kesepakatan dan tindak lanjut"))
    rows = [[cell(wording.text(each, "text")), cell(wording.text(each, "responsible")), cell(each.show(Decision.due))]
            for each in held.decisions]
    rows += [[cell(wording.text(each, "text")), cell(wording.text(each, "institution")), cell(each.show(Task.due))]
             for each in held.tasks]
    numbered = [[cell(str(place)), *row] for place, row in enumerate(rows, 1)]
    blank = [[cell(str(place)), cell(), cell(), cell()] for place in range(1, 6)]
    yield passages.table(
        (say("No"), say("Kesepakatan"), say("Penanggung jawab"), say("Tenggat")), (-10, 6, 3, -36),
        [("", numbered or blank)], row_height=0 if numbered else 9)
