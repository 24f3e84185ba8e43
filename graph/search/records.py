"""What a search gives back: sentences with the claims that rest on them, names with what they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Mark = tuple[int, int]
"""A place where what was searched for stands: first character, and the one after the last."""


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """A claim that rests on a sentence; only an asserted one is a fact.

    Attributes:
        claim: its IRI.
        subject: IRI of who; ``subject_name`` in words.
        subject_name: preferred name.
        predicate: IRI of the relation; ``relation`` in words.
        relation: as in "pools a budget with".
        object: IRI of the other; ``object_name`` in words.
        object_name: preferred name.
        status: ``asserted``, ``proposed`` or ``negated``.
        role: the words of a post; else empty.
        confidence: in 0..1.
    """

    claim: str
    subject: str
    subject_name: str
    predicate: str
    relation: str
    object: str
    object_name: str
    status: str
    role: str
    confidence: float


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence that was found.

    Attributes:
        evidence: IRI of the evidence that quotes it.
        sentence: as in the document.
        marks: where the words stand in ``sentence``, in order, none within another.
        document: IRI of the document.
        title: of the document.
        date: of the document, as stated; else empty.
        claims: all that rest on the sentence, by IRI.
    """

    evidence: str
    sentence: str
    marks: tuple[Mark, ...]
    document: str
    title: str
    date: str
    claims: tuple[SaidClaim, ...]


@dataclass(frozen=True, slots=True)
class NameHit:
    """A body, person, place, publication or document whose name was found.

    Attributes:
        entity: its IRI.
        name: preferred name, or title.
        matched: the name that was found, which may be another, an acronym or a code.
        marks: where the words stand in ``matched``.
        kind: ``organisation``, ``collective``, ``person``, ``publication``, ``legislation``, ``programme``,
            ``place`` or ``document``.
        type: its class in words ("care trust"); of a collective, what its members are.
        type_iri: that class.
        documents: how many documents name it.
        registered: whether the register knows it.
    """

    entity: str
    name: str
    matched: str
    marks: tuple[Mark, ...]
    kind: str
    type: str
    type_iri: str
    documents: int
    registered: bool


Hit = TypeVar("Hit", SentenceHit, NameHit)


@dataclass(frozen=True, slots=True)
class Hits(Generic[Hit]):
    """One page of what was found.

    Attributes:
        total: how many there are on all pages.
        hits: those of this page, best first.
        suggestion: what was probably meant, where nothing holds the words as typed; else empty. Names are
            searched for it at once; sentences are not.
    """

    total: int
    hits: tuple[Hit, ...]
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """A name that begins, or has a word that begins, with what was typed; fields as in ``NameHit``."""

    entity: str
    name: str
    matched: str
    kind: str
    type: str
