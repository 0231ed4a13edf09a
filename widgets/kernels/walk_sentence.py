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
        return (_tell_alone(steps[0], walk.schedule.k, level),)
    if len(steps) <= MOST_THREADS:
        return tuple(_tell_thread(step, walk.schedule.k, level) for step in steps)
    return (_tell_many(steps, level),)


def _tell_alone(step: WalkStep, k: int, level: Level) -> Message:
    if level == "maths":
        return _equation(step)
    rows, columns = _rows(step.rows), _columns(step.columns)
    if level == "words" and _is_whole(step, k):
        return message("The kernel multiplies {rows} of A with {columns} of B.", rows=rows, columns=columns)
    if level == "words":
        return message(
            "The kernel multiplies a piece of {rows} of A with a piece of {columns} of B.",
            rows=rows,
            columns=columns,
        )
    return _counted(message("{rows} of A × {columns} of B", rows=rows, columns=columns), step)


def _tell_thread(step: WalkStep, k: int, level: Level) -> Message:
    thread = step.thread + 1
    if level == "maths":
        return message("Thread {thread}: {equation}", thread=thread, equation=_equation(step))
    rows, columns = _rows(step.rows), _columns(step.columns)
    where: dict[str, int | Message] = {"thread": thread, "rows": rows, "columns": columns}
    if level == "words" and _is_whole(step, k):
        return message("Thread {thread} multiplies {rows} of A with {columns} of B.", **where)
    if level == "words":
        return message(
            "Thread {thread} multiplies a piece of {rows} of A with a piece of {columns} of B.", **where
        )
    what = message("Thread {thread}: {rows} of A × {columns} of B", thread=thread, rows=rows, columns=columns)
    return _counted(what, step)


def _is_whole(step: WalkStep, k: int) -> bool:
    """Whether the step takes all k products of its sums."""
    return step.depth == (0, k)


def _counted(what: Message, step: WalkStep) -> Message:
    """With which of the k products of a sum, and how many multiplications that makes."""
    return message(
        "{what}, k = {depth}: {count} multiplications",
        what=what,
        depth=_range(step.depth),
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


def _range(span: Span) -> Message:
    if span[1] - span[0] == 1:
        return message("{first}", first=span[1])
    return message("{first}…{last}", first=span[0] + 1, last=span[1])
