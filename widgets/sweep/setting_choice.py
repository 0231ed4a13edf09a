"""One setting to try, and the values to try of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from playground.model.keys import Level
from playground.model.message import message
from widgets.controls.card import column
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.labels import Label
from widgets.controls.toggle import Toggle
from widgets.names import name_of
from widgets.sweep.offers import SweepOffer, setting_name
from widgets.text import say

NOTHING = "nothing"
"""The key of the entry that tries nothing."""


class SettingChoice(QWidget):
    """A list of settings; below it the values, to be typed or to be ticked."""

    changed = Signal()

    def __init__(
        self, name: str, tooltip: str, offers: Sequence[SweepOffer], level: Level, *, nothing: str = ""
    ) -> None:
        """Offer these settings.

        nothing : what the entry is called that tries nothing; empty where there is none
        """
        super().__init__()
        self._offers = {offer.key: offer for offer in offers}
        self._level = level
        self._ticked: dict[str, dict[str, Toggle]] = {}
        self._typed: dict[str, str] = {}
        self.label = Label(name)
        self.box = ChoiceBox(name, tooltip, wraps=True)
        self.label.setBuddy(self.box)
        entries = [Choice(key, setting_name(key, level)) for key in self._offers]
        self.box.set_choices([*([Choice(NOTHING, nothing)] if nothing else []), *entries])
        self.box.set_current(NOTHING if nothing else next(iter(self._offers)))
        self.field = QLineEdit()
        self.field.setToolTip(self.tr("The values to try, with commas between them"))
        self.field.setAccessibleName(self.tr("Values to try"))
        self._rows = column(self, gap_px=6)
        for part in (self.label, self.box, self.field):
            self._rows.addWidget(part)
        self._sets = {key: self._ticks(offer) for key, offer in self._offers.items() if offer.names}
        for ticks in self._sets.values():
            self._rows.addWidget(ticks)
        self.box.chosen.connect(self._choose)
        self.field.textEdited.connect(self._type)
        self._show()

    @property
    def key(self) -> str | None:
        """The setting that is chosen, None where nothing is tried."""
        return None if self.box.current_key == NOTHING else self.box.current_key

    @property
    def text(self) -> str:
        """The values to try, with commas between them."""
        key = self.key
        if key is None:
            return ""
        if key in self._ticked:
            return ",".join(name for name, tick in self._ticked[key].items() if tick.isChecked())
        return self._typed.get(key, self._offers[key].text)

    def choose(self, key: str, text: str | None = None) -> None:
        """Choose a setting, and type its values where some are given."""
        self.box.set_current(key)
        if text is not None:
            self._typed[key] = text
        self._choose(key)

    def tick(self, value: str) -> Toggle:
        """The switch of a value that can be chosen."""
        return self._ticked[self.box.current_key][value]

    def _ticks(self, offer: SweepOffer) -> QWidget:
        made: dict[str, Toggle] = {}
        for value in offer.names or {}:
            name = name_of(offer.names or {}, value, self._level)
            tick = Toggle(name, say(message("Try {value}, or leave it out", value=name)))
            tick.setChecked(value in offer.values)
            tick.toggled.connect(self._tell)
            made[value] = tick
        self._ticked[offer.key] = made
        ticks = QWidget()
        rows = column(ticks, gap_px=4)
        for tick in made.values():
            rows.addWidget(tick)
        return ticks

    def _choose(self, _key: str) -> None:
        self._show()
        self.changed.emit()

    def _type(self, text: str) -> None:
        if self.key is not None:
            self._typed[self.key] = text
            self.changed.emit()

    def _tell(self, _is_on: bool) -> None:
        self.changed.emit()

    def _show(self) -> None:
        key = self.key
        self.field.setVisible(key is not None and key not in self._sets)
        for name, ticks in self._sets.items():
            ticks.setVisible(name == key)
        if key is not None and key not in self._sets and self.field.text() != self.text:
            self.field.setText(self.text)
            self.field.setCursorPosition(0)
