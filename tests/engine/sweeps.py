"""Experiments and points for the tests of sweeps."""

from __future__ import annotations

from playground.engine.sweep import make_points, read_setting
from playground.model import file
from playground.model.experiment import Experiment
from playground.model.parameters import Parameters
from playground.model.sweep import Point
from resources import example_path


def avocado() -> tuple[Experiment, Parameters]:
    return file.read(example_path("avocado").read_bytes())


def points_of(*settings: str, epochs: int | None = 5) -> tuple[Point, ...]:
    return make_points(*avocado(), [read_setting(text) for text in settings], epochs)
