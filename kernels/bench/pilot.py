"""How large a product may be so that a kernel does not take too long, told by smaller ones before."""

from __future__ import annotations

from kernels.bench.entrant import entrant_of
from kernels.bench.product import Product
from kernels.bench.task import Task
from kernels.ladder.kernel import Kernel

LONGEST_OF_PYTHON = 0.3
"""How long one product may take, about: plain Python is to end within a second, and to be repeated in it."""

SIDE, FACTOR = 64, 4
"""The longest side of the first product that is tried, and how much longer the next one's is."""

SURE_SECONDS = 0.005
"""A product that took so long tells enough about the larger ones."""


SURE_REPEATS = 2
"""How often a kernel that seems too slow is tried again: it may have been disturbed."""


def fitting(kernel: Kernel, threads: int, task: Task, longest_seconds: float) -> Task:
    """Return the product that a kernel is timed on: this one, or a smaller one of the same shape.

    longest_seconds : about as long as one product may take
    """
    if task.longest <= SIDE:
        return task
    side = SIDE
    while True:
        pilot = task.of_side(side)
        entrant = entrant_of(kernel, Product(pilot), threads)
        seconds = entrant.measure(1)
        if seconds < SURE_SECONDS:
            seconds = entrant.measure(1)  # the first call may have loaded something
        if seconds >= SURE_SECONDS or side * FACTOR >= task.longest:
            break
        side *= FACTOR
    if kernel.key == "python":
        longest_seconds = min(longest_seconds, LONGEST_OF_PYTHON)
    found = shortened(task, pilot.flops / seconds, longest_seconds)
    if found == task:
        return task
    seconds = min(seconds, *(entrant.measure(1) for _ in range(SURE_REPEATS)))
    return shortened(task, pilot.flops / seconds, longest_seconds)


def shortened(task: Task, flops_per_second: float, most_seconds: float) -> Task:
    """Return the task, its sides halved until it takes no longer than this at such a speed."""
    found, divisor = task, 1
    while found.longest > SIDE and found.flops > most_seconds * flops_per_second:
        divisor *= 2
        found = task.of_side(max(SIDE, task.longest // divisor))
    return found
