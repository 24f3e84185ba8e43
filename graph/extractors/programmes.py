"""Find funds, plans and initiatives by name: "Better Care Fund", "Neighbourhood Renewal Programme"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import ahocorasick_rs

from graph.extractors.capitals import grow_capitals, is_followed_by_name
from graph.extractors.overlaps import Spans
from graph.extractors.wordlists import load_words
from graph.iris import slug_name
from graph.patterns import make_regex
from graph.records import Document, Mention, Sentence, Span

_WORDS = load_words("programmes")
_NAMES: dict[str, str] = {name.lower(): names[0] for names in _WORDS["known"] for name in names}
_SAFE_SMALL = make_regex(r"\s(?:fund|plan|view|initiative|precept|grant|programme|it)$|^medica")
_KNOWN = make_regex(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(_NAMES, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)
_END = make_regex(
    rf"\b(?:(?P<fund>(?:{'|'.join(sorted(_WORDS['funds']))})\s+Fund)|"
    rf"(?P<end>{'|'.join(sorted(_WORDS['ends'] | _WORDS['plans']))}))\b"
)
_FIRST = ahocorasick_rs.AhoCorasick(sorted(_NAMES))
_LAST = ahocorasick_rs.AhoCorasick(sorted(_WORDS["ends"] | _WORDS["plans"] | {"Fund"}))
_ABBREVIATION = make_regex(r"\s*\((?P<short>[A-Z][A-Za-z&]{1,7})\)")
_IN_ITS = make_regex(
    r"\b(?:in|of|publish\w+|launch\w+|issu\w+|releas\w+)\s+(?:its|their|his|her)\s+(?:[a-z-]+\s+){0,2}$"
)
_CAPITAL = make_regex(r"\b[A-Z]")
_WORD_EDGE = make_regex(r"\b")
_AGAIN = make_regex(r"\b(?:[Tt]he|[Tt]his)\s+(?P<noun>[Ff]und|[Pp]rogramme|[Ii]nitiative|[Ss]cheme)\b")
_NOUNS = ("fund", "programme", "initiative", "scheme")
_NOT_A_NAME = frozenset(
    "Government's New Action Business Care Draft Annual National Local Strategic Financial Joint "
    "Delivery".split()
)


@lru_cache(maxsize=2048)  # a pipeline asks three times for each sentence
def programme_spans(view: str) -> tuple[tuple[Span, str], ...]:
    """Return span and name of each programme in a sentence's view."""
    return tuple(_spans(view))


def _spans(view: str) -> Iterator[tuple[Span, str]]:
    taken: list[Span] = []
    for found in _KNOWN.finditer(view) if _FIRST.find_matches_as_indexes(view.lower()) else ():
        text = " ".join(found[0].split())
        if text.islower() and not _SAFE_SMALL.search(text):
            continue
        taken.append(found.span())
        yield found.span(), _NAMES[text.lower()]
    for end in _END.finditer(view) if _LAST.find_matches_as_indexes(view) else ():
        start = grow_capitals(view, end.start())
        words = view[start : end.start()].split()
        span = (start, end.end())
        plain = end["end"] and (len(words) < 2 or (len(words) == 1 and words[0] in _NOT_A_NAME))
        if plain or (not words and not end["fund"]) or is_followed_by_name(view, end.end()):
            continue
        if not any(a < span[1] and span[0] < b for a, b in taken) and not _IN_ITS.search(view, 0, start):
            yield span, " ".join(view[slice(*span)].split())


def find_programmes(
    document: Document, sentences: Sequence[Sentence], organisations: Sequence[Mention]
) -> list[Mention]:
    """Find the programmes that a document names, by full name, abbreviation and "the fund".

    Args:
        document: the source.
        sentences: its sentences.
        organisations: mentions of organisations; a programme never overlaps a longer one.

    Returns:
        Mentions of type ``Programme`` in text order.
    """
    finder = _Finder(document, organisations)
    for sentence in sentences:
        if sentence.kind != "furniture":
            finder.read(sentence)
    return sorted(finder.found, key=lambda m: m.start)


class _Finder:
    """Reads sentences in order and remembers what was named."""

    def __init__(self, document: Document, organisations: Sequence[Mention]) -> None:
        self.found: list[Mention] = []
        self._document = document
        self._bodies = Spans((m.start, m.end) for m in organisations)
        self._taken = Spans()
        self._used = {m.entity for m in organisations}
        self._shorts: dict[str, Mention] = {}
        self._last: dict[str, str] = {}  # noun to the name that had it last

    def read(self, sentence: Sentence) -> None:
        """Find the programmes of one sentence."""
        view, before = sentence.view, dict(self._last)
        for (start, end), name in programme_spans(view):
            mention = self._add(sentence, start, end, name, "name of a programme")
            short = _ABBREVIATION.match(view, end)
            if mention and short:
                self._shorts[short["short"]] = mention
        if not self.found:
            return
        if self._shorts:
            for start, short in self._find_shorts(view):
                self._add(sentence, start, start + len(short), self._shorts[short].name, "abbreviation")
        for again in _AGAIN.finditer(view):
            known = before.get(again["noun"].lower())
            if known:
                self._add(sentence, again.start("noun"), again.end(), known, "the fund", definite=True)

    def _find_shorts(self, view: str) -> Iterator[tuple[int, str]]:
        """Yield the abbreviations that were introduced, and where they stand."""
        free = 0
        for capital in _CAPITAL.finditer(view):
            at = capital.start()
            shorts = (view[at : at + size] for size in range(2, 9)) if at >= free else ()
            short = next((s for s in shorts if s in self._shorts and _WORD_EDGE.match(view, at + len(s))), "")
            if short:
                yield at, short
                free = at + len(short)

    def _add(
        self, sentence: Sentence, start: int, end: int, name: str, rule: str, *, definite: bool = False
    ) -> Mention | None:
        a, b = sentence.start + start, sentence.start + end
        longer = any(y - x >= b - a for x, y in self._bodies.meeting(a, b))
        if longer or self._taken.meet(a, b):
            return None
        self._taken.add(a, b)
        if not definite:
            self._last |= dict.fromkeys((noun for noun in _NOUNS if noun in name.lower()), name)
        entity = slug_name(name)
        entity = f"{entity}-programme" if entity in self._used else entity
        mention = Mention(
            a,
            b,
            self._document.text[a:b],
            "other",
            "Programme",
            entity,
            found_by=rule,
            definite=definite,
            name=name,
        )
        self.found.append(mention)
        return mention
