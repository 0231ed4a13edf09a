"""What inputs can read: what is offered, what means the same, and what is said of a typed formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.engine.binding import input_values
from playground.engine.datasets import make_dataset
from playground.model import features, formula
from playground.model.dataset import Dataset
from playground.model.experiment import BuiltInData, Column, Table, TableData
from playground.model.message import sentence
from playground.model.network import Network, Node

CELLS = np.array([[0.0, 2.0, 7.0, 0.0, 1.0], [1.0, 3.0, 7.0, 1.0, 0.0], [4.0, 5.0, 7.0, 2.0, 1.0]])


@pytest.fixture
def dataset() -> Dataset:
    columns = (
        Column("width"),
        Column("two words"),
        Column("flat"),
        Column("kind", "class", ("a", "b", "c")),
        Column("good", "class", ("no", "yes")),
    )
    return make_dataset(TableData(Table(columns, CELLS.copy()), ("good",), test_share=0.0))


def reading(*read: str) -> Network:
    return Network.build([Node(n, "input", feature=text) for n, text in enumerate(read, start=1)])


def test_two_columns_of_numbers_come_with_squares_product_and_sines() -> None:
    points = make_dataset(BuiltInData("spiral", count=40))
    offered = features.offers(points)
    assert [offer.label for offer in offered] == [
        "x₁", "x₂", "x₁²", "x₂²", "x₁ · x₂", "sin x₁", "sin x₂",
    ]  # fmt: skip
    network = reading(*(offer.feature for offer in offered))
    x, y = points.table.cells[:, 0], points.table.cells[:, 1]
    expected = np.column_stack([x, y, x * x, y * y, x * y, np.sin(x), np.sin(y)])
    np.testing.assert_allclose(input_values(network, points, points.table.cells), expected, atol=1e-12)


def test_other_tables_offer_columns_and_classes(dataset: Dataset) -> None:
    offered = features.offers(dataset)
    assert [offer.feature for offer in offered] == [
        "width", "two words", "flat", "kind=a", "kind=b", "kind=c",
    ]  # fmt: skip
    network = reading(*(offer.feature for offer in offered))
    kinds = np.eye(3)
    np.testing.assert_array_equal(
        input_values(network, dataset, CELLS), np.column_stack([CELLS[:, :3], kinds])
    )


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("width ^ 2", "square(width)", True),
        ("(width)*  2", "width * 2", True),
        ("`two words`", "two words", True),
        ("width + 1", "1 + width", False),
        ("kind=a", "kind=b", False),
        ("not a formula (", "not a formula (", True),
    ],
)
def test_features_that_mean_the_same_are_one(one: str, other: str, alike: bool, dataset: Dataset) -> None:
    names = [column.name for column in dataset.table.columns]
    assert (features.shape(one, names) == features.shape(other, names)) is alike
    assert (features.readers(reading(one), other, names) == (1,)) is alike


@pytest.mark.parametrize(
    ("text", "wrong", "said"),
    [
        ("", "", "Type a formula"),
        ("  width / (width - 4)", "width / (width - 4)", "row 3: it divides by 0"),
        ("log(width)", "log(width)", "a logarithm needs a number above 0"),
        ("sqrt(0 - `two words`)", "sqrt(0 - `two words`)", "not negative"),
        ("width + height", "height", "There is no column “height”"),
        ("2 * good", "good", "tells the answer"),
        ("good", "good", "tells the answer"),
        ("good=yes", "good=yes", "tells the answer"),
        ("width +", "", "missing"),
        ("width $ 2", "$", "no meaning"),
        ("two words + 1", "w", "an operator such as"),
        ("square(width", "", "closing bracket"),
        ("sinus(width)", "s", "no function “sinus”"),
        ("exp(width * 1000)", "exp(width * 1000)", "too large"),
        ("flat", "flat", "reads this already"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(
    text: str, wrong: str, said: str, dataset: Dataset
) -> None:
    verdict = features.check(text, dataset, reading("flat"))
    assert verdict.problem is not None
    assert said in sentence(verdict.problem)
    assert text[verdict.start : verdict.end] == wrong


def test_what_is_always_the_same_is_noticed(dataset: Dataset) -> None:
    for text in ("flat", "flat * 2 - 1", "width - width"):
        verdict = features.check(text, dataset, reading())
        assert verdict.problem is None
        assert verdict.warning is not None
    assert features.check("width", dataset, reading()) == features.Verdict()
    assert features.constant_columns(dataset) == ("flat",)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=40) | st.text(alphabet="wid th+-*/^()0.5`sinlog=", max_size=30))
def test_any_text_is_judged_and_what_passes_can_be_read(text: str) -> None:
    points = make_dataset(TableData(Table((Column("w"), Column("d")), np.eye(2) + 1), ("d",), test_share=0.0))
    verdict = features.check(text, points, reading())
    if verdict.problem is None:
        values = input_values(reading(text.strip()), points, points.table.cells)
        assert np.isfinite(values).all()
    else:
        assert 0 <= verdict.start <= verdict.end <= max(len(text), formula.MAX_LENGTH) + 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x1", "x₁"),
        ("x12", "x₁₂"),
        ("skin_colour", "Skin colour"),
        ("X1", "X1"),
        ("abc1", "Abc1"),
        ("_", "_"),
    ],
)
def test_names_are_readable(name: str, expected: str) -> None:
    assert features.readable(name) == expected
