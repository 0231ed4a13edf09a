"""Runs a command and turns every failure into one sentence and an exit code."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping

from playground.app.cli.refusals import BAD_INPUT, FAILED, JobError, UsageError
from playground.model.errors import PlaygroundError
from playground.model.message import message, sentence


def _train(arguments: argparse.Namespace) -> None:
    from playground.app.cli.train import run

    run(arguments)


def _gradients(arguments: argparse.Namespace) -> None:
    from playground.app.cli.gradients import run

    run(arguments)


def _predict(arguments: argparse.Namespace) -> None:
    from playground.app.cli.predict import run

    run(arguments)


def _explain(arguments: argparse.Namespace) -> None:
    from playground.app.cli.explain import run

    run(arguments)


def _render(arguments: argparse.Namespace) -> None:
    from playground.app.cli.render import run

    run(arguments)


def _export(arguments: argparse.Namespace) -> None:
    from playground.app.cli.export import run

    run(arguments)


def _bench(arguments: argparse.Namespace) -> None:
    from playground.app.cli.bench import run

    run(arguments)


def _sweep(arguments: argparse.Namespace) -> None:
    from playground.app.cli.sweep import run

    run(arguments)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "train": _train,
    "sweep": _sweep,
    "gradients": _gradients,
    "predict": _predict,
    "explain": _explain,
    "render": _render,
    "export": _export,
    "bench": _bench,
}
"""Each command and what does it; the libraries that it needs are loaded only then."""


def run_command(arguments: list[str]) -> int:
    """Run a command line that names a command or asks for help, and return the exit code."""
    from playground.app.cli.parser import build_parser

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")  # a minus sign must not end the program
    try:
        parsed = build_parser().parse_args(arguments)
        if parsed.command is None:
            raise UsageError(message("A command is missing; “playground --help” lists them."))
        COMMANDS[parsed.command](parsed)
        sys.stdout.flush()
    except JobError as error:
        return _refuse(error, FAILED)
    except PlaygroundError as error:
        return _refuse(error, BAD_INPUT)
    except BrokenPipeError:
        # Whoever read the output has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        print(f"The job failed: {error.strerror or error}.", file=sys.stderr)
        return FAILED
    except MemoryError:
        print("There is not enough memory for this.", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return FAILED
    except Exception as error:  # noqa: BLE001  # the one door of the command line
        text = " ".join(f"{type(error).__name__}: {error}".split())
        print(f"The job failed because of an error in the program: {text}.", file=sys.stderr)
        return FAILED
    return 0


def _refuse(error: PlaygroundError, code: int) -> int:
    text = " ".join(sentence(error.message).split())
    print(text if text.endswith((".", "!", "?", ")")) else f"{text}.", file=sys.stderr)
    return code
