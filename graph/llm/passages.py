"""Cut a document into passages, each with the entities that have a mention in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.records import Entity, Extraction, Mention, Sentence

PASSAGE_LENGTH = 3000
"""Characters of a passage, unless one sentence alone is longer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences of a document, and what is mentioned in them.

    Attributes:
        sentences: in text order, without furniture.
        mentions: those that stand in one of the sentences, in text order.
        entities: those of the mentions, in order of first mention; number 1 is the first.
    """

    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]

    @property
    def start(self) -> int:
        """Return the character offset at which the passage starts in its document."""
        return self.sentences[0].start

    @property
    def text(self) -> str:
        """Return the sentences as a reader sees them, each paragraph on a line."""
        paragraphs = groupby(self.sentences, key=lambda sentence: sentence.paragraph)
        return "\n".join(" ".join(s.view.strip() for s in group) for _, group in paragraphs)


def cut_passages(extraction: Extraction) -> list[Passage]:
    """Return the passages of a document in which two entities or more are mentioned.

    A passage holds whole paragraphs as far as they fit.
    """
    prose = [sentence for sentence in extraction.sentences if sentence.kind != "furniture"]
    paragraphs = [tuple(group) for _, group in groupby(prose, key=lambda sentence: sentence.paragraph)]
    blocks = [block for paragraph in paragraphs for block in _fill((s,) for s in paragraph)]
    passages = [_describe(sentences, extraction) for sentences in _fill(blocks)]
    return [passage for passage in passages if len(passage.entities) > 1]


def _fill(blocks: Iterable[Sequence[Sentence]]) -> list[tuple[Sentence, ...]]:
    """Join neighbouring blocks of sentences while they fit into a passage."""
    filled: list[tuple[Sentence, ...]] = []
    for block in blocks:
        if filled and block[-1].end - filled[-1][0].start <= PASSAGE_LENGTH:
            filled[-1] = (*filled[-1], *block)
        else:
            filled.append(tuple(block))
    return filled


def _describe(sentences: tuple[Sentence, ...], extraction: Extraction) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    mentions = tuple(m for m in extraction.mentions if start <= m.start and m.end <= end)
    known = {entity.id: entity for entity in extraction.entities}
    return Passage(sentences, mentions, tuple(known[i] for i in dict.fromkeys(m.entity for m in mentions)))
