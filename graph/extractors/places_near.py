"""Find small places that no list holds, by the body that stands in them: "Harbour Surgery in Little Dock"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Mention, Sentence, Span

_SITED = frozenset("Hospital GeneralPractice Company NHSTrust FoundationTrust Charity".split())
_NEVER: frozenset[str] = load_words("people")["never"]
_WORD = r"[A-Z][a-z]+(?:'s(?=\s+[A-Z]))?(?:-[a-z]+-[A-Z][a-z]+|-[A-Z][a-z]+)?"
_NEAR = make_regex(
    rf"(?:\s+\([\w&]+\))?,?\s+in\s+(?:nearby\s+)?(?P<place>{_WORD}(?:\s+{_WORD}){{0,2}})(?![\w'&-]|\s+[A-Z])"
)
_NEXT = make_regex(rf",\s+(?P<place>{_WORD}(?:\s+{_WORD})?)(?=[,.;)]|\s+(?!and\b)[a-z]|$)")


def read_places_near(sentence: Sentence, organisations: Sequence[Mention]) -> Iterator[Span]:
    """Yield names of places right after a hospital, practice or home and "in".

    Args:
        sentence: to read.
        organisations: the bodies of the document, in any order.

    Yields:
        Offsets into the sentence's view, end exclusive.
    """
    for body in organisations:
        if body.type not in _SITED or body.kind == "collective":
            continue
        if not sentence.start <= body.start < body.end <= sentence.end:
            continue
        found = _NEAR.match(sentence.view, body.end - sentence.start)
        while found and not _NEVER.intersection(found["place"].split()[:1]):
            yield found.span("place")
            found = _NEXT.match(sentence.view, found.end("place"))
