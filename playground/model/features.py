"""Features: what an input node can read from a table, and whether a formula of columns can be read at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from playground.model import formula
from playground.model.dataset import Dataset
from playground.model.experiment import Column
from playground.model.message import Message, message
from playground.model.network import Network
from playground.model.parameters import Floats

Shape = tuple[tuple[str, str | float], ...]
"""A feature in a form in which two that mean the same are equal."""

SMALL_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_NUMBERED = re.compile(r"[a-z]\d{1,3}")


@dataclass(frozen=True, slots=True)
class FeatureOffer:
    """Something that an input can read, and what people call it."""

    feature: str
    label: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said about a feature that somebody types.

    problem : why it cannot be read; None where it can
    start, end : the part of the text that the problem is about, in characters; equal where there is none
    warning : what people should know of a feature that can be read
    """

    problem: Message | None = None
    start: int = 0
    end: int = 0
    warning: Message | None = None


def readable(name: str) -> str:
    """A column's name as people read it: `skin_colour` is "Skin colour", `x1` is "x₁"."""
    if _NUMBERED.fullmatch(name):
        return name.translate(SMALL_DIGITS)
    words = " ".join(name.replace("_", " ").split())
    return (words[:1].upper() + words[1:]) or name


def offers(dataset: Dataset) -> tuple[FeatureOffer, ...]:
    """Return what a network may read of a data set.

    Of two columns of numbers: each, its square, their product and the sine of each. Otherwise every column,
    and of a column of three or more classes each class.
    """
    columns = [column for column in dataset.table.columns if column.name in dataset.feature_names]
    if len(columns) == 2 and all(column.kind == "number" for column in columns):
        return tuple(_of_two(columns[0].name, columns[1].name))
    return tuple(offer for column in columns for offer in _of_column(column))


def readers(network: Network, feature: str, columns: Collection[str]) -> tuple[int, ...]:
    """Return the ids of the input nodes that read a feature, however its formula is written."""
    return all_readers(network, columns).get(shape(feature, columns), ())


def all_readers(network: Network, columns: Collection[str]) -> Mapping[Shape, tuple[int, ...]]:
    """Return for every feature that is read, by its shape, the ids of the input nodes that read it."""
    found: dict[Shape, tuple[int, ...]] = {}
    for node in network.inputs:
        feature = network.nodes[node].feature
        if feature is not None:
            key = shape(feature, columns)
            found[key] = (*found.get(key, ()), node)
    return found


def shape(feature: str, columns: Collection[str]) -> Shape:
    """Return a feature's operations in order, without blanks, brackets and other ways to write the same.

    columns : names of the table's columns; an exact name is that column
    """
    if feature in columns:
        return (("column", feature),)
    try:
        operations = formula.parse(feature).operations
    except formula.FormulaError:
        return (("text", feature),)
    found: list[tuple[str, str | float]] = []
    for operation in operations:
        if operation.kind == "number":
            found.append(("number", operation.number))
        elif (operation.kind, operation.name) == ("function", "square"):
            found += [("number", 2.0), ("operator", "^")]
        else:
            found.append((operation.kind, operation.name))
    return tuple(found)


def check(feature: str, dataset: Dataset, network: Network) -> Verdict:
    """Say whether a feature can be read in every row of a data set, and what is wrong with it where not."""
    text = feature.strip()
    names = [column.name for column in dataset.table.columns]
    answers = set(names) - set(dataset.feature_names)
    if not text:
        return Verdict(message("Type a formula of columns, such as {example}.", example=example(dataset)))
    if text in names:
        return _of_values(text, dataset, network, dataset.table.cells[:, names.index(text)], answers)
    places = {
        f"{column.name}={name}": (position, index)
        for position, column in enumerate(dataset.table.columns)
        for index, name in enumerate(column.classes)
    }
    if text in places:
        position, index = places[text]
        values = (dataset.table.cells[:, position] == index).astype(np.float64)
        return _of_values(text, dataset, network, values, answers)
    return _of_formula(text, feature.index(text), dataset, network, answers)


def constant_columns(dataset: Dataset) -> tuple[str, ...]:
    """Names of the columns offered as inputs that say the same in every row."""
    return tuple(
        column.name
        for position, column in enumerate(dataset.table.columns)
        if column.name in dataset.feature_names and _is_constant(dataset.table.cells[:, position])
    )


def example(dataset: Dataset) -> str:
    """Return a formula of a data set's columns, as an example."""
    known = [column.name for column in dataset.table.columns if column.name in dataset.feature_names]
    numbers = [column.name for column in dataset.table.columns if column.kind == "number"]
    chosen = [formula.quoted(name) for name in known if name in numbers] or ["x"]
    return f"{chosen[0]} * {chosen[min(1, len(chosen) - 1)]}"


def _of_two(first: str, second: str) -> Iterator[FeatureOffer]:
    x, y = readable(first), readable(second)
    a, b = formula.quoted(first), formula.quoted(second)
    yield FeatureOffer(first, x)
    yield FeatureOffer(second, y)
    yield FeatureOffer(f"{a}^2", f"{x}²")
    yield FeatureOffer(f"{b}^2", f"{y}²")
    yield FeatureOffer(f"{a} * {b}", f"{x} · {y}")
    yield FeatureOffer(f"sin({a})", f"sin {x}")
    yield FeatureOffer(f"sin({b})", f"sin {y}")


def _of_column(column: Column) -> Iterator[FeatureOffer]:
    if len(column.classes) > 2:
        for text in column.classes:
            yield FeatureOffer(f"{column.name}={text}", f"{readable(column.name)}: {text}")
    else:
        yield FeatureOffer(column.name, readable(column.name))


def _of_formula(
    text: str, offset: int, dataset: Dataset, network: Network, answers: Collection[str]
) -> Verdict:
    try:
        found = formula.parse(text)
    except formula.FormulaError as error:
        return _at(error.message, offset, error.position, error.position + 1)
    columns = {column.name: position for position, column in enumerate(dataset.table.columns)}
    for operation in found.operations:
        if operation.kind != "column":
            continue
        if operation.name not in columns:
            told = message("There is no column “{name}” in the data.", name=operation.name)
            return _at(told, offset, operation.start, operation.end)
        if operation.name in answers:
            return _at(_gives_away(operation.name), offset, operation.start, operation.end)
    read = {name: dataset.table.cells[:, columns[name]] for name in found.columns}
    try:
        values = found.evaluate(read, len(dataset.table.cells))
    except formula.FormulaValueError as error:
        start = max(0, text.find(error.part))
        return _at(error.message, offset, start, start + len(error.part))
    return _of_values(text, dataset, network, values, answers)


def _of_values(
    text: str, dataset: Dataset, network: Network, values: Floats, answers: Collection[str]
) -> Verdict:
    """The verdict on a feature that has a value in every row."""
    names = [column.name for column in dataset.table.columns]
    column = text if text in names else text.partition("=")[0]
    if column in answers:
        return Verdict(_gives_away(column), 0, len(text))
    if readers(network, text, names):
        return Verdict(message("The network reads this already."), 0, len(text))
    if _is_constant(values):
        return Verdict(
            warning=message("This is the same number in every row, so nothing can be learned from it.")
        )
    return Verdict()


def _at(reason: Message, offset: int, start: int, end: int) -> Verdict:
    return Verdict(reason, offset + start, offset + end)


def _gives_away(column: str) -> Message:
    return message("“{name}” is what the network is to answer: reading it tells the answer.", name=column)


def _is_constant(values: Floats) -> bool:
    return bool(len(values)) and bool(np.ptp(values) == 0)
