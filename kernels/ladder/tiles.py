"""The register tile: a few rows of C times a few vectors, all sums in registers while k runs from end to end.

    C[r, j] (+)= sum over k of A[r, k] B[k, j]      r < rows, j < columns

Each turn loads one row of B as vectors, and multiplies it by one number of A after another, spread over all
lanes: with 12 x 2 vectors that is 24 multiply-adds for 14 loads, and none waits for another's result.

Operands, all addresses and distances in elements: A from `a`, rows `a_row` apart, neighbours in depth `a_step`
apart; B from `b`, rows `b_row` apart, columns adjacent; C from `c`, rows `c_row` apart, columns adjacent.
Edges: where `columns` is less than the whole width, the other lanes of B and C are neither read nor written.
It reads no C unless told to add to it, and nothing of A or B beyond `depth`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from kernels.host import VectorUnit
from kernels.ladder import vectors

INT64 = vectors.INT64
AHEAD = 12
"""How many rows of B in advance memory is asked for, where B is read for the first time."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the tiles that a product is made of.

    rows : of C
    is_whole : as wide as the vectors are; else the last columns of C, fewer
    keeps : stores each row of B, filled up with zeros, as it goes by: packing that costs no time of its own
    """

    rows: int
    is_whole: bool
    keeps: bool


def heights(unit: VectorUnit) -> tuple[int, ...]:
    """Rows of the tiles that together make any number of rows: the whole tile, then powers of two."""
    return (unit.tile_rows, *(rows for rows in (8, 4, 2, 1) if rows < unit.tile_rows))


def tile_function(module: Any, unit: VectorUnit, tile: Tile, element: Any) -> Any:
    """The function of a tile in an LLVM module, written there at the first call.

    Arguments: a, a_row, a_step, b, b_row, kept, c, c_row, depth, columns, adds.
    """
    name = f"tile_{unit.bits}_{element}_{tile.rows}_{int(tile.is_whole)}_{int(tile.keeps)}"
    if name in module.globals:
        return module.globals[name]
    pointer = element.as_pointer()
    kinds = [pointer, INT64, INT64, pointer, INT64, pointer, pointer, INT64, INT64, INT64, INT64]
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), kinds), name)
    function.linkage = "internal"
    function.attributes.add("noinline")
    function.attributes.add("nounwind")
    for argument in function.args:
        if argument.type == pointer:
            argument.add_attribute("noalias")
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    _write(builder, unit, tile, element, function.args)
    builder.ret_void()
    return function


def _write(builder: Any, unit: VectorUnit, tile: Tile, element: Any, arguments: Any) -> None:
    a, a_row, a_step, b, b_row, kept, c, c_row, depth, columns, adds = arguments
    lanes = unit.lanes(vectors.n_bytes(element))
    vector = ir.VectorType(element, lanes)
    across = [ir.Constant(INT64, number * lanes) for number in range(unit.tile_vectors)]
    masks = [
        None if tile.is_whole else vectors.first_lanes(builder, builder.sub(columns, first), lanes)
        for first in across
    ]
    downwards = [builder.mul(a_row, ir.Constant(INT64, row)) for row in range(tile.rows)]
    c_places = [
        [
            builder.gep(c, [builder.add(builder.mul(c_row, ir.Constant(INT64, row)), first)])
            for first in across
        ]
        for row in range(tile.rows)
    ]
    for row in c_places:
        vectors.prefetch(builder, row[0])

    # 1. All sums start at nothing.
    sums = [[cgutils.alloca_once(builder, vector) for _ in across] for _ in range(tile.rows)]
    for place in (place for row in sums for place in row):
        builder.store(ir.Constant(vector, [0.0] * lanes), place)

    # 2. Every step over k adds one row of B times one column of A.
    def step(index: Any) -> None:
        a_first = builder.gep(a, [builder.mul(index, a_step)])
        b_first = builder.gep(b, [builder.mul(index, b_row)])
        row_of_b = [
            vectors.load(builder, builder.gep(b_first, [first]), vector, mask)
            for first, mask in zip(across, masks, strict=True)
        ]
        if tile.keeps:
            width = ir.Constant(INT64, unit.tile_vectors * lanes)
            k_first = builder.gep(kept, [builder.mul(index, width)])
            ahead = builder.gep(b_first, [builder.mul(b_row, ir.Constant(INT64, AHEAD))])
            for first, values in zip(across, row_of_b, strict=True):
                vectors.store(builder, values, builder.gep(k_first, [first]))
                vectors.prefetch(builder, builder.gep(ahead, [first]))
        for distance, row in zip(downwards, sums, strict=True):
            # No instruction, only an order: LLVM would load all numbers of A first, and run out of registers.
            builder.fence("acquire", "singlethread")
            number = vectors.broadcast(builder, builder.load(builder.gep(a_first, [distance])), vector)
            for place, values in zip(row, row_of_b, strict=True):
                total = vectors.multiply_add(builder, number, values, builder.load(place), unit.has_fma)
                builder.store(total, place)

    with cgutils.for_range(builder, depth, intp=INT64) as turn:
        step(turn.index)

    # 3. The sums go to C.
    def write(is_added: bool) -> None:
        for places, row in zip(c_places, sums, strict=True):
            for place, total, mask in zip(places, row, masks, strict=True):
                value = builder.load(total)
                if is_added:
                    value = builder.fadd(vectors.load(builder, place, vector, mask), value)
                vectors.store(builder, value, place, mask)

    with builder.if_else(builder.icmp_signed("!=", adds, ir.Constant(INT64, 0))) as (then, otherwise):
        with then:
            write(is_added=True)
        with otherwise:
            write(is_added=False)


def tile_intrinsic(unit: VectorUnit) -> Any:
    """A function for compiled code that computes one tile with the vectors of this unit.

    Its arguments are the tile's rows (one of `heights`), then those of `tile_function`; `kept` is where rows
    of B are stored as they go by, for a whole tile whose `keeps` is not 0.
    """

    @intrinsic  # type: ignore[untyped-decorator]  # numba has no types
    def multiply_tile(
        typing_context: Any, rows: Any, keeps: Any, a: Any, a_row: Any, a_step: Any, b: Any, b_row: Any, kept: Any,
        c: Any, c_row: Any, depth: Any, columns: Any, adds: Any,
    ) -> Any:  # fmt: skip
        del typing_context

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            rows_value, keeps_value, *rest = arguments
            element = context.get_data_type(signature.args[2].dtype)
            width = ir.Constant(INT64, unit.tile_columns(vectors.n_bytes(element)))
            is_whole = builder.zext(builder.icmp_signed(">=", rest[9], width), INT64)
            one = ir.Constant(INT64, 1)
            # The number of a tile: its rows, and a bit each for its two kinds.
            number = builder.or_(builder.shl(rows_value, ir.Constant(INT64, 2)), builder.shl(is_whole, one))
            number = builder.or_(number, keeps_value)
            done = builder.append_basic_block("done")
            choice = builder.switch(number, done)
            for tile in _tiles(unit):
                block = builder.append_basic_block("tile")
                code = tile.rows * 4 + int(tile.is_whole) * 2 + int(tile.keeps)
                choice.add_case(ir.Constant(INT64, code), block)
                with builder.goto_block(block):
                    builder.call(tile_function(builder.module, unit, tile, element), rest)
                    builder.branch(done)
            builder.position_at_end(done)
            return context.get_dummy_value()

        whole = types.intp
        return types.void(
            whole, whole, a, whole, whole, b, whole, kept, c, whole, whole, whole, whole
        ), generate

    return multiply_tile


def _tiles(unit: VectorUnit) -> list[Tile]:
    plain = [Tile(rows, is_whole, False) for rows in heights(unit) for is_whole in (True, False)]
    return [*plain, Tile(unit.tile_rows, True, True), Tile(unit.tile_rows, False, True)]
