"""The commands of enrolment: how this workspace stands, asking, approving, taking the answer, revoking."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.actions.trust import enrolling, members
from p2kp_desktop.actions.trust.enrolling import ANSWERING, Terms
from p2kp_desktop.actions.trust.members import Member, Own
from p2kp_desktop.exchange import signing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.places import region_name

from .opening import open_workspace
from .printing import put_out

Arguments = argparse.Namespace

LONGEST_FILE = 100_000  # bytes of a text file with a line in it


def show(arguments: Arguments) -> int:
    """Say how the workspace is enrolled, who asks, and who is enrolled."""
    with open_workspace(arguments.file, "enrol") as workspace:
        own, found = members.own(workspace), members.members(workspace)
    if arguments.json:
        put_out({"own": _own(own), "enrolment": [_member(each) for each in found]})
    else:
        print("\n".join([*_own_lines(own), *(line for each in found for line in _lines(each))]))
    return 0


def _own(own: Own) -> dict[str, object]:
    told = asdict(own)
    del told["offer"]
    return told | {"offered": bool(own.offer)}


def _member(each: Member) -> dict[str, object]:
    return asdict(each)


def _own_lines(own: Own) -> Iterator[str]:
    yield f"{own.name} · {role_words(own.role)} · {members.state_words(own.state)}"
    if own.words:
        yield say("Enam kata ruang kerja ini: {words}", words=own.words)
    if own.root_words:
        yield say("Enam kata induk pendaftaran: {words}", words=own.root_words)
    if own.by:
        yield say("Didaftarkan oleh {office}, sampai {until}.", office=own.by, until=own.until)
    if own.reason:
        yield say("Alasan: {reason}", reason=own.reason)
    if own.offer:
        yield say("Jawaban sudah datang. Bandingkan enam kata induk ini dengan kantor di atas, lalu terima dengan "
                  "take --words: {words}", words=signing.fingerprint(own.offer[-1].key))
    if own.line:
        yield own.line


def _lines(each: Member) -> Iterator[str]:
    where = ", ".join(map(region_name, each.regions))
    yield f"{each.name} · {role_words(each.role)} · {where} · {members.state_words(each.state)}"
    yield f"  {each.words}"
    if each.until:
        yield "  " + say("{since} sampai {until}, oleh {office}", since=each.since, until=each.until, office=each.by)
    if each.replaces:
        names = ", ".join(each.replaces)
        asks = each.state == members.WAITING
        yield "  " + (say("minta menggantikan {names}", names=names) if asks else
                      say("kode ruang kerjanya dikenal di sini sebagai {names}", names=names))
    if each.reason:
        yield "  " + say("dicabut {time}: {reason}", time=each.revoked, reason=each.reason)


def root(arguments: Arguments) -> int:
    """Make a province's workspace the root of all certificates."""
    with open_workspace(arguments.file, "enrol") as workspace:
        made = enrolling.make_root(workspace, reason=arguments.reason or "")
    words = signing.fingerprint(made.key)
    return _say(arguments, {"words": words}, say("Kantor ini induk pendaftaran. Enam katanya: {words}", words=words))


def request(arguments: Arguments) -> int:
    """Ask to be enrolled: print the line for the office above; it goes along in bundles too."""
    with open_workspace(arguments.file, "enrol") as workspace:
        line = enrolling.request(workspace)
        words = members.own(workspace).words
    told = say("Kirim baris ini ke kantor di atas, dan bacakan enam kata ini: {words}", words=words)
    return _say(arguments, {"line": line, "words": words}, f"{line}\n{told}")


def approve(arguments: Arguments) -> int:
    """Enrol who asks, by the six words as heard from them; print the line of the answer."""
    words = arguments.words or arguments.request
    terms = Terms(arguments.name or "", arguments.role or "", tuple(arguments.region or ()), arguments.until or "",
                  arguments.replaces)
    with open_workspace(arguments.file, "enrol") as workspace:
        if (text := _text(arguments.request)) is not None:
            if not arguments.words:
                raise Trouble(
                    say("Enam kata belum disebutkan."), safe=say("Tidak ada yang diubah."),
                    remedy=say("Minta yang meminta membacakan enam katanya, dan sebutkan dengan --words."), code="K43",
                )
            enrolling.receive_request(workspace, text)
        line = enrolling.approve(workspace, words, terms)
    return _say(arguments, {"line": line}, line)


def refuse(arguments: Arguments) -> int:
    """Leave a request without an answer, for a reason."""
    with open_workspace(arguments.file, "enrol") as workspace:
        enrolling.refuse(workspace, arguments.words, reason=arguments.reason)
    return _say(arguments, {"refused": arguments.words}, say("Ditolak. Ia boleh meminta lagi."))


def take(arguments: Arguments) -> int:
    """Take the answer, of a line or one that a bundle brought, where the root has the six words as heard."""
    text = "" if arguments.answer is None else _text(arguments.answer) or arguments.answer
    with open_workspace(arguments.file, "enrol") as workspace:
        made = enrolling.take(workspace, text, words=arguments.words or "")
    return _say(arguments, {"role": made.role, "regions": list(made.regions), "until": made.until},
                say("Terdaftar sebagai {role} sampai {until}.", role=role_words(made.role), until=made.until))


def revoke(arguments: Arguments) -> int:
    """Revoke somebody, by six words, name or node: what comes of them from now on waits."""
    with open_workspace(arguments.file, "enrol") as workspace:
        gone = enrolling.revoke(workspace, arguments.who, reason=arguments.reason)
    return _say(arguments, {"revoked": gone.key, "name": gone.name}, say(
        "{name} dicabut. Pencabutan ikut di setiap paket; yang sudah diterima tetap ada.", name=gone.name))


def confirm(arguments: Arguments) -> int:
    """Let a certificate speak for a node that is known here by another key."""
    with open_workspace(arguments.file, "enrol") as workspace:
        found = enrolling.confirm(workspace, arguments.who, reason=arguments.reason)
    return _say(arguments, {"confirmed": found.key, "name": found.name}, enrolling.confirmed_words(found.name))


def _text(given: str) -> str | None:
    """Give the text with a line that was given, or that a file holds; None where it is neither."""
    if enrolling.is_request(given) or ANSWERING in given:
        return given
    try:
        path = Path(given)
        if path.is_file() and path.stat().st_size <= LONGEST_FILE:
            return path.read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        pass
    return None


def _say(arguments: Arguments, content: dict[str, object], words: str) -> int:
    if arguments.json:
        put_out(content)
    else:
        print(words)
    return 0
