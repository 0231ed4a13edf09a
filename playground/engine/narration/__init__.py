"""What is happening, in words, numbers or formulas, from the real values of a pass.

Titles, sentences and labels are plain text; the templates of a `Formula` are simple rich text, and the names
put into them plain, so that a view escapes the values and not the templates. Every number stands in a message
as a number of the trace, or of the arithmetic that leads from one of them to another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from playground.engine.narration.backward import narrate_backward
from playground.engine.narration.forward import narrate_forward
from playground.engine.narration.inspected import narrate_edge, narrate_node
from playground.engine.narration.loss import narrate_loss
from playground.engine.narration.update import narrate_update
from playground.engine.narration.view import View
from playground.model.keys import Level, Phase
from playground.model.moment import Moment, Step
from playground.model.narration import Narration
from playground.model.trace import LearnerState, Trace

__all__ = ["narrate", "narrate_edge", "narrate_node"]

_PHASES: Mapping[Phase, Callable[[View, Step, Level], Narration]] = MappingProxyType(
    {
        "forward": narrate_forward,
        "loss": narrate_loss,
        "backward": narrate_backward,
        "update": narrate_update,
    }
)


def narrate(trace: Trace, at: Moment | Step, level: Level, state: LearnerState | None = None) -> Narration:
    """Return the text for a step of a pass, or for the step under way at a moment.

    state : the learner before the pass; with it the arithmetic of momentum and Adam shows their memory
    """
    step = at.step if isinstance(at, Moment) else at
    return _PHASES[step.phase](View.of(trace, step.row, state), step, level)
