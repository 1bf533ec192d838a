"""The households of an area as people look for them: who, where, fit or not, how the record stands."""

from collections.abc import Callable, Mapping, Sequence

from p2kp_desktop import environment
from p2kp_desktop.actions.recording.record_names import masked
from p2kp_desktop.actions.tables import household_pages
from p2kp_desktop.actions.tables.household_pages import CHANGED, COMPLETE, CONFLICT, DRAFT, HouseholdLine, Wanted
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.rules.indicators import BY_KEY
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table, standing
from p2kp_desktop.store import Workspace

from .long import Fetched, LongTable
from .marks import FIT, UNFIT, asked, verdict
from .registry import Group, reports_of

report = reports_of(Group.RECORDS)


def _found(workspace: Workspace, asked_for: Scope) -> Sequence[HouseholdLine]:
    found = household_pages.roll(workspace, Wanted(asked_for.area, asked_for.period, asked_for.rt))
    return Fetched(workspace, found.ids, household_pages.page)


@report(_found)
def houses(lines: Sequence[HouseholdLine] = (), *, full: bool = False) -> Table[HouseholdLine]:
    """Return households: drafts that were only begun, too."""
    return Table(
        "houses", say("Daftar rumah"), (
            Column("check", "", Kind.CHECK, lambda _line: None),
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.region, is_aside=True),
            Column("rt", say("RT"), Kind.IDENTITY, lambda line: line.rt, sample="000/000"),
            Column("building", say("Nomor"), Kind.IDENTITY, lambda line: line.building,
                   shown=lambda line: line.building or "–", sample="0000"),
            Column("name", say("Kepala rumah tangga"), Kind.NAME, lambda line: line.name, sample="Muhammad Sukarman",
                   shown=lambda line: line.name or say("(tanpa nama)"), stretches=True, is_private=True),
            Column("nik", say("NIK"), Kind.IDENTITY, lambda line: line.nik if full else masked(line.nik), gives_way=2,
                   shown=lambda line: (line.nik if full else masked(line.nik)) or say("tanpa NIK"),
                   sample="1671••••••••0012", is_private=True),
            Column("kk", say("KK"), Kind.WHOLE, lambda line: line.kk, sample="00", gives_way=3),
            Column("members", say("Jiwa"), Kind.WHOLE, lambda line: line.members, sample="00", gives_way=4),
            Column("house", say("Hunian"), Kind.VERDICT, _house, sample=say("Sempit"), is_fixed=True),
            Column("water", say("Air minum"), Kind.VERDICT, _water, sample=say("Isi ulang"), is_fixed=True),
            Column("latrine", say("Sanitasi"), Kind.VERDICT, _sanitation, sample=say("Akses saja"), gives_way=6,
                   is_fixed=True),
            *(Column(key, BY_KEY[key].named, Kind.VERDICT, judged, is_aside=True) for key, judged in _RULES.items()),
            Column("standing", say("Status"), Kind.STATUS, lambda line: standing(line.chip, _remark(line)),
                   marks=_widest()),
            Column("comments", say("Catatan pemeriksa"), Kind.VERDICT, lambda line: asked(line.comments), sample="00",
                   gives_way=5, is_fixed=True, quiet=True),
            Column("saved", say("Diperbarui"), Kind.MOMENT, lambda line: line.saved or None, gives_way=1,
                   shown=lambda line: written.short_moment(line.saved, year=environment.this_year()),
                   sample="30 Sep, 00.00"),
        ),
        lines, empty=say("Belum ada rumah terdata."), known_by=lambda line: line.id, explains=by_rule,
        record=lambda line: (Household.key, line.id),
    )


LONG: LongTable[str, HouseholdLine] = LongTable(houses, household_pages.page)


def _widest() -> tuple[Mark, ...]:
    return (
        standing("complete", say("belum terkirim")), standing("returned"),
        standing("changed", say("sesudah diverifikasi")), standing("incomplete"), standing("problem"),
        standing("conflict", say("pertanyaan {number}", number="12")),
        standing("draft", say("sampai {number}", number="12")),
    )


def _house(line: HouseholdLine) -> Mark:
    """Return layak only where roof, wall and floor are sound and there is room for all."""
    if line.house and line.roomy is False:
        return Mark(UNFIT, say("Sempit"))
    return verdict(line.roomy if line.house else line.house)


def _water(line: HouseholdLine) -> Mark:
    """Return aman only where the water is safe and enough all year, and what is there where it is not."""
    if line.refill:
        return Mark(UNFIT, say("Isi ulang"))
    if line.water and line.enough_water is False:
        return Mark(UNFIT, say("Kurang"))
    if line.water and line.enough_water:
        return Mark(FIT, say("Aman"))
    return verdict(None if line.water else line.water)


def _sanitation(line: HouseholdLine) -> Mark:
    """Return layak only where there is a latrine that is technically fit, and what is there where it is not."""
    if line.latrine and line.fit_latrine is False:
        return Mark(UNFIT, say("Akses saja"))
    return verdict(line.fit_latrine if line.latrine else line.latrine)


# The same by each rule, for files: what the columns in sight say is the strictest of them
_RULES: Mapping[str, Callable[[HouseholdLine], Mark]] = {
    "house_sound": lambda line: verdict(line.house), "house_roomy": lambda line: verdict(line.roomy),
    "water_safe": lambda line: verdict(line.water), "water_enough": lambda line: verdict(line.enough_water),
    "water_bps": lambda line: verdict(line.improved_water), "toilet": lambda line: verdict(line.latrine),
    "sanitation_technical": lambda line: verdict(line.fit_latrine),
    "sanitation_bps": lambda line: verdict(line.improved_sanitation),
    "decent_housing": lambda line: verdict(line.decent),
}


def by_rule(line: HouseholdLine) -> str:
    """Return how a household stands by each rule: Akses air minum aman (3a): layak; and so on."""
    return "; ".join(f"{BY_KEY[key].named}: {judged(line).word.lower()}" for key, judged in _RULES.items())


def _remark(line: HouseholdLine) -> str:
    if line.standing == DRAFT:
        return say("sampai {number}", number=line.until) if line.until else ""
    if line.standing == CONFLICT:
        return say("pertanyaan {number}", number=line.until) if line.until and len(line.until) < 10 else ""
    if line.standing == CHANGED:
        return say("sesudah diverifikasi")
    if line.standing == COMPLETE and line.sent is not None:
        return say("terkirim") if line.sent else say("belum terkirim")
    return ""
