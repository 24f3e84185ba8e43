"""Run docs/tutorial.ipynb and docs/python.md on the graph of the briefing notes; store what they show today.

Look at the difference before you commit it. The page of the network, which is large, is not stored: its cell
has the tag ``not-stored``, and keeps the words that stand for it.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import nbclient
import nbformat as untyped_nbformat
from environment import ROOT
from refresh_readme import run_command, run_python

nbformat: Any = untyped_nbformat
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"
REFERENCE = ROOT / "docs" / "python.md"
PYTHON = re.compile(r"(?P<fence>^```python\n)(?P<body>.*?)(?P<end>^```$)", re.MULTILINE | re.DOTALL)
NOT_STORED = "not-stored"
KEPT = ("text/plain", "text/html")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def main() -> int:
    """Refresh both and say whether that changed them."""
    with tempfile.TemporaryDirectory() as folder:
        build_notes(Path(folder))
        for path, refresh in ((NOTEBOOK, refresh_notebook), (REFERENCE, fill_reference)):
            old = path.read_text(encoding="utf-8")
            new = refresh(old, Path(folder))
            path.write_text(new, encoding="utf-8")
            name = path.relative_to(ROOT)
            print(f"{name} was up to date" if new == old else f"{name} was refreshed; see: git diff {name}")
    return 0


def build_notes(folder: Path) -> None:
    """Build the graph of the briefing notes in ``out`` in an empty folder."""
    (folder / "seeds").symlink_to(ROOT / "seeds")
    (folder / "docs").mkdir()
    run_command(folder, ["build", "seeds/documents", "-o", "out", "--quiet"])


def fill_reference(text: str, folder: Path) -> str:
    """Return Markdown with what its Python prints today, beside a graph that ``build_notes`` made."""
    names: dict[str, Any] = {}

    def fill(block: re.Match[str]) -> str:
        return block["fence"] + run_python(folder, block["body"], names) + block["end"]

    return PYTHON.sub(fill, text)


def refresh_notebook(text: str, folder: Path) -> str:
    """Return a notebook, as JSON, with what it shows today, beside a graph that ``build_notes`` made."""
    return write_notebook(normalise_notebook(run_notebook(text, folder)))


def run_notebook(text: str, folder: Path) -> Any:
    """Run the cells of a notebook in a kernel of its own, and give it with what they show.

    Args:
        text: the notebook, as JSON.
        folder: with the graph in ``out``; the notebook runs in ``docs``.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed.
    """
    notebook = nbformat.reads(text, as_version=4)
    settings = {"PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder), "JUPYTER_PLATFORM_DIRS": "1"}
    with mock.patch.dict(os.environ, settings):
        nbclient.NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=300,
            coalesce_streams=True,  # how printed lines are bundled depends on the moment
            resources={"metadata": {"path": str(folder / "docs")}},
        ).execute()
    return notebook


def normalise_notebook(notebook: Any) -> Any:
    """Take away what changes from run to run and machine to machine, and what is too large to store."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02}"
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        for output in cell.get("outputs", []):
            if "data" in output:
                kept = KEPT[:1] if NOT_STORED in tags else KEPT
                output.data = nbformat.from_dict(
                    {kind: output.data[kind] for kind in kept if kind in output.data}
                )
    return notebook


def write_notebook(notebook: Any) -> str:
    """Write a notebook as JSON, in one form."""
    return str(nbformat.writes(notebook, indent=1, ensure_ascii=False, sort_keys=True)) + "\n"


if __name__ == "__main__":
    sys.exit(main())
