"""A newcomer's form, in the one file that it takes: the houses of worship of a kelurahan."""

from p2kp_desktop.schema import SOFT, AtMost, Choice, Form, Options, Person, Section, Text, Whole

KINDS = Options(masjid="Masjid", gereja="Gereja", vihara="Vihara", lainnya="Lainnya")


class Worship(Form, key="worship", title="Rumah Ibadah", place="region", per_period=False, takes_files=True):
    """One house of worship: who keeps it, and how many it holds."""

    general = Section("Rumah Ibadah")
    name = Text("Nama rumah ibadah")
    kind = Choice("Jenis", KINDS)
    keeper = Person("Nama pengurus", required=False)
    seats = Whole("Daya tampung", unit="orang", high=10000)
    usual = Whole("Jemaah biasanya", unit="orang", high=10000, required=False)
    fits = AtMost(usual, seats, severity=SOFT)
