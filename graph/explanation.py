"""What an explanation of a document is made of: its sentences, what each mentions, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.records import Document, Entity, Mention, Relation, Sentence

PARTS = ("relations", "misses", "bodies")
"""What an explanation can be narrowed to."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity with what a reader needs to know of it.

    Attributes:
        number: from 1, in the order of first mention.
        entity: as extracted.
        type: in words ("Care trust").
        register: name of the register entry that it is linked to; else empty.
        candidates: entries that were considered when none was chosen, as "name (id)".
        sentences: numbers of those that mention it.
        kept: whether it is part of the extraction; else it was dropped, since nothing relates it.
    """

    number: int
    entity: Entity
    type: str
    register: str
    candidates: tuple[str, ...]
    sentences: tuple[int, ...]
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; with ``subject`` when it mentions one."""

    text: str
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation as one of its sentences has it.

    Attributes:
        words: the predicate in words ("is accountable to").
        elsewhere: numbers of the other sentences that are evidence of it.
        unnamed: its subject or object where the sentence does not name them.
    """

    relation: Relation
    subject: Subject
    words: str
    object: Subject
    elsewhere: tuple[int, ...]
    unnamed: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """One sentence, what it mentions, which relations it is evidence of, and whether one may be missing.

    Attributes:
        number: from 1.
        pieces: the text without markup, cut where something is mentioned.
        mentions: all of them in text order, each with its entity.
        miss: why a relation may be missing, and how likely, in words; else empty.
        likelihood: that a relation is missing, in 0..1.
    """

    number: int
    sentence: Sentence
    pieces: tuple[Piece, ...]
    mentions: tuple[tuple[Mention, Subject], ...]
    claims: tuple[Claim, ...]
    miss: str
    likelihood: float = 0.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was seen in one document, sentence by sentence.

    Attributes:
        subjects: all entities by number.
        statuses: how many relations have each status, in the order of ``STATUSES``.
    """

    document: Document
    sentences: tuple[ExplainedSentence, ...]
    subjects: tuple[Subject, ...]
    statuses: tuple[int, ...]

    @property
    def misses(self) -> int:
        """Count the sentences in which a relation may be missing."""
        return len(self.ranked)

    @property
    def ranked(self) -> list[ExplainedSentence]:
        """List the sentences in which a relation may be missing, the likeliest first."""
        return sorted((s for s in self.sentences if s.miss), key=lambda s: (-s.likelihood, s.number))

    @property
    def related(self) -> int:
        """Count the sentences that are evidence of a relation."""
        return sum(bool(sentence.claims) for sentence in self.sentences)
