"""Shared agreements on paper: the sheets that residents sign, and the sheet for the board of the RT.

The sheets for signing are the agreement by aspect, places for all signatures, and behind them the record of the
rembug that agreed it with the list of who came, since an office asks for all three together.
"""

from collections.abc import Iterator

from p2kp_desktop.actions.community import agreements as community_agreements
from p2kp_desktop.actions.community import meetings as community_meetings
from p2kp_desktop.actions.community import printed_agreements
from p2kp_desktop.actions.community.agreements import WholeAgreement, by_aspect, whole_number
from p2kp_desktop.actions.community.printed_agreements import PrintedVersion
from p2kp_desktop.actions.recording import printed_codes
from p2kp_desktop.forms.agreement import CAPACITIES, Agreement, Clause
from p2kp_desktop.forms.elements import ASPECTS
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.schema import Record, Unreadable, written
from p2kp_desktop.schema.places import normal_rt, rt_words
from p2kp_desktop.schema.printed_code import PrintedCode
from p2kp_desktop.store import Workspace

from . import gatherings, passages, wording
from .passages import Block, Cell, cell

_FORMS = (Agreement.key,)
_KNOWING = ("lurah", "camat")  # capacities that sign below «Mengetahui»
_EXPECTED = ("tipp", "bkm", "ketua_rt", "ketua_rw", "tokoh", "lurah", "camat")  # where nobody was named yet
_CLAUSES = 5  # blank rows where none was written yet
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_KEPT_BY = (Clause.sanction, Clause.incentive, Clause.responsible, Clause.monitor, Clause.upkeep, Clause.liable,
            Clause.in_return, Clause.funding)


@printable(printed_agreements.DOCUMENT, lambda: say("Aturan Bersama untuk ditandatangani"), Needs.RECORD, forms=_FORMS)
def agreement(workspace: Workspace, asked: Asked) -> Document:
    """Return the sheets for signing an agreement."""
    whole = _whole(workspace, asked)
    version = _version(workspace, whole)
    office = offices.office(workspace)
    region = wording.text(whole.record, "region")
    held = community_meetings.whole(workspace, whole.meetings[0].id) if whole.meetings else None
    parts = [
        *_head(whole, region), _clauses(whole), _signatures(whole, office.town or wording.town(region)),
        passages.part(printed_codes.REMBUG), *gatherings.record_of_rembug(whole, held),
        passages.turned(gatherings.attendance_blocks(held, whole, names=asked.names), printed_codes.ATTENDANCE),
    ]
    name = wording.text(whole.record, "name")
    number = wording.text(whole.record, "number")
    told = say("{number} versi {version}", number=number, version=whole.edition.number).strip()
    code = PrintedCode.of_document(Agreement.key, whole.record.id, printed_codes.RULES, version.digest,
                                   version=version.number)
    return wording.document(
        say("Aturan Bersama: {name}", name=name), parts, code, foot=(told,),
        versions={(Agreement.key, whole.record.id): version.text}, told=(*_people(whole), *gatherings.people(held)),
    )


@printable("board", lambda: say("Aturan Bersama untuk papan pengumuman"), Needs.RECORD, forms=_FORMS)
def board(workspace: Workspace, asked: Asked) -> Document:
    """Return an agreement in large letters for the board of the RT; nobody is named on it."""
    whole = _whole(workspace, asked)
    version = _version(workspace, whole)
    region = wording.text(whole.record, "region")
    parts: list[Block] = [
        passages.title(say("ATURAN BERSAMA"), wording.text(whole.record, "name"),
                     f"{_of_rts(whole)} · {wording.home(region)}", _binding(whole)),
    ]
    for _place, aspect, clauses in _aspects(whole):
        parts.append(passages.heading(aspect))
        for each in clauses:
            lead = wording.text(each, "subject")
            parts.append(passages.paragraph(f"{_number(each)}. {lead or wording.text(each, 'rule')}", strong=True))
            parts += passages.texts(wording.text(each, "rule")) if lead else []
            sanction = wording.text(each, "sanction")
            parts += [passages.paragraph(say("Sanksi: {sanction}", sanction=sanction))] if sanction else []
    code = PrintedCode.of_document(Agreement.key, whole.record.id, "board", version.digest, version=version.number)
    return wording.document(
        say("Pengumuman: {name}", name=wording.text(whole.record, "name")), parts, code, size=16, letterhead=True,
        foot=(say("versi {number}", number=whole.edition.number),),
        versions={(Agreement.key, whole.record.id): version.text},
    )


def _whole(workspace: Workspace, asked: Asked) -> WholeAgreement:
    record = wording.only(asked.records)
    whole = community_agreements.whole(workspace, record)
    if whole is None:
        raise wording.gone(record)
    return whole


def _version(workspace: Workspace, whole: WholeAgreement) -> PrintedVersion:
    with workspace.asking() as connection:
        version = printed_agreements.version_of(connection, whole.record.id)
    if version is None:
        raise wording.gone(whole.record.id)
    return version


def _people(whole: WholeAgreement) -> Iterator[str]:
    """Yield who signs, and who answers for a clause: an agreement says who."""
    yield from (wording.text(each, "name") for each in whole.parts.signatures)
    who = [question.key for question in _KEPT_BY if question.private]
    yield from (wording.text(each, key) for each in whole.parts.clauses for key in who)


def _rts(whole: WholeAgreement) -> list[str]:
    home = wording.text(whole.record, "region")
    return [rt for _region, rt in Agreement.rts.places(whole.record.answers, home)]


def _of_rts(whole: WholeAgreement) -> str:
    return ", ".join(rt_words(rt) for rt in _rts(whole)) or say("RT {rts}", rts=wording.BLANK)


def _binding(whole: WholeAgreement) -> str:
    since = whole.binding.since if whole.binding else None
    return say("Berlaku sejak {date}", date=written.day(since)) if since else ""


def _head(whole: WholeAgreement, region: str) -> Iterator[Block]:
    """Yield the title and the preamble: who agreed, where, when, why."""
    record = whole.record
    number = wording.text(record, "number") or wording.BLANK
    yield passages.title(
        say("ATURAN BERSAMA"), wording.text(record, "name").upper(),
        say("Nomor {number} · versi {version}", number=number, version=whole.edition.number),
    )
    yield passages.paragraph(say(
        "Kami, warga {rts}, {village}, dengan rahmat Tuhan Yang Maha Esa dan setelah bermusyawarah dalam rembug warga "
        "{when}, sepakat menata dan menjaga lingkungan permukiman kami dengan aturan bersama ini.",
        rts=_of_rts(whole), village=wording.village(region), when=_when(whole),
    ))
    if background := wording.text(record, "background"):
        yield passages.paragraph(say("Latar belakang"), strong=True)
        yield from passages.texts(background)
    if basis := whole.edition.legal_basis:
        yield passages.paragraph(say("Dasar pengesahan: {basis}", basis=basis))
    yield passages.paragraph(say("Yang kami sepakati"), strong=True)


def _when(whole: WholeAgreement) -> str:
    held = whole.meetings[0] if whole.meetings else None
    agreed = whole.record[Agreement.agreed]
    day = wording.text(held, "date") if held is not None else agreed.isoformat() if agreed else ""
    return say("pada hari {day}", day=wording.long_day(day))


def _aspects(whole: WholeAgreement) -> Iterator[tuple[str, str, list[Record]]]:
    """Yield the aspects in their order: the Roman number, the aspect, its clauses."""
    for place, (code, clauses) in enumerate(by_aspect(whole.parts.clauses)):
        yield _ROMAN[place], say(ASPECTS.show(code)) if code else say("Lain-lain"), clauses


def _number(clause: Record) -> str:
    return str(whole_number(clause, "clause_number") or "–")


def _clauses(whole: WholeAgreement) -> Block:
    groups = [(f"{roman}. {aspect.upper()}", [_row(each) for each in clauses])
              for roman, aspect, clauses in _aspects(whole)]
    blank = [[cell(str(place)), cell(), cell(), cell(), cell()] for place in range(1, 1 + _CLAUSES)]
    return passages.table(
        (say("NO"), say("KEGIATAN YANG DIATUR"), say("KONDISI FAKTUAL"), say("KONDISI IDEAL"), say("ATURAN BERSAMA")),
        (-10, 3, 4, 4, 6), groups or [("", blank)], row_height=0 if groups else 16,
    )


def _row(clause: Record) -> list[Cell]:
    told = ((say(question.label), clause.show(question)) for question in _KEPT_BY)
    return [
        cell(_number(clause)), *(cell(wording.text(clause, key)) for key in ("subject", "factual", "ideal")),
        cell(wording.text(clause, "rule"), [f"{label}: {said}" for label, said in told if said]),
    ]


def _signatures(whole: WholeAgreement, town: str) -> Block:
    called = say("Aturan Bersama {number} «{name}» versi {version}", number=wording.text(whole.record, "number"),
                 name=wording.text(whole.record, "name"), version=whole.edition.number)
    places = [*_named(whole)] or [*_unnamed(whole)]
    signing = [place for capacity, place in places if capacity not in _KNOWING]
    knowing = [place for capacity, place in places if capacity in _KNOWING]
    return passages.signatures(
        ((say("Yang bersepakat"), signing), (say("Mengetahui"), knowing)),
        closing=say("Demikian {agreement} ini kami buat dengan sadar dan tanpa paksaan, untuk ditaati bersama.",
                    agreement=called), told=say("Tanda tangan {agreement}", agreement=called),
        dated=say("{town}, {date}", town=town, date=wording.BLANK),
    )


def _named(whole: WholeAgreement) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield a place for everybody who is to sign, in the order of the capacities."""
    order = {code: place for place, code in enumerate(CAPACITIES.codes)}
    found = sorted(whole.parts.signatures, key=lambda each: (
        order.get(wording.text(each, "capacity"), len(order)), wording.text(each, "rt_label"), each.id))
    for each in found:
        capacity, rt = wording.text(each, "capacity"), wording.text(each, "rt_label")
        yield capacity, passages.place(_as(capacity, rt), wording.text(each, "name"))


def _unnamed(whole: WholeAgreement) -> Iterator[tuple[str, dict[str, str]]]:
    for capacity in _EXPECTED:
        for rt in (_rts(whole) or [""]) if capacity == "ketua_rt" else [""]:
            yield capacity, passages.place(_as(capacity, rt))


def _as(capacity: str, rt: str) -> str:
    """Return as what somebody signs: «mengetahui» stands above them, so it is not said again."""
    title = say(CAPACITIES.show(capacity)) if capacity else say("Penanda tangan")
    word = say("(mengetahui)")
    title = title.replace(word, "").strip()
    if not rt:
        return title
    try:
        return say("Ketua {rt}", rt=rt_words(normal_rt(rt))) if capacity == "ketua_rt" else f"{title} {rt}"
    except Unreadable:
        return f"{title} {rt}"

