"""A command loads what it needs and nothing else, so that it answers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SERVING = "uvicorn starlette jinja2 secrets webbrowser"
GRAPHS = "rdflib pyoxigraph networkx pyshacl"
MODEL = "onnxruntime numpy"
POOL = "pebble"
SHOWING = "rich difflib"
READERS = "pypdf yaml html.entities html.parser zipfile"

LIGHT = {
    "--help": f"{SERVING} {GRAPHS} {MODEL} {POOL} {SHOWING} {READERS} sqlite3 ahocorasick_rs graph.extract",
    "extract --help": f"{SERVING} {GRAPHS} {MODEL} {POOL} {SHOWING} {READERS} sqlite3 graph.extract",
    "extract nobody.txt": f"{SERVING} {GRAPHS} {MODEL} {POOL} {SHOWING} {READERS}",
    "extract two.txt": f"{SERVING} {GRAPHS} {POOL} {SHOWING} {READERS}",
}
"""Modules that a command has no use for."""

TEXTS = {
    "nobody.txt": "Sow the beans in shallow trays in March, and keep them warm.",
    "two.txt": "Devon County Council works with Torbay Care Trust.",
}

RUN = """
import sys
from graph.cli import run_command
run_command(sys.argv[2:])
print(*(name for name in sys.argv[1].split() if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize("command", LIGHT)
def test_a_command_loads_nothing_that_it_has_no_use_for(command: str, tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    program = [sys.executable, "-c", RUN, LIGHT[command], *command.split()]
    run = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stderr.split() == []
    assert run.stdout
