"""Check what a model proposes: only what the text bears out becomes a claim of the document.

Nothing that the model wrote gets into the claim: its quote and the title of a post are cut out of the
document, and all else is one of the words of the ontology.
"""

from __future__ import annotations

from enum import StrEnum

from graph.llm.answers import Proposal
from graph.llm.passages import Passage
from graph.llm.quotes import find_quote, fold_quote
from graph.records import Document, Entity, Relation, Sentence, Span, quote_evidence
from graph.vocabulary import ORGANISATION_TYPES, PREDICATES, STATUSES, SYMMETRIC

CONFIDENCE = 0.5
"""Of every claim of a model: low, and not measured."""

LEAST_WORDS = 3
"""Words of a quote: fewer say too little, and stand in too many places."""

MOST_SENTENCES = 3
"""Sentences of a quote: more prove no claim in particular."""

_BODY = frozenset(ORGANISATION_TYPES)
_SPEAKER = _BODY | {"Person"}
_ARRANGEMENT = _BODY | {"Programme"}
_RULER = _BODY | {"Legislation", "Programme"}
_PUBLICATION = frozenset({"Publication"})
ARGUMENTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(PREDICATES, (_BODY, _BODY)),
    "funds": (_ARRANGEMENT, _ARRANGEMENT),
    "directs": (_RULER, _BODY),
    "memberOf": (_SPEAKER, _BODY),
    "represents": (_SPEAKER, _BODY),
    "successorOf": (_RULER, _RULER),
    "reorganises": (_RULER, _ARRANGEMENT),
    "recommendsTo": (_SPEAKER, _BODY),
    "studies": (_SPEAKER, _BODY),
    "postHolderAt": (frozenset({"Person"}), _BODY),
    "published": (_BODY, _PUBLICATION),
    "authorOf": (frozenset({"Person"}), _PUBLICATION),
    "servesArea": (_BODY, frozenset({"Place"})),
}
"""Types of subject and object that each predicate takes."""


class Refusal(StrEnum):
    """Why a proposal is no claim."""

    SHAPE = "not in the shape asked for"
    TOO_MANY = "beyond the most that are looked at"
    PREDICATE = "unknown predicate"
    STATUS = "unknown status"
    NO_MENTION = "argument that is no mention"
    TYPE = "argument of a type that the predicate does not take"
    SELF = "body related with itself"
    SHORT = "quote of fewer than three words"
    INVENTED = "quote not in the text"
    LONG = "quote of more than three sentences"
    FAR = "argument not mentioned near the quote"
    TITLE = "post without its title in the quote"
    STATUS_KNOWN = "other status than was found in the same sentence"


def check_proposal(proposal: Proposal, passage: Passage, document: Document) -> Relation | Refusal:
    """Return the claim that a proposal makes, or why it makes none.

    The evidence of the claim is the sentence, or sentences, that the quote stands in.
    """
    arguments = _find_arguments(proposal, passage)
    if isinstance(arguments, Refusal):
        return arguments
    sentences = _find_sentences(proposal, passage, arguments)
    if isinstance(sentences, Refusal):
        return sentences
    role = ""
    if proposal.predicate == "postHolderAt":
        span = next(find_quote(proposal.role, sentences), None)
        if span is None:
            return Refusal.TITLE
        role = " ".join(document.text[slice(*span)].split())
    evidence = quote_evidence(document.text, sentences[0].start, sentences[-1].end)
    subject, target = arguments
    if proposal.predicate in SYMMETRIC:
        subject, target = sorted(arguments, key=lambda entity: entity.id)
    return Relation(subject.id, proposal.predicate, target.id, proposal.status, (evidence,), role, CONFIDENCE)


def _find_arguments(proposal: Proposal, passage: Passage) -> tuple[Entity, Entity] | Refusal:
    """Return the entities that a proposal relates, if its predicate takes them."""
    if proposal.predicate not in ARGUMENTS:
        return Refusal.PREDICATE
    if proposal.status not in STATUSES:
        return Refusal.STATUS
    numbers = (proposal.subject, proposal.object)
    if not all(1 <= number <= len(passage.entities) for number in numbers):
        return Refusal.NO_MENTION
    subject, target = (passage.entities[number - 1] for number in numbers)
    subjects, objects = ARGUMENTS[proposal.predicate]
    if subject.type not in subjects or target.type not in objects:
        return Refusal.TYPE
    if subject is target and not (target.kind == "collective" and proposal.predicate in SYMMETRIC):
        return Refusal.SELF
    return subject, target


def _find_sentences(
    proposal: Proposal, passage: Passage, arguments: tuple[Entity, Entity]
) -> tuple[Sentence, ...] | Refusal:
    """Return the sentences that hold the quote, at the first place that has both arguments near it."""
    if len(fold_quote(proposal.quote).split()) < LEAST_WORDS:
        return Refusal.SHORT
    refusal = Refusal.INVENTED
    for span in find_quote(proposal.quote, passage.sentences):
        first, last = _touched(span, passage)
        if last - first >= MOST_SENTENCES:
            refusal = Refusal.LONG
        elif all(_is_near(argument, passage, first, last) for argument in arguments):
            return passage.sentences[first : last + 1]
        else:
            refusal = Refusal.FAR
    return refusal


def _touched(span: Span, passage: Passage) -> tuple[int, int]:
    """Return the places, among the sentences of the passage, of the first and the last in the span."""
    touched = [i for i, s in enumerate(passage.sentences) if s.start < span[1] and span[0] < s.end]
    return touched[0], touched[-1]


def _is_near(entity: Entity, passage: Passage, first: int, last: int) -> bool:
    """Tell whether an entity is mentioned from the sentence before the quote to the one after it."""
    near = passage.sentences[max(0, first - 1) : last + 2]
    return any(m.entity == entity.id and near[0].start <= m.start < near[-1].end for m in passage.mentions)
