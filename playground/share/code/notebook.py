"""The network as a notebook: the NumPy program in cells, each with a heading (nbformat 4.5)."""

from __future__ import annotations

import json

from playground.share.code.numpy_code import sections
from playground.share.code.recipe import Recipe


def notebook(recipe: Recipe) -> str:
    """Return the notebook's text, JSON."""
    cells: list[dict[str, object]] = []
    for heading, parts in sections(recipe):
        cells.append(_cell("markdown", f"## {heading}", len(cells)))
        cells.append(_cell("code", "\n\n".join(parts).strip(), len(cells)))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _cell(kind: str, source: str, number: int) -> dict[str, object]:
    cell: dict[str, object] = {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
