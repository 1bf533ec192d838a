"""The three stamps on the forms of one RT: handed in, acknowledged, verified, each with date and name."""

from p2kp_desktop.schema import Date, Form, Person, Section

from .places import COLLECTING, READINESS


class Approval(
    Form, key="approval", title="Pengesahan", place="rt", natural=("region", "rt", "period"),
    by_hand=False, reviewed=False, listed_in=COLLECTING, touches=(READINESS,),
):
    """Diserahkan, diketahui, diverifikasi: as stamped on the real questionnaires.

    What a stamp says stays as it was given; whether it still holds follows from the records of the RT.
    """

    handed_in = Section("Diserahkan")
    submitted_date = Date("Tanggal diserahkan", required=False)
    submitted_name = Person("Diserahkan oleh", required=False)

    known = Section("Diketahui")
    acknowledged_date = Date("Tanggal diketahui", required=False)
    acknowledged_name = Person("Diketahui oleh", required=False, help="Biasanya ketua RT atau lurah.")

    checked = Section("Diverifikasi")
    verified_date = Date("Tanggal diverifikasi", required=False)
    verified_name = Person("Diverifikasi oleh", required=False)
    by_reviewers = (verified_date, verified_name)
