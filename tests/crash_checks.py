"""What must hold of the folder of a build, whatever happened to the runs that wrote it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from graph.commit import open_file, read_steadily
from graph.errors import StoreError
from graph.generations import find_generation
from graph.knowledge import KnowledgeGraph
from graph.manifest import FILES
from graph.pipeline import verify_build
from graph.store import STORE
from graph.validate_build import validate_build

Whole = dict[str, str]
"""A build by the digests of its files and of what its store states."""

LEFT_BY_OTHERS = {".ses"}
"""What ONNX Runtime writes into the folder for temporary files, whatever it is used for."""


def read_whole(out: Path, *, steadily: bool = False) -> Whole:
    """Read a build as its readers see it; steadily while others may change it."""
    if steadily:
        return read_steadily(out, lambda: read_whole(out))
    whole = {}
    for name in FILES:
        with open_file(out, name) as stream:
            whole[name] = hashlib.sha256(stream.read()).hexdigest()
    knowledge = KnowledgeGraph.open(out)
    held = sorted(map(str, knowledge.store.quads_for_pattern(None, None, None, None)))
    whole["store"] = hashlib.sha256("\n".join(held).encode()).hexdigest()
    whole["index"] = str([(name.name, name.documents) for name in knowledge.search_names("Torbay")])
    whole["answer"] = str(
        [tuple(row) for row in knowledge.query("SELECT ?d { ?d a cg:Document } ORDER BY ?d")]
    )
    return whole


def check_build(out: Path) -> Whole:
    """See that a build opens and answers, conforms to the shapes, and that its quotes hold; return it."""
    found = read_whole(out)
    assert validate_build(out).violations == ()
    report = verify_build(out)
    assert report.holds, report.problems
    assert report.quotes
    return found


def check_good(out: Path, possible: list[Whole | None]) -> Whole | None:
    """See that one of some builds is there, whole, and return which; None for no build at all."""
    if None in possible and find_generation(out / STORE) is None:
        with pytest.raises(StoreError, match="build one with"):
            KnowledgeGraph.open(out)
        return None
    found = check_build(out)
    assert found in possible, "some files are of one build, some of another"
    return found


def check_clean(out: Path, temporary: Path) -> None:
    """See that the folder of a build holds what belongs there, and that nothing is left elsewhere."""
    assert {path.name for path in out.iterdir()} == {*FILES, STORE, "ledger.sqlite"}
    name = (out / STORE / "current").read_text().strip()
    expected = {name, f"{name}.lock", f"{name}.search", "current", "write.lock"}
    assert {path.name for path in (out / STORE).iterdir()} == expected
    assert {path.name for path in temporary.iterdir()} <= LEFT_BY_OTHERS
