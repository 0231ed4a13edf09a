"""The operations that are told are those that a plain multiplication counts."""

from __future__ import annotations

import numpy as np
import pytest

from playground.model.keys import LEVELS, Level
from playground.model.matrices import NetworkMatrices
from playground.model.matrix_work import Work, one_batch, one_pass, tell_matrix, tell_network, total_flops
from playground.model.message import sentence
from playground.model.network import Network
from tests.model.test_matrices import stack_of
from tests.strategies import random_network


def counted(a_rows: int, inner: int, b_columns: int) -> int:
    """Every multiplication and addition of a product, one by one; a sum begins at 0."""
    operations = 0
    for _ in range(a_rows):
        for _ in range(b_columns):
            for _ in range(inner):
                operations += 2
    return operations


@pytest.mark.parametrize("size", [(1, 1, 1), (3, 4, 5), (7, 1, 2), (0, 3, 4)])
def test_the_operations_of_a_product(size: tuple[int, int, int]) -> None:
    m, n, k = size
    assert Work(m, n, k).flops == counted(m, k, n)


def test_a_pass_and_a_batch_of_a_network() -> None:
    for network in (stack_of(3, 5, 2), random_network(np.random.default_rng(6))):
        matrices = NetworkMatrices.of(network)
        tables = matrices.matrices
        assert len(tables) >= 2
        for batch in (1, 10):
            brute = sum(counted(batch, table.n_rows, table.n_columns) for table in tables)
            assert total_flops(matrices, batch) == brute
            assert [one_batch(table, batch).flops for table in tables] == [
                counted(batch, table.n_rows, table.n_columns) for table in tables
            ]
        assert [one_pass(table).flops for table in tables] == [one_batch(table, 1).flops for table in tables]


@pytest.mark.parametrize("level", LEVELS)
def test_the_numbers_are_in_the_sentences(level: Level) -> None:
    matrices = NetworkMatrices.of(stack_of(30, 50, 2))
    told = " ".join(sentence(part) for part in tell_network(matrices, 10, level))
    assert "3,200" in told
    assert "32,000" in told
    first = " ".join(sentence(part) for part in tell_matrix(matrices.matrices[0], 10, level))
    assert "30" in first
    assert "50" in first
    assert "3,000" in first


def test_words_have_no_jargon_and_other_levels_name_the_products() -> None:
    matrices = NetworkMatrices.of(stack_of(3, 4, 2))
    told: dict[Level, str] = {
        level: " ".join(
            sentence(part)
            for part in (*tell_network(matrices, 10, level), *tell_matrix(matrices.matrices[0], 10, level))
        )
        for level in LEVELS
    }
    assert told["words"].startswith("A layer is one table of arrows.")
    for jargon in ("gemv", "gemm", "FLOP", "matri", "batch", "edge"):
        assert jargon not in told["words"]
    for level in ("numbers", "maths"):
        assert "gemv" in told[level]
        assert "gemm" in told[level]
    assert "Z = A W + 1 bᵀ" in told["maths"]


def test_empty_cells_are_told() -> None:
    full = stack_of(2, 2, 1)
    missing = Network.build(full.nodes.values(), list(full.edges.values())[1:])
    matrices = NetworkMatrices.of(missing)
    told = [sentence(part) for part in tell_matrix(matrices.matrices[0], 10, "numbers")]
    assert told[-1].startswith("3 of 4 cells have an edge")
    assert "No stack of layers" in sentence(tell_network(matrices, 10, "numbers")[0])


def test_a_network_without_edges_says_what_to_do() -> None:
    (told,) = tell_network(NetworkMatrices.of(Network.build()), 10, "words")
    assert sentence(told).startswith("There is no arrow yet.")
