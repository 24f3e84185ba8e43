"""Find Acts, Bills, regulations and orders, and "the Act" after one was named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extractors.capitals import grow_capitals, is_followed_by_name
from graph.extractors.overlaps import Spans
from graph.iris import slug_name
from graph.patterns import make_regex
from graph.records import Document, Mention, Sentence, Span

_END = make_regex(
    r"\b(?P<noun>Act|Bill|Regulations|Order|Directive|"
    r"Measure)\b(?:\s+\([A-Z][\w\s]{2,25}\))?(?:,?\s+(?P<year>(?:19|20)\d\d))?"
)
_NOUNS = ("Act", "Bill", "Regulations", "Order", "Directive", "Measure")
_SMALL = make_regex(
    r"\bthe\s+(?P<name>(?:(?!the\b)[a-z]+,?\s+|\([a-z\s]+\)\s+){1,8}?(?:act|bill)(?:\s+(?:19|20)\d\d)?)\b"
)
_AGAIN = make_regex(
    r"\b(?:[Tt]he|[Tt]his)\s+(?P<name>(?:(?P<year>(?:19|20)\d\d)\s+)?(?P<noun>[Aa]ct|[Bb]ill|"
    r"[Rr]egulations|[Ll]egislation))\b"
)


def legislation_spans(view: str) -> Iterator[Span]:
    """Yield the spans of named legislation in a sentence's view, without the article."""
    for end in _END.finditer(view) if any(noun in view for noun in _NOUNS) else ():
        start = grow_capitals(view, end.start())
        words = view[start : end.start()].split()
        if not words or (end["noun"] in ("Order", "Measure", "Directive") and not end["year"]):
            continue
        if end["noun"] == "Bill" and is_followed_by_name(view, end.end("noun")) and not end["year"]:
            continue
        if (
            len(words) == 1
            and words[0] in ("Private", "Member's", "Government", "Social", "New", "Mr")
            and not end["year"]
        ):
            continue
        yield start, end.end()
    if view.islower():  # a text without capitals: only after an article
        yield from (found.span("name") for found in _SMALL.finditer(view))


def find_legislation(
    document: Document, sentences: Sequence[Sentence], organisations: Sequence[Mention]
) -> list[Mention]:
    """Find the legislation that a document names, and where it says "the Act" again.

    Args:
        document: the source.
        sentences: its sentences.
        organisations: mentions of organisations, whose ids are not used again.

    Returns:
        Mentions of type ``Legislation`` in text order; ``definite`` where the name is not given.
    """
    used = {m.entity for m in organisations}
    named = _Named()
    found: list[Mention] = []
    for sentence in sentences:
        if sentence.kind in ("furniture", "reference"):
            continue
        here = [_mention(document, sentence, span, used) for span in legislation_spans(sentence.view)]
        named.add(here)
        found += here
        taken = Spans((m.start, m.end) for m in here)
        for again in _AGAIN.finditer(sentence.view):
            start, end = sentence.start + again.start("name"), sentence.start + again.end("name")
            known = named.find(again, start)
            if known and not taken.meet(start, end):
                text = document.text[start:end]
                found.append(
                    Mention(
                        start,
                        end,
                        text,
                        "other",
                        "Legislation",
                        known.entity,
                        found_by="the Act",
                        definite=True,
                        name=known.name,
                    )
                )
    return sorted(found, key=lambda m: m.start)


def _mention(document: Document, sentence: Sentence, span: Span, used: set[str]) -> Mention:
    start, end = sentence.start + span[0], sentence.start + span[1]
    name = " ".join(sentence.view[slice(*span)].split())
    entity = slug_name(name)
    entity = f"{entity}-legislation" if entity in used else entity
    return Mention(
        start,
        end,
        document.text[start:end],
        "other",
        "Legislation",
        entity,
        found_by="name of legislation",
        name=name,
    )


class _Named:
    """The legislation that was named so far; what was looked for once is not looked for in all of it again."""

    def __init__(self) -> None:
        self._named: list[Mention] = []
        self._before = 0  # how many were named in earlier sentences
        self._known: dict[tuple[str, str], tuple[int, Mention | None]] = {}

    def add(self, here: Sequence[Mention]) -> None:
        """Add what a sentence names."""
        self._before = len(self._named)
        self._named += here

    def find(self, again: re.Match[str], start: int) -> Mention | None:
        """Find the legislation of the same noun and year named last before ``start``."""
        noun, year = again["noun"].capitalize(), again["year"] or ""

        def last_of(mentions: Sequence[Mention]) -> Mention | None:
            fitting = (m for m in reversed(mentions) if noun == "Legislation" or noun in m.name)
            return next((m for m in fitting if year in m.name), None)

        count, known = self._known.get((noun, year), (0, None))
        known = last_of(self._named[count : self._before]) or known
        self._known[noun, year] = self._before, known
        return last_of([m for m in self._named[self._before :] if m.start < start]) or known
