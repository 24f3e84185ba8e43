"""What the tests of organisations share: a document from a text, and what is found in it."""

from __future__ import annotations

import hashlib
from functools import cache

from graph.extractors.lexicon import Lexicon, load_lexicon
from graph.extractors.organisations import find_organisations
from graph.extractors.reading import Reading, read_sentences
from graph.records import Document, Entity, Mention
from graph.register import Register, load_register
from graph.resolve import resolve_mentions
from graph.segment import segment_document


@cache
def real_register() -> Register:
    return load_register()


@cache
def real_lexicon() -> Lexicon:
    return load_lexicon(real_register())


def make_document(text: str, date: str | None = None) -> Document:
    return Document("case.txt", text, hashlib.sha256(text.encode()).hexdigest(), date=date)


def make_reading(text: str) -> Reading:
    return read_sentences(segment_document(make_document(text)))


def find(text: str, date: str | None = None) -> list[Mention]:
    document = make_document(text, date)
    return find_organisations(document, segment_document(document), real_lexicon())


def resolve(text: str, date: str | None = None) -> tuple[list[Mention], dict[str, Entity]]:
    document = make_document(text, date)
    sentences = segment_document(document)
    mentions = find_organisations(document, sentences, real_lexicon())
    resolved, entities = resolve_mentions(document, sentences, mentions, real_register())
    return resolved, {entity.id: entity for entity in entities}
