"""Regions, and values as levels of colour."""

from __future__ import annotations

import numpy as np

from playground.model.maps import FULL, MIDDLE, NO_VALUE, DecisionMap, Region, levels, middles

REGION = Region(0, 2, (-2.0, 2.0), (10.0, 20.0), (9.0, 7.0, 9.0))


def test_the_grid_has_high_values_on_top_and_grows_to_the_right() -> None:
    cells = REGION.cells(4, 5).reshape(5, 4, 3)
    np.testing.assert_allclose(cells[0, :, 0], [-1.5, -0.5, 0.5, 1.5])
    np.testing.assert_allclose(cells[:, 0, 2], [19.0, 17.0, 15.0, 13.0, 11.0])
    assert (cells[:, :, 1] == 7.0).all()


def test_places_and_shares_are_inverse() -> None:
    assert REGION.place(0.0, 0.0) == (-2.0, 20.0)
    assert REGION.place(1.0, 1.0) == (2.0, 10.0)
    rng = np.random.default_rng(0)
    for across, down in rng.random((20, 2)).tolist():
        cells = REGION.cells_at(*REGION.place(across, down))
        np.testing.assert_allclose(REGION.shares(cells[np.newaxis]), [[across, down]])


def test_a_point_is_in_the_field_that_was_computed_for_it() -> None:
    cells = REGION.cells(8, 6)
    rows, columns = np.divmod(np.arange(48), 8)
    shares = REGION.shares(cells)
    np.testing.assert_array_equal((shares[:, 0] * 8).astype(int), columns)
    np.testing.assert_array_equal((shares[:, 1] * 6).astype(int), rows)
    values = np.arange(48, dtype=np.float32).reshape(1, 6, 8)
    shown = DecisionMap(REGION, values, ())
    for index, (across, down) in enumerate(shares.tolist()):
        assert shown.at(across, down) == index


def test_one_column_is_a_row() -> None:
    region = Region(1, None, (0.0, 1.0), (0.0, 1.0), (5.0, 5.0))
    cells = region.cells(4, 1)
    np.testing.assert_allclose(cells, np.column_stack([np.full(4, 5.0), middles(0, 1, 4)]))
    np.testing.assert_allclose(region.shares(cells)[:, 1], 0.5)


def test_levels_have_ends_a_middle_and_a_gap() -> None:
    values = np.array([-9.0, -1.0, 0.0, 1.0, 9.0, np.nan, np.inf, -np.inf])
    expected = [0, 0, MIDDLE, MIDDLE + FULL, 2 * FULL, NO_VALUE, NO_VALUE, NO_VALUE]
    assert levels(values).tolist() == expected
    assert levels(np.array([2.0, 4.0, 3.0]), 3.0, 1.0).tolist() == [0, 254, MIDDLE]
    assert levels(np.array([2.0, 4.0]), 3.0, -1.0).tolist() == [254, 0]


def test_levels_rise_with_values() -> None:
    found = levels(np.linspace(-1, 1, 101))
    assert (np.diff(found.astype(int)) > 0).all()
    assert not found.flags.writeable
