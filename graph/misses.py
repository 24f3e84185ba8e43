"""Put possible misses in words."""

from __future__ import annotations

import re
from typing import NamedTuple

from graph.records import Extraction, Omission
from graph.vocabulary import ORGANISATION_KINDS

_PARTNERS = {"Person": "a person", "Publication": "a publication"}
_FAINTEST = 0.01
"""Likelihood under which no figure is given."""


class Miss(NamedTuple):
    """A sentence that may hide a statement.

    Attributes:
        likelihood: that one was missed, in 0..1.
        pieces: its text, and whether that names a body, a person or a publication.
        reason: what it names and how likely something was missed, in words.
    """

    likelihood: float
    pieces: tuple[tuple[str, bool], ...]
    reason: str


def list_misses(extraction: Extraction) -> tuple[Miss, ...]:
    """List the sentences of a document that may hide a statement, the likeliest first."""
    return tuple(
        Miss(omission.likelihood, _mark_names(extraction, omission), describe_omission(omission))
        for omission in extraction.omissions
    )


def describe_omission(omission: Omission) -> str:
    """Say what a sentence names that gave no relation, and how likely one was missed."""
    named = {mention.entity: mention for mention in omission.mentions}.values()
    bodies = sum(mention.kind in ORGANISATION_KINDS for mention in named)
    others = [words for name, words in _PARTNERS.items() if any(m.type == name for m in named)]
    listed = f"{bodies} bodies" if bodies > 1 else " and ".join(["a body", *others])
    chance = f"{omission.likelihood:.0%}" if omission.likelihood >= _FAINTEST else f"below {_FAINTEST:.0%}"
    return f"names {listed}, and no relation was found; likelihood that one was missed: {chance}"


def _mark_names(extraction: Extraction, omission: Omission) -> tuple[tuple[str, bool], ...]:
    """Cut a sentence as the source has it, without markup, where it names what could be related."""
    sentence = extraction.sentences[omission.sentence]
    text = extraction.document.text[sentence.start : sentence.end]
    shown = "".join(" " if view == " " else source for source, view in zip(text, sentence.view, strict=True))
    pieces, at = [], 0
    for mention in omission.mentions:
        start, end = mention.start - sentence.start, mention.end - sentence.start
        if start >= at:
            pieces += [(shown[at:start], False), (shown[start:end], True)]
            at = end
    pieces.append((shown[at:], False))
    return tuple((re.sub(r"\s+", " ", piece), marked) for piece, marked in pieces if piece)
