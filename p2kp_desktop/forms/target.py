"""Targets: what an indicator is to be in an area by which year, from where it starts, and who decided so.

The path between is drawn by rules/target_path.py; examples with their sources ship in resources/targets.toml.
"""

from p2kp_desktop.schema import Choice, Date, Form, Measure, Options, Reference, RegionOf, Section, Text, Year

from .places import COLLABORATION, SCORES

# The codes are those of `p2kp report progress` and `indicators`, where they have a figure of the program.
INDICATORS = Options(
    water_safe="Akses aman air minum (3a)",
    water_enough="Kecukupan air minum (3b)",
    water_bps="Air minum layak (BPS)",
    toilet="Akses jamban (5a)",
    sanitation_technical="Sanitasi sesuai persyaratan teknis (5b)",
    sanitation_bps="Sanitasi layak (BPS)",
    slum_ha="Luas permukiman kumuh",
    slum_share="Luas kumuh terhadap luas yang dinilai",
    slum_households="Rumah tangga di permukiman kumuh",
    open_defecation="Buang air besar sembarangan",
    decent_housing="Rumah layak huni",
    water_managed="Air minum aman (SDG)",
    water_piped="Air minum perpipaan",
    sanitation_managed="Sanitasi aman (SDG)",
    lainnya="Lainnya",
)
IN_HECTARES = ("slum_ha",)  # every other one is a share in per cent
FALLING = ("slum_ha", "slum_share", "slum_households", "open_defecation")  # the less, the better


class Target(
    Form, key="target", title="Sasaran", place="city", per_period=False, named=("indicator", "end_year"),
    told_by=("area", "decree"), known_by=("indicator", "area", "end_year"), takes_files=True,
    listed_in=COLLABORATION, touches=(SCORES,),
):
    """What an indicator is to be by a year; its milestones hang on it."""

    general = Section("Sasaran")
    indicator = Choice("Indikator", INDICATORS)
    words = Text("Nama indikator lainnya", required=False, when=indicator.is_("lainnya"))
    area = RegionOf("Wilayah", required=False, help="Kosong = seluruh kab/kota, atau provinsi.")
    start = Section("Nilai Awal")
    baseline = Measure("Nilai awal", high=10000000, required=False, help="Persen; luas kumuh dalam Ha.")
    baseline_year = Year("Tahun nilai awal", low=1990, high=2100, required=False)
    baseline_source = Text("Sumber nilai awal", required=False, help="Misalnya Susenas Maret 2013.")
    goal = Section("Sasaran Akhir")
    end_year = Year("Tahun akhir", low=1990, high=2100)
    end_value = Measure("Nilai akhir", high=10000000, help="Persen; luas kumuh dalam Ha.")
    decree = Text("Dasar", help="Misalnya nomor SK, Perda, RPJMD, atau RPJMN.")
    decree_date = Date("Tanggal dasarnya", required=False)
    policy = Reference("Kebijakan yang memuatnya", to="policy", required=False)
    decision = Reference("Keputusan pertemuan", to="decision", required=False)
    source = Text("Dibaca di", required=False, help="Halaman atau dokumen tempat sasaran ini dibaca.")


class Milestone(
    Form, key="milestone", title="Tonggak Sasaran", new="Tonggak baru", place="city", per_period=False, parent=Target,
    named=("year", "value"), touches=(SCORES,),
):
    """What the indicator of a target, its parent, is to be in a year on the way."""

    general = Section("Tonggak")
    year = Year("Tahun", low=1990, high=2100)
    value = Measure("Nilai", high=10000000)
    note = Text("Keterangan", required=False)
