"""The tokens, fonts, icons and the sheet keep the promises of the design."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from p2kp_desktop import environment
from p2kp_desktop.ui import kit, look
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.look import icons, lettering, sheet, theme
from p2kp_desktop.ui.look.scales import Slum, completeness
from p2kp_desktop.ui.look.tokens import Scheme, Token
from tests.ui.gallery import dressed
from tests.ui.gallery_texts import contrast

ICONS = [
    "arrow-down",
    "arrow-left-right",
    "arrow-right",
    "ban",
    "calculator",
    "calendar",
    "chart-column",
    "check",
    "chevron-down",
    "chevron-right",
    "circle",
    "circle-alert",
    "circle-check",
    "circle-dashed",
    "circle-dot",
    "circle-x",
    "clipboard-list",
    "columns-3",
    "copy",
    "copy-check",
    "corner-up-left",
    "door-open",
    "equal",
    "file-check",
    "file-spreadsheet",
    "flag",
    "git-compare",
    "graduation-cap",
    "handshake",
    "hard-drive",
    "history",
    "house",
    "inbox",
    "layers",
    "list-checks",
    "lock",
    "map-pin",
    "message-square-text",
    "octagon-x",
    "pencil-line",
    "plus",
    "printer",
    "scroll-text",
    "search",
    "send",
    "settings",
    "shield-check",
    "skip-forward",
    "table-2",
    "trash",
    "triangle-alert",
    "users",
    "x",
    "bowl",
]

# Text on its ground: the contrast the design states, light and dark.
STATED = [
    (Token.TEXT, Token.PANEL, 16.6, 14.1),
    (Token.TEXT2, Token.PANEL, 8.2, 9.1),
    (Token.TEXT3, Token.PANEL, 6.2, 6.6),
    (Token.ACCENT, Token.PANEL, 7.7, 8.0),
    (Token.ON_ACCENT, Token.ACCENT, 7.7, 7.8),
    (Token.ACCENT_TEXT, Token.ACCENT_SOFT, 7.0, 7.3),
    (Token.OK, Token.PANEL, 7.0, 8.9),
    (Token.OK, Token.OK_BG, 5.9, 7.6),
    (Token.WARN, Token.PANEL, 7.4, 9.6),
    (Token.WARN, Token.WARN_BG, 6.6, 8.2),
    (Token.ERR, Token.PANEL, 7.5, 8.0),
    (Token.ERR, Token.ERR_BG, 6.3, 7.4),
    (Token.CONF, Token.PANEL, 8.6, 8.5),
    (Token.CONF, Token.CONF_BG, 7.0, 7.7),
    (Token.TEXT2, Token.NEUTRAL_BG, 6.8, 7.3),
    (Token.TEXT, Token.SLUM_NONE, 14.7, 10.9),
    (Token.TEXT, Token.SLUM_LIGHT, 11.5, 6.1),
    (Token.ON_SLUM_MEDIUM, Token.SLUM_MEDIUM, 6.1, 6.0),
    (Token.ON_SLUM_HEAVY, Token.SLUM_HEAVY, 8.3, 7.5),
    (Token.ON_SHARE_80, Token.SHARE_80, 6.5, 5.7),
    (Token.ON_SHARE_100, Token.SHARE_100, 7.7, 9.2),
]
# Text on every other ground the kit puts it on.
READABLE = [
    *((tone, Token.WINDOW) for tone in (Token.TEXT, Token.TEXT2, Token.TEXT3, Token.OK, Token.WARN, Token.ERR)),
    *((tone, Token.SUNKEN) for tone in (Token.TEXT, Token.TEXT2, Token.TEXT3, Token.ACCENT, Token.ERR)),
    *((tone, Token.ACCENT_SOFT) for tone in (Token.TEXT, Token.TEXT2, Token.TEXT3, Token.OK, Token.ERR, Token.WARN)),
    (Token.ON_ACCENT, Token.ACCENT_HOVER),
    *((level.value.figure, level.value.fill) for level in Slum),
    *((completeness(share).figure, completeness(share).fill) for share in (0, 1, 50, 80, 100)),
]
VISIBLE = [(line, Token.PANEL) for line in (Token.LINE2, Token.ACCENT, Token.WARN_LINE, Token.ERR_LINE, Token.ERR)]


def _contrast(one: Token, other: Token, scheme: Scheme) -> float:
    return contrast(QColor(one.in_scheme(scheme)), QColor(other.in_scheme(scheme)))


@pytest.mark.parametrize(("tone", "ground", "light", "dark"), STATED)
def test_a_text_has_the_contrast_the_design_states(tone: Token, ground: Token, light: float, dark: float) -> None:
    assert _contrast(tone, ground, Scheme.LIGHT) == pytest.approx(light, abs=0.06)
    assert _contrast(tone, ground, Scheme.DARK) == pytest.approx(dark, abs=0.06)
    assert min(light, dark) >= 4.5


@pytest.mark.parametrize("scheme", Scheme)
def test_every_text_is_readable_on_every_ground_it_may_stand_on(scheme: Scheme) -> None:
    pale = [(a.name, b.name, _contrast(a, b, scheme)) for a, b in READABLE if _contrast(a, b, scheme) < 4.5]

    assert pale == []


@pytest.mark.parametrize("scheme", Scheme)
def test_borders_that_mean_something_are_visible(scheme: Scheme) -> None:
    pale = [(a.name, b.name, _contrast(a, b, scheme)) for a, b in VISIBLE if _contrast(a, b, scheme) < 3]

    assert pale == []


def test_no_two_tokens_are_one_and_every_value_is_a_colour() -> None:
    assert len(Token.__members__) == len(list(Token))
    for token in Token:
        for scheme in Scheme:
            assert re.fullmatch(r"#[0-9A-F]{6}", token.in_scheme(scheme))


def test_colour_values_are_written_in_the_table_of_tokens_only() -> None:
    for package in (kit, look):
        for path in Path(str(package.__file__)).parent.glob("*.py"):
            if path.name != "tokens.py":
                assert re.findall(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("scheme", Scheme)
def test_the_sheet_has_every_token_replaced(scheme: Scheme) -> None:
    assert "@" not in sheet.written(scheme)


def test_a_choice_of_the_user_dresses_palette_labels_and_icons(qtbot: QtBot) -> None:
    app = dressed(Scheme.LIGHT)
    label = Label("Layak")
    qtbot.addWidget(label)
    label.show()
    light = icons.pixmap("check", Token.OK).toImage()

    theme.apply(app, Scheme.DARK)

    assert app.palette().color(QPalette.ColorRole.Window) == QColor(Token.WINDOW.in_scheme(Scheme.DARK))
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(Token.TEXT.in_scheme(Scheme.DARK))
    assert icons.pixmap("check", Token.OK).toImage() != light


def test_without_a_choice_the_window_follows_the_system(qapp: QApplication) -> None:
    theme.apply(qapp)

    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.scheme() is Scheme.DARK

    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.scheme() is Scheme.LIGHT


def test_a_choice_of_the_user_outlasts_a_change_of_the_system(qapp: QApplication) -> None:
    theme.apply(qapp, Scheme.DARK)

    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)

    assert theme.scheme() is Scheme.DARK


def test_the_window_writes_in_the_shipped_noto_sans(qtbot: QtBot) -> None:
    dressed(Scheme.LIGHT)
    label = QLabel("Rumah")
    qtbot.addWidget(label)
    label.show()

    for bold in (False, True):
        assert QFontInfo(lettering.font(bold=bold)).family() == "Noto Sans"
        assert QFontInfo(lettering.font(bold=bold)).exactMatch()
    assert QFontInfo(label.font()).family() == "Noto Sans"
    assert label.font().pointSizeF() == 10.5


def test_figures_have_one_width_in_each_weight() -> None:
    dressed(Scheme.LIGHT)
    for bold in (False, True):
        widths = {lettering.metrics(bold=bold).horizontalAdvance(figure) for figure in "0123456789"}
        assert len(widths) == 1


def test_no_type_is_smaller_than_ten_points() -> None:
    assert min(size.value for size in lettering.Type) == 10.0


def test_the_fonts_are_small_and_come_with_their_licence() -> None:
    folder = environment.resources() / "fonts"

    assert sum(path.stat().st_size for path in folder.iterdir()) < 2_000_000
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")


def test_exactly_the_icons_of_the_design_are_shipped_with_their_licence() -> None:
    folder = environment.resources() / "icons"

    assert sorted(path.stem for path in folder.glob("*.svg")) == sorted(ICONS)
    assert "ISC License" in (folder / "LICENSE-lucide.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_in_the_colour_of_its_token(name: str) -> None:
    dressed(Scheme.LIGHT)
    image = icons.pixmap(name, Token.ERR, 18).toImage()
    red = QColor(Token.ERR.in_scheme(Scheme.LIGHT))

    inked = [image.pixelColor(x, y) for x in range(18) for y in range(18) if image.pixelColor(x, y).alpha() > 250]
    drawn = [image.pixelColor(x, y) for x in range(18) for y in range(18) if image.pixelColor(x, y).alpha() > 0]
    assert len(drawn) >= 12
    assert all(abs(ink.red() - red.red()) + abs(ink.blue() - red.blue()) <= 4 for ink in inked)


def test_an_icon_has_as_many_pixels_as_the_screen_can_show() -> None:
    dressed(Scheme.LIGHT)

    assert icons.pixmap("check", Token.OK, 16, 1.25).width() == 20
    assert icons.pixmap("check", Token.OK, 16, 1.25).devicePixelRatio() == 1.25
    assert icons.pixmap("check", Token.OK, 16, 1.25).cacheKey() == icons.pixmap("check", Token.OK, 16, 1.25).cacheKey()


def test_a_missing_icon_is_a_fault() -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon")


def test_the_same_size_and_weight_is_the_same_font() -> None:
    dressed(Scheme.LIGHT)

    assert lettering.font(bold=True).weight() == QFont.Weight.Bold
    assert lettering.font() is lettering.font()
