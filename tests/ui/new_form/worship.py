"""A newcomer's forms, in the one file that they take: the houses of worship of a kelurahan, and its posyandu."""

from p2kp_desktop.forms.places import BOWL
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


class Teacher(Form, key="teacher", title="Guru Mengaji", place="region", per_period=False, parent=Worship):
    """Who teaches at a house of worship, its parent."""

    general = Section("Guru Mengaji")
    name = Person("Nama guru")


class Posyandu(
    Form, key="posyandu", title="Posyandu", place="region", told_by=("helpers",), listed_in=BOWL,
):
    """A post for mothers and children; listed with the institutions of the kelurahan."""

    general = Section("Posyandu")
    name = Text("Nama posyandu")
    helpers = Whole("Kader", unit="orang", high=100)
