"""Answers for new rows: a table like the one that the network learned from, with its answers beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kernels import oracle
from kernels.codes import LOSS_CODES
from playground.engine.binding import InputMap
from playground.engine.claims import Claim, claims
from playground.engine.compile import compile_graph
from playground.engine.csv_table import CsvReading, TextTable
from playground.engine.datasets import make_dataset
from playground.engine.metrics import in_units
from playground.engine.tables.numbers import MISSING, DecimalSign, parse_numbers
from playground.model.dataset import Dataset
from playground.model.errors import DataError
from playground.model.experiment import Column, Experiment
from playground.model.keys import Loss
from playground.model.message import Message, message, sentence
from playground.model.parameters import Floats, Parameters


@dataclass(frozen=True, slots=True, eq=False)
class PredictedTable:
    """A table of new rows with the network's answers behind its own columns.

    names, rows : header and texts; the last `answer_count` columns are the answers, empty where a row has
        missing values
    answers : float64, (n_rows, n_outputs), what each output says, in the units of the column that it
        predicts; NaN for rows with missing values
    notes : what people should know
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    answer_count: int
    answers: Floats
    notes: tuple[Message, ...]
    delimiter: str = ","

    def as_csv(self) -> bytes:
        """The table as a file in UTF-8, with the delimiter of the file that it came from."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerow(self.names)
        writer.writerows(self.rows)
        return text.getvalue().encode("utf-8")


def predict_table(
    experiment: Experiment, parameters: Parameters, reading: CsvReading | TextTable
) -> PredictedTable:
    """Return a table of new rows with the network's answers.

    The table needs the columns that the network's inputs read, by name; others may be there and are kept. A
    table without names needs exactly those columns, in their order. A column of classes is answered by the
    text of the likeliest class and a number for each output; a column of numbers in its own units.
    Raises DataError, naming the columns that are missing, or the line of a cell that cannot be read.
    """
    if experiment.data is None:
        raise DataError(message("The network has no data yet, so it is not known what its inputs read."))
    if not experiment.network.outputs:
        raise DataError(message("The network has no output yet, so there is no answer."))
    text = reading.text if isinstance(reading, CsvReading) else reading
    dataset = make_dataset(experiment.data)
    inputs = InputMap.of(experiment.network, dataset)
    cells = _cells(dataset, inputs.columns, text)
    whole = np.logical_not(np.isnan(cells[:, list(inputs.columns)]).any(axis=1))
    # Rows with a gap are computed with borrowed values, so that a message about a row counts rightly.
    cells[~whole] = dataset.table.cells[dataset.train[0]]
    said = _answers(experiment, parameters, inputs.values(cells))
    answers = in_units(experiment.network, dataset, said)
    answers[~whole] = np.nan
    names, columns = _columns(experiment, dataset, said, answers, text.decimal_sign)
    blank = ("",) * len(names)
    told = zip(*columns, strict=True)
    return PredictedTable(
        names=(*text.names, *names),
        rows=tuple(
            (*own, *(answer if is_whole else blank))
            for own, answer, is_whole in zip(text.rows, told, whole.tolist(), strict=True)
        ),
        answer_count=len(names),
        answers=answers,
        notes=_notes(int((~whole).sum())),
        delimiter=text.delimiter,
    )


def _cells(dataset: Dataset, needed: Sequence[int], text: TextTable) -> Floats:
    """The new rows as cells of the data set's table; NaN in columns that are not read."""
    columns = dataset.table.columns
    names = [columns[position].name for position in needed]
    if not text.rows:
        raise DataError(message("The table has no rows."))
    if not text.header and len(text.names) == len(names):
        found = list(range(len(names)))
    else:
        missing = [name for name in names if name not in text.names]
        if missing:
            raise DataError(
                message(
                    "The table lacks {missing}, which the network reads; it has {found}.",
                    missing=_listed(missing),
                    found=_listed(text.names),
                )
            )
        found = [text.names.index(name) for name in names]
    cells = np.full((len(text.rows), len(columns)), np.nan)
    for position, place in zip(needed, found, strict=True):
        texts = [row[place] for row in text.rows]
        read = _class_cells if columns[position].kind == "class" else _number_cells
        cells[:, position] = read(columns[position], texts, text)
    return cells


def _class_cells(column: Column, texts: list[str], text: TextTable) -> Floats:
    index = {name: float(position) for position, name in enumerate(column.classes)}
    for row, cell in enumerate(texts):
        if cell not in index and cell not in MISSING:
            raise DataError(
                message(
                    "Line {line}: “{text}” in the column “{name}” is none of the known classes: {known}.",
                    line=text.lines[row],
                    text=cell,
                    name=column.name,
                    known=_listed(column.classes),
                )
            )
    return np.array([index.get(cell, np.nan) for cell in texts])


def _number_cells(column: Column, texts: list[str], text: TextTable) -> Floats:
    parsed = parse_numbers(texts, text.decimal_sign)
    wrong = sorted([*parsed.texts, *parsed.infinite])
    if wrong:
        raise DataError(
            message(
                "Line {line}: “{text}” in the column “{name}” is not a number.",
                line=text.lines[wrong[0]],
                text=texts[wrong[0]],
                name=column.name,
            )
        )
    return parsed.values


def _answers(experiment: Experiment, parameters: Parameters, inputs: Floats) -> Floats:
    """What the outputs say: (n_rows, n_outputs), in the numbers that the network computes with."""
    graph = compile_graph(experiment.network)
    loss = LOSS_CODES[experiment.learning.loss]
    said = np.empty((len(inputs), len(experiment.network.outputs)))
    with np.errstate(all="ignore"):
        for rows in oracle.row_blocks(graph, len(inputs)):
            done = oracle.forward(graph, parameters.weights, parameters.biases, inputs[rows])
            said[rows] = oracle.answers(graph, loss, done)
    if not np.isfinite(said).all():
        raise DataError(
            message("The network's answers are no finite numbers. Start over, with a lower learning rate.")
        )
    return said


def _columns(
    experiment: Experiment, dataset: Dataset, said: Floats, answers: Floats, sign: DecimalSign
) -> tuple[list[str], list[list[str]]]:
    """Names and texts of the columns with the answers: for each column predicted, then for each output."""
    network = experiment.network
    claimed = claims(network, dataset)
    is_yes_or_no = dataset.task == "binary" and experiment.learning.loss == "cross_entropy"
    names: list[str] = []
    columns: list[list[str]] = []
    for position in dict.fromkeys(claim.column for claim in claimed if claim is not None):
        mine = {
            place: claim
            for place, claim in enumerate(claimed)
            if claim is not None and claim.column == position
        }
        texts = _predicted(dataset.table.columns[position], mine, said, is_yes_or_no=is_yes_or_no)
        if texts is not None:
            names.append(f"predicted {dataset.table.columns[position].name}")
            columns.append(texts)
    for place, (output, claim) in enumerate(zip(network.outputs, claimed, strict=True)):
        names.append(_output_name(claim, dataset, sentence(network.names[output]), experiment.learning.loss))
        columns.append([_written(number, sign) for number in answers[:, place].tolist()])
    return names, columns


def _predicted(
    column: Column, mine: dict[int, Claim], said: Floats, *, is_yes_or_no: bool
) -> list[str] | None:
    """The likeliest class, or 0 or 1, of each row; None for other numbers, or where a class has no output."""
    if column.kind == "number":
        return (
            ["1" if is_so else "0" for is_so in (said[:, next(iter(mine))] >= 0.5)] if is_yes_or_no else None
        )
    if len(column.classes) == 2 and len(mine) == 1:
        ((place, claim),) = mine.items()
        chosen = claim.class_index or 0
        is_chosen = said[:, place] >= (1.0 + claim.otherwise) / 2
        return [column.classes[chosen if is_so else 1 - chosen] for is_so in is_chosen.tolist()]
    if {claim.class_index for claim in mine.values()} != set(range(len(column.classes))):
        return None
    places = list(mine)
    best = said[:, places].argmax(axis=1)
    return [column.classes[mine[places[index]].class_index or 0] for index in best.tolist()]


def _output_name(claim: Claim | None, dataset: Dataset, title: str, loss: Loss) -> str:
    if claim is None:
        return f"answer of {title}"
    column = dataset.table.columns[claim.column]
    if claim.class_index is None:
        return f"{'predicted' if loss == 'squared' else 'probability of'} {column.name}"
    kind = "answer for" if loss == "squared" else "probability of"
    return f"{kind} {column.name}={column.classes[claim.class_index]}"


def _written(number: float, sign: DecimalSign) -> str:
    return repr(number).replace(".", sign)


def _notes(missing: int) -> tuple[Message, ...]:
    if missing == 0:
        return ()
    if missing == 1:
        return (message("1 row has missing values and gets no answer."),)
    return (message("{count} rows have missing values and get no answer.", count=missing),)


def _listed(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:most])
    return shown if len(names) <= most else f"{shown}, …"
