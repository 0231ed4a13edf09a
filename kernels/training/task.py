"""What is to be trained, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kernels import codes
from kernels.dropout import Dropout
from kernels.graph import Graph
from kernels.optimizers import Rule

DType = Literal["float32", "float64"]
Judgement = Literal["half", "sign", "largest"]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A graph with its loss, its optimizer and its regularization.

    loss, regularization : codes; rate : of the regularization
    how : when an answer is right: on the target's side of 0.5, of the target's sign, largest where the target
        is; None where right and wrong make no sense (accuracies are NaN then)
    dropout : which nodes are left out of each update; None where all stay
    """

    graph: Graph
    loss: int
    rule: Rule = field(default_factory=Rule)
    regularization: int = codes.NO_PENALTY
    rate: float = 0.0
    how: Judgement | None = None
    dropout: Dropout | None = None
