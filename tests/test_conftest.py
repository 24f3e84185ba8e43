"""What all tests share: a file of tests that cannot be imported fails, and is not skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_file_that_cannot_be_imported_fails(tmp_path: Path, root: Path) -> None:
    """pytest skips it with ``--doctest-ignore-import-errors``, and says that all is well."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_make_collect_report\n", "utf-8")
    (tmp_path / "test_broken.py").write_text(
        "import no_such_module\n\n\ndef test_it():\n    assert 0\n", "utf-8"
    )
    (tmp_path / "test_fine.py").write_text("def test_it():\n    pass\n", "utf-8")
    options = [
        "--import-mode=importlib",
        "--doctest-modules",
        "--doctest-ignore-import-errors",
        "--rootdir=.",
    ]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0, run.stdout
    assert "test_broken.py" in run.stdout
