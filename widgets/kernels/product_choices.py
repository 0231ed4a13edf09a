"""What can be chosen of a product wherever one is timed: which, and in which type of numbers."""

from __future__ import annotations

from playground.model.message import message
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.text import say


def product_choice() -> SegmentedControl:
    """Matrix times matrix, or times a vector; the keys are those of `Operation`."""
    return SegmentedControl(
        say(message("Which product")),
        [
            Segment(
                "gemm",
                say(message("matrix × matrix")),
                say(message("What a layer computes for a whole batch of examples")),
            ),
            Segment(
                "gemv", say(message("matrix × vector")), say(message("What a layer computes for one example"))
            ),
        ],
    )


def type_choice() -> SegmentedControl:
    """Single or double precision; the keys are those of `DType`."""
    return SegmentedControl(
        say(message("Type of the numbers")),
        [
            Segment("float32", "float32", say(message("Numbers with about 7 digits, in 4 bytes each"))),
            Segment("float64", "float64", say(message("Numbers with about 16 digits, in 8 bytes each"))),
        ],
    )


def size_told(size: int) -> str:
    """What choosing a size means."""
    return say(message("Matrices of {n} rows and {n} columns", n=size))
