"""Make the environment that the other scripts run in: ``.venv`` in the checkout, from the lock files.

Needs Python 3.11 or later and a package registry, and nothing else. Every package is checked against
the hash in the lock. A second call finds the environment as it left it and returns at once.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
LOCKS = {"default": "requirements.lock", "dev": "requirements-dev.lock", "spark": "requirements-spark.lock"}
"""What users need; with what the tests need; with the extra ``spark``, which goes on top of either."""


def prepare_environment(kind: str) -> Path:
    """Make or refresh the environment, and say what is done.

    Args:
        kind: ``default`` for what users need, ``dev`` for the tests as well, ``spark`` to add that extra.

    Returns:
        The environment's Python.
    """
    check_python()
    python = find_python()
    if not works(python):
        say(f"Making an environment in {ENVIRONMENT.relative_to(ROOT)} with Python {sys.version.split()[0]}")
        make_environment()
    if is_current(kind):
        say("The environment is up to date")
    else:
        say(f"Installing the packages of {LOCKS[kind]}, each checked against its hash (a minute or two)")
        install_packages(python, kind)
    return python


def check_python() -> None:
    """Stop with one line when this Python is too old."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:2])
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        sys.exit(
            f"caregraph needs Python {wanted} or later; this is {found}. Run this script with a newer one."
        )


def find_python() -> Path:
    """Return where the environment's Python is, or will be."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(python: Path) -> bool:
    """Tell whether the environment is there, has pip and is new enough (the checkout may have moved)."""
    probe = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        return subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_environment() -> None:
    """Make an empty environment with pip in it."""
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        sys.exit("This Python cannot make environments. On Debian and Ubuntu: apt-get install python3-venv")


def install_packages(python: Path, kind: str) -> None:
    """Install what the lock of ``kind`` pins, and caregraph itself as it stands in the checkout."""
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    run_or_stop([*pip, "--require-hashes", "--requirement", LOCKS[kind]])
    run_or_stop([*pip, "--no-deps", "--no-build-isolation", "--editable", "."])
    for stamped in ("default", "dev") if kind == "dev" else [kind]:
        stamp_of(stamped).write_text(fingerprint(), encoding="utf-8")


def is_current(kind: str) -> bool:
    """Tell whether the environment holds what the lock of ``kind`` says today."""
    stamp = stamp_of(kind)
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint()


def stamp_of(kind: str) -> Path:
    """Return the file that says what was installed for ``kind``."""
    return ENVIRONMENT / f"caregraph-{kind}.stamp"


def fingerprint() -> str:
    """Return a digest of everything that decides what an installation holds."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in (*LOCKS.values(), "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def run_or_stop(command: list[str]) -> None:
    """Run a command in the checkout; stop with its exit code when it fails."""
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(f"This failed with exit code {code}: {' '.join(command)}")


def say(text: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(f"==> {text}", flush=True)
