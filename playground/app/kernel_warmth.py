"""Gets compiled kernels ready beside the window, which works with NumPy meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot

from playground.app.kernel_preparing import prepare_kernel
from playground.model.keys import DType, Kernel
from playground.model.message import Message, message

State = Literal["waiting", "preparing", "ready", "failed"]
Wish = tuple[Kernel, DType]
Prepare = Callable[[Kernel, DType, threading.Event], None]
"""Gets a kernel ready for a type, or raises; ends soon once the event is set."""

PREPARING: dict[Kernel, Message] = {
    "numba": message("Preparing the Numba kernel…"),
    "numba-parallel": message("Preparing the Numba kernel…"),
    "gpu": message("Preparing the GPU kernel…"),
}
FAILED = message("The kernel cannot be prepared, so NumPy goes on: {reason}")

SAME: dict[Kernel, Kernel] = {"numba-parallel": "numba"}
"""Kernels that are made of the same compiled code."""


class KernelWarmth(QObject):
    """Prepares kernels one after the other, as they are wished for, in a thread of its own.

    Nothing is loaded before the first wish: whoever works with NumPy alone pays neither time nor memory. A
    kernel that is ready stays ready as long as the program runs.

    changed() : some kernel has another state
    """

    changed = Signal()
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None, prepare: Prepare = prepare_kernel) -> None:
        super().__init__(parent)
        self._prepare = prepare
        self._states: dict[Wish, State] = {}
        self._reasons: dict[Wish, Message] = {}
        self._wishes: SimpleQueue[Wish | None] = SimpleQueue()
        self._is_over = threading.Event()
        self._thread: threading.Thread | None = None
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def state(self, kernel: Kernel, dtype: DType) -> State:
        """Return how far a kernel is; safe in any thread."""
        if kernel == "numpy":
            return "ready"
        return self._states.get(_wish(kernel, dtype), "waiting")

    def is_ready(self, kernel: Kernel, dtype: DType) -> bool:
        """Whether a kernel can train now; safe in any thread."""
        return self.state(kernel, dtype) == "ready"

    @property
    def is_preparing(self) -> bool:
        """Whether anything is being prepared."""
        return "preparing" in self._states.values()

    def said(self, kernel: Kernel, dtype: DType) -> Message | None:
        """Return the sentence about a kernel that is not ready yet or cannot be made ready; else None."""
        state = self.state(kernel, dtype)
        if state == "preparing":
            return PREPARING[kernel]
        if state == "failed":
            return message(FAILED.template, reason=self._reasons[_wish(kernel, dtype)])
        return None

    def want(self, kernel: Kernel, dtype: DType) -> None:
        """Get a kernel ready, unless it is or was tried; NumPy always is."""
        wish = _wish(kernel, dtype)
        if self.state(kernel, dtype) != "waiting" or self._is_over.is_set():
            return
        self._states[wish] = "preparing"
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="kernel preparing", daemon=True)
            self._thread.start()
        self._wishes.put(wish)
        self.changed.emit()

    def shutdown(self) -> None:
        """Prepare nothing more, and wait for the thread."""
        self._is_over.set()
        if self._thread is not None:
            self._wishes.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (wish := self._wishes.get()) is not None and not self._is_over.is_set():
            try:
                self._prepare(*wish, self._is_over)
            except Exception as error:  # noqa: BLE001  # told in the window; NumPy works on
                self._done.emit(wish, error)
            else:
                self._done.emit(wish, None)

    @Slot(object, object)
    def _take(self, wish: Wish, error: Exception | None) -> None:
        if error is None:
            self._states[wish] = "ready"
        else:
            self._states[wish] = "failed"
            self._reasons[wish] = _reason(error)
        self.changed.emit()


def _wish(kernel: Kernel, dtype: DType) -> Wish:
    return SAME.get(kernel, kernel), dtype


def _reason(error: Exception) -> Message:
    from kernels.ladder.kernel import UnavailableError

    if isinstance(error, UnavailableError):
        return Message(error.reason.template, error.reason.values)
    return message("{kind}: {text}", kind=type(error).__name__, text=" ".join(str(error).split()))
