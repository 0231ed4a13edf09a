"""`playground explain`: one pass, step by step, as Markdown."""

from __future__ import annotations

import argparse

from playground.app.cli.inputs import load, pass_over
from playground.app.cli.output import tell
from playground.model.trace import LearnerState
from playground.share.markdown import explain


def run(arguments: argparse.Namespace) -> None:
    """Tell one pass over one example."""
    experiment, parameters = load(arguments.file)
    done = pass_over(experiment, parameters, arguments.example)
    tell(explain(done, arguments.level, LearnerState(parameters)))
