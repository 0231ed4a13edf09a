"""Codes match the keys of the format, and every table has a row for each."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kernels import activations, codes, losses, optimizers
from playground.model import keys


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (codes.ACTIVATION_CODES, keys.ACTIVATIONS),
        (codes.LOSS_CODES, keys.LOSSES),
        (codes.OPTIMIZER_CODES, keys.OPTIMIZERS),
        (codes.REGULARIZATION_CODES, keys.REGULARIZATIONS),
        (codes.SCHEDULE_CODES, keys.SCHEDULES),
    ],
)
def test_codes_are_the_places_of_the_keys(table: Mapping[str, int], names: tuple[str, ...]) -> None:
    assert tuple(table) == names
    assert list(table.values()) == list(range(len(names)))


def test_every_code_has_its_row_in_the_tables() -> None:
    assert len(activations.ACTIVATIONS) == len(keys.ACTIVATIONS)
    assert len(losses.LOSSES) == len(keys.LOSSES)
    assert len(optimizers.MOMENT_COUNTS) == len(keys.OPTIMIZERS)
