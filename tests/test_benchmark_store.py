"""The writing of a store beside Oxigraph's loader: every way is measured, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmark_store import OXIGRAPH, main

from graph.master import MASTER
from graph.write import sort_quads
from tests.publishing_server import make_quads


@pytest.mark.skipif(not OXIGRAPH.is_file(), reason="Oxigraph's own program is not installed")
def test_measures_each_way_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / MASTER).write_bytes(sort_quads(make_quads([("a.txt", 9)])))
    assert main([str(tmp_path)]) == 0
    rows = capsys.readouterr().out.splitlines()[2:]
    assert [row.split("|")[2].split(",")[0].replace("`", "").strip() for row in rows] == [
        "oxigraph load", "oxigraph load", "caregraph", "caregraph"
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == [MASTER]
