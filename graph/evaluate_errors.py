"""Say why relations were missed or are wrong: what stands in the way, with the sentence.

Each triple that only the gold or only the extraction has gets one cause, the first that fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.evaluate import pair_gold
from graph.evaluate_document import Comparison, Triple, compare_document, overlaps
from graph.evaluate_gold import GoldDocument
from graph.records import Extraction, Span
from graph.vocabulary import SYMMETRIC

NO_MENTION = "a body was not found"
NOT_IN_GOLD = "a body is not in the gold"
COREFERENCE = "a body was taken for another"
STATUS = "wrong status"
DIRECTION = "wrong direction"
PREDICATE = "wrong predicate"
ARGUMENT = "wrong argument"
NO_FRAME = "both named in the evidence, no frame"
ACROSS = "argument outside the evidence sentence"
UNRELATED = "the gold does not relate the two"


@dataclass(frozen=True, slots=True)
class ScoreError:
    """One relation that was missed or is wrong.

    Attributes:
        document: its file name.
        missed: whether the gold has it and the extraction has not, or the other way round.
        triple: in ids of the gold; ``?`` before an id of the extraction that the gold has no entity for.
        cause: one of the constants of this module.
        quote: the first evidence, on one line; empty where the document was not read.
    """

    document: str
    missed: bool
    triple: Triple
    cause: str
    quote: str


def explain_errors(extractions: Iterable[Extraction], gold: Path) -> list[ScoreError]:
    """List what was missed and what is wrong, by document, each with a cause.

    Raises:
        GoldError: the folder or a file of it cannot be used.
    """
    return [
        error
        for document, extraction in pair_gold(extractions, gold)
        for error in _explain_document(document, extraction)
    ]


def render_errors(errors: Sequence[ScoreError]) -> str:
    """Return the errors as lines of text: how many of each cause, then each with its quote."""
    lines = []
    for missed, title in ((True, "missed"), (False, "wrong")):
        chosen = [error for error in errors if error.missed is missed]
        lines.append(f"{title}: {len(chosen)}")
        causes = Counter(error.cause for error in chosen)
        lines += [
            f"  {count:5}  {cause}" for cause, count in sorted(causes.items(), key=lambda c: (-c[1], c[0]))
        ]
    for error in errors:
        lines.append(f"{'missed' if error.missed else 'wrong'}  {error.document}  {' '.join(error.triple)}")
        lines += [f"  {error.cause}", *([f"  {error.quote}"] if error.quote else [])]
    return "".join(f"{line}\n" for line in lines)


def _explain_document(gold: GoldDocument, extraction: Extraction | None) -> Iterator[ScoreError]:
    compared = compare_document(gold, extraction)
    text = extraction.document.text if extraction else ""
    for triple in sorted(compared.wanted.keys() - compared.found.keys()):
        spans = compared.wanted[triple]
        cause = _explain_miss(triple, spans, compared, _Places(gold, extraction, compared.aligned))
        yield ScoreError(gold.name, True, triple, cause, _quote(text, spans))
    for triple in sorted(compared.found.keys() - compared.wanted.keys()):
        spans = compared.found[triple]
        cause = _explain_excess(triple, spans, compared, _Places(gold, extraction, compared.aligned))
        yield ScoreError(gold.name, False, triple, cause, _quote(text, spans))


class _Places:
    """Where a document names what: each body as the gold has it, and as the extraction has it."""

    def __init__(self, gold: GoldDocument, extraction: Extraction | None, aligned: Mapping[str, str]) -> None:
        self.gold = [(span, entity.id) for entity in gold.entities.values() for span in entity.spans]
        self.found = [
            ((m.start, m.end), aligned.get(m.entity, f"?{m.entity}"))
            for m in (extraction.mentions if extraction else ())
        ]

    def name_whole(self, triple: Triple, spans: Iterable[Span]) -> bool:
        """Say whether one of the spans holds both ends of a triple, as the extraction has them."""
        ends = {triple.subject, triple.object}
        return any(ends <= {body for _, body in _inside(self.found, span)} for span in spans)

    def is_missing(self, body: str, spans: Sequence[Span]) -> bool:
        """Say whether a body of the gold was not found where the evidence names it, else anywhere."""
        here = self._named(body, spans)
        return not any(overlaps(place, other) for place in here for other, _ in self.found)

    def is_mistaken(self, body: str, spans: Sequence[Span]) -> bool:
        """Say whether it was found where the evidence names it, else anywhere, but each time as another."""
        here = self._named(body, spans)
        names = {name for place in here for other, name in self.found if overlaps(place, other)}
        return bool(names) and body not in names

    def _named(self, body: str, spans: Sequence[Span]) -> list[Span]:
        own = [(span, name) for span, name in self.gold if name == body]
        return [place for span in spans for place, _ in _inside(own, span)] or [place for place, _ in own]

    def find_meant(self, body: str, spans: Sequence[Span]) -> set[str]:
        """Return the bodies that the gold has where the extraction has this one in the evidence."""
        here = [place for span in spans for place, name in _inside(self.found, span) if name == body]
        return {name for place in here for other, name in self.gold if overlaps(place, other)}


def _inside(places: Iterable[tuple[Span, str]], span: Span) -> list[tuple[Span, str]]:
    return [(place, name) for place, name in places if span[0] <= place[0] and place[1] <= span[1]]


def _explain_miss(triple: Triple, spans: Sequence[Span], compared: Comparison, places: _Places) -> str:
    near = _compare_pair(triple, compared.found)
    if near:
        return near
    ends = (triple.subject, triple.object)
    if any(places.is_missing(end, spans) for end in ends):
        return NO_MENTION
    if any(places.is_mistaken(end, spans) for end in ends):
        return COREFERENCE
    wrong = {t: found for t, found in compared.found.items() if t not in compared.wanted}
    if _shares_end(triple, spans, wrong):
        return ARGUMENT
    return NO_FRAME if places.name_whole(triple, spans) else ACROSS


def _explain_excess(triple: Triple, spans: Sequence[Span], compared: Comparison, places: _Places) -> str:
    near = _compare_pair(triple, compared.wanted)
    if near:
        return near
    subjects, objects = (places.find_meant(end, spans) for end in (triple.subject, triple.object))
    meant = {_turn(triple, s, o) for s in {*subjects, triple.subject} for o in {*objects, triple.object}}
    if meant & compared.wanted.keys():
        return COREFERENCE
    for end, bodies in ((triple.subject, subjects), (triple.object, objects)):
        if end.startswith("?"):
            return COREFERENCE if bodies else NOT_IN_GOLD
    missed = {t: wanted for t, wanted in compared.wanted.items() if t not in compared.found}
    if _shares_end(triple, spans, missed):
        return ARGUMENT
    return UNRELATED if places.name_whole(triple, spans) else ACROSS


def _turn(triple: Triple, subject: str, obj: str) -> Triple:
    """Return the triple with other ends; symmetric ones are turned one way round."""
    if triple.predicate in SYMMETRIC:
        subject, obj = sorted((subject, obj))
    return triple._replace(subject=subject, object=obj)


def _shares_end(triple: Triple, spans: Sequence[Span], others: Mapping[Triple, Sequence[Span]]) -> bool:
    """Say whether another triple of the same predicate has one end in common, and evidence near by."""
    if triple.predicate in SYMMETRIC:
        ends = {triple.subject, triple.object}
        alike = [t for t in others if ends & {t.subject, t.object}]
    else:
        alike = [t for t in others if t.subject == triple.subject or t.object == triple.object]
    return any(
        t.predicate == triple.predicate and overlaps(span, other)
        for t in alike
        for span in spans
        for other in others[t]
    )


def _compare_pair(triple: Triple, others: Iterable[Triple]) -> str:
    """Return in what the nearest triple of the same two entities differs; empty where there is none."""
    same = [t for t in others if {t.subject, t.object} == {triple.subject, triple.object}]
    if any((t.subject, t.predicate, t.object) == triple[:3] for t in same):
        return STATUS
    if any(t.predicate == triple.predicate for t in same):
        return DIRECTION
    return PREDICATE if same else ""


def _quote(text: str, spans: Sequence[Span]) -> str:
    return " ".join(text[spans[0][0] : spans[0][1]].split()) if spans else ""
