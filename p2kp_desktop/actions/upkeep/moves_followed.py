"""After an RT was moved: taking the move back, and moving what arrived later under the old name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Answer
from p2kp_desktop.schema.causality import Dot, Version
from p2kp_desktop.schema.forms import MOVED
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, moves, node

from . import rt_moves
from .rt_moves import EVERY, Moved

_BY_RT = tuple(form for form in FORMS if form.place == "rt" and form is not Rt)


def take_back(workspace: Workspace, act: str, *, reason: str) -> int:
    """Undo a move by the reverse edits; return how many records. Raises Trouble, listing what changed since."""
    if not reason.strip():
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan mengapa dibatalkan."), code="P03")
    with editing(workspace, Deed.RULE) as edits:
        rows = moves.of_act(edits.connection, node.own_nodes(edits.connection), f" · {act}")
        touched = _by_record(rows)
        reversals = {key: _reversal(edits.version(*key), saves) for key, saves in touched.items()}
        hindered = [_words(edits.version(*key)) for key, changes in reversals.items() if changes is None]
        if hindered or not rows:
            raise Trouble(
                say("Pemindahan ini tidak dapat dibatalkan; berubah sesudahnya: {records}.",
                    records=", ".join(hindered) or say("tidak ditemukan")),
                remedy=say("Pindahkan lagi dengan pemindahan baru."), code="P07",
            )
        origin = say("pembatalan {act}", act=rows[0].origin.removesuffix(f" · {act}"))
        made_last = sorted(reversals.items(), key=lambda each: _is_made(touched[each[0]]))
        for (form, record), changes in made_last:
            edits.save(form, record, changes or {}, origin=origin, reason=reason.strip())
            if changes and "rt" in changes:
                keyed_drafts.move_records(edits.connection, [record], str(changes["rt"]))
    return len(touched)


def _by_record(rows: list[HistoryRow]) -> dict[tuple[str, str], list[HistoryRow]]:
    found: dict[tuple[str, str], list[HistoryRow]] = {}
    for row in rows:
        found.setdefault((row.form, row.record), []).append(row)
    return found


def _is_made(saves: list[HistoryRow]) -> bool:
    return not saves[0].answers


def _reversal(now: Version, saves: list[HistoryRow]) -> dict[str, Answer] | None:
    """Return the answers that undo these saves of a record; None where somebody changed them since."""
    if _is_made(saves):
        later = any(s.save.dot not in {row.save.dot for row in saves} for key, siblings in now.answers.items()
                    if key != ALIVE for s in siblings)
        return None if later else {ALIVE: 0, **{key: None for key in now.answers if key.startswith(MOVED)}}
    before: dict[str, Answer] = {}
    last: dict[str, Dot] = {}
    for row in saves:
        for key, change in row.answers.items():
            if change.withheld or change.lost or isinstance(change.before, list):
                return None
            before.setdefault(key, change.before)
            last[key] = row.save.dot
    kept = all({s.save.dot for s in now.answers.get(key, ())} == {dot} for key, dot in last.items() if key != ALIVE)
    return before if kept else None


def _words(version: Version) -> str:
    return record_names.subject(version.form, version.id, version.values()).words


@dataclass(frozen=True)
class Late:
    """Records that stand under the old name of an RT: where, what it is called now, how many of each form.

    `period` is "" where the RT was renamed in all periods.
    """

    region: str
    old: str
    new: str
    period: str
    households: int
    others: int


def late(workspace: Workspace) -> list[Late]:
    """Return the RTs under whose old name records came afterwards, for instance from another laptop."""
    with workspace.asking() as connection:
        renamed = {(str(v.values()["region"]), str(v.values()["rt"])): _notes(v) for v in moves.renamed(connection)}
        found = []
        for (region, old), notes in renamed.items():
            for period in notes:
                counts = _counts(connection, region, old, period)
                new = _called_now(renamed, region, old, period)
                if any(counts) and new != old:
                    found.append(Late(region, old, new, period, *counts))
    return sorted(found, key=lambda each: (each.region, each.old, each.period))


def _notes(rt: Version) -> dict[str, str]:
    """Return the name that an RT has now, by period; "" for all periods."""
    named = {key.removeprefix(MOVED): value for key, value in rt.values().items() if key.startswith(MOVED)}
    return {"" if period == EVERY else period: str(new) for period, new in named.items() if new}


def _called_now(renamed: Mapping[tuple[str, str], Mapping[str, str]], region: str, old: str, period: str) -> str:
    """Follow the names of an RT to its last one."""
    name, passed = old, {old}
    for name in _names(renamed, region, old, period):
        if name in passed:
            break
        passed.add(name)
    return name


def _names(
    renamed: Mapping[tuple[str, str], Mapping[str, str]], region: str, old: str, period: str
) -> Iterator[str]:
    name: str | None = old
    while name is not None:
        notes = renamed.get((region, name), {})
        name = notes.get(period) or notes.get("")
        if name is not None:
            yield name


def _counts(connection: Connection, region: str, rt: str, period: str) -> tuple[int, int]:
    counts = {form: len(moves.living(connection, form, region, rt, period)) for form in _BY_RT}
    return counts.pop(Household), sum(counts.values())


def move_late(workspace: Workspace, found: Late, *, reason: str, rehearse: bool = False) -> Moved:
    """Move what came under the old name to where the RT is now; raise Trouble."""
    return rt_moves.merge_rts(
        workspace, found.region, [found.old], found.new, period=found.period, reason=reason, rehearse=rehearse
    )


def keep_old(workspace: Workspace, found: Late, *, reason: str) -> None:
    """Say that the RT under the old name is one of its own again; nothing is offered for it any more."""
    if not reason.strip():
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan mengapa RT ini tetap ada."), code="P03")
    with editing(workspace, Deed.RULE) as edits:
        old = _old_rt(edits, found)
        changes: dict[str, Answer] = {f"{MOVED}{found.period or EVERY}": None, ALIVE: old.values().get(ALIVE)}
        edits.save(Rt.key, old.id, changes, origin=say("RT lama tetap ada"), reason=reason.strip())


def _old_rt(edits: Edits, found: Late) -> Version:
    return edits.version(Rt.key, str(Rt.natural_id({"region": found.region, "rt": found.old})))
