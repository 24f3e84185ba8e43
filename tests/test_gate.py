"""The gate passes over texts that hold nothing, and changes nothing that is found."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from benchmark_corpora import make_document

from graph.extract import Resources, cannot_relate, extract_document, load_resources
from graph.extraction_file import extraction_line
from graph.extractors.folded import Folded
from graph.extractors.gate import Gate
from graph.read import read_documents
from graph.records import Document
from graph.segment import segment_document

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
TEXTS = [ROOT / "seeds" / "documents", SHARED / "corpus", SHARED / "seeds"]

NOTHING = (
    "Sow the beans in shallow trays in March, and keep them warm until 20 May.",
    "The path climbs through oaks and comes out on open moor.",
    "He asked who had put the kettle on; nobody knew.",
    "By the middle of June the swallows have gone.",
)
SOMETHING = (
    "Devon County Council works with Torbay Care Trust.",
    "devon county council works with torbay care trust",
    "the department said that it would look again",
    "It was run by Omnium, which paid for it.",
    "The patients were moved to St Brannoc's by night.",
    "The chair said that GPs will decide.",
    "In the end the States paid, and Medicaid and Medicare and Congress too.",
    "NICE and Adass agreed.",
    "R Sample, Partnerships Under Strain, Harbour Press, 2002",
    "Sample, R. and Vale, C. (2002) Partnerships under strain. London: Harbour Press.",
    "A Report On Walls\n\nBy Ann Lee\n\nWalls are old.",
)


@cache
def gate() -> Gate:
    """Return the gate that ships, ready for the first document."""
    return Gate(load_resources().lexicon, patience=0)


@cache
def ungated() -> Resources:
    """Return what extraction needs, without the gate."""
    return replace(load_resources(), gate=None)


def document_of(text: str) -> Document:
    """Make a document of a text."""
    return Document("made.txt", text, "0" * 64)


def same(document: Document) -> bool:
    """Say whether a document gives the same with the gate and without."""
    gated = extract_document(document, replace(load_resources(), gate=gate()))
    plain = extract_document(document, ungated())
    return gated == plain and extraction_line(gated) == extraction_line(plain)


@cache
def paragraphs() -> tuple[str, ...]:
    """Return the paragraphs of the documents that are there, and of made-up ones about something else."""
    read = [d.text for d in read_documents([p for p in TEXTS if p.exists()]) if isinstance(d, Document)]
    made = [make_document(number, "rare").text for number in range(1, 6)]
    return tuple(part for text in (*read, *made) for part in text.split("\n\n") if part.strip())


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_that_names_nobody_is_passed_over(text: str) -> None:
    assert cannot_relate(document_of(text), gate())
    assert same(document_of(text))


@pytest.mark.parametrize("text", SOMETHING)
def test_a_text_that_may_hold_something_is_read(text: str) -> None:
    assert not cannot_relate(document_of(text), gate())
    assert same(document_of(text))


def test_the_gate_changes_nothing_in_real_texts() -> None:
    documents = [d for d in read_documents([p for p in TEXTS if p.exists()]) if isinstance(d, Document)]
    assert documents
    assert all(same(document) for document in documents[:3])


def test_no_sentence_that_is_passed_over_holds_anything() -> None:
    passed = 0
    for text in paragraphs():
        for sentence in segment_document(document_of(text)):
            document = document_of(text[sentence.start : sentence.end])
            if cannot_relate(document, gate()):
                passed += 1
                found = extract_document(document, ungated())
                assert (found.mentions, found.relations, found.omissions) == ((), (), ()), document.text
    assert passed > 100


def flatten(text: str) -> str:
    return text.replace("\n\n", "\n")


def test_the_gate_changes_nothing_in_mixtures() -> None:
    draw = random.Random(7)
    passed = 0
    for _ in range(100):
        text = "\n\n".join(draw.sample(paragraphs(), draw.randrange(1, 4)))
        changes: list[Callable[[str], str]] = [str, str.lower, str.upper, str.title, flatten]
        changed = draw.choice(changes)
        document = document_of(changed(text))
        if cannot_relate(document, gate()):
            passed += 1
            found = extract_document(document, ungated())
            assert (found.mentions, found.relations, found.omissions) == ((), (), ()), document.text
    assert passed > 5


def test_the_gate_is_built_when_there_are_some_documents() -> None:
    waiting = Gate(load_resources().lexicon, patience=3)
    assert [waiting.is_ready() for _ in range(4)] == [False, False, True, True]
    assert gate().is_ready()


def test_what_is_hidden_names_nobody_and_parts_words() -> None:
    text = "Keep <b>NHS England</b> warm."
    shown = Folded(text, ((5, 8), (19, 23)))
    assert shown.cased == b" Keep NHS England warm "
    assert Folded(text, ((5, 23),)).cased == b" Keep warm "
    assert gate().may_name_bodies(shown)
    assert not gate().may_name_bodies(Folded(text, ((5, 23),)))
