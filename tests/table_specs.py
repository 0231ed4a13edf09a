"""Data specs for tables, with what the program proposes for them."""

from __future__ import annotations

from collections.abc import Sequence

from playground.engine.fitting import fitting_scaling
from playground.model.experiment import Table, TableData


def table_spec(table: Table, targets: Sequence[str]) -> TableData:
    """A table to learn from: a quarter kept for testing, scaled where it helps."""
    return TableData(table, tuple(targets), test_share=0.25, scaling=fitting_scaling(table))
