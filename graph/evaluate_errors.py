"""Say why relations were missed or are wrong: what stands in the way, with the sentence.

Each triple that only the gold or only the extraction has gets one cause, the first that fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.evaluate import pair_gold
from graph.evaluate_document import Comparison, Triple, compare_document
from graph.evaluate_gold import GoldDocument
from graph.records import Extraction, Span

NO_MENTION = "a body was not found"
NOT_IN_GOLD = "a body is not in the gold"
STATUS = "wrong status"
DIRECTION = "wrong direction"
PREDICATE = "wrong predicate"
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
        cause = _explain_miss(triple, compared, extraction, spans)
        yield ScoreError(gold.name, True, triple, cause, _quote(text, spans))
    for triple in sorted(compared.found.keys() - compared.wanted.keys()):
        cause = NOT_IN_GOLD if "?" in (triple.subject[:1], triple.object[:1]) else UNRELATED
        cause = _compare_pair(triple, compared.wanted) or cause
        yield ScoreError(gold.name, False, triple, cause, _quote(text, compared.found[triple]))


def _explain_miss(
    triple: Triple, compared: Comparison, extraction: Extraction | None, spans: Sequence[Span]
) -> str:
    known = set(compared.aligned.values())
    if extraction is None or triple.subject not in known or triple.object not in known:
        return NO_MENTION
    near = _compare_pair(triple, compared.found)
    if near:
        return near
    named = [
        {
            compared.aligned.get(mention.entity)
            for mention in extraction.mentions
            if start <= mention.start and mention.end <= end
        }
        for start, end in spans
    ]
    return NO_FRAME if any({triple.subject, triple.object} <= bodies for bodies in named) else ACROSS


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
