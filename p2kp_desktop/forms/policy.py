"""The register of policies: decrees, regulations, plans and targets of a kabupaten/kota."""

from p2kp_desktop.schema import Choice, Date, Form, Measure, Options, Section, Text

from .places import COLLABORATION

POLICIES = Options(
    sk_kumuh="SK kumuh", rp2kpkp="RP2KPKP", perda="Perda", rtrw="RTRW/RDTR", lahan="Penyediaan lahan",
    sasaran="Sasaran dan target", lainnya="Lainnya",
)


class Policy(
    Form, key="policy", title="Kebijakan", place="city", per_period=False, named=("number", "name"),
    spoken_of=("number", "name"), takes_files=True, listed_in=COLLABORATION,
):
    """One policy of the register: decree, regulation, plan, target."""

    general = Section("Kebijakan")
    kind = Choice("Jenis", POLICIES)
    name = Text("Judul")
    number = Text("Nomor", required=False)
    date = Date("Tanggal", required=False)
    area = Text("Wilayah")
    hectares = Measure("Luas", unit="Ha", high=1000000, required=False)
    target = Text("Sasaran", required=False)
    file = Text("Nama berkas", required=False, private=True)
