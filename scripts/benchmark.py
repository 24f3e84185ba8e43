"""Measure caregraph beside what one would otherwise do, in one run, and print a Markdown table.

Run ``.venv/bin/python scripts/benchmark.py [FOLDER...]``; the folders hold the documents of the full build
(default: ``seeds/documents``). Figures are ratios to a named alternative, since seconds differ from machine
to machine; nothing here is a test.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmark_extraction import SPACY_MODELS, load_spacy
from environment import ROOT

from graph.extract import extract_document, load_resources
from graph.read import read_documents
from graph.records import Document
from graph.segment import segment_document

RUNS = 5
WORDS = 100_000
"""Words that throughput is measured on: the documents over and over, one at a time."""

Row = tuple[str, str, str, str]


def main(arguments: list[str]) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure caregraph beside alternatives.")
    parser.add_argument("folders", nargs="*", default=[str(ROOT / "seeds" / "documents")])
    parser.add_argument("--pages", action="store_true", help="measure the network page instead, beside pyvis")
    parser.add_argument("--questions", type=Path, metavar="OUT", help="ask the named questions of this graph")
    parser.add_argument("--server", type=Path, metavar="OUT", help="serve this graph beside other servers")
    parser.add_argument("--extraction", action="store_true", help="extract corpora made up, beside spaCy")
    if "--extraction" in arguments:  # it has options of its own
        from benchmark_extraction import main as measure_extraction

        return measure_extraction([argument for argument in arguments if argument != "--extraction"])
    options = parser.parse_args(arguments)
    if options.questions:
        from benchmark_questions import main as measure_questions

        return measure_questions([str(options.questions)])
    if options.server:
        from benchmark_server import main as measure_servers

        return measure_servers([str(options.server)])
    if options.pages:
        from benchmark_pages import main as measure_pages

        return measure_pages([])
    folders = [str(Path(folder).resolve()) for folder in options.folders]
    if not any(isinstance(item, Document) and item.text.strip() for item in read_documents(folders)):
        parser.error(f"no document in {', '.join(folders)}; name folders that hold texts")
    rows = [*measure_start(), *measure_throughput(folders), *measure_build(folders)]
    print("| what | measured | beside | ratio |\n| --- | --- | --- | --- |")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    return 0


def measure_start() -> list[Row]:
    """Measure a command from a cold start, in seconds of the processor, beside Python's start and spaCy's."""
    note = sorted((ROOT / "seeds" / "documents").glob("*.md"))[0]
    commands = {"--help`": ["--help"], "extract` of a short note": ["extract", str(note), "-q"]}
    beside = {"python -c pass": "pass"}
    if name := next(filter(find_spec, SPACY_MODELS), None):
        load = f"import spacy; spacy.load({name!r})"
        beside["spaCy, loaded for one note"] = f"{load}(open({str(note)!r}).read())"
    rows = []
    for what, arguments in commands.items():
        taken = count_seconds([sys.executable, "-m", "graph", *arguments])
        for other, program in beside.items():
            against = count_seconds([sys.executable, "-c", program])
            rows.append(
                (
                    f"`caregraph {what}, cold",
                    f"{taken:.2f} s",
                    f"{other}, {against:.2f} s",
                    f"{taken / against:.1f}",
                )
            )
    return rows


def count_seconds(command: list[str], *, runs: int = RUNS) -> float:
    """Return the fewest seconds of the processor that a command took, which other work disturbs least."""
    taken = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def measure_throughput(folders: list[str]) -> list[Row]:
    """Measure extraction on one core beside cutting the same text into sentences, and into words."""
    documents = [item for item in read_documents(folders) if isinstance(item, Document)]
    words = sum(len(document.text.split()) for document in documents)
    rounds = max(1, WORDS // words)
    resources = load_resources()
    split = rate(lambda: [d.text.split() for d in documents], words, rounds)
    cut = rate(lambda: [segment_document(d) for d in documents], words, rounds)
    extracted = rate(lambda: [extract_document(d, resources) for d in documents], words, rounds)
    measured = f"{extracted:,.0f} words/s"
    rows = [
        (
            "the whole extraction, one core",
            measured,
            f"sentences alone, {cut:,.0f} words/s",
            f"{extracted / cut:.2f}",
        ),
        (
            "the whole extraction, one core",
            measured,
            f"`str.split`, {split:,.0f} words/s",
            f"{extracted / split:.4f}",
        ),
    ]
    return rows + compare_with_spacy(documents, words, measured, extracted)


def compare_with_spacy(documents: list[Document], words: int, measured: str, extracted: float) -> list[Row]:
    """Measure spaCy's English pipeline on the same texts, where it is installed."""
    try:
        pipeline = load_spacy()
    except ImportError:
        return []
    parsed = rate(lambda: [pipeline(d.text) for d in documents], words, 1)
    beside = f"spaCy's small English model, {parsed:,.0f} words/s"
    return [("the whole extraction, one core", measured, beside, f"{extracted / parsed:.1f} times")]


def measure_build(folders: list[str]) -> list[Row]:
    """Measure a full build with page and report beside reading the same documents, and its memory."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "graph", "build", *folders, "-o", out, "-q"]
        built = time_command(command, runs=1)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (
        1 << (20 if sys.platform == "darwin" else 10)
    )
    started = time.perf_counter()
    texts = [item.text for item in read_documents(folders) if isinstance(item, Document)]
    read = time.perf_counter() - started
    what = f"build of {len(texts)} documents, {sum(len(text.split()) for text in texts):,} words"
    return [
        (what, f"{built:.1f} s", f"reading them, {read:.2f} s", f"{built / read:.0f} times"),
        ("its memory at the most", f"{memory:.0f} MiB", "-", "-"),
    ]


def time_command(command: list[str], *, runs: int = RUNS) -> float:
    """Return the shortest time that a command took, in seconds."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return min(times)


def rate(work: Callable[[], object], words: int, rounds: int) -> float:
    """Return how many words a second ``work`` gets through, after one round to warm up."""
    work()
    started = time.perf_counter()
    for _ in range(rounds):
        work()
    return words * rounds / (time.perf_counter() - started)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
