"""Compiled kernels lie in one folder for each version of their sources."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kernels.cache import VARIABLE, digest, use_cache

ROOT = Path(__file__).parent.parent.parent

COMPILE = """
import sys
from pathlib import Path
from kernels.cache import use_cache
own = use_cache(Path(sys.argv[1]))
from kernels.ladder import numba_loops
numba_loops.prepare("float64")
print(own)
"""


def test_the_folder_is_named_after_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    own = use_cache(tmp_path / "cache")
    assert own.is_dir()
    assert own.parent == tmp_path / "cache"
    assert own.name.endswith(digest())
    assert os.environ[VARIABLE] == str(own)


def test_folders_of_other_versions_are_removed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    old = tmp_path / "kernels-0.1-0123456789ab"
    (old / "within").mkdir(parents=True)
    (old / "within" / "code.nbc").write_bytes(b"old")
    others = [tmp_path / "pictures", tmp_path / "notes"]
    others[0].mkdir()
    others[1].write_text("mine", encoding="utf-8")
    own = use_cache(tmp_path)
    (own / "code.nbc").write_bytes(b"new")
    monkeypatch.delenv(VARIABLE)
    assert use_cache(tmp_path) == own
    assert sorted(tmp_path.iterdir()) == sorted([own, *others])
    assert (own / "code.nbc").read_bytes() == b"new"


def test_a_folder_that_somebody_chose_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "theirs"))
    (tmp_path / "kernels-0.1-old").mkdir()
    assert use_cache(tmp_path) == tmp_path / "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["kernels-0.1-old"]


def test_the_digest_changes_with_any_line_and_any_file(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "inner" / "b.py").write_text("y = 1\n", encoding="utf-8")
    seen = [digest(tmp_path)]
    (tmp_path / "inner" / "b.py").write_text("y = 2\n", encoding="utf-8")
    seen.append(digest(tmp_path))
    (tmp_path / "inner" / "b.py").rename(tmp_path / "b.py")
    seen.append(digest(tmp_path))
    (tmp_path / "c.py").write_text("", encoding="utf-8")
    seen.append(digest(tmp_path))
    assert len(set(seen)) == 4
    (tmp_path / "notes.txt").write_text("z", encoding="utf-8")
    assert digest(tmp_path) == seen[-1]


def test_numba_keeps_its_code_there_and_finds_it_again(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    kept = []
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", COMPILE, str(tmp_path)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        own = Path(run.stdout.strip())
        kept.append({path: path.stat().st_mtime_ns for path in own.rglob("*.nb*")})
    assert kept[0]
    assert kept[0] == kept[1]  # the second process wrote nothing: it has loaded what the first compiled
