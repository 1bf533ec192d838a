"""A scan or a photo that is attached to a record: what is said of it; the file itself is kept by its content."""

from p2kp_desktop.schema import Choice, Date, Form, Measure, Options, Section, Text, Whole

from .elements import SOURCES

PHOTO_STAGES = Options(p0="0 %", p50="50 %", p100="100 %")


class Attachment(Form, key="attachment", title="Lampiran", place="", per_period=False, parent=Form, by_hand=False):
    """A scan or photo that belongs to a record, its parent, and stands where that does; kept by its content."""

    general = Section("Lampiran")
    name = Text("Judul lampiran", private=True)
    file = Text("Nama berkas", private=True)
    content = Text("Sidik isi (SHA-256)")
    original = Text("Sidik berkas asal (SHA-256)", required=False)  # as it came from the camera, with all it tells
    size = Whole("Ukuran", unit="byte", high=10**12, required=False)
    source = Choice("Sumber dana yang dibuktikan", SOURCES, required=False)
    taken = Date("Tanggal foto atau dokumen", required=False)
    of_work = Section("Foto Pekerjaan")
    stage = Choice("Keadaan pekerjaan di foto", PHOTO_STAGES, required=False)
    latitude = Measure(
        "Lintang", low=-11, high=6, required=False, private=True, help="Derajat desimal, selatan negatif.",
    )
    longitude = Measure("Bujur", low=95, high=141, required=False, private=True, help="Derajat desimal.")
    erased_along = (content, original, size, taken)  # by which photo and when a person is shown
