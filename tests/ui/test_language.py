import json
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

from p2kp_desktop import environment, language
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.store import open_workspace
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.shell.qt_words import QtWords
from steps import ROOT
from tests import villages

from .windows import AREAS, Running

sys.path.insert(0, str(ROOT / "packaging"))

import catalogue

SPEAKS = ("id", "en")
RT = demo_journey.RTS[0]
VISITS = (
    ("home", {}), ("collecting", {}), ("collecting", {"rt": RT}), ("form", {"rt": RT, "form": "household"}),
    ("form", {"rt": RT, "form": "rt_survey"}), ("transfer", {"tab": "send"}), ("transfer", {"tab": "receive"}),
    ("settings", {}), ("bowl", {}), ("bowl", {"tab": "bkm"}), ("bowl", {"tab": "all"}), ("bowl", {"tab": "rules"}),
)


@pytest.fixture(autouse=True)
def indonesian_afterwards():
    """Leave the source language to the tests that follow."""
    yield
    language.use("id", environment.resources() / "language")


@pytest.fixture(scope="module")
def sample(sample_file, tmp_path_factory):
    """A workspace with the sample's households."""
    return villages.copied(sample_file, tmp_path_factory.mktemp("sample"))


def test_every_text_has_an_english_one():
    renewed = catalogue.renewed(catalogue.kept())
    assert catalogue.untranslated(renewed) == [], "run packaging/make.py language and fill resources/language/en.po"


def compiled(message):
    said = language._catalogue
    if isinstance(message.id, tuple):
        return tuple(said.ngettext(*message.id, number) for number in (1, 2))
    return said.pgettext(message.context, message.id) if message.context else said.gettext(message.id)


def test_a_word_for_several_things_differs_where_a_language_tells_them_apart():
    assert language.say_many("Kegiatan") == "Kegiatan"
    language.use("en", environment.resources() / "language")
    assert (language.say("Kegiatan"), language.say_many("Kegiatan")) == ("Activity", "Activities")


def test_the_compiled_catalogue_says_what_the_written_one_says():
    language.use("en", environment.resources() / "language")
    wrong = [
        str(message.id) for message in catalogue.kept()
        if message.id and message.string and compiled(message) != message.string
    ]
    assert wrong == []


def places(text):
    return sorted(language.re.findall(r"\{\w+\}", str(text)))


def test_a_translation_has_the_same_places_for_values():
    assert [str(m.id) for m in catalogue.kept() if m.string and places(m.id) != places(m.string)] == []


def test_a_fault_of_the_core_is_told_in_the_language_in_use(tmp_path):
    language.use("en", environment.resources() / "language")
    with pytest.raises(language.Trouble) as fault:
        open_workspace(tmp_path / "b.p2kp")
    assert fault.value.what == f"File {tmp_path / 'b.p2kp'} was not found."
    assert language.say("Siti Aminah") == "Siti Aminah"


def test_qt_itself_speaks_indonesian(qtbot):
    words = QtWords()
    QCoreApplication.installTranslator(words)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert {button.text().replace("&", "") for button in box.buttons()} == {"OK", "Batal"}
    field = QLineEdit("x")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    shown = [action.text().replace("&", "").split("\t")[0] for action in menu.actions() if action.text()]
    assert shown == ["Urungkan", "Ulangi", "Potong", "Salin", "Tempel", "Hapus", "Pilih Semua"]
    menu.deleteLater()
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    labels = {label.text().replace("&", "") for label in dialog.findChildren(QLabel) if label.text()}
    assert {"Cari di:", "Jenis berkas:"} <= labels
    assert QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+K"
    QCoreApplication.removeTranslator(words)


@pytest.fixture
def visited(qtbot, sample, tmp_path):
    """Give a function that starts the program in a language."""
    started = []

    def start(speaks):
        path = tmp_path / "contoh.p2kp"
        path.write_bytes(sample.read_bytes())
        started.append(Running(qtbot, path, language=speaks))
        return started[-1]

    yield start
    for running in started:
        running.close()


def visit(running, place, more):
    scope = Scope(demo_journey.KELURAHAN, more.get("rt"), running.window.scope.period)
    named = {key: value for key, value in more.items() if key != "rt"}
    running.window.go(Destination(place, scope, **named))
    running.until_quiet()


WRAPS = ("DraftCard",)  # painted widgets that take another line when they get less width than they ask for


def cut(widget):
    """Return the texts of a window that get less room than they need, each with its widget's class."""
    found = []
    for part in widget.findChildren(QWidget):
        if not part.isVisible() or isinstance(part.parentWidget(), QAbstractItemView):
            continue
        least = part.minimumSizeHint()
        text = text_of(part)
        narrow = part.width() < least.width() and type(part).__name__ not in WRAPS
        if text and (narrow or part.height() < least.height() or narrower(part)):
            found.append((type(part).__name__, text, part.size().toTuple(), least.toTuple()))
    return found


def text_of(part):
    if isinstance(part, QLabel | QAbstractButton):
        return part.text() or part.accessibleName()
    return part.placeholderText() if isinstance(part, QLineEdit) else ""


def narrower(part):
    """Say whether a label that does not wrap, or the longest word of one that does, is wider than its room."""
    if not isinstance(part, QLabel):
        return False
    metrics = QFontMetricsF(part.font())
    shown = part.text().replace("<b>", "").replace("</b>", "")
    words = shown.split() if part.wordWrap() else [shown]
    widest = max((metrics.horizontalAdvance(word) for word in words), default=0)
    flags = Qt.TextFlag.TextWordWrap if part.wordWrap() else Qt.TextFlag.TextSingleLine
    tall = metrics.boundingRect(QRectF(0, 0, part.width(), 10_000), int(flags), shown).height()
    return widest > part.width() + 1 or tall > part.height() + 2


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("speaks", SPEAKS)
def test_nothing_is_cut_in_any_place(visited, speaks, area):
    running = visited(speaks)
    running.resize(*area)
    found = []
    for place, more in VISITS:
        visit(running, place, more)
        assert running.frame.size().toTuple() == area, place
        found += [(place, more, *one) for one in cut(running.frame)]
    assert found == []


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("speaks", SPEAKS)
def test_nothing_is_cut_at_the_first_start(qtbot, speaks, area):
    running = Running(qtbot, language=speaks)
    running.resize(*area)
    for place in range(3):
        running.page.roles.choose(place)
        QApplication.processEvents()
        assert cut(running.page) == [], place
    running.close()


def test_nothing_is_cut_where_letters_are_a_quarter_larger(tmp_path):
    screen = {"name": "large", "width": 1366, "height": 768, "logicalDpi": 120, "logicalBaseDpi": 120}
    (tmp_path / "screen.json").write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    only = ["-k", "nothing_is_cut and area0", "-p", "no:cacheprovider", "-c", ROOT / "pyproject.toml"]
    command = [sys.executable, "-m", "pytest", "-q", __file__, *only]
    done = subprocess.run(  # a path with «C:» would end at its colon
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen:configfile=screen.json"},
    )
    assert "4 passed" in done.stdout, done.stdout


class _Listening(language.gettext.GNUTranslations):
    """A catalogue that remembers what it was asked and could not say."""

    missed: set[str]

    def gettext(self, message):
        said = self._catalog.get(message) or self._catalog.get((message, 1))
        if said is None:
            self.missed.add(message)
        return message if said is None else said


def test_nothing_that_is_shown_lacks_its_english(visited, monkeypatch):
    with (environment.resources() / "language" / "en.mo").open("rb") as file:
        listening = _Listening(file)
    listening.missed = set()
    monkeypatch.setattr(language, "_load", lambda _language, _folder: listening)
    running = visited("en")
    for place, more in VISITS:
        visit(running, place, more)
    data = {*running.window.about.regions, running.window.about.person}
    worded = {text for text in listening.missed if language.re.search(r"[a-z]{3}", text)}
    lacking = {text for text in worded if language.say(text) == text}
    assert sorted(lacking - data) == []
