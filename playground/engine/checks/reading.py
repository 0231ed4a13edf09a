"""Inputs from which nothing can be learned: those that read the answer, and those that never change."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.engine.binding import InputMap
from playground.engine.checks.finding import Finding, Situation, told
from playground.model import edits
from playground.model.experiment import TableData
from playground.model.message import message


def reads_answer(situation: Situation) -> Iterator[Finding]:
    """Find inputs that read a column which is to be answered, or work something out from it."""
    bound, network = situation.bound, situation.experiment.network
    if bound is None:
        return
    offered = set(bound.dataset.feature_names)
    answers = {n for n, column in enumerate(bound.dataset.table.columns) if column.name not in offered}
    readings = InputMap.of(network, bound.dataset).readings
    names = [column.name for column in bound.dataset.table.columns]
    found = tuple(
        reading.node
        for reading in readings
        if reading is not None
        and answers.intersection(
            (reading.column,)
            if reading.formula is None
            else (names.index(name) for name in reading.formula.columns)
        )
    )
    if found:
        yield Finding(
            "reads_answer",
            told(
                network,
                found,
                message("{node} reads what is to be answered, so the network need not learn anything."),
                message("{count} inputs, among them {node}, read what is to be answered: it is given away."),
            ),
            message("Take them away") if len(found) > 1 else message("Take it away"),
            edits.delete(found),
            found,
        )


def constant_input(situation: Situation) -> Iterator[Finding]:
    """Find inputs that read the same number in every row of a person's own table."""
    bound, network = situation.bound, situation.experiment.network
    if bound is None or not isinstance(situation.experiment.data, TableData) or len(bound.train_inputs) < 2:
        return
    is_constant = np.ptp(bound.train_inputs, axis=0) == 0
    found = tuple(
        node
        for node, same in zip(network.inputs, is_constant.tolist(), strict=True)
        if same and network.nodes[node].feature is not None
    )
    if found:
        yield Finding(
            "constant_input",
            told(
                network,
                found,
                message("{node} is the same in every row, so nothing can be learned from it."),
                message("{count} inputs, among them {node}, are the same in every row: they teach nothing."),
            ),
            message("Take them away") if len(found) > 1 else message("Take it away"),
            edits.delete(found),
            found,
        )
