"""What tests of paper need: a hostile agreement and meeting, the words of a PDF as people read them."""

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.agreement import Agreement, Clause, Signature
from p2kp_desktop.forms.elements import ASPECTS
from p2kp_desktop.forms.meeting import Attendance, Attendee, Decision, Meeting
from p2kp_desktop.printing import making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import A4
from p2kp_desktop.schema import Person, Reference, Text
from tests.examples import a_record
from tests.pdfs import Pages

KELURAHAN = "16.71.01.1001"
LONG_NAME = "Raden Ayu Siti Nurhalizah binti Kemas Haji Abdurrahman Djalaluddin Prawiranegara, S.Pd.I., M.M."
LONG_TEXT = "Ketidakberlangsungan pemeliharaan mempertanggungjawabkan keberlanjutan saluran permukiman tepian. " * 5


def an_agreement(workspace, *, clauses=2, rts="012/003, 013/003", signers=(), **more):
    recording.record(workspace, Agreement, {
        "id": "ab", "region": KELURAHAN, "number": "AB-03", "name": "Tepian Musi", "rts": rts, "stage": "draf",
        "version": 1, "drafted": "2026-07-12", "background": "Parit tersumbat.\nGang tergenang.", **more,
    })
    for number in range(1, clauses + 1):
        recording.record(workspace, Clause, {
            "id": f"c{number}", "parent": "ab", "region": KELURAHAN, "clause_number": number,
            "aspect": ASPECTS.codes[number % 14] if clauses > 2 else "drainase", "subject": f"Kegiatan ke-{number}",
            "factual": f"Faktual {number}. {LONG_TEXT if clauses > 2 else ''}".strip(),
            "ideal": f"Ideal {number}.", "rule": f"Aturan nomor {number}. {LONG_TEXT if clauses > 2 else ''}".strip(),
            "sanction": f"Sanksi {number}.", "responsible": LONG_NAME,
        })
    for place, (capacity, name) in enumerate(signers):
        recording.record(workspace, Signature, {
            "id": f"s{place:02d}", "parent": "ab", "region": KELURAHAN, "capacity": capacity, "name": name,
        })
    return "ab"


def a_meeting(workspace, *, people=0, elements=("warga",), **more):
    recording.record(workspace, Meeting, {
        "id": "m", "region": KELURAHAN, "kind": "rembug", "name": "Rembug tepian", "level": "kelurahan",
        "date": "2026-12-03", "start": "19.30", "location": "Balai RT 012", "chair": LONG_NAME,
        "minutes_taker": "Budi", "agenda": "Pembukaan; Pembahasan; Kesepakatan", "about": "AB-03", **more,
    })
    each = people // len(elements) if people else 0
    for element in elements if people else ():
        recording.record(workspace, Attendance, {
            "parent": "m", "region": KELURAHAN, "element": element, "men": each // 2, "women": each - each // 2,
            "mbr": each // 3,
        })
        for number in range(each):
            recording.record(workspace, Attendee, {
                "parent": "m", "region": KELURAHAN, "element": element, "name": f"{element} orang {number:03d}",
                "sex": "a" if number % 2 else "b", "address": "RT 012",
                "institution": "PKK", "post": "Anggota", "phone": f"0812{number:08d}", "mbr": "mbr",
            })
    recording.record(workspace, Decision, {
        "id": "d", "parent": "m", "region": KELURAHAN, "text": "Memasang papan larangan", "responsible": "Ketua RT",
        "done": "terbuka", "due": "2026-12-30",
    })
    return "m"


def printed(workspace, what, record, *, sheet=A4, **asked):
    return making.make(workspace, what, Asked(records=(record,), sheet=sheet, reason="rapat", **asked))


def words(made):
    """Return the text of each page, its spaces and line ends as one space."""
    pages = Pages(made.pdf)
    return [" ".join(pages.text(number).split()) for number in range(len(pages))]


def wordy(form, letters=400):
    """Return answers to all questions of a form, each in words as long as people write, up to so many letters."""
    made = a_record(form).answers
    return {question.key: _wordy(question, made.get(question.key), letters) for question in form.stored()
            if not isinstance(question, Reference)}


def _wordy(question, usual, letters):
    if isinstance(question, Person):
        return LONG_NAME[:question.longest]
    if isinstance(question, Text) and usual is not None:
        return (LONG_TEXT * (1 + letters // len(LONG_TEXT)))[:min(letters, question.longest)].strip()
    return usual
