"""How good the answers are: a matrix of classes or a cloud of points, figures, and walks through examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import Message
from playground.model.results import ClassResults, ColumnResults, NumberResults, Part
from widgets.controls.buttons import Button
from widgets.controls.card import bring_in_sight, column, lay_out_now
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.disclosure import Disclosure
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labels import Label
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.explanation import FormulaCard
from widgets.names import readable
from widgets.results.confusion_view import ConfusionView
from widgets.results.figures_table import FiguresTable
from widgets.results.formulas import class_formulas, number_formulas
from widgets.results.picture import picture_of
from widgets.results.rows import Row, figure_rows
from widgets.results.scatter_view import ScatterView
from widgets.results.told import cell_told, class_name, example_told, share_text, summary_told
from widgets.results.walk import Walk
from widgets.results.walk_bar import WalkBar
from widgets.text import capital, pick, say

MOST_WORST = 100
"""So many of the worst answers are walked through at most."""


class AnswersPanel(QWidget):
    """Folded until it is asked for, since nothing is worked out while nobody looks.

    opened(bool) : whether answers are wanted now
    example_requested(int) : a row of the table is to flow through the network
    play_requested() : its pass is to be played
    save_requested(str) : `png` for the picture, `csv` for the figures
    """

    opened = Signal(bool)
    example_requested = Signal(int)
    play_requested = Signal()
    save_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._results: tuple[ColumnResults, ...] = ()
        self._level: Level = "words"
        self._column = 0
        self._walk: Walk | None = None
        self._cell: tuple[int, int] | None = None
        self._pointed = -1
        self.empty = Label("", "muted")
        self.answer = ChoiceBox(self.tr("Answer"), self.tr("Which of the network's answers is looked at"))
        self.parts = SegmentedControl(
            self.tr("Which examples"),
            (
                Segment("train", self.tr("Training"), self.tr("The examples that the network learns from")),
                Segment("test", self.tr("Test"), self.tr("The examples kept back, which it has not seen")),
            ),
        )
        self.summary = Label("", "strong")
        self.matrix = ConfusionView()
        self.scatter = ScatterView()
        self.told = Label("", "caption")
        self.bar = WalkBar()
        self.worst = Button(
            self.tr("Walk through the worst"),
            self.tr("Follow the examples that it answers worst, one by one"),
        )
        self.figures = FiguresTable(self.tr("Figures of each class"))
        self.formulas = FormulaCard()
        self.save_picture = Button(self.tr("Save picture…"), self.tr("Keep this as a picture (PNG)"))
        self.save_figures = Button(self.tr("Save figures…"), self.tr("Keep all answers as a table (CSV)"))
        self.saving = FlowRow(self.save_picture, self.save_figures)
        self.disclosure = Disclosure(
            self.tr("Answers"),
            self.tr("How good the answers are, class by class or number by number"),
            self.empty,
            self.answer,
            self.parts,
            self.summary,
            self.matrix,
            self.scatter,
            self.told,
            self.bar,
            FlowRow(self.worst),
            self.figures,
            self.formulas,
            self.saving,
        )
        column(self).addWidget(self.disclosure)
        self._connect()
        self._name_parts()
        self._show()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody looks at the answers."""
        return self.disclosure.heading.isChecked() and self.isVisible()

    @property
    def walk(self) -> Walk | None:
        """The walk under way."""
        return self._walk

    def set_open(self, is_open: bool) -> None:
        """Unfold it or fold it away."""
        self.disclosure.set_open(is_open)

    def set_results(self, found: Sequence[ColumnResults]) -> None:
        """Show the newest results; nothing where there are none."""
        self._results = tuple(found)
        self._column = min(self._column, max(0, len(found) - 1))
        if self._walk is not None and self._place is None:
            self._walk = None
        self._show()

    def set_problem(self, problem: Message | None) -> None:
        """Say why there are no answers to judge."""
        self.empty.set_text("" if problem is None else say(problem))
        self.empty.setVisible(problem is not None)

    def set_level(self, level: Level) -> None:
        """Say everything at this level."""
        if level != self._level:
            self._level = level
            self._name_parts()
            self._show()

    def picture(self) -> QImage:
        """The matrix or the cloud as it is shown, at twice its size in pixels."""
        view = self.scatter if isinstance(self._part, NumberResults) else self.matrix
        return picture_of(view)

    def rows(self) -> list[Row]:
        """Every answer as a row of a table, its header first."""
        return [] if self._found is None else figure_rows(self._found)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for answers where it was left open."""
        super().showEvent(event)
        self.opened.emit(self.is_wanted)

    @property
    def _found(self) -> ColumnResults | None:
        return self._results[self._column] if self._results else None

    @property
    def _key(self) -> Part:
        return cast("Part", self.parts.current)

    @property
    def _part(self) -> ClassResults | NumberResults | None:
        return None if self._found is None else self._found.parts[self._key]

    @property
    def _place(self) -> int | None:
        """Where the row that is walked to stands among the results."""
        if self._walk is None or self._found is None or self._walk.part != self._key:
            return None
        return self._walk.place_in(self._found)

    def _connect(self) -> None:
        self.disclosure.opened.connect(self.opened)
        self.answer.chosen.connect(self._answer_chosen)
        self.parts.chosen.connect(self._part_chosen)
        self.matrix.pointed.connect(self._point_cell)
        self.matrix.cell_requested.connect(self._walk_cell)
        self.scatter.pointed.connect(self._point_row)
        self.scatter.example_requested.connect(self._walk_point)
        self.bar.stepped.connect(self._step)
        self.bar.play_requested.connect(self.play_requested)
        self.bar.closed.connect(self._end_walk)
        self.worst.clicked.connect(self._walk_worst)
        self.save_picture.clicked.connect(self._picture_wanted)
        self.save_figures.clicked.connect(self._figures_wanted)

    def _name_parts(self) -> None:
        """Call the parts of the data as the level does."""
        self.parts.set_text("train", pick(self._level, self.tr("In practice"), self.tr("Training")))
        self.parts.set_text("test", pick(self._level, self.tr("On new ones"), self.tr("Test")))

    def _show(self) -> None:
        """Show what is known now."""
        found = self._found
        if found is not None and not len(found.parts["test"].rows):
            self.parts.set_current("train")
        part = self._part
        has = part is not None
        self.answer.setVisible(len(self._results) > 1)
        self.answer.set_choices([Choice(str(n), readable(one.name)) for n, one in enumerate(self._results)])
        self.answer.set_current(str(self._column))
        self.parts.setVisible(found is not None and len(found.parts["test"].rows) > 0)
        for view in (self.summary, self.told, self.saving):
            view.setVisible(has)
        self.matrix.setVisible(isinstance(part, ClassResults))
        self.figures.setVisible(isinstance(part, ClassResults))
        self.scatter.setVisible(isinstance(part, NumberResults))
        self.worst.setVisible(part is not None and len(part.worst) > 0)
        if found is None or part is None:
            self.formulas.set_formulas(())
        else:
            self.summary.set_text("\n".join(say(told) for told in summary_told(part, self._level)))
            self._show_part(found, part)
        self._tell()
        self._show_walk()

    def _show_part(self, found: ColumnResults, part: ClassResults | NumberResults) -> None:
        if isinstance(part, NumberResults):
            self.scatter.set_part(part)
            self.formulas.set_formulas(number_formulas(part) if self._level == "maths" else ())
            return
        names = tuple(_said(class_name(found, place)) for place in range(len(found.classes)))
        self.matrix.set_part(names, part)
        self.figures.set_rows(self._head(), self._figure_texts(names, part))
        self._show_formulas(found, part)

    def _show_formulas(self, found: ColumnResults, part: ClassResults) -> None:
        """Work out the figures of the class that is pointed at; else of the one asked for, or the first."""
        if self._level != "maths":
            self.formulas.set_formulas(())
            return
        cell = self._cell or (self._walk.cell if self._walk is not None else None)
        place = int(found.is_pair) if cell is None else cell[0]
        self.formulas.set_formulas(class_formulas(part, place, class_name(found, place)))

    def _head(self) -> tuple[str, ...]:
        if self._level == "words":
            return self.tr("Class"), self.tr("Right if said"), self.tr("Found"), self.tr("Examples")
        return self.tr("Class"), self.tr("Precision"), self.tr("Recall"), self.tr("F1"), self.tr("Support")

    def _figure_texts(self, names: Sequence[str], part: ClassResults) -> tuple[tuple[str, ...], ...]:
        rows = []
        for name, figures in zip(names, part.figures, strict=True):
            shares = [figures.precision, figures.recall]
            if self._level != "words":
                shares.append(figures.f1)
            rows.append((name, *(share_text(share, self._level) for share in shares), str(figures.support)))
        return tuple(rows)

    def _tell(self) -> None:
        """Say what is pointed at."""
        found, part = self._found, self._part
        if found is None or part is None:
            return
        if isinstance(part, NumberResults):
            if 0 <= self._pointed < len(part.rows):
                told = say(example_told(found, part, self._pointed, self._level))
            else:
                told = self.tr("Point at an example; click it to follow it through the network.")
        elif self._cell is not None and max(self._cell) < len(found.classes):
            told = say(cell_told(found, part, *self._cell, self._level))
        else:
            told = self.tr("Click a field to walk through its examples.")
        self.told.set_text(capital(told))
        self.matrix.setAccessibleDescription(self.told.text())
        self.scatter.setAccessibleDescription(self.told.text())

    def _show_walk(self) -> None:
        walk, found, part, place = self._walk, self._found, self._part, self._place
        is_here = walk is not None and found is not None and part is not None and place is not None
        self.bar.setVisible(is_here)
        self.matrix.set_chosen(walk.cell if is_here and walk is not None else None)
        self.scatter.set_chosen(place if is_here and place is not None else -1)
        if walk is not None and found is not None and part is not None and place is not None:
            told = example_told(found, part, place, self._level)
            self.bar.set_example(walk.place, len(walk.rows), told, is_test=walk.part == "test")

    def _begin(self, rows: Sequence[int], cell: tuple[int, int] | None = None) -> None:
        """Walk through rows of the table."""
        found = self._found
        if found is None or not rows:
            self._end_walk()
            return
        self._walk = Walk(found.name, self._key, tuple(rows), cell=cell)
        self._show_walk()
        if isinstance(self._part, ClassResults):
            self._show_formulas(found, self._part)
        lay_out_now(self.bar)
        bring_in_sight(self.bar)
        self.example_requested.emit(self._walk.row)

    def _walk_cell(self, right: int, said: int) -> None:
        part = self._part
        if isinstance(part, ClassResults):
            self._begin(part.rows[part.cell(right, said)].tolist(), (right, said))

    def _walk_point(self, place: int) -> None:
        if self._part is not None:
            self._begin([int(self._part.rows[place])])

    def _walk_worst(self) -> None:
        if self._part is not None:
            self._begin(self._part.rows[self._part.worst[:MOST_WORST]].tolist())

    def _step(self, by: int) -> None:
        if self._walk is not None:
            self._walk = self._walk.moved(by)
            self._show_walk()
            self.example_requested.emit(self._walk.row)

    def _end_walk(self) -> None:
        self._walk = None
        self._show_walk()

    def _answer_chosen(self, key: str) -> None:
        self._column = int(key)
        self._walk = self._cell = None
        self._show()

    def _part_chosen(self, _key: str) -> None:
        self._pointed = -1
        self._show()

    def _point_cell(self, cell: tuple[int, int] | None) -> None:
        self._cell = cell
        self._tell()
        found, part = self._found, self._part
        if cell is not None and found is not None and isinstance(part, ClassResults):
            self._show_formulas(found, part)

    def _point_row(self, place: int) -> None:
        self._pointed = place
        self._tell()

    def _picture_wanted(self) -> None:
        self.save_requested.emit("png")

    def _figures_wanted(self) -> None:
        self.save_requested.emit("csv")


def _said(name: str | Message) -> str:
    return name if isinstance(name, str) else say(name)
