"""What the command line understands, and what it says about itself."""

from __future__ import annotations

import argparse
import math
import re
from pathlib import Path
from typing import NoReturn

import playground
from playground.app.cli.refusals import UsageError
from playground.model.keys import DTYPES, GRANULARITIES, KERNELS, LEVELS
from playground.model.limits import MAX_SEED
from playground.model.message import message

THEMES = ("light", "dark")
CODE_LANGUAGES = ("python", "numpy", "pytorch", "keras")
MAX_PIXELS = 16_384
MAX_SIDE = 1 << 20


class Parser(argparse.ArgumentParser):
    """A parser that refuses in one sentence instead of with the whole usage."""

    def error(self, message_text: str) -> NoReturn:
        """Raise UsageError with what argparse found wrong."""
        raise UsageError(
            message(
                "{problem} (“{command} --help” says more).",
                problem=_sentence(message_text),
                command=self.prog,
            )
        )


def build_parser() -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser(
        prog="playground",
        usage="playground [FILE]\n       playground COMMAND ...\n       playground COMMAND --help",
        description="Draw a neural network, watch numbers flow forward and blame flow backward.",
        epilog="Without a command the window opens, with FILE in it: a saved network or a table (CSV). "
        "Errors are one sentence; exit code 2 means bad input, 1 a job that failed.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"playground {playground.__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=Parser, prog="playground"
    )
    _add_train(commands)
    _add_sweep(commands)
    _add_gradients(commands)
    _add_predict(commands)
    _add_explain(commands)
    _add_render(commands)
    _add_export(commands)
    _add_bench(commands)
    return parser


Commands = argparse._SubParsersAction  # argparse gives this type no public name


def _command(commands: Commands[Parser], name: str, summary: str, epilog: str = "") -> Parser:
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=epilog,
        allow_abbrev=False,
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a saved network: NAME.playground")
    return parser


def _add_train(commands: Commands[Parser]) -> None:
    parser = _command(
        commands,
        "train",
        "let the network learn, from the weights in the file on",
        "The losses of --json begin with those before training.",
    )
    parser.add_argument(
        "--epochs", type=_epochs, metavar="N", help="how often to go through the training rows (default: 100)"
    )
    parser.add_argument("--kernel", help=f"what computes, instead of the file's: {', '.join(KERNELS)}")
    parser.add_argument("--dtype", help=f"the numbers' type, instead of the file's: {', '.join(DTYPES)}")
    parser.add_argument(
        "--seed", type=_seed, metavar="N", help="the seed of the shuffles, instead of the file's"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="save the network as it is afterwards"
    )
    parser.add_argument("--json", action="store_true", help="tell the outcome as JSON")


def _add_sweep(commands: Commands[Parser]) -> None:
    parser = _command(
        commands,
        "sweep",
        "run every combination of several settings, each in a process of its own",
        "Each run begins with the weights in the file; where seed, learning.initialization or "
        "learning.hidden is tried, with fresh ones. learning.activation and learning.hidden are those of all "
        "hidden nodes and layers (8 is one layer, 8x4 are two).",
    )
    parser.add_argument(
        "--set",
        action="append",
        required=True,
        metavar="KEY=V,V",
        help="a setting and the values to try, such as learning.learning_rate=0.01,0.03,0.1; may be repeated",
    )
    parser.add_argument(
        "--epochs", type=_epochs, metavar="N", help="how long each runs (default: as the file says, or 100)"
    )
    parser.add_argument(
        "--workers", type=_threads, metavar="N", help="how many runs at a time (default: one for each core)"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="run on a Dask cluster instead: its scheduler's address"
    )
    parser.add_argument("--json", action="store_true", help="tell the outcome as JSON")


def _add_gradients(commands: Commands[Parser]) -> None:
    parser = _command(
        commands, "gradients", "the loss and its gradients over all training rows, penalty included"
    )
    parser.add_argument("--json", action="store_true", help="tell them as JSON")


def _add_predict(commands: Commands[Parser]) -> None:
    parser = _command(commands, "predict", "the network's answers for the rows of a table")
    parser.add_argument(
        "table", metavar="TABLE.csv", type=Path, help="new rows, with the columns of the data"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="OUT.csv", help="write the answers to a file")


def _add_explain(commands: Commands[Parser]) -> None:
    parser = _command(commands, "explain", "one pass forward and back, step by step, as Markdown")
    _add_example(parser)
    parser.add_argument("--level", choices=LEVELS, default="words", help="how it is told (default: words)")


def _add_render(commands: Commands[Parser]) -> None:
    parser = _command(
        commands,
        "render",
        "a picture of the network, or one pass or its learning as a film",
        "The suffix of OUT says what it becomes: .png or .svg for a picture, .gif or .mp4 for a film.",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT", required=True, help="OUT.png, OUT.svg, OUT.gif or OUT.mp4"
    )
    _add_example(parser)
    parser.add_argument(
        "--epochs", type=_epochs, metavar="N", help="film how a copy learns for so long, instead of one pass"
    )
    parser.add_argument("--level", choices=LEVELS, default="words", help="how it is told (default: words)")
    parser.add_argument(
        "--granularity", choices=GRANULARITIES, default="layer", help="what one step is (default: layer)"
    )
    parser.add_argument("--theme", choices=THEMES, default="light", help="the colours (default: light)")
    parser.add_argument(
        "--size", type=_size, default=(1440, 900), metavar="WxH", help="in pixels (default: 1440x900)"
    )
    parser.add_argument(
        "--scale", type=_scale, default=1.0, metavar="X", help="how large things are drawn (default: 1.0)"
    )
    parser.add_argument("--speed", type=_speed, default=1.0, metavar="X", help="0.25 to 8 (default: 1.0)")


def _add_export(commands: Commands[Parser]) -> None:
    parser = _command(
        commands,
        "export",
        "the network as code or as a model, one pass as a calculation, or the data",
        "The suffix of OUT says what it becomes: .py a program, .ipynb a notebook, .onnx a model, .md or "
        ".html the calculation of one pass, .csv the data.",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        required=True,
        help="OUT.py, .ipynb, .onnx, .md, .html, .csv",
    )
    parser.add_argument("--language", choices=CODE_LANGUAGES, help="of OUT.py (default: python)")
    _add_example(parser)
    parser.add_argument(
        "--level", choices=LEVELS, default="numbers", help="how a pass is told (default: numbers)"
    )


def _add_bench(commands: Commands[Parser]) -> None:
    summary = "measure this computer, its multiplication kernels, and how fast networks learn"
    parser = commands.add_parser(
        "bench",
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog="Everything is measured in a process of its own, without overrides of numerical libraries, "
        "and checked in the same run.",
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="tell the figures as one JSON object")
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default=(),
        metavar="N,N",
        help="sides of the square matrices, such as 256,1024",
    )
    parser.add_argument(
        "--kernels", type=_names, default=(), metavar="K,K", help="rungs of the ladder (default: all)"
    )
    parser.add_argument(
        "--threads",
        type=_threads,
        metavar="N",
        help="threads, where several can be used (default: one and all)",
    )
    parser.add_argument("--dtype", choices=DTYPES, help="the numbers' type (default: both)")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="fewer sizes and repeats: less than 20 seconds once all is compiled",
    )


def _add_example(parser: Parser) -> None:
    parser.add_argument(
        "--example",
        type=_example,
        default=1,
        metavar="N",
        help="the training row, counted from 1 (default: 1)",
    )


def _epochs(text: str) -> int:
    return _whole(text, 0, 10**9)


def _seed(text: str) -> int:
    return _whole(text, 0, MAX_SEED)


def _example(text: str) -> int:
    return _whole(text, 1, 10**9)


def _threads(text: str) -> int:
    return _whole(text, 1, 4096)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(_whole(part, 1, MAX_SIDE) for part in _names(text))


def _names(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(","))
    if not all(names):
        raise argparse.ArgumentTypeError(f"expected entries with commas between them, not {text!r}")
    return names


def _whole(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?\d{1,19}", text) or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"expected a whole number from {least} on, not {text!r}")
    return int(text)


def _scale(text: str) -> float:
    return _number(text, 0.1, 10.0)


def _speed(text: str) -> float:
    return _number(text, 0.25, 8.0)


def _number(text: str, least: float, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"expected a number from {least:g} to {most:g}, not {text!r}")
    return value


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,6})x(\d{1,6})", text)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (16 <= width <= MAX_PIXELS and 16 <= height <= MAX_PIXELS):
        raise argparse.ArgumentTypeError(
            f"expected a width and a height from 16 to {MAX_PIXELS} such as 1440x900, not {text!r}"
        )
    return width, height


def _sentence(text: str) -> str:
    """What argparse says, on one line and with a capital letter."""
    line = " ".join(text.split())
    return line[:1].upper() + line[1:]
