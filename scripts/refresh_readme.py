"""Write into README.md what its examples print today; look at the difference before you commit it.

A block that starts with ``$ caregraph ...`` shows a command and its standard output, a block of Python shows
what ``>>>`` lines print. Both run on the graph of ``seeds/documents``.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from environment import ROOT

README = ROOT / "README.md"
BLOCK = re.compile(
    r"(?P<fence>^```(?:console\n(?=\$ )|python\n))(?P<body>.*?)(?P<end>^```$)", re.MULTILINE | re.DOTALL
)
WIDTH = "110"
"""Columns of the terminal that the examples are printed in."""


def main() -> int:
    """Refresh the README and say whether that changed it."""
    old = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        new = fill_examples(old, Path(folder))
    README.write_text(new, encoding="utf-8")
    print("README.md was up to date" if new == old else "README.md was refreshed; see: git diff README.md")
    return 0


def fill_examples(text: str, folder: Path) -> str:
    """Return the text with the output of each of its examples as it is today.

    Args:
        text: Markdown.
        folder: an empty folder to work in.
    """
    (folder / "seeds").symlink_to(ROOT / "seeds")
    run_command(folder, ["build", "seeds/documents", "-o", "out", "--quiet"])
    names: dict[str, Any] = {}

    def fill(block: re.Match[str]) -> str:
        python = block["fence"].startswith("```python")
        body = run_python(folder, block["body"], names) if python else run_shell(folder, block["body"])
        return block["fence"] + body + block["end"]

    return BLOCK.sub(fill, text)


def run_shell(folder: Path, body: str) -> str:
    """Run the command of a block; it may go on in lines that begin with four spaces."""
    match = re.match(r"\$ caregraph .*\n(?:    .*\n)*", body)
    if match is None:
        raise ValueError(f"this block runs something else than caregraph: {body.splitlines()[0]}")
    arguments = shlex.split(match[0].removeprefix("$ caregraph "))
    return match[0] + run_command(folder, arguments)


def run_command(folder: Path, arguments: list[str]) -> str:
    """Run caregraph in a folder and return what it prints on standard output."""
    command = [sys.executable, "-m", "graph", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "COLUMNS": WIDTH}, capture_output=True, check=False
    )
    if done.returncode:
        raise ValueError(done.stderr.decode())
    return done.stdout.decode()


def run_python(folder: Path, body: str, names: dict[str, Any]) -> str:
    """Run the ``>>>`` lines of a block, as at a prompt."""
    shown = ""
    for example in doctest.DocTestParser().get_examples(body):
        prompts = [">>> ", *["... "] * example.source.count("\n")]
        shown += "".join(
            f"{p}{line}\n" for p, line in zip(prompts, example.source.splitlines(), strict=False)
        )
        with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.chdir(folder):
            exec(compile(example.source, "README.md", "single"), names)
        shown += printed.getvalue()
    return shown


if __name__ == "__main__":
    sys.exit(main())
