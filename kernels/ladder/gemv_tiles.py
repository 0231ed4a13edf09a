"""A few rows or columns of a matrix times a vector, in vector registers from end to end.

    rows:      y[r] += sum over p of a[r, p] x[p]        ROWS rows at a time, neighbours in a row adjacent
    columns:   y[i] += sum over q of a[i, q] x[q]        COLUMNS at a time, neighbours in a column adjacent
    low:       y[i] += sum over p of a[i, p] x[p]        all columns, as many rows as registers hold

The matrix is far larger than the vectors and each of its numbers is used once, so memory is the limit. One
core gets the most out of memory by reading at several places in turn and asking for each a little ahead; and
with several rows or columns at once, x or y is loaded once for all of them.

Operands, addresses and distances in elements: A from `a`, its rows or columns `a_step` apart; x and y,
`x_step` and `y_step` apart for the several rows or columns, else adjacent. The last, incomplete vectors are
read and written under a mask: nothing beyond the end is touched. A row alone adds up in the same order as
among others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from kernels.host import vector_unit
from kernels.ladder import vectors

INT64 = vectors.INT64
ROWS, COLUMNS = 4, 4
"""How many are taken at once."""

AHEAD_BYTES, LINE_BYTES = 2048, 64


def sums_per_row() -> int:
    """Sums of a row that grow side by side, so that none waits for its own last addition."""
    return 4 if vector_unit().registers >= 32 else 2


def low_bytes() -> int:
    """Bytes of a column of the highest matrix that `multiply_low` takes."""
    return sums_per_row() * vector_unit().bits // 8


def rows_intrinsic(n_rows: int) -> Any:
    """A function for compiled code: so many rows of A, of a length, times x, added to y."""

    @intrinsic  # type: ignore[untyped-decorator]  # numba has no types
    def multiply_rows(
        typing_context: Any, a: Any, a_step: Any, x: Any, y: Any, y_step: Any, length: Any
    ) -> Any:
        del typing_context, a_step, y_step, length
        return types.void(a, types.intp, x, y, types.intp, types.intp), _generated(_write_rows, n_rows)

    return multiply_rows


def columns_intrinsic(n_columns: int) -> Any:
    """A function for compiled code: so many columns of A, of a length, times as many of x, added to y."""

    @intrinsic  # type: ignore[untyped-decorator]  # numba has no types
    def multiply_columns(
        typing_context: Any, a: Any, a_step: Any, x: Any, x_step: Any, y: Any, length: Any
    ) -> Any:
        del typing_context, a_step, x_step, length
        return types.void(a, types.intp, x, types.intp, y, types.intp), _generated(_write_columns, n_columns)

    return multiply_columns


@intrinsic  # type: ignore[untyped-decorator]  # numba has no types
def multiply_low(typing_context: Any, a: Any, a_step: Any, x: Any, y: Any, height: Any, length: Any) -> Any:
    """A function for compiled code: `length` columns of A, of a height up to `low_bytes`, added to y."""
    del typing_context, a_step, height, length
    return types.void(a, types.intp, x, y, types.intp, types.intp), _generated(_write_low, COLUMNS)


def _generated(write: Callable[[Any, int, Any, Any], None], count: int) -> Any:
    """What writes the instructions of an intrinsic, for the type of its first argument."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        write(builder, count, context.get_data_type(signature.args[0].dtype), arguments)
        return context.get_dummy_value()

    return generate


def _write_rows(builder: Any, n_rows: int, element: Any, arguments: Any) -> None:
    a, a_step, x, y, y_step, length = arguments
    vector = _vector(element)
    starts = [_at(builder, a, a_step, row) for row in range(n_rows)]
    sums = [_nothing(builder, vector, sums_per_row()) for _ in starts]

    # 1. Whole turns, each over as many vectors as a row has sums; then what is left, vector by vector.
    def add(first: Any, number: int, mask: Any = None) -> None:
        factor = vectors.load(builder, builder.gep(x, [first]), vector, mask)
        for start, row in zip(starts, sums, strict=True):
            values = vectors.load(builder, builder.gep(start, [first]), vector, mask)
            _accumulate(builder, row[number], values, factor)

    _walk(builder, vector, length, starts, add)

    # 2. The sums of a row become one number.
    for row, places in enumerate(sums):
        target = _at(builder, y, y_step, row)
        total = _folded(builder, _added(builder, places))
        builder.store(builder.fadd(builder.load(target), total), target)


def _write_columns(builder: Any, n_columns: int, element: Any, arguments: Any) -> None:
    a, a_step, x, x_step, y, length = arguments
    vector = _vector(element)
    starts = [_at(builder, a, a_step, column) for column in range(n_columns)]
    factors = [
        vectors.broadcast(builder, builder.load(_at(builder, x, x_step, column)), vector)
        for column in range(n_columns)
    ]

    def add(first: Any, number: int, mask: Any = None) -> None:
        del number
        target = builder.gep(y, [first])
        total = vectors.load(builder, target, vector, mask)
        for start, factor in zip(starts, factors, strict=True):
            values = vectors.load(builder, builder.gep(start, [first]), vector, mask)
            total = vectors.multiply_add(builder, values, factor, total, vector_unit().has_fma)
        vectors.store(builder, total, target, mask)

    _walk(builder, vector, length, starts, add)


def _write_low(builder: Any, n_columns: int, element: Any, arguments: Any) -> None:
    a, a_step, x, y, height, length = arguments
    vector = _vector(element)
    firsts = [INT64(number * vector.count) for number in range(sums_per_row())]
    masks = [vectors.first_lanes(builder, builder.sub(height, first), vector.count) for first in firsts]
    sums = [_nothing(builder, vector, n_columns) for _ in firsts]

    def add(column: Any, number: int) -> None:
        factor = vectors.broadcast(builder, builder.load(builder.gep(x, [column])), vector)
        start = builder.gep(a, [builder.mul(column, a_step)])
        for first, mask, places in zip(firsts, masks, sums, strict=True):
            values = vectors.load(builder, builder.gep(start, [first]), vector, mask)
            _accumulate(builder, places[number], values, factor)
            ahead = builder.add(first, INT64(AHEAD_BYTES // vectors.n_bytes(element)))
            vectors.prefetch(builder, builder.gep(start, [ahead]))

    apart = builder.sdiv(length, INT64(n_columns))
    with cgutils.for_range(builder, apart, intp=INT64) as turn:
        for number in range(n_columns):
            add(builder.add(turn.index, builder.mul(apart, INT64(number))), number)
    done = builder.mul(apart, INT64(n_columns))
    with cgutils.for_range(builder, builder.sub(length, done), intp=INT64) as rest:
        add(builder.add(done, rest.index), 0)
    for first, mask, places in zip(firsts, masks, sums, strict=True):
        target = builder.gep(y, [first])
        before = vectors.load(builder, target, vector, mask)
        vectors.store(builder, builder.fadd(before, _added(builder, places)), target, mask)


def _nothing(builder: Any, vector: Any, count: int) -> list[Any]:
    """Places for sums that start at nothing; LLVM keeps them in registers."""
    places = [cgutils.alloca_once(builder, vector) for _ in range(count)]
    for place in places:
        builder.store(ir.Constant(vector, [0.0] * vector.count), place)
    return places


def _accumulate(builder: Any, place: Any, values: Any, factor: Any) -> None:
    total = vectors.multiply_add(builder, values, factor, builder.load(place), vector_unit().has_fma)
    builder.store(total, place)


def _added(builder: Any, places: list[Any]) -> Any:
    """Several sums as one, lane by lane."""
    total = builder.load(places[0])
    for place in places[1:]:
        total = builder.fadd(total, builder.load(place))
    return total


def _at(builder: Any, start: Any, step: Any, number: int) -> Any:
    return builder.gep(start, [builder.mul(step, INT64(number))])


def _walk(builder: Any, vector: Any, length: Any, starts: list[Any], add: Any) -> None:
    """Call `add` for every vector of a length: several in each turn, the last ones under a mask."""
    lanes, n_vectors = vector.count, sums_per_row()
    in_turn = INT64(n_vectors * lanes)
    turns = builder.sdiv(length, in_turn)
    with cgutils.for_range(builder, turns, intp=INT64) as turn:
        first = builder.mul(turn.index, in_turn)
        _ask_ahead(builder, vector.element, starts, first, n_vectors * lanes)
        for number in range(n_vectors):
            add(builder.add(first, INT64(number * lanes)), number)
    done = builder.mul(turns, in_turn)
    left = builder.sdiv(builder.add(builder.sub(length, done), INT64(lanes - 1)), INT64(lanes))
    with cgutils.for_range(builder, left, intp=INT64) as rest:
        first = builder.add(done, builder.mul(rest.index, INT64(lanes)))
        add(first, 0, vectors.first_lanes(builder, builder.sub(length, first), lanes))


def _ask_ahead(builder: Any, element: Any, starts: list[Any], first: Any, length: int) -> None:
    """Ask for the cache lines that the turns after the next will read."""
    size = vectors.n_bytes(element)
    for start in starts:
        for offset in range(0, length * size, LINE_BYTES):
            distance = builder.add(first, INT64((AHEAD_BYTES + offset) // size))
            vectors.prefetch(builder, builder.gep(start, [distance]))


def _folded(builder: Any, total: Any) -> Any:
    """The sum of all lanes: halves are added to each other until one is left."""
    count = total.type.count
    while count > 1:
        half = count // 2
        undefined = ir.Constant(total.type, ir.Undefined)
        low, high = (
            builder.shuffle_vector(
                total,
                undefined,
                ir.Constant(ir.VectorType(vectors.INT32, half), list(range(start, start + half))),
            )
            for start in (0, half)
        )
        total, count = builder.fadd(low, high), half
    return builder.extract_element(total, vectors.INT32(0))


def _vector(element: Any) -> Any:
    return ir.VectorType(element, vector_unit().lanes(vectors.n_bytes(element)))
