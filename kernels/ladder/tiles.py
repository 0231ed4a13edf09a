"""The register tile: a few rows of C times a few vectors, all sums in registers while k runs to its end.

    C[r, j] (+)= sum over k of A[r, k] B[k, j]      r < rows, j < columns

Each turn loads one row of B as vectors, and multiplies it by one number of A after another, spread over all
lanes: with 12 x 2 vectors that is 24 multiply-adds for 14 loads, and none waits for another's result.

Operands: views of A, B and C; columns of B and C must be adjacent. It reads no C unless told to add to it.
Edges: where `columns` is less than the whole width, the other lanes of B and C are neither read nor written;
fewer rows have tiles of their own.
On the side each turn touches one more row: it asks for a cache line that will be needed soon, or stores the
row of B packed. Both cost no time of their own, for the arithmetic takes longer.
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


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the tiles that a product is made of.

    rows : of C
    n_vectors : in each row
    is_whole : as wide as the vectors are; else the last columns of C, fewer
    keeps : stores each row of B on the side, zeros in lanes beyond; else it asks for a cache line there
    """

    rows: int
    n_vectors: int
    is_whole: bool
    keeps: bool

    @property
    def code(self) -> int:
        """A number of its own for each tile: its rows, and a bit each for its three kinds."""
        return self.rows * 8 + (self.n_vectors > 1) * 4 + self.is_whole * 2 + self.keeps


def heights(unit: VectorUnit) -> tuple[int, ...]:
    """Rows of the tiles that together make any number of rows: the whole tile, then powers of two."""
    return (unit.tile_rows, *(rows for rows in (8, 4, 2, 1) if rows < unit.tile_rows))


def tiles(unit: VectorUnit) -> tuple[Tile, ...]:
    """All tiles for a processor; only the highest keep B, for all others come after it."""
    widths = ((unit.tile_vectors, True), (unit.tile_vectors, False), (1, False))
    plain = [Tile(rows, *width, False) for rows in heights(unit) for width in widths]
    return (*plain, *(Tile(unit.tile_rows, *width, True) for width in widths))


def tile_intrinsic(unit: VectorUnit) -> Any:
    """A function for compiled code that computes one tile with the vectors of this unit.

    multiply_tile(rows, keeps, a, b, side, c, depth, columns, adds)

    rows : one of `heights`
    keeps : 1 to store rows of B at the rows of `side`, which only the highest tile does; 0 to ask for them
    a, b, side, c : views
    adds : 0 to set C, 1 to add to it
    """

    @intrinsic  # type: ignore[untyped-decorator]  # numba has no types
    def multiply_tile(
        typing_context: Any, rows: Any, keeps: Any, a: Any, b: Any, side: Any, c: Any, depth: Any,
        columns: Any, adds: Any,
    ) -> Any:  # fmt: skip
        del typing_context, rows, keeps, depth, columns, adds

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            rows, keeps, a, b, side, c, depth, columns, adds = arguments
            element = context.get_data_type(signature.args[2].types[0].dtype)
            fields = [
                builder.extract_value(view, number)
                for view, count in ((a, 3), (b, 2), (side, 2), (c, 2))
                for number in range(count)
            ]
            n_bytes = vectors.n_bytes(element)
            code = builder.add(builder.mul(rows, INT64(8)), keeps)
            for limit, bit in ((unit.lanes(n_bytes) + 1, 4), (unit.tile_columns(n_bytes), 2)):
                is_wide = builder.icmp_signed(">=", columns, INT64(limit))
                code = builder.add(code, builder.select(is_wide, INT64(bit), INT64(0)))
            done = builder.append_basic_block("done")
            choice = builder.switch(code, done)
            for tile in tiles(unit):
                block = builder.append_basic_block("tile")
                choice.add_case(INT64(tile.code), block)
                with builder.goto_block(block):
                    function = tile_function(builder.module, unit, tile, element)
                    builder.call(function, [*fields, depth, columns, adds])
                    builder.branch(done)
            builder.position_at_end(done)
            return context.get_dummy_value()

        whole = types.intp
        return types.void(whole, whole, a, b, side, c, whole, whole, whole), generate

    return multiply_tile


def tile_function(module: Any, unit: VectorUnit, tile: Tile, element: Any) -> Any:
    """The function of a tile in an LLVM module, written there at the first call.

    Arguments: address, row and step of A; address and row of B, of what is on the side, and of C; then
    depth, columns, adds.
    """
    name = f"tile_{unit.bits}_{element}_{tile.code}"
    if name in module.globals:
        return module.globals[name]
    pointer = element.as_pointer()
    kinds = [pointer, INT64, *[INT64, pointer] * 3, *[INT64] * 4]
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), kinds), name)
    function.linkage = "internal"
    function.attributes.add("noinline")
    function.attributes.add("nounwind")
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    _write(builder, unit, tile, element, function.args)
    builder.ret_void()
    return function


def _write(builder: Any, unit: VectorUnit, tile: Tile, element: Any, arguments: Any) -> None:
    a, a_row, a_step, b, b_row, side, side_row, c, c_row, depth, columns, adds = arguments
    lanes = unit.lanes(vectors.n_bytes(element))
    vector = ir.VectorType(element, lanes)
    across = [INT64(number * lanes) for number in range(tile.n_vectors)]
    down = [INT64(row) for row in range(tile.rows)]

    # 1. Where the sums will go; C is asked for now, to be there when they are ready.
    masks: list[Any] = [None for _ in across]
    if not tile.is_whole:
        masks = [vectors.first_lanes(builder, builder.sub(columns, first), lanes) for first in across]
    c_rows = [builder.gep(c, [builder.mul(c_row, row)]) for row in down]
    places = [
        (builder.gep(row, [first]), mask) for row in c_rows for first, mask in zip(across, masks, strict=True)
    ]
    for place, _ in places:
        vectors.prefetch(builder, place)

    # 2. All sums start at nothing.
    sums = [cgutils.alloca_once(builder, vector) for _ in places]
    for total in sums:
        builder.store(ir.Constant(vector, [0.0] * lanes), total)

    # 3. Each turn multiplies one row of B by one column of A.
    with cgutils.for_range(builder, depth, intp=INT64) as turn:
        a_first = builder.gep(a, [builder.mul(turn.index, a_step)])
        b_first = builder.gep(b, [builder.mul(turn.index, b_row)])
        beside = builder.gep(side, [builder.mul(turn.index, side_row)])
        row_of_b = [
            vectors.load(builder, builder.gep(b_first, [first]), vector, mask)
            for first, mask in zip(across, masks, strict=True)
        ]
        if tile.keeps:
            for first, values in zip(across, row_of_b, strict=True):
                vectors.store(builder, values, builder.gep(beside, [first]))
        else:
            vectors.prefetch(builder, beside, vectors.IN_L2)
        for number, row in enumerate(down):
            # No instruction, only an order: LLVM would load all of A first, and run out of registers.
            builder.fence("acquire", "singlethread")
            factor = builder.load(builder.gep(a_first, [builder.mul(a_row, row)]))
            factors = vectors.broadcast(builder, factor, vector)
            for values, total in zip(row_of_b, sums[number * len(across) :], strict=False):
                new = vectors.multiply_add(builder, factors, values, builder.load(total), unit.has_fma)
                builder.store(new, total)

    # 4. The sums go to C.
    with builder.if_else(builder.icmp_signed("!=", adds, INT64(0))) as (added, set_anew):
        with added:
            for (place, mask), total in zip(places, sums, strict=True):
                before = vectors.load(builder, place, vector, mask)
                vectors.store(builder, builder.fadd(before, builder.load(total)), place, mask)
        with set_anew:
            for (place, mask), total in zip(places, sums, strict=True):
                vectors.store(builder, builder.load(total), place, mask)
