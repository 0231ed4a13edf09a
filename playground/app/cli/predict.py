"""`playground predict`: the network's answers for the rows of a table."""

from __future__ import annotations

import argparse
import sys

from playground.app.cli.inputs import load
from playground.app.cli.output import save, tell
from playground.engine.csv_table import read_csv
from playground.engine.predict import predict_table
from playground.model.message import sentence


def run(arguments: argparse.Namespace) -> None:
    """Write the table with the answers behind its own columns to a file, or to standard output."""
    experiment, parameters = load(arguments.file)
    answered = predict_table(experiment, parameters, read_csv(arguments.table))
    for note in answered.notes:
        print(sentence(note), file=sys.stderr)
    if arguments.output is not None:
        save(arguments.output, answered.as_csv())
    else:
        tell(answered.as_csv().decode("utf-8").replace("\r\n", "\n"))
