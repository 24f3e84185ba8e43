"""The border behind the readers: whatever text a document has, extraction tells the truth about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache

from fuzz_seeds import list_texts
from fuzz_target import Target, require
from fuzz_words import TEXT_WORDS
from pyoxigraph import Quad

from graph.assemble import assemble_document
from graph.evaluate_ablation import PARTS
from graph.extract import Resources, extract_document, load_resources
from graph.extraction_file import extraction_line
from graph.readers.markdown import read_content
from graph.records import Document, Extraction, quote_evidence
from graph.segment import segment_document
from graph.verify import verify_graphs

MOST_CHARACTERS = 4000


def make_document(data: bytes) -> Document | None:
    """Make a document of bytes as a Markdown file gives it; None where it cannot be read."""
    from graph.errors import DocumentError

    try:
        content = read_content(data, "fuzz.md")
    except DocumentError:
        return None
    text = content.text[:MOST_CHARACTERS]
    hidden = tuple((start, min(end, len(text))) for start, end in content.hidden if start < len(text))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name="fuzz.md", text=text, sha256=digest, hidden=hidden)


def segment(data: bytes) -> None:
    """Cut a text into sentences: in order, apart, each of the length of its view."""
    document = make_document(data)
    if document is None:
        return
    last = 0
    for number, sentence in enumerate(segment_document(document)):
        require(sentence.index == number, "sentences are numbered")
        require(last <= sentence.start < sentence.end <= len(document.text), "sentences are in order")
        require(len(sentence.view) == sentence.end - sentence.start, "a view is as long as its sentence")
        last = sentence.end


def extract_whole(data: bytes) -> None:
    """Extract with all that caregraph has."""
    _extract(data, load_resources())


def extract_by_rules(data: bytes) -> None:
    """Extract without the trained model, which takes four fifths of the time, and without the gate."""
    _extract(data, _load_rules())


@cache
def _load_rules() -> Resources:
    return replace(PARTS["relation model"](load_resources()), gate=None)


@cache
def find_sample() -> tuple[Extraction, list[Quad]]:
    """Extract the end of a briefing note by rules, and assemble its graph."""
    document = make_document(list_texts()[1].encode())
    assert document is not None
    found = extract_document(document, _load_rules())
    return found, assemble_document(found, _load_rules().register)


def extract_text(data: bytes) -> Extraction | None:
    """Extract what bytes hold by rules; None where they cannot be read."""
    document = make_document(data)
    return None if document is None else extract_document(document, _load_rules())


def _extract(data: bytes, resources: Resources) -> None:
    document = make_document(data)
    if document is None:
        return
    found = extract_document(document, resources)
    check_extraction(found)
    require(json.loads(extraction_line(found))["doc"] == document.name, "the line is JSON")
    require("\n" not in extraction_line(found), "the line is one line")
    quads = assemble_document(found, resources.register)
    report = verify_graphs([quads], {document.name: document})
    require(report.holds, f"every quote holds: {[str(problem) for problem in report.problems][:3]}")
    require(report.claims == 0 or report.quotes > 0, "claims have quotes")


def check_extraction(found: Extraction) -> None:
    """Require that what was found stands in the text where it says, and refers to what is there."""
    text, known = found.document.text, {entity.id for entity in found.entities}
    require(len(known) == len(found.entities), "entities differ")
    starts = [(mention.start, -mention.end) for mention in found.mentions]
    require(starts == sorted(starts), "mentions are in order")
    for mention in found.mentions:
        require(text[mention.start : mention.end] == mention.text, f"a mention is in the text: {mention}")
        require(mention.text.strip() and mention.entity in known, f"a mention names an entity: {mention}")
    for relation in found.relations:
        require({relation.subject, relation.object} <= known, f"a relation has its ends: {relation}")
        require(relation.evidence and 0 <= relation.confidence <= 1, f"a relation has evidence: {relation}")
        for evidence in relation.evidence:
            same = quote_evidence(text, evidence.start, evidence.end)
            require(evidence == same and evidence.quote.strip(), f"a quote is in the text: {evidence}")


def seed_documents() -> list[bytes]:
    """Make short documents of the notes, paragraph by paragraph."""
    notes = [part for note in list_texts() for part in (note[:600], *note.split("\n\n")[2:5])]
    return sorted({note.encode("utf-8", "replace") for note in notes if note.strip()})


TARGETS = (
    Target("segment", "any text, cut into sentences", segment, seed_documents, TEXT_WORDS),
    Target(
        "rules",
        "any text, extracted by rules",
        extract_by_rules,
        seed_documents,
        TEXT_WORDS,
        seconds=20,
        memory=4096,
    ),
    Target(
        "extract", "any text, extracted", extract_whole, seed_documents, TEXT_WORDS, seconds=20, memory=4096
    ),
)
