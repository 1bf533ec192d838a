"""The hand-over sheet of a laptop or a bundle: what is in it, its digest, who gives it and who takes it."""

from collections.abc import Iterator

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import Form, written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Connection, Workspace, drafts, records, transfers, views
from p2kp_desktop.store.facts import Facts, facts

from . import lists

_BUNDLES = 10  # the latest that were sent
_GROUP = 8  # letters of a digest that are read out together


@printable("handover", lambda: say("Berita acara serah terima data"), Needs.AREA)
def handover(workspace: Workspace, asked: Asked) -> Document:
    """Return the minutes of a hand-over: records by form, what is open, the digest, the latest bundles, who signs."""
    scope = saving.understood(workspace, asked.scope)
    digest = soundness.digest(workspace)
    with workspace.asking() as connection:
        about = facts(connection)
        rows = [[say(form.title), written.number(count)] for form, count in _counts(connection, scope.area)]
        opened = len(records.open_conflicts(connection))
        unsaved = len(drafts.waiting(connection))
        sent = [each for each in transfers.log(connection) if each.is_sent][:_BUNDLES]
    bundles = [[each.file, written.moment(each.time), each.person, each.sha256[:16]] for each in sent]
    blocks = [
        lists.facts(_of(about, scope.area, opened, unsaved)),
        lists.facts([(say("Sidik isi (SHA-256)"), _grouped(digest))]),
        lists.words(say("Sidik yang sama di dua laptop berarti isi yang sama: bandingkan dengan `p2kp digest`, atau di "
                        "halaman Perawatan data.")),
        lists.table(say("Isi yang diserahkan"), [(say("Formulir"), 3), (say("Jumlah"), 1)], rows,
                    empty=say("Belum ada data.")),
        lists.table(say("Paket terakhir yang dikirim"), [(say("Berkas"), 4), (say("Waktu"), 3), (say("Oleh"), 2),
                                                        (say("Sidik berkas"), 3)], bundles,
                    empty=say("Belum ada paket yang dikirim dari sini.")),
        lists.words(say("Demikian data di atas diserahkan dan diterima dalam keadaan sebagaimana tertulis.")),
    ]
    return lists.sheet("handover", say("Berita acara serah terima data"), [region_name(scope.area)], blocks,
                       source=saving.source_of(workspace, scope),
                       signed=[say("Yang menyerahkan"), say("Yang menerima"), say("Mengetahui")])


def _counts(connection: Connection, area: str) -> Iterator[tuple[type[Form], int]]:
    for form in FORMS:
        if count := views.count(connection, form, views.Where(area=area)):
            yield form, count


def _of(about: Facts, area: str, conflicts: int, unsaved: int) -> list[tuple[str, str]]:
    return [
        (say("Ruang kerja"), about.name), (say("Petugas"), about.person), (say("Wilayah"), region_name(area)),
        (say("Periode"), about.period), (say("Konflik terbuka"), written.number(conflicts)),
        (say("Draf belum disimpan"), written.number(unsaved)),
    ]


def _grouped(digest: str) -> str:
    return " ".join(digest[start:start + _GROUP] for start in range(0, len(digest), _GROUP))
