"""caregraph in a process of its own, for what cannot be seen in this one."""

from __future__ import annotations

import subprocess
import sys

TEXT = "Lowmoor Care Trust works closely with Lowmoor Council. The two pool their budgets.\n"


def spawn(*arguments: str, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "graph", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, encoding="utf-8", **{**pipes, **options})  # type: ignore[call-overload, no-any-return]
