"""The keys of the loss curve and of the list of runs, for the sheet that lists them."""

from __future__ import annotations

from playground.model.message import message
from widgets.canvas.keys_list import CanvasKey

RUNS = message("On the loss curve and in the list of runs")

RUN_KEYS: tuple[CanvasKey, ...] = (
    CanvasKey(RUNS, message("Look back along the run, or forward again"), message("Left, Right")),
    CanvasKey(RUNS, message("Look ten steps further back or on"), message("PgUp, PgDown")),
    CanvasKey(RUNS, message("Look at the start of the run"), message("Home")),
    CanvasKey(RUNS, message("Return to now"), message("End, Esc")),
    CanvasKey(RUNS, message("Open the chosen run"), message("Enter")),
    CanvasKey(RUNS, message("Rename the chosen run"), message("F2")),
    CanvasKey(RUNS, message("Draw the chosen run's curve, or not"), message("Space")),
    CanvasKey(RUNS, message("Take the chosen run out, and bring it back"), message("Del, Ctrl+Z")),
)
