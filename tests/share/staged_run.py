"""A short course of learning, and what the window would show of it."""

from __future__ import annotations

from functools import cache

from playground.engine.binding import bind
from playground.model.dataset import BoundData
from playground.model.run import Run
from playground.share.material import Material
from playground.share.run_film import trained_run
from resources.theme import LIGHT
from tests.widgets.gallery import Scene, avocado_scene


@cache
def learned(epochs: int = 6) -> tuple[Scene, BoundData, Run]:
    """The avocado's network after so many epochs."""
    scene = avocado_scene()
    bound = bind(scene.experiment.network, scene.dataset)
    return scene, bound, trained_run(scene.experiment, bound, scene.parameters, epochs)


def material() -> Material:
    """All that there is to take out after that."""
    scene, _, run = learned()
    return Material(scene.stage("numbers"), LIGHT, "numbers", "pass", scene.dataset, None, run, run.points)
