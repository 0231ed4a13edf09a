"""Pieces of Python that all exported programs share: numbers, formulas, what is read, the self-check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from playground.model.formula import Formula
from playground.model.parameters import Floats
from playground.share.code.recipe import TOLERANCE, Recipe

INDENT = "    "

FORMULA_FUNCTIONS = {
    "square": "({0}) ** 2",
    "sqrt": "math.sqrt({0})",
    "abs": "abs({0})",
    "sin": "math.sin({0})",
    "cos": "math.cos({0})",
    "exp": "math.exp({0})",
    "log": "math.log({0})",
    "tanh": "math.tanh({0})",
}
"""The functions of formulas in Python's own words."""


def number(value: float) -> str:
    """Return a number with all its digits."""
    return repr(float(value))


def vector(values: Iterable[float]) -> str:
    """Return a list of numbers."""
    return f"[{', '.join(number(value) for value in values)}]"


def matrix(values: Floats, indent: str = "") -> str:
    """Return a list of lists, a row on each line."""
    rows = "".join(f"{indent}{INDENT}{vector(row)},\n" for row in values)
    return f"[\n{rows}{indent}]"


def one_line(text: str) -> str:
    """Return a person's text so that it can stand in a comment or a docstring."""
    return " ".join(text.replace("\\", "/").replace('"""', "'''").split())


def formula(read: Formula, names: dict[str, str]) -> str:
    """Return a formula of columns in Python; `names` are the arguments that hold them."""
    stack: list[str] = []
    for operation in read.operations:
        match operation.kind:
            case "number":
                stack.append(number(operation.number))
            case "column":
                stack.append(names[operation.name])
            case "negate":
                stack.append(f"(-{stack.pop()})")
            case "function":
                stack.append(f"({FORMULA_FUNCTIONS[operation.name].format(stack.pop())})")
            case "operator":
                right, left = stack.pop(), stack.pop()
                sign = "**" if operation.name == "^" else operation.name
                stack.append(f"({left} {sign} {right})")
    return stack.pop()


def heading(recipe: Recipe, means: str) -> str:
    """Return the module's docstring: what the network is, and what the program needs."""
    hidden = sum(len(stage.nodes) for stage in recipe.stages) - len(recipe.answers)
    counts = ", ".join(
        f"{count} {name if count == 1 else f'{name}s'}"
        for count, name in (
            (len(recipe.inputs), "input"),
            (hidden, "hidden node"),
            (len(recipe.answers), "output"),
        )
    )
    answers = ", ".join(one_line(answer.label) for answer in recipe.answers)
    return (
        f'"""A neural network drawn in Neural Playground: {counts}.\n\nAnswers: {answers}\n'
        f'{means}\nRun this file, and it checks itself against the answers that the window showed.\n"""\n'
    )


def reader(recipe: Recipe) -> str:
    """Return the function that makes of a row what the input nodes read."""
    names = {column.name: name for name, column in recipe.arguments}
    lines = [f"def read({', '.join(name for name, _ in recipe.arguments)}):"]
    lines.append(f'{INDENT}"""Return what the input nodes read of one row.')
    lines += ["", *(_argument_line(name, column.name, column.classes) for name, column in recipe.arguments)]
    lines += [f'{INDENT}"""', f"{INDENT}return ["]
    for read in recipe.reads:
        value = "0.0" if not read.argument else read.argument
        if read.formula is not None:
            value = formula(read.formula, names)
        elif read.class_text is not None:
            value = f"float({read.argument} == {read.class_text!r})"
        if (read.offset, read.scale) != (0.0, 1.0):
            value = f"({value} - {number(read.offset)}) / {number(read.scale)}"
        lines.append(f"{INDENT * 2}{value},  # {one_line(read.label)}")
    return "\n".join([*lines, f"{INDENT}]"]) + "\n"


def units(recipe: Recipe, names: Sequence[str]) -> list[str]:
    """Return the outputs' names, brought back into the units of the table where they were scaled."""
    return [
        name
        if (answer.offset, answer.scale) == (0.0, 1.0)
        else f"{name} * {number(answer.scale)} + {number(answer.offset)}"
        for name, answer in zip(names, recipe.answers, strict=True)
    ]


def checks(recipe: Recipe) -> str:
    """Return the rows to check by, and the check that runs when the file is run."""
    rows = "".join(f"{INDENT}(({_tuple(row)}), {vector(answers)}),\n" for row, answers in recipe.checks)
    return f"""# Rows, and what the window showed for them.
CHECKS = [
{rows}]


def check():
    \"\"\"Raise AssertionError where an answer is not the one that the window showed.\"\"\"
    for row, expected in CHECKS:
        for found, wanted in zip(predict(*row), expected):
            assert abs(found - wanted) <= {TOLERANCE} * max(1.0, abs(wanted)), (row, found, wanted)
"""


MAIN = """if __name__ == "__main__":
    check()
    for row, _ in CHECKS:
        print(row, "->", predict(*row))
    print("All answers are those that the window showed.")
"""
"""What happens when the file is run."""


def _argument_line(name: str, column: str, classes: Sequence[str]) -> str:
    said = f"{INDENT}{name} : {one_line(column)}"
    return f"{said}, one of {', '.join(repr(text) for text in classes)}" if classes else said


def _tuple(row: Sequence[float | str]) -> str:
    return "".join(f"{cell!r}, " for cell in row).rstrip()
