"""What the present step of a walk does, in a sentence for each thread."""

from __future__ import annotations

from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.speed import Schedule
from widgets.kernels.walk import Walk, WalkStep

MOST_THREADS = 2
"""More threads are told in one sentence."""

Span = tuple[int, int]


def tell_moment(walk: Walk, moment: int, level: Level) -> tuple[Message, ...]:
    """What happens at a moment: a sentence for each thread or one for them all; at the end, what is done."""
    steps = walk.steps_at(moment)
    if not steps:
        return (_tell_end(walk.schedule, level),)
    if walk.schedule.threads == 1:
        return (_tell_alone(steps[0], level),)
    if len(steps) <= MOST_THREADS:
        return tuple(_tell_thread(step, level) for step in steps)
    return (_tell_many(steps, level),)


def _tell_alone(step: WalkStep, level: Level) -> Message:
    if level == "maths":
        return _equation(step)
    sentence = message(
        "The {rows} of A times the {columns} of B", rows=_rows(step.rows), columns=_columns(step.columns)
    )
    return _with_depth(sentence, step, level)


def _tell_thread(step: WalkStep, level: Level) -> Message:
    thread = step.thread + 1
    if level == "maths":
        return message("Thread {thread}: {equation}", thread=thread, equation=_equation(step))
    sentence = message(
        "Thread {thread} multiplies {rows} of A with {columns} of B",
        thread=thread,
        rows=_rows(step.rows),
        columns=_columns(step.columns),
    )
    return _with_depth(sentence, step, level)


def _with_depth(sentence: Message, step: WalkStep, level: Level) -> Message:
    if level == "words":
        return message("{sentence}.", sentence=sentence)
    return message(
        "{sentence}, over {depth} of k: {count} multiplications.",
        sentence=sentence,
        depth=_places(step.depth),
        count=step.n_multiplications,
    )


def _tell_many(steps: tuple[WalkStep, ...], level: Level) -> Message:
    count = len(steps)
    if level == "words":
        return message("{count} threads work at the same time, each on its own part of C.", count=count)
    products = sum(step.n_multiplications for step in steps)
    if level == "numbers":
        return message(
            "{count} threads at the same time: {products} multiplications.", count=count, products=products
        )
    return message(
        "{count} threads at the same time, {flops} FLOP; thread {thread}: {equation}",
        count=count,
        flops=2 * products,
        thread=steps[0].thread + 1,
        equation=_equation(steps[0]),
    )


def _tell_end(schedule: Schedule, level: Level) -> Message:
    m, n, k = schedule.m, schedule.n, schedule.k
    if level == "words":
        return message("Done: every number of C is known.")
    if level == "numbers":
        return message("Done: {count} multiplications, and as many additions.", count=m * n * k)
    return message("C = A B: 2 m n k = {flops} FLOP.", flops=2 * m * n * k)


def _equation(step: WalkStep) -> Message:
    rows, columns, depth = _range(step.rows), _range(step.columns), _range(step.depth)
    return message(
        "C[{rows}, {columns}] += A[{rows}, {depth}] B[{depth}, {columns}]",
        rows=rows,
        columns=columns,
        depth=depth,
    )


def _rows(span: Span) -> Message:
    if span[1] - span[0] == 1:
        return message("row {first}", first=span[1])
    return message("rows {first} to {last}", first=span[0] + 1, last=span[1])


def _columns(span: Span) -> Message:
    if span[1] - span[0] == 1:
        return message("column {first}", first=span[1])
    return message("columns {first} to {last}", first=span[0] + 1, last=span[1])


def _places(span: Span) -> Message:
    if span[1] - span[0] == 1:
        return message("place {first}", first=span[1])
    return message("places {first} to {last}", first=span[0] + 1, last=span[1])


def _range(span: Span) -> Message:
    if span[1] - span[0] == 1:
        return message("{first}", first=span[1])
    return message("{first}…{last}", first=span[0] + 1, last=span[1])
