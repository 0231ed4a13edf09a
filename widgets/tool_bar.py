"""The bar at the top: what can be drawn, the level of words, sharing and presenting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from playground.model.keys import Level
from widgets.avocado import draw_avocado
from widgets.controls.action_button import ActionButton
from widgets.controls.labels import Label, Rule
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.style import theme_of

HEIGHT_PX = 52
GAP_PX = 5
MARGIN_PX = 14
SLACK_PX = 8

GROUPS: tuple[tuple[str, ...], ...] = (
    ("undo", "redo"),
    ("tool_select", "tool_add", "tool_connect", "tool_erase"),
    ("add_layer", "tidy"),
)
"""The actions of the bar by name, in groups with a hairline between them."""

SWITCHES = ("fast_kernel",)
"""Actions that are switched on and off, at the right of the bar in every room."""

ICONS: Mapping[str, str] = {
    "undo": "undo",
    "redo": "redo",
    "tool_select": "select",
    "tool_add": "add-node",
    "tool_connect": "connect",
    "tool_erase": "erase",
    "add_layer": "add-layer",
    "tidy": "tidy",
    "fast_kernel": "fast-kernel",
    "take_out": "share",
    "present": "present",
}


@dataclass(frozen=True, slots=True)
class _Density:
    """How much the bar shows of itself: which groups have texts, whether the name stands there.

    switch, share : whether these have texts
    """

    texts: tuple[bool, bool, bool]
    title: bool
    switch: bool = False
    share: bool = True
    hidden_groups: int = 0


DENSITIES: tuple[_Density, ...] = (
    _Density((True, True, True), title=True, switch=True),
    _Density((False, True, True), title=True, switch=True),
    _Density((False, True, True), title=True),
    _Density((False, False, True), title=True),
    _Density((False, False, False), title=True, share=False),
    _Density((False, False, False), title=False, share=False),
    _Density((False, False, False), title=False, share=False, hidden_groups=1),
    _Density((False, False, False), title=False, share=False, hidden_groups=2),
)
"""From roomy to narrow: texts become icons, the name goes, and at last groups move into a menu."""


class ToolBar(QWidget):
    """Made from the program's actions; it shows as many words as the width allows.

    A button shows its action's icon text, so that "Undo move 3 nodes" can stand in the menu and the tooltip
    while the bar says "Undo".
    """

    level_chosen = Signal(str)

    def __init__(self, actions: Mapping[str, QAction], menu: QMenu | None = None) -> None:
        super().__init__()
        self._density = -1
        self._is_drawing = True
        self.setObjectName("tool_bar")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.logo = Logo()
        self.title = Label(self.tr("Neural Playground"), "strong", wraps=False)
        self.groups = tuple(
            tuple(ActionButton(actions[name], ICONS[name]) for name in group if name in actions)
            for group in GROUPS
        )
        self.switches = tuple(
            ActionButton(actions[name], ICONS[name]) for name in SWITCHES if name in actions
        )
        self.level = SegmentedControl(
            self.tr("Level"),
            (
                Segment("words", self.tr("Words"), self.tr("Explain in plain words (Alt+1)")),
                Segment("numbers", self.tr("Numbers"), self.tr("Explain with the arithmetic (Alt+2)")),
                Segment("maths", self.tr("Maths"), self.tr("Explain with formulas (Alt+3)")),
            ),
        )
        self.share = ActionButton(actions["take_out"], ICONS["take_out"], outlined=True)
        self.present = ActionButton(actions["present"], ICONS["present"], primary=True)
        self.menu_button = _menu_button(self.tr("Menu"), self.tr("Files, settings and everything else"), menu)
        self.more_menu = QMenu(self)
        self.more = _menu_button(self.tr("More"), self.tr("The tools that do not fit here"), self.more_menu)
        self._rules = tuple(Rule(standing=True) for _ in GROUPS)
        self._end_rule = Rule(standing=True)
        self._arrange()
        self.level.chosen.connect(self.level_chosen)

    def set_level(self, level: Level) -> None:
        """Show the level of the explanations."""
        self.level.set_current(level)

    def set_drawing(self, is_drawing: bool) -> None:
        """Show the tools that draw, or leave their place empty where nothing is drawn; the rest stays put."""
        if is_drawing != self._is_drawing:
            self._is_drawing = is_drawing
            self._show_density(DENSITIES[max(0, self._density)])

    @property
    def density(self) -> int:
        """How tight the bar is: 0 shows every text, the last one moves groups into a menu."""
        return self._density

    def minimumSizeHint(self) -> QSize:
        """The narrowest form."""
        return QSize(self._needed(DENSITIES[-1]), HEIGHT_PX)

    def sizeHint(self) -> QSize:
        """The roomiest form."""
        return QSize(self._needed(DENSITIES[0]), HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as fit."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once fonts and styles are known."""
        super().showEvent(event)
        self._density = -1
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit again with another font or theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange) and self.isVisible():
            self._density = -1
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hairline below the bar."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(theme_of(self).line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        row.setSpacing(GAP_PX)
        row.addWidget(self.menu_button)
        row.addWidget(self.logo)
        row.addWidget(self.title)
        row.addSpacing(12)
        for index, group in enumerate(self.groups):
            if index:
                row.addWidget(self._rules[index])
            for button in group:
                row.addWidget(button)
        row.addWidget(self.more)
        row.addStretch(1)
        for switch in self.switches:
            row.addWidget(switch)
        row.addWidget(self.level)
        row.addWidget(self._end_rule)
        row.addWidget(self.share)
        row.addWidget(self.present)
        self._rules[0].setParent(self)
        self._rules[0].hide()
        self.more.hide()

    def _fit(self) -> None:
        fitting = (i for i, density in enumerate(DENSITIES) if self._needed(density) <= self.width())
        index = next(fitting, len(DENSITIES) - 1)
        if index != self._density:
            self._density = index
            self._show_density(DENSITIES[index])

    def _show_density(self, density: _Density) -> None:
        self.title.setVisible(density.title)
        self.more_menu.clear()
        first_hidden = len(self.groups) - density.hidden_groups
        for switch in self.switches:
            switch.set_text_shown(density.switch)
        self.share.set_text_shown(density.share)
        for index, group in enumerate(self.groups):
            shown = index < first_hidden and (self._is_drawing or index == 0)
            self._rules[index].setVisible(shown and index > 0)
            for button in group:
                button.set_text_shown(density.texts[index])
                button.setVisible(shown)
            if not shown and self._is_drawing:
                self.more_menu.addActions([button.action for button in group])
        self.more.setVisible(density.hidden_groups > 0 and self._is_drawing)

    def _needed(self, density: _Density) -> int:
        """The width that a density takes, in pixels."""
        gap, first_hidden = GAP_PX, len(self.groups) - density.hidden_groups
        widths = [self.logo.width(), self.level.sizeHint().width(), self.present.sizeHint().width(), 1, 12]
        widths.append(self.share.width_with(text_shown=density.share))
        widths += [switch.width_with(text_shown=density.switch) for switch in self.switches]
        if not self.menu_button.isHidden():
            widths.append(self.menu_button.sizeHint().width())
        if density.title:
            widths.append(self.title.sizeHint().width())
        if density.hidden_groups:
            widths.append(self.more.sizeHint().width())
        for index, group in enumerate(self.groups[:first_hidden]):
            widths += [button.width_with(text_shown=density.texts[index]) for button in group]
            widths += [1] * bool(index)
        return sum(widths) + gap * len(widths) + 2 * MARGIN_PX + SLACK_PX


class Logo(QWidget):
    """The avocado that stands for the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(24, 32)
        self.setAccessibleName(self.tr("Avocado"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the avocado."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_avocado(painter, QRectF(self.rect()), 0.6, 0.2, 0.35, theme_of(self))
        painter.end()


def _menu_button(text: str, tooltip: str, menu: QMenu | None) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tooltip)
    button.setAccessibleName(text)
    button.setProperty("kind", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMinimumHeight(32)
    if menu is not None:
        button.setMenu(menu)
    else:
        button.hide()
    return button
