"""By which words the heading of a column may name an answer: key, number and wording of the question, usual ones."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from p2kp_desktop.schema import Derived, Form, Question

from .layout import SITES

SURE = 82  # percent from which a heading is taken for a question's
RW = "rw"  # the second column of an address that stands in two: RT 014, RW 005
_USUAL = 95  # percent that a usual heading is worth at most: the question's own wording goes before it
_WHOLLY = 100  # percent
_COUNTING = frozenset({"no", "nomor", "no urut", "nomor urut", "urut", "nmr"})  # columns that only count the rows
_LETTERS = re.compile(r"[^\W\d_]{2,}|^\d{1,2}[a-z]$|^[LP]$")  # a word, a number as printed (6a), a sex
_MOSTLY = 0.5  # share of words among the filled cells of a row of headings
_SPACED = re.compile(r"(?<!\w)[^\W\d](?: [^\W\d]){2,}(?!\w)")  # letters of a word with spaces between them
_NUMBERED = 5  # ascending numbers from which a row of headings may consist of them
_LEAST = 2  # words in a row of headings

ADDRESS_WORDS = {
    "rt": ("RT/RW", "RT", "RT_RW", "RT/RW/Dusun", "No. RT"),
    RW: ("RW", "No. RW"), "period": ("Periode", "Tahun"),
}

_HEADS = ("Nama KK", "Nama Kepala Keluarga", "Nama Kepala Rumah Tangga", "Nama KRT", "Nama", "Nama Lengkap",
          "Kepala Keluarga", "Nama Responden", "Nama Warga")
_HOUSES = ("No. Rumah", "Nomor Rumah", "No. Bangunan", "Nomor Bangunan", "Nomor Bangunan di RT", "Blok/No. Rumah")
_MEN = ("L", "Laki-laki", "Laki", "Lk", "Jumlah Laki-laki", "Jml L", "Jumlah L", "Anggota L", "Anggota Laki-laki",
        "Jumlah Anggota L", "Jumlah Anggota Rumah Tangga L", "Jumlah Anggota Keluarga L", "Jumlah Jiwa L")
_OF_WOMEN = {"L": "P", "Laki-laki": "Perempuan", "Laki": "Perempuan", "Lk": "Pr"}
_WOMEN = tuple(" ".join(_OF_WOMEN.get(word, word) for word in each.split()) for each in _MEN)
_VAGUE = ("Alamat", "Alamat Rumah", "Alamat Lengkap")  # where nothing says the number of a house more plainly
_NOTES = ("Keterangan", "Ket.", "Catatan")

# What people write above their columns, by the keys of forms and questions.
USUAL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "household": {
        "survey_date": ("Tanggal Data", "Tgl Pendataan", "Tgl Data", "Tanggal", "Tgl"), "head_name": _HEADS,
        "nik": ("No. KTP", "Nomor KTP", "Nomor Induk Kependudukan", "No. NIK", "NIK KK", "NIK Kepala Keluarga"),
        "kk_number": ("No. KK", "Nomor Kartu Keluarga", "No. Kartu Keluarga", "No KK/KK"),
        "building": _HOUSES, "interviewer": ("Petugas", "Pendata", "Enumerator", "Surveyor", "Nama Petugas"),
        "kk_count": ("Jumlah KK", "Jml KK", "KK", "Banyak KK", "Jumlah Kepala Keluarga", "Jml. Kepala Keluarga"),
        "mbr": ("Status Rumah Tangga", "MBR/Non MBR", "Status MBR", "MBR"),
        "members_male": _MEN, "members_female": _WOMEN,
        "members_disabled": ("Difabel", "Disabilitas", "Jumlah Difabel", "Penyandang Disabilitas"),
        "occupants": ("Jumlah Penghuni", "Penghuni"), "floor_length": ("Panjang (m)", "Panjang Bangunan"),
        "floor_width": ("Lebar (m)", "Lebar Bangunan"), "floors": ("Jumlah Lantai", "Jml Lantai"),
        "roof": ("Atap", "Kondisi Atap"), "wall": ("Dinding", "Kondisi Dinding"), "floor": ("Lantai", "Jenis Lantai"),
        "water_source": ("Sumber Air Minum", "Sumber Air"), "livelihood": ("Mata Pencaharian", "Pekerjaan"),
        "electricity": ("Daya Listrik", "Listrik", "Listrik (Watt)"),
    },
    "resident": {"head_name": (*_HEADS, "Nama Penghuni", "Penghuni", "Nama Kepala"), "line": ("No. Urut", "No"),
                 "house_number": (*_HOUSES, "Rumah", "Blok", "Blok/No.", "Alamat/No. Rumah", *_VAGUE), "note": _NOTES},
    "rt": {"head_name": ("Ketua RT", "Nama Ketua"), "phone": ("No. HP", "HP", "Telepon", "No. Telepon", "Nomor HP"),
           "dusun": ("Dusun", "Nama Dusun"), "latitude": ("Lintang", "Latitude"), "longitude": ("Bujur", "Longitude")},
    "rt_recap": {
        "luas_ha": ("Luas", "Luas (Ha)", "Luas RT (Ha)", "Luas Verifikasi RT"),
        "bangunan": ("Bangunan", "Jml Bangunan", "Jumlah Bangunan (unit)", "Jumlah Rumah"),
        "penduduk": ("Penduduk", "Jumlah Jiwa", "Jiwa", "Jml Penduduk"),
        "kk": ("Jumlah KK", "KK", "Jml KK", "Banyak KK", "Kepala Keluarga"),
        "jalan_ideal_m": ("Jalan Ideal", "Jalan Ideal (m)"),
        "drainase_ideal_m": ("Drainase Ideal", "Drainase Ideal (m)"),
        "missing_road_m": ("Cakupan Pelayanan Jalan Lingkungan",),
        "damaged_road_m": ("Kualitas Permukaan Jalan Lingkungan",),
        "substandard_buildings": ("Ketidaksesuaian dengan Persy Teknis Bangunan",),
        "unsafe_water_kk": ("Ketersediaan Akses Aman Air Minum",), "damaged_drain_m": ("Kualitas Konstruksi Drainase",),
        "no_latrine_kk": ("Sistem Pengelolaan Air Limbah Tidak Sesuai Standar Teknis",),
        "unfit_latrine_kk": ("Prasarana dan Sarana Pengelolaan Air Limbah Tidak Sesuai dengan Persyaratan Teknis",),
        "waste_facility_kk": ("Prasarana dan Sarana Persampahan Tidak Sesuai dengan Persyaratan Teknis",),
        "uncollected_kk": ("Sistem Pengelolaan Persampahan yang Tidak Sesuai Standar Teknis",),
    },
}


def answerable(form: type[Form]) -> tuple[str, ...]:
    """Return the keys that a column may answer, in the order of the form, those of the address first."""
    return tuple(_wordings(form))


def only_counts(text: str) -> bool:
    """Say whether a heading stands over the numbers of the rows, which nobody misses."""
    return _plain(text) in {_plain(each) for each in _COUNTING} or not re.search(r"\w", text)


@lru_cache(maxsize=8192)
def is_computed(form: type[Form], text: str) -> bool:
    """Say whether a heading is that of a value which the program computes itself, as its own tables show it."""
    return _plain(text) in _computed(form)  # type: ignore[arg-type]  # a class is hashable


@lru_cache(maxsize=8192)
def computed_from(form: type[Form], text: str) -> frozenset[str]:
    """Return the keys of the answers from which the program computes the value under a heading; none for others."""
    question = _computed(form).get(_plain(text))  # type: ignore[arg-type]  # a class is hashable
    return frozenset(part.key for part in question.parts() if isinstance(part, Question)) if question else frozenset()


@lru_cache
def _computed(form: type[Form]) -> dict[str, Derived]:
    derived = (question for question in form.questions if isinstance(question, Derived))
    return {_plain(text): question for question in derived for text in _said(question)}


def looks_like_headings(row: list[str]) -> bool:
    """Say whether a row consists mostly of words, or, after its words, of printed numbers in their order."""
    filled = [text for text in row if text]
    words = [text for text in filled if is_worded(text)]
    if len(words) < min(_LEAST, len(filled)) or not words:
        return False
    others = [text for text in filled if text not in words]
    in_order = all(text.isdecimal() for text in others) and sorted({*map(int, others)}) == [*map(int, others)]
    return len(words) >= _MOSTLY * len(filled) or (len(others) >= _NUMBERED and in_order)


def is_worded(text: str) -> bool:
    """Say whether a heading is more than a figure."""
    return bool(_LETTERS.search(text))


def is_numbering(row: list[str]) -> bool:
    """Say whether a row only numbers the columns: (1) (2) (3) …."""
    numbers = [text.strip("() ") for text in row if text]
    return len(numbers) > _LEAST + 1 and numbers == [str(place) for place in range(1, len(numbers) + 1)]


@lru_cache(maxsize=8192)
def alike(form: type[Form], text: str) -> tuple[tuple[str, int], ...]:
    """Return the questions that a heading is surely one of, in the order of the form, with how alike, in percent."""
    if is_computed(form, text):  # type: ignore[arg-type]  # a class is hashable
        return ()
    words_of, meant = _compared(form)  # type: ignore[arg-type]  # a class is hashable
    best: dict[str, int] = {}
    likeness: dict[str, float] = {}
    found = process.extract(_plain(text), words_of, scorer=fuzz.ratio, score_cutoff=SURE - 0.5, limit=None)
    for _, percent, place in found:
        key, most = meant[place]
        best[key] = max(best.get(key, 0), min(round(percent), most))
        likeness[key] = max(likeness.get(key, 0), percent)
    if _is_between(likeness.values()):
        return ()
    return tuple((key, best[key]) for key in dict.fromkeys(key for key, _ in meant) if best.get(key, 0) >= SURE)


def _is_between(likeness: Collection[float]) -> bool:
    """Say whether a heading is as much like one question as like another: by «Jumlah» neither L nor P is meant."""
    most = max(likeness, default=_WHOLLY)
    return most < _WHOLLY and sum(percent == most for percent in likeness) > 1


@lru_cache
def _compared(form: type[Form]) -> tuple[list[str], list[tuple[str, int]]]:
    """Return all words for a form's answers as they are compared; the key of each, what it is worth at most."""
    usual = USUAL.get(form.key, {})
    rows = [(_plain(text), (key, 100)) for key, said in _wordings(form).items() for text in said]
    rows += [
        (_plain(text), (key, SURE if text in _VAGUE else _USUAL))
        for key in _wordings(form) for text in usual.get(key, ())
    ]
    return [text for text, _ in rows], [meant for _, meant in rows]


def _wordings(form: type[Form]) -> dict[str, list[str]]:
    """Return everything by which a heading may name each answer of a form: key, number, wording, both."""
    named: dict[str, list[str]] = {"parent": ["parent", form.parent.label]} if form.parent else {}
    wanted = {"region": bool(form.place), "rt": form.place == "rt", RW: form.place == "rt", "period": form.per_period}
    for key in (key for key, needed in wanted.items() if needed):
        named[key] = list(ADDRESS_WORDS[key]) if key in ADDRESS_WORDS else _sites(form)
    for question in form.questions:
        if isinstance(question, Derived):
            continue
        named[question.key] = _said(question)
    return named


def _said(question: Question[Any]) -> list[str]:
    unit = f" ({question.unit})" if question.unit else ""
    said = [question.key, question.label, f"{question.label}{unit}"]
    if question.number:
        said += [question.number, *(f"{question.number} {wording}" for wording in said[1:])]
    return said


def _sites(form: type[Form]) -> list[str]:
    """Return the words for where a record stands, but for those by which a question of the form is known."""
    asked = {question.label.casefold() for question in form.questions}
    return [said for said in SITES[form.place] if said.casefold() not in asked]


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """Return a heading as it is compared: its words in one order, without marks; «N I K» is NIK."""
    bare = re.sub(r"[^\w]+", " ", text.casefold().replace("_", " "))
    return " ".join(sorted(_SPACED.sub(lambda found: found[0].replace(" ", ""), bare).split()))
