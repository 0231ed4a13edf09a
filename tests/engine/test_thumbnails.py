"""Pictures of data sets show their own rows, and need no library."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from sklearn import datasets

from playground.engine.builtin import glimpses, measured
from playground.engine.datasets import BUILT_IN
from playground.engine.thumbnails import thumbnail

SETS = {
    "iris": measured.IRIS,
    "wine": measured.WINE,
    "breast_cancer": measured.BREAST_CANCER,
    "diabetes": measured.DIABETES,
}


@pytest.mark.parametrize("key", BUILT_IN)
def test_every_set_has_a_picture(key: str) -> None:
    made = thumbnail(key)
    assert made is thumbnail(key)
    if made.picture is None:
        assert len(made.points) >= 40
        assert made.points.min() == 0.0
        assert made.points.max() == 1.0
        assert (made.classes is None) != (made.values is None)
    if made.classes is not None:
        assert set(made.classes.tolist()) == set(range(len(BUILT_IN[key].columns[-1].classes)))
    if made.values is not None:
        assert (made.values.min(), made.values.max()) == pytest.approx((-1.0, 1.0))


@pytest.mark.parametrize("key", glimpses.ROWS)
def test_the_rows_are_scikit_learns(key: str) -> None:
    rows = SETS[key]
    cells = rows.make(rows.row_count, 0.0, np.random.default_rng(0)).cells
    places = [*(rows.features.index(name) for name in glimpses.COLUMNS[key]), -1]
    known = {tuple(row) for row in np.round(cells[:, places], 4).tolist()}
    assert {tuple(np.round(row, 4).tolist()) for row in glimpses.ROWS[key]} <= known


def test_the_digit_is_scikit_learns() -> None:
    pictures, digits = datasets.load_digits(return_X_y=True)
    assert np.array_equal(pictures[glimpses.DIGIT_ROW].reshape(8, 8), glimpses.DIGIT)
    assert digits[glimpses.DIGIT_ROW] == 3


def test_no_library_is_loaded() -> None:
    code = (
        "import sys; from playground.engine.datasets import BUILT_IN; "
        "from playground.engine.thumbnails import thumbnail; "
        "[thumbnail(key) for key in BUILT_IN]; print('sklearn' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.strip() == "False"
