"""A whole pass as Markdown: the same text as in the window, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType

from playground.model.keys import Granularity, Level
from playground.model.message import Message, Value, format_number, sentence
from playground.model.narration import ArithmeticRow, Formula, Narration
from playground.model.trace import LearnerState, Trace
from playground.share.telling import HEADS, chapters, title_of

Say = Callable[[Message], str]

_SPECIAL = re.compile(r"^(?:[#+=-]|\d+(?=[.)]))|[\\`*_\[\]<>|~&]")
"""What means something in Markdown: at the start of a line, or anywhere."""


def explain(
    trace: Trace,
    level: Level,
    state: LearnerState | None = None,
    granularity: Granularity = "node",
    translate: Callable[[str], str] = str,
) -> str:
    """Return the pass as Markdown: a section for each phase, in it the steps with sentences and arithmetic.

    state : the learner before the pass; with it the arithmetic of momentum and Adam shows their memory
    translate : brings the templates of messages into another language
    """

    def say(text: Message) -> str:
        # The template stands as it is, names without any power of their own.
        return sentence(_escaped(text), translate)

    return "\n\n".join(_blocks(trace, level, state, granularity, say)) + "\n"


def _blocks(
    trace: Trace, level: Level, state: LearnerState | None, granularity: Granularity, say: Say
) -> Iterator[str]:
    yield f"# {say(title_of(trace))}"
    for chapter in chapters(trace, level, state, granularity):
        yield f"## {say(chapter.title)}"
        for step in chapter.steps:
            yield f"### {step.number}. {say(step.narration.title)}"
            yield from _told(step.narration, say)


def _told(told: Narration, say: Say) -> Iterator[str]:
    yield " ".join(say(text) for text in told.sentences)
    if told.rows:
        yield "\n".join(_table(told.rows, say))
    if told.formulas:
        yield "\n".join(_listed(formula, say) for formula in told.formulas)


def _table(rows: tuple[ArithmeticRow, ...], say: Say) -> Iterator[str]:
    yield "| {} | {} | {} |".format(*(say(head) for head in HEADS))
    yield "| :-- | --: | --: |"
    for row in rows:
        calculation = "" if row.calculation is None else say(row.calculation)
        label, result = say(row.label), format_number(row.result)
        if row.strong:
            label, result = f"**{label}**", f"**{result}**"
        yield f"| {label} | {calculation} | {result} |"


def _listed(formula: Formula, say: Say) -> str:
    lines = [f"- {formula.symbols}", *say(formula.numbers).split("<br>")]
    return "<br>\n  ".join(lines)


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
