"""Packed operands are the same numbers in another place, and zeros where there are none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numba import njit

from kernels.ladder.packing import pack_panel, pack_rows
from kernels.ladder.vectors import pointer_to
from kernels.ladder.views import View, are_mixed


@njit
def view(x: Any) -> View:
    return View(pointer_to(x), x.strides[0] // x.itemsize, x.strides[1] // x.itemsize)


@njit
def packed_rows(a: Any, packed: Any) -> None:
    pack_rows(view(a), a.shape[0], a.shape[1], view(packed))


@njit
def packed_panel(b: Any, packed: Any) -> None:
    pack_panel(view(b), b.shape[0], b.shape[1], view(packed))


def views_of(x: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
    wide = np.zeros((2 * x.shape[0], 3 * x.shape[1]), x.dtype)
    wide[::2, ::3] = x
    return [x, np.asfortranarray(x), wide[::2, ::3], np.ascontiguousarray(x[::-1, ::-1])[::-1, ::-1]]


@pytest.mark.parametrize("depth", [1, 16, 37])
def test_rows(depth: int, rng: np.random.Generator) -> None:
    a = rng.standard_normal((5, depth)).astype(np.float32)
    for x in views_of(a):
        packed = np.full((6, depth + 3), 7, np.float32)
        packed_rows(x, packed)
        assert (packed[:5, :depth] == a).all()
        assert (packed[5:] == 7).all()
        assert (packed[:, depth:] == 7).all()


@pytest.mark.parametrize("depth", [1, 16, 37])
def test_a_panel(depth: int, rng: np.random.Generator) -> None:
    b = rng.standard_normal((depth, 5)).astype(np.float32)
    for x in views_of(b):
        packed = np.full((depth + 1, 8), 7, np.float32)
        packed_panel(x, packed)
        assert (packed[:depth, :5] == b).all()
        assert (packed[:depth, 5:] == 0).all()
        assert (packed[depth:] == 7).all()


def test_matrices_that_lie_apart_are_told_from_others() -> None:
    room = np.zeros((8, 8))
    upper, lower = room[:4], room[4:]
    pairs = [(upper, lower), (room[:5], lower), (upper[::-1], lower.T), (room[:5].T, lower[::-1])]
    pairs += [(room[:0], room), (room[::2], room[1::2])]
    assert [are_mixed(x, y) for x, y in pairs] == [np.may_share_memory(x, y) for x, y in pairs]
