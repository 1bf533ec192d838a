"""Aturan Bersama: the list of agreements, one agreement, two versions side by side, the library."""

from collections.abc import Set
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from p2kp_desktop.actions.community import agreement_todos, agreements, clauses
from p2kp_desktop.actions.community.agreement_todos import Todo
from p2kp_desktop.actions.community.agreements import AgreementLine, Indicator, WholeAgreement, indicator
from p2kp_desktop.forms import listed_in
from p2kp_desktop.forms.agreement import Agreement, Clause, Incentive, Signature, Violation, Visit
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.meeting import Attendance, Decision, Meeting
from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.attachments.attaching import Attaching
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_12
from p2kp_desktop.ui.place import AGREEMENTS, Destination, Paper, Place, Scope

from .compare_page import ComparePage
from .doing import Doing
from .library_page import LibraryPage
from .list_page import ListPage
from .sheet_page import SheetPage

T = TypeVar("T")
FORM = "form"
CHANGED = frozenset(form.key for form in listed_in(AGREEMENTS)) | {
    Attachment.key, Meeting.key, Attendance.key, Decision.key
}


class AgreementsPlace(Place):
    """A destination with an agreement opens it; with a record below one, that one with the record in sight."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.scope = Scope("", None, "")
        self._last, self._record = "", ""
        self.list, self.library = ListPage(desk), LibraryPage(desk)
        self.sheet, self.compare = SheetPage(), ComparePage()
        self.doing = Doing(desk, self.sheet)
        self.attaching = Attaching(desk, self.sheet.side.attachments, self)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._offer_all()

    def _lay_out(self) -> None:
        for page in (self.list, self.sheet, self.compare, self.library):
            self.stack.addWidget(page)
        down(
            (self.stack, 1), *self.doing.strips, into=self, gap=CARD_GAP,
            margins=(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_12),
        )

    def _connect(self) -> None:
        self.list.opened.connect(self._go)
        self.list.begins.connect(self._begin)
        self.list.narrows.connect(lambda code: self.wants.emit(Destination(AGREEMENTS, self.its_scope(code))))
        self.sheet.compares.connect(lambda: self._compare(0))
        self.sheet.renews.connect(self.doing.ask_version)
        self.sheet.advances.connect(self.doing.ask_stage)
        self.sheet.adds.connect(lambda: self._add(Clause.key))
        self.sheet.starts_from_examples.connect(self._show_library)
        self.sheet.sheet.opened.connect(lambda record: self._open(Clause.key, record))
        self.sheet.side.opened.connect(self._open)
        self.sheet.side.begins.connect(self._add)
        self.sheet.side.attaches.connect(self.attaching.ask)
        self.attaching.wants.connect(self.wants)
        self.attaching.told.connect(self.doing.tell)
        self.compare.steps.connect(self._compare)
        self.doing.left.connect(self.back_to_sheet)
        self.compare.left.connect(self.back_to_sheet)
        self.library.left.connect(self.back_to_sheet)
        self.library.chosen.connect(self.doing.insert)

    def _offer_all(self) -> None:
        rights = self.desk.rights
        rights.guard(Deed.CHANGE, self.list.new, *self.sheet.changing)
        offer(self.list, [Command(say("Aturan baru"), ("N", "Ctrl+N"), self._begin, deed=Deed.CHANGE)], rights)
        offer(self.sheet, [
            Command(say("Tambah pasal"), ("N", "Ctrl+N"), lambda: self._add(Clause.key), say("pasal"),
                    deed=Deed.CHANGE),
            Command(say("Contoh pasal"), ("C",), self._show_library, say("contoh"), leads=True, deed=Deed.CHANGE),
            Command(say("Hapus pasal"), ("Del",), self.doing.ask_removal, say("hapus"), deed=Deed.DELETE),
            Command(say("Ubah judul, wilayah, dan peserta"), ("E",),
                    lambda: self._open(Agreement.key, self.agreement), say("ubah"), deed=Deed.CHANGE),
            Command(say("Ubah status"), ("S",), self.doing.ask_stage, say("status"), deed=Deed.CHANGE),
            Command(say("Versi baru"), ("V",), self.doing.ask_version, say("versi"), deed=Deed.CHANGE),
            Command(say("Bandingkan versi"), ("B",), lambda: self._compare(0), say("bandingkan"), leads=True),
            Command(say("Penanda tangan"), ("T",), lambda: self._add(Signature.key), say("tanda tangan"),
                    deed=Deed.CHANGE),
            Command(say("Rembug atau pertemuan"), ("R",), lambda: self._add(Meeting.key), say("rembug"),
                    deed=Deed.CHANGE),
            Command(say("Pemantauan"), ("P",), lambda: self._add(Visit.key), deed=Deed.CHANGE),
            Command(say("Pelanggaran"), ("L",), lambda: self._add(Violation.key), deed=Deed.CHANGE),
            Command(say("Insentif"), ("I",), lambda: self._add(Incentive.key), deed=Deed.CHANGE),
            Command(say("Lampiran"), ("A",), self.attaching.ask, deed=Deed.CHANGE),
            Command(say("Batalkan tindakan terakhir"), ("Ctrl+Z",), self.doing.take_back, say("urungkan"),
                    deed=Deed.CHANGE),
            Command(say("Kembali ke daftar"), ("Esc",), self._leave, say("kembali"), leads=True),
        ], rights)

    # What is shown

    @property
    def agreement(self) -> str:
        """Return the agreement that is open, "" in the list."""
        return self.sheet.agreement

    @override
    def on_paper(self) -> Paper:
        return Paper(Agreement.key, (self.agreement,), what="agreement") if self.agreement else super().on_paper()

    @override
    def standing(self, destination: Destination) -> Destination:
        return replace(destination, form="", record=self.agreement, parent="")

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the agreement that the destination names, or the list."""
        super().enter(destination, scope)
        self.scope = scope
        own = destination.form in ("", Agreement.key)
        self.sheet.agreement = destination.record if own else destination.parent
        self._record = "" if own else destination.record
        self.doing.close()
        self.stack.setCurrentWidget(self.sheet if self.agreement else self.list)
        self.refresh()
        if self.agreement:
            self.sheet.begin(self._record)
        else:
            self.list.begin(self._last)

    def refresh(self) -> None:
        """Ask anew for what is shown."""
        scope, agreement = self.scope, self.agreement

        def listed(workspace: Workspace) -> tuple[list[AgreementLine], list[Indicator], list[Todo]]:
            return (agreements.lines(workspace, scope.area), indicator(workspace, scope.area, scope.period),
                    agreement_todos.of_area(workspace, scope.area))

        self.desk.ask(self, listed, self._show_list)
        if agreement:
            self.desk.ask(self, lambda workspace: agreements.whole(workspace, agreement), self._show_whole)
            self.attaching.show((agreement,), scope, empty=say("Belum ada foto atau pindaian."))

    def _show_list(self, found: tuple[list[AgreementLine], list[Indicator], list[Todo]]) -> None:
        lines, indicators, todos = found
        self.list.show_lines(lines, indicators, todos, self.scope)
        if not self.agreement and self._last:
            self.list.begin(self._last)

    def _show_whole(self, whole: WholeAgreement | None) -> None:
        if whole is None:
            self._last, self.sheet.agreement = "", ""
            self.stack.setCurrentWidget(self.list)
            self.list.begin()
        elif whole.record.id == self.agreement:
            self._last = whole.record.id
            self.sheet.show_whole(whole)
            if self._record:
                self.sheet.show_record(self._record)
                self._record = ""

    @property
    @override
    def concerns(self) -> Set[str]:
        return CHANGED

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.refresh()

    # Ways

    def its_scope(self, region: str = "") -> Scope:
        """Return the scope of the kelurahan of the agreement that is open."""
        whole = self.sheet.whole
        own = region or (whole.address.get("region", "") if whole and self.agreement else "")
        return Scope(own or self.scope.area, None, self.scope.period)

    def _go(self, agreement: str, region: str) -> None:
        self.wants.emit(Destination(AGREEMENTS, self.its_scope(region), Agreement.key, agreement))

    def _leave(self) -> None:
        self.wants.emit(Destination(AGREEMENTS, self.scope))

    def _begin(self) -> None:
        self.wants.emit(Destination(FORM, self.scope, Agreement.key))

    def _add(self, form: str) -> None:
        self.wants.emit(Destination(FORM, self.its_scope(), form, parent=self.agreement))

    def _open(self, form: str, record: str) -> None:
        """Open a record; without one a new one is begun."""
        if record:
            self.wants.emit(Destination(FORM, self.its_scope(), form, record))
        else:
            self._add(form)

    # Other pages

    def _show_library(self) -> None:
        self.doing.close()
        self.stack.setCurrentWidget(self.library)
        self.library.begin(self.scope)

    def _compare(self, step: int) -> None:
        """Compare the text in work with the version before, or with an older or newer one than shown."""
        whole = self.sheet.whole
        if whole is None or not whole.versions:
            self.doing.tell(say("Belum ada versi sebelumnya. V memulai versi baru."))
            return
        shown = self.compare.comparison.old if self.compare.comparison and step else whole.versions[-1]
        place = whole.versions.index(shown) if shown in whole.versions else len(whole.versions) - 1
        old = whole.versions[min(max(place + step, 0), len(whole.versions) - 1)]
        self.desk.ask(self, lambda workspace: clauses.compare(workspace, whole.record, old), self._show_comparison)

    def _show_comparison(self, found: clauses.Comparison | None) -> None:
        if found is not None:
            self.compare.show_comparison(found)
            self.stack.setCurrentWidget(self.compare)
            self.compare.setFocus(Qt.FocusReason.OtherFocusReason)

    def back_to_sheet(self) -> None:
        """Show the agreement that is open, with nothing asked."""
        self.doing.close()
        self.stack.setCurrentWidget(self.sheet)
        self.sheet.begin()
