"""Which kabupaten/kota and kelurahan take part in the programme: since when, by which decree, how sure that is.

The usual ones ship in resources/programme.toml; they are offered, never recorded by themselves.
"""

from p2kp_desktop.schema import Choice, Date, Form, Options, RegionOf, Section, Text, Year

from . import lists
from .places import COLLABORATION

PROGRAMMES = Options(p2kp="P2KP", kotaku="KOTAKU", lainnya="Program lain")


class Participation(
    Form, key="participation", title="Peserta Program", new="Peserta program baru", place="city", per_period=False,
    named=("programme", "village"), told_by=("since", "decree"), known_by=("programme", "village", "since"),
    listed_in=COLLABORATION,
):
    """That a kabupaten/kota, or one kelurahan of it, takes part; it stands in its kabupaten/kota."""

    general = Section("Peserta Program")
    programme = Choice("Program", PROGRAMMES)
    village = RegionOf("Kelurahan/desa", required=False, help="Kosong = kabupaten/kota itu sendiri. Nama atau kodenya.")
    since = Year("Sejak tahun", low=1999, high=2100)
    until = Year("Sampai tahun", low=1999, high=2100, required=False)
    decree = Text("Dasar", required=False, help="Nomor SK atau surat penetapannya.")
    decree_date = Date("Tanggal dasarnya", required=False)
    source = Text("Sumber", required=False, help="Tempat keikutsertaannya dibaca.")
    sure = Choice("Sudah dipastikan?", lists.YES_NO, required=False)
