"""Let the trained model read every sentence, and put the claims that it sees in the document's terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.extractors.discourse import Discourse
from graph.extractors.implied import find_implied
from graph.extractors.post_roles import find_role
from graph.extractors.relation_model import Judgement, RelationModel
from graph.extractors.windows import IMPLIED
from graph.records import Document, Mention, Relation, Sentence, quote_evidence
from graph.vocabulary import ORGANISATION_KINDS, SYMMETRIC

FOUND_BY = "model"
SUPPORT = "model (unresolved)"
"""Marks a claim whose implied body stays ``IMPLIED``: it can bear a frame out, and is none by itself."""
_SILENT = frozenset(("furniture", "reference"))


def find_judged_relations(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    discourse: Discourse,
    model: RelationModel,
) -> Iterator[Relation]:
    """Yield what the model sees, sentence by sentence, with the chance that it gives as the confidence.

    Args:
        document: the source.
        sentences: all of them, in order.
        mentions: of all kinds, resolved, in text order.
        discourse: of the document.
        model: that ships.
    """
    at = 0
    for sentence in sentences:
        inside: list[Mention] = []
        while at < len(mentions) and mentions[at].start < sentence.end:
            if mentions[at].start >= sentence.start:
                inside.append(mentions[at])
            at += 1
        if sentence.kind in _SILENT or not any(m.kind in ORGANISATION_KINDS for m in inside):
            continue
        for judgement in model.judge(model.reader.read(sentence, inside)):
            for relation in _relate(document, sentence, judgement, discourse):
                if relation.predicate == "postHolderAt":
                    relation = replace(relation, role=find_role(sentence, inside, relation.subject))
                if relation.role or relation.predicate != "postHolderAt":
                    yield relation


def _relate(
    document: Document, sentence: Sentence, judgement: Judgement, discourse: Discourse
) -> Iterator[Relation]:
    """Yield a judgement as a relation; one with an implied body as it is, and with the body that is meant."""
    predicate, how = judgement.predicate, ""
    ends = [judgement.subject, judgement.object]
    evidence = (quote_evidence(document.text, sentence.start, sentence.end),)
    seen = Relation("", predicate, "", judgement.status, evidence, "", judgement.probability, FOUND_BY)
    if IMPLIED in ends:
        yield replace(seen, subject=ends[0], object=ends[1], found_by=SUPPORT)
    for number, end in enumerate(ends):
        if end == IMPLIED:
            ends[number], how = find_implied(predicate, sentence, discourse, subject=number == 0)
    if predicate == "recommendsTo":  # who speaks for a body makes its call, not their own
        ends[0] = discourse.posts.get(ends[0], ends[0])
    subject, target = sorted(ends) if predicate in SYMMETRIC else ends
    if subject and target and subject != target:
        found_by = f"{FOUND_BY} ({how})" if how else FOUND_BY
        yield replace(seen, subject=subject, object=target, found_by=found_by)
