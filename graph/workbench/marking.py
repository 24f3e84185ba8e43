"""A text with what was found in it: paragraphs of sentences, cut where something is mentioned."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.explain import show_character
from graph.records import Document, Sentence
from graph.segment import segment_document
from graph.workbench.claims import Claim

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Where something is mentioned: character offsets, the IRI of what, and its kind."""

    start: int
    end: int
    iri: str
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence: its text, and what it mentions; empty where it mentions nothing."""

    text: str
    iri: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence: its pieces, and the claims that rest on it.

    Attributes:
        number: from 1.
        claims: places in the list of claims, from 0.
        first: those of them whose link leads here.
        status: the firmest status of these claims; empty for none.
    """

    number: int
    kind: str
    pieces: tuple[Piece, ...]
    claims: tuple[int, ...]
    first: tuple[int, ...]
    status: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table cell or reference: its kind and its sentences."""

    kind: str
    sentences: tuple[MarkedSentence, ...]


def mark_text(document: Document, mentions: Iterable[Mentioned], claims: Sequence[Claim]) -> list[Block]:
    """Cut a document into blocks of marked sentences.

    Args:
        document: its text, as it was read for the graph.
        mentions: what is mentioned where.
        claims: of the document; their quotes have offsets into its text.
    """
    sentences = segment_document(document)
    named = _spread(sentences, ((m.start, m.end, m) for m in mentions))
    spans = [
        (quote.start, quote.end, number) for number, claim in enumerate(claims) for quote in claim.quotes
    ]
    said = _spread(sentences, spans)
    seen: set[int] = set()
    marked = []
    for place, sentence in enumerate(sentences):
        numbers = tuple(sorted(dict.fromkeys(said[place])))
        first = tuple(number for number in numbers if number not in seen)
        seen.update(numbers)
        pieces = _cut(document.text, sentence, named[place])
        statuses = {claims[number].status for number in numbers}
        status = next((s for s in ("asserted", "proposed", "negated") if s in statuses), "")
        marked.append(
            (sentence, MarkedSentence(place + 1, sentence.kind, tuple(pieces), numbers, first, status))
        )
    blocks = groupby(marked, key=lambda pair: (pair[0].paragraph, pair[0].kind))
    return [Block(kind, tuple(item for _, item in found)) for (_, kind), found in blocks]


def _spread(
    sentences: Sequence[Sentence], spans: Iterable[tuple[int, int, object]]
) -> defaultdict[int, list]:  # type: ignore[type-arg] # of what the spans carry
    """Map the places of sentences to what overlaps them."""
    starts = [sentence.start for sentence in sentences]
    found: defaultdict[int, list] = defaultdict(list)  # type: ignore[type-arg]
    for start, end, item in spans:
        for place in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)):
            if start < sentences[place].end:
                found[place].append(item)
    return found


def _cut(text: str, sentence: Sentence, mentions: list[Mentioned]) -> list[Piece]:
    source = text[sentence.start : sentence.end]
    shown = [show_character(said, view) for said, view in zip(source, sentence.view, strict=True)]
    pieces, at = [], 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        start = max(0, mention.start - sentence.start)
        end = min(len(shown), mention.end - sentence.start)
        if start < at:  # a name within a name
            continue
        pieces += [Piece(_join(shown[at:start])), Piece(_join(shown[start:end]), mention.iri, mention.kind)]
        at = end
    pieces.append(Piece(_join(shown[at:])))
    return [piece for piece in pieces if piece.text]


def _join(characters: Iterable[str]) -> str:
    return _SPACE.sub(" ", "".join(characters))
