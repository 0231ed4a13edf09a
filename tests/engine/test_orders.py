"""Orders of rows, many epochs at once: a function of seed and epoch alone, and fair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.orders import DRAWN, LARGER, MOST_EPOCHS, Orders


@given(
    count=st.integers(1, 300), seed=st.integers(0, 2**40), first=st.integers(0, 5000), n=st.integers(1, 40)
)
def test_every_order_has_every_place_once(count: int, seed: int, first: int, n: int) -> None:
    orders = Orders(count, seed).of(first, n)
    assert orders.dtype == np.intp
    np.testing.assert_array_equal(np.sort(orders, axis=1), np.tile(np.arange(count), (n, 1)))


@pytest.mark.parametrize("count", [1, 3, 250, DRAWN, DRAWN + 5])
def test_an_epoch_has_its_order_whatever_it_is_asked_with(count: int) -> None:
    small = min(MOST_EPOCHS, max(1, DRAWN // count))
    n = (LARGER + 1) * small  # from the first blocks far into a larger one
    together, drawn = Orders(count, 5).of(7, n), Orders(count, 5)
    for place in (0, small - 8, small, n // 2, LARGER * small - 8, LARGER * small, n - 1):
        if not 0 <= place < n:
            continue
        np.testing.assert_array_equal(drawn.of(7 + place, 1)[0], together[place])
        np.testing.assert_array_equal(Orders(count, 5).of(7 + place, 1)[0], together[place])


def test_each_row_comes_at_each_place_equally_often() -> None:
    n = 20_000
    orders = Orders(8, 1).of(0, n)
    for place in range(8):
        shares = np.bincount(orders[:, place], minlength=8) / n
        # Five standard deviations of a share of one eighth.
        np.testing.assert_allclose(shares, 1 / 8, atol=5 * np.sqrt(7 / 64 / n))


@pytest.mark.parametrize("count", [7, 250, 3000])
def test_what_was_drawn_ahead_is_what_would_have_been_drawn(count: int) -> None:
    ahead, plain = Orders(count, 2), Orders(count, 2)
    ahead.draw_ahead(40, 100)
    for first, n in ((40, 100), (45, 10), (139, 1), (39, 3), (139, 2), (0, 200)):
        np.testing.assert_array_equal(ahead.of(first, n), plain.of(first, n))
