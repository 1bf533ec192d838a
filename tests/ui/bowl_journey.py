"""Records of a kelurahan keyed into its bowl, part by part."""

from PySide6.QtCore import Qt

from p2kp_desktop.ui.place import BOWL
from tests.ui.windows import key_in, press

Key = Qt.Key


CTRL = Qt.KeyboardModifier.ControlModifier


def bowl(running):
    assert running.window.here.place == BOWL
    return running.window.place


def ready(running):
    return [each.part.key for each in bowl(running).village.lines.lines if each.part.ready]


def to_part(running, key):
    """Go to a part of the list with the arrow keys."""
    lines = bowl(running).village.lines
    keys = [line.part.key for line in lines.lines]
    while lines.current().key != key:
        press(running, Key.Key_Down if keys.index(lines.current().key) < keys.index(key) else Key.Key_Up)


def record_of_part(running, part, given):
    """Begin a record from the list of parts, type it, and come back to the bowl."""
    to_part(running, part)
    press(running, "n")
    key_in(running, given)
    assert bowl(running).records.records.table.hasFocus()
    press(running, Key.Key_Escape)


INSTITUTIONS = (
    ("bkm", {
        "name": "BKM Tepian Musi", "formed": "1/3/2024", "term_ends": "1/3/2027", "coordinator": "Zainuddin",
        "active": "aktif", "notary_date": "20/5/2024", "notary": "Nurlaila", "bank": "Bank Sumsel Babel",
    }),
    ("upl", {"kind": "upl", "head_name": "Herman", "active": "aktif"}),
    ("tipp", {"sk_number": "07", "sk_date": "2/6/2025", "men": 6, "women": 3, "active": "aktif"}),
    ("volunteers", {"date": "10/2/2026", "men": 21, "women": 13}),
    ("rplp", {"kind": "rplp", "progress": "disahkan", "date": "14/6/2026"}),
    ("kpp", {"name": "KPP Lorok", "asset": "Saluran Gang Lorok", "active": "aktif"}),
    ("forum", {"name": "Forum Ulu Bersih", "formed": "1/9/2025", "active": "aktif"}),
)
