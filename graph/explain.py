"""Explain an extraction sentence by sentence: what was seen in each, what came of it, and what did not.

Entities are numbered in the order of their first mention, sentences from 1. People, titles, Acts and
programmes that were seen and then dropped, since nothing relates them, are found again here, so that a reader
can tell what was overlooked from what was left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.explanation import Claim, ExplainedSentence, Explanation, Piece, Subject
from graph.extractors.legislation import find_legislation
from graph.extractors.people import find_people
from graph.extractors.programmes import find_programmes
from graph.extractors.publications import find_publications
from graph.misses import describe_omission
from graph.pages import label_type, read_legend
from graph.records import Entity, Extraction, Mention, Relation, Sentence
from graph.vocabulary import ORGANISATION_KINDS, STATUSES

_EMPHASIS = frozenset("*_`")
_SPACE = re.compile(r"\s+")


def explain_extraction(extraction: Extraction, names: Mapping[str, str]) -> Explanation:
    """Say what was seen in each sentence of a document.

    Args:
        extraction: of the document.
        names: of the bodies of the register by id.
    """
    reading = _Reading(extraction, names)
    return Explanation(
        extraction.document,
        tuple(reading.explain_sentence(place) for place in range(len(extraction.sentences))),
        tuple(reading.subjects.values()),
        tuple(sum(r.status == status for r in extraction.relations) for status in STATUSES),
    )


def find_dropped(extraction: Extraction) -> list[Mention]:
    """Find mentions of people, titles, Acts and programmes that were dropped, as no relation needs them."""
    taken, dropped = list(extraction.mentions), []
    bodies = [mention for mention in extraction.mentions if mention.kind in ORGANISATION_KINDS]
    kept = {entity.id for entity in extraction.entities}
    for find in (find_publications, find_legislation, find_programmes, find_people):
        for mention in find(extraction.document, extraction.sentences, bodies):
            if mention.entity not in kept and not any(
                mention.start < other.end and other.start < mention.end for other in taken
            ):
                dropped.append(mention)
                taken.append(mention)
    return dropped


class _Reading:
    """One extraction, looked up by sentence; places of sentences count from 0.

    Attributes:
        subjects: all entities by id, in the order of first mention.
    """

    def __init__(self, extraction: Extraction, names: Mapping[str, str]) -> None:
        self._text = extraction.document.text
        self._sentences = extraction.sentences
        self._starts = [sentence.start for sentence in extraction.sentences]
        mentions = sorted([*extraction.mentions, *find_dropped(extraction)], key=lambda m: (m.start, -m.end))
        self._mentions: dict[int, list[Mention]] = {}
        for mention in mentions:
            for place in self._find_places(mention.start, mention.end)[:1]:
                self._mentions.setdefault(place, []).append(mention)
        self.subjects = _number_subjects(extraction, self._mentions, names)
        self._omissions = {omission.sentence: omission for omission in extraction.omissions}
        self._evidence: dict[int, list[tuple[Relation, list[int]]]] = {}
        for relation in extraction.relations:
            places = sorted({p for e in relation.evidence for p in self._find_places(e.start, e.end)})
            for place in places:
                self._evidence.setdefault(place, []).append((relation, places))

    def explain_sentence(self, place: int) -> ExplainedSentence:
        """Say what was seen in the sentence at a place."""
        sentence = self._sentences[place]
        mentions = tuple((m, self.subjects[m.entity]) for m in self._mentions.get(place, ()))
        claims = tuple(self._make_claim(r, place, places) for r, places in self._evidence.get(place, ()))
        pieces = tuple(_cut_sentence(self._text, sentence, mentions))
        omission = self._omissions.get(place)
        miss, likelihood = (describe_omission(omission), omission.likelihood) if omission else ("", 0.0)
        return ExplainedSentence(place + 1, sentence, pieces, mentions, claims, miss, likelihood)

    def _make_claim(self, relation: Relation, place: int, places: Sequence[int]) -> Claim:
        ends = self.subjects[relation.subject], self.subjects[relation.object]
        named = {mention.entity for mention in self._mentions.get(place, ())}
        words = read_legend()["relations"].get(relation.predicate, {}).get("forward", relation.predicate)
        elsewhere = tuple(other + 1 for other in places if other != place)
        unnamed = tuple(dict.fromkeys(end for end in ends if end.entity.id not in named))
        return Claim(relation, ends[0], words, ends[1], elsewhere, unnamed)

    def _find_places(self, start: int, end: int) -> list[int]:
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        return [place for place in range(first, last) if start < self._sentences[place].end]


def _number_subjects(
    extraction: Extraction, mentions: Mapping[int, Sequence[Mention]], names: Mapping[str, str]
) -> dict[str, Subject]:
    """Number the entities in the order of their first mention, those that were dropped among them."""
    known = {entity.id: entity for entity in extraction.entities}
    places: dict[str, list[int]] = {}
    for place, found in sorted(mentions.items()):
        for mention in found:
            places.setdefault(mention.entity, []).append(place + 1)
            if mention.entity not in known:
                name = mention.name or " ".join(mention.text.split())
                known[mention.entity] = Entity(mention.entity, mention.kind, mention.type, name)
    kept = {entity.id for entity in extraction.entities}
    ordered = dict.fromkeys([*places, *known])
    return {
        identifier: Subject(
            number=number,
            entity=(entity := known[identifier]),
            type=label_type(entity.type),
            register=names.get(entity.link.register or "", entity.link.register or ""),
            candidates=tuple(f"{names[c]} ({c})" if c in names else c for c in entity.link.candidates),
            sentences=tuple(dict.fromkeys(places.get(identifier, ()))),
            kept=identifier in kept,
        )
        for number, identifier in enumerate(ordered, 1)
    }


def _cut_sentence(
    text: str, sentence: Sentence, mentions: Iterable[tuple[Mention, Subject]]
) -> Iterator[Piece]:
    """Cut a sentence as the source has it, without markup, where something is mentioned."""
    source = text[sentence.start : sentence.end]
    shown = [show_character(said, view) for said, view in zip(source, sentence.view, strict=True)]
    at = 0
    for mention, subject in mentions:
        start, end = mention.start - sentence.start, mention.end - sentence.start
        if start < at:  # a name within a name
            continue
        if start > at:
            yield Piece(_join(shown[at:start]))
        yield Piece(_join(shown[start:end]), subject)
        at = end
    if at < len(shown):
        yield Piece(_join(shown[at:]))


def show_character(source: str, view: str) -> str:
    """Return a character of the source, nothing for a mark of emphasis, a space for other markup."""
    return source if view != " " else "" if source in _EMPHASIS else " "


def _join(characters: Iterable[str]) -> str:
    return _SPACE.sub(" ", "".join(characters))
