"""«Catatan kejadian»: who opened, took out, printed, sent, erased or changed what, and when; no row goes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.common import events as kept
from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.actions.recording.record_names import form_of
from p2kp_desktop.forms import BY_KEY
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.table import Column, Kind, Mark, Table
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.audit import FROM, TO, Noted

from .marks import joined
from .registry import KEPT, Group, reports_of

report = reports_of(Group.UPKEEP)

_FIGURES = 12  # of a hash, enough to compare with the cover of a bundle


@dataclass(frozen=True)
class EventLine:
    """What somebody did, and whether a later row says that it did not happen after all."""

    noted: Noted
    undone: bool

    def said(self, key: str) -> str:
        """Return one side of it as text; "" where nothing is."""
        value = self.noted.what.get(key)
        return "" if value is None else str(value)

    def figure(self, key: str) -> int | None:
        """Return a number told of it; None where none is."""
        value = self.noted.what.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


def _lines(workspace: Workspace) -> list[EventLine]:
    found = kept.all_of_them(workspace)
    undone = {each.what.get("of") for each in found if each.act == kept.FAILED}
    return [EventLine(each, each.number in undone) for each in found]


@report(lambda workspace, _asked: _lines(workspace))
def audit(lines: Sequence[EventLine] = ()) -> Table[EventLine]:
    """Return the events: what people did here with what the workspace holds, the latest first."""
    return Table(
        "audit", say("Catatan kejadian"), (
            Column("number", say("Nomor"), Kind.WHOLE, lambda each: each.noted.number, sample="10.000",
                   by=lambda each: -each.noted.number),
            Column("time", say("Waktu"), Kind.MOMENT, lambda each: each.noted.time, sample="24 September 2026, 14.00"),
            Column("person", say("Oleh"), Kind.TEXT, lambda each: each.noted.person, sample="Muhammad Sukarman"),
            Column("act", say("Kejadian"), Kind.NAME, lambda each: Mark(each.noted.act, kept.words(each.noted.act)),
                   sample="n" * 22),
            Column("state", say("Keadaan"), Kind.TEXT, _state, below="act", quiet=True),
            Column("what", say("Tentang"), Kind.TEXT, _what, sample="n" * 40, stretches=True, wraps=True),
            Column("names", say("Nama"), Kind.TEXT, _names, is_aside=True),
            *_aside(),
        ),
        lines, empty=say("Belum ada kejadian yang dicatat."), known_by=lambda each: each.noted.number,
        every_period=True,
    )


def _aside() -> tuple[Column[EventLine], ...]:
    """Return the columns that differ from act to act, side by side."""
    def text(key: str, title: str) -> Column[EventLine]:
        return Column(key, title, Kind.TEXT, lambda each: each.said(key) or None, is_aside=True)

    def whole(key: str, title: str) -> Column[EventLine]:
        return Column(key, title, Kind.WHOLE, lambda each: each.figure(key), is_aside=True)

    return (
        text("list", say("Daftar")), text("region", say("Wilayah")), text("rt", say("RT")),
        whole("lines", say("Baris")), whole("records", say("Catatan")), whole("pages", say("Lembar")),
        text("kind", say("Jenis")), text("file", say("Berkas")), text("reason", say("Alasan")),
        Column("hash", say("Sidik"), Kind.IDENTITY, lambda each: each.noted.hash,
               shown=lambda each: f"{each.noted.hash[:_FIGURES]}…", is_aside=True),
    )


def _state(each: EventLine) -> Mark | None:
    return Mark("not_done", say("tidak jadi")) if each.undone else None


def _names(each: EventLine) -> Mark | None:
    return Mark("names", say("dengan nama")) if each.noted.what.get("names") else None


def _what(each: EventLine) -> str | None:
    """Return in words what an act was about: which list, where, how much, why."""
    told = (shown(each) for shown in _TOLD)
    return joined([part for part in told if part]) or None


def _counted(key: str, words: Callable[[str], str]) -> Callable[[EventLine], str]:
    def shown(each: EventLine) -> str:
        number = each.figure(key)
        return "" if number is None else words(written.number(number))

    return shown


def _list(each: EventLine) -> str:
    """Return the title of what was taken out, as far as this release knows it."""
    title, name = each.said("title"), each.said("list") or each.said("form")
    if title or not name:
        return title
    if name in BY_KEY:
        return say(form_of(name).title)
    return next((one.put(()).title for one in KEPT if one.name == name), name)


def _place(each: EventLine) -> str:
    regions = " ".join(each.said("region").split()).split(" ")
    named = [region_name(code) or code for code in regions if code]
    return ", ".join(filter(None, (rt_words(each.said("rt")) if each.said("rt") else "", *named)))


def _kind(each: EventLine) -> str:
    kind = each.said("kind")
    words: Mapping[str, str] = {
        "-": say("ke layar"), "handed over": say("diganti"), "retired": say("diistirahatkan"),
        "revived": say("diaktifkan lagi"), "words": say("kata pemulihan diganti"), "added": say("ditambahkan"),
        "taken_off": say("dinonaktifkan"), "put_back": say("diaktifkan lagi"),
        "role": say("perannya diubah"), "pin": say("PIN diganti"),
        "reset": say("diganti petugas kantor"), "root": say("menjadi induk"), "approved": say("disetujui"),
        "refused": say("ditolak"), "taken": say("jawaban diterima"), "revoked": say("dicabut"),
        "confirmed": say("kunci dipastikan"),
    }
    return words.get(kind, kind)


def _gap(each: EventLine) -> str:
    first, last = each.figure(FROM), each.figure(TO)
    if first is None or last is None:
        return ""
    return say("tidak ada di berkas ini: nomor {first} sampai {last}", first=written.number(first),
               last=written.number(last))


def _taken_back(each: EventLine) -> str:
    number = each.figure("of")
    if each.noted.act != kept.FAILED:
        return ""
    act = kept.words(each.said("act_of")) if each.said("act_of") else ""
    return joined([act, say("nomor {number}", number=number) if number else ""])


def _to(each: EventLine) -> str:
    to = each.said("to")
    return say("untuk {who}", who=role_words(to) if each.noted.act == kept.SENT else to) if to else ""


def _sender(each: EventLine) -> str:
    return say("dari {who}", who=each.said("sender")) if each.said("sender") else ""


def _by(each: EventLine) -> str:
    return say("oleh {who}", who=each.said("by")) if each.said("by") else ""


def _reason(each: EventLine) -> str:
    return say("alasan: {reason}", reason=each.said("reason")) if each.said("reason") else ""


_TOLD: tuple[Callable[[EventLine], str], ...] = (
    _taken_back, _list, lambda each: each.said("how"), lambda each: each.said("who"), _by, _place, _sender, _to,
    _counted("lines", lambda number: say("{number} baris", number=number)),
    _counted("records", lambda number: say("{number} catatan", number=number)),
    _counted("pages", lambda number: say("{number} lembar", number=number)),
    _counted("count", lambda number: say("{number} kejadian", number=number)),
    lambda each: say("dengan nama") if _names(each) else "",
    _kind, lambda each: each.said("file"), _gap, _reason,
)
