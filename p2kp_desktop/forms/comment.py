"""A reviewer's comment on a record or on one of its answers; it hangs on the record as its parent."""

from p2kp_desktop.schema import Choice, Form, Reference, Section, Text

from . import lists


class Comment(
    Form, key="comment", title="Catatan Pemeriksa", place="region", per_period=False, parent=Form,
    named=("text",), by_hand=False, reviewed=False,
):
    """Catatan pemeriksa: travels back with the return bundle, and forth with what was done about it."""

    general = Section("Catatan Pemeriksa")
    about = Text("Pertanyaan yang dicatat", required=False, help="Kosong = catatan untuk seluruh data.")
    text = Text("Isi catatan", private=True)
    done = Choice("Sudah ditindaklanjuti", lists.YES_NO, required=False)
    after = Reference(
        "Catatan sebelumnya", to="comment", required=False, help="Yang terakhir terbaca saat catatan ini ditulis."
    )
