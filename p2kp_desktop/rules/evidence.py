"""What bears out each part of the bowl: institutions, decrees, plans, agreements, meetings, each judged on a day."""

import datetime
from collections.abc import Iterable
from fractions import Fraction

from p2kp_desktop.forms.institutions import Bkm, BkmUnit, Forum, PlanDocument, Tipp, Volunteers
from p2kp_desktop.forms.meeting import Meeting
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Date, Record, written

from .bowl import Evidence, Part, Rule, Village

_DAYS_IN_MONTH = 30


def told(
    rule: Rule, ready: bool, note: str, says: str, *evidence: Record, percent: Fraction | None = None
) -> Part:
    """Return a part of which something is recorded."""
    named = tuple(Evidence(each.form.key, each.id, name_of(each)) for each in evidence)
    return Part(rule.key, ready, True, percent, note, says, named, rule.counts)


def nothing(rule: Rule, says: str) -> Part:
    """Return a part of which nothing is recorded."""
    return Part(rule.key, ready=False, noted=False, note=say("belum dicatat"), says=says, counts=rule.counts)


def name_of(record: Record) -> str:
    """Return the name of a record, or the words that stand for one."""
    return record.form.called(record.answers, say)


def shown(day: datetime.date | None) -> str:
    """Return for instance 4 Oktober 2022."""
    return written.day(day) if day else ""


def active(village: Village, record: Record, status: Choice) -> bool:
    """Say whether an institution works; on a past day nobody knows, and it is taken as if."""
    return village.past or record.understood(status) != "tidak"


def by_then(village: Village, record: Record, date: Date) -> bool:
    """Say whether the day of a record had come; a record without a day counts only for the present."""
    day = record[date]
    return day <= village.day if day else not village.past


def latest(records: Iterable[Record], date: Date) -> Record | None:
    """Return the record with the latest day."""
    return max(records, key=lambda record: record[date] or datetime.date.min, default=None)


def _bkm_of(village: Village) -> Record | None:
    formed = [each for each in village.of(Bkm) if by_then(village, each, Bkm.formed)]
    working = [each for each in formed if active(village, each, Bkm.active)]
    return latest(working or formed, Bkm.term_ends)


def bkm(rule: Rule, village: Village) -> Part:
    """Judge the term of the BKM."""
    found = _bkm_of(village)
    if found is None:
        return nothing(rule, say("Belum ada BKM/LKM yang dicatat."))
    name, ends = name_of(found), found[Bkm.term_ends]
    if not active(village, found, Bkm.active):
        return told(rule, False, say("tidak aktif"), say("{name} dicatat tidak aktif.", name=name), found)
    if ends is None:
        return told(rule, False, say("masa bakti kosong"), say("Masa bakti {name} belum diisi.", name=name), found)
    if ends < village.day:
        says = say("Masa bakti {name} berakhir {day}. Perlu pemilihan ulang.", name=name, day=shown(ends))
        return told(rule, False, say("berakhir {day}", day=shown(ends)), says, found)
    until = say("sampai {day}", day=shown(ends))
    if (ends - village.day).days < rule.asked * _DAYS_IN_MONTH:
        says = say("Masa bakti {name} tinggal sebentar, {until}. Siapkan pemilihan.", name=name, until=until)
        return told(rule, False, until, says, found)
    return told(rule, True, until, say("{name}, masa bakti {until}.", name=name, until=until), found)


def notary(rule: Rule, village: Village) -> Part:
    """Judge the legal standing of the BKM; the account itself is private and does not always travel."""
    found = _bkm_of(village)
    if found is None:
        return nothing(rule, say("Belum ada BKM/LKM yang dicatat."))
    confirmed = found[Bkm.notary_date]
    lacking = [
        *([] if confirmed and confirmed <= village.day else [say("tanggal notaris")]),
        *([] if found.understood(Bkm.bank) else [say("nama bank")]),
    ]
    if lacking:
        words = " · ".join(lacking)
        return told(rule, False, words, say("Belum diisi di {name}: {what}.", name=name_of(found), what=words), found)
    says = say("Notaris {day}, rekening di {bank}.", day=shown(confirmed), bank=found.show(Bkm.bank))
    return told(rule, True, found.show(Bkm.bank), says, found)


def upl(rule: Rule, village: Village) -> Part:
    """Judge the unit for environment of the BKM."""
    units = [each for each in village.of(BkmUnit) if each.understood(BkmUnit.kind) == "upl"]
    begun = [each for each in units if by_then(village, each, BkmUnit.since) or not each[BkmUnit.since]]
    working = [each for each in begun if active(village, each, BkmUnit.active)]
    if not begun:
        return nothing(rule, say("Belum ada UPL yang dicatat."))
    if len(working) < rule.asked:
        some = say("{have} dari {least}", have=len(working), least=written.number(rule.asked))
        note = some if working else say("tidak aktif")
        return told(rule, False, note, say("UPL yang dicatat tidak aktif atau belum cukup."), *begun)
    head = working[0][BkmUnit.head_name] or ""
    says = say("UPL aktif, diketuai {name}.", name=head) if head else say("UPL aktif.")
    return told(rule, True, say("aktif"), says, *working)


def tipp(rule: Rule, village: Village) -> Part:
    """Judge the decree of the TIPP."""
    working = [each for each in village.of(Tipp) if active(village, each, Tipp.active)]
    decreed = [each for each in working if each[Tipp.sk_date] and by_then(village, each, Tipp.sk_date)]
    named = latest([each for each in decreed if each.understood(Tipp.sk_number)], Tipp.sk_date)
    if named is not None:
        men, women = named[Tipp.men] or 0, named[Tipp.women] or 0
        members = say("{members} anggota, {women} perempuan", members=men + women, women=women)
        says = say("SK {number} tanggal {day}: {members}.", number=named.show(Tipp.sk_number),
                   day=shown(named[Tipp.sk_date]), members=members)
        return told(rule, True, members, says, named)
    if not village.of(Tipp):
        return nothing(rule, say("Belum ada TIPP yang dicatat."))
    if not working:
        return told(rule, False, say("tidak aktif"), say("TIPP dicatat tidak aktif."), *village.of(Tipp))
    return told(rule, False, say("menunggu SK"), say("TIPP ada; nomor atau tanggal SK belum diisi."), *working)


def volunteers(rule: Rule, village: Village) -> Part:
    """Judge how many volunteers the last count found."""
    counted = latest(
        [each for each in village.of(Volunteers) if by_then(village, each, Volunteers.date)], Volunteers.date
    )
    if counted is None:
        return nothing(rule, say("Relawan belum didata."))
    have = (counted[Volunteers.men] or 0) + (counted[Volunteers.women] or 0)
    note = say("{have} dari {least}", have=written.number(have), least=written.number(rule.asked))
    day = shown(counted[Volunteers.date])
    if have >= rule.asked:
        says = say("{have} relawan pada {day}, paling sedikit {least}.", have=have, day=day,
                   least=written.number(rule.asked))
        return told(rule, True, note, says, counted)
    says = say("{have} relawan pada {day}; kurang {lacking}.", have=have, day=day,
               lacking=written.number(rule.asked - have))
    return told(rule, False, note, says, counted)


def rplp(rule: Rule, village: Village) -> Part:
    """Judge the plan of the kelurahan."""
    plans = [each for each in village.of(PlanDocument) if each.understood(PlanDocument.kind) == "rplp"]
    passed = [
        each for each in plans
        if each.understood(PlanDocument.progress) == "disahkan" and by_then(village, each, PlanDocument.date)
    ]
    valid = latest([e for e in passed if village.day.year <= (e[PlanDocument.last_year] or 9999)], PlanDocument.date)
    if valid is not None:
        day = shown(valid[PlanDocument.date])
        return told(rule, True, day, say("RPLP disahkan {day}.", day=day), valid)
    if passed:
        year = max(each[PlanDocument.last_year] or 0 for each in passed)
        says = say("RPLP berlaku sampai {year}. Perlu disusun kembali.", year=year)
        return told(rule, False, say("sampai {year}", year=year), says, *passed)
    last = latest(plans, PlanDocument.date)
    if last is None:
        return nothing(rule, say("Belum ada RPLP yang dicatat."))
    stage = say(last.show(PlanDocument.progress)) if not village.past else say("belum disahkan")
    says = say("RPLP belum disahkan; sekarang: {stage}.", stage=stage)
    return told(rule, False, stage, says, last)


def forum(rule: Rule, village: Village) -> Part:
    """Judge whether the forum met in the quarter of the day."""
    first = datetime.date(village.day.year, (village.day.month - 1) // 3 * 3 + 1, 1)
    held = [each for each in village.of(Meeting) if each[Meeting.date] and by_then(village, each, Meeting.date)]
    now = [each for each in held if (each[Meeting.date] or first) >= first]
    last = latest(held, Meeting.date)
    if len(now) >= rule.asked and last is not None:
        day = shown(last[Meeting.date])
        return told(rule, True, day, say("Forum bertemu {day}.", day=day), *now)
    there = [each for each in village.of(Forum) if by_then(village, each, Forum.formed)]
    if last is not None:
        says = say("Terakhir bertemu {day}; triwulan ini {have} dari {least} pertemuan.", day=shown(last[Meeting.date]),
                   have=len(now), least=written.number(rule.asked))
        return told(rule, False, say("terakhir {day}", day=shown(last[Meeting.date])), says, last)
    if there:
        return told(rule, False, say("belum bertemu"), say("Forum ada; belum ada pertemuannya yang dicatat."), *there)
    return nothing(rule, say("Belum ada forum kolaborasi yang dicatat."))


def baseline(rule: Rule, village: Village) -> Part:
    """Judge the survey: RTs that are complete and verified."""
    here = village.baseline
    if not here.rts:
        return nothing(rule, say("Belum ada RT yang didata."))
    share = Fraction(100 * here.verified, here.rts)
    says = say("{whole} dari {all} RT lengkap, {verified} di antaranya terverifikasi.", whole=here.whole, all=here.rts,
               verified=here.verified)
    ready = share >= Fraction(rule.asked)
    if ready:
        note = say("{all} RT", all=here.rts)
    elif here.whole == here.rts:
        note = say("{verified} dari {all} RT terverifikasi", verified=here.verified, all=here.rts)
    else:
        note = say("{share} % lengkap", share=written.decimal(here.percent))
    return Part(rule.key, ready, True, here.percent, note, says, (), rule.counts)
