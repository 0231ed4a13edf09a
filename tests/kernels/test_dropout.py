"""Masks of dropout: the hash itself, how much is left out, and that nothing but its counters matters."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.dropout import GOLDEN, Dropout, kept, mixed
from playground.engine.compile import compile_graph
from tests.strategies import dense_network

GRAPH = compile_graph(dense_network((3, 40, 40, 2), "tanh", "linear"))
HIDDEN = slice(3, 83)
IDS = np.arange(GRAPH.n_nodes) + 1
SHARES = (0.1, 0.25, 0.5, 0.9)


def test_the_mixing_is_splitmix64() -> None:
    # The first numbers of SplitMix64 from the seed 1234567, as its authors' program prints them.
    expected = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    states = np.array([(1234567 + step * GOLDEN) % 2**64 for step in (1, 2, 3)], np.uint64)
    assert mixed(states).tolist() == expected


def by_hand(share: float, seed: int, step: int, row: int, node: int) -> bool:
    """Whether a node is left out, in Python's own integers."""

    def mix(key: int) -> int:
        key %= 2**64
        key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        key = (key ^ (key >> 27)) * 0x94D049BB133111EB % 2**64
        return key ^ (key >> 31)

    golden = 0x9E3779B97F4A7C15
    of_row = mix(mix(mix(seed + golden) + step * golden) + row * golden)
    return mix(of_row + mix(node * golden)) >> 11 < int(share * 2**53)


@pytest.mark.parametrize("share", SHARES)
def test_masks_are_the_documented_hash(share: float) -> None:
    rows = np.array([0, 5, 123456])
    found = kept(Dropout(share, 7, IDS), GRAPH, 9, rows)
    for at, row in enumerate(rows.tolist()):
        for node in range(3, 83):
            expected = 0.0 if by_hand(share, 7, 9, row, int(IDS[node])) else 1.0 / (1.0 - share)
            assert found[at, node] == expected


@pytest.mark.parametrize("share", SHARES)
def test_the_share_left_out_is_within_binomial_bounds(share: float) -> None:
    rows, steps = np.arange(50), range(1, 26)
    dropout = Dropout(share, 1, IDS)
    is_out = np.stack([kept(dropout, GRAPH, step, rows)[:, HIDDEN] == 0 for step in steps])
    for axes in ((0, 1, 2), (1, 2), (0, 2), (0, 1)):
        means = is_out.mean(axis=axes)
        count = is_out.size // np.size(means)
        # Five standard deviations: fewer than one in a million means lies farther off.
        assert (np.abs(means - share) < 5 * np.sqrt(share * (1 - share) / count)).all()


def test_neighbours_have_nothing_in_common() -> None:
    dropout, rows = Dropout(0.5, 3, IDS), np.arange(100)
    first = kept(dropout, GRAPH, 1, rows)[:, HIDDEN] == 0
    others = [
        kept(dropout, GRAPH, 2, rows)[:, HIDDEN] == 0,
        kept(Dropout(0.5, 4, IDS), GRAPH, 1, rows)[:, HIDDEN] == 0,
        kept(dropout, GRAPH, 1, rows + 1)[:, HIDDEN] == 0,
        kept(Dropout(0.5, 3, IDS + 1), GRAPH, 1, rows)[:, HIDDEN] == 0,
    ]
    for other in others[:2]:
        assert abs((first == other).mean() - 0.5) < 5 * 0.5 / np.sqrt(first.size)
    # Another row, or another node's id: the same hashes, one place on.
    np.testing.assert_array_equal(others[2][:-1], first[1:])
    np.testing.assert_array_equal(others[3][:, :-1], first[:, 1:])


def test_inputs_and_outputs_stay() -> None:
    found = kept(Dropout(0.9, 0, IDS), GRAPH, 1, np.arange(20))
    assert (found[:, :3] == 1.0).all()
    assert (found[:, 83:] == 1.0).all()
    assert set(np.unique(found[:, HIDDEN])) == {0.0, 1.0 / (1.0 - 0.9)}


def test_a_row_is_masked_alike_in_any_batch() -> None:
    dropout = Dropout(0.4, 2, IDS)
    whole = kept(dropout, GRAPH, 5, np.arange(30))
    order = np.random.default_rng(0).permutation(30)
    np.testing.assert_array_equal(kept(dropout, GRAPH, 5, order), whole[order])
    np.testing.assert_array_equal(kept(dropout, GRAPH, 5, order[3:4]), whole[order[3:4]])
