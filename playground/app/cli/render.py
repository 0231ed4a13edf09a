"""`playground render`: a picture of the network, or one pass as an animation, without a display."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from playground.app.cli.inputs import load, pass_over
from playground.app.cli.output import saving
from playground.app.cli.refusals import UsageError
from playground.model.experiment import Experiment
from playground.model.message import message
from playground.model.parameters import Parameters
from playground.model.stage import Stage
from resources.theme import THEMES


def run(arguments: argparse.Namespace) -> None:
    """Draw what was asked for into a file that appears whole or not at all."""
    draw = DRAWN.get(arguments.output.suffix.lower())
    if draw is None:
        known = ", ".join(DRAWN)
        raise UsageError(message("OUT must end in one of {known}.", known=known))
    experiment, parameters = load(arguments.file)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with saving(arguments.output) as part:
        draw(arguments, experiment, parameters, part)


def _png(arguments: argparse.Namespace, experiment: Experiment, parameters: Parameters, path: Path) -> None:
    from playground.share.picture import save_png

    stage = _stage(arguments, experiment, parameters)
    save_png(stage, path, THEMES[arguments.theme], arguments.size, arguments.scale)


def _svg(arguments: argparse.Namespace, experiment: Experiment, parameters: Parameters, path: Path) -> None:
    from playground.share.picture import save_svg

    stage = _stage(arguments, experiment, parameters)
    save_svg(stage, path, THEMES[arguments.theme], arguments.size, arguments.scale)


def _gif(arguments: argparse.Namespace, experiment: Experiment, parameters: Parameters, path: Path) -> None:
    from playground.share.animation import save_gif

    save_gif(
        pass_over(experiment, parameters, arguments.example),
        path,
        granularity=arguments.granularity,
        level=arguments.level,
        theme=THEMES[arguments.theme],
        size=arguments.size,
        scale=arguments.scale,
        speed=arguments.speed,
    )


def _stage(arguments: argparse.Namespace, experiment: Experiment, parameters: Parameters) -> Stage:
    """The network with its values, and the pass over the example where the file has data."""
    done = None if experiment.data is None else pass_over(experiment, parameters, arguments.example)
    return Stage(experiment, parameters, done, level=arguments.level)


Draw = Callable[[argparse.Namespace, Experiment, Parameters, Path], None]

DRAWN: Mapping[str, Draw] = {".png": _png, ".svg": _svg, ".gif": _gif}
"""What draws a file, by its suffix."""
