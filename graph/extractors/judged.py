"""Let the trained model read every sentence, and put the claims that it sees in the document's terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.extractors.antecedents import Antecedents, Gap, load_antecedents
from graph.extractors.discourse import Discourse
from graph.extractors.implied import find_implied
from graph.extractors.opinions import Opinions, load_opinions
from graph.extractors.post_roles import find_role
from graph.extractors.relation_model import ACROSS, FOUND_BY, SUPPORT, Judgement, RelationModel
from graph.extractors.windows import IMPLIED, Line
from graph.records import Document, Evidence, Mention, Relation, Sentence, quote_evidence
from graph.vocabulary import ORGANISATION_KINDS, SYMMETRIC

SILENT = frozenset(("furniture", "reference"))
"""Kinds of sentences in which bodies side by side mean nothing."""

NEAR = 200
"""Characters between two sentences from which they are not quoted together."""


@dataclass(frozen=True, slots=True)
class Judges:
    """What reads the sentences, and what tells whom a sentence means that does not say.

    Attributes:
        model: judges the relations in a sentence.
        antecedents: ranks the bodies that may be implied.
        opinions: tells how sure a claim on an implied body is.
    """

    model: RelationModel
    antecedents: Antecedents
    opinions: Opinions


def load_judges() -> Judges:
    """Load what ships with caregraph.

    Raises:
        OntologyError: a file is absent or not what it should be.
    """
    return Judges(RelationModel(), load_antecedents(), load_opinions())


def find_judged_relations(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    discourse: Discourse,
    judges: Judges,
) -> Iterator[Relation]:
    """Yield what the model sees, sentence by sentence, with the chance that it gives as the confidence.

    Where a body is implied, the confidence is how sure the claim is times the chance that this body is meant.

    Args:
        document: the source.
        sentences: all of them, in order.
        mentions: of all kinds, resolved, in text order.
        discourse: of the document.
        judges: that ship.
    """
    model = judges.model
    at = 0
    before: Line | None = None
    for sentence in sentences:
        inside: list[Mention] = []
        while at < len(mentions) and mentions[at].start < sentence.end:
            if mentions[at].start >= sentence.start:
                inside.append(mentions[at])
            at += 1
        if sentence.kind in SILENT:
            continue
        earlier, before = before, (sentence, inside)
        if not any(m.kind in ORGANISATION_KINDS for m in inside):
            continue
        for judgement in model.judge(model.reader.read(sentence, inside, earlier)):
            place = _Place(document, sentence, inside, earlier)
            for relation in _relate(place, judgement, discourse, judges):
                if relation.predicate == "postHolderAt":
                    relation = replace(relation, role=find_role(sentence, inside, relation.subject))
                if relation.role or relation.predicate != "postHolderAt":
                    yield relation


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence in its document, with its mentions, and the line before it."""

    document: Document
    sentence: Sentence
    inside: Sequence[Mention]
    before: Line | None

    def evidence(self, *, across: bool) -> tuple[Evidence, ...]:
        """Quote the sentence; for a claim across two sentences the one before it as well, if it is near."""
        start = self.sentence.start
        if across and self.before and start - self.before[0].end < NEAR:
            start = self.before[0].start
        return (quote_evidence(self.document.text, start, self.sentence.end),)


def _relate(place: _Place, judgement: Judgement, discourse: Discourse, judges: Judges) -> Iterator[Relation]:
    """Yield a judgement as a relation; one with an implied body as it is, and with the body that is meant."""
    predicate, found_by = judgement.predicate, ACROSS if judgement.across else FOUND_BY
    ends = [judgement.subject, judgement.object]
    evidence = place.evidence(across=judgement.across)
    seen = Relation("", predicate, "", judgement.status, evidence, "", judgement.probability, found_by)
    if IMPLIED in ends:
        yield replace(seen, subject=ends[0], object=ends[1], found_by=SUPPORT)
        missing = ends.index(IMPLIED)
        named = frozenset(mention.entity for mention in place.inside)
        gap = Gap(predicate, missing == 0, ends[1 - missing], named, place.sentence)
        ends[missing], how, chance = find_implied(gap, discourse, judges.antecedents)
        sure = chance * judges.opinions.of_implied(predicate, judgement.probability)
        seen = replace(seen, found_by=f"{FOUND_BY} ({how})", confidence=round(sure, 3))
    if predicate == "recommendsTo":  # who speaks for a body makes its call, not their own
        ends[0] = discourse.posts.get(ends[0], ends[0])
    subject, target = sorted(ends) if predicate in SYMMETRIC else ends
    if subject and target and subject != target:
        yield replace(seen, subject=subject, object=target)
