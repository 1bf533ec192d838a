"""Every widget of the kit in every state, to look at: python -m tests.ui.gallery OUTDIR."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QCursor, QImage, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from p2kp_desktop.ui.kit import focus
from p2kp_desktop.ui.kit.bowl import Bowl, Part
from p2kp_desktop.ui.kit.breadcrumb import Breadcrumb
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Draft, DraftCard, Todo, TodoCard
from p2kp_desktop.ui.kit.cells import Cell, ProgressCells
from p2kp_desktop.ui.kit.chip import Chip, Status, slum_look
from p2kp_desktop.ui.kit.controls import CheckBox, Choice
from p2kp_desktop.ui.kit.coverage import CoverageBar, FilterBar, Ground, Share
from p2kp_desktop.ui.kit.equation import Equation, EquationBar
from p2kp_desktop.ui.kit.keycap import Cap, Keycap, KeyHints
from p2kp_desktop.ui.kit.labels import surface
from p2kp_desktop.ui.kit.link import Link
from p2kp_desktop.ui.kit.messages import Emptiness, EmptyState, ErrorCard, Fault, WayIn
from p2kp_desktop.ui.kit.note import Note, Weight
from p2kp_desktop.ui.kit.option import Option, OptionRow
from p2kp_desktop.ui.kit.painting import draw_level, painting
from p2kp_desktop.ui.kit.practice import PracticeBanner
from p2kp_desktop.ui.kit.progress import ProgressPanel
from p2kp_desktop.ui.kit.question import FoldedQuestion, QuestionRow, SectionHead, State
from p2kp_desktop.ui.kit.rail import Person, Place, Rail
from p2kp_desktop.ui.kit.ring import Ring, RingFacts, RingLegend
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.kit.sections import Progress, Section, SectionRail
from p2kp_desktop.ui.kit.statusline import StatusFacts, StatusLine
from p2kp_desktop.ui.kit.table import TableCard
from p2kp_desktop.ui.kit.tile import RtGrid, TileFacts
from p2kp_desktop.ui.kit.words import CAPTION, Words
from p2kp_desktop.ui.look import theme
from p2kp_desktop.ui.look.scales import Level, Slum, completeness
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Scheme, Token
from tests.ui.gallery_tables import household_table, ranking_table

MARGIN = 6  # room for a ring outside


@dataclass(frozen=True)
class Specimen:
    """A widget in a state: how to make it, how wide it is shown (0: as it asks), what is done to it."""

    name: str
    make: Callable[[], QWidget]
    width: int = 0
    state: str = ""  # hover, focus, off, checked
    ground: Token = Token.PANEL
    height: int = 0


def _keycaps() -> Iterator[Specimen]:
    for state in Cap:
        yield Specimen(f"tombol huruf: {state.name.lower()}", lambda state=state: Keycap("a", state))
    yield Specimen("petunjuk tombol", lambda: KeyHints("Ctrl", "Enter"))
    option = Option("b", "Hanya pada bulan tertentu", "misalnya tidak pada musim kemarau")
    for state in ("", "hover", "focus", "checked", "off"):
        yield Specimen(f"pilihan {state}", lambda: OptionRow(option), 480, state, Token.SUNKEN)
    yield Specimen("pilihan sempit", lambda: OptionRow(option), 240, "", Token.SUNKEN)


def _field(status: str, text: str = "6") -> QLineEdit:
    field = QLineEdit(text)
    field.setProperty("fit", "row")
    field.setProperty("weight", "bold")
    field.setProperty("status", status)
    field.setAlignment(Qt.AlignmentFlag.AlignRight)
    return field


def _fields() -> Iterator[Specimen]:
    for name, status, state in (
        ("diam", "", ""),
        ("fokus", "", "focus"),
        ("salah", "err", ""),
        ("tak biasa", "unusual", ""),
        ("mati", "", "off"),
    ):
        yield Specimen(f"isian: {name}", lambda status=status: _field(status), 60, state)
    yield Specimen("isian penuh", lambda: QLineEdit("Rina Marlina"), 220)
    yield Specimen("pencarian", lambda: SearchField("Cari rumah, RT, aturan", ("Ctrl", "K")))
    yield Specimen("pencarian fokus", lambda: SearchField("Cari rumah, RT, aturan", ("Ctrl", "K")), 0, "focus")
    for state in ("", "focus", "checked", "off"):
        yield Specimen(f"kotak centang {state}", lambda: CheckBox("Tampilkan NIK & KK"), 0, state)
    for state in ("", "focus", "off"):
        yield Specimen(f"daftar pilihan {state}", _choice, 0, state)


def _choice() -> QWidget:
    choice = Choice()
    choice.addItems(["Kabupaten Ogan Komering Ulu Selatan", "Kota Palembang"])
    return choice


QUESTIONS = (
    FoldedQuestion("9", "Atap terluas", State.ANSWERED, ("a",), None, "Tidak bocor"),
    FoldedQuestion("13", "Jarak ke penampungan tinja", State.SKIPPED, answer="Dilewati karena 12 = a"),
    FoldedQuestion("16", "Jenis kloset", State.WAITING, ("a", "b")),
    FoldedQuestion("8", "Luas lantai per orang", State.COMPUTED, answer="4,00 m²/jiwa, di bawah 7,2"),
    FoldedQuestion("7", "Jumlah penghuni bangunan", State.ERROR, field="6", answer="jiwa"),
    FoldedQuestion("6", "Luas lantai bangunan", State.UNUSUAL, field="24,00", answer="m²"),
    FoldedQuestion("5", "Jumlah KK", State.ANSWERED, field="2", answer="KK"),
    FoldedQuestion("21", "Daya listrik", State.WAITING, field=""),
    FoldedQuestion(
        "17b",
        "Apakah rumah tangga membuang air limbah cuci dan dapur ke saluran lingkungan yang tertutup?",
        State.ANSWERED,
        ("c",),
        None,
        "Langsung ke sungai, rawa, atau kolong rumah tanpa saluran",
    ),
)


def _questions() -> Iterator[Specimen]:
    yield Specimen("kepala bagian", lambda: SectionHead("A.3", "Akses air minum"), 540)
    for question in QUESTIONS:
        name = f"pertanyaan: {question.state.value} {question.number}"
        yield Specimen(name, lambda question=question: QuestionRow(question, 230), 540)
    yield Specimen("pertanyaan: sorot", lambda: QuestionRow(QUESTIONS[0], 196), 540, "hover")
    for weight, text in (
        (Weight.HARD, "Penghuni 6 jiwa, anggota 8 jiwa."),
        (Weight.SOFT, "Bila benar, beri catatan."),
        (Weight.EXPLAINED, "Meteran dipasang 1 Oktober."),
    ):
        yield Specimen(f"catatan: {weight.name}", lambda weight=weight, text=text: Note(weight, text), 540)
    long = "36 dari 37 rumah lain di RT ini memakai sumur bor, bukan ledeng meteran."
    yield Specimen("catatan: panjang", lambda: Note(Weight.SOFT, long), 460)
    yield Specimen("catatan: fokus", lambda: Note(Weight.SOFT, "Beri catatan."), 460, "focus")


def _buttons() -> Iterator[Specimen]:
    for kind in Kind:
        for state in ("", "hover", "focus", "off"):
            yield Specimen(f"{kind.value[0]} {state}", lambda kind=kind: Button("Simpan", kind), 0, state)
    yield Specimen("utama dengan tombol", lambda: Button("Rumah baru", Kind.PRIMARY, icon="plus", keys=("Ctrl", "N")))
    yield Specimen("biasa dengan ikon", lambda: Button("Cetak & bagikan", icon="printer", keys=("Esc",)))
    yield Specimen("tinggi", lambda: Button("Isi rumah pertama", Kind.PRIMARY, icon="door-open", tall_one=True))
    for state in ("", "hover", "focus"):
        yield Specimen(f"tautan kecil {state}", lambda: Link("Kirim salinan"), 0, state)


def _chips() -> Iterator[Specimen]:
    for status in Status:
        yield Specimen(f"status: {status.name}", lambda status=status: Chip(status.look))
    for status in Status:
        yield Specimen(f"polos: {status.name}", lambda status=status: Chip(status.look, filled=False))
    words = ("Tidak kumuh", "Kumuh ringan", "Kumuh sedang", "Kumuh berat")
    for level, word in zip(Slum, words, strict=True):
        yield Specimen(f"kumuh: {level.name}", lambda level=level, word=word: Chip(slum_look(level, word)))


def parts(ready: int, count: int = 10) -> tuple[Part, ...]:
    return tuple(Part(place < ready, f"Bagian {place + 1}: {place < ready}") for place in range(count))


RINGS = (
    RingFacts(
        "Akses air minum aman",
        "dari 1.534 rumah",
        "81,4 %",
        0.814,
        0.769,
        0.85,
        "naik 4,5 dari 2021",
        "kurang 3,6 dari sasaran",
    ),
    RingFacts(
        "Luas kumuh",
        "dari 21,86 ha (SK)",
        "12,40 ha",
        0.567,
        0.69,
        0.457,
        "turun 2,70 ha dari 2021",
        "lebih 2,40 ha dari sasaran",
        fill=Token.SLUM_MEDIUM,
    ),
    RingFacts(
        "Akses sanitasi layak",
        "dari 1.534 rumah",
        "72,6 %",
        0.726,
        0.702,
        0.72,
        "naik 2,4 dari 2021",
        "sasaran tercapai",
        reached=True,
    ),
)


def _figures() -> Iterator[Specimen]:
    for ready, count in ((0, 10), (3, 10), (7, 10), (10, 10), (2, 3), (7, 12)):
        yield Specimen(f"mangkuk {ready}/{count}", lambda r=ready, c=count: Bowl(parts(r, c), ""), 160, height=108)
    yield Specimen("mangkuk besar", lambda: Bowl(parts(7), ""), 320, "focus", height=216)
    for facts in RINGS:
        yield Specimen("cincin", lambda facts=facts: Ring(facts))
    unknown = RingFacts("Luas kumuh", "belum ada SK", "1.386,40 ha", None)
    yield Specimen("cincin tanpa data", lambda: Ring(unknown))
    yield Specimen("keterangan cincin", lambda: RingLegend("tahun 2021", "sasaran 2022"))
    yield Specimen("petak RT", lambda: RtGrid(TILES, "014"), 620, "focus")
    for name, figures in (("", (312, 214, 58, 31, 4, 3, 2)), ("nol", (1218, 1218, 0, 0, 0, 0, 0))):
        yield Specimen(f"persamaan {name}", lambda figures=figures: EquationBar(Equation(*figures)), 860)


TILES = (
    TileFacts("001", 100, "RT 001: 100 %"),
    TileFacts("004", 82, "RT 004: 82 %"),
    TileFacts("007", 93, "RT 007: 93 %, konflik", Status.CONFLICT),
    TileFacts("014", 80, "RT 014: 80 %"),
    TileFacts("015", 55, "RT 015: 55 %, dikembalikan", Status.RETURNED),
    TileFacts("016", 60, "RT 016: 60 %"),
    TileFacts("017", 0, "RT 017: 0 %"),
    TileFacts("018", 12, "RT 018: 12 %"),
)

PLACES = (
    Place("home", "house", "Beranda"),
    Place("survey", "clipboard-list", "Pendataan", 412),
    Place("bowl", "bowl", "Mangkuk Masyarakat", 3),
    Place("rules", "scroll-text", "Aturan Bersama", 1),
    Place("together", "handshake", "Kolaborasi"),
    Place("meetings", "users", "Pertemuan", 2),
    Place("send", "arrow-left-right", "Kirim & Terima", 3),
    Place("print", "printer", "Cetak"),
    Place("quality", "shield-check", "Mutu Data", 18),
    Place("settings", "settings", "Pengaturan", at_foot=True),
)
PERSON = Person("RM", "Rina Marlina", "Fasilitator kelurahan")
TRAIL = ("Kota Palembang", "Seberang Ulu Satu", "Tiga Empat Ulu", "RT 014 / RW 05", "2022")
RISK = StatusFacts(
    "Tersimpan **14.32**",
    "oleh Rina Marlina",
    "Jika laptop ini hilang sekarang, **23 rumah** belum ada salinannya",
    "Kirim salinan",
    "Cadangan terakhir 14.00",
)
SAFE = StatusFacts("Tersimpan **14.32**", "oleh Rina Marlina", "Semua data sudah ada salinannya", "", "Cadangan 14.00")
SECTIONS = (
    Section("", "Informasi umum", Progress.DONE, "F7"),
    Section("A.1", "Keteraturan bangunan", Progress.DONE, "5/5"),
    Section("A.2", "Kelayakan bangunan", Progress.PROBLEM, "6/6"),
    Section("A.3", "Akses air minum", Progress.HERE, "2/3"),
    Section("A.6.3", "Penguasaan bangunan & lahan", Progress.TO_DO, "0/4"),
)


def rail(*, folded: bool = False) -> Rail:
    made = Rail("P2KP", PLACES, PERSON)
    made.show_current("survey")
    made.fold(folded=folded)
    return made


def _window() -> Iterator[Specimen]:
    yield Specimen("rel", rail, height=620)
    yield Specimen("rel fokus", rail, 0, "focus", height=620)
    yield Specimen("rel terlipat", lambda: rail(folded=True), height=620)
    yield Specimen("bagian formulir", lambda: SectionRail(SECTIONS, 3), 216, "", Token.WINDOW)
    yield Specimen("bagian, sempit, fokus", lambda: SectionRail(SECTIONS, 3, counts=False), 178, "focus", Token.WINDOW)
    yield Specimen("jejak", lambda: Breadcrumb(TRAIL), 700)
    yield Specimen("jejak fokus", lambda: Breadcrumb(TRAIL), 700, "focus")
    yield Specimen("jejak sempit", lambda: Breadcrumb(TRAIL), 360)
    for width in (1200, 860, 700):
        yield Specimen(f"baris keadaan {width}", lambda: StatusLine(RISK), width)
    yield Specimen("baris keadaan aman", lambda: StatusLine(SAFE), 1000)


def cells() -> tuple[Cell, ...]:
    done = [Cell.DONE] * 12
    done[6], done[11] = Cell.HARD, Cell.SOFT
    return (*done, Cell.SKIPPED, *[Cell.TO_DO] * 15)


SHARES = (
    Share("verified", "Diverifikasi", 11, Token.SHARE_100),
    Share("ready", "Siap kirim", 19, Token.SHARE_80),
    Share("returned", "Dikembalikan", 2, Token.WARN_LINE),
    Share("conflict", "Konflik", 1, Token.CONF),
    Share("draft", "Draf", 5, Token.SHARE_80, Ground.HATCHED),
    Share("missing", "Belum didata", 8, Token.LINE2, Ground.OUTLINED),
)
TODO = Todo("corner-up-left", Token.WARN, 6, "Dikembalikan", "ada catatan pemeriksa")
DRAFT = Draft("Sukarman bin Abdul Roni", "RT 014 · pertanyaan 14 · pukul 14.32", "Lanjutkan", "Enter")
FAULT = Fault(
    "Paket tidak selesai disalin ke flashdisk.",
    "Data Anda aman di laptop ini.",
    "Pasang lagi flashdisk, lalu tekan Kirim.",
    "K-204",
)
EMPTY = Emptiness(
    "Mulai dari tumpukan kertas Anda",
    "Ambil formulir paling atas, lalu tekan **Ctrl N**. Pertanyaan di layar berurutan sama dengan kertas.",
    "Isi rumah pertama",
    ("Ctrl", "N"),
)
WAYS = (
    WayIn(
        "list-checks",
        "Tempel daftar warga",
        "Salin nama dari Excel ketua RT. Rumah yang belum didata langsung terlihat.",
    ),
    WayIn("printer", "Cetak formulir kosong", "Format A dan B, kertas A4 atau F4, sudah berisi nama RT."),
    WayIn(
        "file-spreadsheet",
        "Ambil dari Excel lama",
        "Kolom dicocokkan lebih dulu. Belum ada yang disimpan sebelum Anda setuju.",
    ),
)


def _cards() -> Iterator[Specimen]:
    for state in ("", "hover", "focus"):
        yield Specimen(f"tugas {state}", lambda: TodoCard(TODO), 201, state, Token.WINDOW)
    none = Todo("git-compare", Token.CONF, 0, "Konflik", "perlu dipilih")
    yield Specimen("tugas: tidak ada", lambda: TodoCard(none), 201, "", Token.WINDOW)
    for state in ("", "hover", "focus"):
        yield Specimen(f"draf {state}", lambda: DraftCard(DRAFT), 468, state, Token.WINDOW)
    yield Specimen("kemajuan", lambda: ProgressPanel("194 dari 312 · kira-kira 20 detik lagi", 0.62), 490)
    yield Specimen("sel kemajuan", lambda: ProgressCells(cells(), 13), 597)
    yield Specimen("cakupan", lambda: CoverageBar(SHARES), 398)
    yield Specimen("saringan", lambda: FilterBar("Semua", SHARES), 860, "", Token.WINDOW)
    yield Specimen("saringan sempit, fokus", lambda: FilterBar("Semua", SHARES), 420, "focus", Token.WINDOW)
    yield Specimen("kesalahan", lambda: ErrorCard(FAULT, "Kirim lagi"), 486)
    practice = "Desa latihan. Data di sini tidak dapat dikirim sebagai data asli."
    yield Specimen("latihan", lambda: PracticeBanner(practice), 260)
    yield Specimen("kosong", lambda: EmptyState(EMPTY, WAYS), 1104, height=520)


def _tables() -> Iterator[Specimen]:
    for state in ("", "focus"):
        yield Specimen(f"daftar rumah {state}", lambda: TableCard(household_table()), 1200, state, Token.WINDOW, 400)
    yield Specimen("peringkat, dua baris", lambda: TableCard(ranking_table()), 600, "", Token.WINDOW, 240)


class _Swatch(QWidget):
    """A level as it is painted on a map and in a legend."""

    def __init__(self, level: Level) -> None:
        super().__init__()
        self._level = level
        self.setFixedSize(90, 40)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        with painting(self) as painter:
            draw_level(painter, self.rect().toRectF(), self._level, 5)


def _levels() -> Iterator[Specimen]:
    for level in Slum:
        yield Specimen(f"tingkat: {level.name}", lambda level=level: _Swatch(level.value))
    for percent in (0, 1, 50, 80, 100):
        yield Specimen(f"lengkap {percent} %", lambda percent=percent: _Swatch(completeness(percent)))


SHEETS = {
    "huruf": _keycaps,
    "isian": _fields,
    "pertanyaan": _questions,
    "tombol": _buttons,
    "status": _chips,
    "gambar": _figures,
    "jendela": _window,
    "kartu": _cards,
    "tabel": _tables,
    "tingkat": _levels,
}


def dressed(scheme: Scheme) -> QApplication:
    """Return the running program, or a new one, in this scheme."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    focus.follow(app)
    theme.apply(app, scheme)
    return app


def specimens() -> list[Specimen]:
    return [specimen for sheet in SHEETS.values() for specimen in sheet()]


def shown(specimen: Specimen) -> QWidget:
    """Return a window that shows the specimen in its state, as a person would see it."""
    holder = QFrame()
    surface(holder, specimen.ground)
    around = QVBoxLayout(holder)
    around.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    row = QHBoxLayout()
    around.addLayout(row)
    widget = specimen.make()
    row.addWidget(widget)
    larger = widget.logicalDpiX() / 96
    if specimen.width:
        widget.setFixedWidth(round(specimen.width * larger))
    if specimen.height:
        widget.setFixedHeight(round(specimen.height * larger))
    if not specimen.width:
        row.addStretch(1)
    QCursor.setPos(0, 0)
    holder.move(400, 400)
    holder.show()
    size = holder.sizeHint()
    if holder.hasHeightForWidth():
        size.setHeight(holder.heightForWidth(size.width()))
    holder.resize(size)
    QApplication.processEvents()
    _bring_into(widget, specimen.state)
    QApplication.processEvents()
    return holder


def _bring_into(widget: QWidget, state: str) -> None:
    widget.setEnabled(state != "off")
    if state == "hover":
        QTest.mouseMove(widget)
    if state == "checked":
        widget.setChecked(True)  # type: ignore[attr-defined]
    if state == "focus":
        widget.activateWindow()
        QApplication.processEvents()
        target: QWidget | None = widget
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            inside = [child for child in widget.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
            target = inside[0] if inside else None
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
    elif widget.window().focusWidget():
        widget.window().focusWidget().clearFocus()


def drawn(found: list[Specimen], width: int = 1366) -> QImage:
    """Return one picture of all specimens, each with its name above."""
    pictures = [(specimen, _grabbed(specimen)) for specimen in found]
    spots: list[tuple[int, int]] = []
    x = y = row = 16
    for specimen, picture in pictures:
        wide = max(picture.width(), round(Words(specimen.name, CAPTION).width)) + 16
        if x + wide > width and x > 16:
            x, y, row = 16, y + row + 12, 0
        spots.append((x, y))
        x, row = x + wide, max(row, picture.height() + 22)
    image = QImage(width, y + row + 16, QImage.Format.Format_RGB32)
    image.fill(colour(Token.PANEL))
    painter = QPainter(image)
    for (specimen, picture), (left, top) in zip(pictures, spots, strict=True):
        Words(specimen.name, CAPTION).draw_in(painter, QRectF(left, top, 400, 20))
        painter.drawImage(left, top + 22, picture)
    painter.end()
    return image


def _grabbed(specimen: Specimen) -> QImage:
    window = shown(specimen)
    picture = window.grab().toImage()
    window.close()
    window.deleteLater()
    return picture


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in Scheme:
        app = dressed(scheme)
        for name, sheet in SHEETS.items():
            drawn(list(sheet())).save(str(folder / f"{name}-{scheme.value}.png"))
        app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
