"""Training of any acyclic graph in one compiled call: thousands of batches without coming back to Python."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels import codes
from kernels.graph import Graph
from kernels.optimizers import Moments, Rule
from kernels.threads import run
from kernels.training import loop, team
from kernels.training.board import make_board, team_size
from kernels.training.dropping import Masks
from kernels.training.entry import enter
from kernels.training.lanes import LANE_BYTES
from kernels.training.memory import aligned
from kernels.training.program import indices, lay_out
from kernels.training.progress import COLUMNS, Floats, Progress, Rules
from kernels.training.settings import ENDS, limits_of, rule_numbers
from kernels.training.slots import Slots
from kernels.training.task import DType, Task

Indices = NDArray[np.intp]

POINTS = 4096
"""How many points one call notes at most."""

BLOCK_VECTORS = 8
"""Vectors of a row in one block at most: larger batches are cut."""

LAID_OUT_BYTES = 1 << 22
"""Training rows that take no more than this in lanes are laid out for a whole epoch at once."""


def prepare(dtype: DType) -> None:
    """Compile all that training in a type needs, or load it from the cache; may take seconds, off the GIL."""
    nodes, edges = np.arange(2), (np.array([0]), np.array([1]), np.array([0]))
    graph = Graph.build(np.zeros(2, np.int64), *edges, np.ones(1, bool), nodes[:1], nodes[1:])
    rows = np.zeros((1, 1))
    trainer = FusedTrainer(Task(graph, codes.SQUARED, Rule()), rows, rows, dtype=dtype, batch_size=1)
    trainer.set_values(np.zeros(3), (), 0)
    trainer.train(0, 0, 1, np.zeros(1, np.uint8))


class FusedTrainer:
    """Trains one graph on fixed rows; belongs to one thread at a time. Values inside are of `dtype`.

    The same graph, values, rows and orders give the same bits on every run and with any number of threads.
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
    ) -> None:
        """Lay out rows and graph; nothing is allocated after this.

        inputs, targets : (n_rows, n_inputs), (n_rows, n_outputs), at least one row; test rows may be missing
        threads : how many may be used at most; `threads` says how many are, since small batches gain nothing
        """
        self._task = task
        self._type = np.dtype(dtype).type
        n_rows = len(inputs)
        batch_size = min(batch_size, n_rows)
        width = LANE_BYTES // np.dtype(dtype).itemsize
        stride = width * min(-(-batch_size // width), BLOCK_VECTORS)
        self._program, layout, rows = lay_out(task, stride)
        self._slots = Slots(task, layout, self._type)
        test_inputs = inputs[:0] if test_inputs is None else test_inputs
        test_targets = targets[:0] if test_targets is None else test_targets
        n_columns = inputs.shape[1] + targets.shape[1]
        of_batch = -(-batch_size // stride) * stride * n_columns
        of_epoch = -(-n_rows // batch_size) * of_batch
        lays_out_all = of_epoch * np.dtype(dtype).itemsize <= LAID_OUT_BYTES
        self._sizes = loop.Sizes(n_rows, len(test_inputs), batch_size, POINTS, int(lays_out_all))
        self._room = self._make_room(
            (inputs, targets), (test_inputs, test_targets), of_epoch if lays_out_all else of_batch
        )
        self._state, self._points = np.zeros(9, np.int64), np.zeros(COLUMNS * POINTS)
        self._state[loop.LAID_FIRST] = -1
        of_block = self.flops_per_example * min(batch_size, stride)
        self._threads = team_size(threads, of_block, np.dtype(dtype).itemsize, stride // width)
        board = make_board(self._program, self._threads)
        masks = self._make_masks(rows, (of_epoch if lays_out_all else of_batch) // n_columns)
        self._notes = loop.Notes(
            rule_numbers(task), np.zeros(6), np.zeros(5), self._state, self._points, rows, board, masks
        )
        self._no_out, self._no_orders = np.zeros(0), np.zeros(0, np.int64)

    def _make_room(
        self, train: tuple[Floats, Floats], test: tuple[Floats, Floats], n_laid_out: int
    ) -> loop.Room:
        program, slots, kind = self._program, self._slots, self._type
        n_rows_of_nodes = program.first_row + len(program.in_starts) - 1
        room = loop.Room(
            a=aligned(n_rows_of_nodes * program.stride, kind),
            d=aligned(n_rows_of_nodes * program.stride, kind),
            g=slots.g,
            values=slots.values,
            first=slots.first,
            second=slots.second,
            trained=slots.trained,
            decay=slots.decay,
            inputs=np.array(train[0], kind).ravel(),
            targets=np.array(train[1], kind).ravel(),
            x=aligned(n_laid_out, kind),
            train_x=self._laid(*train),
            test_x=self._laid(*test),
        )
        room.a[: program.stride] = 1.0
        return room

    def _make_masks(self, rows: NDArray[np.intp], n_lanes: int) -> Masks:
        """What dropout is drawn from, for so many lanes of rows laid out; `rows` : of nodes."""
        program, dropout = self._program, self._task.dropout
        node_keys = np.zeros(len(program.in_starts) - 1, np.uint64)
        seed_key = np.zeros(1, np.uint64)
        if dropout is not None:
            seed_key[0] = dropout.seed_key
            is_computed = rows >= program.first_row
            node_keys[rows[is_computed] - program.first_row] = dropout.node_keys[is_computed]
        return Masks(seed_key, node_keys, np.zeros(n_lanes, np.int64), np.zeros(program.stride, np.uint64))

    def _laid(self, inputs: Floats, targets: Floats) -> NDArray[np.floating]:
        """Rows in lanes, block after block; the last row is repeated in what is left over."""
        stride, columns = self._program.stride, np.hstack([inputs, targets])
        n_blocks = -(-len(columns) // stride)
        laid = aligned(n_blocks * stride * columns.shape[1], self._type)
        if n_blocks:
            rows = columns[np.minimum(np.arange(n_blocks * stride), len(columns) - 1)]
            laid[:] = rows.reshape(n_blocks, stride, -1).transpose(0, 2, 1).ravel()
        return laid

    @property
    def threads(self) -> int:
        """How many threads training uses."""
        return self._threads

    @property
    def flops_per_example(self) -> int:
        """Floating-point operations for one row, of edges alone: forward, back and gradients."""
        program = self._program
        return 4 * len(self._task.graph.sources) + 2 * len(program.out_slots)

    def set_values(self, values: Floats, moments: Moments, count: int) -> None:
        """Take over values and memory, (n_parameters + n_nodes,) each: weights, then biases.

        count : updates behind them
        """
        self._state[loop.COUNT], self._state[loop.BASE] = count, 0
        self._slots.take(values, moments)

    @property
    def values(self) -> Floats:
        """The present values, weights and then biases: float64, a copy; held ones as they were set."""
        return self._slots.values_at(self._state[loop.BASE])

    @property
    def moments(self) -> Moments:
        """The optimizer's memory, laid out as `values`: copies."""
        return self._slots.moments_at(self._state[loop.BASE])

    @property
    def count(self) -> int:
        """How many updates are behind the values."""
        return int(self._state[loop.COUNT])

    def train(
        self,
        epoch: int,
        row: int,
        n_batches: int,
        stop: NDArray[np.uint8],
        orders: Indices | None = None,
        rules: Rules | None = None,
    ) -> Progress:
        """Train up to `n_batches` batches from a place in an epoch, without the GIL.

        epoch, row : whole epochs so far, and rows seen of the one under way; the last batch of an epoch may
            be smaller, and the next epoch begins with a batch of its own
        stop : (1,); looked at after every batch, any other value than 0 ends the call
        orders : (n_epochs, n_rows), row numbers in the order of the epoch under way and of those after it;
            the call ends with "budget" when they are used up. None: rows in their order, for ever
        rules : when to note losses and to end; None: neither (then only "budget", "flag", "diverged")

        An update after which a value would not be finite is not made, and the call ends.
        """
        state, notes, numbers = self._state, self._notes, self._no_orders
        state[loop.EPOCH], state[loop.ROW] = epoch, row
        state[loop.N_POINTS] = state[loop.BATCHES] = state[loop.N_EPOCHS] = 0
        if orders is not None:
            numbers = np.array(
                orders, np.int64, copy=None if orders.flags.writeable else True, order="C"
            ).ravel()
            state[loop.LAID_FIRST], state[loop.N_EPOCHS] = -1, len(orders)
        if rules is not None:
            notes = notes._replace(limits=limits_of(rules), watch=rules.watch)
        else:
            notes.limits[loop.STRIDE] = 0.0
        ended = loop.BUDGET
        if n_batches > 0:
            notes.board[team.NEXT], notes.board[team.IS_OVER] = notes.board[team.N_PARTS], 0
            ended = self._run(notes, numbers, stop, n_batches)
        points = self._points[: COLUMNS * state[loop.N_POINTS]].reshape(-1, COLUMNS).copy()
        points.flags.writeable = False
        return Progress(
            int(state[loop.EPOCH]), int(state[loop.ROW]), int(state[loop.BATCHES]), points, ENDS[ended]
        )

    def score(self) -> tuple[float, float, float, float, float]:
        """Return train loss, test loss, train accuracy, test accuracy and penalty of the present values."""
        self._state[loop.N_POINTS] = 0
        self._look(self._room, self._no_out)
        _, loss, test_loss, accuracy, test_accuracy, penalty = self._points[:COLUMNS].tolist()
        return loss, test_loss, accuracy, test_accuracy, penalty

    def forward_rows(self, inputs: Floats) -> Floats:
        """Return what every node answers: float64, (n_rows, n_nodes), for inputs, (n_rows, n_inputs).

        Outputs hold the softmax over them where the loss asks for it.
        """
        graph = self._task.graph
        out = np.zeros((len(inputs), graph.n_nodes))
        if len(inputs):
            room = self._room._replace(inputs=np.array(inputs, self._type).ravel())
            self._look(room, out.reshape(-1))
        out[:, indices(graph.inputs, graph.n_nodes)] = inputs
        return out

    def _look(self, room: loop.Room, out: Floats) -> None:
        """Note scores, or fill `out`; nothing is learned."""
        stop = np.zeros(1, np.uint8)
        enter(self._program, room, self._sizes, self._notes, self._no_orders, stop, 0, out, 0)

    def _run(
        self, notes: loop.Notes, orders: NDArray[np.int64], stop: NDArray[np.uint8], n_batches: int
    ) -> int:
        """Train, as many threads as are wanted; return why it ended."""
        ends = [loop.BUDGET] * self._threads

        def work(number: int) -> None:
            ends[number] = enter(
                self._program, self._room, self._sizes, notes, orders, stop, n_batches, self._no_out, number
            )

        run(work, self._threads)
        return ends[0]
