"""`playground export`: the network as code or as a model, the calculation of one pass, the data."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from playground.app.cli.inputs import load, pass_over, rows_of
from playground.app.cli.output import save
from playground.app.cli.refusals import JobError, UsageError
from playground.engine.datasets import make_dataset
from playground.model.dataset import Dataset
from playground.model.errors import FileError
from playground.model.experiment import Experiment, TableData
from playground.model.message import message
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState

Write = Callable[[argparse.Namespace, Experiment, Parameters], bytes]

DEFAULT = "python"


def run(arguments: argparse.Namespace) -> None:
    """Write what was asked for into a file that appears whole or not at all."""
    suffix = arguments.output.suffix.lower()
    write = WRITTEN.get(suffix)
    if write is None:
        raise UsageError(message("OUT must end in one of {known}.", known=", ".join(WRITTEN)))
    if arguments.language is not None and suffix != ".py":
        raise UsageError(message("A language can be chosen for .py alone, not for {suffix}.", suffix=suffix))
    experiment, parameters = load(arguments.file)
    save(arguments.output, write(arguments, experiment, parameters))


def _code(arguments: argparse.Namespace, experiment: Experiment, parameters: Parameters) -> bytes:
    from playground.share.code.languages import as_code

    language = "notebook" if arguments.output.suffix.lower() == ".ipynb" else arguments.language or DEFAULT
    return as_code(language, experiment, parameters, _dataset(experiment)).encode()


def _onnx(_arguments: argparse.Namespace, experiment: Experiment, parameters: Parameters) -> bytes:
    from playground.share.onnx_files.writing import as_onnx

    try:
        return as_onnx(experiment, parameters, _dataset(experiment))
    except FileError as error:  # the library is missing
        raise JobError(error.message) from error


def _markdown(arguments: argparse.Namespace, experiment: Experiment, parameters: Parameters) -> bytes:
    from playground.share.markdown import explain

    done = pass_over(experiment, parameters, arguments.example)
    return explain(done, arguments.level, LearnerState(parameters)).encode()


def _html(arguments: argparse.Namespace, experiment: Experiment, parameters: Parameters) -> bytes:
    from playground.share.html import explain_html

    done = pass_over(experiment, parameters, arguments.example)
    return explain_html(done, arguments.level, LearnerState(parameters)).encode()


def _csv(_arguments: argparse.Namespace, experiment: Experiment, _parameters: Parameters) -> bytes:
    from playground.share.table import table_as_csv

    if isinstance(experiment.data, TableData):
        return table_as_csv(experiment.data.table).encode()
    return table_as_csv(rows_of(experiment).dataset.table).encode()


def _dataset(experiment: Experiment) -> Dataset | None:
    return None if experiment.data is None else make_dataset(experiment.data)


WRITTEN: Mapping[str, Write] = {
    ".py": _code,
    ".ipynb": _code,
    ".onnx": _onnx,
    ".md": _markdown,
    ".html": _html,
    ".csv": _csv,
}
"""What writes a file, by its suffix."""
