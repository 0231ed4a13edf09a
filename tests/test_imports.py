"""Imports point down only: read from the sources, and proved by loading."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("playground", "widgets", "kernels", "resources", "tests")


@dataclass(frozen=True, slots=True)
class Rule:
    """What the modules of a package may import besides the standard library and their own package."""

    ours: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    inside_functions: tuple[str, ...] = ()


HEAVY = {
    "playground/share/gif.py": "PIL",
    "widgets/kernels/chart.py": "pyqtgraph",
    "widgets/loss_curves.py": "pyqtgraph",
    "widgets/plot.py": "pyqtgraph",
}
"""Modules that are all about one heavy library and import it at their top."""

REACH_HEAVY = {
    "playground.share.gif",
    "widgets.kernels.chart",
    "widgets.loss_curves",
    "widgets.plot",
}
"""The modules whose import loads a heavy library; all others import these inside functions only."""

COMPILERS = ("numba", "llvmlite", "wgpu", "cupy", "numba_cuda")
"""What takes a second to load and is loaded for kernels only, off the window's thread."""

LIGHT_KERNELS = {
    "kernels.activations",
    "kernels.cache",
    "kernels.checking",
    "kernels.environment",
    "kernels.graph",
    "kernels.host",
    "kernels.ladder.kernel",
    "kernels.ladder.numpy_blas",
    "kernels.ladder.operands",
    "kernels.ladder.python_loops",
    "kernels.ladder.registry",
    "kernels.ladder.schedule",
    "kernels.losses",
    "kernels.oracle",
    "kernels.threads",
}
"""Modules of the kernels that the window may import before its first paint."""

KERNEL_LIBRARIES = ("numpy", "numba", "llvmlite", "threadpoolctl", "psutil", "wgpu", "numba_cuda")
EVERY_LIBRARY = ("PySide6", "shiboken6", "numpy", "msgspec", "psutil", "threadpoolctl")

RULES: dict[str, Rule] = {
    "playground/app": Rule(
        ours=("playground", "widgets", "kernels", "resources"),
        libraries=EVERY_LIBRARY,
        inside_functions=("PIL", "distributed", "pyqtgraph", "sklearn", "numba", "wgpu"),
    ),
    "playground/share": Rule(
        ours=("playground.engine", "playground.model", "widgets", "resources"),
        libraries=("numpy", "PySide6", "shiboken6"),
        inside_functions=("PIL", "onnx", "av"),
    ),
    "widgets": Rule(
        ours=("playground.model", "resources"),
        libraries=("PySide6", "shiboken6", "numpy"),
        inside_functions=("pyqtgraph",),
    ),
    "playground/engine": Rule(
        ours=("playground.model", "kernels"),
        libraries=("numpy",),
        inside_functions=("sklearn",),
    ),
    "playground/model": Rule(libraries=("numpy", "msgspec")),
    "kernels": Rule(libraries=KERNEL_LIBRARIES, inside_functions=("cupy",)),
    "resources": Rule(),
    "playground": Rule(ours=("playground.app",)),  # the two modules at the top
}


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module: its dotted name, the line, and whether it happens inside a function."""

    name: str
    line: int
    inside_function: bool


def imports(tree: ast.AST, inside_function: bool = False) -> Iterator[Import]:
    """Every import of a module; `from a import b` counts as a.b, for b may be a module."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, inside_function)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield Import(f"{node.module}.{alias.name}", node.lineno, inside_function)
        else:
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports(node, inside_function or is_function)


def is_within(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the packages or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def offences(source: str, package: str, rule: Rule, heavy: str = "") -> list[str]:
    """The imports of a source that its package's rule forbids; `heavy` is allowed at its top."""
    own = package.replace("/", ".")
    found = []
    for item in imports(ast.parse(source)):
        top = item.name.partition(".")[0]
        if top in OURS:
            allowed = is_within(item.name, (own,) if package != "playground" else ()) or is_within(
                item.name, rule.ours
            )
        elif item.inside_function and top in rule.inside_functions:
            allowed = True
        else:
            allowed = top in sys.stdlib_module_names or top in (*rule.libraries, heavy)
        if not allowed:
            found.append(f"line {item.line}: {item.name}")
    return found


def package_of(path: Path) -> str:
    """The key of RULES for a source file: the longest one that its folder lies in."""
    folder = path.parent.relative_to(ROOT).as_posix()
    return max((key for key in RULES if f"{folder}/".startswith(f"{key}/")), key=len)


SOURCES = sorted(
    path
    for folder in ("playground", "widgets", "kernels", "resources")
    for path in (ROOT / folder).rglob("*.py")
)
MODULES = {
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
    for path in SOURCES
}
"""Our modules by their dotted names."""


def test_every_package_has_sources() -> None:
    assert {package_of(path) for path in SOURCES} == set(RULES)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_down_only(path: Path) -> None:
    package = package_of(path)
    heavy = HEAVY.get(path.relative_to(ROOT).as_posix(), "")
    assert offences(path.read_text(encoding="utf-8"), package, RULES[package], heavy) == []


def loaded_at_once(source: str) -> set[str]:
    """Our modules that importing a source imports: not those inside functions or only for the types."""
    tree = ast.parse(source)
    tree.body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"))
    ]
    names = [item.name.split(".") for item in imports(tree) if not item.inside_function]
    return {".".join(name[:length]) for name in names for length in range(1, len(name) + 1)} & set(MODULES)


def all_that_load(modules: set[str]) -> set[str]:
    """These modules, and all of ours whose import imports one of them."""
    needs = {name: loaded_at_once(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
    reach = set(modules)
    while more := {name for name, needed in needs.items() if needed & reach} - reach:
        reach |= more
    return reach


def test_heavy_modules_are_imported_inside_functions() -> None:
    heavy = {path.removesuffix(".py").replace("/", ".") for path in HEAVY}
    assert heavy <= set(MODULES)
    assert all_that_load(heavy) == REACH_HEAVY


def test_what_compiles_is_imported_inside_functions() -> None:
    """Kernels may load Numba and its like at their top; the window loads such kernels when it needs them."""
    compiling = {
        name
        for name, path in MODULES.items()
        for item in imports(ast.parse(path.read_text(encoding="utf-8")))
        if not item.inside_function and is_within(item.name, COMPILERS)
    }
    assert {"kernels.ladder.vectors", "kernels.ladder.numba_packed"} <= compiling
    reach = all_that_load(compiling)
    assert sorted(name for name in reach if not is_within(name, ("kernels",))) == []
    assert sorted(LIGHT_KERNELS & reach) == []
    assert set(MODULES) >= LIGHT_KERNELS


def test_the_reader_of_what_is_loaded_at_once_sees_through_functions_and_types() -> None:
    source = """
from typing import TYPE_CHECKING
from playground.model import network
if TYPE_CHECKING:
    from widgets.loss_curves import LossCurves
def f():
    from playground.share import gif
try:
    import widgets.icons
except ImportError:
    pass
"""
    assert loaded_at_once(source) == {
        "playground",
        "playground.model",
        "playground.model.network",
        "widgets",
        "widgets.icons",
    }


@pytest.mark.parametrize(
    ("package", "source", "count"),
    [
        ("playground/model", "import PySide6", 1),
        ("playground/model", "from PySide6.QtCore import Qt", 1),
        ("playground/model", "from playground.engine import trace", 1),
        ("playground/model", "from playground.model import network\nimport json, numpy, msgspec", 0),
        ("playground/engine", "import sklearn", 1),
        ("playground/engine", "def f():\n    from sklearn.datasets import load_iris", 0),
        ("playground/engine", "if True:\n    from sklearn.datasets import load_iris", 1),
        ("playground/engine", "from widgets import canvas", 1),
        ("playground/engine", "from kernels import oracle", 0),
        ("kernels", "from playground.model import keys", 1),
        ("kernels", "def f():\n    from resources import theme", 1),
        ("widgets", "from playground.engine import timeline", 1),
        ("widgets", "import playground.app.document", 1),
        ("widgets", "import pyqtgraph", 1),
        ("playground/share", "from playground.app import document", 1),
        ("playground/share", "import PIL.Image", 1),
        ("resources", "import numpy", 1),
        ("playground", "from playground.app.main import main", 0),
    ],
)
def test_the_reader_of_imports_sees_offences(package: str, source: str, count: int) -> None:
    assert len(offences(source, package, RULES[package])) == count


def test_share_uses_only_widgets_that_paint() -> None:
    """A picture is made with no window: what share takes from widgets needs no QtWidgets itself."""
    used = {
        name
        for path in (ROOT / "playground" / "share").rglob("*.py")
        for item in imports(ast.parse(path.read_text(encoding="utf-8")))
        if is_within(item.name, ("widgets",))
        for name in (item.name, item.name.rpartition(".")[0])
    }
    modules = [path for name in used if (path := ROOT / f"{name.replace('.', '/')}.py").exists()]
    for path in modules:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        windows = [item.line for item in imports(tree) if is_within(item.name, ("PySide6.QtWidgets",))]
        assert windows == [], path


LOAD_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
names = [module.name for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    importlib.import_module(name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded_by(code: str, *arguments: str) -> set[str]:
    """Names of the top-level packages that code prints in a Python of its own."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("package", ["playground.model", "playground.engine", "kernels"])
def test_the_core_loads_without_qt(package: str) -> None:
    loaded = loaded_by(LOAD_ALL, package)
    assert package.partition(".")[0] in loaded
    assert not loaded & {"PySide6", "shiboken6", "pyqtgraph", "widgets", "sklearn"}


FIRST_PAINT = """
import os, sys
from PySide6 import QtCore, QtWidgets

class Watched(QtWidgets.QApplication):
    painted = False

    def notify(self, receiver, event):
        handled = super().notify(receiver, event)
        is_window = isinstance(receiver, QtWidgets.QWidget) and receiver.isWindow()
        if is_window and event.type() == QtCore.QEvent.Type.Paint and not Watched.painted:
            Watched.painted = True
            # Children paint within the same event of the window, so this comes right after all of them.
            QtCore.QTimer.singleShot(0, report)
        return handled

def report():
    print(*sorted(sys.modules), flush=True)
    os._exit(0)

QtWidgets.QApplication = Watched
sys.argv = ["playground"]
from playground.app.main import main
main()
os._exit(3)
"""

AFTER_THE_FIRST_PAINT = {
    "html",
    "playground.app.asks",
    "playground.app.exports",
    "playground.app.sharing",
    "playground.app.sweep_control",
    "playground.engine.thumbnails",
    "playground.engine.web_playground",
    "widgets.app_icon",
    "widgets.dialogs.recovery_dialog",
    "widgets.dialogs.unsaved_dialog",
    "widgets.kernels.plot_panel",
    "widgets.presenter.presenter",
    "widgets.sweep.offers",
}
"""What is loaded when it is first asked for, or in the turn after the first picture."""


@pytest.mark.skipif(
    not (ROOT / "playground/app/main.py").exists(), reason="there is no window before there is a main module"
)
def test_the_first_paint_needs_no_heavy_library() -> None:
    modules = loaded_by(FIRST_PAINT)
    assert not modules & AFTER_THE_FIRST_PAINT
    assert set(MODULES) >= {name for name in AFTER_THE_FIRST_PAINT if is_within(name, OURS)}
    loaded = {name.partition(".")[0] for name in modules}
    assert {"PySide6", "widgets"} <= loaded
    assert not loaded & {"numba", "llvmlite", "pyqtgraph", "scipy", "sklearn", "PIL"}
