"""The keys of the place in use along the bottom of the window: those that do something now, until they are hidden."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from p2kp_desktop import settings
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.commands import hints
from p2kp_desktop.ui.kit.legend import Key
from p2kp_desktop.ui.kit.letters import QuietFrame
from p2kp_desktop.ui.kit.table import Table

from .menus import Menus
from .seat import Seat

_FOLLOWED = "followed"  # by the line of keys
_WRITING = (QLineEdit, QPlainTextEdit, QTextEdit)


class PlaceKeys(QObject):
    """Keeps the line of keys true while the focus moves; a place with a line of its own shows that instead."""

    def __init__(self, seat: Seat, menus: Menus) -> None:
        super().__init__(seat)
        self._seat, self._menus = seat, menus
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._name)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._timer.start)
        seat.desk.changed.connect(lambda _touched: self._timer.start())
        menus.undoing.undo.changed.connect(self._timer.start)

    def show_line(self) -> None:
        """Show or hide the line as the settings say."""
        shown, place = settings.load().key_legend, self._seat.place
        own = place is not None and place.show_legend(shown=shown)
        self._seat.board.legend.setVisible(shown and not own)
        self._timer.start()

    def turn(self) -> None:
        """Hide the line, or show it, from now on."""
        kept = settings.load()
        settings.save(replace(kept, key_legend=not kept.key_legend))
        self.show_line()

    def _name(self) -> None:
        line, focus = self._seat.board.legend, QApplication.focusWidget()
        place = self._seat.place
        if line.isHidden() or place is None or focus is None:
            return
        table = focus if isinstance(focus, Table) and focus.isVisible() else None
        found: list[Key] = [(("Enter",), table.enters or say("buka"))] if table and table.opens else []
        found += [((say("Spasi"),), say("pilih"))] if table and table.selects else []
        menus = self._menus
        self._follow(menus.of_place())
        actions = [menus.undoing.undo, *sorted(menus.of_place(), key=lambda action: -action.priority().value)]
        found += [(keys, _word(action)) for action in actions if (keys := _keys(action, focus))]
        more = [] if ("F1",) in (keys for keys, _word in found) else [(("F1",), say("semua tombol"))]
        line.show_keys([*found, (("Ctrl", "F1"), say("sembunyikan")), *more], kept=len(more))

    def _follow(self, actions: list[QAction]) -> None:
        """Name the keys again when one of these begins or ceases to work, or means something else."""
        for action in actions:
            if not action.property(_FOLLOWED):
                action.setProperty(_FOLLOWED, True)
                action.changed.connect(self._timer.start)


def _keys(action: QAction, focus: QWidget) -> tuple[str, ...]:
    """Return the fewest keys that give the command where the focus is; none where it does nothing now."""
    owner = action.parent()
    if not (action.isEnabled() and action.isVisible() and isinstance(owner, QWidget)):
        return ()
    everywhere = action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
    if not (everywhere or owner is focus or owner.isAncestorOf(focus)):
        return ()
    return min((hints(key) for key in action.shortcuts() if not _is_kept_by(focus, key)), key=len, default=())


def _is_kept_by(focus: QWidget, keys: QKeySequence) -> bool:
    """Say whether a field that is written in, or a strip that asks, keeps these keys for itself: letters, Del."""
    if not isinstance(focus, _WRITING) and not _is_asked(focus):
        return False
    pressed = keys[0]  # type: ignore[index]  # the stubs do not know it
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers())
    asked.ignore()
    QApplication.sendEvent(focus, asked)
    return asked.isAccepted()


def _is_asked(focus: QWidget | None) -> bool:
    return focus is not None and (isinstance(focus, QuietFrame) or _is_asked(focus.parentWidget()))


def _word(action: QAction) -> str:
    """Return the short word of a command, which goes on in small letters as in a sentence."""
    words = action.iconText()
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
