"""What is said about a run: how long it went, how good it became, where it came from."""

from __future__ import annotations

import math
from collections.abc import Sequence

from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.run import Instant, Run, readable_epoch
from widgets.text import say


def reached(run: Run, level: Level) -> Message:
    """Return how long a run went, and its last loss: that on new examples where there are any."""
    end, count = run.end, readable_epoch(run.end.epoch)
    loss, is_new = shown_loss(end)
    if math.isnan(loss):
        return message("{count} rounds", count=count) if level == "words" else epochs(count)
    if level == "words":
        new = message("{count} rounds, mistake {loss} on new examples", count=count, loss=loss)
        return new if is_new else message("{count} rounds, mistake {loss}", count=count, loss=loss)
    if is_new:
        return message("{count} epochs, test loss {loss}", count=count, loss=loss)
    return message("{count} epochs, loss {loss}", count=count, loss=loss)


def epochs(count: float | int) -> Message:
    """Return a number of epochs in words."""
    return message("{count} epochs", count=count)


def origin(run: Run, runs: Sequence[Run], level: Level) -> Message | None:
    """Return which run it branched off, and where; None where it began anew."""
    if run.parent is None:
        return None
    known = next((other for other in runs if other.number == run.parent), None)
    title = message("Run {number}", number=run.parent) if known is None else known.title
    epoch = readable_epoch(run.parent_epoch)
    if level == "words":
        return message("from {run} at round {epoch}", run=title, epoch=epoch)
    return message("from {run} at epoch {epoch}", run=title, epoch=epoch)


def shown_loss(end: Instant) -> tuple[float, bool]:
    """Return the loss that a run is judged by, and whether it is that on new examples."""
    if math.isnan(end.test_loss):
        return end.train_loss, False
    return end.test_loss, True


def whole_sentence(run: Run, runs: Sequence[Run], level: Level, *, is_present: bool) -> str:
    """Return all that a row says, for a screen reader."""
    told = [run.title, reached(run, level)]
    came = origin(run, runs, level)
    if came is not None:
        told.append(came)
    if is_present:
        told.append(message("the present"))
    elif not run.is_shown:
        told.append(message("not in the plot"))
    return ", ".join(say(part) for part in told)
