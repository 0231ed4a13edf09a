"""What commands read: a saved network, its data, one example of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from playground.app.file_guard import read_file
from playground.app.model_file import SUFFIX, read_model
from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.readiness import why_not_train
from playground.engine.trace import trace, trace_values
from playground.model.dataset import BoundData
from playground.model.errors import DataError, TrainingError
from playground.model.experiment import Experiment
from playground.model.message import message
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState, Trace

VALUE_BY_HAND = 0.5
"""What every input reads where there is no data."""


def load(path: Path) -> tuple[Experiment, Parameters]:
    """Return what a file holds, be it our own or an ONNX model. Raises FileError."""
    opened = read_model(path) if path.suffix.lower() == SUFFIX else read_file(path)
    return opened.experiment, opened.parameters


def rows_of(experiment: Experiment) -> BoundData:
    """Return the rows that the network reads. Raises DataError."""
    if experiment.data is None:
        raise DataError(message("The file has no data, so there are no examples."))
    return bind(experiment.network, make_dataset(experiment.data))


def trainable_rows(experiment: Experiment) -> BoundData:
    """Return the rows to learn from. Raises DataError, and TrainingError where nothing can be learned."""
    bound = rows_of(experiment)
    refusal = why_not_train(experiment, bound)
    if refusal is not None:
        raise TrainingError(refusal)
    return bound


def pass_over(experiment: Experiment, parameters: Parameters, example: int) -> Trace:
    """Return the pass over a training row, counted from 1. Raises DataError and TrainingError.

    Without data there are no rows; then the first and only example has 0.5 at every input, as in the window.
    """
    state = LearnerState(parameters)
    if experiment.data is None and example == 1:
        return trace_values(experiment, state, np.full((1, len(experiment.network.inputs)), VALUE_BY_HAND))
    return trace(experiment, state, rows_of(experiment), [example - 1])
