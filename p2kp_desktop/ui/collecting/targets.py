"""On what an act is carried out: the rows selected, the one in focus, or the whole RT or kelurahan shown."""

from dataclasses import dataclass

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import bulk, recording
from p2kp_desktop.actions.recording.binder import Sheet
from p2kp_desktop.actions.review.review_acts import ReviewTarget
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region, region_name, rt_words
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.place import Scope

from .acts import named
from .area_page import HOUSEHOLDS, KAWASAN, PERIODS, PLACES, QUEUE, AreaPage
from .household_list import HouseholdList
from .rt_page import RtPage

Found = tuple[ReviewTarget, str] | None


def chosen(area: AreaPage, rt: RtPage, scope: Scope) -> Found:
    """Return the records or place selected or in focus in the list in use, and what to call it; None for nothing."""
    if scope.rt is not None:
        return _households(rt.households) if rt.shows_households else None
    if area.tab == HOUSEHOLDS:
        return _households(area.households)
    if area.tab == QUEUE:
        lines = area.queue.chosen()
        ids = tuple(line.id for line in lines)
        return (ReviewTarget(ids), named(ids, lines[0].name or lines[0].title)) if ids else None
    return _place_in_focus(area, scope) if area.tab == PLACES else None


def lists_records(area: AreaPage, rt: RtPage, scope: Scope) -> bool:
    """Say whether the list in use is of records or places that are reviewed."""
    return rt.shows_households if scope.rt is not None else area.tab in (QUEUE, PLACES, HOUSEHOLDS)


def lists_removable(area: AreaPage, households: HouseholdList | None) -> bool:
    """Say whether the list in use is of what can be put away."""
    return households is not None or (area.isVisible() and area.tab in (KAWASAN, PERIODS))


def why_kept(area: AreaPage) -> str:
    """Say why nothing of the list of RTs is put away, "" where another list is in use."""
    line = area.rts.current() if area.isVisible() and area.tab == PLACES and area.is_village else None
    if line is None:
        return ""
    if line.households:
        return say("{rt} tidak dibuang: {count} rumah ada di dalamnya.", rt=rt_words(line.rt), count=line.households)
    return say("{rt} bukan satu catatan: isinya dibuang satu per satu di Semua data (Ctrl Shift D).",
               rt=rt_words(line.rt))


def _households(shown: HouseholdList) -> Found:
    ids = shown.chosen_ids()
    current = shown.current()
    name = (current.name or say("(tanpa nama)")) if current and ids == (current.id,) else ""
    return (ReviewTarget(ids), named(ids, name)) if ids else None


def _place_in_focus(area: AreaPage, scope: Scope) -> Found:
    if area.is_village:
        rt = area.rts.current()
        return (ReviewTarget((), rt.region, rt.rt, scope.period), rt_words(rt.rt)) if rt else None
    village = area.villages.current()
    return (ReviewTarget((), village.region, None, scope.period), village.name) if village else None


def whole(scope: Scope) -> Found:
    """Return the RT or kelurahan that is shown, with all its records; None for a wider area."""
    if scope.rt is not None:
        return ReviewTarget((), scope.area, scope.rt, scope.period), rt_words(scope.rt)
    if scope.area and region(scope.area).is_village:
        return ReviewTarget((), scope.area, None, scope.period), region_name(scope.area)
    return None


@dataclass(frozen=True)
class Doomed:
    """What Del was pressed on: a record, a draft that was never saved, or all the households selected."""

    form: str
    records: tuple[str, ...]
    name: str
    saved: bool

    @property
    def question(self) -> str:
        """Return the question that is asked before a record or draft is put away."""
        if self.saved:
            return say("Pindahkan **{name}** ke tempat sampah? Jawabannya tetap disimpan.", name=self.name)
        return say("Buang draf **{name}**? Draf ini belum pernah disimpan.", name=self.name)


def put_away(workspace: Workspace, doomed: Doomed, reason: str) -> str:
    """Put records into the trash, their drafts with them; return what to say of several."""
    form = form_named(doomed.form)
    if len(doomed.records) > 1:
        return bulk.gone_words(bulk.put_away(workspace, form, doomed.records, reason=reason))
    (record,) = doomed.records
    if doomed.saved:
        recording.delete(workspace, form, record, reason=reason)
    keyed_drafts.drop(workspace, record)
    return ""


def doomed(area: AreaPage, households: HouseholdList | None) -> Doomed | None:
    """Return the records or the draft selected, or in focus, that can be put away."""
    if households is not None:
        line, ids = households.current(), households.chosen_ids()
        if line is None or ids != (line.id,):
            return Doomed(Household.key, ids, named(ids, ""), saved=True) if ids else None
        name = line.name or say("(tanpa nama)")
        return Doomed(Household.key, ids, name, bool(line.saved) and not line.begun)
    if area.tab in (KAWASAN, PERIODS) and area.isVisible():
        sheet: Sheet | None = area.list_in_use().current()
        return Doomed(sheet.form, (sheet.record,), sheet.name, saved=True) if sheet else None
    return None
