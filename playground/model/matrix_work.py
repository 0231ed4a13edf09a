"""What a network's passes are as matrix products: their sizes and their operations."""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.keys import Level
from playground.model.matrices import NetworkMatrices, WeightMatrix
from playground.model.message import Message, message


@dataclass(frozen=True, slots=True)
class Work:
    """A product C (m, n) = A (m, k) B (k, n): one multiplication and one addition for each of m n k."""

    m: int
    n: int
    k: int

    @property
    def flops(self) -> int:
        """Floating-point operations: 2 m n k."""
        return 2 * self.m * self.n * self.k


def one_pass(matrix: WeightMatrix) -> Work:
    """One example through a level: a matrix times a vector (gemv), (targets, sources) (sources, 1)."""
    return Work(matrix.n_columns, 1, matrix.n_rows)


def one_batch(matrix: WeightMatrix, batch_size: int) -> Work:
    """A batch through a level: a matrix times a matrix (gemm), (batch, sources) (sources, targets)."""
    return Work(batch_size, matrix.n_columns, matrix.n_rows)


def total_flops(matrices: NetworkMatrices, batch_size: int = 1) -> int:
    """The operations of all levels together, empty cells included; biases and activations are not counted."""
    return sum(one_batch(matrix, batch_size).flops for matrix in matrices.matrices)


def tell_matrix(matrix: WeightMatrix, batch_size: int, level: Level) -> tuple[Message, ...]:
    """What one matrix is, and what it costs: a few short sentences."""
    rows, columns = matrix.n_rows, matrix.n_columns
    gemv, gemm = one_pass(matrix).flops, one_batch(matrix, batch_size).flops
    sizes = {"k": rows, "n": columns, "b": batch_size}
    if level == "words":
        told = [
            message(
                "Table {number}: {rows} × {columns} arrows.", number=matrix.number, rows=rows, columns=columns
            ),
            message("One example: {flops} small sums and products.", flops=gemv),
        ]
    elif level == "numbers":
        told = [
            message("Matrix {number}: {k} × {n} weights.", number=matrix.number, k=rows, n=columns),
            message("One pass (gemv): 2 × {k} × {n} = {flops} operations.", k=rows, n=columns, flops=gemv),
            message("One batch (gemm): 2 × {b} × {k} × {n} = {flops} operations.", **sizes, flops=gemm),
        ]
    else:
        i = str(matrix.number)
        told = [
            message("Z = A W + 1 bᵀ with W = W({i}): {k} × {n}.", i=i, k=rows, n=columns),
            message(
                "gemv: z = Wᵀ a + b, ({n} × {k}) ({k} × 1), {flops} FLOP.", k=rows, n=columns, flops=gemv
            ),
            message("gemm: Z = A W, ({b} × {k}) ({k} × {n}), {flops} FLOP.", **sizes, flops=gemm),
        ]
    if not matrix.is_full:
        told.append(_empty(matrix, level))
    return tuple(told)


def tell_network(matrices: NetworkMatrices, batch_size: int, level: Level) -> tuple[Message, ...]:
    """What the whole network is as matrices, and what a pass and a batch cost."""
    count = len(matrices.matrices)
    if count == 0:
        return (message("There is no arrow yet. Join two nodes, and their table appears here."),)
    gemv, gemm = total_flops(matrices), total_flops(matrices, batch_size)
    sizes = {"count": count, "gemv": gemv, "gemm": gemm, "b": batch_size}
    if level == "words":
        cost = message(
            "One example takes {gemv} small sums and products, a round of {b} examples {gemm}.", **sizes
        )
        if matrices.is_stack:
            return (message("A layer is one table of arrows. This network has {count}.", count=count), cost)
        return (
            message(
                "Arrows that can be computed together make one table. This network has {count}.", count=count
            ),
            cost,
        )
    if level == "numbers":
        cost = message("One pass: {gemv} operations. One batch of {b}: {gemm} operations.", **sizes)
        if matrices.is_stack:
            return (message("A stack of layers: {count} weight matrices.", count=count), cost)
        return (message("No stack of layers: one matrix for each of {count} levels.", count=count), cost)
    cost = message("Σ 2 k n = {gemv} FLOP for each example; Σ 2 b k n = {gemm} FLOP for b = {b}.", **sizes)
    if matrices.is_stack:
        return (message("Z = A W + 1 bᵀ, layer by layer; A of the next is f(Z)."), cost)
    return (message("Z = A W + 1 bᵀ, level by level; A gathers what the level reads."), cost)


def _empty(matrix: WeightMatrix, level: Level) -> Message:
    edges, cells = len(matrix.edges), matrix.n_rows * matrix.n_columns
    if level == "words":
        return message("{edges} of {cells} places have an arrow.", edges=edges, cells=cells)
    return message("{edges} of {cells} cells have an edge; the others count as 0.", edges=edges, cells=cells)
