"""The panel that says what is happening, at the chosen level."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import message
from playground.model.narration import Formula, Narration
from widgets.controls.arithmetic_table import ArithmeticTable
from widgets.controls.buttons import Button
from widgets.controls.card import Card, column, lay_out_now
from widgets.controls.flow_text import FlowText
from widgets.controls.labels import Label
from widgets.text import capital, say, say_rich


class ExplanationPanel(QWidget):
    """Sentences about the step under way; below them the arithmetic, or the formulas with numbers in them."""

    play_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._narration: Narration | None = None
        self._level: Level = "words"
        self._is_playable = True
        self.heading = Label(self.tr("What is happening"), "heading")
        self.title = Label("", "strong")
        self.sentences = FlowText()
        self.table = ArithmeticTable(self.tr("Arithmetic"))
        self.formulas = FormulaCard()
        self.play_button = Button(
            self.tr("Play one pass"),
            self.tr("Send one example through the network, forward and back (P)"),
            "primary",
        )
        rows = column(self, gap_px=12)
        for part in (self.heading, self.title, self.sentences, self.table, self.formulas):
            rows.addWidget(part)
        rows.addWidget(self.play_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.play_button.clicked.connect(self.play_requested)
        self._show_empty()

    def set_narration(self, narration: Narration | None, level: Level) -> None:
        """Say this at a level; with None, say what to do next."""
        if narration == self._narration and level == self._level:
            return
        self._narration, self._level = narration, level
        if narration is None:
            self._show_empty()
            return
        self.title.set_text(capital(say(narration.title)))
        self.title.setVisible(bool(self.title.text()))
        self.sentences.set_sentences(narration.sentences)
        self.table.set_rows(narration.rows if level != "words" else ())
        self.formulas.set_formulas(narration.formulas if level == "maths" else ())
        self.play_button.setVisible(False)
        lay_out_now(self)

    def set_playable(self, is_playable: bool) -> None:
        """Say whether there is a pass to play; without one, the empty place says what is missing."""
        if is_playable != self._is_playable:
            self._is_playable = is_playable
            if self._narration is None:
                self._show_empty()

    @property
    def has_narration(self) -> bool:
        """Whether something is said, besides what to do next."""
        return self._narration is not None

    def _show_empty(self) -> None:
        self.title.setVisible(False)
        self.sentences.set_sentences((EMPTY if self._is_playable else NOTHING_TO_PLAY,))
        self.table.set_rows(())
        self.table.setVisible(False)
        self.formulas.set_formulas(())
        self.play_button.setVisible(self._is_playable)


class FormulaCard(Card):
    """Formulas in symbols, each followed by the same formula with its numbers."""

    def __init__(self) -> None:
        super().__init__(gap_px=6)
        self._labels: list[Label] = []
        self._formulas: tuple[Formula, ...] = ()
        self.setVisible(False)

    def set_formulas(self, formulas: Sequence[Formula]) -> None:
        """Show these formulas; labels are used again, so that a step does not flicker."""
        if tuple(formulas) == self._formulas:
            return
        self._formulas = tuple(formulas)
        texts = [text for formula in formulas for text in (formula.symbols, say_rich(formula.numbers))]
        while len(self._labels) < len(texts):
            label = Label("", "muted" if len(self._labels) % 2 == 0 else "plain")
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._labels.append(label)
            self.rows.addWidget(label)
        for index, label in enumerate(self._labels):
            label.set_text(texts[index] if index < len(texts) else "")
            label.setVisible(index < len(texts))
        self.setVisible(bool(texts))


EMPTY = message(
    "Press play, and watch one example travel through the network: its numbers forward, the blame back."
)
NOTHING_TO_PLAY = message(
    "There is nothing to play yet. Draw inputs and an output with arrows between them, or choose data."
)
