"""A whole build: every file is there, the same each time, and nothing proposed or denied is told as fact."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from graph.errors import StoreError
from graph.master import read_master
from graph.pipeline import (
    VERSION,
    BuildReport,
    assemble_graph,
    build_graph,
    extract_documents,
    verify_build,
)
from graph.records import Extraction, Skipped
from graph.store import open_store
from graph.vocabulary import CG, PREDICATES

FILES = ("graph.nq", "extraction.jsonl", "network.html", "report.html")
MINUTES = """Minutes of the meeting held in May

Lowmoor Care Trust works closely with Fennick Council.
Tarnholt Primary Care Trust should pool its budget with Stowmere Council.
Eskmoor Primary Care Trust does not work with Castleby Council.
Tarnholt Primary Care Trust is not coterminous with Fennick Council.
"""
LETTER = """---
title: A letter
---
Pellbridge University will evaluate Lowmoor Care Trust.

Otterdale Primary Care Trust is to merge with Wrenmoor Primary Care Trust.
"""
EMPTY = "is empty; remove it or save it again"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of documents of our own, two of them broken."""
    folder = tmp_path_factory.mktemp("sources")
    for name, text in {
        "minutes/may.txt": MINUTES,
        "letters/a.md": LETTER,
        "letters/empty.txt": "",
        "minutes/scan.pdf": "no PDF at all",
    }.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """Build them once."""
    out = tmp_path_factory.mktemp("built") / "new" / "folder"
    return build_graph([sources / "minutes", sources / "letters"], out)


def claims(quads: list[Quad]) -> Iterator[tuple[NamedNode, str, NamedNode, str]]:
    """Yield subject, predicate, object and status of every claim."""
    nodes: dict[str, dict[str, NamedNode]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            nodes.setdefault(quad.subject.value, {})[quad.predicate.value.removeprefix(CG)] = quad.object
    for node in nodes.values():
        if "status" in node:
            names = [node[key].value.removeprefix(CG) for key in ("predicate", "status")]
            yield node["subject"], names[0], node["object"], names[1]


def test_every_file_is_written(report: BuildReport) -> None:
    written = {path.name for path in report.out.iterdir()}
    assert written == {*FILES, "manifest.json", "store", "ledger.sqlite"}
    assert all(path.stat().st_size for path in report.out.iterdir())


def test_report_of_the_build_counts(report: BuildReport) -> None:
    assert report.documents == 2
    assert report.claims == len(list(claims(read_master(report.out)))) >= 6
    assert report.violations == ()
    assert report.summary.startswith(f"2 documents, 2 skipped, {report.claims} claims, conforms")
    assert str(report.out / "network.html") in report.summary
    assert "\n" not in report.summary


def test_extraction_holds_each_document_in_order_of_name(report: BuildReport) -> None:
    lines = (report.out / "extraction.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["doc"] for line in lines] == sorted(["a.md", "may.txt"])


def test_files_in_another_order_give_the_same_bytes(
    report: BuildReport, sources: Path, tmp_path: Path
) -> None:
    files = sorted(path for path in sources.rglob("*") if path.is_file())
    build_graph(files[::-1], tmp_path, formats=["trig"])
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (report.out / name).read_bytes(), name
    assert (tmp_path / "graph.trig").is_file()


def test_proposed_and_negated_claims_are_no_plain_triples(report: BuildReport) -> None:
    """Every property is asked, both ways round, in every graph."""
    quads = read_master(report.out)
    found = list(claims(quads))
    withheld = [claim for claim in found if claim[3] != "Asserted"]
    assert {status for *_, status in withheld} == {"Proposed", "Negated"}
    assert len(withheld) >= 5
    related = {(quad.subject, quad.object) for quad in quads}
    store = open_store(report.out)
    for subject, _, target, _ in withheld:
        assert (subject, target) not in related
        assert (target, subject) not in related
        assert not asked(store, subject, target)
        assert not asked(store, target, subject)
    for subject, predicate, target, status in found:
        if status == "Asserted":
            assert predicate in asked(store, subject, target)


def asked(store: Store, subject: NamedNode, target: NamedNode) -> set[str]:
    """Ask the default graph and each named graph for every property between two nodes."""
    quads = store.quads_for_pattern(subject, None, target, None)
    return {quad.predicate.value.removeprefix(CG) for quad in quads}


def test_seeds_state_as_fact_only_what_they_assert(root: Path) -> None:
    extractions = [e for e in extract_documents([root / "seeds/documents"]) if isinstance(e, Extraction)]
    quads = assemble_graph(extractions)
    found = list(claims(quads))
    asserted = {(s, p, o) for s, p, o, status in found if status == "Asserted"}
    withheld = {(s, p, o) for s, p, o, status in found if status != "Asserted"} - asserted
    withheld -= {(o, p, s) for s, p, o in asserted}
    assert len(withheld) >= 5
    plain = {(quad.subject, quad.predicate.value.removeprefix(CG), quad.object) for quad in quads}
    assert not withheld & plain
    assert asserted <= plain
    assert {p for _, p, _ in asserted} <= set(PREDICATES)


def test_skipped_files_are_told_of(report: BuildReport) -> None:
    assert [item.name for item in report.skipped] == ["empty.txt", "scan.pdf"]
    manifest = json.loads((report.out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["skipped"][0] == {"name": "empty.txt", "reason": EMPTY}
    assert [item["name"] for item in manifest["skipped"]] == ["empty.txt", "scan.pdf"]
    page = (report.out / "report.html").read_text(encoding="utf-8")
    assert all(item.name in page and item.reason in page for item in report.skipped)


def test_manifest_says_what_went_in(report: BuildReport, sources: Path) -> None:
    manifest = json.loads((report.out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["caregraph"] == VERSION
    digest = hashlib.sha256(MINUTES.encode()).hexdigest()
    stated = {item["name"]: item for item in manifest["inputs"]}
    assert sorted(stated) == ["a.md", "may.txt"]
    assert (stated["may.txt"]["text_sha256"], stated["may.txt"]["media_type"]) == (digest, "text/plain")
    for key, place in (("path", "minutes/may.txt"), ("folder", "minutes")):
        assert (report.out / stated["may.txt"][key]).resolve() == (sources / place).resolve()


def test_build_can_be_verified(report: BuildReport) -> None:
    verified = verify_build(report.out)
    assert verified.holds, [str(problem) for problem in verified.problems]
    assert (verified.documents, verified.claims) == (report.documents, report.claims)
    assert verified.quotes > 0


@pytest.mark.parametrize(
    ("old", "new"),
    [("works closely", "walks closely"), ("Minutes", "The minutes"), ("does not work", "does work")],
)
def test_verification_fails_once_a_source_has_changed(
    old: str, new: str, report: BuildReport, sources: Path, tmp_path: Path
) -> None:
    shutil.copytree(sources, tmp_path, dirs_exist_ok=True)
    for name in ("a.md", "may.txt"):
        [path] = tmp_path.rglob(name)
        path.rename(tmp_path / name)
    assert verify_build(report.out, sources=tmp_path).holds
    changed = tmp_path / "may.txt"
    text = changed.read_text(encoding="utf-8")
    assert old in text
    changed.write_text(text.replace(old, new), encoding="utf-8")
    problems = verify_build(report.out, sources=tmp_path).problems
    assert {problem.document for problem in problems} == {"may.txt"}


def test_verification_fails_once_a_source_is_gone(report: BuildReport, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(LETTER, encoding="utf-8")
    problems = verify_build(report.out, sources=tmp_path).problems
    assert {problem.document for problem in problems} == {"may.txt"}


def test_folder_without_a_build_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"manifest\.json: cannot be read; build the graph again"):
        verify_build(tmp_path)


@pytest.mark.parametrize("content", [None, "", "   \n"])
def test_nothing_readable_is_one_line_and_no_file(content: str | None, tmp_path: Path) -> None:
    source, out = tmp_path / "note.txt", tmp_path / "out"
    if content is not None:
        source.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=r"no document could be read.*note\.txt") as caught:
        build_graph([source], out)
    assert "\n" not in str(caught.value)
    assert not out.exists()


def test_no_files_given_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no files given"):
        build_graph([], tmp_path / "out")


def test_folder_that_cannot_be_made_is_said(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError, match="choose another folder with -o"):
        build_graph([sources / "minutes/may.txt"], tmp_path / "taken")


def test_progress_is_told_after_each_document(sources: Path) -> None:
    told: list[tuple[int, str]] = []
    found = list(extract_documents([sources], progress=lambda number, name: told.append((number, name))))
    assert [number for number, _ in told] == [1, 2, 3, 4]
    assert [name for _, name in told] == [
        "letters/a.md",
        "letters/empty.txt",
        "minutes/may.txt",
        "minutes/scan.pdf",
    ]
    assert [type(item) for item in found] == [Extraction, Skipped, Extraction, Skipped]
