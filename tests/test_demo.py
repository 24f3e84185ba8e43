"""The demonstration, as somebody runs it who has just cloned the project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import environment
import pytest


@pytest.mark.slow
def test_demo_builds_asks_and_names_the_files_to_open(tmp_path: Path, root: Path) -> None:
    if not environment.is_current("default"):
        pytest.skip("the environment was not made by scripts/test.py, so the demo would install packages")
    command: list[str | Path] = [sys.executable, root / "scripts" / "demo.py", tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    for name in ("network.html", "report.html", "graph.nq"):
        path = tmp_path / "out" / name
        assert str(path) in done.stdout
        assert path.stat().st_size > 1000
    assert "pool" in done.stdout.split("Who pools budgets")[1]
