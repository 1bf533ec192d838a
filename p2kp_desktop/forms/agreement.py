"""Shared agreements (Aturan Bersama) as living documents: agreement, clauses, signatures, follow-up.

Table form and aspects as in the published agreements that the program was made from; sanction and responsible
person are optional there too.
"""

from p2kp_desktop.schema import (
    HARD,
    AtMost,
    Choice,
    Date,
    Form,
    Money,
    NotBefore,
    Options,
    Person,
    RtList,
    Section,
    Several,
    Text,
    Whole,
)
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.values import Answer

from . import lists
from .elements import ASPECTS, SOURCES
from .places import AGREEMENTS, READINESS

STAGES = Options(
    draf="Draf", uji_publik="Uji publik", disepakati="Disepakati", disahkan="Disahkan", berlaku="Berlaku",
    ditinjau="Ditinjau", dicabut="Dicabut",
)
CAPACITIES = Options(
    tipp="Ketua TIPP", bkm="Koordinator BKM", ketua_rt="Ketua RT", ketua_rw="Ketua RW", tokoh="Tokoh masyarakat",
    lurah="Lurah/kepala desa (mengetahui)", camat="Camat (mengetahui)", lainnya="Lainnya",
)
SANCTIONS = Options(
    lisan="Teguran lisan", tertulis="Teguran tertulis", kerja="Kerja bakti", denda="Denda ke kas KPP",
    ditunda="Surat pengantar ditunda", aparat="Diserahkan ke aparat", lainnya="Lainnya",
)
# Before a version and a node: the saves which that version of an agreement holds (community/clauses.py); it travels.
EDITION = "edition."

HANDLED = Options(baru="Baru dicatat", proses="Sedang ditangani", selesai="Selesai")


class Agreement(
    Form, key="agreement", title="Aturan Bersama", new="Aturan baru", place="region", per_period=False,
    named=("number", "name"), told_by=("stage", "number"), spoken_of=("number", "name"), takes_files=True,
    listed_in=AGREEMENTS, touches=(READINESS,),
):
    """One agreement: its area, stage, dates and legal basis."""

    general = Section("Aturan Bersama")
    number = Text("Nomor", help="Misalnya AB-03.")
    name = Text("Judul")
    rts = RtList("RT yang berlaku", help="Misalnya 012, 013 atau 012 sampai 016.")
    background = Text("Latar belakang", required=False, longest=4000)
    state = Section("Status")
    stage = Choice("Status", STAGES)
    drafted = Date("Tanggal draf", required=False)
    public_test = Date("Tanggal uji publik", required=False)
    agreed = Date("Tanggal disepakati", required=False)
    legalised = Date("Tanggal disahkan", required=False)
    legal_basis = Text("Dasar pengesahan (nomor SK/peraturan)", required=False)
    in_force = Date("Berlaku sejak", required=False)
    review_due = Date("Ditinjau sebelum", required=False)
    review_date = Date("Tanggal ditinjau", required=False)
    revoked = Date("Tanggal dicabut", required=False)
    restored = Date("Berlaku kembali sejak", required=False, help="Hanya setelah pernah dicabut.")
    version = Whole("Versi", low=1, high=999)
    tested_in_order = NotBefore(public_test, drafted)
    agreed_in_order = NotBefore(agreed, drafted, public_test)
    legalised_in_order = NotBefore(legalised, drafted, public_test, agreed)
    in_force_in_order = NotBefore(in_force, drafted, public_test, agreed, legalised)
    reviewed_in_order = NotBefore(review_date, in_force)
    due_in_order = NotBefore(review_due, in_force)
    revoked_in_order = NotBefore(revoked, drafted)
    restored_in_order = NotBefore(restored, revoked)
    people = Section("Peserta Rembug")
    men = Whole("Peserta laki-laki", unit="orang", high=5000, required=False)
    women = Whole("Peserta perempuan", unit="orang", high=5000, required=False)
    mbr = Whole("Peserta MBR", unit="orang", high=10000, required=False)
    mbr_among = AtMost(mbr, men + women)


class FormerVersion(
    Form, key="agreement_version", title="Versi Terdahulu Aturan Bersama", place="region", per_period=False,
    parent=Agreement, named=("version",), by_hand=False, touches=(READINESS,),
):
    """A version of an agreement, its parent, from the day the next one is begun: its dates and legal basis stay here.

    The text of the version is kept by the history (community/clauses.py). Its questions are called as the
    agreement's.
    """

    general = Section("Versi Terdahulu")
    version = Whole("Versi", low=1, high=999)
    stage = Choice("Status", STAGES)
    drafted = Date("Tanggal draf", required=False)
    public_test = Date("Tanggal uji publik", required=False)
    agreed = Date("Tanggal disepakati", required=False)
    legalised = Date("Tanggal disahkan", required=False)
    legal_basis = Text("Dasar pengesahan (nomor SK/peraturan)", required=False)
    in_force = Date("Berlaku sejak", required=False)
    review_due = Date("Ditinjau sebelum", required=False)
    review_date = Date("Tanggal ditinjau", required=False)
    revoked = Date("Tanggal dicabut", required=False)
    restored = Date("Berlaku kembali sejak", required=False, help="Hanya setelah pernah dicabut.")
    legalised_in_order = NotBefore(legalised, drafted, public_test, agreed)
    in_force_in_order = NotBefore(in_force, drafted, public_test, agreed, legalised)
    revoked_in_order = NotBefore(revoked, drafted)
    restored_in_order = NotBefore(restored, revoked)


class Clause(
    Form, key="clause", title="Pasal Aturan Bersama", place="region", per_period=False,
    parent=Agreement, named=("clause_number", "subject"),
):
    """One clause of an agreement, its parent: what is, what should be, what was agreed."""

    general = Section("Pasal")
    clause_number = Whole("Nomor pasal", low=1, high=999)
    aspect = Choice("Aspek", ASPECTS)
    subject = Text("Kegiatan yang diatur", required=False)
    factual = Text("Kondisi faktual", longest=4000)
    ideal = Text("Kondisi ideal", longest=4000)
    rule = Text("Aturan yang disepakati", longest=4000)
    keeping = Section("Pelaksanaan")
    sanction = Text("Sanksi", required=False)
    incentive = Text("Insentif", required=False)
    responsible = Person("Penanggung jawab", required=False)
    monitor = Text("Yang memantau", required=False, private=True)
    upkeep = Text("Yang mengelola dan memelihara", required=False, private=True)
    liable = Text("Yang menanggung kerusakan", required=False, private=True)
    in_return = Text("Imbalan dari warga penerima manfaat yang tidak ikut", required=False)
    funding = Text("Sumber biaya", required=False)


class Signature(
    Form, key="signature", title="Tanda Tangan Aturan Bersama", place="region", per_period=False,
    parent=Agreement, named=("capacity", "name"),
):
    """One signatory of an agreement, its parent."""

    general = Section("Tanda Tangan")
    capacity = Choice("Sebagai", CAPACITIES)
    name = Person("Nama", required=False)
    rt_label = Text("RT", required=False)
    signed = Date("Ditandatangani", required=False, help="Kosong = belum.")
    version = Whole(
        "Untuk versi", low=1, high=999, required=False, help="Terisi sendiri saat tanggal tanda tangan diisi."
    )

    @classmethod
    def beside(cls, changes: Answers, above: Answers) -> dict[str, Answer]:
        """Return the version that the agreement is at when its signature is dated."""
        at = above.get(Agreement.version.key)
        dated = changes.get(cls.signed.key) is not None and cls.version.key not in changes
        return {cls.version.key: at} if dated and at is not None else {}


class Visit(
    Form, key="visit", title="Pemantauan Aturan Bersama", place="region", per_period=False,
    parent=Agreement, named=("date",),
):
    """One monitoring visit under an agreement, its parent."""

    general = Section("Pemantauan")
    date = Date("Tanggal")
    by = Person("Oleh", required=False)
    kept = Choice("Aturan dijalankan?", lists.YES_NO)
    findings = Text("Temuan", required=False, longest=4000, private=True)
    follow_up = Text("Tindak lanjut", required=False, private=True)


class Violation(
    Form, key="violation", title="Pelanggaran Aturan Bersama", place="region", per_period=False,
    parent=Agreement, named=("clause_number", "date"),
):
    """One violation of a clause under an agreement, its parent; what was done about it."""

    general = Section("Pelanggaran")
    clause_number = Whole("Nomor pasal", low=1, high=999)
    date = Date("Tanggal")
    what = Text("Apa yang terjadi", private=True, longest=4000)
    rt_label = Text("RT", required=False)
    handling = Section("Penanganan")
    sanctions = Several("Sanksi yang dijatuhkan", SANCTIONS, required=False)
    fine = Money("Denda", required=False)
    sanction_date = Date("Tanggal sanksi", required=False)
    handled = Choice("Penanganan", HANDLED)
    note = Text("Keterangan", required=False, private=True)
    sanctioned_in_order = NotBefore(sanction_date, date, severity=HARD)


class Incentive(
    Form, key="incentive", title="Insentif Aturan Bersama", place="region", per_period=False,
    parent=Agreement, named=("date", "what"),
):
    """One incentive that was given under an agreement, its parent, as a clause of it promises."""

    general = Section("Insentif")
    date = Date("Tanggal")
    clause_number = Whole("Nomor pasal", low=1, high=999, required=False)
    given_to = Text("Diberikan kepada", private=True, help="Nama orang, RT, atau kelompok.")
    rt_label = Text("RT", required=False)
    what = Text("Bentuk insentif", help="Misalnya piagam, bibit, potongan iuran.")
    amount = Money("Nilai", required=False)
    source = Choice("Sumber dana", SOURCES, required=False)
