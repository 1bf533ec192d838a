"""What the cover of a return bundle says: what arrived, how it stands, what is given back and why."""

from collections import Counter
from dataclasses import dataclass

# Under what a record that arrived is counted, with the words of its column; one may count under several.
KINDS = {
    "received": "Diterima", "verified": "Terverifikasi", "returned": "Dikembalikan", "conflict": "Konflik",
    "corrected": "Diperbaiki",
}
LEGEND = (
    "Diterima: sudah sampai, tidak perlu dikirim lagi. Terverifikasi: sudah diperiksa dan benar.",
    "Dikembalikan: perlu diperbaiki, lihat catatan pemeriksa. Diperbaiki: ada jawaban yang dibetulkan pemeriksa.",
    "Konflik: ada jawaban berbeda dari dua orang, menunggu keputusan. Yang lain belum diperiksa.",
)
MOST = 300  # lines of what is given back on the cover


@dataclass(frozen=True)
class ReceiptLine:
    """The records of one RT by how they stand; `rt` is empty for those of a whole kelurahan."""

    region: str
    rt: str
    counts: Counter[str]


@dataclass(frozen=True)
class ReturnedLine:
    """A record that is given back: which, the question it is about ("" for all of it), what the reviewer says."""

    region: str
    rt: str
    record: str
    question: str
    comment: str


@dataclass(frozen=True)
class Receipt:
    """All of it."""

    lines: tuple[ReceiptLine, ...]
    returned: tuple[ReturnedLine, ...]
