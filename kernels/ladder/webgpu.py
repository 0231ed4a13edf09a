"""Rung 7, any vendor's GPU through WebGPU: C = A B, each workgroup one tile of C.

Operands: a (m, k), b (k, n) or (k,), float32, any strides; copied to the GPU row by row, and back.
Limits: float32 alone, for WebGPU's language has no float64; no operand may be larger than what the adapter
binds at once (128 MiB at least). The sums run in another order than on the processor, and multiply-adds may
be fused, so the last bits differ. A software renderer computes the same, and is not counted as a GPU.

New beside the rungs before: thousands of small threads in groups, and memory that is not the processor's, so
that the way there and back takes longer than a small product. Its time is told apart.

All of the library wgpu stays in this module and in `kernels.adapters`, for its interface still moves.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import perf_counter
from typing import Any

import numpy as np

from kernels import adapters
from kernels.ladder.kernel import DType, Kernel, Matrix, Operation, Reason, Resident, UnavailableError
from kernels.ladder.operands import checked_gemm, checked_gemv
from kernels.ladder.schedule import Schedule
from kernels.ladder.transfer import multiplied
from kernels.ladder.webgpu_shaders import DEPTH, GEMM, GEMV, SIDE, TILE
from kernels.ladder.workgroups import workgroup_schedule

DTYPES: tuple[DType, ...] = ("float32",)

ROW_GROUPS = 1 << 15
"""Workgroups side by side in a matrix times a vector; more rows go into further lines of groups."""


_NONE = Reason("No GPU was found.")


class Gpu:
    """One open adapter with its two compiled programs; used by one thread at a time."""

    def __init__(self, *, allow_software: bool = False) -> None:
        """Open the best adapter. Raises UnavailableError where there is none."""
        handle = adapters.handle(allow_software=allow_software)
        if handle is None:
            raise UnavailableError(adapters.why_no_gpu() or _NONE)
        import wgpu

        self._wgpu = wgpu
        self._entrant = threading.Lock()
        self._has_clock = "timestamp-query" in handle.features
        with _spoken():
            self._device = handle.request_device_sync(
                required_features=["timestamp-query"] if self._has_clock else [],
                required_limits={
                    name: handle.limits[name]
                    for name in ("max-storage-buffer-binding-size", "max-buffer-size")
                },
            )
            self._pipelines = {"gemm": self._pipeline(GEMM), "gemv": self._pipeline(GEMV)}
        self._largest_bytes = int(handle.limits["max-storage-buffer-binding-size"])

    def upload(self, operation: Operation, a: Matrix, b: Matrix) -> _Product:
        """Put both operands onto the GPU. Raises UnavailableError where they do not fit, or are float64."""
        if a.dtype != np.float32:
            raise UnavailableError(Reason("WebGPU computes in float32 only: its language has no float64."))
        n = b.shape[1] if operation == "gemm" else 1
        m, k = a.shape
        for rows, columns in ((m, k), (k, n), (m, n)):
            if 4 * rows * columns > self._largest_bytes:
                raise UnavailableError(
                    Reason(
                        "A matrix of {rows} × {columns} float32 takes {needed} MiB; "
                        "this GPU binds {largest} MiB at once.",
                        {
                            "rows": rows,
                            "columns": columns,
                            "needed": 4 * rows * columns >> 20,
                            "largest": self._largest_bytes >> 20,
                        },
                    )
                )
        with self._entrant, _spoken():
            return _Product(self, operation, a, b, (m, n, k))

    def close(self) -> None:
        """Give the GPU back, and end the library's thread that waits for it."""
        with self._entrant:
            self._device.destroy()

    def _pipeline(self, code: str) -> Any:
        module = self._device.create_shader_module(code=code)
        return self._device.create_compute_pipeline(
            layout="auto", compute={"module": module, "entry_point": "main"}
        )


class _Product:
    """A product on the GPU: two operands, room for the result, and the command that computes it."""

    def __init__(
        self, gpu: Gpu, operation: Operation, a: Matrix, b: Matrix, size: tuple[int, int, int]
    ) -> None:
        self._gpu, self._size, self._operation = gpu, size, operation
        m, n, k = size
        usage, device = gpu._wgpu.BufferUsage, gpu._device
        self._c = device.create_buffer(size=max(4, 4 * m * n), usage=usage.STORAGE | usage.COPY_SRC)
        sizes = np.array([m, n, k, ROW_GROUPS], np.uint32)
        buffers = [
            device.create_buffer_with_data(data=_packed(a), usage=usage.STORAGE),
            device.create_buffer_with_data(data=_packed(b), usage=usage.STORAGE),
            self._c,
            device.create_buffer_with_data(data=sizes, usage=usage.UNIFORM),
        ]
        self._pipeline = gpu._pipelines[operation]
        self._group = device.create_bind_group(
            layout=self._pipeline.get_bind_group_layout(0),
            entries=[
                {"binding": place, "resource": {"buffer": buffer}} for place, buffer in enumerate(buffers)
            ],
        )

    def run(self) -> float:
        """Compute the product once; return the seconds by the GPU's own clock, else by ours."""
        with self._gpu._entrant, _spoken():
            return self._run()

    def result(self) -> Matrix:
        """Return the product: float32, (m, n), or (m,) of a vector."""
        m, n, _ = self._size
        shape = (m, n) if self._operation == "gemm" else (m,)
        with self._gpu._entrant, _spoken():
            data = self._gpu._device.queue.read_buffer(self._c)
        return np.frombuffer(data, np.float32, m * n).reshape(shape)

    def _run(self) -> float:
        device = self._gpu._device
        encoder = device.create_command_encoder()
        clock, stamps = self._clock()
        scope = encoder.begin_compute_pass(timestamp_writes=clock) if clock else encoder.begin_compute_pass()
        scope.set_pipeline(self._pipeline)
        scope.set_bind_group(0, self._group)
        m, n, _ = self._size
        if self._operation == "gemm":
            scope.dispatch_workgroups(-(-n // TILE), -(-m // TILE))
        else:
            scope.dispatch_workgroups(min(m, ROW_GROUPS), -(-m // ROW_GROUPS))
        scope.end()
        if clock is not None:
            encoder.resolve_query_set(clock["query_set"], 0, 2, stamps, 0)
        commands = encoder.finish()
        began = perf_counter()
        device.queue.submit([commands])
        # Reading four bytes waits for the work; in wgpu-py 0.32 on_submitted_work_done raises a TypeError.
        device.queue.read_buffer(self._c, 0, 4)
        seconds = perf_counter() - began
        if clock is None:
            return seconds
        first, last = np.frombuffer(device.queue.read_buffer(stamps), np.uint64).tolist()
        # WebGPU's clock counts nanoseconds; a driver whose clock stands still is not believed.
        return (last - first) * 1e-9 if last > first else seconds

    def _clock(self) -> tuple[dict[str, Any] | None, Any]:
        if not self._gpu._has_clock:
            return None, None
        device, usage = self._gpu._device, self._gpu._wgpu.BufferUsage
        queries = device.create_query_set(type="timestamp", count=2)
        stamps = device.create_buffer(size=16, usage=usage.QUERY_RESOLVE | usage.COPY_SRC)
        writes = {"query_set": queries, "beginning_of_pass_write_index": 0, "end_of_pass_write_index": 1}
        return writes, stamps


@contextmanager
def _spoken() -> Iterator[None]:
    """Turn whatever the library says of a lost or overfull GPU into a sentence."""
    import wgpu

    try:
        yield
    except (wgpu.GPUError, RuntimeError) as error:
        _opened.cache_clear()
        said = str(error).strip().partition("\n")[0].rstrip(".")
        raise UnavailableError(Reason("The GPU stopped working: {problem}.", {"problem": said})) from error


@cache
def _opened() -> Gpu:
    return Gpu()


def _packed(operand: Matrix) -> Matrix:
    """Return the operand row by row in float32, at least one number long: no buffer is empty."""
    flat = np.ascontiguousarray(operand, np.float32).ravel()
    return flat if len(flat) else np.zeros(1, np.float32)


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a b, (m, n); `threads` is the GPU's own affair. Raises UnavailableError."""
    return multiplied(upload, "gemm", *checked_gemm(a, b, out))


def gemv(a: Matrix, x: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return y = a x, (m,). Raises UnavailableError."""
    return multiplied(upload, "gemv", *checked_gemv(a, x, out))


def upload(operation: Operation, a: Matrix, b: Matrix) -> Resident:
    """Put both operands onto the GPU, for a timing without transfers. Raises UnavailableError."""
    return _opened().upload(operation, a, b)


def prepare(dtype: DType) -> None:
    """Open the GPU and compile its programs. Raises UnavailableError."""
    _opened()


def schedule(m: int, n: int, k: int, threads: int = 1, dtype: DType = "float32") -> Schedule:
    """Return how the workgroups walk over the product, `threads` of them at a time."""
    return workgroup_schedule(m, n, k, threads, dtype, TILE, DEPTH, TILE // SIDE)


KERNEL = Kernel(
    key="webgpu",
    title="GPU through WebGPU",
    device="gpu",
    operations=("gemm", "gemv"),
    dtypes=DTYPES,
    is_parallel=False,
    why_not=adapters.why_no_gpu,
    prepare=prepare,
    gemm=gemm,
    gemv=gemv,
    upload=upload,
)
