"""What the data says about an RT, for its own notice board: plain words, large letters, nobody's name."""

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from p2kp_desktop.actions.scores import cheapest_works, explanations, over_time
from p2kp_desktop.actions.scores.cheapest_works import WorksWanted
from p2kp_desktop.forms import criteria
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import saving
from p2kp_desktop.rules.cheapest import RtWay, Work
from p2kp_desktop.rules.explanation import Explained, Explanation, amount
from p2kp_desktop.rules.profile import ALL
from p2kp_desktop.rules.regulation import Regulation
from p2kp_desktop.rules.volumes import ALL_OR_NOTHING
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import rt_words
from p2kp_desktop.schema.printed_code import PrintedCode, content_digest
from p2kp_desktop.schema.table import Scope, Source, Subject
from p2kp_desktop.store import Workspace

from . import passages, wording
from .passages import Block

_MOST_WORKS = 3
_SHOWN_TEXTS = {  # the indicators that stand here, as a resident would call them
    "water_safe": "Air minum aman", "water_enough": "Air cukup sepanjang tahun",
    "toilet": "Jamban sendiri atau bersama", "sanitation_technical": "Leher angsa dan tangki septik",
    "waste_collected": "Sampah diangkut 2 kali seminggu",
}
_PLAIN_TEXTS = {  # by option of the criterion: what is not good, of how much, as a resident would say it
    "c1a": "Bangunan tidak teratur (jauh dari jalan, di sempadan, di tempat berbahaya): {volume} dari {all}",
    "c1b": "Bangunan terlalu rapat: {volume} dari {all} hektare",
    "c1c": "Rumah beratap bocor, berdinding rusak, atau berlantai tanah: {volume} dari {all}",
    "c2a": "Jalan yang belum ada: {volume} dari {all} meter yang dibutuhkan",
    "c2b": "Jalan rusak: {volume} dari {all} meter",
    "c3a": "Keluarga tanpa air minum yang aman: {volume} dari {all}",
    "c3b": "Keluarga yang airnya tidak cukup sepanjang tahun: {volume} dari {all}",
    "c4a": "Tanah yang tergenang lama dan sering: {volume} dari {all} hektare",
    "c4b": "Selokan yang belum ada: {volume} dari {all} meter yang dibutuhkan",
    "c4c": "Selokan rusak: {volume} dari {all} meter",
    "c5a": "Keluarga tanpa jamban sendiri atau bersama: {volume} dari {all}",
    "c5b": "Keluarga tanpa leher angsa dan tangki septik: {volume} dari {all}",
    "c6a": "Belum ada tempat dan alat angkut sampah yang baik: untuk {volume} dari {all} keluarga",
    "c6b": "Keluarga yang sampahnya tidak diangkut dua kali seminggu: {volume} dari {all}",
    "c7a": "Belum ada hidran, sumber air, atau jalan untuk mobil pemadam: bagi {volume} dari {all} bangunan",
    "c7b": "Belum ada pos, mobil, atau alat pemadam kebakaran: bagi {volume} dari {all} bangunan",
    "c4_terhubung": "Selokan yang belum tersambung ke saluran kota: {volume} dari {all} meter",
    "c4_terpelihara": "Selokan kotor dan berbau: {volume} dari {all} meter",
    "c6_terpelihara": "Tempat dan alat angkut sampah rusak: bagi {volume} dari {all} keluarga",
}


@printable("rt_board", lambda: say("Apa kata data tentang RT kami (papan pengumuman)"), Needs.RT)
def rt_board(workspace: Workspace, asked: Asked) -> Document:
    """Return a sheet of what the data says about an RT, for its board."""
    scope = saving.understood(workspace, asked.scope)
    if scope.rt is None:
        raise Trouble(say("Lembar ini untuk satu RT."), remedy=say("Sebutkan RT-nya dengan --rt."), code="N13")
    told = explanations.explain(workspace, Subject(scope)).explanation
    source = saving.source_of(workspace, scope)
    surveyed = _surveyed(source, told)
    blocks: list[Block] = [
        passages.title(say("APA KATA DATA TENTANG RT KAMI"),
                       f"{rt_words(scope.rt)} · {wording.home(scope.area)}",
                       say("Pendataan {period} · {surveyed}", period=scope.period, surveyed=surveyed)),
        *_level(told), *_lacks(told), *_works(workspace, scope, told), *_figures(workspace, scope),
        passages.paragraph(say("Di lembar ini tidak ada nama siapa pun. Ada yang keliru? Sampaikan kepada ketua RT "
                               "atau fasilitator."), small=True),
    ]
    code = PrintedCode.of_report("rt_board", content_digest(json.dumps(blocks, ensure_ascii=False)))
    made = wording.document(say("Apa kata data tentang {rt}", rt=rt_words(scope.rt)), blocks, code, size=13,
                            letterhead=True, versions={})
    return replace(made, source=source, data={**made.data, "one_sheet": True})


def _surveyed(source: Source, told: Explanation) -> str:
    if told.rt is not None and told.rt.source == "recap":
        return say("dari rekap, bukan dari pendataan tiap rumah")
    if source.buildings:
        return say("{surveyed} dari {all} rumah sudah didata", surveyed=source.surveyed, all=source.buildings)
    return say("{surveyed} rumah sudah didata", surveyed=source.surveyed)


def _level(told: Explanation) -> Iterator[Block]:
    rules, total = told.regulation, told.score.total
    most = rules.highest_total
    level = say(rules.level(total).name)
    yield passages.bar(say("Nilai {total} dari {most}: {level}", total=total, most=most, level=level.lower()),
                       total / most, say("Makin kecil makin baik. {levels}.", levels=_ranges(rules)))
    if told.score.provisional:
        yield passages.paragraph(say("Nilai ini sementara, karena belum semua didata; masih dapat menjadi {between}.",
                                     between=told.between))


def _ranges(rules: Regulation) -> str:
    """Return the levels with their totals: 16–37 kumuh ringan, …."""
    found, above = [], 0
    for each in rules.levels:
        upto = f"–{above - 1}" if above else say(" ke atas")
        found.append(f"{each.at_least}{upto} {say(each.name).lower()}")
        above = each.at_least
    return ", ".join(reversed(found))


def _lacks(told: Explanation) -> Iterator[Block]:
    """Yield what is not good yet, what counts most first."""
    bad = sorted((each for each in told.criteria if each.score), key=lambda each: -(each.score or 0))
    unknown = sum(each.score is None for each in told.criteria)
    yield passages.heading(say("Yang belum baik"))
    if bad:
        yield passages.numbered(map(_plain, bad))
    else:
        yield passages.paragraph(say("Belum ada yang dinilai kurang."))
    if unknown:
        yield passages.paragraph(say("{count} hal belum diketahui, karena belum didata.", count=unknown))


def _plain(each: Explained) -> str:
    share = each.share
    if share is None or each.criterion.option not in _PLAIN_TEXTS:
        return say(each.criterion.name)
    unit = each.criterion.unit
    return say(_PLAIN_TEXTS[each.criterion.option], volume=_counted(share.volume, unit), all=_counted(share.of, unit))


def _works(workspace: Workspace, scope: Scope, told: Explanation) -> Iterator[Block]:
    """Yield the fewest works that bring the RT one level lower; nothing for an RT that is no slum."""
    rules, total = told.regulation, told.score.total
    level = rules.level(total)
    if level == rules.levels[-1]:
        return
    found = cheapest_works.solve(workspace, WorksWanted(below=level.at_least), area=scope.area, rt=scope.rt,
                                 period=scope.period)
    yield passages.heading(say("Pekerjaan yang mengubahnya"))
    ways = [way for way in found.ways if way.works]
    if not ways:
        yield passages.paragraph(say("Belum ada pekerjaan yang dapat dihitung dari data ini."))
        return
    yield from _of_way(ways[0], rules)


def _of_way(way: RtWay, rules: Regulation) -> Iterator[Block]:
    works = sorted(way.works, key=lambda work: work.after - work.before)
    items = [_work(work) for work in works[:_MOST_WORKS]]
    yield passages.numbered(items)
    more = len(works) - len(items)
    after = say(rules.level(way.after.score.total).name).lower()
    if more > 0:
        yield passages.paragraph(say("Bersama {count} pekerjaan lain, nilainya menjadi {total}: {level}.", count=more,
                                     total=way.after.score.total, level=after))
    else:
        yield passages.paragraph(say("Sesudah itu nilainya menjadi {total}: {level}.", total=way.after.score.total,
                                     level=after))


def _work(work: Work) -> str:
    """Return a work in words; of what an RT has or has not, how much of it says nothing."""
    unit = work.criterion.unit
    named = say(next(each.work for each in criteria.criteria() if each.option == work.criterion.option))
    if work.criterion.volume in ALL_OR_NOTHING:
        return named
    return say("{work}: {volume}", work=named, volume=f"{_counted(work.volume, unit)} {unit}")


def _counted(volume: Fraction, unit: str) -> str:
    """Return a volume as people count: families and houses whole, about so many where the rule gives a part of one."""
    if unit == "Ha" or volume.denominator == 1:
        return amount(volume)
    whole = written.number(int(volume + Fraction(1, 2)))
    return whole if unit == "m" else say("sekitar {number}", number=whole)


def _figures(workspace: Workspace, scope: Scope) -> Iterator[Block]:
    """Yield water, latrines and waste among the houses, each of how many."""
    lines = over_time.indicator_lines(workspace, scope.area, period=scope.period, rt=scope.rt, groups=(ALL,))
    found = {line.indicator.key: line.figure for line in lines if line.stage.rt == scope.rt and line.figure.of}
    shown = [(name, found[key]) for key, name in _SHOWN_TEXTS.items() if key in found]
    if shown:
        yield passages.heading(say("Air minum, jamban, dan sampah"))
    for name, figure in shown:
        words = say("{good} dari {all} rumah", good=written.number(int(figure.good)),
                    all=written.number(int(figure.of)))
        if figure.open:
            words = say("{words}; {open} belum diketahui", words=words, open=written.number(int(figure.open)))
        yield passages.bar(say(name), float(Fraction(figure.good) / Fraction(figure.of)), words, short=True)
