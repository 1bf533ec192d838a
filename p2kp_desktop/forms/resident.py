"""One line of the list of residents that the head of an RT keeps: what the survey is measured against."""

from p2kp_desktop.schema import Choice, Form, Options, Person, Reference, Section, Text, Whole

from .places import COLLECTING

OUTCOMES = Options(didata="Didata", kosong="Rumah kosong", menolak="Menolak didata", pindah="Sudah pindah")
SURVEYED, EMPTY, REFUSED, MOVED = OUTCOMES.codes


class Resident(
    Form, key="resident", title="Daftar Warga", new="Warga baru", place="rt", numbered="house_number",
    known_by=("head_name", "house_number"), reviewed=False, listed_in=COLLECTING,
):
    """Daftar warga Ketua RT; every line of it ends as surveyed, empty house, refused or moved."""

    general = Section("Daftar Warga")
    line = Whole("Nomor urut", low=1, high=9999, required=False)
    house_number = Text("Nomor rumah atau bangunan", required=False)
    head_name = Person("Nama kepala keluarga", required=False)
    outcome = Choice("Hasil kunjungan", OUTCOMES, required=False, help="Kosong = belum dikunjungi.")
    household = Reference("Rumah tangga yang didata", to="household", required=False)
    note = Text("Keterangan", required=False, private=True)
