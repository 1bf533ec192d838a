"""Meetings on paper: the official record with its numbers in words, and the lists that people sign.

Both also stand behind a shared agreement: of the rembug that agreed it.
"""

from collections.abc import Iterator, Sequence

from p2kp_desktop.actions.community.agreements import WholeAgreement, whole_number
from p2kp_desktop.actions.community.meetings import WholeMeeting
from p2kp_desktop.actions.community.turnout import Turnout, head_of
from p2kp_desktop.forms.elements import ELEMENTS
from p2kp_desktop.forms.meeting import Attendance, Attendee, Decision, Meeting, Talk
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record

from . import passages, wording
from .passages import EVEN, ODD, Block, Cell, cell

_ONE_LIST = 30  # people that one list holds; of more each element has a page of its own
_PAGE, _SPARE = 16, 5  # rows of a page; rows left for who comes without being expected, where there are more
_ROW = 7  # millimetres: enough to write in
_WITNESS_TEXTS = ("Tokoh masyarakat", "Tokoh agama", "Pemuda", "PKK", "Posyandu", "Ketua RT/RW")
CITY_LEVELS = ("kota", "provinsi")  # their record is signed by the Pokja, not by a lurah


# The official record


def record_of_rembug(whole: WholeAgreement, held: WholeMeeting | None) -> list[Block]:
    """Return the official record of the rembug that agreed an agreement; what nobody recorded is left to fill in."""
    name, number = wording.text(whole.record, "name"), wording.text(whole.record, "number")
    region = wording.text(whole.record, "region")
    clauses, aspects = whole.parts.clauses, {wording.text(each, "aspect") for each in whole.parts.clauses}
    came = held.came if held is not None and held.came.people else _told(whole.record)
    told_clauses, told_aspects = (wording.counted(len(each)) if clauses else wording.BLANK
                                  for each in (clauses, aspects))
    agreed = say("Menyepakati Aturan Bersama {number} «{name}» versi {version} yang memuat {clauses} pasal dalam "
                 "{aspects} aspek, sebagaimana lembar yang ditandatangani bersama berita acara ini.",
                 number=number, name=name, version=whole.edition.number, clauses=told_clauses, aspects=told_aspects)
    points = [agreed, *(wording.text(each, "text") for each in (held.decisions if held is not None else ()))]
    place = (wording.text(held.record, "location") if held is not None else "") or wording.BLANK
    day = wording.text(held.record, "date") if held is not None else wording.text(whole.record, "agreed")
    return [
        passages.title(say("BERITA ACARA REMBUG WARGA"), say("tentang Aturan Bersama {name}", name=name)),
        passages.paragraph(say(
            "Pada hari ini {day}, bertempat di {place}, {village}, telah dilaksanakan rembug warga untuk membahas dan "
            "menyepakati aturan bersama.", day=wording.day_in_words(day), place=place,
            village=wording.village(region))),
        *_attended(came), *_points(points), *_closing(held, region),
    ]


def record_of(held: WholeMeeting, number: str) -> list[Block]:
    """Return the official record of a meeting: day, place and people in words, what was agreed, who signs."""
    record = held.record
    region = wording.text(record, "region")
    where = ", ".join(part for part in (wording.text(record, "location") or wording.BLANK,
                                        wording.village(region) or wording.text(record, "area")) if part)
    points = [wording.text(each, "text") for each in held.decisions]
    return [
        passages.title(say("BERITA ACARA"), meeting_name(record).upper(),
                     say("Nomor {number}", number=number) if number else ""),
        passages.paragraph(say(
            "Pada hari ini {day}, bertempat di {place}, telah dilaksanakan {what}{host}.",
            day=wording.day_in_words(wording.text(record, "date")), place=where, what=meeting_name(record),
            host=_hosted(record))),
        *([passages.paragraph(say("Tujuan: {purpose}", purpose=purpose))]
          if (purpose := wording.text(record, "purpose")) else []),
        *_attended(held.came), *_points(points or wording.text(record, "results").splitlines()),
        *_closing(held, region),
    ]


def people(held: WholeMeeting | None) -> list[str]:
    """Return who led a meeting, wrote it down, opened it and spoke at it: its papers say who."""
    if held is None:
        return []
    asked = (Meeting.chair, Meeting.minutes_taker, Meeting.opened_by)
    return [*(wording.text(held.record, question.key) for question in asked),
            *(wording.text(each, Talk.speaker.key) for each in held.talks),
            *(wording.text(each, Decision.responsible.key) for each in held.decisions)]


def meeting_name(record: Record) -> str:
    """Return the name of a meeting, or of what kind it is."""
    kind = record.show(Meeting.kind)
    return wording.text(record, "name") or (say(kind) if kind else say("Pertemuan"))


def _hosted(record: Record) -> str:
    host = wording.text(record, "host")
    return say(" yang diselenggarakan oleh {host}", host=host) if host else ""


def _told(agreement: Record) -> Turnout:
    """Return who came as the agreement itself says."""
    return Turnout(*(whole_number(agreement, key) for key in ("men", "women", "mbr")))


def _attended(came: Turnout) -> Iterator[Block]:
    if not came.people:
        yield passages.paragraph(say(
            "Dihadiri oleh {blank} orang: laki-laki {blank} orang, perempuan {blank} orang; di antaranya MBR {blank} "
            "orang, sebagaimana daftar hadir.", blank=wording.BLANK))
        return
    counted = wording.counted
    told = say("Dihadiri oleh {people} orang", people=counted(came.people))
    if came.men or came.women:
        told = say("{told}: laki-laki {men} orang, perempuan {women} orang", told=told, men=counted(came.men),
                   women=counted(came.women))
    if came.mbr:
        told = say("{told}; di antaranya MBR {mbr} orang", told=told, mbr=counted(came.mbr))
    yield passages.paragraph(say("{told}, sebagaimana daftar hadir.", told=told))


def _points(points: Sequence[str]) -> Iterator[Block]:
    yield passages.paragraph(say("Hal-hal yang disepakati:"), strong=True)
    said = [point.strip() for point in points if point.strip()]
    yield passages.numbered(said or [wording.LINE] * 4)


def _closing(held: WholeMeeting | None, region: str) -> Iterator[Block]:
    """Yield who signs: who led and wrote it down, witnesses by element, and who takes note."""
    record = held.record if held is not None else None
    led, wrote = ((wording.text(record, key) if record is not None else "") for key in ("chair", "minutes_taker"))
    what = meeting_name(record) if record is not None else say("rembug warga")
    city = record is not None and wording.text(record, "level") in CITY_LEVELS
    knowing = say("Ketua Pokja PKP") if city else wording.head_of(region)
    came = [_element(each) for each in held.attendance] if held is not None else []
    witnesses = list(dict.fromkeys(came)) or [say(each) for each in _WITNESS_TEXTS]
    yield passages.signatures(
        (("", [passages.place(say("Pemimpin pertemuan"), led), passages.place(say("Notulis"), wrote)]),
         (say("Saksi-saksi"), [passages.place(each) for each in witnesses]),
         (say("Mengetahui"), [passages.place(knowing)])),
        closing=say("Demikianlah berita acara {what} ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana "
                    "mestinya.", what=what), told=say("Tanda tangan berita acara {what}", what=what),
    )


# Lists to sign


def attendance_blocks(
    held: WholeMeeting | None, whole: WholeAgreement | None = None, *, names: bool = False, rows: int = 0
) -> list[Block]:
    """Return the list that people sign: with `names` those recorded, else blank rows for so many as are expected.

    Of more people than one page holds, every element has a page of its own.
    """
    record = held.record if held is not None else None
    told = _told(whole.record) if whole is not None else Turnout()
    what = meeting_name(record) if record is not None else say("Rembug warga: {name}", name=wording.text(
        whole.record, "name")) if whole is not None else ""
    where = (wording.text(record, "location") if record is not None else "") or wording.BLANK
    when = wording.long_day(wording.text(record, "date") if record is not None else "")
    told_of = " · ".join((when, times(record) if record is not None else wording.BLANK, where))
    found: list[Block] = []
    for place, (element, table) in enumerate(_lists(held, told, names=names, rows=rows)):
        found += [passages.BREAK] if place else []
        of = say("Unsur: {element}", element=element) if element else ""
        found += [passages.title(say("DAFTAR HADIR"), what, told_of, of), table]
    return found


def times(record: Record) -> str:
    """Return from when to when a meeting was."""
    start, end = (record.show(question) for question in (Meeting.start, Meeting.end))
    return say("{start} sampai {end}", start=start or wording.BLANK, end=end or say("selesai"))


def _lists(
    held: WholeMeeting | None, told: Turnout, *, names: bool, rows: int
) -> Iterator[tuple[str, Block]]:
    heads = {_element(each): Turnout() for each in (held.attendance if held is not None else ())}
    for each in held.attendance if held is not None else ():
        heads[_element(each)] += head_of(each)
    named: dict[str, list[Record]] = {}
    for each in (held.attendees if held is not None and names else ()):
        named.setdefault(_element(each), []).append(each)
    every = [*dict.fromkeys([*heads, *named])]
    people = sum(map(len, named.values())) or sum(map(_expected, heads.values()))
    if rows or people <= _ONE_LIST or len(every) < 2:
        whole = held.came if held is not None and held.came.people else told
        listed = [each for element in every for each in named.get(element, ())]
        yield "", _to_sign(listed, rows or _expected(whole), whole if names else Turnout())
        return
    for element in every:
        came = heads.get(element, Turnout())
        yield element, _to_sign(named.get(element, []), _expected(came), came if names else Turnout())


def _expected(came: Turnout) -> int:
    return max(came.people, came.invited)


def _element(record: Record) -> str:
    question = Attendance.element if record.form is Attendance else Attendee.element
    code = record.understood(question)
    return say(ELEMENTS.show(str(code))) if code else say("Lainnya")


def _to_sign(listed: Sequence[Record], expected: int, came: Turnout) -> Block:
    """Return a list to sign: who is known, then blank rows for those expected and some more."""
    expected = max(len(listed), expected)
    count = _PAGE if expected <= _PAGE else max(len(listed), expected + _SPARE if not listed else 0)
    rows = [_person(place, listed[place - 1] if place <= len(listed) else None) for place in range(1, count + 1)]
    men, women = (came.men, came.women) if came.men or came.women else _sexes(listed)
    poor = came.mbr or [each.understood(Attendee.mbr) for each in listed].count("mbr")
    foot = say("Jumlah: L {men}   P {women}   MBR {mbr}", men=men or wording.BLANK, women=women or wording.BLANK,
               mbr=poor or wording.BLANK)
    return passages.table(
        (say("No"), say("Nama"), say("L/P"), say("Instansi/unsur"), say("Jabatan"), say("Alamat/RT"), say("No. HP"),
         say("Tanda tangan")),
        (-9, 5, -10, 4, 3, 4, 3, 4.5), [("", rows)], feet=[foot], row_height=_ROW,
    )


_COLUMNS = 8


def _sexes(listed: Sequence[Record]) -> tuple[int, int]:
    codes = [each.understood(Attendee.sex) for each in listed]
    return codes.count("laki_laki"), codes.count("perempuan")


def _person(number: int, record: Record | None) -> list[Cell]:
    side = ODD if number % 2 else EVEN
    signing = cell(f"{number}.", side=side)
    if record is None:
        return [cell(str(number)), *(cell() for _column in range(_COLUMNS - 2)), signing]
    institution, post, address, phone = (
        wording.text(record, key) for key in ("institution", "post", "address", "phone"))
    return [
        cell(str(number)), cell(wording.text(record, "name")), cell(record.show(Attendee.sex)[:1]),
        cell(institution or _element(record)), cell(post), cell(address), cell(phone), signing,
    ]
