"""How a table is to come in: its form, its sheet, and the address of rows that do not say theirs."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget
from typing_extensions import override

from p2kp_desktop.actions.importing import official_workbook
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.record_places import site_of, sites, words_for_site
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import say
from p2kp_desktop.schema import Form, Unreadable
from p2kp_desktop.schema.places import Region
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import BODY, SECONDARY, Label, mark
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.tokens import Token

from .session import Session

UNKNOWN = ""  # the answer about the drain of somebody who does not know


class Field(QLineEdit):
    """A short field that is read on Enter and when it is left; Esc takes back what was typed."""

    given = Signal()

    def __init__(self, name: str, sample: str) -> None:
        super().__init__()
        self._before = ""
        self.setAccessibleName(name)
        self.setFixedWidth(round(metrics().horizontalAdvance(sample)) + 4 * SPACE_8)
        self.editingFinished.connect(self._give)

    def put(self, text: str) -> None:
        """Show a value that is in force; what is being typed meanwhile stays."""
        if not self.hasFocus() or self.text().strip() == self._before:
            self.setText(text)
        self._before = text

    def _give(self) -> None:
        if self.text().strip() != self._before:
            self._before = self.text().strip()
            self.given.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text().strip() != self._before:
            self.setText(self._before)
        elif event.key() in ENTER and not event.modifiers():
            self._give()
        else:
            super().keyPressEvent(event)


class Choices(QWidget):
    """Every change plans the import anew."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._areas: Sequence[str] = ()
        self._sites: Sequence[Region] = ()
        self.name = IconLine("file-spreadsheet", "", Style(Type.TITLE, bold=True), icon_tone=Token.ACCENT_TEXT)
        self.form, self.sheet, self.region = Choice(), Choice(), Choice()
        self.rt, self.period = Field("RT", say("dari barisnya")), Field(say("Periode"), "2026-berjalan")
        self._objection = Label("", Style(Type.CAPTION, tone=Token.ERR), wraps=True)
        self._objection.hide()
        self._pairs: dict[QWidget, QWidget] = {}
        self._labels: dict[QWidget, Label] = {}
        self.drain = DrainQuestion()
        self._lay_out()
        self.form.activated.connect(self._take_form)
        self.sheet.activated.connect(
            lambda _place: session.want(replace(session.wanted, sheet=self.sheet.currentData()))
        )
        for signal in (self.region.activated, self.rt.given, self.period.given):
            signal.connect(self._take_address)
        self.drain.answered.connect(self._take_drain)

    def _lay_out(self) -> None:
        for form in FORMS:
            self.form.addItem(say(form.title), form.key)
        fields = QWidget()
        flow = Flow(fields, gap=SPACE_16)
        named = QWidget()
        across(self.name, into=named)
        named.setMinimumHeight(self.form.sizeHint().height())
        flow.addWidget(named)
        for words, widget in ((say("Formulir"), self.form), (say("Lembar"), self.sheet),
                              (say("Kelurahan/desa"), self.region), ("RT", self.rt), (say("Periode"), self.period)):
            flow.addWidget(self._pair(words, widget))
        down(fields, self._objection, self.drain, into=self, gap=SPACE_8)

    def _pair(self, words: str, widget: QWidget) -> QWidget:
        pair = QWidget()
        label = Label(words, SECONDARY)
        label.setBuddy(widget)
        widget.setAccessibleName(words)
        across(label, widget, into=pair, gap=SPACE_8)
        self._pairs[widget], self._labels[widget] = pair, label
        return pair

    def offer_sites(self, areas: Sequence[str]) -> None:
        """Offer where rows may stand in a workspace of these areas; a single place is not asked for."""
        self._areas = areas

    def _show_sites(self, form: type[Form]) -> None:
        found = sites(form, self._areas)
        if found == self._sites:
            return
        self._sites = found
        self._labels[self.region].say(words_for_site(form))
        self.region.setAccessibleName(words_for_site(form))
        self.region.clear()
        self.region.addItem("", "")
        for site in found:
            self.region.addItem(site.name, site.code)

    def show_session(self) -> None:
        """Show how the table at hand would come in."""
        session, source, wanted = self._session, self._session.source, self._session.wanted
        if source is None:
            return
        is_official = source.official is not None
        self.name.say(source.path.name if source.path else say("Blok yang ditempel"))
        self.form.setCurrentIndex(self.form.findData(wanted.form.key))
        self._show_sites(wanted.form)
        self._show_sheets()
        self.region.setItemText(0, say("dari sampul") if is_official else say("dari barisnya"))
        self.region.setCurrentIndex(max(0, self.region.findData(site_of(wanted.form, wanted.address.region))))
        self.rt.put(wanted.address.rt)
        self.period.put(wanted.address.period)
        self.rt.setPlaceholderText(say("dari sampul") if is_official else say("dari barisnya"))
        self.period.setPlaceholderText(say("berjalan"))
        form = wanted.form
        for widget, shown in ((self.form, not is_official), (self.sheet, not is_official and len(source.tables) > 1),
                              (self.region, bool(form.place) and len(self._sites) > 1),
                              (self.rt, form.place == "rt"), (self.period, form.per_period)):
            self._pairs[widget].setVisible(shown)
        self.drain.setVisible(source.asks_about_drain)
        self.drain.show_answer(wanted.answers.get(official_workbook.DRAIN))
        self.setEnabled(not session.busy or session.phase.value == "planning")

    def _show_sheets(self) -> None:
        source, previews = self._session.source, self._session.previews
        if source is None:
            return
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            self.sheet.addItem(say("yang sejenis ({count})", count=len(previews)), None)
            for place, table in enumerate(source.tables):
                self.sheet.addItem(table.sheet, place)
        used = previews[0].plan.matched.sheet if len(previews) == 1 else ""
        chosen = self._session.wanted.sheet
        self.sheet.setCurrentIndex(max(0, self.sheet.findText(used)) if chosen is None else chosen + 1)
        self.sheet.updateGeometry()
        self._pairs[self.sheet].adjustSize()

    # What is chosen

    def _take_form(self) -> None:
        form = form_named(str(self.form.currentData()))
        if form is not self._session.wanted.form:
            self._session.want(replace(self._session.wanted, form=form))

    def _take_address(self) -> None:
        form = self._session.wanted.form
        said = {"region": str(self.region.currentData() or ""), "rt": self.rt.text().strip(),
                "period": self.period.text().strip()}
        wrong = ""
        for key, field in (("rt", self.rt), ("period", self.period)):
            try:
                said[key] = str(recording.read_answer(form, key, said[key])) if said[key] else ""
                mark(field, "status", "")
            except Unreadable as objection:
                wrong = str(objection)
                mark(field, "status", "err")
        self._objection.say(wrong)
        self._objection.setVisible(bool(wrong))
        if not wrong:
            self._session.want(replace(self._session.wanted, address=PlaceOfRows(**said)))

    def _take_drain(self, answer: str) -> None:
        wanted = self._session.wanted
        self._session.want(replace(wanted, answers={**wanted.answers, official_workbook.DRAIN: answer}))


class DrainQuestion(QFrame):
    """Which question about waste water and drain the sheet answers: only who filled it knows."""

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.choice = Choice()
        self.choice.addItem(say("Pilih dulu…"), None)
        for words, answer in (
            (say("Terpisah dari drainase? (seperti formulir cetak)"), official_workbook.SEPARATE),
            (say("Bercampur dengan drainase? (seperti lembar isian)"), official_workbook.MIXED_WITH),
            (say("Tidak tahu: kosongkan B28"), UNKNOWN),
        ):
            self.choice.addItem(words, answer)
        words = say("**Pertanyaan mana yang dijawab di lembar B28?** Formulir cetak dan lembar isian menanyakan "
                    "kebalikannya, dan berkas ini tidak mengatakannya.")
        label = Label(words, BODY, wraps=True)
        label.setBuddy(self.choice)
        self.choice.setAccessibleName(say("Pertanyaan mana yang dijawab di lembar B28?"))
        across((label, 1), self.choice, into=self, gap=SPACE_12, margins=(SPACE_16, SPACE_8, SPACE_12, SPACE_8))
        self.choice.activated.connect(self._tell)

    def show_answer(self, answer: str | None) -> None:
        """Show what was answered; None: nothing yet."""
        place = 0 if answer is None else next(
            at for at in range(1, self.choice.count()) if self.choice.itemData(at) == answer
        )
        self.choice.setCurrentIndex(place)
        mark(self, "status", "unusual" if answer is None else "")

    def _tell(self, place: int) -> None:
        if place:
            self.answered.emit(str(self.choice.itemData(place)))
