"""Data sets: splits, missing rows, targets and scaling, by hand-worked tables and scikit-learn's scaler."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import StandardScaler

from playground.engine.datasets import BUILT_IN, make_dataset
from playground.model.errors import DataError
from playground.model.experiment import BuiltInData, Column, Table, TableData
from playground.model.keys import Scaling, Split

NAN = float("nan")


def table_of(*columns: Column, rows: list[list[float]]) -> Table:
    return Table(columns, np.array(rows, dtype=np.float64).reshape(-1, len(columns)))


def numbers(count: int) -> Table:
    return table_of(Column("x"), Column("y"), rows=[[i, 10.0 + i] for i in range(count)])


@pytest.mark.parametrize("key", BUILT_IN)
def test_every_built_in_set_is_what_its_info_says(key: str) -> None:
    info = BUILT_IN[key]
    made = make_dataset(BuiltInData(key, count=info.default_count, test_share=0.3, seed=2))
    assert info.key == key == made.name
    assert made.table.columns == info.columns
    assert made.feature_names == info.features
    assert len(made.table.cells) == info.default_count
    assert np.isfinite(made.table.cells).all()
    assert made.left_out == 0


def test_a_set_with_a_fixed_number_of_rows_gives_no_more() -> None:
    assert len(make_dataset(BuiltInData("iris", count=5_000)).table.cells) == 150
    assert len(make_dataset(BuiltInData("iris", count=20)).table.cells) == 20


@given(st.integers(1, 60), st.floats(0, 1), st.sampled_from(["shuffled", "last"]), st.integers(0, 5))
def test_a_split_shares_out_every_row_once(count: int, share: float, split: Split, seed: int) -> None:
    made = make_dataset(TableData(numbers(count), ("y",), share, split, seed))
    assert sorted([*made.train, *made.test]) == list(range(count))
    assert len(made.test) == min(round(count * share), count - 1)
    assert list(made.train) == sorted(made.train)
    assert not made.train.flags.writeable


def test_last_keeps_the_last_rows_for_testing_and_shuffled_does_not() -> None:
    last = make_dataset(TableData(numbers(10), ("y",), 0.3, "last"))
    assert last.test.tolist() == [7, 8, 9]
    tests = {
        tuple(make_dataset(TableData(numbers(10), ("y",), 0.3, "shuffled", seed)).test) for seed in range(5)
    }
    assert len(tests) == 5


def test_rows_with_missing_cells_are_left_out_and_counted() -> None:
    table = table_of(Column("x"), Column("y"), rows=[[1, 2], [NAN, 3], [4, NAN], [5, 6]])
    made = make_dataset(TableData(table, ("y",), 0.0))
    assert made.table.cells.tolist() == [[1, 2], [5, 6]]
    assert made.left_out == 2


def test_scaling_is_fitted_on_the_training_rows_alone() -> None:
    table = table_of(Column("x"), Column("y"), rows=[[1, 100], [3, 300], [5, 200], [1000, -7]])
    made = make_dataset(TableData(table, ("y",), 0.25, "last", 0, "standard"))
    scaler = StandardScaler().fit(table.cells[:3])
    np.testing.assert_allclose(made.offset, scaler.mean_)
    np.testing.assert_allclose(made.scale, scaler.scale_)
    (target,) = made.targets
    np.testing.assert_allclose(target.values, scaler.transform(table.cells)[:, 1])
    assert np.array_equal(made.table.cells, table.cells)
    assert made.scaling == "standard"


@pytest.mark.parametrize("scaling", ["standard", "minmax"])
def test_classes_and_numbers_to_predict_between_0_and_1_are_not_scaled(scaling: Scaling) -> None:
    table = table_of(
        Column("kind", "class", ("a", "b", "c")),
        Column("x"),
        Column("chance"),
        rows=[[0, 5, 0.2], [1, 9, 0.9], [2, 1, 0.5]],
    )
    made = make_dataset(TableData(table, ("chance",), 0.0, scaling=scaling))
    assert (made.offset[0], made.scale[0]) == (0.0, 1.0)
    assert made.offset[1] != 0.0
    assert made.targets[0].values.tolist() == [0.2, 0.9, 0.5]


def test_targets_and_task_follow_the_columns_to_predict() -> None:
    pair, trio = Column("ill", "class", ("no", "yes")), Column("kind", "class", ("a", "b", "c"))
    table = table_of(
        Column("x"), Column("bought"), pair, trio, rows=[[7, 0, 1, 2], [8, 1, 0, 0], [9, 1, 1, 1]]
    )

    def made(*targets: str) -> tuple[str, dict[str, list[float]]]:
        dataset = make_dataset(TableData(table, targets, 0.0))
        return dataset.task, {target.name: target.values.tolist() for target in dataset.targets}

    assert made("x") == ("regression", {"x": [7, 8, 9]})
    assert made("ill") == ("binary", {"ill": [1, 0, 1]})
    assert made("bought") == ("binary", {"bought": [0, 1, 1]})
    assert made("kind") == ("classes", {"kind=a": [0, 1, 0], "kind=b": [0, 0, 1], "kind=c": [1, 0, 0]})
    assert made("ill", "x") == ("regression", {"ill": [1, 0, 1], "x": [7, 8, 9]})
    assert made("bought", "ill")[0] == "binary"


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (BuiltInData("mango"), "There is no built-in data set “mango”; there are avocado, admission, "),
        (BuiltInData("avocado", count=0), "can have 1 to 250,000 rows, not 0"),
        (BuiltInData("avocado", count=300_000), "not 300,000"),
        (BuiltInData("avocado", noise=-1.0), "Noise must be a number from 0 on"),
        (BuiltInData("avocado", test_share=1.5), "between 0 and 1, not 1.5"),
        (TableData(numbers(3), ("z",)), "The table has no column “z” to predict."),
        (TableData(numbers(3), ()), "No column to predict has been chosen."),
        (TableData(numbers(0), ("y",)), "The table has no rows."),
        (
            TableData(table_of(Column("x"), Column("y"), rows=[[NAN, 1], [2, NAN]]), ("y",)),
            "Each of the 2 rows has a missing value.",
        ),
        (
            TableData(table_of(Column("x"), Column("y", "class", ("on",)), rows=[[1, 0], [2, 0]]), ("y",)),
            "Every row says “on” in the column “y”, so there is nothing to tell apart.",
        ),
        (
            TableData(table_of(Column("x"), Column("y"), rows=[[1, 2], [float("inf"), 2]]), ("y",)),
            "Row 2 of the column “x” is infinite.",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(spec: BuiltInData | TableData, sentence: str) -> None:
    with pytest.raises(DataError) as refused:
        make_dataset(spec)
    assert sentence in str(refused.value)


def test_scikit_learn_is_loaded_for_iris_alone() -> None:
    program = """
import sys
from playground.engine.datasets import make_dataset
from playground.model.experiment import BuiltInData
make_dataset(BuiltInData("avocado"))
assert not any(name.startswith(("sklearn", "scipy")) for name in sys.modules), "too early"
make_dataset(BuiltInData("iris"))
assert "sklearn" in sys.modules
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
