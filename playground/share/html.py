"""A whole pass as one HTML page that needs nothing else: the same text as in the window, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from string import Template
from types import MappingProxyType

from playground.model.keys import Granularity, Level
from playground.model.message import Message, Value, format_number, sentence
from playground.model.narration import ArithmeticRow, Formula, Narration
from playground.model.trace import LearnerState, Trace
from playground.share.telling import HEADS, chapters, title_of
from resources.theme import DARK, LIGHT, Theme

Say = Callable[[Message], str]

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<style>
$style</style>
</head>
<body>
<main>
$body
</main>
</body>
</html>
""")

_STYLE = Template("""\
:root { $light }
@media (prefers-color-scheme: dark) { :root { $dark } }
body { margin: 0; background: var(--background); color: var(--ink); font: 17px/1.5 Inter, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.7rem; }
h2 { margin-top: 2.5rem; padding-bottom: .3rem; border-bottom: 2px solid var(--accent); font-size: 1.3rem; }
h3 { margin: 1.8rem 0 .4rem; font-size: 1.05rem; }
p { margin: .4rem 0; }
table { width: 100%; margin: .6rem 0; border-collapse: collapse; background: var(--surface); }
th, td { padding: .3rem .7rem; border: 1px solid var(--line); text-align: left; }
thead th { color: var(--muted); font-size: .85rem; }
tbody th { font-weight: 400; }
td, th + th { text-align: right; }
tr.sum th, tr.sum td { font-weight: 700; }
.formula { margin: .6rem 0; padding: .5rem .8rem; border-left: 3px solid var(--accent); \
background: var(--surface); overflow-x: auto; }
@media print { h3, table, .formula { break-inside: avoid; } }
""")
"""The colours are those of the window, light or dark as the reader's system is set."""


def explain_html(
    trace: Trace,
    level: Level,
    state: LearnerState | None = None,
    granularity: Granularity = "node",
    translate: Callable[[str], str] = str,
) -> str:
    """Return the pass as a page: a section for each phase, in it the steps with sentences and arithmetic.

    Nothing in it comes from elsewhere, and whatever nodes are called is text and nothing else.

    state : the learner before the pass; with it the arithmetic of momentum and Adam shows their memory
    translate : brings the templates of messages into another language
    """

    def say(text: Message) -> str:
        return escape(sentence(text, translate))

    def say_rich(text: Message) -> str:
        return sentence(_escaped(text), translate)

    style = _STYLE.substitute(light=_colours(LIGHT), dark=_colours(DARK))
    body = "\n".join(_blocks(trace, level, state, granularity, say, say_rich))
    return _PAGE.substitute(title=say(title_of(trace)), style=style, body=body)


def _blocks(
    trace: Trace, level: Level, state: LearnerState | None, granularity: Granularity, say: Say, say_rich: Say
) -> Iterator[str]:
    yield f"<h1>{say(title_of(trace))}</h1>"
    for chapter in chapters(trace, level, state, granularity):
        yield f"<section>\n<h2>{say(chapter.title)}</h2>"
        for step in chapter.steps:
            yield f"<h3>{step.number}. {say(step.narration.title)}</h3>"
            yield from _told(step.narration, say, say_rich)
        yield "</section>"


def _told(told: Narration, say: Say, say_rich: Say) -> Iterator[str]:
    yield f"<p>{' '.join(say(text) for text in told.sentences)}</p>"
    if told.rows:
        yield from _table(told.rows, say)
    for formula in told.formulas:
        yield _formula(formula, say_rich)


def _table(rows: tuple[ArithmeticRow, ...], say: Say) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{say(head)}</th>' for head in HEADS)
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
    for row in rows:
        calculation = "" if row.calculation is None else say(row.calculation)
        kind = ' class="sum"' if row.strong else ""
        head = f'<th scope="row">{say(row.label)}</th>'
        yield f"<tr{kind}>{head}<td>{calculation}</td><td>{escape(format_number(row.result))}</td></tr>"
    yield "</tbody>\n</table>"


def _formula(formula: Formula, say_rich: Say) -> str:
    return f'<div class="formula">{formula.symbols}<br>{say_rich(formula.numbers)}</div>'


def _escaped(text: Message) -> Message:
    return Message(text.template, MappingProxyType({k: _plain(v) for k, v in text.values.items()}))


def _plain(value: Value | Message) -> Value | Message:
    if isinstance(value, Message):
        return _escaped(value)
    return escape(value) if isinstance(value, str) else value


def _colours(theme: Theme) -> str:
    names = ("background", "surface", "ink", "muted", "line", "accent")
    return " ".join(f"--{name}: {getattr(theme, name)};" for name in names)
