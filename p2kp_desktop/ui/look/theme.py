"""Which colours are worn now: the palette and the sheet follow the system, or a choice of the user."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from p2kp_desktop.ui.look import lettering, sheet
from p2kp_desktop.ui.look.tokens import Scheme, Token

WORN = "scheme_worn"
CHOSEN = "scheme_chosen"

_ROLES = {
    QPalette.ColorRole.Window: Token.WINDOW,
    QPalette.ColorRole.WindowText: Token.TEXT,
    QPalette.ColorRole.Base: Token.PANEL,
    QPalette.ColorRole.AlternateBase: Token.SUNKEN,
    QPalette.ColorRole.Text: Token.TEXT,
    QPalette.ColorRole.BrightText: Token.TEXT,
    QPalette.ColorRole.Button: Token.PANEL,
    QPalette.ColorRole.ButtonText: Token.TEXT,
    QPalette.ColorRole.PlaceholderText: Token.TEXT3,
    QPalette.ColorRole.ToolTipBase: Token.PANEL,
    QPalette.ColorRole.ToolTipText: Token.TEXT,
    QPalette.ColorRole.Highlight: Token.ACCENT,
    QPalette.ColorRole.HighlightedText: Token.ON_ACCENT,
    QPalette.ColorRole.Accent: Token.ACCENT,
    QPalette.ColorRole.Link: Token.ACCENT_TEXT,
    QPalette.ColorRole.LinkVisited: Token.ACCENT_TEXT,
    QPalette.ColorRole.Light: Token.PANEL,
    QPalette.ColorRole.Midlight: Token.SUNKEN,
    QPalette.ColorRole.Mid: Token.LINE,
    QPalette.ColorRole.Dark: Token.LINE2,
    QPalette.ColorRole.Shadow: Token.LINE2,
}

_DISABLED = {
    QPalette.ColorRole.WindowText: Token.TEXT3,
    QPalette.ColorRole.Text: Token.TEXT3,
    QPalette.ColorRole.ButtonText: Token.TEXT3,
    QPalette.ColorRole.Base: Token.SUNKEN,
}


def apply(app: QApplication, choice: Scheme | None = None) -> None:
    """Dress the program in `choice`, or without one in the system's scheme and follow it from then on."""
    if app.property(WORN) is None:
        lettering.load()
        app.setStyle("Fusion")
        app.setFont(lettering.font())
        app.styleHints().colorSchemeChanged.connect(lambda system: _wear(app, system))
    app.setProperty(CHOSEN, choice.value if choice else "")
    app.styleHints().setColorScheme(_SYSTEM[choice])
    _wear(app, app.styleHints().colorScheme())


_SYSTEM = {
    None: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


def _wear(app: QApplication, system: Qt.ColorScheme) -> None:
    """Put on what is chosen, else what the system shows; nothing happens when it is worn already."""
    chosen = app.property(CHOSEN)
    followed = Scheme.DARK if system == Qt.ColorScheme.Dark else Scheme.LIGHT
    wanted = Scheme(chosen) if chosen else followed
    if app.property(WORN) == wanted.value:
        return
    _put_on(app, wanted.value)
    app.setPalette(palette(wanted))
    app.setStyleSheet(sheet.written(wanted))


@contextmanager
def painted_in(wanted: Scheme) -> Iterator[None]:
    """Let colours and icons be those of a scheme for a while: for a picture that leaves the screen."""
    app = QGuiApplication.instance()
    worn = app.property(WORN) if app else None
    if app:
        _put_on(app, wanted.value)
    try:
        yield
    finally:
        if app:
            _put_on(app, worn)


def _put_on(app: QCoreApplication, worn: object) -> None:
    app.setProperty(WORN, worn)
    colour.cache_clear()


def scheme() -> Scheme:
    """Return the scheme worn now."""
    app = QGuiApplication.instance()
    worn = app.property(WORN) if app else None
    return Scheme(worn) if worn else Scheme.LIGHT


@cache
def colour(token: Token) -> QColor:
    """Return the colour of this use in the scheme worn now, the same object each time."""
    return _colour(token, scheme())


@cache
def _colour(token: Token, wanted: Scheme) -> QColor:
    return QColor(token.in_scheme(wanted))


def palette(wanted: Scheme) -> QPalette:
    """Return Qt's palette made of the tokens."""
    worn = QPalette()
    for role, token in _ROLES.items():
        worn.setColor(role, QColor(token.in_scheme(wanted)))
    for role, token in _DISABLED.items():
        worn.setColor(QPalette.ColorGroup.Disabled, role, QColor(token.in_scheme(wanted)))
    return worn
