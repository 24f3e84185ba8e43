"""The script that makes the project's own environment: what it refuses, and when it has nothing to do."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import environment
import pytest


@pytest.fixture
def checkout(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of all that decides what is installed, with an environment not yet made."""
    for name in (*environment.LOCKS.values(), "pyproject.toml"):
        shutil.copy(root / name, tmp_path / name)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / ".venv")
    return tmp_path


def test_old_python_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    with pytest.raises(SystemExit) as stop:
        environment.check_python()
    assert "needs Python 3.11 or later; this is 3.10" in str(stop.value)
    assert "\n" not in str(stop.value)


def test_environment_that_is_missing_or_broken_does_not_work(checkout: Path) -> None:
    assert not environment.works(environment.find_python())
    environment.find_python().parent.mkdir(parents=True)
    environment.find_python().write_text("#!/nowhere/python3\n")
    environment.find_python().chmod(0o755)
    assert not environment.works(environment.find_python())


def test_new_environment_works(checkout: Path) -> None:
    environment.make_environment()
    assert environment.works(environment.find_python())


def test_environment_is_current_until_a_lock_changes(checkout: Path) -> None:
    assert not environment.is_current("default")
    stamp = environment.stamp_of("default")
    stamp.parent.mkdir()
    stamp.write_text(environment.fingerprint(), encoding="utf-8")
    assert environment.is_current("default")
    assert not environment.is_current("dev")
    with (checkout / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("another==1.0\n")
    assert not environment.is_current("default")


def test_failing_command_stops_the_script(checkout: Path) -> None:
    with pytest.raises(SystemExit, match="exit code 3"):
        environment.run_or_stop([sys.executable, "-c", "raise SystemExit(3)"])
