"""An RT renumbered, split or merged: its records move with one reason, as ordinary edits that travel.

A household keeps its id and changes its RT. A record whose id follows from its RT (the RT itself, its survey,
recap, approval) is made anew under the new RT, and the old one goes to the trash. The old RT keeps a note of
what it is called now, which travels too: records that arrive later under the old name are found by it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.kawasan import Decree, Kawasan
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, STATUS, Answer, Form, Unreadable, new_id
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.erasure import is_public
from p2kp_desktop.schema.forms import MOVED
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.schema.review import VERIFIED, standing
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace, erasures, moves

EVERY = "*"  # all periods, in the note of what an RT is called now

_BY_RT = tuple(form for form in FORMS if form.place == "rt")


@dataclass(frozen=True)
class NotTaken:
    """An answer of a record in the old RT that was left behind, since the new RT has one of its own."""

    form: str
    period: str
    question: str
    left: str
    stays: str


@dataclass(frozen=True)
class Moved:
    """What a move did, or in a rehearsal would do. `act` is the name by which it can be taken back.

    `made` are the records made anew under the new RT, form and period; `verified` counts records whose
    verification must be repeated.
    """

    act: str
    households: int
    made: tuple[tuple[str, str], ...]
    not_taken: tuple[NotTaken, ...]
    verified: int


class _Rehearsed(Exception):
    """Takes the transaction back."""


def rename_rt(
    workspace: Workspace, region: str, old: str, new: str, *, reason: str, period: str = "", rehearse: bool = False
) -> Moved:
    """Give an RT another name, in all periods or in one; raise Trouble when there is one of that name already."""
    here, there = _label_here(old), normal_rt(new)

    def carry_out(act: "_Act") -> None:
        if any(moves.living(act.edits.connection, form, region, there, period) for form in _BY_RT):
            raise Trouble(say("RT {rt} sudah ada di kelurahan ini.", rt=there),
                          remedy=say("Gabungkan kedua RT itu, atau pilih nomor lain."), code="P02")
        act.move_all(here, there)

    return _perform(workspace, region, period, (here, there), reason, carry_out, rehearse=rehearse)


def merge_rts(
    workspace: Workspace, region: str, olds: Sequence[str], into: str, *, reason: str, period: str = "",
    rehearse: bool = False,
) -> Moved:
    """Move everything of some RTs into another; where both have a record, that of the other stays as it is."""
    sources, there = [_label_here(old) for old in olds], normal_rt(into)

    def carry_out(act: "_Act") -> None:
        for here in sources:
            act.move_all(here, there)

    names = (", ".join(sources), there)
    return _perform(workspace, region, period, names, reason, carry_out, rehearse=rehearse)


def split_rt(
    workspace: Workspace, region: str, rt: str, household_ids: Sequence[str], new: str, *, period: str, reason: str,
    rehearse: bool = False,
) -> Moved:
    """Move some households of an RT into a new one; survey, recap and approval stay with the old RT."""
    here, there = _label_here(rt), normal_rt(new)

    def carry_out(act: "_Act") -> None:
        found = {each.id: each for each in moves.living(act.edits.connection, Household, region, here, period)}
        if not household_ids or any(each not in found for each in household_ids):
            raise Trouble(say("Rumah yang dipilih tidak semuanya ada di RT {rt}.", rt=here),
                          remedy=say("Pilih rumahnya lagi dari daftar RT itu."), code="P04")
        act.move_households([found[each] for each in household_ids], there)
        act.rename_in_kawasan(here, there, keeps_old=True)

    return _perform(workspace, region, period, (here, there), reason, carry_out, rehearse=rehearse)


def _label_here(text: str) -> str:
    """Return the label of an RT that is here already; one that only older releases took for a label stays as it is."""
    try:
        return normal_rt(text)
    except Unreadable:
        return text


def _perform(
    workspace: Workspace, region: str, period: str, names: tuple[str, str], reason: str,
    carry_out: "Callable[[_Act], None]", *, rehearse: bool,
) -> Moved:
    """Carry a move out in one transaction, after a backup; in a rehearsal take it back."""
    here, there = names
    if there in here.split(", "):
        raise Trouble(say("RT lama dan RT baru sama."), remedy=say("Pilih RT yang lain."), code="P01")
    if not reason.strip() and not rehearse:
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan misalnya nomor surat keputusannya."), code="P03")
    if not rehearse:
        backups.if_changed(workspace)
    mark = new_id()[-12:]
    told: Moved | None = None
    try:
        with editing(workspace, Deed.RULE) as edits:
            act = _Act(edits, region, period, f"RT {here} → {there} · {mark}", reason.strip())
            carry_out(act)
            told = act.result("" if rehearse else mark)
            if rehearse:
                raise _Rehearsed
    except _Rehearsed:
        pass
    if told is None:
        raise AssertionError("a move that was carried out says what it did")
    return told


@dataclass
class _Act:
    """The saves of one move."""

    edits: Edits
    region: str
    period: str
    origin: str
    reason: str
    households: int = 0
    verified: int = 0
    made: list[tuple[str, str]] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)

    def result(self, mark: str) -> Moved:
        """Return the outcome of the move, or raise Trouble when nothing was there to move."""
        if not (self.households or self.made or self.not_taken):
            raise Trouble(say("Tidak ada data di RT itu."), remedy=say("Periksa nomor RT dan periodenya."), code="P05")
        return Moved(mark, self.households, tuple(self.made), tuple(self.not_taken), self.verified)

    def move_all(self, here: str, there: str) -> None:
        """Move everything of an RT, and note on it what it is called now."""
        for form in _BY_RT:
            found = moves.living(self.edits.connection, form, self.region, here, self.period)
            if form.natural and form is not Rt:
                for version in found:
                    self._make_anew(form, version, there)
                    self.save(form, version, {ALIVE: 0})
            elif form is not Rt:
                self.move_households(found, there)
        is_left = bool(self.period) and any(
            moves.living(self.edits.connection, form, self.region, here) for form in _BY_RT
            if form is not Rt and self._others(form, here)
        )
        self._rename_rt(here, there, stays=is_left)
        self.rename_in_kawasan(here, there, keeps_old=is_left)
        keyed_drafts.move_rt(self.edits.connection, self.region, here, there, self.period)

    def _others(self, form: type[Form], here: str) -> bool:
        """Say whether an RT has records of other periods, which stay under its old name."""
        found = moves.living(self.edits.connection, form, self.region, here)
        return any(version.values().get("period") != self.period for version in found)

    def _rename_rt(self, here: str, there: str, *, stays: bool) -> None:
        """Make the RT anew under its new name, and leave with the old one a note of it."""
        note: dict[str, Answer] = {f"{MOVED}{self.period or EVERY}": there, ALIVE: int(stays)}
        address: dict[str, Answer] = {"region": self.region, "rt": here}
        old = self.edits.version(Rt.key, str(Rt.natural_id(address)))
        if old.values().get(ALIVE):
            self._make_anew(Rt, old, there)
        new = self.edits.version(Rt.key, str(Rt.natural_id({**address, "rt": there})))
        if cleared := {key: None for key, value in new.values().items() if key.startswith(MOVED) and value is not None}:
            self.save(Rt, new, {**cleared, ALIVE: new.values().get(ALIVE)})
        if not old.vector:
            note |= {**address, ALIVE: 0}
        self.save(Rt, old, note)

    def move_households(self, found: Sequence[Version], there: str) -> None:
        """Give records that keep their id another RT."""
        for version in found:
            self._must_agree(version, ("region", "rt", ALIVE))
            self.verified += standing(version) == VERIFIED
            self.households += version.form == Household.key
            self.edits.save(version.form, version.id, {"rt": there}, origin=self.origin, reason=self.reason)
        keyed_drafts.move_records(self.edits.connection, [version.id for version in found], there)

    def save(self, form: type[Form], version: Version, changes: Mapping[str, Answer]) -> None:
        """Save a change of this move."""
        self.edits.save(form.key, version.id, changes, origin=self.origin, reason=self.reason)

    def _make_anew(self, form: type[Form], old: Version, there: str) -> None:
        """Make a record under the new RT with the answers of the old one, or say what the one there leaves out."""
        self._must_agree(old, tuple(old.answers))
        self.verified += standing(old) == VERIFIED
        carried = _carried(form, old, there)
        target = self.edits.version(form.key, str(form.natural_id(carried)))
        held = target.values()
        if held.get(ALIVE):
            self.not_taken += _left_behind(form, carried, held)
        else:
            gone = {key: None for key, value in held.items() if value is not None and _is_content(key)}
            self.save(form, target, {**gone, **carried, ALIVE: 1})
            self.made.append((form.key, str(carried.get("period") or "")))
        for child_form in FORMS:
            for child in erasures.children(self.edits.connection, child_form.key, old.id):
                alive = self.edits.version(child.form, child.id).values().get(ALIVE)
                self.save(child_form, child, {"parent": target.id, ALIVE: alive})

    def _must_agree(self, version: Version, keys: Sequence[str]) -> None:
        if version.conflicts().keys() & set(keys):
            subject = record_names.subject(version.form, version.id, version.values())
            raise Trouble(say("Ada konflik terbuka: {record}.", record=subject.words),
                          remedy=say("Putuskan dahulu konfliknya, lalu pindahkan lagi."), code="P06")

    def rename_in_kawasan(self, here: str, there: str, *, keeps_old: bool) -> None:
        """Write the new name into the slum areas, and later decrees on them, that list the RT."""
        listing = [(form, each) for form in (Kawasan, Decree) for each in moves.all_living(self.edits.connection, form)]
        for form, version in listing:
            current = self.edits.version(form.key, version.id)
            values = current.values()
            before = str(values.get(form.rts.key) or "")
            labels: list[str] = []
            for label in before.split(","):
                place, _, rt = label.rpartition(":")
                if (place or values.get("region")) == self.region and rt == here:
                    renamed = f"{place}:{there}" if place else there
                    labels += [label, renamed] if keeps_old else [renamed]
                else:
                    labels.append(label)
            after = ",".join(dict.fromkeys(labels))
            if after != before:
                self._must_agree(current, (form.rts.key,))
                self.save(form, current, {form.rts.key: after})


def _is_content(key: str) -> bool:
    return key not in (ALIVE, STATUS) and not is_public(key)


def _carried(form: type[Form], old: Version, there: str) -> dict[str, Answer]:
    """Return the answers with which a record begins under the new RT; what the RT's name says follows the new one."""
    values = {key: value for key, value in old.values().items() if value is not None and _is_content(key)}
    told_before, told_now = form.complete({"rt": values["rt"]}), form.complete({"rt": there})
    return {**{key: value for key, value in values.items() if key not in told_before}, **told_now, "rt": there}


def _left_behind(form: type[Form], carried: Mapping[str, Answer], held: Mapping[str, Answer]) -> list[NotTaken]:
    address = {"region", "rt", "period", *form.complete({"rt": carried["rt"]})}
    return [
        NotTaken(form.key, str(carried.get("period") or ""), record_names.asked(form.key, key)[1],
                 record_names.shown(form.key, key, value), record_names.shown(form.key, key, held.get(key)))
        for key, value in carried.items() if key not in address and held.get(key) != value
    ]
