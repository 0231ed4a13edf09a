"""What the network believes: its answers all over the data, with the points on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.model.dataset import Dataset
from playground.model.keys import Level
from playground.model.maps import Answer, DecisionMap, Region
from playground.model.message import Message, message
from playground.model.parameters import Floats, frozen_array
from widgets.controls.card import column
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labels import Label
from widgets.controls.toggle import Toggle
from widgets.maps.legend import Legend
from widgets.maps.map_view import MapView
from widgets.maps.told import told
from widgets.names import readable
from widgets.text import say

INVITATION = message("Point at the map to read the network's answer.")

FEW_COLUMNS = 2
"""Up to so many columns a map shows at once."""

NEAR_PX = 12.0
"""A click this near to a point means the point."""


class DecisionPanel(QWidget):
    """The decision map with its points, its legend, and what can be chosen about it.

    columns_requested(tuple) : positions of the columns to the right and upwards
    example_requested(int) : a training row, counted from 0
    cells_requested(object) : a row of the table set by hand, (n_columns,)
    test_points_changed(bool), crisp_changed(bool) : the person's wishes
    reach_changed(bool) : whether the map tells all that the network answers, since it reads no further column
    """

    columns_requested = Signal(object)
    example_requested = Signal(int)
    cells_requested = Signal(object)
    test_points_changed = Signal(bool)
    crisp_changed = Signal(bool)
    reach_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._decision: DecisionMap | None = None
        self._dataset: Dataset | None = None
        self._columns: tuple[int, ...] = ()
        self._chosen = 0
        self._told_all = True
        self._cells: Floats | None = None
        self._level: Level = "words"
        self._pointed: tuple[float, float] | None = None
        self.brushes = False
        """Whether somebody paints points: clicks choose no example then."""
        self.heading = Label(self.tr("What the network believes"), "heading")
        self.problem = Label("", "muted")
        self.view = MapView()
        self.legend = Legend()
        self.told = Label("", "caption")
        self.answer = ChoiceBox(
            self.tr("Answer"), self.tr("Which of the network's answers the map shows"), wraps=True
        )
        self.across = ChoiceBox(
            self.tr("To the right"), self.tr("Which value grows to the right"), wraps=True
        )
        self.upwards = ChoiceBox(self.tr("Upwards"), self.tr("Which value grows upwards"), wraps=True)
        self.held = Label("", "caption")
        self.test_points = Toggle(
            self.tr("Test points"),
            self.tr("Show the examples kept for testing too, as rings: the network does not learn from them"),
        )
        self.crisp = Toggle(
            self.tr("Only yes or no"),
            self.tr("Colour the map by the answer alone, not by how sure the network is"),
        )
        self._switches = FlowRow(self.test_points, self.crisp)
        self._arrange()
        self._connect()
        self._show()

    def set_map(self, decision: DecisionMap | None) -> None:
        """Show the newest map; None where there is none."""
        old, self._decision = self._decision, decision
        answers = () if decision is None else decision.answers
        if old is None or decision is None or old.answers != answers:
            self._chosen = min(self._chosen, max(0, len(answers) - 1))
            self._show()
        self._show_region(None if decision is None else decision.region)
        self.view.set_map(decision, self._answer)
        self._tell()

    def set_data(self, dataset: Dataset | None, columns: Sequence[int]) -> None:
        """Show the points of a data set, and offer the columns that maps can be made of."""
        if dataset is self._dataset and tuple(columns) == self._columns:
            return
        self._dataset, self._columns = dataset, tuple(columns)
        self.view.set_dataset(dataset)
        self._show()
        # Between two data sets there is none for a moment: nothing need change places for that.
        if dataset is not None and self.tells_all != self._told_all:
            self._told_all = self.tells_all
            self.reach_changed.emit(self._told_all)

    def set_problem(self, problem: Message | None) -> None:
        """Say why there is no map."""
        self.problem.set_text("" if problem is None else say(problem))
        self.problem.setVisible(problem is not None)

    def set_example(self, cells: Floats | None) -> None:
        """Mark the example that flows through the network, (n_columns,)."""
        self._cells = cells
        self.view.set_example(cells)

    def set_level(self, level: Level) -> None:
        """Say at this level what the network answers where the pointer is."""
        self._level = level
        self._tell()

    def set_wishes(self, *, test_points: bool, crisp: bool) -> None:
        """Show what the person has chosen before."""
        self.test_points.setChecked(test_points)
        self.crisp.setChecked(crisp)

    def add_tools(self, tools: QWidget) -> None:
        """Put what is done on the map below it."""
        rows = self.layout()
        assert isinstance(rows, QVBoxLayout)
        rows.insertWidget(rows.indexOf(self.view) + 1, tools)

    @property
    def decision(self) -> DecisionMap | None:
        """The map that is shown."""
        return self._decision

    @property
    def tells_all(self) -> bool:
        """Whether the network reads no further column than the map shows."""
        return len(self._columns) <= FEW_COLUMNS

    @property
    def _answer(self) -> Answer | None:
        answers = () if self._decision is None else self._decision.answers
        return answers[self._chosen] if self._chosen < len(answers) else None

    def _arrange(self) -> None:
        rows = column(self, gap_px=8)
        columns = QHBoxLayout()
        columns.setSpacing(8)
        columns.addWidget(self.across, 1)
        columns.addWidget(self.upwards, 1)
        for widget in (self.heading, self.problem, self.answer, self.view, self.legend, self.told):
            rows.addWidget(widget)
        rows.addLayout(columns)
        rows.addWidget(self.held)
        rows.addWidget(self._switches)
        self.problem.setVisible(False)

    def _connect(self) -> None:
        self.view.pointed.connect(self._point)
        self.view.left.connect(self._point_away)
        self.view.released.connect(self._choose_at)
        self.view.stepped.connect(self._set_by_hand)
        self.answer.chosen.connect(self._answer_chosen)
        self.across.chosen.connect(self._across_chosen)
        self.upwards.chosen.connect(self._upwards_chosen)
        self.test_points.toggled.connect(self.view.set_shows_test)
        self.test_points.toggled.connect(self.test_points_changed)
        self.crisp.toggled.connect(self.view.set_crisp)
        self.crisp.toggled.connect(self.crisp_changed)

    def _show(self) -> None:
        """Show what there is to choose."""
        answers = () if self._decision is None else self._decision.answers
        has_map = self._answer is not None
        for widget in (self.view, self.legend, self.told, self._switches):
            widget.setVisible(has_map)
        self.answer.setVisible(len(answers) > 1)
        self.answer.set_choices([Choice(str(n), readable(one.name)) for n, one in enumerate(answers)])
        self.answer.set_current(str(self._chosen))
        self.legend.set_answer(self._answer)
        if self._answer is not None and self._answer.kind == "value":
            self.crisp.setText(self.tr("Only high or low"))
        else:
            self.crisp.setText(self.tr("Only yes or no"))
        self.crisp.setAccessibleName(self.crisp.text())
        has_test = self._dataset is not None and len(self._dataset.test) > 0
        self.test_points.setEnabled(has_test)
        self._show_region(None if self._decision is None else self._decision.region)

    def _show_region(self, region: Region | None) -> None:
        """Offer other columns where there are more than the map can show."""
        many = region is not None and len(self._columns) > 2 and self._dataset is not None
        for widget in (self.across, self.upwards, self.held):
            widget.setVisible(many)
        if not many or region is None or self._dataset is None:
            return
        known = self._dataset.table.columns
        choices = [Choice(str(place), readable(known[place].name)) for place in self._columns]
        for box, place in ((self.across, region.x), (self.upwards, region.y)):
            box.set_choices(choices)
            box.set_current(str(place))
        count = len(self._columns) - 2
        self.held.set_text(
            say(message("The other values are those of the example."))
            if count > 1
            else say(message("The other value is that of the example."))
        )

    def _tell(self) -> None:
        """Say what the network answers where the pointer is."""
        answer, values = self._answer, None
        if self._pointed is not None:
            values = self.view.values_at(*self._pointed)
        if answer is None or values is None or self._pointed is None:
            self.told.set_text(say(INVITATION))
            return
        said = told(answer, values, self._level)
        region = self.view.region
        if self._level == "words" or region is None or self._dataset is None:
            self.told.set_text(say(said))
            return
        names, (x, y) = [part.name for part in self._dataset.table.columns], self._pointed
        if region.y is None:
            where = message("{x_name} = {x}: {said}", x_name=names[region.x], x=x, said=said)
        else:
            where = message(
                "{x_name} = {x}, {y_name} = {y}: {said}",
                x_name=names[region.x],
                x=x,
                y_name=names[region.y],
                y=y,
                said=said,
            )
        self.told.set_text(say(where))

    def _point(self, x: float, y: float) -> None:
        self._pointed = (x, y)
        self._tell()

    def _point_away(self) -> None:
        if self._pointed is not None:
            self._pointed = None
            self._tell()

    def _choose_at(self, x: float, y: float) -> None:
        """Let the nearest example flow through the network, or where none is near, these values."""
        points, at = self.view.points, self.view.pixel_of(x, y)
        if self.brushes or points is None or self._dataset is None:
            return
        is_curve = self._decision is not None and self._decision.region.y is None
        found = points.nearest(
            at.x(),
            None if is_curve else at.y(),
            self.view.room,
            with_test=self.test_points.isChecked(),
        )
        if found is None or found[1] > NEAR_PX:
            self._set_by_hand(x, y)
        elif points.is_test[found[0]]:
            self.cells_requested.emit(frozen_array(self._dataset.table.cells[points.rows[found[0]]]))
        else:
            rows = self._dataset.train.tolist()
            self.example_requested.emit(rows.index(int(points.rows[found[0]])))

    def _set_by_hand(self, x: float, y: float) -> None:
        region = self.view.region
        if region is None or self._cells is None:
            return
        cells = self._cells.copy()
        cells[region.x] = x
        if region.y is not None:
            cells[region.y] = y
        self.cells_requested.emit(frozen_array(cells))

    def _answer_chosen(self, key: str) -> None:
        self._chosen = int(key)
        self._show()
        self.view.set_map(self._decision, self._answer)
        self._tell()

    def _across_chosen(self, key: str) -> None:
        region = self.view.region
        if region is not None and region.y is not None:
            self.columns_requested.emit((int(key), region.x if int(key) == region.y else region.y))

    def _upwards_chosen(self, key: str) -> None:
        region = self.view.region
        if region is not None:
            self.columns_requested.emit((region.y if int(key) == region.x else region.x, int(key)))
