"""A whole pass as Markdown: the same text as in the window, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from playground.engine.narration import narrate
from playground.engine.timeline import Timeline
from playground.model.keys import Granularity, Level, Phase
from playground.model.message import Message, Value, format_number, message, sentence
from playground.model.narration import ArithmeticRow, Formula, Narration
from playground.model.trace import LearnerState, Trace

_PHASE_TITLES: Mapping[Phase, Message] = MappingProxyType(
    {
        "forward": message("Forward"),
        "loss": message("Loss"),
        "backward": message("Backward"),
        "update": message("Update"),
    }
)

_SPECIAL = re.compile(r"^(?:[#+=-]|\d+(?=[.)]))|[\\`*_\[\]<>|~&]")
"""What means something in Markdown: at the start of a line, or anywhere."""


def explain(
    trace: Trace, level: Level, state: LearnerState | None = None, granularity: Granularity = "node"
) -> str:
    """Return the pass as Markdown: a section for each phase, in it the steps with sentences and arithmetic.

    state : the learner before the pass; with it the arithmetic of momentum and Adam shows their memory
    """
    return "\n\n".join(_blocks(trace, level, state, granularity)) + "\n"


def _blocks(
    trace: Trace, level: Level, state: LearnerState | None, granularity: Granularity
) -> Iterator[str]:
    yield f"# {_said(_title(trace))}"
    timeline = Timeline(trace, granularity)
    shown: tuple[Phase, int] | None = None
    for index in range(timeline.step_count):
        step = timeline.step(index)
        if (step.phase, step.row) != shown:
            shown = (step.phase, step.row)
            yield f"## {_said(_phase_title(trace, *shown))}"
        told = narrate(trace, step, level, state)
        yield f"### {index + 1}. {_said(told.title)}"
        yield from _told(told)


def _title(trace: Trace) -> Message:
    if trace.n_rows > 1:
        return message("One pass over {count} examples", count=trace.n_rows)
    if trace.rows[0] < 0:
        return message("One pass over values set by hand")
    return message("One pass over example {number}", number=int(trace.rows[0]) + 1)


def _phase_title(trace: Trace, phase: Phase, row: int) -> Message:
    title = _PHASE_TITLES[phase]
    if trace.n_rows == 1 or phase == "update":
        return title
    return message("{phase}, example {number} of {count}", phase=title, number=row + 1, count=trace.n_rows)


def _told(told: Narration) -> Iterator[str]:
    yield " ".join(_said(text) for text in told.sentences)
    if told.rows:
        yield "\n".join(_table(told.rows))
    if told.formulas:
        yield "\n".join(_listed(formula) for formula in told.formulas)


def _table(rows: tuple[ArithmeticRow, ...]) -> Iterator[str]:
    heads = (message("What"), message("Calculation"), message("Result"))
    yield "| {} | {} | {} |".format(*(_said(head) for head in heads))
    yield "| :-- | --: | --: |"
    for row in rows:
        calculation = "" if row.calculation is None else _said(row.calculation)
        label, result = _said(row.label), format_number(row.result)
        if row.strong:
            label, result = f"**{label}**", f"**{result}**"
        yield f"| {label} | {calculation} | {result} |"


def _listed(formula: Formula) -> str:
    lines = [f"- {formula.symbols}", *_said(formula.numbers).split("<br>")]
    return "<br>\n  ".join(lines)


def _said(text: Message) -> str:
    """A message as it stands in Markdown: its template as it is, names without any power of their own."""
    return sentence(_escaped(text))


def _escaped(text: Message) -> Message:
    return Message(text.template, MappingProxyType({k: _plain(v) for k, v in text.values.items()}))


def _disarmed(found: re.Match[str]) -> str:
    # A number that would begin a list loses its power by its point, everything else by its own sign.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _plain(value: Value | Message) -> Value | Message:
    if isinstance(value, Message):
        return _escaped(value)
    if isinstance(value, str):
        return _SPECIAL.sub(_disarmed, " ".join(value.split()))
    return value
