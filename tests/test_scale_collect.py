"""The folder of a build made of parts, in whatever order and however many they are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.extract import extract_document, load_resources
from graph.knowledge import KnowledgeGraph
from graph.ledger_file import LEDGER
from graph.pipeline import assemble_graph
from graph.product import make_product
from graph.read import parse_document
from graph.scale.collect import main
from graph.write import sort_quads


def write_parts(folder: Path, lines: Sequence[bytes]) -> None:
    folder.mkdir(parents=True)
    for part in range(3):
        (folder / f"part-{part}").write_bytes(b"".join(lines[part::3]))
    (folder / "_SUCCESS").touch()


@pytest.fixture(scope="module")
def extraction_parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    resources = load_resources()
    document = parse_document(b"Torbay Care Trust works with Torbay Council.\n", "note.txt")
    extraction = extract_document(document, resources)
    content = sort_quads(assemble_graph([extraction]))
    parts = tmp_path_factory.mktemp("parts")
    write_parts(parts / "graph.nq", content.splitlines(keepends=True))
    line = make_product(extraction, resources.register).line
    write_parts(parts / "extraction.jsonl", [line.encode() + b"\n"])
    return parts, content


def test_parts_become_a_build(extraction_parts: tuple[Path, bytes], tmp_path: Path) -> None:
    parts, content = extraction_parts
    done = CliRunner().invoke(main, [str(parts), str(tmp_path / "out")])
    digest = hashlib.sha256(content).hexdigest()
    assert done.output == f"{digest}  {tmp_path / 'out' / 'graph.nq'}\n"
    assert (tmp_path / "out" / "graph.nq").read_bytes() == content
    knowledge = KnowledgeGraph.open(tmp_path / "out")
    assert [claim.subject.name for claim in knowledge.claims()] == ["Torbay Care Trust"]
    assert (tmp_path / "out" / "network.html").stat().st_size > 100_000


def test_parts_that_are_not_whole_are_refused(tmp_path: Path) -> None:
    write_parts(tmp_path / "graph.nq", [b"x\n"])
    (tmp_path / "graph.nq" / "_SUCCESS").unlink()
    done = CliRunner().invoke(main, [str(tmp_path), str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "holds no parts that Spark finished writing" in done.output
    (tmp_path / "unfinished").mkdir()
    done = CliRunner().invoke(main, [str(tmp_path), str(tmp_path / "out")])
    assert "of a run that has not finished; run it again" in done.output
    assert not (tmp_path / "out").exists()


def test_a_build_of_documents_is_no_place_for_it(
    extraction_parts: tuple[Path, bytes], tmp_path: Path
) -> None:
    """The next ``add`` would drop all that was collected there."""
    (tmp_path / LEDGER).touch()
    done = CliRunner().invoke(main, [str(extraction_parts[0]), str(tmp_path)])
    assert done.exit_code == 1
    assert "holds a build of documents, which this is no part of; choose another folder" in done.output
    assert [path.name for path in tmp_path.iterdir()] == [LEDGER]
