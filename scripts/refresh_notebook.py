"""Run docs/tutorial.ipynb on the graph of the briefing notes and store what its cells show today.

Look at the difference before you commit it. The page of the network, which is large, is not stored: its cell
has the tag ``not-stored``, and keeps the words that stand for it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import nbclient
import nbformat as untyped_nbformat
from environment import ROOT
from refresh_readme import run_command

nbformat: Any = untyped_nbformat
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"
NOT_STORED = "not-stored"
KEPT = ("text/plain", "text/html")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def main() -> int:
    """Refresh the notebook and say whether that changed it."""
    old = NOTEBOOK.read_text(encoding="utf-8") if NOTEBOOK.exists() else ""
    with tempfile.TemporaryDirectory() as folder:
        new = write_notebook(run_notebook(old, Path(folder)))
    NOTEBOOK.write_text(new, encoding="utf-8")
    name = NOTEBOOK.relative_to(ROOT)
    print(f"{name} was up to date" if new == old else f"{name} was refreshed; see: git diff {name}")
    return 0


def run_notebook(text: str, folder: Path) -> Any:
    """Run the cells of a notebook in a kernel of its own, and give it with what they show.

    Args:
        text: the notebook, as JSON.
        folder: an empty folder to work in: the graph goes to ``out``, the notebook runs in ``docs``.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed.
    """
    (folder / "seeds").symlink_to(ROOT / "seeds")
    (folder / "docs").mkdir()
    run_command(folder, ["build", "seeds/documents", "-o", "out", "--quiet"])
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
    return normalise_notebook(notebook)


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
