"""The way out in Excel: a blank template of a form, and an RT in the official layout."""

from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.importing import import_plan, official_workbook
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.scores import area_periods
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.places import region, region_name
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.choosing import choose_folder, choose_target
from p2kp_desktop.ui.kit.finder import Finder, Offer
from p2kp_desktop.ui.kit.found_list import Entry
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Scope


class Out(QWidget):
    """«Templat kosong…» and «Tulis ke berkas RT resmi…»: asks for the form or RT, then where to; tells how it went."""

    troubled = Signal(object)  # an Exception

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__()
        self._desk, self._scope, self._over = desk, Scope("", None, ""), over
        self.finder = Finder(over)
        self.finder.chosen.connect(self._take)
        self.told = Label("", wraps=True)
        down(self.told, into=self)
        self.hide()

    def show_scope(self, scope: Scope) -> None:
        """Remember where the user is."""
        self._scope = scope
        self.hide()

    def choose_template(self) -> None:
        """Ask of which form."""
        entries = tuple(Entry(say(form.title), "", form, "file-spreadsheet") for form in FORMS)
        self._offer(Offer(say("Templat untuk formulir apa?"), entries, 0))

    def choose_rt(self) -> None:
        """Ask which RT of the kelurahan in the scope."""
        scope = self._scope
        if scope.area and region(scope.area).is_village:
            self._desk.ask(self, lambda workspace: area_periods.rts(workspace, scope.area), self._offer_rts)
        else:
            self._tell(say("Pilih dulu satu kelurahan atau desa di atas (Ctrl+L)."), Token.WARN)

    def _offer_rts(self, rts: list[str]) -> None:
        if not rts:
            self._tell(say("Belum ada RT di sini."), Token.WARN)
            return
        current = rts.index(self._scope.rt) if self._scope.rt in rts else 0
        self._offer(Offer(say("RT mana yang ditulis?"), tuple(Entry(rt, "", rt, "map-pin") for rt in rts), current))

    def _offer(self, offer: Offer) -> None:
        self.finder.offer(offer, self._over.mapToGlobal(QPoint(self._over.width() // 3, 0)))

    def _take(self, chosen: object) -> None:
        if isinstance(chosen, str):
            choose_folder(self._over, None, lambda folder: self.write_into(chosen, folder))
            return
        form = form_named(str(getattr(chosen, "key", "")))
        name = "".join(letter for letter in say(form.title) if letter not in '\\/:*?"<>|').strip(". ")
        choose_target(self._over, say("Templat {form}.xlsx", form=name), lambda path: self.save_template(form, path))

    def save_template(self, form: type[Form], path: Path) -> None:
        """Write the template of a form."""
        self._desk.ask(self, lambda _workspace: import_plan.template(form, path),
                       lambda _done: self._tell(say("Templat tersimpan: {path}", path=path)), self._fail)

    def write_into(self, rt: str, folder: Path) -> None:
        """Write an RT into files of the official layout."""
        place = PlaceOfRows(self._scope.area, rt, self._scope.period)

        def written(paths: list[Path]) -> None:
            self._tell(say("{rt}, {place}, ditulis ke {folder}: {names}", rt=rt, place=region_name(place.region),
                           names=", ".join(path.name for path in paths), folder=folder))

        self._desk.make(
            self, lambda workspace, _report: official_workbook.write_back(workspace, place, folder), written, self._fail
        )

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            self._tell(f"{say(error.what)} {say(error.remedy)} ({error.code})", Token.ERR)
        else:
            self.troubled.emit(error)

    def _tell(self, words: str, tone: Token = Token.OK) -> None:
        self.told.colour(tone)
        self.told.say(words)
        self.show()
