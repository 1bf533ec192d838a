"""The cover sheet «Sampul»: who sends what from where, how much of it, and what to do with the file."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from p2kp_desktop.schema import written
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.forms import ALIVE
from p2kp_desktop.schema.places import parents, region_name
from p2kp_desktop.schema.values import Answer

from .bundle import Manifest
from .cells import presentable
from .looks import Looks, lines, page
from .receipt import KINDS, LEGEND, MOST, Receipt, ReceiptLine, ReturnedLine

__all__ = ["Cover", "Receipt", "ReceiptLine", "ReturnedLine", "Tally"]

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROLES = {"facilitator": "Fasilitator kelurahan", "district": "Kabupaten/Kota", "province": "Provinsi"}

_STEPS = (
    "Simpan berkas ini di laptop. Namanya boleh diganti, isinya jangan diubah.",
    "Buka P2KP Desktop, tekan Terima, lalu pilih berkas ini.",
    "Program memeriksa berkas ini dan menunjukkan hasilnya; jawaban yang berbeda tidak ditimpa.",
    "Menerima berkas yang sama dua kali tidak menggandakan data.",
)
_STEP_BACK = "Perbaiki yang dikembalikan di Pendataan, lalu kirim lagi."
_FIRST, _LAST = 1, 7  # columns of the page, counted from 0; column 0 is the margin
_WIDTHS = (2, 24, 14, 14, 14, 14, 14, 12)
_SPANS = ((1, 1), (2, 2), (3, 4), (5, 7))  # columns of the list of what is given back
_PAGE_WIDTH = sum(_WIDTHS[_FIRST + 1 :])
_MOST_FORMS = _LAST - _FIRST - 2  # forms with a column of their own; the others are summed up


@dataclass
class Tally:
    """What went into the bundle, counted while it was written."""

    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    periods: set[str] = field(default_factory=set)
    deleted: int = 0
    doubtful: int = 0
    changes: int = 0

    def add(self, version: Version, values: Mapping[str, Answer]) -> None:
        """Count one record."""
        if period := values.get("period"):
            self.periods.add(str(period))
        self.doubtful += bool(version.conflicts())
        if values.get(ALIVE) == 0:
            self.deleted += 1
            return
        place = str(values.get("region") or ""), str(values.get("rt") or "")
        self.counts.setdefault(place, Counter())[version.form] += 1


class Cover:
    """Writes the cover, line by line from the top."""

    def __init__(self, sheet: "Worksheet", looks: Looks) -> None:
        self._sheet, self._looks, self._row = sheet, looks, 0

    def write(
        self, manifest: Manifest, tally: Tally, titles: Mapping[str, str], receipt: Receipt | None = None
    ) -> None:
        """Write the whole cover; `titles` names the forms in their order, `receipt` makes it a return bundle."""
        self._set_up(manifest)
        if manifest.practice:
            self._across("LATIHAN — bukan data sebenarnya", "stamp", 26)
            self._row += 1
        self._across("Paket Data P2KP" if receipt is None else "Paket Balik P2KP", "title", 34)
        self._across("Pendataan permukiman 100-0-100, Provinsi Sumatera Selatan", "subtitle", 20)
        self._row += 1
        for label, text in _facts(manifest, tally):
            self._fact(label, text)
        self._row += 1
        care = _care(manifest)
        self._across(care, "notice", 8 + 15 * lines(care, (_PAGE_WIDTH + _WIDTHS[_FIRST]) * 0.92))
        self._row += 1
        self._section("Apa yang dilakukan dengan berkas ini")
        steps = (*_STEPS, _STEP_BACK) if receipt and receipt.returned else _STEPS
        for number, step in enumerate(steps, start=1):
            self._across(f"{number}.  {step}", "paragraph", 18)
        self._row += 1
        if receipt is not None:
            self._receipt(receipt, withheld=bool(manifest.withheld))
        self._section("Isi paket menurut RT")
        self._table(tally, titles)

    def _set_up(self, manifest: Manifest) -> None:
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.hide_gridlines(2)
        page(self._sheet, landscape=False, footer=presentable(f"Paket {manifest.bundle} · {manifest.program}") or "")
        self._sheet.fit_to_pages(1, 0)

    def _across(self, text: str, style: str, height: float) -> None:
        self._spread(_FIRST, text, style, height)

    def _spread(self, first: int, text: str, style: str, height: float) -> None:
        """Write a text from a column to the right edge of the page and go to the next row."""
        self._sheet.set_row(self._row, height)
        self._sheet.merge_range(self._row, first, self._row, _LAST, "", self._looks.style(style))
        self._sheet.write_string(self._row, first, text, self._looks.style(style))
        self._row += 1

    def _section(self, text: str) -> None:
        self._across(text, "section", 24)

    def _fact(self, label: str, text: str) -> None:
        shown = presentable(text) or "—"
        self._sheet.write_string(self._row, _FIRST, label, self._looks.style("label"))
        self._spread(_FIRST + 1, shown, "fact", 4 + 15 * lines(shown, _PAGE_WIDTH * 0.92))

    def _receipt(self, receipt: Receipt, *, withheld: bool) -> None:
        """Write what the sender received, RT by RT, and what it gives back."""
        self._section("Tanda terima: yang sudah sampai di pengirim paket ini")
        for line in LEGEND:
            self._across(line, "paragraph", 18)
        self._heads(["Kelurahan/Desa", "RT/RW", *KINDS.values()])
        total: Counter[str] = Counter()
        for each in receipt.lines:
            total.update(each.counts)
            figures = [each.counts[kind] for kind in KINDS]
            self._line([region_name(each.region) or "(tanpa wilayah)", each.rt, *figures], "row", "count")
        self._line(["Jumlah", "", *(total[kind] for kind in KINDS)], "sum", "sum")
        self._row += 1
        if receipt.returned:
            self._section("Yang dikembalikan untuk diperbaiki")
            self._returned(receipt, withheld=withheld)
            self._row += 1

    def _returned(self, receipt: Receipt, *, withheld: bool) -> None:
        self._spans(("Data", "RT/RW", "Pertanyaan", "Catatan pemeriksa"), "head", 20)
        for each in receipt.returned[:MOST]:
            said = each.comment or ("(tidak disertakan)" if withheld else "")
            texts = (each.record, each.rt, each.question or "seluruh data", said)
            widths = [sum(_WIDTHS[first : last + 1]) * 0.92 for first, last in _SPANS]
            height = 4 + 15 * max(lines(text, width) for text, width in zip(texts, widths, strict=True))
            self._spans(texts, "row", min(height, 400))
        if len(receipt.returned) > MOST:
            rest = len(receipt.returned) - MOST
            self._across(f"dan {rest} lainnya: lihat lembar «Catatan Pemeriksa».", "paragraph", 18)

    def _spans(self, texts: tuple[str, ...], style: str, height: float) -> None:
        """Write texts side by side, some of them across several columns."""
        self._sheet.set_row(self._row, height)
        look = self._looks.style(style)
        for text, (first, last) in zip(texts, _SPANS, strict=True):
            if last > first:
                self._sheet.merge_range(self._row, first, self._row, last, "", look)
            if shown := presentable(text):
                self._sheet.write_string(self._row, first, shown, look)
            else:
                self._sheet.write_blank(self._row, first, None, look)
        self._row += 1

    def _heads(self, heads: list[str]) -> None:
        self._sheet.set_row(self._row, 34)
        for column, head in enumerate(heads, start=_FIRST):
            self._sheet.write_string(self._row, column, head, self._looks.style("figure" if column > 2 else "head"))
        self._row += 1

    def _table(self, tally: Tally, titles: Mapping[str, str]) -> None:
        """Write the records per RT, a column per form, with a sum at the foot."""
        total: Counter[str] = Counter()
        for counter in tally.counts.values():
            total.update(counter)
        order = [form for form in titles if total[form]] + sorted(form for form in total if form not in titles)
        own, rest = (order, []) if len(order) <= _MOST_FORMS else (order[: _MOST_FORMS - 1], order[_MOST_FORMS - 1 :])
        groups = [[form] for form in own] + ([rest] if rest else [])
        heads = [titles.get(form, form) for form in own] + (["Lainnya"] if rest else [])
        self._heads(["Kelurahan/Desa", "RT/RW", *heads, "Jumlah"])
        for (region, rt), counter in sorted(tally.counts.items()):
            figures = [sum(counter[form] for form in group) for group in groups]
            self._line([region_name(region) or "(tanpa wilayah)", rt, *figures, counter.total()], "row", "count")
        figures = [sum(total[form] for form in group) for group in groups]
        self._line(["Jumlah", "", *figures, total.total()], "sum", "sum")

    def _line(self, cells: list[str | int], words: str, figures: str) -> None:
        for column, cell in enumerate(cells, start=_FIRST):
            if isinstance(cell, int):
                self._sheet.write_number(self._row, column, cell, self._looks.style(figures))
            elif shown := presentable(cell):
                self._sheet.write_string(self._row, column, shown, self._looks.style(words))
            else:
                self._sheet.write_blank(self._row, column, None, self._looks.style(words))
        self._row += 1


def _facts(manifest: Manifest, tally: Tally) -> list[tuple[str, str]]:
    return [
        ("Dari", f"{manifest.person}, {ROLES.get(manifest.role, manifest.role)}"),
        ("Laptop/ruang kerja", manifest.workspace),
        ("Untuk", ROLES.get(manifest.to, manifest.to)),
        ("Wilayah", "\n".join(map(_place, manifest.regions))),
        ("Periode", ", ".join(sorted(tally.periods))),
        ("Dibuat", _moment(manifest.time)),
        ("Jumlah data", _amount(manifest.records, tally)),
        *([("Catatan kejadian", events)] if (events := manifest.events()) else []),
    ]


def _place(code: str) -> str:
    """Return for instance «Sungai Buah, Ilir Timur II, Kota Palembang»."""
    names = [region.name for region in parents(code)]
    return ", ".join(reversed(names[1:] or names)) or code


def _amount(records: int, tally: Tally) -> str:
    parts = [f"{records} data"]
    if tally.deleted:
        parts.append(f"{tally.deleted} di antaranya sudah dihapus")
    if tally.doubtful:
        parts.append(f"{tally.doubtful} dengan jawaban yang masih berbeda (sementara)")
    return f"{'; '.join(parts)}. Catatan perubahan: {tally.changes}."


def _moment(text: str) -> str:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    with written.in_indonesian():
        return f"{written.day(moment)}, pukul {written.clock(moment)}"


def _care(manifest: Manifest) -> str:
    if manifest.withheld:
        return (
            "Tidak disertakan: nama dan nomor identitas warga dan pengurus, alamat dan nomor telepon, catatan, alasan, "
            "dan nama berkas. Tetap ada: nama petugas dan laptop yang mengisi, memeriksa, atau mengirim, dan isian "
            "bebas seperti hasil pertemuan, sebagaimana ditulis. Di laptop penerima, nama yang sudah ada tidak "
            "terhapus."
        )
    return (
        "Paket ini dapat memuat nama orang dan NIK. Serahkan hanya kepada yang berhak, "
        "dan hapus dari HP dan flashdisk setelah diterima."
    )
