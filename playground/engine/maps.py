"""Works out maps: what every node answers all over a region of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from kernels import oracle
from kernels.blocks import ELEMENTS
from kernels.codes import LOSS_CODES
from kernels.graph import Graph
from playground.engine.binding import InputMap
from playground.engine.claims import Claim, claims
from playground.engine.compile import compile_graph
from playground.model.dataset import Dataset
from playground.model.experiment import Experiment, Table
from playground.model.keys import DType
from playground.model.maps import NO_COLOUR, Answer, DecisionMap, NodeMaps, Region, Values, levels
from playground.model.network import Network
from playground.model.parameters import Floats, Parameters
from playground.model.pixels import pixel_places
from playground.model.points import REACH, colour_count

DECISION_SIDE, NODE_SIDE = 100, 24
"""Fields along each side of the decision map and of a node's map."""

CURVE_POINTS = 240
"""Fields of the decision map where there is only one column."""

LEAST_SIDE = 20
MOST_WORK: Mapping[bool, int] = {True: 40_000_000, False: 8_000_000}
"""Rows times edges of a decision map at most, by compiled code and by NumPy; beyond, maps are coarser."""

MOST_NODES = 400
"""Larger networks are drawn too small to show maps in their nodes."""

FULL_FROM = 0.95
"""The share of a picture's weights that are weaker than those in full colour."""

MARGIN = 0.06
"""How far a region reaches beyond the data, in ranges of a column."""

MANY_COLUMNS = 16
"""With more columns the map shows those two at first that differ most from row to row."""

ALIKE = 1.6
"""Ranges whose ratio is at most this get one scale, so that circles look like circles."""


class Evaluating(Protocol):
    """What every node answers for rows of inputs."""

    @property
    def rows_at_once(self) -> int:
        """How many rows should be asked for in one call."""

    def set_values(self, weights: Floats, biases: Floats) -> None:
        """Take over weights, (n_parameters,), and biases, (n_nodes,)."""

    def answers(self, inputs: Floats) -> Floats:
        """Return what every node answers, (n_rows, n_nodes), for inputs, (n_rows, n_inputs)."""


class OracleEvaluator:
    """The same by NumPy."""

    def __init__(self, graph: Graph, loss: int) -> None:
        self._graph, self._loss = graph, loss
        self._weights = np.zeros(graph.n_parameters)
        self._biases = np.zeros(graph.n_nodes)

    @property
    def rows_at_once(self) -> int:
        """How many rows are small enough to be passed through at once."""
        return max(1, ELEMENTS // max(1, self._graph.n_nodes))

    def set_values(self, weights: Floats, biases: Floats) -> None:
        """Take over weights and biases."""
        self._weights, self._biases = weights, biases

    def answers(self, inputs: Floats) -> Floats:
        """Return what every node answers; outputs say the softmax where the loss asks for it."""
        with np.errstate(all="ignore"):
            done = oracle.forward(self._graph, self._weights, self._biases, inputs)
            found = done.activations
            found[:, self._graph.outputs] = oracle.answers(self._graph, self._loss, done)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class MapRequest:
    """What is wanted of one map.

    cells : the row of the table that all columns but those of the map are held at, (n_columns,)
    columns : positions of the columns to the right and upwards; those that are not read are passed over
    dtype : the type for which compiled code is ready, or None: then NumPy works
    """

    parameters: Parameters
    cells: Floats
    columns: tuple[int, ...] = ()
    with_nodes: bool = True
    dtype: DType | None = None


class MapMaker:
    """Makes the maps of one network and its data; belongs to one thread at a time.

    columns : positions of the columns of numbers that inputs read, which maps can be made of
    answers : how the outputs are read, one for each column that is answered
    """

    def __init__(self, experiment: Experiment, dataset: Dataset) -> None:
        """Prepare for a network. Raises DataError where its inputs or outputs do not fit the data."""
        self._experiment, self._dataset = experiment, dataset
        self._inputs = InputMap.of(experiment.network, dataset)
        self._claims = claims(experiment.network, dataset)
        self._graph = compile_graph(experiment.network)
        self._evaluators: dict[DType | None, Evaluating] = {}
        self._grids: dict[tuple[Region, int, int], Floats] = {}
        kinds = dataset.table.columns
        self.columns = tuple(c for c in self._inputs.columns if kinds[c].kind == "number")
        self.answers = read_answers(self._claims, dataset)

    def region(self, columns: Sequence[int], cells: Floats) -> Region | None:
        """Return the region of one or two columns; None where no input reads any column of numbers."""
        chosen = [column for column in dict.fromkeys(columns) if column in self.columns]
        chosen += [column for column in self._by_interest if column not in chosen]
        if not chosen:
            return None
        x, y = chosen[0], chosen[1] if len(chosen) > 1 else None
        x_range, y_range = _ranges(self._dataset.table, x, y)
        if self._dataset.name == "table" and colour_count(self._dataset.table) and y is not None:
            # There must be room to paint where no point is yet.
            x_range, y_range = (_widened(*x_range), _widened(*y_range))
        fixed = [0.0 if column in (x, y) else float(value) for column, value in enumerate(cells)]
        return Region(x, y, x_range, y_range, tuple(fixed))

    @property
    def _by_interest(self) -> Sequence[int]:
        """The columns, of very many those first that differ most from row to row."""
        if len(self.columns) <= MANY_COLUMNS:
            return self.columns
        table = self._dataset.table.cells[self._dataset.train]
        spread = {c: float((table[:, c] / self._dataset.scale[c]).std()) for c in self.columns}
        return sorted(self.columns, key=lambda column: -spread[column])

    def maps(self, request: MapRequest) -> tuple[DecisionMap | None, tuple[NodeMaps, ...]]:
        """Return the decision map, where there is one, and the pictures for nodes."""
        region = self.region(request.columns, request.cells)
        network = self._experiment.network
        if region is None:
            return None, ()
        evaluator = self._evaluator(request.dtype)
        evaluator.set_values(request.parameters.weights, request.parameters.biases)
        decision = self._decision(region, evaluator, is_compiled=request.dtype is not None)
        if not request.with_nodes or len(network.nodes) > MOST_NODES:
            return decision, ()
        weights = weight_pictures(network, request.parameters)
        if weights is not None:
            return decision, (weights,)
        return decision, (self._nodes(region, evaluator),)

    def _decision(self, region: Region, evaluator: Evaluating, *, is_compiled: bool) -> DecisionMap | None:
        outputs = np.arange(self._graph.n_nodes)[self._graph.outputs]
        if not len(outputs):
            return None
        if region.y is None:
            width, height = CURVE_POINTS, 1
        else:
            rows = MOST_WORK[is_compiled] / max(1, len(self._graph.sources))
            width = height = int(min(max(np.sqrt(rows), LEAST_SIDE), DECISION_SIDE))
        inputs = self._grid(region, width, height)
        values = np.empty((len(inputs), len(outputs)))
        for first in range(0, len(inputs), evaluator.rows_at_once):
            rows_here = slice(first, first + evaluator.rows_at_once)
            values[rows_here] = evaluator.answers(inputs[rows_here])[:, outputs]
        self._put_in_units(values)
        return DecisionMap(region, _pictures(values, width, height), self.answers)

    def _nodes(self, region: Region, evaluator: Evaluating) -> NodeMaps:
        height = 1 if region.y is None else NODE_SIDE
        inputs = self._grid(region, NODE_SIDE, height)
        values = _pictures(evaluator.answers(inputs), NODE_SIDE, height)
        node_middles, reaches, classes = self._scales(values)
        shape = (len(values), 1, 1)
        found = levels(values, node_middles.reshape(shape), reaches.reshape(shape))
        return NodeMaps(self._experiment.network.node_ids, found, "region", classes)

    def _scales(self, values: Values) -> tuple[Floats, Floats, Mapping[int, int]]:
        """The middle and the reach of every node's colours, and the outputs that stand for a class."""
        network, dataset = self._experiment.network, self._dataset
        with np.errstate(all="ignore"):
            largest = np.nanmax(np.where(np.isfinite(values), np.abs(values), 0.0), axis=(1, 2), initial=0.0)
        node_middles, reaches = np.zeros(len(values)), np.maximum(largest.astype(np.float64), 1.0)
        classes: dict[int, int] = {}
        for answer in self.answers:
            for place, colour in zip(answer.outputs, answer.colours or answer.outputs, strict=False):
                node = network.outputs[place]
                index = network.node_index[node]
                if answer.kind == "classes" or NO_COLOUR in answer.colours:
                    classes[node] = max(colour, answer.colours[-1]) if answer.kind == "pair" else colour
                    node_middles[index], reaches[index] = 0.5, 0.5
                else:
                    scale, offset = dataset.scale[answer.column], dataset.offset[answer.column]
                    is_value = answer.kind == "value"
                    node_middles[index] = (answer.middle - offset) / scale if is_value else answer.middle
                    reaches[index] = answer.reach / scale if is_value else answer.reach
                    if answer.colours == (1, 0):
                        reaches[index] *= -1.0  # it says yes to the class of the first colour
        return node_middles, reaches, classes

    def _put_in_units(self, values: Floats) -> None:
        for place, claim in enumerate(self._claims):
            if claim is not None and claim.class_index is None:
                values[:, place] *= self._dataset.scale[claim.column]
                values[:, place] += self._dataset.offset[claim.column]

    def _grid(self, region: Region, width: int, height: int) -> Floats:
        """What the inputs read all over a region, kept while it is the same: (height * width, n_inputs)."""
        key = (region, width, height)
        if key not in self._grids:
            if any(known[0] != region for known in self._grids):
                self._grids.clear()
            self._grids[key] = self._inputs.values_with_gaps(region.cells(width, height))
        return self._grids[key]

    def _evaluator(self, dtype: DType | None) -> Evaluating:
        if dtype not in self._evaluators:
            loss = LOSS_CODES[self._experiment.learning.loss]
            if dtype is None:
                self._evaluators[dtype] = OracleEvaluator(self._graph, loss)
            else:
                from kernels.training.evaluator import Evaluator

                self._evaluators[dtype] = Evaluator(self._graph, loss, dtype)
        return self._evaluators[dtype]


def read_answers(claimed: Sequence[Claim | None], dataset: Dataset) -> tuple[Answer, ...]:
    """Return how the outputs are read: one answer for each column that some output claims."""
    by_column: dict[int, list[tuple[int, Claim]]] = {}
    for place, claim in enumerate(claimed):
        if claim is not None:
            by_column.setdefault(claim.column, []).append((place, claim))
    return tuple(_answer(column, mine, dataset) for column, mine in by_column.items())


def _answer(position: int, mine: Sequence[tuple[int, Claim]], dataset: Dataset) -> Answer:
    column = dataset.table.columns[position]
    place, claim = mine[0]
    if claim.class_index is None:
        cells = dataset.table.cells[:, position]
        if _is_yes_or_no(cells):
            return Answer("pair", position, column.name, (place,), ("0", "1"), (0, 1), 0.5, 0.5)
        low, high = float(cells.min()), float(cells.max())
        reach = (high - low) / 2 if high > low else max(abs(high), 1.0)
        return Answer("value", position, column.name, (place,), middle=(low + high) / 2, reach=reach)
    if len(mine) == 1:
        other = next((text for text in column.classes if text != column.classes[claim.class_index]), "")
        names = (other if len(column.classes) == 2 else f"not {column.classes[claim.class_index]}",)
        undecided, reach = (1.0 + claim.otherwise) / 2, (1.0 - claim.otherwise) / 2
        colour = claim.class_index
        colours = (1 - colour if len(column.classes) == 2 else NO_COLOUR, colour)
        both = (*names, column.classes[colour])
        return Answer("pair", position, column.name, (place,), both, colours, undecided, reach)
    indices = [found.class_index or 0 for _, found in mine]
    return Answer(
        "classes",
        position,
        column.name,
        tuple(found for found, _ in mine),
        tuple(column.classes[index] for index in indices),
        tuple(indices),
    )


def _is_yes_or_no(cells: Floats) -> bool:
    return bool(((cells == 0) | (cells == 1)).all())


def _ranges(table: Table, x: int, y: int | None) -> tuple[tuple[float, float], tuple[float, float]]:
    """What a region of two columns covers: all data and a little more, with one scale where that suits."""
    spans = [_span(table.cells[:, column]) for column in (x, x if y is None else y)]
    (x_middle, x_half), (y_middle, y_half) = spans
    if y is not None and max(x_half, y_half) <= ALIKE * min(x_half, y_half):
        x_half = y_half = max(x_half, y_half)
    return (x_middle - x_half, x_middle + x_half), (y_middle - y_half, y_middle + y_half)


def _widened(low: float, high: float) -> tuple[float, float]:
    return min(low, -REACH), max(high, REACH)


def _span(cells: Floats) -> tuple[float, float]:
    """The middle of a column and half of what a region shows of it; never nothing."""
    low, high = float(cells.min()), float(cells.max())
    half = (high - low) * (0.5 + MARGIN)
    return (low + high) / 2, half if half > 0 and np.isfinite(half) else max(abs(high), 1.0)


def _pictures(values: Floats, width: int, height: int) -> Values:
    """Values of rows, (height * width, n), as pictures, (n, height, width), that cannot be written to."""
    with np.errstate(over="ignore"):  # what float32 cannot hold counts as past all bounds
        found = np.ascontiguousarray(values.T, np.float32).reshape(-1, height, width)
    found.flags.writeable = False
    return found


def weight_pictures(network: Network, parameters: Parameters) -> NodeMaps | None:
    """Return how nodes look at a picture: their weights from its pixels, each at the pixel's place.

    A picture's few strongest weights have the full colour. None where the inputs do not read a picture.
    """
    features = [network.nodes[node].feature or "" for node in network.inputs]
    found_places, (height, width) = pixel_places(features)
    places = {network.inputs[position]: place for position, place in found_places.items()}
    if not places:
        return None
    weights = parameters.edge_weights(network)
    found: dict[int, Floats] = {}
    for (source, target), weight in zip(network.edge_keys, weights.tolist(), strict=True):
        if source in places:
            picture = found.get(target)
            if picture is None:
                picture = found[target] = np.zeros((height, width))
            picture[places[source]] = weight
    if not found:
        return None
    pictures = np.stack(list(found.values()))
    sizes = np.abs(np.where(np.isfinite(pictures), pictures, 0.0))
    strong = np.quantile(sizes, FULL_FROM, axis=(1, 2), keepdims=True)
    return NodeMaps(tuple(found), levels(pictures, 0.0, np.maximum(strong, 1e-12)), "weights")
