"""The nouns that travel between the stages: documents, sentences, mentions, entities, relations.

Every offset is a character offset into ``Document.text``, end exclusive, and always
``document.text[start:end]`` is the text that the record quotes. Records are immutable and
comparable, so a stage can never change what another one made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

Span = tuple[int, int]

PREFIX_LENGTH = 32
"""Characters of context kept on each side of a quote (Web Annotation, section 4.2.4)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A source text with its metadata.

    Attributes:
        name: path relative to the folder that was given, with ``/``; unique in a build.
        text: the decoded text; for plain text files the file itself, unchanged.
        sha256: hexadecimal digest of the UTF-8 bytes of ``text``.
        hidden: sorted, disjoint spans of ``text`` that are no prose (front matter, markup).
        date: ISO 8601 date of publication: a year, a month or a day (``2007-04``).
        url: where the document can be opened by a reader.
        citation: the source that the document itself cites, in one line.
    """

    name: str
    text: str
    sha256: str
    hidden: tuple[Span, ...] = ()
    title: str | None = None
    date: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    citation: str | None = None
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be read: what, and one line of why and what to do."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading, list item, table cell or reference of a document.

    Attributes:
        start: where it starts in ``Document.text``.
        end: where it ends, exclusive.
        view: the sentence with each line break, markup character and odd space turned into one
            space, curly quotes into straight ones; as long as ``end - start``, so that
            offsets into it are offsets into the document less ``start``.
        kind: ``prose``, ``heading``, ``item`` (of a list), ``cell`` (of a table), ``reference``
            (of a reference list), ``byline`` or ``furniture`` (never extracted from).
        paragraph: number of the block that it stands in, from 0.
        index: number of the sentence in the document, from 0.
    """

    start: int
    end: int
    view: str
    kind: str = "prose"
    paragraph: int = 0
    index: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names or describes an entity.

    Attributes:
        kind: ``named``, ``collective`` or ``unnamed`` for organisations, else ``other``.
        type: local name of a leaf class of the ontology (``CareTrust``, ``Person``).
        entity: id of the entity within its document; empty until resolved.
        plural: whether it stands for more than one body ("PCTs", "two county councils").
        found_by: the rule, pattern or register entry that found it.
        definite: whether it is a definite description ("the trust") rather than a name.
        name: the canonical name that the rule suggests ("Personal Social Services Research Unit").
    """

    start: int
    end: int
    text: str
    kind: str
    type: str
    entity: str = ""
    plural: bool = False
    found_by: str = ""
    definite: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What an entity resolved to in the register, and why.

    Attributes:
        register: id of the register entry, or None when unsure or when there is none.
        score: how sure, in 0..1.
        reason: one line for a reader ("exact preferred name", "2 bodies share this name").
        candidates: ids of the entries that were considered, best first.
    """

    register: str | None = None
    score: float = 0.0
    reason: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One body, person, publication or place as a document knows it.

    Attributes:
        id: unique in the document; a slug of the name (``torbay-care-trust``).
        surfaces: every distinct string by which the document names it, sorted.
    """

    id: str
    kind: str
    type: str
    name: str
    surfaces: tuple[str, ...] = ()
    link: Link = field(default_factory=Link)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote of the source: ``document.text[start:end] == quote``."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A claim of one document: subject, predicate and object with status and evidence.

    Attributes:
        subject: id of an ``Entity`` of the document.
        predicate: local name of a property of the ontology (``worksWith``).
        object: id of an ``Entity`` of the document.
        status: ``asserted``, ``proposed`` or ``negated``.
        evidence: at least one, in order of appearance.
        role: the words of the title, for ``postHolderAt``; else empty.
        confidence: in 0..1.
        found_by: the frame or rule, or "llm" and the model.
    """

    subject: str
    predicate: str
    object: str
    status: str
    evidence: tuple[Evidence, ...]
    role: str = ""
    confidence: float = 0.5
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class Omission:
    """A sentence that names what could be related, and gave no relation.

    Attributes:
        sentence: its ``index``.
        likelihood: that a relation was missed in it, in 0..1.
        mentions: the bodies, people and publications that it names, in text order, kept or not.
    """

    sentence: int
    likelihood: float
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document, and where something may have been missed, likeliest first."""

    document: Document
    sentences: Sequence[Sentence]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    omissions: tuple[Omission, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the document."""
        return self.document.name


def quote_evidence(text: str, start: int, end: int) -> Evidence:
    """Make the evidence record for ``text[start:end]``.

    Args:
        text: the whole text of the document.
        start: character offset.
        end: character offset, exclusive.

    >>> quote_evidence("Kent works with Essex.", 5, 15)
    Evidence(start=5, end=15, quote='works with', prefix='Kent ', suffix=' Essex.')
    """
    before = text[max(0, start - PREFIX_LENGTH) : start]
    return Evidence(start, end, text[start:end], before, text[end : end + PREFIX_LENGTH])


def merge_relations(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Join relations of the same triple, status and role into one with all their evidence.

    A quote inside a longer one is dropped. The best confidence wins and brings its ``found_by``; order
    is that of first appearance.
    """
    same: dict[tuple[str, str, str, str, str], list[Relation]] = {}
    for relation in relations:
        key = (relation.subject, relation.predicate, relation.object, relation.status, relation.role)
        same.setdefault(key, []).append(relation)
    return tuple(_join_relations(found) if len(found) > 1 else found[0] for found in same.values())


def _join_relations(relations: Sequence[Relation]) -> Relation:
    """Join relations that differ in nothing but their evidence and how sure they are."""
    quotes = {(e.start, e.end): e for relation in relations for e in relation.evidence}
    outer, reach = [], -1
    for span in sorted(quotes, key=lambda span: (span[0], -span[1])):
        if span[1] > reach:  # else it is inside one that starts no later
            outer.append(quotes[span])
            reach = span[1]
    best = max(relations, key=lambda relation: relation.confidence)
    return replace(best, evidence=tuple(outer))
