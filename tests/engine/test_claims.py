"""Claims: which output answers for which target."""

from __future__ import annotations

import numpy as np
import pytest

from playground.engine.binding import bind
from playground.engine.claims import claims
from playground.engine.datasets import make_dataset
from playground.model.dataset import Dataset
from playground.model.errors import DataError
from playground.model.experiment import Column, Table, TableData
from playground.model.network import Network, Node

COLUMNS = (
    Column("x"),
    Column("y"),
    Column("ill", "class", ("no", "yes")),
    Column("kind", "class", ("a", "b", "c")),
)
ROWS = [[1.0, 5.0, 1, 2], [2.0, 6.0, 0, 0], [3.0, 7.0, 0, 1]]


def dataset(*targets: str) -> Dataset:
    return make_dataset(TableData(Table(COLUMNS, np.array(ROWS)), targets, test_share=0.0))


def outputs(*targets: str | None) -> Network:
    return Network.build(
        [Node(i + 1, "output", label=f"Out {i + 1}", target=t) for i, t in enumerate(targets)]
    )


def claimed(data: Dataset, *targets: str | None) -> list[str | None]:
    return [claim.name if claim else None for claim in claims(outputs(*targets), data)]


def test_outputs_take_the_targets_in_order() -> None:
    assert claimed(dataset("y", "kind"), None, None, None, None) == ["y", "kind=a", "kind=b", "kind=c"]
    assert claimed(dataset("kind", "y"), None, None) == ["kind=a", "kind=b"]
    assert claimed(dataset("y"), None, None) == ["y", None]


def test_a_named_target_is_taken_out_of_the_order() -> None:
    assert claimed(dataset("y", "kind"), None, "y", None) == ["kind=a", "y", "kind=b"]
    assert claimed(dataset("kind"), None, "kind=a", None) == ["kind=b", "kind=a", "kind=c"]


def test_two_classes_are_one_target_for_one_output_and_two_for_two() -> None:
    data = dataset("ill")
    assert claimed(data, None) == ["ill"]
    assert claimed(data, None, None) == ["ill=no", "ill=yes"]
    assert claimed(data, None, "ill=yes") == ["ill=no", "ill=yes"]
    assert claimed(data, "ill=no") == ["ill=no"]
    assert claimed(dataset("ill", "y"), None, None) == ["ill", "y"]


def test_a_claim_gives_the_answers_that_are_expected() -> None:
    bound = bind(outputs("kind=c", "ill=no", "ill", "y"), dataset("kind", "ill", "y"))
    assert bound.train_targets.tolist() == [[1, 0, 1, 5], [0, 1, 0, 6], [0, 1, 0, 7]]


def test_an_output_without_a_target_is_listed_and_has_no_answer() -> None:
    bound = bind(outputs(None, None), dataset("y"))
    assert bound.unclaimed == (2,)
    assert np.isnan(bound.train_targets[:, 1]).all()
    assert bound.train_targets[:, 0].tolist() == [5, 6, 7]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("z", "Out 1 is to predict “z”, but the data has no such column to predict; it has ill, kind."),
        ("x", "no such column to predict"),
        ("ill=maybe", "no such column to predict"),
        ("kind", "“kind”, which has 3 classes: name one, as in “kind=a”."),
    ],
)
def test_a_target_that_is_not_there_is_named_with_its_node(target: str, sentence: str) -> None:
    with pytest.raises(DataError) as refused:
        claims(outputs(target), dataset("ill", "kind"))
    assert sentence in str(refused.value)


def test_a_column_with_an_equals_sign_in_its_name_is_found_whole() -> None:
    columns = (Column("x"), Column("a=b"), Column("a", "class", ("b", "c")))
    data = make_dataset(
        TableData(Table(columns, np.array([[0.0, 7.0, 1.0], [1.0, 8.0, 0.0]])), ("a=b", "a"), 0.0)
    )
    bound = bind(outputs("a=b", "a=c"), data)
    assert bound.train_targets.tolist() == [[7, 1], [8, 0]]


def test_at_a_tanh_one_of_two_classes_is_minus_one() -> None:
    network = Network.build(
        [Node(1, "output", "tanh", target="ill"), Node(2, "output", "tanh", target="kind=a")]
    )
    bound = bind(network, dataset("ill", "kind"))
    assert bound.train_targets.tolist() == [[1.0, 0.0], [-1.0, 1.0], [-1.0, 0.0]]
    assert bind(outputs("ill"), dataset("ill")).train_targets.ravel().tolist() == [1.0, 0.0, 0.0]
