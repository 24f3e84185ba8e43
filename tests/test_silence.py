"""The process that workers are divided from prints no errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_whoever_imports_it_prints_no_errors(root: Path) -> None:
    program = "from graph import silence, errors; 1 / 0"
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
