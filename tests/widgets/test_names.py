"""Every key that can be chosen has a name at every level."""

from __future__ import annotations

import pytest

from playground.model.keys import (
    ACTIVATIONS,
    INITIALIZATIONS,
    LEVELS,
    LOSSES,
    OPTIMIZERS,
    REGULARIZATIONS,
    SCALINGS,
)
from widgets import names
from widgets.names import Names, name_of, readable

TABLES = {
    "activations": (names.ACTIVATION_NAMES, ACTIVATIONS),
    "losses": (names.LOSS_NAMES, LOSSES),
    "optimizers": (names.OPTIMIZER_NAMES, OPTIMIZERS),
    "regularizations": (names.REGULARIZATION_NAMES, REGULARIZATIONS),
    "initializations": (names.INITIALIZATION_NAMES, INITIALIZATIONS),
    "scalings": (names.SCALING_NAMES, SCALINGS),
}


@pytest.mark.parametrize(("table", "keys"), TABLES.values(), ids=TABLES)
def test_the_table_is_complete_and_no_two_names_are_alike(table: Names, keys: tuple[str, ...]) -> None:
    assert tuple(table) == keys
    for level in LEVELS:
        called = [name_of(table, key, level) for key in keys]
        assert len(set(called)) == len(called)
        assert all(called)


@pytest.mark.parametrize(
    ("column", "shown"),
    [("skin_colour", "Skin colour"), ("ripe", "Ripe"), ("GPA", "GPA"), ("", ""), ("_", "_")],
)
def test_columns_are_shown_as_people_read_them(column: str, shown: str) -> None:
    assert readable(column) == shown
