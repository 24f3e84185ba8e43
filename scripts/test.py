"""Run every check of the project: format, lint, types, the direction of imports, the pages, tests.

Run ``python3 scripts/test.py`` in a fresh checkout: it makes its own environment first. Arguments go
to pytest and run the tests alone: ``python3 scripts/test.py tests/test_read.py -k encoding``.
``--spark`` installs Spark too (440 MB) and runs the tests of its cluster, which need a Java runtime.
``--ci`` (or ``CI=true``) does that and installs with apt what tests are skipped without, or fail: Chromium's
headless shell, Java, Virtuoso and strace. ``--thorough`` runs the tests that prove the promises
(docs/promises.md) at their full length: hundreds of kills, long fuzzing, an hour of builds and queries.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from environment import ROOT, prepare_environment, run_or_stop, say

CHECKS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("direction of imports", ["lint-imports"]),
    ("scripts, styles and templates of the pages", ["python", "scripts/lint_page.py"]),
)

HEADLESS = "chromium-headless-shell"
"""Chromium without windows, which costs half of what the whole browser does."""

PROGRAMS = {
    HEADLESS: HEADLESS,
    "java": "default-jre-headless",
    "virtuoso-t": "virtuoso-opensource-7-bin",
    "strace": "strace",
}
"""What tests start, and the packages of Debian that have it."""

SHARED_OUT = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal", "--reruns", "1")
"""How pytest runs the whole suite: on all processors, with a process more than these since tests wait for
browsers, servers and clusters; and once more what fails, which is told: a busy machine may keep one of these
waiting for too long."""


def main(arguments: list[str]) -> int:
    """Run the checks, the tests last, and return 0 only when all of them passed."""
    ci = "--ci" in arguments or os.environ.get("CI") == "true"
    thorough = "--thorough" in arguments
    spark = (ci and not thorough) or "--spark" in arguments
    passed_on = [argument for argument in arguments if argument not in ("--ci", "--spark", "--thorough")]
    python = prepare_environment("dev")
    if spark:
        prepare_environment("spark")
    if ci:
        install_programs()
    failed = [] if passed_on else run_checks(python)
    say("Tests")
    if thorough:
        os.environ["CAREGRAPH_THOROUGH"] = "1"
        passed_on = passed_on or [*SHARED_OUT, "-m", "promise"]
    chosen = passed_on or (SHARED_OUT if spark else (*SHARED_OUT, "-m", "not spark"))
    code = subprocess.run([python, "-m", "pytest", *chosen], cwd=ROOT, check=False).returncode
    if failed:
        say(f"These checks failed, see above: {', '.join(failed)}")
    return code or int(bool(failed))


def run_checks(python: Path) -> list[str]:
    """Run all checks but the tests; return the names of those that failed."""
    failed = []
    for name, command in CHECKS:
        say(f"Check: {name} ({' '.join(command)})")
        tool = shutil.which(command[0], path=str(python.parent)) or command[0]
        if subprocess.run([tool, *command[1:]], cwd=ROOT, check=False).returncode:
            failed.append(name)
    return failed


def install_programs() -> None:
    """Install Debian's packages of the programs that are missing; needs root and apt."""
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if os.environ.get("CAREGRAPH_CHROMIUM"):
        missing = [package for package in missing if not package.startswith("chromium")]
    if not missing:
        return
    if not shutil.which("apt-get"):
        say(f"There is no apt-get to install {', '.join(missing)} with; tests that need them will not run")
        return
    say(f"Installing {', '.join(missing)} for the tests that need them")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run_or_stop(["apt-get", "-qq", "update"])
    if (
        HEADLESS in missing
        and subprocess.run(["apt-cache", "show", HEADLESS], capture_output=True).returncode
    ):
        missing[missing.index(HEADLESS)] = "chromium"  # a system that packs the whole browser alone
    run_or_stop(["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *missing])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
