"""The instant of an animated pass: how far every node and edge has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playground.model.keys import Phase
from playground.model.network import EdgeKey
from playground.model.parameters import Floats

StepPart = Literal[
    "read", "send", "sum", "squash", "softmax", "compare", "blame", "return", "mean", "change", "whole"
]
"""What a step is of its phase: one kind of happening, or `whole` where several follow each other in it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pass at the chosen granularity: what happens in it, and when.

    nodes, edges : what is under way in this step
    row : index of the example within the trace
    start_s, end_s : seconds at speed 1 on the timeline
    part : which kind of happening the step shows
    """

    phase: Phase
    index: int
    row: int
    nodes: tuple[int, ...]
    edges: tuple[EdgeKey, ...]
    start_s: float
    end_s: float
    part: StepPart = "whole"


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """How far each part of the pass is at one time: 0 not begun, 1 done, between while under way.

    A pure function of trace, granularity and time. All arrays are float64 in [0, 1].

    row : index (within the trace) of the example that is flowing
    carried : (n_edges,), the chip's way along each edge, forward
    multiplied : (n_edges,), the chip's change from the source's value to the product at the weight's pill
    summed : (n_nodes,), how far bias and products have been added up
    squashed : (n_nodes,), how far the sum has become the activation
    compared : (n_outputs,), how far each output has been compared with its target
    blamed : (n_nodes,), how far the blame (dL/da, then dL/dz) of a node is known
    returned : (n_edges,), the tag's way along each edge, backward, from target to source
    updated_weights, updated_biases : (n_parameters,), (n_nodes,), the change from old to new
    averaged : how far the tags of a batch have become their mean; 1 for one example after Backward
    """

    time_s: float
    phase: Phase
    step: Step
    step_count: int
    progress: float
    row: int
    carried: Floats
    multiplied: Floats
    summed: Floats
    squashed: Floats
    compared: Floats
    blamed: Floats
    returned: Floats
    updated_weights: Floats
    updated_biases: Floats
    averaged: float
