"""Every key on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from widgets.controls.buttons import Button
from widgets.controls.labels import Label
from widgets.dialogs.dialog import Dialog


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What a key or a gesture does, under which heading it stands, and the keys as people read them."""

    group: str
    text: str
    keys: str


class ShortcutSheet(Dialog):
    """Keys in groups, and a field that finds one."""

    def __init__(self, shortcuts: Sequence[Shortcut], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Keys"), parent, width_px=560)
        self._rows: list[tuple[Shortcut, Label, Label]] = []
        self._headings: dict[str, Label] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find"))
        self.search.setAccessibleName(self.tr("Find a key"))
        self.search.setToolTip(self.tr("Show only what has this word in it"))
        inside = QWidget()
        inside.setProperty("ground", "surface")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._fill(shortcuts)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumHeight(360)
        self.close_button = Button(self.tr("Close"), self.tr("Close the sheet (Esc)"), "primary")
        self.add(self.search)
        self.add(area, 1)
        self.add_button(self.close_button, is_default=True)
        self.search.textChanged.connect(self._filter)
        self.close_button.clicked.connect(self.accept)

    def shown(self) -> tuple[Shortcut, ...]:
        """The entries that are shown now."""
        return tuple(shortcut for shortcut, label, _ in self._rows if not label.isHidden())

    def _fill(self, shortcuts: Sequence[Shortcut]) -> None:
        line = 0
        for shortcut in shortcuts:
            if shortcut.group not in self._headings:
                heading = Label(shortcut.group, "heading")
                heading.setContentsMargins(0, 10 if line else 0, 0, 0)
                self._headings[shortcut.group] = heading
                self._grid.addWidget(heading, line, 0, 1, 2)
                line += 1
            text, keys = Label(shortcut.text), Label(shortcut.keys, "strong", wraps=False)
            self._grid.addWidget(text, line, 0)
            self._grid.addWidget(keys, line, 1, Qt.AlignmentFlag.AlignRight)
            self._rows.append((shortcut, text, keys))
            line += 1
        self._grid.setRowStretch(line, 1)

    def _filter(self, word: str) -> None:
        wanted = word.strip().casefold()
        groups = set()
        for shortcut, text, keys in self._rows:
            is_shown = wanted in f"{shortcut.text} {shortcut.keys}".casefold()
            text.setVisible(is_shown)
            keys.setVisible(is_shown)
            if is_shown:
                groups.add(shortcut.group)
        for group, heading in self._headings.items():
            heading.setVisible(group in groups)
