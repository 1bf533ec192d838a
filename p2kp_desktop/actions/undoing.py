"""Batalkan impor ini: taking an import back as one act, or saying what stands in the way."""

import json

from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Connection, Workspace, facts, history, records, summaries, transfers, undoing
from p2kp_desktop.store.transfers import Transfer


def obstacles(workspace: Workspace, transfer: str) -> list[str]:
    """Return in words what keeps an import from being taken back; empty when nothing does."""
    with workspace.asking() as connection:
        return _obstacles(connection, transfer)


def undo(workspace: Workspace, transfer: str, *, reason: str = "") -> int:
    """Restore the state before an import, records, siblings, history and knowledge; return how many records.

    No edit is written; the log says so. Receiving the file again brings everything back. Raises Trouble, with
    the list of what stands in the way, and then nothing has changed.
    """
    with workspace.changing() as connection:
        if hindered := _obstacles(connection, transfer):
            raise Trouble(
                "Impor ini tidak dapat dibatalkan: " + " ".join(hindered),
                remedy="Perbaiki datanya dengan suntingan biasa, atau pulihkan cadangan.", code="T50",
            )
        line = _line(connection, transfer)
        before, _, came = undoing.touched(connection, transfer)
        stale = _places_now(connection, [record for form, record in before if form == Household.key])
        for form in {form for form, _ in before}:
            gone = [record for (its, record), version in before.items() if its == form and version is None]
            records.remove(connection, form, gone)
        records.write(connection, [version for version in before.values() if version])
        history.forget(connection, came)
        facts.know_again(connection, _vectors(line.result.get("known_before")))
        undoing.drop(connection, [transfer])
        transfers.amend(connection, transfer, dict(line.result) | {"undone": reason or "dibatalkan"})
        summaries.forget(connection, stale | _places_now(connection, [r for f, r in before if f == Household.key]))
        summaries.refresh(connection)
    return len(before)


def _line(connection: Connection, transfer: str) -> Transfer:
    found = [line for line in transfers.log(connection) if line.id == transfer]
    if not found:
        raise Trouble("Impor ini tidak ada di catatan.", remedy="Periksa catatan kirim dan terima.", code="T51")
    return found[0]


def _obstacles(connection: Connection, transfer: str) -> list[str]:
    line = _line(connection, transfer)
    if line.direction != "in" or "undone" in line.result:
        return ["bukan impor, atau sudah dibatalkan."]
    before, after, _ = undoing.touched(connection, transfer)
    if not before:
        return ["tidak ada perubahan, atau sudah terlalu lama."]
    found = []
    for form in sorted({form for form, _ in before}):
        ids = [record for its, record in before if its == form]
        now = records.seals(connection, form, ids)
        changed = sum(now.get(record, "") != after[form, record] for record in ids)
        if changed:
            found.append(f"{changed} catatan {form} sudah berubah sesudahnya.")
    if any(other.direction == "out" and other.id > transfer for other in transfers.log(connection)):
        found.append("bundel yang memuatnya sudah dikirim.")
    return found


def _places_now(connection: Connection, households: list[str]) -> set[summaries.Place]:
    found = set()
    for version in records.read(connection, Household.key, households).values():
        values = version.values()
        found.add((str(values.get("region")), str(values.get("rt")), str(values.get("period"))))
    return found


def _vectors(content: object) -> dict[str, dict[str, int]]:
    return json.loads(json.dumps(content)) if isinstance(content, dict) else {}
