"""An RT renamed, merged into another, or split: with what would happen shown before, and one undo after."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from p2kp_desktop.actions.scores import area_periods
from p2kp_desktop.actions.tables import household_pages
from p2kp_desktop.actions.tables.household_pages import HouseholdLine, Wanted
from p2kp_desktop.actions.upkeep import moves_followed, rt_moves
from p2kp_desktop.actions.upkeep.moves_followed import Late
from p2kp_desktop.actions.upkeep.rt_moves import Moved
from p2kp_desktop.forms import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region, region_name
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.controls import CheckBox, Choice
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.look.measures import SPACE_4
from p2kp_desktop.ui.place import Scope

from .sure import Sure
from .upkeep_card import UpkeepCard, in_order, typed

LONGEST = 40  # letters of a name beside a tick
RENAME, MERGE, SPLIT = "rename", "merge", "split"


class RtChanges(UpkeepCard):
    """Choose what happens to which RT of the kelurahan in the scope."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, say("RT berganti nomor, bergabung, atau dipecah"), "", Sure(
            say("Lihat akibatnya"), say("SK Lurah 12/2026"), say("Ya, pindahkan")
        ), Deed.RULE)
        self.kind, self.old, self.period = Choice(), Choice(), Choice()
        for key, words in ((RENAME, say("Ganti nomor atau nama")), (MERGE, say("Gabungkan ke RT lain")),
                           (SPLIT, say("Pindahkan sebagian rumah ke RT baru"))):
            self.kind.addItem(words, key)
        self.new = QLineEdit()
        self.add_field(say("Perubahan"), self.kind)
        self.add_field(say("RT lama"), self.old)
        self.add_field(say("RT baru"), self.new)
        self.add_field(say("Periode"), self.period)
        self._houses = QWidget()
        self._list = down(into=self._houses, gap=SPACE_4)
        self.body.addWidget(self._houses)
        self.body.addWidget(self.sure)
        self.undo = Button(say("Batalkan pemindahan itu"), icon="corner-up-left")
        desk.rights.guard(self.deed, self.undo)
        self.body.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        self.undo.hide()
        self.late = QVBoxLayout()
        self.body.addLayout(self.late)
        self.body.addStretch(1)
        self.ticks: dict[str, CheckBox] = {}
        self._scope = Scope("", None, "")
        self._done: Moved | None = None
        self._late: Late | None = None
        self.kind.activated.connect(lambda _row: self._show_houses())
        self.old.activated.connect(lambda _row: self._show_houses())
        self.period.activated.connect(lambda _row: self._show_houses())
        self.sure.wanted.connect(self._look)
        self.sure.given.connect(self._give)
        self.undo.clicked.connect(self._take_back)

    def show_scope(self, scope: Scope) -> None:
        """Show the RTs of the kelurahan in the scope."""
        self._scope = scope
        is_village = region(scope.area).is_village
        self.about.say(say("Rumah dan data RT ikut pindah, di sini dan di kantor lain: {place}.",
                           place=region_name(scope.area)) if is_village
                       else say("Pilih dulu satu kelurahan atau desa di atas (Ctrl+L)."))
        for widget in (self.kind, self.old, self.new, self.period, self.sure):
            widget.setEnabled(is_village)
        if is_village:
            self.desk.ask(self, partial(_offered, area=scope.area), self._show_offered)
        self.desk.ask(self, moves_followed.late, self._show_late)

    def _show_offered(self, offered: tuple[list[str], list[str]]) -> None:
        rts, periods = offered
        kept = self.old.currentData() or self._scope.rt
        self.old.clear()
        for rt in rts:
            self.old.addItem(rt, rt)
        self.old.setCurrentIndex(max(0, self.old.findData(kept)))
        chosen = self.period.currentData()
        self.period.clear()
        self.period.addItem(say("Semua periode"), "")
        for period in periods:
            self.period.addItem(period, period)
        self.period.setCurrentIndex(max(0, self.period.findData(chosen)))
        self._show_houses()

    def _show_houses(self) -> None:
        """Offer the households of the RT to be ticked, where some of them move."""
        self._empty(self._list)
        self.ticks = {}
        is_split = self.kind.currentData() == SPLIT
        if is_split and not self.period.currentData():
            self.period.setCurrentIndex(max(0, self.period.findData(self._scope.period)))
        rt, period = self.old.currentData(), self.period.currentData()
        if is_split and rt:
            wanted = Wanted(self._scope.area, period, rt)
            self.desk.ask(self, lambda workspace: _houses(workspace, wanted), self._offer_houses)

    def _offer_houses(self, found: list[HouseholdLine]) -> None:
        self._empty(self._list)
        self.ticks = {}
        for each in found:
            tick = CheckBox(" · ".join(filter(None, (each.building, (each.name or say(Household.nameless))[:LONGEST]))))
            self._list.addWidget(tick)
            self.ticks[each.id] = tick
        in_order(self.period, list(self.ticks.values()))

    def _look(self) -> None:
        self._late = None
        self.look(lambda workspace: self._move(workspace, "", rehearse=True), self._ask)

    def _move(self, workspace: Workspace, reason: str, *, rehearse: bool = False) -> Moved:
        if self._late is not None:
            return moves_followed.move_late(workspace, self._late, reason=reason, rehearse=rehearse)
        area, old, new = self._scope.area, str(self.old.currentData() or ""), typed(self.new)
        period = str(self.period.currentData() or "")
        kind = self.kind.currentData()
        if kind == SPLIT:
            chosen = [record for record, tick in self.ticks.items() if tick.isChecked()]
            return rt_moves.split_rt(workspace, area, old, chosen, new, period=period, reason=reason, rehearse=rehearse)
        if kind == MERGE:
            return rt_moves.merge_rts(workspace, area, [old], new, period=period, reason=reason, rehearse=rehearse)
        return rt_moves.rename_rt(workspace, area, old, new, period=period, reason=reason, rehearse=rehearse)

    def _ask(self, would: Moved) -> None:
        self.sure.ask(_told(would))

    def _give(self, reason: str) -> None:
        self.do(lambda workspace: self._move(workspace, reason), self._moved)

    def _moved(self, done: Moved) -> None:
        self._done, self._late = done, None
        self.new.clear()
        self.undo.show()
        self.sure.tell(say("Selesai. {what}", what=_told(done)))
        self._again()

    def _take_back(self) -> None:
        if self._done is not None:
            act = self._done.act
            self.do(
                lambda workspace: moves_followed.take_back(workspace, act, reason=say("dibatalkan")), self._taken_back
            )

    def _taken_back(self, count: int) -> None:
        self._done = None
        self.undo.hide()
        self.sure.tell(say("Pemindahan dibatalkan: {count} catatan kembali.", count=count))
        self._again()

    def _again(self) -> None:
        self.show_scope(self._scope)
        self.changed.emit()

    def _show_late(self, found: list[Late]) -> None:
        self._empty(self.late)
        for each in found:
            self.late.addWidget(Label(say(
                "RT lama {old} ({place}), kini {new}: datang {households} rumah dan {others} data RT.",
                old=each.old, new=each.new, place=region_name(each.region), households=each.households,
                others=each.others,
            ), SECONDARY, wraps=True))
            button = Button(say("Pindahkan ke RT {rt}…", rt=each.new))
            self.desk.rights.guard(self.deed, button)
            button.clicked.connect(partial(self._look_at_late, each))
            self.late.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _look_at_late(self, found: Late) -> None:
        if not typed(self.sure.reason):
            self.sure.reason.setText(say("menyusul perubahan RT"))
        self.sure.setEnabled(True)
        self._late = found
        self.look(lambda workspace: moves_followed.move_late(workspace, found, reason="", rehearse=True), self._ask)

    def _empty(self, column: QVBoxLayout) -> None:
        while column.count():
            widget = column.takeAt(0).widget()
            if isinstance(widget, QWidget):
                widget.hide()
                widget.deleteLater()


def _offered(workspace: Workspace, area: str) -> tuple[list[str], list[str]]:
    return area_periods.rts(workspace, area), area_periods.periods(workspace, area)


def _houses(workspace: Workspace, wanted: Wanted) -> list[HouseholdLine]:
    ids = household_pages.roll(workspace, wanted).ids
    lines = household_pages.page(workspace, ids)
    return [lines[record] for record in ids if record in lines and not lines[record].begun]


def _told(moved: Moved) -> str:
    """Return the effect of moving an RT, in words, with the answers that are left behind."""
    parts = [say("{count} rumah pindah.", count=moved.households)]
    if moved.made:
        parts.append(say("{count} data RT dibuat di RT baru; yang lama ke tempat sampah.", count=len(moved.made)))
    if moved.not_taken:
        parts.append(say("Tidak diambil, karena RT itu sudah punya:"))
        parts += [f"{each.question}: {each.left} → {each.stays}." for each in moved.not_taken[:8]]
        if len(moved.not_taken) > 8:
            parts.append(say("dan {count} lagi.", count=len(moved.not_taken) - 8))
    if moved.verified:
        parts.append(say("{count} perlu diverifikasi lagi.", count=moved.verified))
    return " ".join(parts)
