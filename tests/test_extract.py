"""Extraction of a whole document: pure, the same under any hash seed, and true to the text and to itself."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.extract import extract_document, load_resources
from graph.extraction_file import extraction_line
from graph.read import read_documents
from graph.records import Document, Extraction
from graph.segment import segment_document
from graph.vocabulary import (
    ORGANISATION_KINDS,
    ORGANISATION_TYPES,
    OTHER_TYPES,
    PREDICATES,
    STATUSES,
)

ROOT = Path(__file__).resolve().parents[1]
SEEDS = [d for d in read_documents([ROOT / "seeds" / "documents"]) if isinstance(d, Document)]
NAMES = [document.name for document in SEEDS]

PIECES = st.sampled_from(
    [
        *(
            "Torbay Care Trust",
            "Kent County Council",
            "the Audit Commission",
            "PCTs",
            "county councils",
            "the trust",
        ),
        *(
            "the government",
            "one PCT",
            "Ann Marsh",
            "chief executive of",
            "the Department of Health (DoH)",
            "the DoH",
        ),
        *(" works with ", " and ", " should pool budgets with ", " does not audit ", " merged with ", ", "),
        *(
            " funds ",
            " published ",
            " Working Together",
            ". ",
            ".\n\n",
            "\n",
            " its ",
            " they ",
            "”",
            "“",
            " in Devon",
        ),
        *(
            "References\n\n",
            "1. Smith A (2004) Joint working. London: Press\n",
            "• ",
            "Comments are closed.\n",
            "\u00a0",
        ),
    ]
)


def make_document(text: str) -> Document:
    return Document("a.txt", text, hashlib.sha256(text.encode()).hexdigest())


def extract(document: Document) -> Extraction:
    return extract_document(document, load_resources())


def check_extraction(found: Extraction) -> None:
    """Check everything that later stages rely on."""
    text = found.document.text
    assert found.sentences == segment_document(found.document)
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text
    assert all(one.start <= other.start for one, other in pairwise(found.mentions)), "in text order"
    bodies = [m for m in found.mentions if m.kind in ORGANISATION_KINDS]
    assert all(one.end <= other.start for one, other in pairwise(bodies)), "no body inside another"
    check_entities(found)
    check_relations(found)


def check_entities(found: Extraction) -> None:
    known = {entity.id: entity for entity in found.entities}
    assert len(known) == len(found.entities)
    assert {mention.entity for mention in found.mentions} == set(known), "each entity has a mention"
    for entity in found.entities:
        own = [mention for mention in found.mentions if mention.entity == entity.id]
        surfaces = {" ".join(surface.split()) for surface in entity.surfaces}
        assert surfaces == {" ".join(mention.text.split()) for mention in own}
        assert entity.surfaces == tuple(sorted(entity.surfaces))
        assert entity.name
        assert entity.type in (ORGANISATION_TYPES if entity.kind in ORGANISATION_KINDS else OTHER_TYPES)
        assert {mention.kind for mention in own} == {entity.kind}
        assert 0 <= entity.link.score <= 1
        if entity.link.register is not None:
            assert entity.kind == "named"
            assert load_resources().register.get(entity.link.register) is not None


def check_relations(found: Extraction) -> None:
    text, known = found.document.text, {entity.id for entity in found.entities}
    keys = [(r.subject, r.predicate, r.object, r.status, r.role) for r in found.relations]
    assert len(set(keys)) == len(keys)
    for relation in found.relations:
        assert {relation.subject, relation.object} <= known
        assert relation.predicate in PREDICATES
        assert relation.status in STATUSES
        assert 0 < relation.confidence <= 1
        assert relation.found_by
        assert relation.evidence
        assert bool(relation.role) <= (relation.predicate == "postHolderAt")
        for quote in relation.evidence:
            assert text[quote.start : quote.end] == quote.quote != ""
            assert text[: quote.start].endswith(quote.prefix)
            assert text[quote.end :].startswith(quote.suffix)


@pytest.mark.parametrize("document", SEEDS, ids=NAMES)
def test_findings_are_true_to_the_text_and_to_one_another(document: Document) -> None:
    found = extract(document)
    check_extraction(found)
    assert len(found.relations) >= 2


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=60)
def test_findings_of_any_text_are_true(text: str) -> None:
    check_extraction(extract(make_document(text)))


@given(st.text(max_size=200))
@settings(max_examples=40)
def test_any_characters_can_be_read(text: str) -> None:
    check_extraction(extract(make_document(text.encode("utf-8", "replace").decode())))


def test_kinds_types_and_statuses_of_the_seeds_are_many() -> None:
    """A set of seeds that shows little would let the checks above pass on nothing."""
    found = [extract(document) for document in SEEDS]
    assert {e.kind for f in found for e in f.entities} == {*ORGANISATION_KINDS, "other"}
    assert {r.status for f in found for r in f.relations} == set(STATUSES)
    assert len({r.predicate for f in found for r in f.relations}) >= 12


def test_one_document_says_nothing_of_the_next() -> None:
    alone = [extraction_line(extract(document)) for document in SEEDS]
    reversed_order = [extraction_line(extract(document)) for document in reversed(SEEDS)]
    assert alone == reversed_order[::-1]


def test_name_of_the_document_does_not_change_what_is_found() -> None:
    found = extract(SEEDS[0])
    other = extract(replace(SEEDS[0], name="other.md"))
    assert (found.mentions, found.entities, found.relations) == (
        other.mentions,
        other.entities,
        other.relations,
    )


def test_same_findings_under_any_hash_seed() -> None:
    code = (
        "import sys; from graph.extract import *; from graph.extraction_file import extraction_line;"
        "from graph.read import read_documents;"
        "[sys.stdout.write(extraction_line(extract_document(d, load_resources())) + '\\n')"
        " for d in read_documents(['seeds/documents'])]"
    )
    outputs = []
    for seed in ("0", "1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-X", "utf8", "-c", code]
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
        outputs.append(run.stdout)
    assert outputs[0] == outputs[1] == outputs[2]
    assert outputs[0].count(b"\n") == len(SEEDS)


@pytest.mark.parametrize("text", ["", " \n ", "Nothing here acts.", "---\n---\n"])
def test_text_without_bodies_gives_an_empty_extraction(text: str) -> None:
    found = extract(make_document(text))
    assert (found.mentions, found.entities, found.relations) == ((), (), ())
