"""Let the trained model read every sentence, and put the claims that it sees in the document's terms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.extractors.antecedents import Antecedents, Gap, load_antecedents
from graph.extractors.discourse import Discourse
from graph.extractors.implied import find_implied
from graph.extractors.opinions import Opinions, load_opinions
from graph.extractors.post_roles import find_role
from graph.extractors.relation_model import ACROSS, FOUND_BY, SUPPORT, Judgement, RelationModel
from graph.extractors.screener import Screener
from graph.extractors.windows import IMPLIED, Line
from graph.records import Document, Evidence, Mention, Relation, Sentence, Span, quote_evidence
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
        screener: tells where the model need not be asked; without one it is asked everywhere.
        stated: where rules and frames claim something: the model is asked what it thinks of that.
    """

    model: RelationModel
    antecedents: Antecedents
    opinions: Opinions
    screener: Screener | None = None
    stated: tuple[Span, ...] = ()

    def beside(self, stated: Iterable[Relation]) -> Judges:
        """Return judges of the same document as rules and frames, which claim this."""
        return replace(self, stated=tuple((e.start, e.end) for r in stated for e in r.evidence))


def load_judges() -> Judges:
    """Load what ships with caregraph.

    Raises:
        OntologyError: a file is absent or not what it should be.
    """
    return Judges(RelationModel(), load_antecedents(), load_opinions(), Screener())


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
    stated = {place for span in judges.stated for place in find_places(sentences, *span)}
    at = 0
    before: Line | None = None
    for number, sentence in enumerate(sentences):
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
        window = model.reader.read(sentence, inside, earlier)
        if judges.screener and number not in stated and not judges.screener.may_relate(window):
            continue
        for judgement in model.judge(window):
            place = _Place(document, sentence, inside, earlier)
            for relation in _relate(place, judgement, discourse, judges):
                if relation.predicate == "postHolderAt":
                    relation = replace(relation, role=find_role(sentence, inside, relation.subject))
                if relation.role or relation.predicate != "postHolderAt":
                    yield relation


def find_places(sentences: Sequence[Sentence], start: int, end: int) -> range:
    """Return the places of the sentences that a stretch of text meets, in character offsets."""
    first = bisect_left(sentences, start + 1, key=lambda sentence: sentence.end)
    last = bisect_left(sentences, end, key=lambda sentence: sentence.start)
    return range(first, last)


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
