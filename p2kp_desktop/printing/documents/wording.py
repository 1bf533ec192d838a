"""What letters, agreements and minutes have in common: their words for days, numbers and places, and their code."""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from p2kp_desktop.language import SOURCE, Trouble, say, spoken
from p2kp_desktop.printing.pages.document import Document
from p2kp_desktop.printing.pages.qr import qr_svg
from p2kp_desktop.schema import Record, written
from p2kp_desktop.schema.numerals import spelt
from p2kp_desktop.schema.places import parents
from p2kp_desktop.schema.printed_code import PrintedCode
from p2kp_desktop.schema.values import MONTHS

from .passages import Block

TEMPLATE = "letter"
BLANK = "…" * 12  # to be filled in by hand
LINE = "\u200b".join([BLANK] * 6)  # more of it: it may go on in another line
_MOST = 40  # pages that have a code of their own; those beyond carry that of the last
_LETTERS, _ROWS = 700, 12  # that a page has at least, so that no page is left without
_DAY_TEXTS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def document(
    title: str, blocks: Sequence[Block], code: PrintedCode, *, size: int = 10, letterhead: bool = False,
    landscape: bool = False, foot: tuple[str, ...] = (), versions: Mapping[tuple[str, str], str] | None = None,
    told: tuple[str, ...] = (),
) -> Document:
    """Return a document of blocks about a record; each page carries the code of the part that it is in.

    What begins «of» something else than the first part is told apart by its photo too: nobody signs a list of guests.
    """
    parts = {of: (replace(code, document=of or code.document), _pages_at_most(some)) for of, some in _parts(blocks)}
    codes = {of: [qr_svg(replace(own, page=page).text) for page in range(1, most + 1)]
             for of, (own, most) in parts.items()}
    return Document(
        title, TEMPLATE, {"size": size, "blocks": list(blocks), "codes": codes, "short": code.short,
                          "code": {of: own.text for of, (own, _most) in parts.items()}},
        landscape=landscape, letterhead=letterhead, kept=True, foot=(say("Kode {code}", code=code.short), *foot),
        versions={(code.form, code.id): code.digest} if versions is None else versions, told=told,
    )


def _parts(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """Yield what the parts of a document are of ("" for the first) with their blocks."""
    of, some = "", list[Block]()
    for each in blocks:
        if begun := each.get("of"):
            yield of, some
            of, some = begun, []
        some.append(each)
    yield of, some


def _pages_at_most(blocks: Sequence[Block]) -> int:
    """Return how many pages blocks fill at most: a code takes 10 ms to draw, so none is drawn in vain."""
    breaks = sum(each["kind"] in ("break", "turned", "signatures") for each in blocks)
    rows = sum(len(group["rows"]) for each in blocks if each["kind"] == "table" for group in each["groups"])
    inside = sum(_pages_at_most(each["blocks"]) for each in blocks if each["kind"] == "turned")
    own = [each for each in blocks if each["kind"] != "turned"]
    return min(_MOST, 1 + breaks + inside + rows // _ROWS + len(json.dumps(own, ensure_ascii=False)) // _LETTERS // 2)


def only(records: Sequence[str]) -> str:
    """Return the record that is asked for; raise Trouble for none."""
    if not records:
        raise Trouble(say("Belum disebut catatan mana yang dicetak."),
                      remedy=say("Sebutkan catatannya dengan --record."), code="N06")
    return records[0]


def gone(record: str) -> Trouble:
    """Return the sentence about a record that is not there to be printed."""
    return Trouble(say("Catatan {record} tidak ada di ruang kerja ini.", record=record),
                   remedy=say("Muat ulang daftarnya, lalu pilih lagi."), code="N07")


def text(record: Record, key: str) -> str:
    """Return a plain answer as text, "" where there is none."""
    value = record.answers.get(key)
    return "" if value is None else str(value)


def counted(number: int) -> str:
    """Return a number in figures and in words: 60 (enam puluh); of other languages than Indonesian the figures."""
    figures = written.number(number)
    return f"{figures} ({spelt(number)})" if spoken() == SOURCE else figures


def long_day(day: str) -> str:
    """Return a day with its name: Kamis, 3 Desember 2026; to be filled in where nobody said."""
    date = _date(day)
    return f"{say(_DAY_TEXTS[date.weekday()])}, {written.day(date)}" if date else BLANK


def day_in_words(day: str) -> str:
    """Return a day as records of a meeting begin: Kamis, tanggal tiga bulan Desember tahun dua ribu dua puluh enam."""
    date = _date(day)
    if date is None:
        return say("{day}, tanggal {number} bulan {month} tahun {year}", day=BLANK, number=BLANK, month=BLANK,
                   year=BLANK)
    in_words = spelt if spoken() == SOURCE else str
    return say("{day}, tanggal {number} bulan {month} tahun {year}", day=say(_DAY_TEXTS[date.weekday()]),
               number=in_words(date.day), month=say(MONTHS[date.month - 1]), year=in_words(date.year))


def _date(day: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(day[:10])
    except ValueError:
        return None


def village(region: str) -> str:
    """Return a region as letters call it: Kelurahan Lima Ilir, Kecamatan Ilir Timur Dua, Kota Palembang."""
    return ", ".join(_called(each.level, each.name) for each in reversed(tuple(parents(region))) if each.level != _TOP)


def home(region: str) -> str:
    """Name, as a letter does, the one place that a region is: Kelurahan Lima Ilir."""
    found = tuple(parents(region))
    return _called(found[-1].level, found[-1].name) if found else BLANK


def head_of(region: str) -> str:
    """Return who is the head of a kelurahan or desa: Lurah Lima Ilir; of another region the words for either."""
    found = tuple(parents(region))
    heads = {"kelurahan": say("Lurah {name}", name=found[-1].name), "desa": say("Kepala Desa {name}",
                                                                               name=found[-1].name)} if found else {}
    return heads.get(found[-1].level if found else "", say("Lurah/Kepala Desa"))


def town(region: str) -> str:
    """Return the town where letters of a region are signed, without «Kota» or «Kabupaten» before it."""
    found = [each.name for each in parents(region) if each.level == "kabupaten_kota"]
    return found[0].removeprefix("Kota ").removeprefix("Kabupaten ") if found else BLANK


_TOP = "provinsi"
_LEVEL_TEXTS = {"kelurahan": "Kelurahan {name}", "desa": "Desa {name}", "kecamatan": "Kecamatan {name}"}


def _called(level: str, name: str) -> str:
    return say(_LEVEL_TEXTS[level], name=name) if level in _LEVEL_TEXTS else name
