"""Training of large layers as matrix products, by any kernel that multiplies: the same contract as `fused`.

Rows are examples. With W the weights of a full block, as (sources, targets):

    z[:, targets] += a[:, sources] @ W                  forward
    dL/da[:, sources] += dL/dz[:, targets] @ W.T        back
    gradients = a[:, sources].T @ dL/dz[:, targets]

Edges without a pattern are gathered, as in the oracle. All sums are made in an order that does not depend on
the number of threads, where the products are.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels import codes, oracle
from kernels.activations import ACTIVATIONS
from kernels.blocks import FullBlock, RaggedBlock
from kernels.dropout import kept
from kernels.ladder.kernel import Multiply
from kernels.losses import LOSSES
from kernels.optimizers import Moments
from kernels.training import loop
from kernels.training.program import indices
from kernels.training.progress import COLUMNS, Ended, Floats, Progress, Rules
from kernels.training.settings import ENDS, limits_of, rule_numbers
from kernels.training.slots import Layout, Numbers, Slots, lay_slots
from kernels.training.steps import RATE
from kernels.training.task import DType, Judgement, Task
from kernels.training.update_entry import Arrays, Shape, enter_penalty, enter_update

Indices = NDArray[np.intp]
Matrix = NDArray[Any]
Placed = tuple[int, FullBlock | RaggedBlock]


class DenseTrainer:
    """Trains one graph on fixed rows, level by level; belongs to one thread at a time.

    The same graph, values, rows, orders and kernel give the same bits on every run.
    """

    def __init__(
        self,
        task: Task,
        inputs: Floats,
        targets: Floats,
        test_inputs: Floats | None = None,
        test_targets: Floats | None = None,
        dtype: DType = "float64",
        batch_size: int = 10,
        threads: int = 1,
        *,
        gemm: Multiply,
    ) -> None:
        """Lay out rows and graph, as `FusedTrainer` does.

        gemm : multiplies, with `threads` threads
        """
        self._task, self._gemm, self._threads = task, gemm, threads
        self._type: type[np.floating] = np.dtype(dtype).type
        graph, kind = task.graph, self._type
        self._levels, layout = _placed(task)
        self._hidden = _hidden(task)
        self._bias_slot = len(graph.sources)
        self._slots = Slots(task, layout, kind)
        self._shape = Shape(
            layout.n_slots, len(layout.copies) // 2, layout.copies, task.rule.optimizer, task.regularization
        )
        slots = self._slots
        self._arrays = Arrays(slots.values, slots.first, slots.second, slots.g, slots.trained, slots.decay)
        self._numbers, self._base, self._count = rule_numbers(task), 0, 0
        self._batch_size = min(batch_size, len(inputs))
        test_inputs = inputs[:0] if test_inputs is None else test_inputs
        test_targets = targets[:0] if test_targets is None else test_targets
        self._train = inputs.astype(kind), targets.astype(kind)
        self._test = test_inputs.astype(kind), test_targets.astype(kind)
        self._is_input = np.zeros(graph.n_nodes, bool)
        self._is_input[graph.inputs] = True
        step = next(iter(oracle.row_blocks(graph, len(inputs)))).stop
        shape = min(self._batch_size, step), graph.n_nodes
        self._z, self._a, self._d = (np.zeros(shape, kind) for _ in range(3))

    @property
    def threads(self) -> int:
        """How many threads training uses."""
        return self._threads

    @property
    def flops_per_example(self) -> int:
        """Floating-point operations for one row, of edges alone: forward, back and gradients."""
        sources = self._task.graph.sources
        return 4 * len(sources) + 2 * int((~self._is_input[sources]).sum())

    def set_values(self, values: Floats, moments: Moments, count: int) -> None:
        """Take over values and memory, (n_parameters + n_nodes,) each: weights, then biases.

        count : updates behind them
        """
        self._base, self._count = 0, count
        self._slots.take(values, moments)

    @property
    def values(self) -> Floats:
        """The present values, weights and then biases: float64, a copy; held ones as they were set."""
        return self._slots.values_at(self._base)

    @property
    def moments(self) -> Moments:
        """The optimizer's memory, laid out as `values`: copies."""
        return self._slots.moments_at(self._base)

    @property
    def count(self) -> int:
        """How many updates are behind the values."""
        return self._count

    def train(
        self,
        epoch: int,
        row: int,
        n_batches: int,
        stop: NDArray[np.uint8],
        orders: Indices | None = None,
        rules: Rules | None = None,
    ) -> Progress:
        """Train up to `n_batches` batches from a place in an epoch, as `FusedTrainer.train` says."""
        task, first_epoch, before, n_rows = self._task, epoch, self._count, len(self._train[0])
        masks: Floats | None = None
        ended: Ended = "budget"
        points: list[tuple[float, ...]] = []
        with np.errstate(all="ignore"):
            while self._count - before < n_batches:
                if orders is not None and epoch - first_epoch >= len(orders):
                    break
                rows = slice(row, min(row + self._batch_size, n_rows))
                chosen = rows if orders is None else orders[epoch - first_epoch, rows]
                if task.rule.rates.kind != codes.CONSTANT:
                    self._numbers[RATE] = task.rule.at(epoch).learning_rate
                if task.dropout is not None:
                    numbers = np.arange(row, rows.stop) if isinstance(chosen, slice) else chosen
                    masks = kept(task.dropout, task.graph, self._count + 1, numbers)
                if not self._update(self._train[0][chosen], self._train[1][chosen], masks):
                    ended = "diverged"
                    break
                row = rows.stop
                if row == n_rows:
                    epoch, row = epoch + 1, 0
                    over = None if rules is None else self._end_epoch(epoch, rules, points)
                    if over is not None:
                        ended = over
                        break
                if stop[0]:
                    ended = "flag"
                    break
        noted = np.array(points, np.float64).reshape(-1, COLUMNS)
        noted.flags.writeable = False
        return Progress(epoch, row, self._count - before, noted, ended)

    def score(self) -> tuple[float, float, float, float, float]:
        """Return train loss, test loss, train accuracy, test accuracy and penalty of the present values."""
        with np.errstate(all="ignore"):
            loss, accuracy = self._scored(*self._train)
            test_loss, test_accuracy = self._scored(*self._test)
        penalty = enter_penalty(self._shape, self._arrays, self._base)
        return loss, test_loss, accuracy, test_accuracy, float(penalty)

    def forward_rows(self, inputs: Floats) -> Floats:
        """Return what every node answers: float64, (n_rows, n_nodes), for inputs, (n_rows, n_inputs).

        Outputs hold the softmax over them where the loss asks for it.
        """
        graph, out = self._task.graph, np.zeros((len(inputs), self._task.graph.n_nodes))
        for rows in oracle.row_blocks(graph, len(inputs)):
            part = inputs[rows].astype(self._type)
            z, a = (np.zeros((len(part), graph.n_nodes), self._type) for _ in range(2))
            self._forward(part, z, a)
            a[:, graph.outputs] = self._answers(z, a)
            out[rows] = a
        out[:, graph.inputs] = inputs
        return out

    def _update(self, inputs: Matrix, targets: Matrix, masks: Floats | None) -> bool:
        """Make one update by these rows, unless it would ruin the values.

        masks : what dropout multiplies answers by, (n_rows, n_nodes), or None
        """
        step, n_rows = len(self._z), len(inputs)
        for first in range(0, n_rows, step):
            rows = slice(first, first + step)
            of_rows = None if masks is None else masks[rows].astype(self._type)
            self._add_gradients(inputs[rows], targets[rows], of_rows, first == 0)
        is_sound = enter_update(
            self._shape, self._arrays, self._numbers, self._base, 1.0 / n_rows, self._count + 1
        )
        if is_sound:
            self._base, self._count = self._shape.n_slots - self._base, self._count + 1
        return bool(is_sound)

    def _forward(self, inputs: Matrix, z: Matrix, a: Matrix, masks: Matrix | None = None) -> None:
        graph = self._task.graph
        values: Any = self._slots.values[self._base : self._base + self._shape.n_slots]
        z[:] = values[self._bias_slot : self._bias_slot + graph.n_nodes]
        z[:, graph.inputs] = a[:, graph.inputs] = inputs
        for level, blocks in zip(graph.levels, self._levels, strict=True):
            for place, block in blocks:
                if isinstance(block, RaggedBlock):
                    block.add_sums(values, a, z)
                else:
                    weights = _weights(values, place, block)
                    z[:, block.targets] += self._gemm(a[:, block.sources], weights, None, self._threads)
            for code, nodes in level.activations:
                a[:, nodes] = ACTIVATIONS[code].value(z[:, nodes])
                if masks is not None:
                    a[:, nodes] *= masks[:, nodes]

    def _add_gradients(self, inputs: Matrix, targets: Matrix, masks: Matrix | None, is_first: bool) -> None:
        graph, n_rows, g = self._task.graph, len(inputs), self._slots.g
        z, a, d = self._z[:n_rows], self._a[:n_rows], self._d[:n_rows]
        self._forward(inputs, z, a, masks)
        values: Any = self._slots.values[self._base : self._base + self._shape.n_slots]
        d[:] = 0.0
        d[:, graph.outputs] = LOSSES[self._task.loss].by_sum(
            z[:, graph.outputs], a[:, graph.outputs], targets, self._output_slopes(z, a)
        )
        if is_first:
            g[:] = 0.0
        # d gathers dL/da of a node from the levels behind it, and becomes dL/dz when its own level comes.
        for blocks, hidden in zip(reversed(self._levels), reversed(self._hidden), strict=True):
            for code, nodes in hidden:
                # Slopes may be worked out from the answer, but from the one before dropout.
                said = a[:, nodes] if masks is None else ACTIVATIONS[code].value(z[:, nodes])
                d[:, nodes] *= ACTIVATIONS[code].derivative(z[:, nodes], said)
                if masks is not None:
                    d[:, nodes] *= masks[:, nodes]
            for place, block in reversed(blocks):
                part = g[place : place + block.parameters.size]
                if isinstance(block, RaggedBlock):
                    block.add_blame(values, d, d)
                    part += block.gradients(a, d)
                    continue
                blame = d[:, block.targets]
                if not self._is_input[block.sources].all():
                    back = _weights(values, place, block).T
                    d[:, block.sources] += self._gemm(blame, back, None, self._threads)
                of_block = part.reshape(block.parameters.shape)
                if is_first:
                    self._gemm(a[:, block.sources].T, blame, of_block, self._threads)
                else:
                    of_block += self._gemm(a[:, block.sources].T, blame, None, self._threads)
        d[:, graph.inputs] = 0.0
        g[self._bias_slot : self._bias_slot + graph.n_nodes] += d.sum(axis=0)

    def _output_slopes(self, z: Matrix, a: Matrix) -> Matrix:
        slopes = np.empty((len(z), self._task.graph.activations[self._task.graph.outputs].size), self._type)
        outputs = indices(self._task.graph.outputs, self._task.graph.n_nodes)
        codes_there = self._task.graph.activations[outputs]
        for code in np.unique(codes_there):
            nodes = outputs[codes_there == code]
            slopes[:, codes_there == code] = ACTIVATIONS[code].derivative(z[:, nodes], a[:, nodes])
        return slopes

    def _answers(self, z: Matrix, a: Matrix) -> Matrix:
        outputs = self._task.graph.outputs
        return LOSSES[self._task.loss].answers(z[:, outputs], a[:, outputs])

    def _scored(self, inputs: Matrix, targets: Matrix) -> tuple[float, float]:
        """Mean loss and share of right answers over rows; NaN where there is nothing to judge."""
        graph, n_rows, loss, right = self._task.graph, len(inputs), 0.0, 0.0
        if not n_rows:
            return math.nan, math.nan
        for rows in oracle.row_blocks(graph, n_rows):
            part = inputs[rows]
            z, a = (np.zeros((len(part), graph.n_nodes), self._type) for _ in range(2))
            self._forward(part, z, a)
            outputs = graph.outputs
            value = LOSSES[self._task.loss].value(z[:, outputs], a[:, outputs], targets[rows])
            loss += float(value.sum(dtype=np.float64))
            if self._task.how is not None:
                marks = RIGHT[self._task.how](self._answers(z, a), targets[rows])
                right += float(marks.mean()) * len(part)
        return loss / n_rows, math.nan if self._task.how is None else right / n_rows

    def _end_epoch(self, epoch: int, rules: Rules, points: list[tuple[float, ...]]) -> Ended | None:
        """Note the losses where they are due, and say whether the run is over, and why."""
        is_last = rules.stop_epochs is not None and epoch >= rules.stop_epochs
        if not (is_last or epoch % rules.stride == 0 or rules.stop_loss is not None):
            return None
        scores = self.score()
        points.append((epoch, *scores))
        found = over_at_loss(limits_of(rules), rules.watch, epoch, scores[0], scores[-1])
        return ENDS[found] if found else "epochs" if is_last else None


# The compiled rule as Python reads it.
over_at_loss: Callable[..., int] = loop.watch_loss.py_func  # type: ignore[attr-defined]  # Numba adds it

RIGHT: dict[Judgement, Callable[[Matrix, Matrix], Matrix]] = {
    "half": lambda said, wanted: np.equal(said >= 0.5, wanted >= 0.5),
    "sign": lambda said, wanted: np.equal(said >= 0, wanted >= 0),
    "largest": lambda said, wanted: np.equal(said.argmax(axis=1), wanted.argmax(axis=1)),
}


def _placed(task: Task) -> tuple[tuple[tuple[Placed, ...], ...], Layout]:
    """Each level's blocks with the slots of their edges, which stand in the order of the blocks."""
    graph, place = task.graph, 0
    levels: list[tuple[Placed, ...]] = []
    for level in graph.levels:
        blocks: list[Placed] = []
        for block in level.blocks:
            slots = np.arange(place, place + block.parameters.size)
            if isinstance(block, RaggedBlock):
                blocks.append((place, replace(block, parameters=slots)))
            else:
                blocks.append((place, block))
            place += block.parameters.size
        levels.append(tuple(blocks))
    biases = np.arange(place, place + graph.n_nodes)
    biases[graph.inputs] = -1
    return tuple(levels), lay_slots(task, graph.block_parameters, np.arange(place), biases)


def _hidden(task: Task) -> tuple[tuple[tuple[int, Indices], ...], ...]:
    """The hidden nodes of each level with their activations."""
    graph = task.graph
    is_hidden = np.ones(graph.n_nodes, bool)
    is_hidden[graph.inputs] = is_hidden[graph.outputs] = False
    return tuple(
        tuple(
            (code, found)
            for code, nodes in level.activations
            if len(found := _kept(indices(nodes, graph.n_nodes), is_hidden))
        )
        for level in graph.levels
    )


def _kept(nodes: Indices, is_kept: NDArray[np.bool_]) -> Indices:
    kept: Indices = nodes[is_kept[nodes]]
    return kept


def _weights(values: Numbers, place: int, block: FullBlock) -> Matrix:
    """A block's weights, (sources, targets): a view."""
    return values[place : place + block.parameters.size].reshape(block.parameters.shape)
