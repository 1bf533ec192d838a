"""Kecamatan, kabupaten/kota and the province, each with the figures of its RTs taken together."""

from collections.abc import Sequence
from dataclasses import replace

from p2kp_desktop.actions.scores import progress
from p2kp_desktop.actions.scores.progress import VillageLine
from p2kp_desktop.language import say
from p2kp_desktop.schema.table import Scope, Table
from p2kp_desktop.store import Workspace

from . import areas
from .registry import Finds, Group, reports_of

report = reports_of(Group.FIGURES)

_OF_A_VILLAGE = ("district", "verified", "todo")  # columns that only a kelurahan has


def _of(level: str) -> Finds:
    def find(workspace: Workspace, asked: Scope) -> list[VillageLine]:
        return progress.areas(workspace, asked.area, asked.period, level)

    return find


def _table(name: str, title: str, head: str, lines: Sequence[VillageLine]) -> Table[VillageLine]:
    made = areas.villages(lines)
    columns = tuple(replace(each, title=head) if each.key == "name" else each for each in made.columns
                    if each.key not in _OF_A_VILLAGE)
    return replace(made, name=name, title=title, columns=columns,
                   empty=say("Belum ada data yang dapat dinilai di sini."))


@report(_of("kecamatan"))
def kecamatan(lines: Sequence[VillageLine] = ()) -> Table[VillageLine]:
    """Return the kecamatan of an area."""
    return _table("kecamatan", say("Daftar kecamatan"), say("Kecamatan"), lines)


@report(_of("kota"))
def kota(lines: Sequence[VillageLine] = ()) -> Table[VillageLine]:
    """Return the kabupaten/kota of an area."""
    return _table("kota", say("Daftar kabupaten/kota"), say("Kabupaten/kota"), lines)


@report(_of("provinsi"))
def provinsi(lines: Sequence[VillageLine] = ()) -> Table[VillageLine]:
    """Return the province with all that is recorded here of it."""
    return _table("provinsi", say("Provinsi seluruhnya"), say("Provinsi"), lines)
