"""The example that flows through the network: which one, its values, and its right answer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from playground.model.dataset import Dataset
from playground.model.message import Message, message
from playground.model.network import Network
from playground.model.parameters import Floats, frozen_array
from widgets.avocado import draw_avocado
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.labels import Label
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale
from widgets.example_values import ValueRows, ValueSpec
from widgets.names import readable
from widgets.style import theme_of
from widgets.text import capital, say

AVOCADO = ("height", "squishiness", "skin_colour")
"""The columns that an avocado's drawing shows."""


class ExamplePanel(QWidget):
    """Chooses an example, or lets its values be set by hand, and says what the right answer is."""

    example_requested = Signal(int)
    """A training row, counted from 0."""
    cells_requested = Signal(object)
    """Values set by hand: float64, shape (n_columns,), in the order of the data's table."""
    inputs_requested = Signal(object)
    """The same without data: float64, shape (n_inputs,), in the order of the input nodes."""
    back_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._looked_up: tuple[Dataset, Network, tuple[ValueSpec, ...]] | None = None
        self._row = 0
        self._test_row: int | None = None
        self._values: Floats = frozen_array([])
        self.heading = Label(self.tr("This example"), "heading")
        self.number = LabelledSlider(
            self.tr("Example"),
            self.tr("Choose which example of the training data flows through the network"),
            Scale(1, 2, whole=True),
            bounds=Bounds(minimum=1, whole=True),
            form="row",
            brief=self._spoken_number,
        )
        self.number.field.setFixedWidth(96)
        self.avocado = AvocadoView()
        self.values = ValueRows()
        self.answer = Label("", "plain")
        self.back = Button("", self.tr("Put the example's own values back"))
        self._arrange()
        self.number.changed.connect(self._number_changed)
        self.values.changed.connect(self._value_changed)
        self.back.clicked.connect(self.back_requested)

    def sync(
        self,
        dataset: Dataset | None,
        network: Network,
        row: int,
        by_hand: Floats | None,
        test_row: int | None = None,
    ) -> None:
        """Show an example.

        row : the training row, counted from 0
        by_hand : values that replace the example's own: (n_columns,) with data, (n_inputs,) without; or None
        test_row : the test row, counted from 0, whose values these are; or None
        """
        self._dataset, self._row, self._test_row = dataset, row, test_row
        has_rows = dataset is not None and len(dataset.train) > 0
        self.number.setVisible(has_rows)
        self.back.setVisible(has_rows and by_hand is not None)
        if dataset is not None and has_rows:
            self._values = dataset.table.cells[dataset.train[row]] if by_hand is None else by_hand
            specs = self._specs_of(dataset, network)
            self._show_number(len(dataset.train), row)
        else:
            self._values = np.full(len(network.inputs), 0.5) if by_hand is None else by_hand
            specs = tuple(
                ValueSpec(index, capital(say(network.names[node])), -1.0, 1.0)
                for index, node in enumerate(network.inputs)
            )
        self.values.sync(specs, [float(self._values[spec.key]) for spec in specs])
        self._show_avocado(dataset)
        self._show_answer(dataset if has_rows else None, by_hand, bool(specs))

    def _specs_of(self, dataset: Dataset, network: Network) -> tuple[ValueSpec, ...]:
        """The values that can be set; looked up again only for other data or another network."""
        known = self._looked_up
        if known is None or known[0] is not dataset or known[1] is not network:
            known = self._looked_up = (dataset, network, column_specs(dataset, network))
        return known[2]

    def _arrange(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.avocado, 0, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self.values, 1)
        rows: QVBoxLayout = column(self, gap_px=8)
        rows.addWidget(self.heading)
        rows.addWidget(self.number)
        rows.addLayout(middle)
        rows.addWidget(self.answer)
        rows.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_number(self, count: int, row: int) -> None:
        self.number.set_scale(Scale(1, max(2, count), whole=True))
        with QSignalBlocker(self.number):
            self.number.set_number(row + 1)
        self.back.set_text(say(message("Back to example {number}", number=row + 1)))

    def _show_avocado(self, dataset: Dataset | None) -> None:
        names = [] if dataset is None else [part.name for part in dataset.table.columns]
        is_avocado = dataset is not None and dataset.name == "avocado"
        self.avocado.setVisible(is_avocado)
        self.heading.set_text(self.tr("This avocado") if is_avocado else self.tr("This example"))
        if is_avocado:
            self.avocado.set_values(*(float(self._values[names.index(name)]) for name in AVOCADO))

    def _show_answer(self, dataset: Dataset | None, by_hand: Floats | None, has_values: bool) -> None:
        if not has_values:
            self.answer.set_text(self.tr("Add an input node, and set here what it reads."))
        elif dataset is None:
            self.answer.set_text(self.tr("Choose data, and real examples flow through the network."))
        elif by_hand is None:
            told = answers(dataset, int(dataset.train[self._row]))
            self.answer.set_text("\n".join(say(text) for text in told))
        elif self._test_row is not None:
            kept = message(
                "This is test example {number}; nothing is learned from it.", number=self._test_row + 1
            )
            told = answers(dataset, int(dataset.test[self._test_row]))
            self.answer.set_text("\n".join(say(text) for text in (kept, *told)))
        else:
            self.answer.set_text(self.tr("These values are yours, so the right answer is not known."))

    def _spoken_number(self, number: float) -> str:
        count = 0 if self._dataset is None else len(self._dataset.train)
        return say(message("{number} of {count}", number=round(number), count=count))

    def _number_changed(self, number: float, _gesture: object) -> None:
        count = 1 if self._dataset is None else max(1, len(self._dataset.train))
        self.example_requested.emit(min(count, max(1, round(number))) - 1)

    def _value_changed(self, key: int, value: float, _gesture: object) -> None:
        changed = self._values.copy()
        changed[key] = value
        signal = self.inputs_requested if self._dataset is None else self.cells_requested
        signal.emit(frozen_array(changed))


class AvocadoView(QWidget):
    """The avocado as its values say: tall, soft, dark."""

    def __init__(self) -> None:
        super().__init__()
        self._values = (0.5, 0.5, 0.5)
        self.setFixedSize(64, 96)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Drawing of this avocado"))

    @property
    def shown_values(self) -> tuple[float, float, float]:
        """Height, squishiness and skin colour, each in [0, 1]."""
        return self._values

    def set_values(self, height: float, squishiness: float, skin_colour: float) -> None:
        """Draw an avocado of this height, squishiness and skin colour."""
        values = (height, squishiness, skin_colour)
        if values != self._values:
            self._values = values
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the avocado."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_avocado(painter, QRectF(self.rect()), *self._values, theme_of(self))
        painter.end()


def column_specs(dataset: Dataset, network: Network) -> tuple[ValueSpec, ...]:
    """The columns that the network's inputs read; all that are offered where it reads none."""
    features = [network.nodes[node].feature or "" for node in network.inputs]
    read = [name for name in dataset.feature_names if any(name in feature for feature in features)]
    names = [part.name for part in dataset.table.columns]
    specs = []
    for name in read or dataset.feature_names:
        index = names.index(name)
        part = dataset.table.columns[index]
        cells = dataset.table.cells[:, index]
        title = next(
            (say(network.names[n]) for n in network.inputs if network.nodes[n].feature == name),
            readable(name),
        )
        specs.append(ValueSpec(index, title, float(np.min(cells)), float(np.max(cells)), part.classes))
    return tuple(specs)


def answers(dataset: Dataset, row: int) -> tuple[Message, ...]:
    """What is right for a row of the table: one sentence for each column that is to be predicted."""
    predicted = dict.fromkeys(target.name.partition("=")[0] for target in dataset.targets)
    names = [part.name for part in dataset.table.columns]
    found = []
    for name in predicted:
        if name not in names:
            continue
        part = dataset.table.columns[names.index(name)]
        cell = float(dataset.table.cells[row, names.index(name)])
        value = part.classes[int(cell)] if part.kind == "class" else cell
        found.append(
            message("Right answer for {column}: {value}", column=readable(name).lower(), value=value)
        )
    return tuple(found)
