"""The words at the edge of the window: who works here, saved when, what has no copy yet."""

import datetime

from p2kp_desktop import environment
from p2kp_desktop.actions.home.window_edge import About, EdgeStanding
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import OFFICE, role_words
from p2kp_desktop.ui.kit.rail import Person
from p2kp_desktop.ui.kit.statusline import StatusFacts


def role_name(role: str) -> str:
    """Return the name of a role as people say it."""
    names = {
        "facilitator": say("Fasilitator kelurahan"), "district": say("Kabupaten/kota"), "province": say("Provinsi"),
    }
    return names.get(role, role)


def person(about: About) -> Person:
    """Return the person at the foot of the rail."""
    words = about.person.split()
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:]))
    role = role_name(about.role) if about.person_role == OFFICE else role_words(about.person_role).capitalize()
    return Person(initials.upper(), about.person, role)


def today() -> datetime.date:
    """Return the day this machine believes in."""
    return datetime.date.fromisoformat(environment.now()[:10])


def status(
    standing: EdgeStanding, *, practice: bool, today: datetime.date, trouble: Trouble | None = None, unsaved: int = 0,
    sends: bool = True,
) -> StatusFacts:
    """Return the status line for how things stand; `trouble` is why the last backup failed.

    `unsaved` is how much of what was typed is in memory only; `sends` says whether whoever works here may send.
    """
    saved, by = _saved(standing, today)
    lost = "" if unsaved else _lost(standing)
    shown = bool(lost) and not practice and sends
    copies = say("Data latihan tidak perlu disalin") if practice else lost or _safe(standing)
    if unsaved:
        copies = say("**{count} isian** belum ada di disk", count=written.number(unsaved))
    return StatusFacts(
        saved, by, copies,
        say("Kirim salinan") if shown else "", _backup(standing, today), _waiting(standing) if shown else "",
        *(_fault(trouble) if trouble else ("", "")), alarm=bool(unsaved),
    )


def _fault(trouble: Trouble) -> tuple[str, str]:
    """Return why there is no new backup and what to do; and only the first of the two."""
    what = say(trouble.what)
    return f"{what} {say(trouble.remedy)}", what


def _backup(standing: EdgeStanding, today: datetime.date) -> str:
    if not standing.backup:
        return say("Belum ada cadangan")
    return say("Cadangan terakhir {time}", time=written.moment_since(standing.backup, today))


def _saved(standing: EdgeStanding, today: datetime.date) -> tuple[str, str]:
    """Return when something was saved or received, and by whom."""
    if standing.last is not None:
        time = written.moment_since(standing.last.time, today)
        return say("Tersimpan **{time}**", time=time), say("oleh {person}", person=standing.last.person)
    if standing.received:
        return say("Diterima **{time}**", time=written.moment_since(standing.received, today)), ""
    return say("Belum ada yang disimpan"), ""


def _lost(standing: EdgeStanding) -> str:
    lacking = standing.lacking
    if lacking.households and lacking.records > lacking.households:
        return say(
            "Jika laptop ini hilang sekarang, **{number} rumah +{others} lain** belum ada salinannya",
            number=written.number(lacking.households), others=written.number(lacking.records - lacking.households),
        )
    if lacking.households:
        return say(
            "Jika laptop ini hilang sekarang, **{number} rumah** belum ada salinannya",
            number=written.number(lacking.households),
        )
    if lacking.records:
        return say(
            "Jika laptop ini hilang sekarang, **{number} catatan** belum ada salinannya",
            number=written.number(lacking.records),
        )
    return ""


def _waiting(standing: EdgeStanding) -> str:
    """Return how many of those without a copy are in files that nobody has acknowledged yet."""
    lacking = standing.lacking
    only_houses = lacking.households == lacking.records
    lost, sent = (
        (lacking.households, lacking.households_sent) if only_houses else (lacking.records, lacking.records_sent)
    )
    if not sent:
        return ""
    if sent == lost:
        return say("(sudah dikirim, menunggu tanda terima)")
    return say("({number} sudah dikirim, menunggu tanda terima)", number=written.number(sent))


def _safe(standing: EdgeStanding) -> str:
    if standing.last is None and not standing.received:
        return say("Belum ada data yang perlu disalin")
    return say("Semua data sudah ada salinannya")


def explained(standing: EdgeStanding, today: datetime.date) -> str:
    """Return the sentences on how the loss line is computed, for whoever points at it or asks for help."""
    said = [say(
        "Salinan ada bila kantor lain sudah mengirim tanda terima, atau bila cadangan ada di disk lain. Berkas yang "
        "baru dikirim belum dihitung: mungkin belum pernah keluar dari laptop ini."
    )]
    if standing.doubted:
        said.append(say(
            "Paket dari {names} belum dihitung sebagai tanda terima: pengirimnya belum dikenal sebagai kantor di atas. "
            "Tanyakan lewat telepon apakah berkas itu benar darinya.", names=", ".join(standing.doubted),
        ))
    if standing.sent:
        said.append(say("Berkas terakhir dikirim {time}.", time=written.moment_since(standing.sent, today)))
    if standing.elsewhere:
        said.append(say("Cadangan di disk lain: {time}.", time=written.moment_since(standing.elsewhere, today)))
    return " ".join(said)
