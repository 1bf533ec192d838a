"""The one style sheet: Qt's own widgets in our tokens. What Qt cannot draw is painted in the kit.

A widget says what it is by dynamic properties: `kind` and `fit` of a button, `status` and `fit` of a field,
`type`, `weight` and `tone` of a label, `surface` of a panel, `frame` of a card. Focus widens a border and takes
the pixel from the padding, so nothing moves.
"""

import re

from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.tokens import Scheme, Token


def written(scheme: Scheme) -> str:
    """Return the sheet with every @token replaced by its value in this scheme."""
    rules = "\n".join([_RULES, *_tones(), *_types(), *_surfaces()])
    return re.sub(r"@([A-Z0-9_]+)", lambda found: Token[found[1]].in_scheme(scheme), rules)


def _tones() -> list[str]:
    return [f'QLabel[tone="{token.name}"] {{ color: @{token.name}; }}' for token in Token]


def _types() -> list[str]:
    return [f'QLabel[type="{size.name}"] {{ font-size: {size.value}pt; }}' for size in Type]


def _surfaces() -> list[str]:
    grounds = (Token.WINDOW, Token.PANEL, Token.SUNKEN)
    return [f'QWidget[surface="{token.name}"] {{ background: @{token.name}; }}' for token in grounds]


_RULES = """
* { outline: 0; }
QToolTip { background: @PANEL; color: @TEXT; border: 1px solid @LINE2; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[weight="bold"] { font-weight: 700; }
QMainWindow, QDialog { background: @WINDOW; }
QSplitter::handle { background: @LINE; }

QFrame[frame="card"] { background: @PANEL; border: 1px solid @LINE; border-radius: 8px; }
QFrame[frame="card"][status="err"] { border-color: @ERR_LINE; }
QFrame[frame="card"][status="unusual"] { border-color: @WARN_LINE; }
QFrame[frame="card"][status="soft"] { background: @ACCENT_SOFT; border-color: @ACCENT_LINE; }
QFrame[frame="side"] { background: @PANEL; border: 1px solid @LINE2; border-radius: 8px; }
QFrame[frame="rule"] { background: @LINE; border: 0; min-height: 1px; max-height: 1px; }

QPushButton {
    background: @PANEL; color: @TEXT; border: 1px solid @LINE2; border-radius: 6px;
    padding: 4px 15px; min-height: 22px;
}
QPushButton:hover { background: @SUNKEN; }
QPushButton:pressed { background: @ACCENT_SOFT; }
QPushButton[kind="primary"] { background: @ACCENT; color: @ON_ACCENT; border-color: @ACCENT; font-weight: 700; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {
    background: @ACCENT_HOVER; border-color: @ACCENT_HOVER;
}
QPushButton[kind="danger"] { color: @ERR; border-color: @ERR_LINE; }
QPushButton[kind="danger"]:hover, QPushButton[kind="danger"]:pressed { background: @ERR_BG; }
QPushButton[kind="link"] {
    background: transparent; color: @ACCENT_TEXT; border-color: transparent; font-weight: 700; padding: 4px 5px;
}
QPushButton[kind="link"]:hover, QPushButton[kind="link"]:pressed { background: @ACCENT_SOFT; }
QPushButton:disabled, QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {
    background: @SUNKEN; color: @TEXT3; border-color: @LINE;
}
QPushButton[kind="link"]:disabled { background: transparent; color: @TEXT3; border-color: transparent; }
QPushButton[fit="tall"] { padding: 4px 19px; min-height: 34px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {
    background: @PANEL; color: @TEXT; border: 1px solid @LINE2; border-radius: 6px;
    padding: 3px 9px; min-height: 22px;
    selection-background-color: @ACCENT; selection-color: @ON_ACCENT; placeholder-text-color: @TEXT3;
}
QLineEdit[status="err"], QPlainTextEdit[status="err"], QComboBox[status="err"] {
    border: 2px solid @ERR; padding: 2px 8px;
}
QLineEdit[status="unusual"], QPlainTextEdit[status="unusual"], QComboBox[status="unusual"] {
    border: 2px solid @WARN_LINE; padding: 2px 8px;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {
    border: 2px solid @ACCENT; padding: 2px 8px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled,
QLineEdit:read-only { background: @SUNKEN; color: @TEXT3; border-color: @LINE; }
QLineEdit[fit="row"] { border-radius: 5px; padding: 0px 7px; min-height: 22px; }
QLineEdit[fit="row"]:focus, QLineEdit[fit="row"][status="err"], QLineEdit[fit="row"][status="unusual"] {
    padding: 0px 6px; min-height: 20px;
}
QLineEdit[fit="tall"] { padding: 6px 12px; }
QLineEdit[fit="tall"]:focus { padding: 5px 11px; }
QLineEdit[weight="bold"] { font-weight: 700; }
QComboBox { padding-right: 30px; combobox-popup: 0; }
QComboBox:focus { padding-right: 29px; }
QComboBox::drop-down { border: 0; width: 0; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
    background: @PANEL; border: 1px solid @LINE2; padding: 4px; selection-background-color: @ACCENT_SOFT;
    selection-color: @TEXT;
}

QTableView, QListView, QTreeView {
    background: @PANEL; color: @TEXT; border: 0; selection-background-color: @ACCENT_SOFT; selection-color: @TEXT;
}
QHeaderView { background: @SUNKEN; border: 0; }
QTableCornerButton::section { background: @SUNKEN; border: 0; }

QMenu { background: @PANEL; color: @TEXT; border: 1px solid @LINE2; padding: 4px; }
QMenu::item { padding: 6px 20px 6px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @ACCENT_SOFT; }
QMenu::item:disabled { color: @TEXT3; }
QMenu::separator { height: 1px; background: @LINE; margin: 4px 8px; }

QProgressBar { background: @NEUTRAL_BG; border: 0; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: @ACCENT; border-radius: 4px; }

QTabBar::tab {
    background: transparent; color: @TEXT2; padding: 6px 12px; border: 0; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { background: @SUNKEN; }
QTabBar::tab:selected { color: @ACCENT_TEXT; border-bottom-color: @ACCENT; }
QTabBar::tab:selected:focus { background: @ACCENT_SOFT; }
QTabWidget::pane { border: 0; border-top: 1px solid @LINE; }

QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[surface="none"] { background: transparent; }
QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @LINE2; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: @TEXT3; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
