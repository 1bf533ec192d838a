"""The words at the edge of the window: who works here, saved when, what has no copy yet."""

import datetime

from p2kp_desktop import environment
from p2kp_desktop.actions.overseeing import About, Standing
from p2kp_desktop.language import say
from p2kp_desktop.schema.values import show_date
from p2kp_desktop.ui.kit.equation import grouped
from p2kp_desktop.ui.kit.rail import Person
from p2kp_desktop.ui.kit.statusline import StatusFacts


def role_name(role: str) -> str:
    """Return what a person of this role is called."""
    names = {
        "facilitator": say("Fasilitator kelurahan"), "district": say("Kabupaten/kota"), "province": say("Provinsi"),
    }
    return names.get(role, role)


def person(about: About) -> Person:
    """Return the person at the foot of the rail."""
    words = about.person.split()
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:]))
    return Person(initials.upper(), about.person, role_name(about.role))


def today() -> datetime.date:
    """Return the day this machine believes in."""
    return datetime.date.fromisoformat(environment.now()[:10])


def moment(time: str, today: datetime.date) -> str:
    """Return a time of day for today (14.32), a date for any other day (4 Oktober 2022)."""
    when = datetime.datetime.fromisoformat(time)
    return f"{when:%H.%M}" if when.date() == today else show_date(time[:10])


def status(standing: Standing, *, practice: bool, today: datetime.date) -> StatusFacts:
    """Return the status line for how things stand."""
    saved, by = _saved(standing, today)
    lost = _lost(standing)
    return StatusFacts(
        saved, by, say("Data latihan tidak perlu disalin") if practice else lost or _safe(standing),
        say("Kirim salinan") if lost and not practice else "",
        _backup(standing, today),
    )


def _backup(standing: Standing, today: datetime.date) -> str:
    if not standing.backup:
        return say("Belum ada cadangan")
    return say("Cadangan terakhir {time}", time=moment(standing.backup, today))


def _saved(standing: Standing, today: datetime.date) -> tuple[str, str]:
    """Return when something was saved or received, and by whom."""
    if standing.last is not None:
        time = moment(standing.last.time, today)
        return say("Tersimpan **{time}**", time=time), say("oleh {person}", person=standing.last.person)
    if standing.received:
        return say("Diterima **{time}**", time=moment(standing.received, today)), ""
    return say("Belum ada yang disimpan"), ""


def _lost(standing: Standing) -> str:
    if standing.households:
        return say(
            "Jika laptop ini hilang sekarang, **{number} rumah** belum ada salinannya",
            number=grouped(standing.households),
        )
    if standing.records:
        return say(
            "Jika laptop ini hilang sekarang, **{number} catatan** belum ada salinannya",
            number=grouped(standing.records),
        )
    return ""


def _safe(standing: Standing) -> str:
    if standing.last is None and not standing.received:
        return say("Belum ada data yang perlu disalin")
    return say("Semua data sudah ada salinannya")


def explained(standing: Standing, today: datetime.date) -> str:
    """Return what the loss line is computed from, for whoever points at it or asks for help."""
    if not standing.sent:
        return say("Dihitung dari semua yang disimpan di sini, karena belum ada berkas yang dikirim.")
    return say(
        "Dihitung dari yang disimpan di sini sejak berkas kiriman terakhir ({time}). Berkas itu baru menjadi salinan "
        "setelah dipindahkan dari laptop ini.",
        time=moment(standing.sent, today),
    )
