"""Pin every dependency anew, with hashes for all platforms; needs the ``dev`` environment (uv).

The locks hold no address of a registry, so any registry or mirror can serve them.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from environment import LOCKS, OLDEST_PYTHON, run_or_stop

COMPILE = [
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--fork-strategy",
    "fewest",
]
GROUPS = {
    "default": ["--group", "build"],
    "dev": [
        *("--group", "build", "--group", "dev", "--extra", "llm", "--extra", "pandas", "--extra", "polars"),
        *("--constraint", LOCKS["default"]),
    ],
    "spark": ["--extra", "spark", "--constraint", LOCKS["dev"]],
}


def main(arguments: list[str]) -> int:
    """Write both lock files; arguments such as ``--upgrade`` go to ``uv pip compile``."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        sys.exit(
            "uv is missing. Run: python3 scripts/test.py  and then  .venv/bin/python scripts/refresh_locks.py"
        )
    os.environ["UV_CUSTOM_COMPILE_COMMAND"] = "python scripts/refresh_locks.py"
    version = ".".join(str(part) for part in OLDEST_PYTHON)
    for kind, groups in GROUPS.items():
        output = ["--python-version", version, "--output-file", LOCKS[kind]]
        run_or_stop([uv, *COMPILE, *groups, *output, *arguments, "pyproject.toml"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
