"""All runs of a sweep side by side, each a small picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QWidget

from playground.model.sweep import Outcome, PointResult
from widgets.controls.card import column, emptied
from widgets.controls.flow_layout import FlowRow
from widgets.sweep.point_card import PointCard, Reach

HEADROOM = 1.05
"""How much higher than the losses at the start the small plots are."""


class SmallMultiples(QScrollArea):
    """Cards that fill as runs finish; the plots of all have the same scales."""

    open_requested = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.cards: tuple[PointCard, ...] = ()
        self._reach = Reach()
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._inside = QWidget()
        self._rows = column(self._inside, margin_px=4)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(self._inside)
        self._group.buttonClicked.connect(self._clicked)

    def set_points(self, captions: Sequence[str], epochs: float) -> None:
        """Show an empty card for every point; none runs longer than so many epochs."""
        emptied(self._rows)
        self.cards = tuple(PointCard(number, text) for number, text in enumerate(captions))
        self._reach = Reach(max(1.0, epochs), 0.0)
        for card in self.cards:
            self._group.addButton(card)
        self._rows.addWidget(FlowRow(*self.cards, gap_px=10))
        self._rows.addStretch(1)

    def set_outcome(self, number: int, outcome: Outcome) -> None:
        """Fill a card."""
        self.cards[number].set_outcome(outcome)
        if not isinstance(outcome, PointResult):
            return
        start = float(outcome.curve[0, 1])
        highest = max(self._reach.loss, HEADROOM * start if start < float("inf") else 0.0)
        if highest > 0:
            self._reach = Reach(self._reach.epochs, highest)
            for card in self.cards:
                card.set_reach(self._reach)

    def outcomes(self) -> Mapping[int, Outcome]:
        """How the runs ended that have ended, by number."""
        return {card.number: card.outcome for card in self.cards if card.outcome is not None}

    def picture(self) -> QImage:
        """All cards as a picture, those too that are scrolled away."""
        return self._inside.grab().toImage()

    def _clicked(self, card: QAbstractButton) -> None:
        if isinstance(card, PointCard) and isinstance(card.outcome, PointResult):
            self.open_requested.emit(card.number)
