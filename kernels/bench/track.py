"""Where kernels are timed one after another: each alone, checked in the same run, and compared there."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter, sleep

from kernels import machine
from kernels.bench.entrant import NUMPY, Entrant, called, entrant_of, multiply_of, numpy_at_work
from kernels.bench.pilot import fitting
from kernels.bench.product import Product
from kernels.bench.sampling import Budget, Samples, sample, take_turns
from kernels.bench.task import Task, square
from kernels.bench.timing import Timing, timing_of
from kernels.ladder import registry
from kernels.ladder.kernel import DType, Kernel, Operation
from kernels.ladder.operands import ensure_fits

PYTHON = "python"

LONGEST_SECONDS = 3.0

BASE_SIDE = 64
BASE_BUDGET = Budget(least_seconds=0.05, least_repeats=3)
"""On what plain Python's own speed is measured where it does not take part."""

SETTLE_SECONDS = 0.15
"""Idle threads of OpenBLAS look for work for a tenth of a second, and take a core each, before they sleep."""


class Track:
    """Times kernels on products; nothing else should be at work meanwhile.

    What several timings need is kept: the last product, NumPy at each number of threads, plain Python.

    budget : how long each is measured
    longest_seconds : about as long as one product may take; a smaller one is timed where it would take longer
    is_paired : NumPy and the kernel take turns, so that a machine that changes its speed does so for both;
        else NumPy is measured once for each product and number of threads
    """

    def __init__(
        self,
        budget: Budget | None = None,
        *,
        longest_seconds: float = LONGEST_SECONDS,
        is_paired: bool = False,
    ) -> None:
        self._budget = budget or Budget()
        self._longest_seconds = longest_seconds
        self._is_paired = is_paired
        self._product: Product | None = None
        self._numpy: dict[tuple[Task, int], float] = {}
        self._python: dict[tuple[Operation, DType], float] = {}
        self._prepared: dict[tuple[str, DType], float] = {}

    def prepare(self, key: str, task: Task) -> float:
        """Compile what a kernel needs, once; return the seconds that it took then.

        Raises UnavailableError where the kernel cannot do this here, or the product does not fit in memory.
        """
        kernel = registry.kernel(key)
        multiply_of(kernel, task)
        ensure_fits(task.m, task.n, task.k, task.dtype)
        if (key, task.dtype) not in self._prepared:
            began = perf_counter()
            kernel.prepare(task.dtype)
            self._prepared[key, task.dtype] = perf_counter() - began
        return self._prepared[key, task.dtype]

    def time(self, key: str, threads: int, task: Task) -> Timing:
        """Return the times of a kernel by this many threads, or by one where it cannot use more.

        Raises UnavailableError where the kernel cannot do this here, or the product does not fit in memory.
        """
        compile_seconds = self.prepare(key, task)
        kernel = registry.kernel(key)
        threads = threads if kernel.is_parallel else 1
        fit = fitting(kernel, threads, task, self._longest_seconds)
        timing = self._timed(kernel, threads, self._product_of(fit))
        timing = replace(timing, compile_seconds=compile_seconds, is_smaller=fit != task)
        if kernel.device == "gpu":
            return replace(timing, times_python=self._times_python(timing))
        return replace(
            timing,
            share_of_peak=timing.gflops / _peak(timing),
            ratio_to_numpy=self._numpy[fit, threads] / timing.seconds,
            times_python=self._times_python(timing),
        )

    def _timed(self, kernel: Kernel, threads: int, product: Product) -> Timing:
        """Time and check a kernel, and NumPy beside it."""
        entrant = entrant_of(kernel, product, threads)
        first = entrant.measure(1)
        error = product.error_over_bound(entrant.result())
        _settle(threads)  # what the result must be was computed by all threads of NumPy's
        samples = self._sampled(kernel, threads, product, entrant, first)
        error = max(error, product.error_over_bound(entrant.result()))
        timing = timing_of(kernel.key, threads, product.task, samples, error)
        if kernel.device == "cpu":
            return timing
        whole = called(kernel, product, threads)
        there_and_back = sample(whole.measure, whole.measure(1), self._budget)
        return replace(timing, end_to_end_gflops=product.task.flops / there_and_back.median / 1e9)

    def _sampled(
        self, kernel: Kernel, threads: int, product: Product, entrant: Entrant, first: float
    ) -> Samples:
        """Return the entrant's times, and note NumPy's on the same product by as many threads."""
        place = (product.task, threads)
        if kernel.key == NUMPY:
            samples = sample(entrant.measure, first, self._budget)
            self._numpy[place] = samples.median
            return samples
        rival = numpy_at_work(product, threads)
        if self._is_paired and kernel.device == "cpu" and first < self._budget.most_seconds / 2:
            samples, numpy = take_turns(entrant.measure, rival.measure, self._budget, _pause(threads))
            self._numpy[place] = numpy.median
            return samples
        if kernel.device == "cpu" and place not in self._numpy:
            self._numpy[place] = sample(rival.measure, rival.measure(1), self._budget).median
            _settle(threads)
        return sample(entrant.measure, first, self._budget)

    def _times_python(self, timing: Timing) -> float:
        """Return how many times faster than plain Python on a product that ends soon."""
        place = (timing.operation, timing.dtype)
        if timing.kernel == PYTHON:
            self._python[place] = timing.gflops
        elif place not in self._python:
            task = square(timing.operation, BASE_SIDE, timing.dtype)
            python = entrant_of(registry.kernel(PYTHON), Product(task), 1)
            samples = sample(python.measure, python.measure(1), BASE_BUDGET)
            self._python[place] = task.flops / samples.median / 1e9
        return timing.gflops / self._python[place]

    def _product_of(self, task: Task) -> Product:
        if self._product is None or self._product.task != task:
            self._product = None  # room for the next one
            self._product = Product(task)
        return self._product


def _peak(timing: Timing) -> float:
    """Return the peak of as many threads; measured again where it was passed, for then it was disturbed."""
    peak = machine.peak(timing.dtype, timing.threads)
    return peak if timing.gflops <= peak else machine.raise_peak(timing.dtype, timing.threads)


def _pause(threads: int) -> float:
    return SETTLE_SECONDS if threads > 1 else 0.0


def _settle(threads: int) -> None:
    """Wait until idle threads of a BLAS have left the cores to whoever needs them."""
    sleep(_pause(threads))
