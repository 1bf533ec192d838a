"""Who is silent, and what is past its day."""

from collections.abc import Sequence

from p2kp_desktop.actions.home import lateness, silence
from p2kp_desktop.actions.home.lateness import LatePromise
from p2kp_desktop.actions.home.silence import Silent
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.scores import area_sums
from p2kp_desktop.language import say
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table
from p2kp_desktop.store import Workspace

from .marks import some
from .registry import Group, reports_of

report = reports_of(Group.OFFICES)


def _silent_of(workspace: Workspace, asked: Scope) -> list[Silent]:
    area_sums.refresh(workspace)
    with workspace.asking() as connection:
        below = area_sums.below(connection, asked.area, asked.period)
    waiting = {region: found for (region, _rt), found in below.items()}
    return silence.silent(workspace, asked.area, asked.period, waiting)


@report(_silent_of)
def silent(lines: Sequence[Silent] = ()) -> Table[Silent]:
    """Return those whose files an office expects: since when nothing came, what waits, and what to write to them."""
    return Table(
        "silent", say("Siapa yang diam"), (
            Column("region", say("Kode wilayah"), Kind.IDENTITY, lambda each: each.region, is_aside=True),
            Column("name", say("Wilayah atau kantor"), Kind.NAME, lambda each: each.name, sample="n" * 22,
                   stretches=True),
            Column("since", say("Peserta sejak"), Kind.WHOLE, lambda each: each.since, sample="2015", gives_way=2,
                   shown=lambda each: str(each.since or ""), varies=True),
            Column("quiet", say("Keadaan"), Kind.TEXT, lambda each: _state(each), sample=say("belum pernah mengirim")),
            Column("days", say("Hari diam"), Kind.WHOLE, lambda each: each.days, sample="0.000"),
            Column("arrived", say("Terakhir diterima"), Kind.MOMENT, lambda each: each.arrived or None,
                   sample="24 September 2026, 14.00"),
            Column("person", say("Orang"), Kind.TEXT, lambda each: each.person, gives_way=1,
                   sample="Muhammad Sukarman"),
            Column("sender", say("Ruang kerja"), Kind.TEXT, lambda each: each.sender, is_aside=True),
            Column("waiting", say("Menunggu diperiksa"), Kind.WHOLE, lambda each: some(each.waiting), sample="00.000"),
            Column("message", say("Pengingat"), Kind.TEXT, lambda each: each.message, is_aside=True),
        ),
        lines, empty=say("Belum ada berkas yang ditunggu."), known_by=lambda each: (each.region, each.name),
    )


def _state(each: Silent) -> Mark:
    if each.days is None:
        return Mark("never", say("belum pernah mengirim"))
    return Mark("quiet", say("diam")) if each.quiet else Mark("heard", say("mengirim"))


@report(lambda workspace, asked: lateness.late(workspace, asked.area), Group.MONEY)
def late(lines: Sequence[LatePromise] = ()) -> Table[LatePromise]:
    """Return the decisions and commitments past their day."""
    return Table(
        "late", say("Lewat tenggat"), (
            Column("form", say("Jenis"), Kind.TEXT,
                   lambda each: Mark(each.form, say(record_names.form_of(each.form).title)),
                   sample=say("Keputusan Pertemuan")),
            Column("what", say("Yang dijanjikan"), Kind.NAME, lambda each: each.what, sample="n" * 30, stretches=True,
                   wraps=True),
            Column("who", say("Siapa"), Kind.TEXT, lambda each: each.who, sample="n" * 18),
            Column("amount", say("Jumlah dana"), Kind.MONEY, lambda each: each.amount or None,
                   sample="Rp1.000.000.000", gives_way=1),
            Column("due", say("Tenggat"), Kind.DATE, lambda each: each.due, sample="30 Sep 2026"),
            Column("days", say("Hari terlambat"), Kind.WHOLE, lambda each: each.days, sample="0.000"),
            Column("region", say("Kelurahan"), Kind.REGION, lambda each: each.region or None, is_aside=True),
        ),
        lines, empty=say("Tidak ada komitmen atau keputusan yang lewat tenggat."),
        known_by=lambda each: (each.form, each.id), record=lambda each: (each.form, each.id),
    )
