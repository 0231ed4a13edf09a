"""The process that does runs of a sweep: `python -m playground.app.sweep_worker`; it loads no Qt.

Standard input brings points, standard output takes their outcomes away, one after another. A point is
two numbers of eight bytes, its length and its epochs, and then its file; an outcome is its length and what
`playground.model.sweep_answers` writes. The process ends as soon as its input does, whatever it is doing.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from queue import SimpleQueue
from struct import Struct
from typing import BinaryIO

POINT = Struct("<QQ")
OUTCOME = Struct("<Q")
BEHIND = "behind"
"""The argument that lets the process have only what others leave over."""
LOW_PRIORITY = 10


def main() -> None:
    """Serve standard input; what libraries print goes to standard error, apart from the outcomes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever asked; they end this process
    if BEHIND in sys.argv[1:]:
        _step_back()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        points: SimpleQueue[tuple[bytes, int]] = SimpleQueue()
        threading.Thread(target=_read, args=(sys.stdin.buffer, points), daemon=True).start()
        from playground.engine.sweep_run import run_file

        while True:
            outcome = run_file(*points.get())
            output.write(OUTCOME.pack(len(outcome)) + outcome)
            output.flush()


def _read(source: BinaryIO, points: SimpleQueue[tuple[bytes, int]]) -> None:
    while len(head := source.read(POINT.size)) == POINT.size:
        length, epochs = POINT.unpack(head)
        points.put((source.read(length), epochs))
    os._exit(0)  # nobody waits for an outcome any more


def _step_back() -> None:
    import psutil

    try:
        # Windows has classes in place of numbers, which psutil knows only there.
        psutil.Process().nice(getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", LOW_PRIORITY))
    except psutil.Error:
        return  # it may not be changed; then all share alike


if __name__ == "__main__":
    main()
