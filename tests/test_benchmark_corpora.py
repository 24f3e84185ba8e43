"""Corpora made to measure on: the same each time, as long as they should be, about what they should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmark_corpora import (
    KINDS,
    LONGEST,
    PARAGRAPH,
    RARE,
    SHORTEST,
    make_corpus,
    make_document,
    write_corpus,
)
from benchmark_extraction import SYSTEMS, measure

from graph.extract import cannot_relate, load_resources
from graph.extractors.gate import Gate
from graph.records import Document


@pytest.mark.parametrize("kind", KINDS)
def test_a_corpus_is_the_same_each_time(kind: str, tmp_path: Path) -> None:
    lines = write_corpus(make_corpus(12, kind), tmp_path / "corpus.jsonl")
    files = write_corpus(make_corpus(12, kind), tmp_path / "folder")
    assert lines == files
    assert lines.documents == 12
    assert lines.digest != write_corpus(make_corpus(12, kind, seed=1), tmp_path / "other.jsonl").digest
    read = [json.loads(line) for line in (tmp_path / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    assert read == [made._asdict() for made in make_corpus(12, kind)]
    assert (tmp_path / "folder" / "0000" / read[7]["name"]).read_text(encoding="utf-8") == read[7]["text"]
    longest_paragraph = 40 * PARAGRAPH
    assert all(SHORTEST <= len(text["text"].split()) <= LONGEST + longest_paragraph for text in read)


def test_one_document_in_a_hundred_is_of_the_domain() -> None:
    gate = Gate(load_resources().lexicon, patience=0)
    texts = [make_document(number, "rare") for number in range(RARE + 20)]
    named = [n for n, t in enumerate(texts) if not cannot_relate(Document(t.name, t.text, "0" * 64), gate)]
    assert named == [0, RARE]


def test_each_kind_is_about_what_it_should_be() -> None:
    assert " works with " in "".join(text.text for text in make_corpus(5, "domain"))
    mixed = "".join(text.text for text in make_corpus(5, "mixed"))
    assert " works with " in mixed
    assert "the oven warms" in mixed


@pytest.mark.parametrize("system", ["reading the bytes", "caregraph", "caregraph without the gate"])
def test_a_system_reads_the_whole_corpus(system: str, tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    made = write_corpus(make_corpus(4, "none"), path)
    run = measure(system, path)
    assert (run.documents, run.words, run.characters) == (made.documents, made.words, made.characters)
    assert run.seconds > 0
    assert (run.given > 0) == system.startswith("caregraph")
    assert system in SYSTEMS
