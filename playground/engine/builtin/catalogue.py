"""Every built-in data set: what it is called, what it holds, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from playground.engine.builtin import admission, avocado, measured, points, surfaces
from playground.engine.builtin.measured import Measured
from playground.model.experiment import Column, Table
from playground.model.keys import Scaling
from playground.model.message import Message, message

Family = Literal["points", "stories", "measured"]
"""Where a set is offered: points on a plane, small worlds with a rule, or real measurements."""

POINT_COUNT = 500
COLOUR_COUNTS = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """A built-in data set.

    make : (count, noise, generator) -> Table
    max_count : how many rows there are at most; None where any number can be made
    scaling : applied to its columns, fitted on the training rows
    default_count : a number of rows that works well
    base : the key of the version with two colours; its own key where there are no versions
    n_colours : how many colours the points of this version have; 0 where they have none
    """

    key: str
    title: Message
    sentence: Message
    columns: tuple[Column, ...]
    targets: tuple[str, ...]
    make: Callable[[int, float, np.random.Generator], Table]
    family: Family
    max_count: int | None = None
    scaling: Scaling = "none"
    default_count: int = 400
    base: str = ""
    n_colours: int = 0

    @property
    def features(self) -> tuple[str, ...]:
        """Names of the columns that are offered as inputs."""
        return tuple(column.name for column in self.columns if column.name not in self.targets)


FIGURES: tuple[tuple[str, Message, Message], ...] = (
    (
        "circle",
        message("Circle"),
        message("A disc inside a ring: no straight line tells the colours apart."),
    ),
    (
        "exclusive_or",
        message("Exclusive or"),
        message("Opposite corners alike: either, but not both."),
    ),
    (
        "two_gaussians",
        message("Clouds"),
        message("A cloud for each colour: a straight line nearly does it."),
    ),
    (
        "spiral",
        message("Spiral"),
        message("Arms wound into each other: the hardest of the figures."),
    ),
)
"""The figures of points: key, title, sentence."""


def figure_key(base: str, n_colours: int) -> str:
    """Return the key of a figure with so many colours."""
    return base if n_colours == 2 else f"{base}-{n_colours}"


def _figures() -> Iterator[DatasetInfo]:
    for n_colours in COLOUR_COUNTS:
        for base, title, sentence in FIGURES:
            yield DatasetInfo(
                figure_key(base, n_colours),
                title,
                sentence,
                points.columns(n_colours),
                points.TARGETS,
                points.maker(base, n_colours),
                "points",
                default_count=POINT_COUNT,
                base=base,
                n_colours=n_colours,
            )


def _surfaces() -> Iterator[DatasetInfo]:
    for key, title, sentence, make in (
        (
            "plane",
            message("Slope"),
            message("A number that rises evenly from one corner to the other."),
            surfaces.make_plane,
        ),
        (
            "hills",
            message("Hills"),
            message("A number with hills and hollows: how high is it here?"),
            surfaces.make_hills,
        ),
    ):
        yield DatasetInfo(
            key,
            title,
            sentence,
            surfaces.COLUMNS,
            surfaces.TARGETS,
            make,
            "points",
            default_count=POINT_COUNT,
            base=key,
        )


def _stories() -> Iterator[DatasetInfo]:
    yield DatasetInfo(
        "avocado",
        message("Avocados"),
        message("Height, squishiness and skin colour of an avocado: is it ripe?"),
        avocado.COLUMNS,
        avocado.TARGETS,
        avocado.make,
        "stories",
        base="avocado",
    )
    yield DatasetInfo(
        "admission",
        message("College admission"),
        message("Grades and test scores of an applicant: admitted or not?"),
        admission.COLUMNS,
        admission.TARGETS,
        admission.make,
        "stories",
        base="admission",
    )


def _measured() -> Iterator[DatasetInfo]:
    for key, title, sentence, rows in (
        (
            "iris",
            message("Iris flowers"),
            message("Four measurements of a flower: which of three species is it?"),
            measured.IRIS,
        ),
        (
            "wine",
            message("Wines"),
            message("Thirteen measurements of a wine: which of three growers made it?"),
            measured.WINE,
        ),
        (
            "breast_cancer",
            message("Breast cancer"),
            message("Thirty measurements of cells: is the tumour benign or malignant?"),
            measured.BREAST_CANCER,
        ),
        (
            "digits",
            message("Digits"),
            message("Handwritten digits, pictures of 8 × 8 points: which one is it?"),
            measured.DIGITS,
        ),
        (
            "diabetes",
            message("Diabetes"),
            message("Ten facts about a patient: how far does the illness go on in a year?"),
            measured.DIABETES,
        ),
    ):
        yield _real(key, title, sentence, rows)


def _real(key: str, title: Message, sentence: Message, rows: Measured) -> DatasetInfo:
    return DatasetInfo(
        key,
        title,
        sentence,
        rows.columns,
        rows.targets,
        rows.make,
        "measured",
        max_count=rows.row_count,
        scaling="none" if rows.is_bounded else "standard",
        default_count=rows.row_count,
        base=key,
    )


BUILT_IN: Mapping[str, DatasetInfo] = MappingProxyType(
    {info.key: info for part in (_stories, _figures, _surfaces, _measured) for info in part()}
)
"""Every built-in data set by its key in the file, in the order in which they are offered."""
