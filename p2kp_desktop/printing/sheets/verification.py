"""Verification sheets: a sample of houses with what can be seen there, to be compared with what was recorded."""

import hashlib
from collections.abc import Sequence

from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import STATUS, Choice, Record
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.printed_code import short_code
from p2kp_desktop.schema.review import READY
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace, views

from . import lists
from .asked_records import check_place, veiled
from .lists import BOX, Block
from .missing import listing_order

# What a visitor sees or is shown at the house, and a score depends on.
SEEN_THERE: tuple[Choice, ...] = (
    Household.road_access, Household.on_setback, Household.roof, Household.wall, Household.floor,
    Household.water_source, Household.pit_distance, Household.defecation, Household.closet, Household.faeces,
    Household.waste_disposal,
)
_SHARE, _LEAST, _MOST = 10, 3, 20  # one house in ten, at least so many, at most so many


@printable("verification", lambda: say("Lembar verifikasi lapangan"), Needs.RT)
def verification(workspace: Workspace, asked: Asked) -> Document:
    """Return the houses to visit: those asked for, else a sample of an RT, of the records handed in where there are."""
    scope = saving.understood(workspace, asked.scope)
    with workspace.asking() as connection:
        where = views.Where(area=scope.area, rt=scope.rt, period=scope.period)
        found = list(views.found(connection, Household, where))
    chosen = [each for each in found if each.id in asked.records] if asked.records else sample(found, asked.count)
    if not chosen:
        raise Trouble(say("Tidak ada rumah tangga tercatat di sini. Belum ada yang dicetak."), remedy=check_place(),
                      code="N23")
    place = [rt_words(scope.rt) if scope.rt else "", region_name(scope.area),
             say("Periode {period}", period=scope.period)]
    how = lists.words(say("{count} dari {all} rumah, diambil acak. Datangi rumahnya, lihat sendiri, lalu beri tanda ☒ "
                          "pada «Sesuai», atau tulis keadaan yang sebenarnya.", count=len(chosen), all=len(found)))
    blocks = [how, *(_house(each, asked, scope) for each in listing_order(chosen))]
    return lists.sheet("verification", say("Lembar verifikasi lapangan"), [" · ".join(filter(None, place))], blocks,
                       source=saving.source_of(workspace, scope), signed=[say("Petugas verifikasi"), say("Ketua RT")])


def sample(houses: Sequence[Record], count: int) -> list[Record]:
    """Return so many houses by lot, one in ten unless said: the same lot as long as they are the same houses.

    Those handed in and not verified yet are drawn from first.
    """
    number = count if count > 1 else min(_MOST, max(_LEAST, len(houses) // _SHARE))
    lot = sorted(houses, key=lambda each: (
        each.answers.get(STATUS) != READY, hashlib.sha256(each.id.encode()).hexdigest()))
    return lot[:number]


def _house(house: Record, asked: Asked, scope: Scope) -> Block:
    name = str(house.answers.get(Household.head_name.key) or "")
    called = name if asked.names else veiled(Household.head_name, name)
    rt = "" if scope.rt else rt_words(str(house.answers.get("rt") or ""))
    rows = []
    for question in SEEN_THERE:
        if question.key in house.asked_answers():
            answer = house.understood(question)
            said = say("(belum diisi)") if answer is None else (
                f"{question.options.letter(str(answer))} · {say(question.show(answer))}")
            rows.append([question.number or "", say(question.label), said, BOX, ""])
    return {
        "kind": "house", "title": " · ".join(filter(None, [rt, house[Household.building] or "", called])),
        "note": short_code(house.id), "rows": rows, "widths": [3, 26, 20, 5, 18],
        "heads": [say("No."), say("Yang dilihat"), say("Tercatat"), say("Sesuai"), say("Yang sebenarnya")],
    }
