"""The look of all controls: palette, style sheet and fonts, made from a theme."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from resources.theme import LIGHT, THEMES, Theme

CONTROL_PX = 14
EXPLANATION_PX = 17
CAPTION_PX = 12
PANEL_MARGIN_PX = 16
GAP_PX = 8
TARGET_PX = 28
"""What can be pressed is at least this high."""


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Give the whole program one theme: style, palette, font and style sheet."""
    if application.style().name().lower() != "fusion":
        application.setStyle("Fusion")
    application.setFont(interface_font())
    application.setPalette(palette(theme))
    application.setStyleSheet(style_sheet(theme))


def theme_of(widget: QWidget) -> Theme:
    """The theme that a widget is shown in, known by the accent of its palette."""
    accent = widget.palette().color(QPalette.ColorRole.Accent)
    return next((theme for theme in THEMES.values() if QColor(theme.accent) == accent), LIGHT)


def interface_font(pixels: float = CONTROL_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The interface font: Inter where it is installed, else the system's; its figures are tabular."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font = QFont(system)
    font.setFamilies(["Inter", *system.families()])
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def mixed(first: str, second: str, share: float) -> str:
    """Return an opaque colour: `share` of the second, the rest of the first, as #RRGGBB."""
    a, b = QColor(first), QColor(second)
    parts = (
        round(x + (y - x) * share)
        for x, y in ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    )
    return "#" + "".join(f"{part:02X}" for part in parts)


def palette(theme: Theme) -> QPalette:
    """The palette of a theme, disabled colours included."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    colours = {
        role.Window: theme.background,
        role.WindowText: theme.ink,
        role.Base: theme.surface,
        role.AlternateBase: theme.raised,
        role.Text: theme.ink,
        role.Button: theme.surface,
        role.ButtonText: theme.ink,
        role.BrightText: theme.negative,
        role.PlaceholderText: theme.muted,
        role.ToolTipBase: theme.ink,
        role.ToolTipText: theme.surface,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.surface,
        role.Midlight: theme.raised,
        role.Mid: theme.line,
        role.Dark: theme.muted,
        role.Shadow: theme.line,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, name, QColor(disabled_ink(theme)))
    return made


def disabled_ink(theme: Theme) -> str:
    """The ink of what cannot be pressed now."""
    return mixed(theme.muted, theme.surface, 0.4)


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme."""
    colours = {name: getattr(theme, name) for name in Theme.__slots__}
    return Template(_SHEET).substitute(
        colours,
        on_accent=theme.on_accent,
        disabled=disabled_ink(theme),
        accent_hover=mixed(theme.accent, theme.ink, 0.14),
        accent_down=mixed(theme.accent, theme.ink, 0.26),
        accent_off=mixed(theme.accent, theme.surface, 0.55),
        hover=mixed(theme.surface, theme.accent_soft, 0.55),
        handle=mixed(theme.line, theme.muted, 0.25),
    )


_SHEET = """
QMainWindow, QDialog { background: $background; }
QToolTip { background: $ink; color: $surface; border: 1px solid $ink; padding: 5px 7px; }

QLabel[role="heading"] { color: $muted; font-size: 12px; font-weight: 600; }
QLabel[role="caption"] { color: $muted; font-size: 12px; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="title"] { font-size: 20px; font-weight: 700; }
QLabel[role="figure"] { font-size: 24px; font-weight: 700; }
QLabel[accent="true"] { color: $accent; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="explanation"] { font-size: 17px; }
QLabel[role="complaint"] { color: $negative; font-size: 12px; font-weight: 600; }

QPushButton, QToolButton {
  min-height: 20px; padding: 5px 12px; border: 1px solid $line; border-radius: 8px;
  background: $surface; color: $ink;
}
QToolButton { padding: 5px 10px; }
QToolButton[kind="icon"] { min-height: 0; padding: 0; border: none; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; }
QPushButton:checked, QToolButton:checked {
  background: $accent_soft; color: $accent; border-color: $accent_soft; font-weight: 600;
}
QPushButton:disabled, QToolButton:disabled { color: $disabled; background: $surface; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QToolButton:focus { padding: 4px 9px; }
QPushButton[kind="primary"], QToolButton[kind="primary"] {
  background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed, QToolButton[kind="primary"]:pressed { background: $accent_down; }
QPushButton[kind="primary"]:disabled, QToolButton[kind="primary"]:disabled {
  background: $accent_off; border-color: $accent_off; color: $surface;
}
QPushButton[kind="primary"]:focus, QToolButton[kind="primary"]:focus { border-color: $ink; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { border-color: transparent; background: transparent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:pressed, QToolButton[kind="quiet"]:pressed { background: $accent_soft; }
QPushButton[kind="quiet"]:checked, QToolButton[kind="quiet"]:checked { background: $accent_soft; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="choice"] { text-align: left; padding: 7px 11px; border-radius: 10px; }
QPushButton[kind="choice"]:checked { border: 2px solid $accent; background: $surface; padding: 6px 10px; }
QPushButton[kind="choice"]:focus { border: 2px solid $ink; padding: 6px 10px; }
QPushButton[kind="disclosure"] {
  border-color: transparent; background: transparent; text-align: left; padding: 5px 5px 5px 23px;
}
QPushButton[kind="disclosure"]:checked { color: $ink; font-weight: 400; }
QPushButton[kind="disclosure"]:focus { border: 2px solid $accent; padding: 4px 4px 4px 22px; }
QToolButton[kind="room"] {
  min-height: 0; padding: 4px 0; border-color: transparent; border-radius: 10px; background: transparent;
  color: $muted; font-size: 12px;
}
QToolButton[kind="room"]:hover { background: $hover; }
QToolButton[kind="room"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QToolButton[kind="room"]:focus { border: 2px solid $accent; padding: 3px 0; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }

QPushButton[segment] { border-radius: 0; padding: 5px 12px; color: $muted; border-left-width: 0; }
QPushButton[segment]:checked { color: $accent; background: $accent_soft; border-color: $line; }
QPushButton[segment]:focus { border: 2px solid $accent; padding: 4px 10px 4px 10px; }
QPushButton[segment="first"], QPushButton[segment="only"] {
  border-left-width: 1px; border-top-left-radius: 8px; border-bottom-left-radius: 8px;
}
QPushButton[segment="last"], QPushButton[segment="only"] {
  border-top-right-radius: 8px; border-bottom-right-radius: 8px;
}

QLineEdit, QPlainTextEdit, QComboBox {
  min-height: 20px; padding: 5px 9px; border: 1px solid $line; border-radius: 8px;
  background: $surface; color: $ink; selection-background-color: $accent; selection-color: $on_accent;
}
QComboBox { padding: 5px 9px; }
QComboBox:hover, QLineEdit:hover { background: $hover; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 4px 8px; background: $surface; }
QComboBox:focus { border: 2px solid $accent; padding: 4px 8px; }
QLineEdit:disabled, QComboBox:disabled { color: $disabled; }
QLineEdit[invalid="true"] { border: 2px solid $negative; padding: 4px 8px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: none; }
QComboBox QLineEdit { border: none; padding: 0; background: transparent; min-height: 0; }
QComboBox QAbstractItemView {
  background: $surface; color: $ink; border: none; border-radius: 0; padding: 4px; outline: none;
  selection-background-color: $accent_soft; selection-color: $ink;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; border-radius: 6px; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $ink; }
QLineEdit[kind="inline"] {
  border-color: transparent; background: transparent; padding: 1px 4px; border-radius: 6px; font-weight: 600;
}
QLineEdit[kind="inline"]:hover { background: $hover; border-color: $line; }
QLineEdit[kind="inline"]:focus {
  background: $surface; border: 2px solid $accent; padding: 0 3px;
}
QLineEdit[kind="inline"][invalid="true"] { border: 2px solid $negative; padding: 0 3px; }

QSlider:horizontal { min-height: 24px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
  width: 12px; height: 12px; margin: -6px 0;
  border: 2px solid $accent; border-radius: 8px; background: $surface;
}
QSlider::handle:horizontal:hover { background: $accent_soft; }
QSlider::handle:horizontal:focus { background: $accent; border-color: $ink; }
QSlider::sub-page:horizontal:disabled { background: $line; }
QSlider::handle:horizontal:disabled { border-color: $line; }

QFrame[card="plain"] { background: $raised; border: 1px solid $line; border-radius: 10px; }
QFrame[card="transport"] { background: $surface; border: 1px solid $line; border-radius: 16px; }
QFrame[card="popover"] { background: $surface; border: 1px solid $line; border-radius: 10px; }
QFrame[card="notice"] { background: $accent_soft; border: 1px solid $accent_soft; border-radius: 10px; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="stage"] { background: $stage; }
QFrame[rule="true"] { background: $line; border: none; }
QScrollArea { border: none; background: transparent; }

QMenu { background: $surface; color: $ink; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 24px; border-radius: 6px; min-height: 18px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::right-arrow { width: 12px; height: 12px; }
QMenuBar { background: $surface; color: $ink; }
QMenuBar::item { padding: 6px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $accent_soft; }

QAbstractItemView {
  background: $surface; alternate-background-color: $raised; border: 1px solid $line; border-radius: 8px;
  gridline-color: $line; selection-background-color: $accent_soft; selection-color: $ink;
}
QListView::item { padding: 4px 2px; }
QHeaderView::section {
  background: $raised; color: $muted; padding: 6px 8px; font-weight: 600;
  border: none; border-bottom: 1px solid $line; border-right: 1px solid $line;
}
QTableCornerButton::section { background: $raised; border: none; }
QTabBar::tab { padding: 6px 12px; color: $muted; border: none; }
QTabBar::tab:selected { color: $accent; font-weight: 600; border-bottom: 2px solid $accent; }

QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QStatusBar { background: $surface; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QProgressBar { border: none; border-radius: 3px; background: $line; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""
