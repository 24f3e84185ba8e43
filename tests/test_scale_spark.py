"""Extraction on a real Spark cluster gives what a local build gives, also when a worker is killed midway."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from graph.pipeline import assemble_graph, build_graph, extract_documents
from graph.records import Extraction
from graph.scale.collect import collect_parts, read_lines
from graph.write import sort_quads
from tests.make_documents import make_pdf
from tests.spark_cluster import ROOT, SETTINGS, Cluster, environment, needs_spark, run_cluster, wait_until

pytestmark = [needs_spark, pytest.mark.spark]
NOTES = sorted((ROOT / "seeds" / "documents").glob("*.md"))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with run_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def start_extract(cluster: Cluster, *arguments: str) -> subprocess.Popen[str]:
    settings = [part for name, value in SETTINGS.items() for part in ("--spark-conf", f"{name}={value}")]
    command = [sys.executable, "-m", "graph", "extract", "--engine", "spark", "--master", cluster.master]
    return subprocess.Popen(
        [*command, *arguments, *settings], cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True
    )


def extract(cluster: Cluster, *arguments: str) -> str:
    """Extract on the cluster and return what was said, once it is done."""
    process = start_extract(cluster, *arguments)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return said


def digest_parts(out: Path) -> str:
    """Return the digest of all lines in the order of their bytes, as ``LC_ALL=C sort`` puts them."""
    return hashlib.sha256(b"".join(sorted(read_lines(out / "graph.nq")))).hexdigest()


def digest_locally(texts: dict[str, str], folder: Path) -> str:
    """Return the digest of the graph that this machine makes of some texts as files."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    found = extract_documents([folder])
    quads = assemble_graph(item for item in found if isinstance(item, Extraction))
    return hashlib.sha256(sort_quads(quads)).hexdigest()


def read_json(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in read_lines(folder)]


def make_texts(copies: int) -> dict[str, str]:
    """Make notes under many names: the bodies of each copy are those of the others, its own graph is not."""
    texts = {path.stem: path.read_text(encoding="utf-8").split("---", 2)[2] for path in NOTES}
    return {f"{stem}-{n}.txt": f"Note {n}.\n{text}" for n in range(copies) for stem, text in texts.items()}


def write_table(texts: dict[str, str], path: Path, parts: Sequence[int] = (0, 1)) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    path.mkdir()
    rows = [{"name": name, "text": text} for name, text in texts.items()]
    for part in parts:
        parquet.write_table(pa.Table.from_pylist(rows[part :: len(parts)]), path / f"part-{part}.parquet")


def test_a_folder_gives_what_a_build_of_it_gives(cluster: Cluster, tmp_path: Path) -> None:
    folder, out, built = tmp_path / "notes", tmp_path / "parts", tmp_path / "built"
    folder.mkdir()
    for path in NOTES:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "report.pdf").write_bytes(make_pdf(["Torbay Care Trust works with Torbay Council."] * 2))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "metadata.csv").write_text("name,title,date\nreport.pdf,On Torbay,2006-10\n")
    for left in ("unfinished", "graph.nq"):  # of a run that was ended before its time
        (out / left).mkdir(parents=True)
        (out / left / "part-0.txt").write_text("<urn:a> <urn:b> <urn:c> .")
    report = build_graph([folder], built)
    said = extract(cluster, str(folder), "-o", str(out))
    assert f"{report.documents} documents, 2 skipped, {report.claims} claims: parts in {out}" in said
    assert digest_parts(out) == hashlib.sha256((built / "graph.nq").read_bytes()).hexdigest()
    assert sorted(read_lines(out / "extraction.jsonl")) == sorted(
        (built / "extraction.jsonl").read_bytes().splitlines(keepends=True)
    )
    assert read_json(out / "skipped.jsonl") == [
        {"name": item.name, "reason": item.reason} for item in report.skipped
    ]
    assert not (out / "unfinished").exists()
    check_claims(out, report.claims)
    assert collect_parts(out, tmp_path / "collected") == digest_parts(out)


def test_a_folder_that_holds_something_is_left_alone(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Torbay")
    process = start_extract(cluster, str(NOTES[0]), "-o", str(tmp_path))
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 2
    assert said.endswith(f"caregraph: {tmp_path} holds something already; choose another folder with -o\n")


def check_claims(out: Path, number: int) -> None:
    """The table has each claim once, and its quotes are the words at their offsets."""
    from pyarrow import parquet

    rows = parquet.read_table(out / "claims.parquet").to_pylist()
    assert len({row["claim"] for row in rows}) == len(rows) == number
    assert {row["status"] for row in rows} == {"asserted", "proposed", "negated"}
    assert all(row["subject"] and row["object"] and row["evidence"] for row in rows)
    for row in rows:
        note = ROOT / "seeds" / "documents" / row["document"]
        for quote in row["evidence"] if note.exists() else ():
            assert note.read_text(encoding="utf-8")[quote["start"] : quote["end"]] == quote["quote"]


def test_lines_with_bad_ones_among_them(cluster: Cluster, tmp_path: Path) -> None:
    source, out = tmp_path / "notes.jsonl", tmp_path / "parts"
    texts = make_texts(1) | {
        "one.txt": "The Lowmoor and Ashdale Community NHS Trust works closely with Torbay Council.\n",
        "two.txt": "The Lowmoor & Ashdale Community Trust works closely with Torbay Council.\n",
    }
    records = [{"name": name, "text": text, "date": ""} for name, text in texts.items()]
    records += [{"name": "empty.txt", "text": " "}, {"text": "nameless"}]
    lines = [json.dumps(record) for record in records]
    source.write_text("\n".join([*lines, "{broken"]) + "\n")
    extract(cluster, str(source), "-o", str(out), "--partitions", "2")
    assert digest_parts(out) == digest_locally(texts, tmp_path / "notes")
    assert sum(line.endswith(b"/graph/clusters> .\n") for line in read_lines(out / "graph.nq")) == 9
    assert read_json(out / "skipped.jsonl") == [
        {"name": "(no name)", "reason": "is a row without a name; give it one"},
        {"name": "empty.txt", "reason": "is empty; remove it or save it again"},
        {"name": "{broken", "reason": "is a line that is no JSON object; mend it"},
    ]


def test_a_worker_killed_in_mid_job_changes_nothing(cluster: Cluster, tmp_path: Path) -> None:
    source, out = tmp_path / "notes.parquet", tmp_path / "parts"
    texts = make_texts(12)
    write_table(texts, source)
    process = start_extract(cluster, str(source), "-o", str(out), "--partitions", "12")
    done = out / "unfinished" / "_temporary" / "0"
    wait_until(lambda: process.poll() is not None or len(list(done.glob("task_*"))) >= 3, 200, "three tasks")
    victim = cluster.processes[-1]
    cluster.kill(victim)
    finished = len(list(done.glob("task_*")))
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert finished < 12, "the worker was killed too late to lose anything"
    assert "Lost executor" in said
    assert f"{len(texts)} documents, " in said
    assert len(list(read_lines(out / "graph.nq"))) == len(set(read_lines(out / "graph.nq")))
    assert len(list(read_lines(out / "extraction.jsonl"))) == len(texts)
    assert digest_parts(out) == digest_locally(texts, tmp_path / "notes")
