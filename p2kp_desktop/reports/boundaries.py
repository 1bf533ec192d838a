"""The boundaries that an office keeps, and those of a file that is looked at before it is kept."""

from collections.abc import Sequence

from p2kp_desktop.actions.upkeep import boundary_files
from p2kp_desktop.language import say
from p2kp_desktop.rules.boundary_matching import CODE, HAND, NAME, Matched, spot_name
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import lies_in, region_name
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.boundaries import KeptBoundary

from .registry import Group, reports_of

report = reports_of(Group.UPKEEP)


def _kept(workspace: Workspace, asked: Scope) -> list[KeptBoundary]:
    return [each for each in boundary_files.listed(workspace)
            if lies_in(each.spot.region, asked.area) and asked.rt in (None, each.spot.rt)]


@report(_kept)
def kept(lines: Sequence[KeptBoundary] = ()) -> Table[KeptBoundary]:
    """Return the boundaries that are kept."""
    return Table(
        "boundaries", say("Batas wilayah yang tersimpan"), (
            Column("region", say("Kode wilayah"), Kind.IDENTITY, lambda line: line.spot.region, sample="00.00.00.0000",
                   gives_way=1),
            Column("rt", say("RT"), Kind.RT, lambda line: line.spot.rt, varies=True, sample="RT 000 / RW 00"),
            Column("place", say("Wilayah"), Kind.NAME, lambda line: region_name(line.spot.region), stretches=True,
                   sample="Tiga-puluh-enam Ilir"),
            Column("name", say("Nama di berkas"), Kind.SMALL, lambda line: line.name, sample="n" * 20, gives_way=3),
            Column("file", say("Dari berkas"), Kind.SMALL, sample="batas_desa_2024.geojson", gives_way=2,
                   of=lambda line: say("batas di dalamnya") if line.derived else line.file),
            Column("time", say("Diimpor"), Kind.MOMENT, lambda line: line.time, sample="30 September 2026, 00.00",
                   gives_way=2, shown=lambda line: written.moment(line.time)),
        ),
        lines, empty=say("Belum ada batas wilayah. Tekan O untuk memilih berkasnya."),
        known_by=lambda line: line.spot, spot=lambda line: (line.spot.region, line.spot.rt),
    )


def rehearsed(lines: Sequence[Matched] = ()) -> Table[Matched]:
    """Return the features of a file with the places they are; of a file that is open, so no report."""
    hows = {CODE: Mark("fit", say("menurut kode")), NAME: Mark("fit", say("menurut nama")),
            HAND: Mark("fit", say("ditentukan")), "": Mark("open", say("belum cocok"))}
    return Table(
        "boundary_features", say("Batas di berkas"), (
            Column("label", say("Di berkas"), Kind.NAME, lambda line: line.label, sample="Tiga-puluh-enam Ilir, Gandus",
                   stretches=True, wraps=True),
            Column("how", say("Cocok"), Kind.SMALL, lambda line: hows[line.how], shown=lambda line: hows[line.how].word,
                   sample=say("menurut nama"), by=lambda line: (line.how != "", line.how)),
            Column("place", say("Wilayah"), Kind.TEXT, _place, sample="RT 000 / RW 00, Lima Ilir, Ilir Timur Dua",
                   wraps=True, stretches=True),
        ),
        lines, empty=say("Berkas ini tidak berisi batas."), known_by=lambda line: line.number,
    )


def _place(line: Matched) -> str:
    if line.spot is not None:
        return f"{spot_name(line.spot)} ({line.spot.region})"
    likely = "; ".join(map(spot_name, line.likely))
    return say("mungkin {likely}", likely=likely) if likely else say("Enter menentukan tempatnya")
