"""The wheel holds the four packages and everything in resources, and finds it there."""

from __future__ import annotations

import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("playground", "widgets", "kernels", "resources")

READ_RESOURCES = """
import sys
from importlib import resources
from pathlib import Path
for name in Path(sys.argv[1]).read_text().splitlines():
    found = resources.files("resources").joinpath(name)
    assert found.read_bytes() == (Path(sys.argv[2]) / name).read_bytes(), name
    assert Path(str(found)).is_relative_to(sys.argv[3]), found
print("found")
"""


def files_of(package: str) -> set[str]:
    """Every file of a package in the checkout, relative to the checkout."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the checkout, built with the installed build backend and no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_all_of_the_packages_and_nothing_else(wheel: Path) -> None:
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert files_of("resources") <= held
    assert held == set().union(*(files_of(package) for package in PACKAGES))


def test_the_wheel_starts_the_program_by_its_name(wheel: Path) -> None:
    archive = ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
    commands = ConfigParser()
    commands.read_string(archive.read(name).decode())
    assert dict(commands["console_scripts"]) == {"playground": "playground.app.main:main"}


def test_resources_are_found_in_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    ZipFile(wheel).extractall(site)
    names = sorted(name.removeprefix("resources/") for name in files_of("resources"))
    assert names
    listing = tmp_path / "names"
    listing.write_text("\n".join(names))
    code = f"import sys; sys.path.insert(0, {str(site)!r})\n{READ_RESOURCES}"
    command = [sys.executable, "-I", "-c", code, str(listing), str(ROOT / "resources"), str(site)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "found", run.stderr
