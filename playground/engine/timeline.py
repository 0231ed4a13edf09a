"""The timeline of an animated pass: what is under way at any time, as a pure function of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.engine.schedule import pace
from playground.engine.schedule.closing import Closing, closing, no_closing
from playground.engine.schedule.example import Example, example
from playground.engine.schedule.wiring import Wiring
from playground.model.keys import Granularity, Phase
from playground.model.moment import Moment, Step
from playground.model.parameters import Floats
from playground.model.trace import Trace


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase's part of the timeline; a batch goes through the first three once for each example.

    row : index of the example within the trace
    """

    phase: Phase
    start_s: float
    end_s: float
    row: int = 0


class Timeline:
    """The steps of one pass and the place of every part of it at any time; seconds at speed 1.

    A pass without right answers has a forward phase only. The examples of a batch flow in turn, each faster
    than the one before; the mean of their tags is the last step of the backward phase; then comes one update.
    A step ends with a short rest: its stop is where the rest begins, so that stepping forward shows the step
    finished while its text is still there. At its end a step gives way to the next.
    """

    def __init__(self, trace: Trace, granularity: Granularity) -> None:
        """Lay out the pass. Raises CycleError when the network is no acyclic graph."""
        self.granularity = granularity
        self._network = trace.experiment.network
        wiring = Wiring.of(trace.experiment)
        self._example = example(wiring, granularity, has_answer=trace.has_answer)
        self._closing = _closing(wiring, granularity, trace)
        self._row_start_s, self._row_factor = _rows(self._example, trace.n_rows)
        self._shown: Step | None = None
        self.phases = tuple(self._spans())

    @property
    def duration_s(self) -> float:
        """Length of the whole pass."""
        return self._times(self.step_count - 1)[2]

    @property
    def step_count(self) -> int:
        """How many steps the whole pass has; at least one."""
        return self._n_flowing + len(self._closing.steps)

    def step(self, index: int) -> Step:
        """Return a step by its number from 0 on. Raises IndexError."""
        if not 0 <= index < self.step_count:
            raise IndexError(f"the pass has {self.step_count} steps, so there is none of number {index}")
        if self._shown is None or self._shown.index != index:
            self._shown = self._made(index)
        return self._shown

    def step_at(self, time_s: float) -> Step:
        """Return the step under way; at its end a step gives way to the next, the last one stays."""
        return self.step(self._index_at(time_s))

    def stop_s(self, index: int) -> float:
        """Return from when on all of a step stands still; for the last step this is the end of the pass."""
        return self.duration_s if index == self.step_count - 1 else self._times(index)[1]

    def next_stop(self, time_s: float) -> float:
        """Return where stepping forward goes: the stop of this step, or of the next where this one rests."""
        index = self._index_at(time_s)
        if time_s >= self.stop_s(index) and index + 1 < self.step_count:
            index += 1
        return self.stop_s(index)

    def previous_stop(self, time_s: float) -> float:
        """Return where stepping back goes: the start of this step, or of the one before it."""
        index = self._index_at(time_s)
        if time_s <= self._times(index)[0] and index > 0:
            index -= 1
        return self._times(index)[0]

    def phase_start(self, phase: Phase) -> float:
        """Return when a phase first begins; the end of the pass where it has no such phase."""
        return next((span.start_s for span in self.phases if span.phase == phase), self.duration_s)

    def moment(self, time_s: float) -> Moment:
        """Return how far everything is; a time before the start or past the end counts as start or end."""
        time = min(max(float(time_s), 0.0), self.duration_s)
        step = self.step_at(time)
        within = min(
            (time - self._row_start_s[step.row]) / self._row_factor[step.row], self._example.duration_s
        )
        after = time - self._row_start_s[-1]
        way, end = self._example, self._closing
        return Moment(
            time_s=time,
            phase=step.phase,
            step=step,
            step_count=self.step_count,
            progress=min((time - step.start_s) / (self.stop_s(step.index) - step.start_s), 1.0),
            row=step.row,
            carried=way.carried.at(within),
            multiplied=way.multiplied.at(within),
            summed=way.summed.at(within),
            squashed=way.squashed.at(within),
            compared=way.compared.at(within),
            blamed=way.blamed.at(within),
            returned=way.returned.at(within),
            updated_weights=end.weights.at(after),
            updated_biases=end.biases.at(after),
            averaged=float(end.mean.at(after)[0]),
        )

    @property
    def _n_flowing(self) -> int:
        return len(self._row_factor) * len(self._example.steps)

    def _place(self, index: int) -> tuple[Example | Closing, int, int]:
        """Return the part of the pass that a step is in, its number there, and the example's row."""
        if index >= self._n_flowing:
            return self._closing, index - self._n_flowing, len(self._row_factor) - 1
        row, number = divmod(index, len(self._example.steps))
        return self._example, number, row

    def _made(self, index: int) -> Step:
        part, number, row = self._place(index)
        start, _, end = self._times(index)
        return Step(
            phase=_phase(part, number),
            index=index,
            row=row,
            nodes=tuple(self._network.node_ids[node] for node in part.steps.nodes[number]),
            edges=tuple(self._network.edge_keys[edge] for edge in part.steps.edges[number]),
            start_s=start,
            end_s=end,
            part=part.steps.parts[number],
        )

    def _times(self, index: int) -> tuple[float, float, float]:
        """Return start, stop and end of a step; the end is the very start of the next."""
        part, number, row = self._place(index)
        table, in_closing = part.steps, part is self._closing
        base = float(self._row_start_s[-1 if in_closing else row])
        factor = 1.0 if in_closing else float(self._row_factor[row])
        end = base + factor * float(table.end_s[number])
        if not in_closing and number == len(table) - 1:
            end = float(self._row_start_s[row + 1])
        return base + factor * float(table.start_s[number]), base + factor * float(table.stop_s[number]), end

    def _index_at(self, time_s: float) -> int:
        row = int(np.searchsorted(self._row_start_s, time_s, "right")) - 1
        if row >= len(self._row_factor) and len(self._closing.steps):
            index = self._n_flowing + _found(self._closing.steps.start_s, time_s - self._row_start_s[-1])
        else:
            row = min(max(row, 0), len(self._row_factor) - 1)
            within = (time_s - self._row_start_s[row]) / self._row_factor[row]
            index = row * len(self._example.steps) + _found(self._example.steps.start_s, within)
        # The way there and back through another pace may round to a neighbour.
        if index + 1 < self.step_count and time_s >= self._times(index + 1)[0]:
            return index + 1
        if index > 0 and time_s < self._times(index)[0]:
            return index - 1
        return index

    def _spans(self) -> list[PhaseSpan]:
        spans: list[PhaseSpan] = []
        n_rows, first = len(self._row_factor), 0
        runs = [(row, run) for row in range(n_rows) for run in self._example.runs]
        runs += [(n_rows - 1, run) for run in self._closing.runs]
        for row, (phase, count) in runs:
            start, end = self._times(first)[0], self._times(first + count - 1)[2]
            if spans and (spans[-1].phase, spans[-1].row) == (phase, row):
                start = spans.pop().start_s
            spans.append(PhaseSpan(phase, start, end, row))
            first += count
        return spans


def moment(trace: Trace, time_s: float, granularity: Granularity) -> Moment:
    """Return how far everything is at a time of a pass; for many times keep a `Timeline`."""
    return Timeline(trace, granularity).moment(time_s)


def _closing(wiring: Wiring, granularity: Granularity, trace: Trace) -> Closing:
    n_parameters = len(trace.experiment.network.parameter_ids)
    if not trace.has_answer:
        return no_closing(wiring, n_parameters)
    return closing(wiring, granularity, n_parameters, trace.n_rows)


def _rows(way: Example, n_rows: int) -> tuple[Floats, Floats]:
    """Return the start of each example with the end of the last, (n_rows + 1,), and its factor, (n_rows,).

    The first examples slow down for the eye; the many that may follow share the time of one.
    """
    factor = np.array([pace.LATER_EXAMPLE**row + 1 / n_rows for row in range(n_rows)]) / (1 + 1 / n_rows)
    factor *= min(1.0, pace.EXAMPLES_MOST_S / (way.duration_s * float(factor.sum())))
    return np.concatenate([[0.0], np.cumsum(way.duration_s * factor)]), factor


def _phase(part: Example | Closing, number: int) -> Phase:
    for phase, count in part.runs:
        if number < count:
            return phase
        number -= count
    raise IndexError(f"the part ends {number} steps earlier")


def _found(starts: Floats, time_s: float) -> int:
    return min(max(int(np.searchsorted(starts, time_s, "right")) - 1, 0), len(starts) - 1)
