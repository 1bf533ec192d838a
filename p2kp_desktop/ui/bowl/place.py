"""The place Mangkuk Masyarakat: the bowl of a kelurahan or the ranking of an area, and the records behind it."""

from collections.abc import Set
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from p2kp_desktop.actions.community import bowl, readiness
from p2kp_desktop.actions.community.bowl import EVERYTHING, RULES, BowlRecord
from p2kp_desktop.actions.community.readiness import Governed, VillageBowl
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms import listed_in
from p2kp_desktop.forms.places import READINESS
from p2kp_desktop.forms.readiness_rule import ReadinessRule
from p2kp_desktop.language import say
from p2kp_desktop.reports import sources
from p2kp_desktop.reports.bowl import part_title
from p2kp_desktop.rules.bowl import Part
from p2kp_desktop.schema.places import city_of, region, region_name, seen_from
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.lists.removal import Removal
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_8, SPACE_12
from p2kp_desktop.ui.place import BOWL, COLLECTING, Destination, Place, Scope

from .area_page import AreaPage
from .picture import picture
from .records_page import RecordsPage
from .rules_page import RulesPage
from .village_page import VillagePage


@dataclass(frozen=True)
class Seen:
    """What there is to show of a scope; `unranked` counts the kelurahan that have no record yet."""

    found: tuple[VillageBowl, ...]
    past: tuple[VillageBowl, ...]
    parts: tuple[Part, ...]
    governed: Governed
    unranked: int = 0


def seen_in(workspace: Workspace, scope: Scope) -> Seen:
    """Return the bowls, parts and rules to show of a scope; raise Unreadable."""
    governed = readiness.governed(workspace, scope.area)
    found = readiness.standings(workspace, scope.area, scope.period)
    if region(scope.area).is_village:
        return Seen(found, readiness.history(workspace, scope.area), found[0].parts, governed)
    parts = readiness.together(found, governed.rules)
    return Seen(found, (), parts, governed, readiness.unranked(workspace, scope.area, found))


FORM, DRAFTS, BASELINE = "form", "drafts", "baseline"
TOUCHING = {*bowl.OF_INSTITUTIONS, READINESS, DRAFTS}


class BowlPlace(Place):
    """A destination's tab is a part of the bowl, or EVERYTHING, or RULES; its form and record one that was open."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._scope, self._asked = Scope("", None, ""), 0
        self._seen: Seen | None = None
        self._doomed: BowlRecord | None = None
        self._focus = ""  # the part to come back to
        self.village, self.area, self.records = VillagePage(), AreaPage(desk), RecordsPage(desk)
        self.rules, self.removal = RulesPage(desk), Removal()
        self.head = Head()
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._offer()

    def _lay_out(self) -> None:
        for page in (self.village, self.area, self.records, self.rules):
            self.stack.addWidget(page)
        down(
            self.head, (self.stack, 1), self.removal, into=self, gap=CARD_GAP,
            margins=(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_12),
        )

    def _connect(self) -> None:
        for page in (self.village, self.area):
            page.opened.connect(self.open_part)
        self.village.period_wanted.connect(
            lambda period: self.wants.emit(Destination(BOWL, Scope(self._scope.area, None, period))))
        self.area.goes.connect(lambda code: self.wants.emit(Destination(BOWL, Scope(code, None, self._scope.period))))
        self.records.opened.connect(self._open)
        self.records.begins.connect(self.begin)
        self.rules.opened.connect(self._adjust)
        self.removal.given.connect(self._remove)
        self.removal.left.connect(self._keep)
        head = self.head
        for button, act in ((head.new, self.begin), (head.all, lambda: self.open_part(EVERYTHING)),
                            (head.rules, lambda: self.open_part(RULES)), (head.back, self.leave_page),
                            (head.copy, self._copy)):
            button.clicked.connect(lambda _checked=False, act=act: act())

    def _offer(self) -> None:
        """Offer what can be done on every page, and on some of them."""
        self._beginning = offer(self, [Command(say("Catatan baru"), ("N", "Ctrl+N"), self.begin, deed=Deed.CHANGE)],
                                self.desk.rights)
        self.desk.rights.guard(Deed.CHANGE, self.head.new)
        offer(self, [
            Command(say("Semua catatan"), ("S",), lambda: self.open_part(EVERYTHING), leads=True),
            Command(say("Aturan kesiapan"), ("A",), lambda: self.open_part(RULES), leads=True),
        ])
        self._copying = offer(self, [
            Command(say("Salin gambar mangkuk"), ("Ctrl+C",), self._copy, say("salin gambar"), leads=True),
        ])
        self._listing = offer(self, [
            Command(say("Ke tempat sampah"), ("Del",), self._ask_removal, say("buang"), deed=Deed.DELETE),
            Command(say("Formulir berikutnya"), ("Ctrl+PgDown",), lambda: self.records.step(1), leads=True),
            Command(say("Formulir sebelumnya"), ("Ctrl+PgUp",), lambda: self.records.step(-1), rare=True, leads=True),
        ], self.desk.rights)
        self._leaving = offer(self, [Command(say("Ke mangkuk"), ("Backspace",), self.leave_page, leads=True)])

    # What is shown

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the bowl of the scope, or the records of the part that the destination names."""
        moved = scope.area != self._scope.area
        super().enter(destination, scope)
        self._scope = scope.at(None)
        self._keep()
        part = destination.tab
        if destination.form in {form.key for form in listed_in(BOWL)}.union(bowl.forms_of(self.records.part)):
            part = part or (self.records.part if destination.form in bowl.forms_of(self.records.part)
                            else bowl.part_of(destination.form))
        if moved:
            self._seen = None
        if part and part != BASELINE:
            self._show_part(part, destination.form, destination.record)
        else:
            self._show_bowl()
        self.refresh()

    def _home(self) -> VillagePage | AreaPage:
        return self.village if region(self._scope.area).is_village else self.area

    def _show_bowl(self) -> None:
        self.stack.setCurrentWidget(self._home())
        self._appear(say("Mangkuk Masyarakat"))

    def open_part(self, part: str) -> None:
        """Show the records of a part; the survey has a place of its own."""
        self._focus = part
        if part == BASELINE:
            self.wants.emit(Destination(COLLECTING, self._scope))
        else:
            self._show_part(part)

    def _show_part(self, part: str, form: str = "", record: str = "") -> None:
        self._focus = part
        names = {EVERYTHING: say("Semua catatan kelembagaan"), RULES: say("Aturan kesiapan")}
        if part == RULES:
            self.stack.setCurrentWidget(self.rules)
        else:
            self.stack.setCurrentWidget(self.records)
            self.records.show_part(part, self._scope, form, record)
        self._appear(names.get(part) or part_title(part))

    def _appear(self, words: str) -> None:
        page = self.stack.currentWidget()
        told = (of_rules if page is self.rules else of_year)(self._scope)
        self.head.show_page(words, told, at_home=page is self._home(), lists=page is self.records,
                            one_bowl=page is self.village)
        for actions, there in ((self._beginning, page is not self.rules), (self._copying, page is self.village),
                               (self._listing, page is self.records), (self._leaving, page is not self._home())):
            for action in actions:
                action.setVisible(there)
        self._show_seen()
        self._give_focus()

    def _give_focus(self) -> None:
        page = self.stack.currentWidget()
        if page is self.village:
            self.village.lines.give_focus(self._focus)
        elif page is self.area:
            self.area.ranking.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, RulesPage | RecordsPage):
            page.give_focus()

    def refresh(self) -> None:
        """Ask again for everything shown."""
        self._asked += 1
        asked, scope = self._asked, self._scope
        self.desk.ask(self, lambda workspace: seen_in(workspace, scope), lambda seen: self._take(asked, seen))
        if self.stack.currentWidget() is self.records:
            self.records.refresh()

    def _take(self, asked: int, seen: Seen) -> None:
        if asked != self._asked:
            return
        first, self._seen = self._seen is None, seen
        self._show_seen()
        if first and self.isVisible() and self.stack.currentWidget() is self._home():
            self._give_focus()

    def _show_seen(self) -> None:
        if self._seen is None:
            return
        seen, page = self._seen, self.stack.currentWidget()
        if page is self.village:
            self.village.show_standing(seen.found[0], seen.past)
        elif page is self.area:
            self.area.show_standings(seen.found, seen.parts, seen.unranked, self._scope)
        elif page is self.rules:
            self.rules.show_rules(seen.governed, self._scope)
        for part in seen.parts:
            if page is self.records and part.key == self.records.part:
                self.records.tell(part)

    def leave_page(self) -> None:
        """Go back to the bowl."""
        if self.stack.currentWidget() is not self._home():
            self._show_bowl()

    @property
    @override
    def concerns(self) -> Set[str]:
        return TOUCHING

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.refresh()

    # What is done

    def _open(self, line: BowlRecord) -> None:
        scope = Scope(seen_from(self._scope.area, line.region), None, self._scope.period)
        self.wants.emit(Destination(FORM, scope, line.sheet.form, line.sheet.record, draft=line.begun))

    def begin(self) -> None:
        """Begin a record of the form in use, or of the part in focus."""
        page, scope = self.stack.currentWidget(), self._scope
        if page is self.rules:
            return
        if page is self.records:
            form = self.records.form
        else:
            part = self._home().lines.current()
            forms = bowl.forms_of(part.key) if part is not None else ()
            if not forms:
                self.open_part(part.key if part is not None else EVERYTHING)
                return
            form, self._focus = forms[0], part.key if part is not None else ""
        self.desk.change(
            self, lambda workspace: bowl.begin(workspace, form, scope.area, scope.period),
            lambda record: self.wants.emit(Destination(FORM, scope, form, record, draft=bool(record))),
            touches=[DRAFTS],
        )

    def _copy(self) -> None:
        """Put the bowl on the clipboard as a picture, with where it comes from at its foot."""
        if self._seen is not None and self.stack.currentWidget() is self.village:
            standing, scope = self._seen.found[0], self._scope
            self.desk.ask(
                self, lambda workspace: sources.source(workspace, scope),
                lambda source: self._copied(picture(standing, source)),
            )

    def _copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self.head.caption.say(say("Gambar disalin. Tempel di slide: **Ctrl+V**"))

    def _adjust(self, part: str) -> None:
        """Open the rule of a part for the kabupaten/kota in sight; a first change begins with what is in force."""
        scope = self._scope
        self.desk.change(
            self, lambda workspace: readiness.begin_rule(workspace, part, scope.area),
            lambda record: self.wants.emit(Destination(FORM, scope, ReadinessRule.key, record)), touches=[DRAFTS],
        )

    def _ask_removal(self) -> None:
        self._doomed = self.records.current() if self.stack.currentWidget() is self.records else None
        if self._doomed is not None:
            asked = say("**{name}** ke tempat sampah?", name=self._doomed.sheet.name)
            self.removal.ask(asked, needs_reason=not self._doomed.begun)

    def _remove(self, reason: str) -> None:
        doomed = self._doomed
        if doomed is None:
            return
        form, record = form_named(doomed.sheet.form), doomed.sheet.record

        def put_away(workspace: Workspace) -> None:
            if not doomed.begun:
                recording.delete(workspace, form, record, reason=reason)
            keyed_drafts.drop(workspace, record)

        def stays(error: Exception) -> None:
            self._doomed = doomed
            self.removal.ask_again()
            self.desk.failed.emit(error)

        self.desk.change(self, put_away, failed=stays, touches=[form.key, DRAFTS])
        self._keep()

    def _keep(self) -> None:
        """Close the strip and go back to the records."""
        if self.removal.isVisible():
            self.removal.hide()
            self._give_focus()
        self._doomed = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the strip wherever the focus is, or goes back to the bowl."""
        if event.key() == Qt.Key.Key_Escape and self.removal.isVisible():
            self._keep()
        elif event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is not self._home():
            self.leave_page()
        else:
            super().keyPressEvent(event)


def of_year(scope: Scope) -> str:
    """Return of what area and year a bowl is."""
    return say("{area}, tahun {period}", area=region_name(scope.area), period=scope.period)


def of_rules(scope: Scope) -> str:
    """Return of what kabupaten/kota the rules are: of all its kelurahan, whatever the year."""
    return say("{area}: untuk semua kelurahan, setiap tahun", area=region_name(city_of(scope.area)))


class Head(QWidget):
    """Title and area at the left; at the right the buttons of the page in use."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.caption = Label("", PAGE_TITLE), Label("", SECONDARY)
        self.new = Button(say("Catatan baru"), icon="plus", keys=("N",))
        self.copy = Button(say("Salin gambar"), icon="copy", keys=("Ctrl", "C"))
        self.all = Button(say("Semua catatan"), icon="list-checks", keys=("S",))
        self.rules = Button(say("Aturan kesiapan"), icon="settings", keys=("A",))
        self.back = Button(say("Ke mangkuk"), keys=("Esc",))
        words = down(self.title, self.caption)
        across((words, 1), self.new, self.copy, self.all, self.rules, self.back, into=self, gap=SPACE_8)

    def show_page(self, words: str, caption: str, *, at_home: bool, lists: bool, one_bowl: bool) -> None:
        """Name the page: the bowl itself (at home), or one that lists records; one bowl can be copied."""
        self.title.say(words)
        self.caption.say(caption)
        self.copy.setVisible(one_bowl)
        self.all.setVisible(at_home)
        self.rules.setVisible(at_home)
        self.back.setVisible(not at_home)
        self.new.setVisible(lists)
