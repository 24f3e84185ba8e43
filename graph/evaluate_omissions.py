"""Say what the list of possible misses is worth: how many of the relations that were missed stand in it.

Of the relations that only the gold has, those count that a sentence names whole: its subject and its object,
as the gold has them. One of them stands in the list if such a sentence does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from graph.evaluate import pair_gold
from graph.evaluate_document import Triple, compare_document, overlaps
from graph.evaluate_figures import share
from graph.evaluate_gold import GoldDocument
from graph.records import Extraction, Span

Place = tuple[str, Span]
"""A sentence: the file name of its document, and where it stands."""


@dataclass(frozen=True, slots=True)
class OmissionRecall:
    """How the list of possible misses of some documents stands to their gold.

    Attributes:
        listed: the sentences of the list, the likeliest first.
        missed: the sentences, one or more, that name each relation that was missed.
        related: how many of these stand in no sentence of the list, but in one that gave something else.
    """

    listed: tuple[Place, ...]
    missed: tuple[frozenset[Place], ...]
    related: int

    def count_found(self, length: int) -> int:
        """Count the missed relations that stand in so many first sentences of the list."""
        first = frozenset(self.listed[:length])
        return sum(not first.isdisjoint(places) for places in self.missed)

    def count_right(self, length: int) -> int:
        """Count the sentences, of so many first ones of the list, in which a relation was missed."""
        return len(frozenset(self.listed[:length]) & frozenset().union(*self.missed))


def measure_omissions(extractions: Iterable[Extraction], gold: Path) -> OmissionRecall:
    """Hold the possible misses of the documents that have a gold file against it; others are passed over.

    Raises:
        GoldError: the folder or a file of it cannot be used.
    """
    ranked: list[tuple[float, Place]] = []
    missed: list[frozenset[Place]] = []
    used: set[Place] = set()
    for document, extraction in pair_gold(extractions, gold):
        if extraction is None:
            continue
        spans = [(s.start, s.end) for s in extraction.sentences]
        ranked += [(-o.likelihood, (document.name, spans[o.sentence])) for o in extraction.omissions]
        evidence = [(e.start, e.end) for r in extraction.relations for e in r.evidence]
        used |= {(document.name, s) for s in spans if any(overlaps(s, other) for other in evidence)}
        missed += _find_missed(document, extraction)
    listed = tuple(place for _, place in sorted(ranked))
    related = sum(places.isdisjoint(listed) and not places.isdisjoint(used) for places in missed)
    return OmissionRecall(listed, tuple(missed), related)


def render_omissions(recall: OmissionRecall) -> str:
    """Return as lines of text where the missed relations stand, and how soon the list comes to them."""
    every, length = len(recall.missed), len(recall.listed)
    found = recall.count_found(length)
    where = {
        "in a sentence of the list": found,
        "in a sentence that gave another relation": recall.related,
        "in a sentence whose names were not both seen": every - found - recall.related,
    }
    lines = [f"missed in the documents read, with both named in one sentence: {every}"]
    lines += [f"  {count:5}  {share(count, every):.3f}  {words}" for words, count in where.items()]
    lines.append(f"list of possible misses: {length} sentences, the likeliest first")
    cuts = {"first 10": min(10, length), "first 25%": ceil(length / 4), "first 50%": ceil(length / 2)}
    for words, cut in {**cuts, "all": length}.items():
        held, right = recall.count_found(cut), recall.count_right(cut)
        lines.append(
            f"  {words:9}  {cut:5} sentences, {right} with a miss; they hold {held} missed relations:"
            f" {share(held, every):.3f} of all, {share(held, found):.3f} of those in the list"
        )
    return "".join(f"{line}\n" for line in lines)


def _find_missed(gold: GoldDocument, extraction: Extraction) -> Iterator[frozenset[Place]]:
    """Yield, for each missed relation, the sentences of its evidence that name both its ends."""
    compared = compare_document(gold, extraction)
    for triple in sorted(compared.wanted.keys() - compared.found.keys()):
        evidence = compared.wanted[triple]
        spans = [(s.start, s.end) for s in extraction.sentences]
        places = frozenset(
            (gold.name, span)
            for span in spans
            if any(overlaps(span, other) for other in evidence) and _names_both(gold, triple, span)
        )
        if places:
            yield places


def _names_both(gold: GoldDocument, triple: Triple, span: Span) -> bool:
    ends = (gold.entities[triple.subject], gold.entities[triple.object])
    return all(any(span[0] <= start and end <= span[1] for start, end in body.spans) for body in ends)
