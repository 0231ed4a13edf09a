"""What has been noticed about the learning, each with a button that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from playground.model.edit import Edit
from playground.model.message import Message
from widgets.controls.buttons import Button
from widgets.controls.card import Card, column
from widgets.controls.labels import Label
from widgets.text import capital, say


class Finding(Protocol):
    """Something that stands in the way of learning, and the edit that mends it."""

    @property
    def key(self) -> str:
        """What kind of finding it is."""
        ...

    @property
    def message(self) -> Message:
        """What was noticed."""
        ...

    @property
    def remedy(self) -> Message:
        """What the button says."""
        ...

    @property
    def edit(self) -> Edit:
        """The edit that mends it."""
        ...


class FindingsPanel(QWidget):
    """One card for each finding; nothing at all where all is well."""

    edit_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[FindingCard] = []
        self.heading = Label(self.tr("Noticed"), "heading")
        self._rows = column(self, gap_px=8)
        self._rows.addWidget(self.heading)
        self.setVisible(False)

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings; cards are used again, so that a button under the pointer stays."""
        while len(self._cards) < len(findings):
            card = FindingCard()
            card.mend_requested.connect(self.edit_requested)
            self._cards.append(card)
            self._rows.addWidget(card)
        for index, card in enumerate(self._cards):
            card.set_finding(findings[index] if index < len(findings) else None)
        self.setVisible(bool(findings))

    def cards(self) -> tuple[FindingCard, ...]:
        """The cards that are shown."""
        return tuple(card for card in self._cards if card.finding is not None)


class FindingCard(Card):
    """A sentence and the button that mends what it says."""

    mend_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(look="notice")
        self.finding: Finding | None = None
        self.sentence = Label()
        self.mend = Button("", self.tr("Mend this; it can be undone"))
        self.rows.addWidget(self.sentence)
        self.rows.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignLeft)
        self.mend.clicked.connect(self._mend)

    def set_finding(self, finding: Finding | None) -> None:
        """Show a finding, or nothing."""
        self.finding = finding
        self.setVisible(finding is not None)
        if finding is not None:
            self.sentence.set_text(capital(say(finding.message)))
            self.mend.set_text(say(finding.remedy))

    def _mend(self) -> None:
        if self.finding is not None:
            self.mend_requested.emit(self.finding.edit)
